"""The table of broken inputs: for each, exactly what is said, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.diagnostics.codes import CODES, documentation
from tests.conftest import ROOT
from tests.diagnostics.cases import Case, cases, first_lines, problems, write_project


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_broken_input_is_told_at_its_line(case: Case, tmp_path: Path) -> None:
    root = write_project(tmp_path, {case.file: case.content})
    assert first_lines(problems(root)) == list(case.expected)


def test_the_table_holds_more_than_eighty_broken_inputs() -> None:
    assert len([case for case in cases() if case.expected]) > 80


def test_every_code_is_documented() -> None:
    assert (ROOT / "docs" / "diagnostics.md").read_text("utf-8") == documentation()


def test_every_code_that_is_used_is_in_the_catalogue_and_the_reverse() -> None:
    import re

    sources = [path for path in (ROOT / "synopse").rglob("*.py") if path.name != "codes.py"]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    used = set(re.findall(r'(?:problem|wrong|_add)\(\s*"([a-z-]+)"', text))
    assert used <= CODES.keys()
    for code in CODES:
        assert f'"{code}"' in text or f"[{code}]" in text, code
