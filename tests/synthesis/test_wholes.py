"""What a sentence and a legend say of a table, whatever the papers say: the parts of a whole sum, no mark is missing or too many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.build.session import Session
from synopse.locale import LANGUAGES, catalogue
from synopse.markup.text import key_in_brackets
from synopse.render.html.table import SIGNS, table_html
from synopse.render.html.text import HtmlWriter
from synopse.render.latex.linemap import without_marks
from synopse.render.pandoc.document import Office
from synopse.synthesis.table import Mark, Table
from tests.synthesis.corpus import BIB, FICHES, small, tables

READ = ("", "read: whole\n", "read: abstract\n")
FILLED = ("question: Quoi ?", "techniques: [SFT]", "techniques: [{term: SFT, text: Oui.}]", "forces: [Une force.]",
          "limites: [Une limite.]", "effectif: 12", "gain: 1", "plan: essai", "debut: 2021")  # fmt: skip
SYNTHESIS = "  - {kind: coverage}\n  - {kind: matrix, field: techniques}\n"
Drawn = tuple[str, set[str]]

papers = st.lists(st.tuples(st.sampled_from(READ), st.sets(st.sampled_from(FILLED))), min_size=1, max_size=3)


def made(root: Path, drawn: list[Drawn], synthesis: str = SYNTHESIS) -> Session:
    """A review of the papers drawn: of each what was read, and the fields that are filled in."""
    fiches = {}
    for key, (read, filled) in zip(FICHES, drawn, strict=False):
        own = {field.split(":")[0]: field for field in sorted(filled)}
        fiches[key] = f"status: partial\n{read}" + "\n".join(own.values())
    return small(root, fiches, synthesis)


MARKED: tuple[Mark, ...] = ("complete", "sofar", "partial", "empty", "unread")


def told(lead: str) -> list[int]:
    """The numbers of a sentence without its shares, a word for none or one in its place."""
    return [int(n) for n in re.findall(r"\d+(?!\d|\s?%)", lead.replace("\u00a0", " "))]


@given(drawn=papers)
@settings(max_examples=10, deadline=None)
def test_the_cells_that_the_sentence_of_the_completeness_names_sum_to_all(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Drawn]
) -> None:
    table = tables(made(tmp_path_factory.mktemp("whole"), drawn))["coverage"]
    marks: list[Mark] = [cell.mark for row in table.rows for cell in row.cells if cell.mark]
    counted = {mark: marks.count(mark) for mark in MARKED}
    counted["empty"] += counted["unread"]
    assert {mark: table.facts[mark] for mark in MARKED} == counted
    cells, *parts = told(table.lead)
    assert parts == [n for n in counted.values() if n]
    assert cells == len(marks) == sum(parts) - counted["unread"]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(counts=st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda counts: any(counts)))
@settings(max_examples=60, deadline=None)
def test_every_language_names_every_part_of_the_completeness(lang: str, counts: list[int]) -> None:
    facts = dict(zip(MARKED, counts, strict=True))
    facts["empty"] += facts["unread"]
    cells = sum(facts.values()) - facts["unread"]
    lead = catalogue(lang).said("lead.coverage", n=1, cells=cells, share="5\u00a0%", **facts)
    assert told(lead) == [cells, *(n for n in facts.values() if n)], lead


def explained(table: Table, session: Session) -> dict[str, list[str]]:
    """What the legend below a table says, by the writer that writes it."""
    words = session.project.words
    page = table_html(table, HtmlWriter(words, key_in_brackets, {}), "", "t")
    office = Office(words, key_in_brackets, {}, lambda name, svg: Path(name)).table(table, [], "t")
    (note,) = [each["c"][1][0]["c"] for each in office if each["t"] == "Div"] or [[]]
    listed = "".join(each.get("c", " ") for each in note)
    latex = without_marks(session.document.table(table)[0])[0]
    return {
        "html": re.findall(r'<span class="m">[^<]*</span> <span>([^<]*)</span>', page),
        "word": [each[2:] for each in listed.split(" · ") if each],
        "latex": [words[f"legend.{mark}"] for mark in dict.fromkeys(re.findall(r"\\synopsemark(\w+)~", latex))],
    }


@given(drawn=papers)
@settings(max_examples=8, deadline=None)
def test_a_legend_names_the_marks_that_stand_in_the_table_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Drawn]
) -> None:
    session = made(tmp_path_factory.mktemp("legend"), drawn)
    for table in tables(session).values():
        there = {cell.mark for row in table.rows for cell in row.cells if cell.mark}
        named = [session.project.words[f"legend.{mark}"] for mark in SIGNS if mark in there]
        assert explained(table, session) == dict.fromkeys(("html", "word", "latex"), named)


def test_the_sentence_of_a_heat_map_counts_the_rows_that_are_drawn(tmp_path: Path) -> None:
    synthesis = "  - {kind: heatmap, field: techniques, least: 2}\n"
    (table,) = tables(small(tmp_path, synthesis=synthesis)).values()
    assert told(table.lead)[0] == len(table.rows) == 2 and table.facts["n"] == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_papers_of_which_some_have_no_date_none_is_said_to_have_one(tmp_path: Path, lang: str) -> None:
    words = catalogue(lang)
    bib = BIB.replace(", date={2024-11}", "")
    (table,) = tables(small(tmp_path, synthesis="  - {kind: characteristics}\n", bib=bib, lang=lang)).values()
    assert words.said("dated.range.known", first="2023", last="2024") in table.lead
    (table,) = tables(small(tmp_path, synthesis="  - {kind: characteristics}\n", lang=lang)).values()
    assert words.said("dated.range", first="2023", last="2024") + ";" in table.lead.replace("\u00a0", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_fields_of_which_one_is_enough_a_sentence_says_or(tmp_path: Path, lang: str) -> None:
    """What counts a theme that stands in any of its fields says just that; « and » would ask for all of them."""
    synthesis = (
        "  - {kind: agreement, fields: [forces, techniques], against: [limites, metriques]}\n"
        "  - {kind: recurrence, fields: [forces, limites]}\n"
    )
    words = catalogue(lang)
    agreement, recurrence = tables(small(tmp_path, synthesis=synthesis, lang=lang)).values()
    titles = ("Forces", "Techniques", "Limites", "Métriques")
    strengths, techniques, limits, measures = (words.quoted(title) for title in titles)
    lead = agreement.lead
    assert words.either([strengths, techniques]) in lead and words.either([limits, measures]) in lead
    assert words.either([strengths, limits]) in recurrence.lead
