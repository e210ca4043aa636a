"""`compare`: the words of several fields side by side, one row a paper."""

from __future__ import annotations

from synopse.model.report import Synthesis
from synopse.read.tree import Scalar
from synopse.synthesis.cells import arms_cell, value_cell
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Cell, Column, Row, Table, words


def compare(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a paper, one column a field; what no one filled says so."""
    names = [field.text for field in wanted.fields]
    columns = [Column(corpus.words["column.paper"], "label"), *(Column(corpus.title_of(name)) for name in names)]
    rows = [
        Row(
            (words(paper.label, paper.fiche.key_span, link=paper.anchor), *(_cell(corpus, paper, n) for n in names)),
            of=paper.key,
        )
        for paper in corpus.papers
    ]
    filled = {name: sum(bool(paper.fiche.given(name)) for paper in corpus.papers) for name in names}
    facts: dict[str, object] = {
        "n": len(names),
        "papers": len(corpus.papers),
        "filled": corpus.words.listed(
            [f"{corpus.words.quoted(corpus.title_of(name))} ({corpus.words.number(n)})" for name, n in filled.items()]
        ),
    }
    if all(n == len(corpus.papers) for n in filled.values()):
        facts["lead"] = "lead.compare.all"
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts)


def _cell(corpus: Corpus, paper: Paper, name: str) -> Cell:
    value = paper.fiche.values.get(name)
    if value is None:
        return arms_cell(corpus, paper.fiche, name)
    if isinstance(value, Scalar):
        return Cell(corpus.paragraphs(value), spans=(value.span,))
    if not isinstance(value, tuple):
        return value_cell(corpus, value, name)
    return Cell(corpus.remark_parts(value), spans=tuple(each.span for each in value))


KIND = Kind(
    "compare",
    "the words of several fields, side by side",
    30,
    compare,
    takes=("fields", "order"),
    needs=(("fields",),),
    uses="words",
)
