"""What shows when fiches, report and library are held together: papers counted twice, fiches without a reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.diagnostics.printer import in_order
from tests.diagnostics.cases import first_lines, problems, write_project

TWO = "title: Essai\nlang: fr\nfiches: [a, b]\n"
FICHE = "key: b\nstatus: partial\n"


def said(tmp_path: Path, **files: str) -> list[str]:
    """First lines of what `doit check` says; `fiche` is the second fiche, `bib` the library, `report` the report."""
    names = {"fiche": "sources/fiches/b.yaml", "bib": "bib/a.bib", "report": "sources/report.yaml"}
    changed = {names[name]: text.encode() for name, text in files.items()}
    return first_lines(problems(write_project(tmp_path, changed)))


def test_two_fiches_of_one_paper_do_not_count_twice_in_silence(tmp_path: Path) -> None:
    entry = "@article{%s, author={Un, Auteur}, title={Titre}, date={2025}, doi={10.1000/x}}\n"
    assert said(tmp_path, report=TWO, fiche=FICHE, bib=entry % "a" + entry % "b") == [
        'bib/a.bib:2:1: warning[same-paper]: "b" and "a" are the same paper (same DOI): "a" is cited',
        'sources/fiches/b.yaml:1:6: warning[fiche-twice]: the fiches "a" and "b" are of one paper (same DOI): it counts twice',
    ]


def test_a_fiches_own_citation_of_a_paper_that_another_fiche_reads_is_told(tmp_path: Path) -> None:
    own = FICHE + "citation: {authors: Auteur Un, title: Titre, date: 2025, doi: 10.1000/X}\n"
    bib = "@article{a, author={Un, Auteur}, title={Titre}, date={2025}, doi={10.1000/x}}\n"
    assert any("warning[fiche-twice]" in line for line in said(tmp_path, report=TWO, fiche=own, bib=bib))


@pytest.mark.parametrize("citation", ["", "citation: {}\n", "citation:\n"])
def test_a_printed_fiche_with_nothing_to_cite_is_an_error_at_its_key(tmp_path: Path, citation: str) -> None:
    message = 'no reference in bib/ has the key "b", and the fiche has no citation of its own: there is nothing to cite'
    told = said(tmp_path, report=TWO, fiche=FICHE + citation)
    assert f"sources/fiches/b.yaml:1:6: error[nothing-to-cite]: {message}" in told


def test_a_fiche_that_is_not_printed_needs_nothing_to_cite(tmp_path: Path) -> None:
    told = said(tmp_path, fiche=FICHE)
    assert [line.split(": ")[1] for line in told] == ["warning[no-reference]", "warning[unlisted-fiche]"]


def test_a_citation_that_lacks_its_author_or_date_is_told(tmp_path: Path) -> None:
    told = said(tmp_path, report=TWO, fiche=FICHE + "citation: {title: Autre}\n")
    assert told[-1].endswith('warning[reference-incomplete]: the citation of "b" has no author and no date')


def test_an_entry_of_fields_for_others_is_no_work(tmp_path: Path) -> None:
    bib = "@misc{a, author={Un, A}, title={T}, date={2025}}\n@xdata{b, publisher={P}}\n"
    told = said(tmp_path, report=TWO + "introduction: Voir [@b].\n", fiche=FICHE, bib=bib)
    assert any('error[unknown-citation]: "b" is an @xdata entry' in line for line in told)
    assert any('error[nothing-to-cite]: "b" is an @xdata entry' in line for line in told)


def test_the_entry_that_could_not_be_read_is_named_where_it_is_missed(tmp_path: Path) -> None:
    bib = "@misc{a, author={Un, A}, title={T}, date={2025}}\n@misc{b, title={jamais\n"
    found = problems(write_project(tmp_path, {"bib/a.bib": bib.encode(), "sources/report.yaml": TWO.encode(),
                                              "sources/fiches/b.yaml": FICHE.encode()}))  # fmt: skip
    assert [each.code for each in in_order(found)] == ["bib-syntax", "nothing-to-cite"]
    assert "the entry at bib/a.bib:2 cannot be read" in in_order(found)[1].hints


@pytest.mark.parametrize(
    ("read", "record", "words"),
    [
        ("Survey of models", "The survey of models", '"The" is missing'),
        ("A survey (London, England)", "A survey", '"(London, England)" is not in the record'),
        ("A survey of models", "A study of models", '"survey" for "study"'),
    ],
)
def test_the_words_that_differ_are_told_with_what_is_wrong_with_them(
    tmp_path: Path, read: str, record: str, words: str
) -> None:
    bib = f"@misc{{a, author={{Un, A}}, title={{Titre}}, date={{2025}}}}\n@misc{{b, author={{Un, B}}, title={{{record}}}, date={{2025}}}}\n"
    fiche = f"{FICHE}citation:\n  title: {read}\n"
    found = problems(write_project(tmp_path, {"bib/a.bib": bib.encode(), "sources/report.yaml": TWO.encode(),
                                              "sources/fiches/b.yaml": fiche.encode()}))  # fmt: skip
    assert [each.hints[0] for each in found if each.code == "citation-differs"] == [f"the words that differ: {words}"]


def test_a_letter_that_no_font_has_is_told_only_where_it_is_printed(tmp_path: Path) -> None:
    bib = "@misc{a, author={Un, A}, title={T}, date={2025}}\n@misc{b, author={Un, A}, title={\ue123}, date={2025}}\n"
    assert not any("missing-glyph" in line for line in said(tmp_path, bib=bib))
    assert any(
        "bib/a.bib:2:1: error[missing-glyph]" in line for line in said(tmp_path, report=TWO, fiche=FICHE, bib=bib)
    )
