"""Pictures as data: a timeline, a heat map, bars, bubbles, a PRISMA flow. The table of each is what it shows."""

from __future__ import annotations

from collections.abc import Callable

from synopse.markup.tree import Text
from synopse.model.report import Synthesis
from synopse.model.values import Dated, date_words
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.counting import Facet, counts, facets, folded, others_label, spread
from synopse.synthesis.kinds.gaps import gaps
from synopse.synthesis.table import Cell, Column, Figure, Row, Table, number, words


def timeline(corpus: Corpus, wanted: Synthesis) -> Figure:
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
            )
        )
        for _, _, paper, cell in dated
    )
    columns = (
        Column(corpus.words["column.paper"], "label"),
        Column(corpus.title_of(wanted.field.text) if wanted.field else corpus.words["column.date"], "short"),
        Column(corpus.words["column.status"], "short"),
    )
    dates, undated = [date for date, *_ in dated], len(corpus.papers) - len(rows)
    facts: dict[str, object] = {
        "n": len(rows),
        "first": corpus.words.date(min(date.alone for date in dates)) if dates else "",
        "last": corpus.words.date(max(date.last.alone for date in dates)) if dates else "",
        "undated": undated,
    }
    note = corpus.words.said("timeline.undated", n=undated) if undated and dates else ""
    return _figure(wanted, Table(wanted.name, wanted.kind, "", columns, rows, facts=facts, remark=note))


def _when(corpus: Corpus, paper: Paper, wanted: Synthesis) -> Cell:
    """The date of a paper in the timeline: in ISO's form, or as it was said where it is about, before or after one."""
    if wanted.field is None:
        place = paper.reference.place("date") if paper.reference else paper.fiche.key_span
        return Cell(((Text(paper.date.iso),),), spans=(place,), date=paper.date) if paper.date else Cell()
    value = paper.fiche.values.get(wanted.field.text)
    if not isinstance(value, Dated) or value.value is None:
        return Cell()
    said = value.value.iso if value.relation == "=" else date_words(value, corpus.words)
    return Cell(((Text(said),),), spans=(value.span,), date=value.value)


def heatmap(corpus: Corpus, wanted: Synthesis) -> Figure:
    """Terms, choices or themes × papers: how often a paper names the term, or how many of its remarks carry the theme."""
    found = facets(corpus, wanted.field_names, wanted.sort)
    kept, rare = folded(found, wanted.least)
    columns = [Column(corpus.titles_of(wanted.field_names), "label")]
    columns += [Column(paper.label, "count", paper.key) for paper in corpus.papers]
    rows = [_shades(corpus, words(facet.title), [facet]) for facet in kept]
    if rare:
        rows.append(_shades(corpus, words(others_label(corpus, rare)), rare))
    facts = counts(corpus, found) | spread(corpus, found, wanted.field_names)
    return _figure(wanted, Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts))


def _shades(corpus: Corpus, label: Cell, of: list[Facet]) -> Row:
    places = [[use.span for facet in of for use in facet.of(paper.key)] for paper in corpus.papers]
    return Row((label, *(number(len(spans), *spans) for spans in places)))


def bars(corpus: Corpus, wanted: Synthesis) -> Figure:
    """How many papers use each term, have each choice, or carry each theme."""
    found = facets(corpus, wanted.field_names, wanted.sort)
    kept, rare = folded(found, wanted.least)
    rows = [Row((words(facet.title), number(facet.papers, *facet.spans))) for facet in kept]
    if rare:
        spans = [span for facet in rare for span in facet.spans]
        rows.append(Row((words(others_label(corpus, rare)), number(len({k for f in rare for k in f.uses}), *spans))))
    columns = (Column(corpus.titles_of(wanted.field_names), "label"), Column(corpus.words["column.papers"], "count"))
    facts = counts(corpus, found) | spread(corpus, found, wanted.field_names)
    return _figure(wanted, Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts=facts))


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
    for name, value in (
        ("screened", selection.screened),
        ("excluded", selection.excluded),
        ("sought", selection.sought_or_left),
        ("not_retrieved", selection.not_retrieved),
        ("assessed", selection.assessed),
    ):
        place = selection.value_place(name)
        rows.append(Row((words(said[f"prisma.{name.replace('_', '-')}"], place), number(value, place))))
    rows += [
        Row((words(f"{said['prisma.reason']} — {each.reason.text}", each.span), number(each.count, each.span)))
        for each in selection.reasons
    ]
    place = selection.value_place("included")
    rows.append(Row((words(said["prisma.included"], place), number(selection.included, place))))
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
