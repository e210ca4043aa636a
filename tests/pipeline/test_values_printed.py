"""Numbers, dates and choices as they are printed in the PDF of a review, in English; nothing is lost, nothing runs over."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, doit, pdf_text
from tests.synthesis.measured import FICHES, SYNTHESIS, review

pytestmark = pytest.mark.slow

TEXT = (
    "The median is {{ field('n').median }} of {{ field('n').numbers }}; {{ field('plan').count('rct') }} trials, "
    "{{ field('plan').share('Cohort') }} cohorts; {{ selection.screened }} screened."
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review, built in English."""
    root = tmp_path_factory.mktemp("values")
    fiches = FICHES | {
        "adam2020": FICHES["adam2020"].replace("1 234 patients", "1,234 patients").replace("868,5", "868.5"),
        "dale2022": FICHES["dale2022"].replace("2,40", "0.00001"),
        "ford2024": "status: todo\nn: −12,345,678.25\ndebut: Spring 2021\ndose: about 1,000 to 2,000 mg",
    }
    review(root, SYNTHESIS + f'  - {{kind: coverage, text: "{TEXT}"}}\n', "en", fiches)
    shutil.copy(ROOT / "dodo.py", root / "dodo.py")
    (root / "synopse").symlink_to(ROOT / "synopse")
    done = doit(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def test_every_value_is_printed_as_it_was_said(printed: Path) -> None:
    text = re.sub(r"\s+", " ", pdf_text(printed / "build/report.pdf"))
    for words in (
        "1,234 patients", "868.5 mg", "900 mg", "0.00001 mg", "−12,345,678.25 patients", "> 100 patients", "10–20 patients", "≈ 12 mg",
        "about 1,000 to 2,000 mg", "not reported", "NR", "July 2006", "2008–2010", "≈ 2010", "since March 2015", "Spring 2021",
        "Randomised trial", "The median is 900 of 3; 2 trials, 33% cohorts; 50 screened.", "Not counted: Sample size, one not reported",
    ):  # fmt: skip
        assert words in text, words
    assert "900.0" not in text and "1,234.00" not in text


def test_no_line_is_too_wide_and_no_character_is_missing(printed: Path) -> None:
    log = (printed / "build/report.log").read_text("utf-8", "replace")
    assert "Missing character" not in log and "synopse-overfull" not in log
