"""`bars`: how many papers use each term, have each choice, or carry each theme."""

from __future__ import annotations

from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.counting import counts, differing, facets, folded, others_label, spread
from synopse.synthesis.kind import COUNTED, THEMED, Kind
from synopse.synthesis.table import Column, Row, Table, number, words


def bars(corpus: Corpus, wanted: Synthesis) -> Table:
    """How many papers use each term, have each choice, or carry each theme."""
    found = facets(corpus, wanted.field_names, wanted.sort)
    kept, rare = folded(found, wanted.least)
    rows = [Row((words(facet.title), number(facet.papers, *facet.spans))) for facet in kept]
    if rare:
        spans = [span for facet in rare for span in facet.spans]
        rows.append(Row((words(others_label(corpus, rare)), number(len({k for f in rare for k in f.uses}), *spans))))
    columns = (Column(corpus.titles_of(wanted.field_names), "label"), Column(corpus.words["column.papers"], "count"))
    facts = counts(corpus, found) | spread(corpus, found, wanted.field_names)
    note = differing(corpus, found, wanted.field_names)
    return Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts=facts, remark=note)


KIND = Kind(
    "bars",
    "how many papers have each term, choice or theme",
    130,
    bars,
    takes=("field", "fields", "sort", "least"),
    needs=(("field", "fields"),),
    types={"field": (*COUNTED, "items"), "fields": (*COUNTED, "items")},
    together=THEMED,
    drawing="bars",
)
