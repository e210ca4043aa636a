"""`gaps`: facet × facet with the number of papers in each cell: the evidence gap map, its empty cells shown.

After Snilstveit et al., "Evidence & Gap Maps: a tool for promoting evidence informed policy and strategic research
agendas", Journal of Clinical Epidemiology 79 (2016).
"""

from __future__ import annotations

from synopse.locale.collation import collation_key
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.counting import Facet, chosen_alone, differing, facets
from synopse.synthesis.kind import COUNTED, Kind
from synopse.synthesis.table import Cell, Column, Row, Table, number, words


def gaps(corpus: Corpus, wanted: Synthesis) -> Table:
    """Rows from `rows`, columns from `field`: how many papers carry both. A 0 is a gap."""
    assert wanted.field is not None and wanted.rows is not None
    down, across = wanted.rows.text, wanted.field.text
    rows_found, columns_found = (_facets(corpus, name, wanted.sort) for name in (down, across))
    columns = [Column(f"{corpus.title_of(down)} / {corpus.title_of(across)}", "label")]
    columns += [Column(facet.title, "count", facet.title) for facet in columns_found]
    columns.append(Column(corpus.words["column.papers"], "count"))
    rows = [
        Row((words(facet.title), *(_crossed(facet, other) for other in columns_found), number(facet.papers)))
        for facet in rows_found
    ]
    cells = [cell.number for row in rows for cell in row.cells[1:-1]]
    facts: dict[str, object] = {
        "n": len(rows_found),
        "columns": len(columns_found),
        "cells": len(cells),
        "empty": cells.count(0),
        "papers": len(corpus.papers),
    }
    sides = ((rows_found, down), (columns_found, across))
    note = " ".join(dict.fromkeys(filter(None, (differing(corpus, found, (name,)) for found, name in sides))))
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts, remark=note)


def _facets(corpus: Corpus, name: str, sort: str) -> list[Facet]:
    """What most papers have comes first; ties go by the form's order of choices, and by the alphabet of all else.

    A choice that no paper has is a gap as well, and stands there.
    """
    found = facets(corpus, (name,), sort, unused=True)
    if sort == "frequency" and not chosen_alone(corpus, (name,)):
        found.sort(key=lambda facet: (-facet.papers, collation_key(facet.title, corpus.lang)))
    return found


def _crossed(facet: Facet, other: Facet) -> Cell:
    """How many papers have both, and where they say so."""
    both = [key for key in facet.uses if key in other.uses]
    return number(len(both), *(use.span for key in both for use in (*facet.of(key), *other.of(key))))


KIND = Kind(
    "gaps",
    "two fields crossed: where no paper stands",
    60,
    gaps,
    takes=("rows", "field", "sort"),
    needs=(("rows",), ("field",)),
    types={"field": (*COUNTED, "items"), "rows": (*COUNTED, "items")},
)
