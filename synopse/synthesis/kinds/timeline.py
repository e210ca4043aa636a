"""`timeline`: the papers along the months of their records, or of a date field."""

from __future__ import annotations

from synopse.locale.dates import PartialDate
from synopse.markup.tree import Text
from synopse.model.report import Synthesis
from synopse.model.values import Dated, Ends, date_ends, date_words, first_and_last
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Cell, Column, Row, Table, words


def timeline(corpus: Corpus, wanted: Synthesis) -> Table:
    """The papers along the months of their records, or of a date field: a day, a season, a year, a range, or an open one."""
    found = ((paper, _when(corpus, paper, wanted)) for paper in corpus.papers)
    dated = sorted(
        ((cell.date, paper.key, paper, cell) for paper, cell in found if cell.date), key=lambda each: each[:2]
    )
    rows = tuple(
        Row(
            (
                words(paper.label, paper.fiche.key_span, link=paper.anchor),
                cell,
                words(corpus.words[f"status.{paper.fiche.status}"], paper.fiche.key_span),
            ),
            of=paper.key,
        )
        for _, _, paper, cell in dated
    )
    columns = (
        Column(corpus.words["column.paper"], "label"),
        Column(corpus.title_of(wanted.field.text) if wanted.field else corpus.words["column.date"], "short"),
        Column(corpus.words["column.status"], "short"),
    )
    undated = len(corpus.papers) - len(rows)
    first, last = first_and_last(ends for _, _, paper, _ in dated if (ends := _ends(corpus, paper, wanted)))
    facts: dict[str, object] = {
        "n": len(rows),
        "first": first,
        "last": last,
        "undated": undated,
    }
    if len(rows) > 1 and facts["first"] == facts["last"]:
        facts["lead"] = "lead.timeline.same"
    note = corpus.words.said("timeline.undated", n=undated) if undated and dated else ""
    return Table(wanted.name, wanted.kind, "", columns, rows, facts=facts, remark=note)


def _when(corpus: Corpus, paper: Paper, wanted: Synthesis) -> Cell:
    """The date of a paper in the timeline: in ISO's form, or as it was said where it is about, before or after one."""
    if wanted.field is None:
        place = paper.reference.place("date") if paper.reference else paper.fiche.key_span
        return Cell(((Text(paper.date.iso),),), spans=(place,), date=paper.date) if paper.date else Cell()
    value = paper.fiche.values.get(wanted.field.text)
    if not isinstance(value, Dated) or value.value is None:
        return Cell()
    plain = value.relation == "=" and value.shape == "{}" and not value.value.quarter
    said = value.value.iso if plain else date_words(value, corpus.words)
    return Cell(((Text(said),),), spans=(value.span,), date=value.value)


def _ends(corpus: Corpus, paper: Paper, wanted: Synthesis) -> Ends | None:
    """The first and the last date of a paper, with what is said for them."""
    value = paper.fiche.values.get(wanted.field.text) if wanted.field else paper.date
    return date_ends(value, corpus.words) if isinstance(value, (Dated, PartialDate)) else None


KIND = Kind(
    "timeline",
    "the papers by date, or by a date field",
    110,
    timeline,
    takes=("field",),
    types={"field": ("date",)},
    drawing="timeline",
)
