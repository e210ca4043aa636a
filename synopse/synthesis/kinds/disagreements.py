"""`disagreements`: what the readers of a paper say differently, side by side, with what was decided."""

from __future__ import annotations

from dataclasses import replace

from synopse.markup.tree import Inline, Text
from synopse.model.report import Synthesis
from synopse.model.values import choice_title
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kind import Kind
from synopse.synthesis.readers import differing, read_by_several
from synopse.synthesis.readings import Compared, Said, own_words
from synopse.synthesis.table import Cell, Column, Row, Table, words

EVERY_TYPE = ("text", "items", "terms", "choice", "number", "date")
MOST_COLUMNS = 3
"""With more readers than this, what they say stands in one column, each by name."""


def disagreements(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a difference: the paper, the field, what each reader says at its place, what the fiche says."""
    names = [field.text for field in wanted.fields]
    several = read_by_several(corpus)
    called = {reader.id: reader.called for reader in corpus.readers}
    readers = list(dict.fromkeys(name for own in several.values() for name in own))
    apart = len(readers) <= MOST_COLUMNS
    columns = [Column(corpus.words["column.paper"], "label"), Column(corpus.words["column.field"], "short")]
    columns += (
        [Column(called.get(name, name)) for name in readers] if apart else [Column(corpus.words["column.readings"])]
    )
    columns.append(Column(corpus.words["column.decided"]))
    papers = {paper.home: paper for paper in (corpus.whole or corpus).papers}
    rows, compared = [], 0
    for key, found in differing(corpus, names).items():
        told: set[tuple[str, str]] = set()
        for each in found:
            compared += each.verdict != "empty"
            if each.verdict not in ("differ", "one-sided"):
                continue
            own = several[key]
            said = [_said(corpus, each, name, name in own) for name in readers]
            cells = said if apart else [_together(corpus, each, [called.get(name, name) for name in each.said])]
            paper = papers.get(key)
            decided = _decided(corpus, paper, each, first=(each.field, each.part) not in told)
            told.add((each.field, each.part))
            label = words(paper.label, paper.fiche.key_span, link=paper.anchor) if paper else words(key)
            of = f" ({each.part})" if each.part else ""
            rows.append(Row((label, words(corpus.title_of(each.field) + of), *cells, decided)))
    facts: dict[str, object] = {"n": len(rows), "papers": len(several), "compared": compared, "readers": len(readers)}
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts)


def _said(corpus: Corpus, each: Compared, reader: str, has_read: bool) -> Cell:
    """What a reader says; a dash for one who read the paper and says nothing of it."""
    said = each.said.get(reader)
    if said is None:
        return words("–") if has_read else words("")
    return Cell(_shown(corpus, each.field, said), spans=(said.span,))


def _shown(corpus: Corpus, field: str, said: Said) -> tuple[tuple[Inline, ...], ...]:
    """The words as the report prints them: of a choice its title, of a text what its markup says."""
    of = corpus.field(field)
    if of.type in ("text", "items"):
        return corpus.paragraphs(Scalar(said.words, said.span))
    return words(choice_title(said.words, of, corpus.lang) if of.type == "choice" else said.words).parts


def _together(corpus: Corpus, each: Compared, names: list[str]) -> Cell:
    colon = corpus.words["colon"]
    parts: list[tuple[Inline, ...]] = []
    for name, said in zip(names, each.said.values(), strict=True):
        first, *rest = _shown(corpus, each.field, said)
        parts += [(Text(f"{name}{colon} "), *first), *rest]
    return Cell(tuple(parts), spans=tuple(said.span for said in each.said.values()))


def _decided(corpus: Corpus, paper: Paper | None, each: Compared, *, first: bool) -> Cell:
    """What the fiche says of the field, once for each field; that it is not decided where it says nothing, or is to be asked."""
    if paper is None or any(question.field == each.field for question in paper.fiche.decide):
        return words(corpus.words["undecided"])
    fiche = own_words(paper.fiche, each.part) if each.part else paper.fiche
    if each.field not in fiche.values:
        return words(corpus.words["undecided"] if paper.fiche.consensus is None else "–")
    text = corpus.plain_field(replace(paper, fiche=fiche), each.field) if first else ""
    return Cell(tuple(part for line in text.split("\n") if line for part in words(line).parts))


KIND = Kind(
    "disagreements",
    "what several readers say differently of a paper, and what was decided",
    101,
    disagreements,
    takes=("fields", "order"),
    types={"fields": EVERY_TYPE},
    uses="words",
    alone=True,
    of_readings=True,
)
