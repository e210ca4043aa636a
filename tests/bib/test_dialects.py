"""The twins of the clean .bib: BibTeX's dialect, which its own styles and pdfLaTeX print, and CSL-JSON."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from synopse.bib.bibtex import escape_bibtex, write_bibtex
from synopse.bib.csl import write_csl
from synopse.bib.decode import decoded
from synopse.bib.library import read_library
from synopse.bib.reference import Reference
from synopse.bib.stated import bare
from synopse.markup.text import plain
from tests.bib.expected import LIBRARY


def twin(entry: str) -> str:
    library, _ = read_library({"a.bib": entry.encode()})
    return re.sub(r" +", " ", write_bibtex(library.references.values()))


def csl(entry: str) -> dict[str, Any]:
    library, _ = read_library({"a.bib": entry.encode()})
    item: dict[str, Any] = json.loads(write_csl(library.references.values()))[0]
    return item


LETTERS = {"é": r"{\'{e}}", "Ł": r"{\L}", "ß": r"{\ss}", "ő": r"{\H{o}}", "ș": "ș", "ç": r"{\c{c}}", "å": r"{\aa}", "–": "--", "“": "``",
           "α": r"$\alpha$", "漢": "漢", "’": "'", '"': r"{\char34}", "ḗ": r"{\'{\={e}}}", "ñ": r"{\~{n}}", "€": r"{\texteuro}", "a\u00a0b & c": r"a~b \& c"}  # fmt: skip


@pytest.mark.parametrize(("letter", "latex"), LETTERS.items())
def test_letters_are_what_bibtex_knows_and_read_back_the_same(letter: str, latex: str) -> None:
    assert escape_bibtex(letter) == latex
    assert re.sub(r"\$\\alpha\$", "α", plain(decoded(escape_bibtex(f"x{letter}y")))) == f"x{letter}y"


def test_a_bibtex_file_has_bibtexs_types_fields_and_months() -> None:
    made = twin(
        "@online{a, author={Müller, Jörg and {Van} Dyke, B and others}, title={The “é” \\enquote{x}}, subtitle={S}, date={2020-03-05}, url={http://x.org/a_b}}"
    )
    assert "@misc{a," in made and r"author = {M{\"{u}}ller, J{\"{o}}rg and Van Dyke, B and others}," in made
    assert "title = {The ``{\\'{e}}'' ``x'': S}," in made and "year = {2020}," in made
    assert 'month = mar # "~5",' in made and r"howpublished = {\url{http://x.org/a_b}}," in made
    assert "enquote" not in made and made.isascii()


@pytest.mark.parametrize(("date", "lines"), [("2019/2020", ["year = {2019--2020}"]), ("1991-21", ["year = {1991}", 'month = "Spring"']),
                                             ("2004/", ["year = {2004--}"]), ("1377~", ["year = {ca. 1377}"]), ("1273?", ["year = {1273?}"]),
                                             ("2020-01/2020-03", ["year = {2020}", 'month = jan # "--" # mar'])])  # fmt: skip
def test_dates_that_bibtex_has_no_field_for_stand_in_its_year(date: str, lines: list[str]) -> None:
    made = twin(f"@misc{{a, author={{A}}, title={{T}}, date={{{date}}}}}")
    assert all(f"{line}," in made for line in lines)


TYPES = [
    ("report", "techreport"),
    ("inbook", "incollection"),
    ("software", "misc"),
    ("mvbook", "book"),
    ("phdthesis", "phdthesis"),
    ("mastersthesis", "mastersthesis"),
]


@pytest.mark.parametrize(("kind", "wanted"), TYPES)
def test_a_type_is_one_of_bibtexs(kind: str, wanted: str) -> None:
    assert f"@{wanted}{{a," in twin(f"@{kind}{{a, author={{A}}, title={{T}}, date={{2020}}}}")


def test_csl_keeps_dates_types_and_that_there_are_more_authors() -> None:
    assert csl("@jurisdiction{a, title={T}, date={1991-21}}") | {"id": ""} == {
        "id": "", "type": "legal_case", "title": "T", "issued": {"date-parts": [[1991]], "season": 1}}  # fmt: skip
    item = csl("@report{a, author={A, B and others}, title={T}, subtitle={S}, number={RR-1}, date={1377~}}")
    assert item["author"] == [{"family": "A", "given": "B"}] and item["custom"] == {"others": ["author"]}
    assert (item["title"], item["number"], item["issued"]) == ("T: S", "RR-1", {"date-parts": [[1377]], "circa": True})
    assert csl("@misc{a, title={T}, date={2004/}}")["issued"]["literal"] == "2004–"
    assert csl("@misc{a, title={T}, year={in press}}")["issued"] == {"literal": "in press"}


GENRES = [
    ("@report{a, title={T}, type={Informe técnico}, number={N.º 12}}", "es", {"genre": "Informe técnico", "number": "N.º 12"}),
    ("@techreport{a, title={T}, number={RR-1}}", "es", {"genre": "Informe técnico", "number": "RR-1"}),
    ("@report{a, title={T}, number={N\\textsuperscript{o} 12}}", "fr", {"number": "No 12"}),
    ("@phdthesis{a, title={T}}", "en", {"genre": "PhD thesis"}), ("@phdthesis{a, title={T}}", "fr", {"genre": "Thèse de doctorat"}),
    ("@thesis{a, title={T}, type={mathesis}}", "de", {"genre": "Masterarbeit"}), ("@thesis{a, title={T}, type={bathesis}}", "en", {"genre": "Bachelor’s thesis"}),
    ("@thesis{a, title={T}, type={Trabajo de grado}}", "es", {"genre": "Trabajo de grado"}), ("@patent{a, title={T}, type={patentus}, number={12}}", "en", {"number": "12"}),
    ("@misc{a, title={T}, type={\\emph{Working} paper}}", "en", {"genre": "<i>Working</i> paper"}), ("@article{a, title={T}, number={3}}", "en", {"issue": "3"}),
]  # fmt: skip


@pytest.mark.parametrize(("bib", "lang", "expected"), GENRES)
def test_csl_keeps_the_type_of_a_report_or_a_thesis_in_words_and_its_number(
    bib: str, lang: str, expected: dict[str, str]
) -> None:
    library, _ = read_library({"a.bib": bib.encode()})
    item: dict[str, Any] = json.loads(write_csl(library.references.values(), lang=lang))[0]
    assert {name: item[name] for name in ("genre", "number", "issue") if name in item} == expected


@pytest.mark.slow
def test_bibtex_and_pdflatex_print_the_whole_library(tmp_path: Path) -> None:
    """BibTeX finds no mistake, pdfLaTeX neither, and every surname that its fonts have is on the page."""
    references: dict[str, Reference] = {}
    for path in sorted(LIBRARY.glob("*.bib")):
        for key, each in read_library({path.name: path.read_bytes()})[0].references.items():
            if (
                key.isascii()
                and path.stem not in ("names-scripts", "hostile")
                and key.lower() not in {k.lower() for k in references}
            ):
                references[key] = each
    (tmp_path / "a.bib").write_text(write_bibtex(references.values()), "utf-8")
    (tmp_path / "a.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern,url,amssymb}\input{glyphtounicode}\pdfgentounicode=1 \hyphenpenalty10000\begin{document}\nocite{*}"
        r"\bibliographystyle{plain}\bibliography{a}\end{document}", "utf-8")  # fmt: skip
    run = ["pdflatex", "-interaction=nonstopmode", "a"]
    subprocess.run(run, cwd=tmp_path, capture_output=True, check=False)
    said = subprocess.run(["bibtex", "a"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    subprocess.run(run, cwd=tmp_path, capture_output=True, check=False)
    log = (tmp_path / "a.log").read_text("utf-8", "replace")
    assert [
        line for line in said.split("\n") if "error" in line.lower() or "I was expecting" in line or "isn't" in line
    ] == []
    assert [line for line in log.split("\n") if line.startswith("! ")] == []
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "a.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    words = bare(text)
    lost = [
        name.family for each in references.values() for name in each.authors.names if bare(name.family) not in words
    ]
    assert lost == []
