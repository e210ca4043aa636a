"""`recurrence`: themes × papers for fields of remarks: how many papers share a theme, and each one's words; or a choice."""

from __future__ import annotations

from synopse.diagnostics import Span
from synopse.locale.collation import collation_key
from synopse.markup.tree import Inline, Link, Styled, Text
from synopse.model.fiche import Remark
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.counting import chosen_alone, counts, differing, facets, spread
from synopse.synthesis.kind import COUNTED, THEMED, Kind
from synopse.synthesis.table import Cell, Column, Row, Table, number, words

Carried = dict[str, list[tuple[Paper, Remark]]]


def carried(corpus: Corpus, fields: tuple[str, ...], sort: str = "frequency") -> Carried:
    """The remarks of each theme in the fields, the theme that most papers share first; ties in the vocabulary's order."""
    found: Carried = {}
    for paper in corpus.papers:
        for remark in (remark for field in fields for remark in paper.fiche.remarks(field)):
            for theme in remark.themes:
                found.setdefault(theme.text, []).append((paper, remark))
    rank = {theme.id: place for place, theme in enumerate(corpus.vocabulary.themes)}
    ordered = sorted(found, key=lambda theme: (rank.get(theme, len(rank)), collation_key(theme, corpus.lang)))
    if sort == "frequency":
        ordered.sort(key=lambda theme: -sharing(found[theme]))
    return {theme: found[theme] for theme in ordered}


def sharing(remarks: list[tuple[Paper, Remark]]) -> int:
    """How many papers the remarks come from."""
    return len({paper.key for paper, _ in remarks})


def quoted(corpus: Corpus, remarks: list[tuple[Paper, Remark]]) -> Cell:
    """The remarks' words, each after its paper's label."""
    parts: list[tuple[Inline, ...]] = []
    for paper, remark in remarks:
        label = Link(paper.anchor, (Styled("strong", (Text(paper.label),)),))
        separator = Text(corpus.words["colon"] + " ")
        first, *rest = corpus.said(remark)
        parts += [(label, separator, *first), *rest]
    return Cell(tuple(parts), spans=tuple(remark.span for _, remark in remarks))


def recurrence(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a theme: how many papers, which share of them, and what each says. Remarks without theme come last.

    Of a choice, one row a value, with its papers; the papers that have none come last.
    """
    fields = wanted.field_names
    return _of_choice(corpus, wanted) if chosen_alone(corpus, fields) else _of_themes(corpus, wanted, fields)


def _of_themes(corpus: Corpus, wanted: Synthesis, fields: tuple[str, ...]) -> Table:
    total = len(corpus.papers)
    themes = carried(corpus, fields, wanted.sort)
    rows = []
    for theme, remarks in themes.items():
        spans = tuple(remark.span for _, remark in remarks)
        known = corpus.vocabulary.themes_by_id.get(theme)
        label = words(corpus.theme_title(theme), *((known.span,) if known else ()))
        rows.append(Row((label, *_shared(corpus, sharing(remarks), spans), quoted(corpus, remarks))))
    alone = [
        (p, remark) for p in corpus.papers for field in fields for remark in p.fiche.remarks(field) if not remark.themes
    ]
    if alone:
        rows.append(Row((_aside(corpus, "row.no-theme"), *_shared(corpus, sharing(alone), ()), quoted(corpus, alone))))
    most = max((sharing(remarks) for remarks in themes.values()), default=0)
    facts: dict[str, object] = {
        "n": len(themes),
        "papers": total,
        "shared": sum(sharing(remarks) > 1 for remarks in themes.values()),
        "top": [corpus.theme_title(theme) for theme, remarks in themes.items() if sharing(remarks) == most],
        "top_count": most,
        "speaking": sum(any(p.fiche.remarks(field) for field in fields) for p in corpus.papers),
    }
    heads = (corpus.words["column.theme"], corpus.titles_of(fields))
    return Table(wanted.name, wanted.kind, "", _columns(corpus, *heads), tuple(rows), facts=facts)


def _of_choice(corpus: Corpus, wanted: Synthesis) -> Table:
    fields = wanted.field_names
    found = facets(corpus, fields, wanted.sort)
    rows = [
        _chosen(corpus, words(facet.title), [p for p in corpus.papers if p.key in facet.uses], facet.spans)
        for facet in found
    ]
    without = [p for p in corpus.papers if all(p.key not in facet.uses for facet in found)]
    if without:
        rows.append(_chosen(corpus, _aside(corpus, "not-filled"), without, ()))
    facts = counts(corpus, found) | spread(corpus, found, fields)
    heads = (corpus.titles_of(fields), corpus.words["column.which"])
    note = differing(corpus, found, fields)
    return Table(wanted.name, wanted.kind, "", _columns(corpus, *heads), tuple(rows), facts=facts, remark=note)


def _chosen(corpus: Corpus, label: Cell, papers: list[Paper], spans: tuple[Span, ...]) -> Row:
    named = tuple((Link(paper.anchor, (Text(paper.label),)),) for paper in papers)
    places = spans or tuple(paper.fiche.key_span for paper in papers)
    return Row((label, *_shared(corpus, len(papers), places), Cell(named, spans=places)))


def _columns(corpus: Corpus, first: str, last: str) -> tuple[Column, ...]:
    said = corpus.words
    return (
        Column(first, "label"),
        Column(said["column.papers"], "count"),
        Column(said["column.share"], "count"),
        Column(last),
    )


def _shared(corpus: Corpus, count: int, spans: tuple[Span, ...]) -> tuple[Cell, Cell]:
    return number(count, *spans), words(corpus.words.percent(count, len(corpus.papers)), *spans)


def _aside(corpus: Corpus, name: str) -> Cell:
    """The head of the last row, of what has no head of its own."""
    return Cell(((Styled("emph", (Text(corpus.words[name]),)),),))


KIND = Kind(
    "recurrence",
    "themes of remarks, or choices, with counts, shares and the words or papers of each",
    40,
    recurrence,
    takes=("field", "fields", "sort", "order"),
    needs=(("field", "fields"),),
    types={"field": (*COUNTED, "items", "text"), "fields": (*COUNTED, "items", "text")},
    together=(*THEMED, "text"),
    uses="words",
)
