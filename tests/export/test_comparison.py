"""A table of papers, as knowledge graphs read it: what it says comes out, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from synopse.build.session import Session
from synopse.commands.deposit import compared
from synopse.export.comparison import KNOWN, Statement, Work, json_ld, orkg, statements
from synopse.locale import catalogue
from synopse.locale.dates import PartialDate
from synopse.synthesis.table import Cell, Column, Row, Table, words
from tests.synthesis.corpus import VOCABULARY, small, tables

SYNTHESIS = """
  - {kind: characteristics, id: traits, columns: [title, year, effectif, plan, techniques]}
  - {kind: matrix, id: matrice, field: techniques}
  - {kind: recurrence, id: recurrence, fields: [limites]}
"""
WITH_ADDRESS = VOCABULARY.replace("    - RLHF\n", "    - {name: RLHF, uri: 'https://www.wikidata.org/entity/Q1'}\n")


def read(session: Session) -> dict[str, tuple[list[str], list[list[str]], list[dict[str, Any]]]]:
    files = compared(session)
    found = {}
    for name in {path.rpartition(".")[0] for path in files}:
        head, *lines = csv.reader(io.StringIO(files[f"{name}.csv"].decode("utf-8")))
        found[name.removeprefix("orkg/")] = head, lines, json.loads(files[f"{name}.jsonld"])["@graph"]
    return found


def test_both_say_of_each_paper_what_the_table_says(tmp_path: Path) -> None:
    session = small(tmp_path, synthesis=SYNTHESIS, vocabulary=WITH_ADDRESS)
    corpus = session.checked_project().corpus
    found = read(session)
    assert set(found) == {
        table.id for table in tables(session).values() if statements(table, corpus.words, corpus.cited)
    }
    for name, (head, lines, graph) in found.items():
        said = statements(tables(session)[name], corpus.words, corpus.cited)
        assert tuple(head[: len(KNOWN)]) == KNOWN
        in_lines = sum(bool(cell) for line in lines for cell in line[len(KNOWN) :])
        observed = [each for each in graph if each["@type"] == "Observation"]
        assert in_lines == len(observed) == len(said) > 0
        papers = {each["@id"] for each in graph if each["@type"] == "ScholarlyArticle"}
        assert {each["observationAbout"]["@id"] for each in observed} <= papers
        assert len(lines) == len({each.paper for each in said}) == len(papers)


def test_a_term_with_an_address_is_named_by_it_and_no_other(tmp_path: Path) -> None:
    for _, _, graph in read(small(tmp_path, synthesis=SYNTHESIS, vocabulary=WITH_ADDRESS)).values():
        for each in graph:
            names = (each.get("value"), each.get("variableMeasured"))
            if each["@type"] == "Observation":
                linked = each.get("valueReference") or each.get("measuredProperty")
                assert bool(linked) == ("RLHF" in names)
                assert linked in (None, {"@id": "https://www.wikidata.org/entity/Q1"})
    head, lines, matrix = read(small(tmp_path, synthesis=SYNTHESIS, vocabulary=WITH_ADDRESS))["matrice"]
    assert len(set(head[len(KNOWN) :])) == 1 and any("RLHF" in line for line in lines)
    assert any(each["@type"] == "DefinedTerm" and each["name"] == "RLHF" for each in matrix)


def test_several_values_stand_in_columns_of_one_name_and_numbers_keep_their_unit() -> None:
    works = {
        "a": Work("a", "Dormir", ("Ada Lovelace", "Platon"), PartialDate(2025, 3), "10.1/x", "https://doi.org/10.1/x"),
        "b": Work("b", "=Formule"),
    }
    said = [
        Statement("a", "Drug", "one"),
        Statement("a", "Drug", "two"),
        Statement("b", "Drug", "one"),
        Statement("b", "Dose", Decimal("2.50"), "mg"),
    ]
    head, first, second = csv.reader(io.StringIO(orkg(said, works)))
    assert head == [*KNOWN, "Drug", "Drug", "Dose"]
    assert first == [
        "Dormir",
        "Ada Lovelace; Platon",
        "3",
        "2025",
        "10.1/x",
        "https://doi.org/10.1/x",
        "R11",
        "",
        "one",
        "two",
        "",
    ]
    assert second == ["'=Formule", "", "", "", "", "", "R11", "", "one", "", "2.50 mg"]
    graph = json.loads(json_ld("T", "fr", said, works, {}))["@graph"]
    dose = next(each for each in graph if each.get("variableMeasured") == "Dose")
    assert (dose["value"], dose["unitText"]) == (2.5, "mg")
    assert next(each for each in graph if each["@id"] == "https://doi.org/10.1/x")["datePublished"] == "2025-03"
    assert "datePublished" not in next(each for each in graph if each["@id"] == "#paper-b")


def test_what_a_table_says_of_the_notes_is_not_said_of_the_papers(tmp_path: Path) -> None:
    synthesis = "\n  - {kind: coverage, id: etat}\n  - {kind: matrix, id: matrice, field: techniques}\n"
    session = small(tmp_path, synthesis=synthesis)
    assert "etat" in tables(session)
    assert set(read(session)) == {"matrice"}


def test_a_table_without_papers_and_a_total_say_nothing() -> None:
    fr = catalogue("fr")
    plain = Table("t", "bars", "T", (Column("Nom"), Column("Valeur")), (Row((words("a"), Cell(number=3))),))
    assert statements(plain, fr) == []
    totals = Table(
        "t",
        "matrix",
        "T",
        (Column("Nom"), Column("A", paper="a")),
        (Row((words("Total"), Cell(number=3)), total=True),),
    )
    assert statements(totals, fr) == []


@pytest.mark.parametrize(
    ("uri", "fits"),
    [("https://www.wikidata.org/entity/Q11660", True), ("http://id.nlm.nih.gov/mesh/D001185", True), ("https://orkg.org/resource/R11", True), ("https://example.org", True),
     ("Q11660", False), ("ftp://example.org/x", False), ("https://", False), ("https://a b", False), ("https://example.org/a b", False)],
)  # fmt: skip
@pytest.mark.parametrize("of", ["term", "theme"])
def test_an_address_is_checked(tmp_path: Path, uri: str, fits: bool, of: str) -> None:
    old, new = {
        "term": ("    - RLHF\n", f"    - {{name: RLHF, uri: '{uri}'}}\n"),
        "theme": ("{id: biais, title: Biais}", f"{{id: biais, title: Biais, uri: '{uri}'}}"),
    }[of]
    found = list(small(tmp_path, vocabulary=VOCABULARY.replace(old, new)).project.diagnostics)
    assert [each.code for each in found if each.code == "bad-address"] == ([] if fits else ["bad-address"])
