"""`matrix`: terms or choices × papers; a dot where one is used, another where a remark says more; totals both ways."""

from __future__ import annotations

from synopse.diagnostics import Span
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.counting import Facet, counts, differing, facets, folded, others_label, spread
from synopse.synthesis.kind import COUNTED, Kind
from synopse.synthesis.table import Cell, Column, Mark, Row, Table, number, words


def matrix(corpus: Corpus, wanted: Synthesis) -> Table:
    """The terms of one field, the most frequent first or in the vocabulary's order; rare ones may be folded.

    A row of folded terms shows how many of them a paper names, so that rows and columns add up to the same total.
    """
    found = facets(corpus, wanted.field_names, wanted.sort)
    kept, rare = folded(found, wanted.least)
    columns = [Column(corpus.titles_of(wanted.field_names), "label")]
    columns += [Column(paper.label, "mark", paper.key) for paper in corpus.papers]
    columns += [Column(corpus.words["column.total"], "count"), Column(corpus.words["column.share"], "count")]
    rows = [_row(corpus, facet) for facet in kept]
    if rare:
        rows.append(_others(corpus, rare))
    rows.append(_totals(corpus, found))
    facts = counts(corpus, found) | spread(corpus, found, wanted.field_names)
    note = differing(corpus, found, wanted.field_names)
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts, remark=note)


def _row(corpus: Corpus, facet: Facet) -> Row:
    cells = [words(facet.title)]
    for paper in corpus.papers:
        uses = facet.of(paper.key)
        mark: Mark = "noted" if any(use.noted for use in uses) else "used"
        cells.append(Cell(mark=mark, spans=_spans([facet], paper.key), link=paper.anchor) if uses else Cell())
    share = corpus.words.percent(facet.papers, len(corpus.papers))
    return Row((*cells, number(facet.papers, *facet.spans), words(share, *facet.spans)))


def _others(corpus: Corpus, rare: list[Facet]) -> Row:
    """How many of the rare terms each paper names; their share of the papers would be of another thing than the total."""
    per_paper = [sum(paper.key in facet.uses for facet in rare) for paper in corpus.papers]
    cells = [
        number(count, *_spans(rare, paper.key)) if count else Cell()
        for count, paper in zip(per_paper, corpus.papers, strict=True)
    ]
    spans = [span for facet in rare for span in facet.spans]
    return Row((words(others_label(corpus, rare)), *cells, number(sum(per_paper), *spans), Cell()))


def _totals(corpus: Corpus, found: list[Facet]) -> Row:
    per_paper = [sum(paper.key in facet.uses for facet in found) for paper in corpus.papers]
    cells = [number(count, *_spans(found, paper.key)) for count, paper in zip(per_paper, corpus.papers, strict=True)]
    return Row((words(corpus.words["row.total"]), *cells, number(sum(per_paper)), Cell()), total=True)


def _spans(found: list[Facet], key: str) -> tuple[Span, ...]:
    return tuple(use.span for facet in found for use in facet.of(key))


KIND = Kind(
    "matrix",
    "terms or choices × papers, with totals; `least: 2` folds the rare ones",
    20,
    matrix,
    takes=("field", "sort", "least", "order"),
    needs=(("field",),),
    types={"field": COUNTED},
)
