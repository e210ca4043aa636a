"""Each language with real TeX: a small report that was typed in it, and one in a language that is added from outside."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from synopse.bib.styles import find_files
from synopse.locale import LANGUAGES
from synopse.locale.languages import START, words_of
from tests.conftest import ROOT, doit, pdf_text
from tests.locale.reports import TYPED, report_in
from tests.locale.test_languages import with_catalan

pytestmark = pytest.mark.slow
PARTS = """
  - {kind: characteristics, columns: [authors, date, effectif, gain, debut], title: Tabula}
  - {kind: recurrence, field: limites}
  - {kind: coverage}
"""
BIBLIOGRAPHY = {
    "de": ("u. a.", "und Dan Delta", "5. März 2023", "S. 3", "Abbildung"),
    "es": ("et al.", "y Dan Delta", "5 de marzo de 2023", "págs. 12", "Tabla 1"),
    "it": ("et al.", "e Dan Delta", "5 marzo 2023", "pp. 12", "Tabella 1"),
    "pt": ("et al.", "e Dan Delta", "5 de março de 2023", "pp. 12", "Tabela 1"),
}


def needs(file: str, package: str) -> None:
    """Skips where the TeX distribution lacks a language: `install.sh test` installs them all."""
    if not find_files([file]):
        pytest.skip(f"the TeX distribution lacks {file}: install {package}")


def printed_in(root: Path, program: Path = ROOT) -> str:
    """The report's words, made by a program."""
    shutil.copy(ROOT / "dodo.py", root / "dodo.py")
    (root / "synopse").symlink_to(program / "synopse")
    done = doit(root)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "Missing character" not in (root / "build/report.log").read_text("utf-8", "replace")
    return re.sub(r"\s+", " ", pdf_text(root / "build/report.pdf"))


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang not in START])
def test_a_report_in_a_language_is_typeset_as_it_is_typed(lang: str, tmp_path: Path) -> None:
    words, typed = words_of(lang), TYPED[lang]
    needs(f"{words['tex.babel']}.ldf", words["tex.package"])
    report_in(tmp_path, lang, PARTS)
    text = printed_in(tmp_path)
    for asked in (
        words["papers"], words["fiches"], words["synthesis"], words["bibliography"], words["title.recurrence"].split("}")[1], words["not-filled-list"].split("{")[0].strip(),
        typed.printed_number, typed.about, typed.most, typed.absent, typed.printed_date, typed.range, typed.share,
        typed.printed_place, typed.printed_pages, typed.printed_quote, *BIBLIOGRAPHY[lang][:3],
    ):  # fmt: skip
        assert re.sub(r"\s+", " ", asked) in text, (asked, text)


def test_a_report_in_a_language_that_was_added_is_typeset(tmp_path: Path) -> None:
    needs("catalan.ldf", "texlive-lang-spanish")
    program = with_catalan(tmp_path / "program")
    report = tmp_path / "report"
    report.mkdir()
    (report / "templates").symlink_to(program / "templates")
    report_in(report, "ca", PARTS, TYPED["es"])
    text = printed_in(report, program)
    for asked in (
        "Estudis inclosos",
        "Fitxes de lectura",
        "Síntesi comparativa",
        "5 de març del 2023",
        "1 de març del 2021",
        "Taula 3.1",
    ):
        assert asked in text, (asked, text)
