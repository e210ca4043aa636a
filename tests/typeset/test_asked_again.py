"""What the pass loop keeps of a run of biber, and what it asks again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from synopse.ground.store import Store
from synopse.typeset import passes
from synopse.typeset.passes import PassLoop

FAILED = [
    ("", ["ERROR - biber did not finish in time and was stopped"]),
    ("", []),
    ("half of it", ["ERROR - Cannot find 'x.bib'!"]),
]


def loop(tex: Path, folder: Path) -> tuple[PassLoop, Any]:
    """A loop, and a pass whose control file is there."""
    made = folder / "run"
    made.mkdir(exist_ok=True)
    (made / "report.bcf").write_text("<bcf/>", "utf-8")
    current = SimpleNamespace(folder=made, jobname="report", made=lambda suffix: made / f"report.{suffix}")
    return PassLoop(tex, Store(folder / "build"), 0), current


def answers(monkeypatch: pytest.MonkeyPatch, bbl: str, lines: list[str]) -> list[int]:
    """biber's answer from now on; the list grows by one each time it is asked."""
    asked: list[int] = []

    def run(tex: Path, folder: Path, *_: Any) -> list[str]:
        asked.append(1)
        if bbl:
            (folder / "report.bbl").write_text(bbl, "utf-8")
        return lines

    monkeypatch.setattr(passes, "run_biber", run)
    return asked


@pytest.mark.parametrize(("bbl", "lines"), FAILED)
def test_a_bibliography_that_failed_is_asked_for_again_at_the_next_build(
    bbl: str, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, current = loop(tmp_path, tmp_path)
    asked = answers(monkeypatch, bbl, lines)
    first._biber(current)
    first._biber(current)
    assert len(asked) == 1 and first.biber_lines == lines  # one build asks once, and tells what came of it
    second, current = loop(tmp_path, tmp_path)
    asked = answers(monkeypatch, "whole", [])
    second._biber(current)
    assert len(asked) == 1 and (second.kept / "report.bbl").read_text("utf-8") == "whole"


def test_a_bibliography_that_came_out_is_not_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, current = loop(tmp_path, tmp_path)
    answers(monkeypatch, "whole", ["WARN - something"])
    first._biber(current)
    second, current = loop(tmp_path, tmp_path)
    asked = answers(monkeypatch, "other", [])
    second._biber(current)
    assert asked == [] and second.biber_lines == ["WARN - something"]
