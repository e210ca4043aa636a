"""`gaps`: facet × facet with the number of papers in each cell: the evidence gap map, its empty cells shown.

After Snilstveit et al., "Evidence & Gap Maps: a tool for promoting evidence informed policy and strategic research
agendas", Journal of Clinical Epidemiology 79 (2016).
"""

from __future__ import annotations

from collections import defaultdict

from synopse.diagnostics import Span
from synopse.locale.collation import collation_key
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.table import Column, Row, Table, number, words


def gaps(corpus: Corpus, wanted: Synthesis) -> Table:
    """Rows from `rows`, columns from `field`: how many papers carry both. A 0 is a gap."""
    assert wanted.field is not None and wanted.rows is not None
    down, across = wanted.rows.text, wanted.field.text
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    in_row: dict[str, int] = defaultdict(int)
    in_column: dict[str, int] = defaultdict(int)
    for paper in corpus.papers:
        first, second = corpus.facets(paper, down), corpus.facets(paper, across)
        for name in first:
            in_row[name] += 1
        for name in second:
            in_column[name] += 1
        for name, places in first.items():
            for other, more in second.items():
                counts[name, other] += 1
                spans[name, other] += (*places, *more)
    rows_named = sorted(in_row, key=lambda name: (-in_row[name], collation_key(name)))
    columns_named = sorted(in_column, key=lambda name: (-in_column[name], collation_key(name)))
    columns = [Column(f"{corpus.title_of(down)} / {corpus.title_of(across)}", "label")]
    columns += [Column(name, "count", name) for name in columns_named]
    columns.append(Column(corpus.words["column.papers"], "count"))
    rows = [
        Row(
            (
                words(name),
                *(number(counts[name, other], *spans[name, other]) for other in columns_named),
                number(in_row[name]),
            )
        )
        for name in rows_named
    ]
    empty = sum(not counts[name, other] for name in rows_named for other in columns_named)
    facts: dict[str, object] = {
        "n": len(rows_named),
        "columns": len(columns_named),
        "cells": len(rows_named) * len(columns_named),
        "empty": empty,
        "papers": len(corpus.papers),
    }
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts)
