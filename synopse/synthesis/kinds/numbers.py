"""`numbers`: numeric fields with unit, minimum, median, maximum, and how many papers lack them."""

from __future__ import annotations

from statistics import median

from synopse.model.fiche import Number
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.table import Cell, Column, Row, Table, number, words


def numbers(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a field (`fields`; every numeric field of the form where none is named)."""
    names = [field.text for field in wanted.fields] or [f.id for f in corpus.form.fields.values() if f.type == "number"]
    heads = ("papers", "missing", "minimum", "median", "maximum")
    columns = [Column(corpus.words["column.measure"], "label"), Column(corpus.words["column.unit"], "short")]
    columns += [Column(corpus.words[f"column.{head}"], "number") for head in heads]
    rows = []
    for name in names:
        values = [v for paper in corpus.papers if isinstance(v := paper.fiche.values.get(name), Number)]
        spans = tuple(value.text.span for value in values)
        figures = [value.value for value in values]
        three = [min(figures), median(figures), max(figures)] if figures else [None] * 3
        counts = [number(len(values), *spans), number(len(corpus.papers) - len(values))]
        unit = corpus.field(name).unit or ""
        cells = [words(corpus.title_of(name), corpus.field(name).span), words(unit), *counts]
        rows.append(Row((*cells, *(number(value, *spans) if value is not None else Cell() for value in three))))
    facts: dict[str, object] = {"n": len(rows), "papers": len(corpus.papers)}
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts)
