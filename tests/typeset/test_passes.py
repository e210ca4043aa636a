"""Passes end at a fixed point; where there is none, a person is told what still moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.typeset.log import read_log
from synopse.typeset.passes import MOST_PASSES, PassResult, changed_lines
from tests.conftest import copy_project, doit

FLIPS = r"\ifodd\getpagerefnumber{flips}\relax\newpage\fi A word that stands on the other page than it is told.\label{flips}"
"""A page that is turned only if the last pass had not turned it: no number of passes settles that."""


def test_the_lines_that_moved_are_those_that_one_of_two_texts_has() -> None:
    assert changed_lines("a\nb\n", "a\nb\n") == []
    assert changed_lines("a\nb\n", "a\nc\n") == ["c", "b"]
    assert changed_lines("a\n", "a\na\n") == ["a"]
    assert changed_lines("a\nb\n", "b\na\n") == [""]


@pytest.mark.parametrize(
    ("moving", "message"),
    [
        ((r"\newlabel{fiche:tie}{{3.1}{7}{Tie}{section.3.1}{}}",), 'the pages still moved when the last pass had run, at "fiche:tie"'),
        (
            (r"\contentsline {chapter}{\numberline {2}{\language \l@nohyphenation R\&D} ici}{2}{chapter.2}%",),
            r'the pages still moved when the last pass had run, at "R\&D ici"',
        ),
        (tuple(rf"\newlabel{{t{n}}}{{{{1}}{{1}}}}" for n in range(5)), 'the pages still moved when the last pass had run, at "t0", "t1", "t2" and 2 more'),
        (("",), "the pages still moved when the last pass had run"),
    ],
)  # fmt: skip
def test_what_still_moves_is_named(tmp_path: Path, moving: tuple[str, ...], message: str) -> None:
    project = copy_project(tmp_path)
    told = read_log(tmp_path / "build", PassResult(tmp_path, True, "", moving=moving), Session(project).job.sources)
    assert [(each.code, each.severity.value, each.message) for each in told] == [
        ("unsettled-pages", "warning", message)
    ]


@pytest.mark.slow
def test_pages_that_never_come_to_rest_are_told_at_the_report(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (project / "sources/report.yaml").write_text(
        "title: T\nlang: en\nintroduction: Words.\nfiches: []\nsynthesis: []\n", "utf-8"
    )
    body = project / "templates/body.tex"
    body.write_text(body.read_text("utf-8") + FLIPS + "\n", "utf-8")
    done = doit(project)
    assert done.returncode == 0, done.stdout
    assert f"lualatex, pass {MOST_PASSES} " in done.stdout
    assert "sources/report.yaml:1:1: warning[unsettled-pages]" in done.stdout
    assert 'at "flips"' in done.stdout
    body.write_text(body.read_text("utf-8").replace(FLIPS, "A word."), "utf-8")
    done = doit(project)
    assert done.returncode == 0 and "unsettled-pages" not in done.stdout
