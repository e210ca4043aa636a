"""`doit check` and `doit` agree: what would stop the engine or biber is told before, at its place; the rest is set.

`engine.txt` collects every message of the engine that a source has caused, in this suite or in anybody's hands.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.diagnostics import Severity
from tests.conftest import ROOT, doit
from tests.diagnostics.cases import SOUND, as_bytes, first_lines, problems, write_project

TABLE = Path(__file__).parent / "engine.txt"


@dataclass(frozen=True)
class Case:
    """A message of the engine with sources that caused it, and what is said of them; nothing where they are set."""

    message: str
    files: dict[str, bytes]
    told: tuple[str, ...]


def cases() -> list[Case]:
    """Every case of the table."""
    found = []
    for block in re.split(r"^## ", TABLE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        message, *lines = block.rstrip("\n").split("\n")
        files: dict[str, list[str]] = {}
        name = ""
        for line in lines:
            if line.startswith("|"):
                files[name].append(line[2:])
            elif line and not line.startswith("=> "):
                name = line
                files[name] = []
        contents = {file: as_bytes("\n".join(text) + "\n") for file, text in files.items()}
        found.append(Case(message, contents, tuple(line[3:] for line in lines if line.startswith("=> "))))
    return found


CASES = cases()
SET = [case for case in CASES if not case.told]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.message)
def test_what_would_stop_the_engine_is_told_before_it_at_its_place(case: Case, tmp_path: Path) -> None:
    found = problems(write_project(tmp_path, case.files))
    errors = first_lines([each for each in found if each.severity is Severity.ERROR])
    assert len(errors) == len(case.told), errors
    for line, told in zip(errors, case.told, strict=True):
        assert line.startswith(told)


def test_the_table_holds_messages_that_are_told_and_some_that_come_no_more() -> None:
    assert len(CASES) >= 39 and len(SET) >= 12


def merged(cases: list[Case]) -> dict[str, bytes]:
    """One project of the sources of all cases: each has a fiche of its own, and the report all that they ask for."""
    files: dict[str, bytes] = {}
    report: dict[str, Any] = {"title": "Essai", "introduction": "", "fiches": [], "chapters": [], "synthesis": []}
    for number, case in enumerate(cases):
        own = {name: SOUND[name].encode() for name in ("sources/report.yaml", "sources/fiches/a.yaml", "bib/a.bib")}
        texts = {name: _own_key(data.decode(), f"k{number}") for name, data in (own | case.files).items()}
        asked = yaml.safe_load(texts.pop("sources/report.yaml"))
        report["introduction"] += asked.get("introduction", "") + "\n\n"
        for name in ("fiches", "chapters", "synthesis"):
            report[name] += asked.get(name, [])
        files |= {name.replace("/a.", f"/{number}."): text.encode() for name, text in texts.items()}
    return files | {"sources/report.yaml": yaml.safe_dump(report, allow_unicode=True).encode(),
                    "sources/fiches/a.yaml": b"(absent)", "bib/a.bib": b"(absent)"}  # fmt: skip


def _own_key(text: str, key: str) -> str:
    """The text with `key` for the key `a`, wherever it is one."""
    return re.sub(r"(?<=^key: )a$|(?<=[\[{])a(?=[\],])", key, text, flags=re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("empty", [False, True], ids=["all others", "a review before its first fiche"])
def test_what_is_not_told_is_set(empty: bool, tmp_path: Path) -> None:
    """Whole builds, with real TeX and biber: neither of them stops, or says a word."""
    chosen = [case for case in SET if ("before its first fiche" in case.message) is empty]
    root = write_project(tmp_path, chosen[0].files if empty else merged(chosen))
    for part in ("templates", "synopse"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "dodo.py", root)
    done = doit(root)
    assert done.returncode == 0, done.stdout
    assert "error[" not in done.stdout and "[biber]" not in done.stdout, done.stdout
