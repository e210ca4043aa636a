"""`timeline`: the papers along the months of their records, or of a date field."""

from __future__ import annotations

from collections.abc import Iterator

from synopse.locale.dates import PartialDate
from synopse.markup.tree import Text
from synopse.markup.typography import curled
from synopse.model.fiche import Value
from synopse.model.report import Synthesis
from synopse.model.values import Dated, Ends, date_ends, date_words, first_and_last
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Cell, Column, Row, Table, words


def timeline(corpus: Corpus, wanted: Synthesis) -> Table:
    """The papers along the months of their records, or of a date field: a day, a season, a year, a range, or an open one.

    A study whose arms give several dates has a row for each.
    """
    found = ((paper, called, cell) for paper in corpus.papers for called, cell in _when(corpus, paper, wanted))
    dated = sorted(
        ((cell.date, paper.key, paper, called, cell) for paper, called, cell in found if cell.date),
        key=lambda each: each[:2],
    )
    rows = tuple(
        Row(
            (
                words(called, paper.fiche.key_span, link=paper.anchor),
                cell,
                words(corpus.words[f"status.{paper.fiche.status}"], paper.fiche.key_span),
            ),
            of=paper.key,
        )
        for _, _, paper, called, cell in dated
    )
    columns = (
        Column(corpus.words["column.paper"], "label"),
        Column(corpus.title_of(wanted.field.text) if wanted.field else corpus.words["column.date"], "short"),
        Column(corpus.words["column.status"], "short"),
    )
    drawn = {key: paper for _, key, paper, _, _ in dated}
    undated = len(corpus.papers) - len(drawn)
    first, last = first_and_last(ends for paper in drawn.values() for ends in _ends(corpus, paper, wanted))
    facts: dict[str, object] = {
        "n": len(drawn),
        "first": first,
        "last": last,
        "undated": undated,
    }
    if len(drawn) > 1 and first == last:
        facts["lead"] = "lead.timeline.same"
    elif len(drawn) == 1 and first != last:
        facts["lead"] = "lead.timeline.span"
    note = corpus.words.said("timeline.undated", n=undated) if undated and dated else ""
    return Table(wanted.name, wanted.kind, "", columns, rows, facts=facts, remark=note)


def _when(corpus: Corpus, paper: Paper, wanted: Synthesis) -> Iterator[tuple[str, Cell]]:
    """The dates of a paper in the timeline, each with what its row is called."""
    if wanted.field is None:
        place = paper.reference.place("date") if paper.reference else paper.fiche.key_span
        yield paper.label, Cell(((Text(paper.date.iso),),), spans=(place,), date=paper.date) if paper.date else Cell()
        return
    name = wanted.field.text
    cells = [_cell(corpus, value) for value in paper.fiche.given(name)]
    if len({(cell.date, cell.text) for cell in cells}) < 2:
        yield from ((paper.label, cell) for cell in cells[:1])
        return
    giving = (arm for arm in paper.fiche.of_arms if name in arm.values)
    for arm, cell in zip(giving, cells, strict=True):
        yield f"{paper.label}, {curled(arm.called, corpus.lang)}", cell


def _cell(corpus: Corpus, value: Value) -> Cell:
    """The date of a field: in ISO's form, or as it was said where it is about, before or after one."""
    if not isinstance(value, Dated) or value.value is None:
        return Cell()
    plain = value.relation == "=" and value.shape == "{}" and not value.value.quarter
    said = value.value.iso if plain else date_words(value, corpus.words)
    return Cell(((Text(said),),), spans=(value.span,), date=value.value)


def _ends(corpus: Corpus, paper: Paper, wanted: Synthesis) -> Iterator[Ends]:
    """The first and the last date of each value of a paper, with what is said for them."""
    for value in paper.fiche.given(wanted.field.text) if wanted.field else (paper.date,):
        if isinstance(value, (Dated, PartialDate)) and (ends := date_ends(value, corpus.words)):
            yield ends


KIND = Kind(
    "timeline",
    "the papers by date, or by a date field",
    110,
    timeline,
    takes=("field",),
    types={"field": ("date",)},
    drawing="timeline",
)
