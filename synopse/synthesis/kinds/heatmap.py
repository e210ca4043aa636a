"""`heatmap`: terms, choices or themes × papers, the darker, the more often."""

from __future__ import annotations

from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.counting import Facet, counts, differing, facets, folded, others_label, spread
from synopse.synthesis.kind import COUNTED, THEMED, Kind
from synopse.synthesis.table import Cell, Column, Row, Table, number, words


def heatmap(corpus: Corpus, wanted: Synthesis) -> Table:
    """Terms, choices or themes × papers: how often a paper names the term, or how many of its remarks carry the theme."""
    found = facets(corpus, wanted.field_names, wanted.sort)
    kept, rare = folded(found, wanted.least)
    columns = [Column(corpus.titles_of(wanted.field_names), "label")]
    columns += [Column(paper.label, "count", paper.key) for paper in corpus.papers]
    rows = [_shades(corpus, words(facet.title), [facet]) for facet in kept]
    if rare:
        rows.append(_shades(corpus, words(others_label(corpus, rare)), rare))
    facts = counts(corpus, found) | {"rows": len(rows)} | spread(corpus, found, wanted.field_names)
    note = differing(corpus, found, wanted.field_names)
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts, remark=note)


def _shades(corpus: Corpus, label: Cell, of: list[Facet]) -> Row:
    places = [[use.span for facet in of for use in facet.of(paper.key)] for paper in corpus.papers]
    return Row((label, *(number(len(spans), *spans) for spans in places)))


KIND = Kind(
    "heatmap",
    "terms, choices or themes × papers, shaded",
    120,
    heatmap,
    takes=("field", "fields", "sort", "least", "order"),
    needs=(("field", "fields"),),
    types={"field": (*COUNTED, "items"), "fields": (*COUNTED, "items")},
    together=THEMED,
    drawing="heatmap",
)
