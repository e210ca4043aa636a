"""`matrix`: terms × papers; a dot where a term is used, another where a remark says more; totals both ways."""

from __future__ import annotations

from collections import defaultdict

from synopse.diagnostics import Span
from synopse.locale.collation import collation_key
from synopse.markup.tree import Text
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.table import Cell, Column, Mark, Row, Table, number, words

Uses = dict[str, dict[str, list[tuple[Span, bool]]]]


def matrix(corpus: Corpus, wanted: Synthesis) -> Table:
    """The terms of one field, the most frequent first or in the vocabulary's order; rare ones may be folded."""
    assert wanted.field is not None
    field = wanted.field.text
    uses = _uses(corpus, field)
    order = corpus.vocabulary.order(corpus.field(field).terms_list)
    names = sorted(uses, key=lambda name: (order.get(name, len(order)), collation_key(name)))
    if wanted.sort == "frequency":
        names.sort(key=lambda name: -len(uses[name]))
    kept = [name for name in names if len(uses[name]) >= wanted.least]
    folded = [name for name in names if len(uses[name]) < wanted.least]
    total = len(corpus.papers)
    columns = [Column(corpus.title_of(field), "label")]
    columns += [Column(paper.label, "mark", paper.key) for paper in corpus.papers]
    columns += [Column(corpus.words["column.total"], "count"), Column(corpus.words["column.share"], "count")]
    rows = [_row(corpus, words(name), [uses[name]], len(uses[name]), total) for name in kept]
    if folded:
        others = corpus.words.said("matrix.others", n=len(folded))
        label = Cell(((Text(f"{others} ({', '.join(folded)})"),),))
        papers = {key for name in folded for key in uses[name]}
        rows.append(_row(corpus, label, [uses[name] for name in folded], len(papers), total))
    rows.append(_totals(corpus, uses, total))
    noted = any(flag for per_paper in uses.values() for places in per_paper.values() for _, flag in places)
    facts: dict[str, object] = {
        "n": len(names),
        "papers": total,
        "top": [name for name in names if len(uses[name]) == max(map(len, uses.values()))] if uses else [],
        "top_count": max(map(len, uses.values())) if uses else 0,
        "shared": sum(len(uses[name]) > 1 for name in names),
        "naming": sum(any(paper.key in per for per in uses.values()) for paper in corpus.papers),
    }
    legend: tuple[Mark, ...] = ("used", "noted") if noted else ("used",)
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts, legend=legend)


def _uses(corpus: Corpus, field: str) -> Uses:
    uses: Uses = defaultdict(lambda: defaultdict(list))
    for paper in corpus.papers:
        for name, term, use in corpus.term_uses(paper, field):
            uses[name][paper.key].append((term.span, use.text is not None))
    return {name: dict(per_paper) for name, per_paper in uses.items()}


def _row(corpus: Corpus, label: Cell, uses: list[dict[str, list[tuple[Span, bool]]]], count: int, total: int) -> Row:
    cells = [label]
    everywhere: list[Span] = []
    for paper in corpus.papers:
        places = [place for per_paper in uses for place in per_paper.get(paper.key, ())]
        spans = tuple(span for span, _ in places)
        everywhere += spans
        noted = any(flag for _, flag in places)
        cells.append(Cell(mark="noted" if noted else "used", spans=spans, link=paper.anchor) if places else Cell())
    cells += [number(count, *everywhere), words(corpus.words.percent(count, total), *everywhere)]
    return Row(tuple(cells))


def _totals(corpus: Corpus, uses: Uses, total: int) -> Row:
    cells = [words(corpus.words["row.total"])]
    pairs = 0
    for paper in corpus.papers:
        places = [span for per_paper in uses.values() for span, _ in per_paper.get(paper.key, ())]
        count = sum(paper.key in per_paper for per_paper in uses.values())
        pairs += count
        cells.append(number(count, *places))
    return Row((*cells, number(pairs), Cell()), total=True)
