"""Chapters, tables and papers have the same numbers in the PDF and in the page, wherever the fiches stand, and however a table is set."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

import pytest

from synopse.commands.outside import main
from tests.conftest import ROOT, doit, pdf_text

pytestmark = pytest.mark.slow
WIDE = "authors, date, design, participants, start, question, methods, results, strengths, limits, title, question, methods, results"
NAMED = "[@tab:characteristics], [@tab:numbers-participants], [@fig:bars-design], [@fiche:sample2021], [@sec:synthesis], [@sec:papers]"


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace(" ,", ",")


@pytest.mark.parametrize("where", ["body", "appendix", "none"])
def test_numbers_are_those_of_the_pdf_wherever_the_fiches_stand(where: str, tmp_path: Path) -> None:
    root = tmp_path / "mine"
    assert main(["init", str(root), "--lang", "en"]) == 0
    report = root / "sources/report.yaml"
    text = report.read_text("utf-8").replace("fiches:\n", f"fiches_in: {where}\nfiches:\n", 1)
    text = text.replace("columns: [authors, date, design, participants, start]", f"columns: [{WIDE}]")
    report.write_text(text.replace("sentence: @sample2021.", f"sentence: @sample2021. Begin {NAMED} end."), "utf-8")
    done = doit(root, env=os.environ | {"PYTHONPATH": str(ROOT), "SYNOPSE_CACHE": ""})
    assert done.returncode == 0 and "warning" not in done.stdout, done.stdout
    printed = spaced(pdf_text(root / "build/report.pdf"))
    shown = spaced(html.unescape(re.sub("<[^>]*>", " ", (root / "build/report.html").read_text("utf-8"))))
    said = re.compile(r"Begin (.*?) end\.")
    (of_pdf,), (of_page,) = said.findall(printed), said.findall(shown)
    assert of_pdf == of_page and "?" not in of_pdf and len(re.findall(r"\d", of_pdf)) >= 6
    captions = [(number, words.strip()) for number, words in re.findall(r"Table ([\d.]+): (.{12})", printed)]
    assert captions.count(captions[0]) >= 2  # the first table is set on several sheets
    page = [(number, words.strip()) for number, words in re.findall(r"Table ([\d.]+) – (.{12})", shown)]
    assert sorted(set(captions)) == sorted(set(page))
    chapters = re.findall(
        r'<h2 id="[^"]*"><span class="no"[^>]*>(\w)</span> ([^<]*)</h2>',
        (root / "build/report.html").read_text("utf-8"),
    )
    assert [title for number, title in chapters if f"{number} {title}" not in printed] == []
    assert ("Reading notes" in dict(map(reversed, chapters))) is (where != "none")
