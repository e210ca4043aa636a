"""A tagged PDF is asked for: one diagnostic says that there is none."""

from __future__ import annotations

from pathlib import Path

from synopse.build.session import Session
from tests.synthesis.corpus import small


def test_a_pdf_that_cannot_be_tagged_is_told_once_at_its_option(tmp_path: Path) -> None:
    small(tmp_path)
    report = tmp_path / "sources/report.yaml"
    text = report.read_text("utf-8")
    for said, told in (("false", 0), ("true", 1)):
        report.write_text(f"pdf: {{tagged: {said}}}\n{text}", "utf-8")
        found = [each for each in Session(tmp_path).problems if each.code == "not-tagged"]
        assert len(found) == told
        assert all((each.severity, each.span.line, each.span.column) == ("warning", 1, 7) for each in found)
