"""`recurrence`: themes × papers for one or several fields of remarks: how many papers share a theme, and each one's words."""

from __future__ import annotations

from synopse.locale.collation import collation_key
from synopse.markup.tree import Inline, Link, Styled, Text
from synopse.model.fiche import Remark
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.table import Cell, Column, Row, Table, number, words

Carried = dict[str, list[tuple[Paper, Remark]]]


def carried(corpus: Corpus, fields: tuple[str, ...]) -> Carried:
    """The remarks of each theme in the fields, the theme that most papers share first; ties in the vocabulary's order."""
    found: Carried = {}
    for paper in corpus.papers:
        for remark in (remark for field in fields for remark in paper.fiche.remarks(field)):
            for theme in remark.themes:
                found.setdefault(theme.text, []).append((paper, remark))
    rank = {theme.id: place for place, theme in enumerate(corpus.vocabulary.themes)}
    ordered = sorted(
        found, key=lambda theme: (-sharing(found[theme]), rank.get(theme, len(rank)), collation_key(theme))
    )
    return {theme: found[theme] for theme in ordered}


def sharing(remarks: list[tuple[Paper, Remark]]) -> int:
    """How many papers the remarks come from."""
    return len({paper.key for paper, _ in remarks})


def quoted(corpus: Corpus, remarks: list[tuple[Paper, Remark]]) -> Cell:
    """The remarks' words, each after its paper's label."""
    parts: list[tuple[Inline, ...]] = []
    for paper, remark in remarks:
        label = Link(paper.anchor, (Styled("strong", (Text(paper.label),)),))
        separator = Text("\u00a0: " if corpus.lang == "fr" else ": ")
        first, *rest = corpus.paragraphs(remark.text)
        parts += [(label, separator, *first), *rest]
    return Cell(tuple(parts), spans=tuple(remark.span for _, remark in remarks))


def recurrence(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a theme: how many papers, which share of them, and what each says. Remarks without theme come last."""
    fields, total = wanted.field_names, len(corpus.papers)
    themes = carried(corpus, fields)
    columns = (
        Column(corpus.words["column.theme"], "label"),
        Column(corpus.words["column.papers"], "count"),
        Column(corpus.words["column.share"], "count"),
        Column(corpus.titles_of(fields)),
    )
    rows = []
    for theme, remarks in themes.items():
        spans = tuple(remark.span for _, remark in remarks)
        known = corpus.vocabulary.themes_by_id.get(theme)
        label = words(corpus.theme_title(theme), *((known.span,) if known else ()))
        count = sharing(remarks)
        share = words(corpus.words.percent(count, total), *spans)
        rows.append(Row((label, number(count, *spans), share, quoted(corpus, remarks))))
    alone = [
        (p, remark) for p in corpus.papers for field in fields for remark in p.fiche.remarks(field) if not remark.themes
    ]
    if alone:
        label = Cell(((Styled("emph", (Text(corpus.words["row.no-theme"]),)),),))
        count = sharing(alone)
        share = words(corpus.words.percent(count, total))
        rows.append(Row((label, number(count), share, quoted(corpus, alone))))
    most = max((sharing(remarks) for remarks in themes.values()), default=0)
    facts: dict[str, object] = {
        "n": len(themes),
        "papers": total,
        "shared": sum(sharing(remarks) > 1 for remarks in themes.values()),
        "top": [corpus.theme_title(theme) for theme, remarks in themes.items() if sharing(remarks) == most],
        "top_count": most,
        "speaking": sum(any(p.fiche.remarks(field) for field in fields) for p in corpus.papers),
    }
    return Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts=facts)
