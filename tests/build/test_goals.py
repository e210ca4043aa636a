"""What a run of doit goes on to: by the tasks that were selected and what they need, however they were named."""

from __future__ import annotations

from typing import Any

import pytest
from doit.control import TaskControl
from doit.task import Task

from synopse.build.goals import Goals


def control() -> Any:
    """Tasks that hang together as those of dodo.py do."""
    return TaskControl(
        [
            Task("sources", ["true"]),
            Task("fiche", None, task_dep=["fiche:a"], has_subtask=True),
            Task("fiche:a", ["true"], subtask_of="fiche", task_dep=["sources"]),
            Task("document", ["true"], task_dep=["sources", "fiche"]),
            Task("pdf", ["true"], task_dep=["document"], targets=["build/report.pdf"]),
            Task("check", ["true"]),
        ]
    )


@pytest.mark.parametrize(
    ("words", "pdf", "fiche"),
    [
        (["sources", "fiche", "document", "pdf"], True, True),
        (["pdf"], True, True),
        (["build/report.pdf"], True, True),
        (["p*"], True, True),
        (["document"], False, True),
        (["fiche:a"], False, True),
        (["check"], False, False),
        (["sources"], False, False),
    ],
)
def test_a_run_goes_on_to_what_was_selected_and_what_that_needs(words: list[str], pdf: bool, fiche: bool) -> None:
    tasks = control()
    tasks.process(words)
    goals = Goals()
    goals.begin(tasks.tasks, tasks.selected_tasks)
    assert (goals.include("pdf"), goals.include("fiche:a")) == (pdf, fiche)
