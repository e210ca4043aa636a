"""Pictures as data: a timeline, a heat map, bars, bubbles, a PRISMA flow. The table of each is what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from synopse.dates import PartialDate
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kinds.gaps import gaps
from synopse.synthesis.kinds.matrix import matrix
from synopse.synthesis.kinds.recurrence import carried, sharing
from synopse.synthesis.table import Column, Figure, Row, Table, number, words


def timeline(corpus: Corpus, wanted: Synthesis) -> Figure:
    """The papers along the months of their records; a paper of which only the year is known stands at its start."""
    dated = sorted((p for p in corpus.papers if p.date), key=lambda p: (p.date or PartialDate(0), p.key))
    rows = tuple(
        Row(
            (
                words(paper.label, paper.fiche.key_span, link=paper.anchor),
                words(paper.date.iso, paper.reference.place("date") if paper.reference else paper.fiche.key_span),
                words(corpus.words[f"status.{paper.fiche.status}"], paper.fiche.key_span),
            )
        )
        for paper in dated
        if paper.date
    )
    columns = (
        Column(corpus.words["column.paper"], "label"),
        Column(corpus.words["column.date"], "short"),
        Column(corpus.words["column.status"], "short"),
    )
    dates = [paper.date for paper in dated if paper.date]
    facts: dict[str, object] = {
        "n": len(rows),
        "first": corpus.words.date(dates[0]) if dates else "",
        "last": corpus.words.date(max(date.last for date in dates)) if dates else "",
        "undated": len(corpus.papers) - len(rows),
    }
    return _figure(wanted, Table(wanted.name, wanted.kind, "", columns, rows, facts=facts))


def heatmap(corpus: Corpus, wanted: Synthesis) -> Figure:
    """A field's terms × papers: for a `terms` field whether it is used, for remarks how many carry the theme."""
    fields = wanted.field_names
    if wanted.field and corpus.field(wanted.field.text).type == "terms":
        table = matrix(corpus, wanted)
        rows = tuple(
            Row((row.cells[0], *(number(len(cell.spans), *cell.spans) for cell in row.cells[1:-2])))
            for row in table.rows
            if not row.total
        )
        table = replace(table, columns=table.columns[:-2], rows=rows, legend=())
        return _figure(wanted, table)
    themes = carried(corpus, fields)
    columns = [Column(corpus.titles_of(fields), "label")]
    columns += [Column(paper.label, "count", paper.key) for paper in corpus.papers]
    rows = tuple(
        Row(
            (
                words(corpus.theme_title(theme)),
                *(
                    number(sum(p is paper for p, _ in remarks), *(r.span for p, r in remarks if p is paper))
                    for paper in corpus.papers
                ),
            )
        )
        for theme, remarks in themes.items()
    )
    facts: dict[str, object] = {"n": len(rows), "papers": len(corpus.papers)}
    return _figure(wanted, Table(wanted.name, wanted.kind, "", tuple(columns), rows, facts=facts))


def bars(corpus: Corpus, wanted: Synthesis) -> Figure:
    """How many papers use each term, or carry each theme, of a field."""
    fields = wanted.field_names
    if wanted.field and corpus.field(wanted.field.text).type == "terms":
        table = matrix(corpus, wanted)
        rows = tuple(Row((row.cells[0], row.cells[-2])) for row in table.rows if not row.total)
    else:
        rows = tuple(
            Row((words(corpus.theme_title(theme)), number(sharing(remarks), *(r.span for _, r in remarks))))
            for theme, remarks in carried(corpus, fields).items()
        )
    columns = (Column(corpus.titles_of(fields), "label"), Column(corpus.words["column.papers"], "count"))
    top = max((row.cells[1].number or 0 for row in rows), default=0)
    facts: dict[str, object] = {
        "n": len(rows),
        "papers": len(corpus.papers),
        "top": [row.cells[0].text for row in rows if row.cells[1].number == top],
        "top_count": top,
    }
    return _figure(wanted, Table(wanted.name, wanted.kind, "", columns, rows, facts=facts))


def bubbles(corpus: Corpus, wanted: Synthesis) -> Figure:
    """The gap map as bubbles: the wider, the more papers."""
    return _figure(wanted, gaps(corpus, wanted))


def prisma(corpus: Corpus, wanted: Synthesis) -> Figure:
    """The flow of the selection, in the boxes of PRISMA 2020 (Page et al., BMJ 2021;372:n71, figure 1)."""
    selection = corpus.report.selection
    assert selection is not None
    said = corpus.words
    rows = [
        Row((words(f"{said['prisma.identified']} — {name}"), number(n))) for name, n in selection.identified.items()
    ]
    rows += [Row((words(f"{said['prisma.removed']} — {name}"), number(n))) for name, n in selection.removed.items()]
    sought = selection.screened - selection.excluded if selection.sought is None else selection.sought
    for name, value in (
        ("screened", selection.screened),
        ("excluded", selection.excluded),
        ("sought", sought),
        ("not-retrieved", selection.not_retrieved),
        ("assessed", selection.assessed),
    ):
        rows.append(Row((words(said[f"prisma.{name}"], selection.span), number(value, selection.span))))
    rows += [
        Row((words(f"{said['prisma.reason']} — {each.reason.text}", each.span), number(each.count, each.span)))
        for each in selection.reasons
    ]
    rows.append(Row((words(said["prisma.included"], selection.span), number(selection.included, selection.span))))
    columns = (Column(said["column.step"], "label"), Column(said["column.papers"], "count"))
    facts: dict[str, object] = {
        "n": selection.included,
        "identified": sum(selection.identified.values()),
        "assessed": selection.assessed,
    }
    return _figure(wanted, Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts=facts))


def _figure(wanted: Synthesis, table: Table) -> Figure:
    return Figure(wanted.name, wanted.kind, "", table)


FIGURES: dict[str, Callable[[Corpus, Synthesis], Figure]] = {
    "timeline": timeline,
    "heatmap": heatmap,
    "bars": bars,
    "bubbles": bubbles,
    "prisma": prisma,
}
