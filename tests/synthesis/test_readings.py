"""What the synthesis says of what was read: how far, which sections are unread, which version bears another title."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.locale.languages import LANGUAGES
from tests.synthesis.corpus import BIB, FICHES, grid, small, tables

PART = "read: [{extent: abstract, version: v1}, about]\n"
WHOLE = "read: whole\n"
COVERAGE = "  - {kind: coverage}\n"


def said(lead: str) -> str:
    """A sentence with plain spaces."""
    return lead.replace("\u00a0", " ")


def read(**how: str) -> dict[str, str]:
    """The small corpus without what its fiches say of method and measures, each with what was read of its paper."""
    return {key: how.get(key, "") + f"status: partial\nforces: [Une force de {key}.]" for key in FICHES}


def test_an_empty_section_of_a_paper_read_in_part_is_told_from_one_of_a_paper_read_whole(tmp_path: Path) -> None:
    session = small(tmp_path, read(alpha2023=PART, beta2024=WHOLE), COVERAGE)
    table = tables(session)["coverage"]
    rows = {row.cells[0].text: [cell.mark for cell in row.cells[1:4]] for row in table.rows}
    assert rows["Méthode"] == ["unread", "empty", "empty"]
    assert rows["Mesures"] == ["unread", "empty", "empty"] and rows["Avis"] == ["partial"] * 3
    assert table.legend == ("complete", "partial", "unread", "empty")
    assert said(table.lead).endswith("6 sont vides, dont 2 d’études lues en partie.")
    assert "vide, l’étude étant lue en partie" in grid(table, session)


def test_no_section_is_complete_of_a_paper_read_in_part_but_its_citation(tmp_path: Path) -> None:
    filled = "status: partial\nquestion: Quoi ?\n"
    fiches = {"alpha2023": PART + filled, "beta2024": WHOLE + filled, "gamma2024": filled}
    session = small(tmp_path, fiches, COVERAGE)
    table = tables(session)["coverage"]
    rows = {row.cells[0].text: [cell.mark for cell in row.cells[1:4]] for row in table.rows}
    assert (rows["Référence"], rows["Méthode"]) == (["complete"] * 3, ["sofar", "complete", "complete"])
    assert [cell.number for cell in table.rows[-1].cells[1:]] == [1, 2, 2, 5]
    assert table.legend == ("complete", "sofar", "unread", "empty")
    assert "1 est remplie d’après une étude lue en partie" in said(table.lead)
    assert "remplie, l’étude étant lue en partie" in grid(table, session)


def test_where_nothing_is_empty_the_sentence_tells_what_was_filled_from_a_part(tmp_path: Path) -> None:
    everything = "question: Quoi ?\nforces: [a]\nlimites: [b]\neffectif: 1\ngain: 1\nplan: essai\ndebut: 2021"
    table = tables(small(tmp_path, {"alpha2023": f"status: partial\n{PART}{everything}"}, COVERAGE))["coverage"]
    assert said(table.lead).endswith("3 sont remplies d’après des études lues en partie ; aucune n’est vide.")


def test_where_no_fiche_says_what_was_read_the_table_is_as_it_was(tmp_path: Path) -> None:
    table = tables(small(tmp_path, read(), COVERAGE))["coverage"]
    assert table.legend == ("complete", "partial", "empty") and said(table.lead).endswith("6 sont vides.")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_how_much_is_empty_and_how_much_of_it_unread(tmp_path: Path, lang: str) -> None:
    how = {"alpha2023": PART, "beta2024": WHOLE}
    table = tables(small(tmp_path, read(**how), COVERAGE, lang=lang))["coverage"]
    assert "6" in table.lead and "2" in table.lead and "{" not in table.lead


def test_the_characteristics_say_how_far_each_paper_was_read(tmp_path: Path) -> None:
    synthesis = "  - {kind: characteristics, columns: [read, status]}\n"
    (table,) = tables(small(tmp_path, read(alpha2023=PART, beta2024=WHOLE), synthesis)).values()
    assert [column.title for column in table.columns] == ["Étude", "Texte lu", "Fiche"]
    assert [row.cells[1].text for row in table.rows] == ["résumé", "texte entier", ""]
    assert [span.line for span in table.rows[0].cells[1].spans] == [2]


def test_a_version_that_bears_another_title_is_a_difference_from_the_record(tmp_path: Path) -> None:
    how = "read:\n  - {extent: abstract, version: v3, title: Une étude nouvelle, authors: 'Ann Alpha, Dee Four'}\n  - {extent: abstract, version: v1, title: Une étude}\n"
    session = small(tmp_path, read(alpha2023=how), "  - {kind: differences}\n", bib=BIB)
    (table,) = tables(session).values()
    assert [[cell.text for cell in row.cells[1:3]] for row in table.rows] == [
        ["Titre (v3)", "Une étude nouvelle"],
        ["Auteurs (v3)", "Ann Alpha, Dee Four"],
    ]
    assert not [each for each in session.project.diagnostics if each.code == "citation-differs"]


def test_a_part_is_made_again_when_what_was_read_changes(tmp_path: Path) -> None:
    before = small(tmp_path, read(alpha2023=PART), COVERAGE).project.read["alpha2023"].digests
    after = small(tmp_path, read(alpha2023=WHOLE), COVERAGE).project.read["alpha2023"].digests
    assert before.about != after.about and before.words.keys() == after.words.keys()
