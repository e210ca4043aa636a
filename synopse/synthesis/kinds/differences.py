"""`differences`: the citation as the person read it, held against the record of the bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from synopse.bib.drift import Difference
from synopse.bib.drift import differences as drift
from synopse.markup.tree import Inline, Styled, Text
from synopse.model.fiche import AsRead, Reading
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Cell, Column, Row, Table, words


def differences(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a difference: the paper, what differs, what was read, what the record has; differing words in bold.

    What is read may be the citation, or the title and the authors that one version of the paper bears.
    """
    columns = (
        Column(corpus.words["column.paper"], "label"),
        Column(corpus.words["column.item"], "short"),
        Column(corpus.words["column.as-read"]),
        Column(corpus.words["column.record"]),
    )
    rows: list[Row] = []
    cited: list[str] = []
    versions: list[str] = []
    for paper in corpus.papers:
        for each, version in _differing(corpus, paper):
            (versions if version else cited).append(paper.key)
            place = paper.reference.place(each.item) if paper.reference else paper.fiche.key_span
            read = Cell((_marked(each, 0),), spans=(each.read.span,))
            record = Cell((_marked(each, 1),), spans=(place,))
            label = words(paper.label, paper.fiche.key_span, link=paper.anchor)
            item = corpus.words[f"column.{each.item}"] + (f" ({version})" if version else "")
            rows.append(Row((label, words(item), read, record)))
    facts: dict[str, object] = {
        "n": len(rows),
        "differing": len({*cited, *versions}),
        "papers": len(corpus.papers),
        "cited": len(cited),
        "citing": len(set(cited)),
        "versions": len(versions),
        "versioned": len(set(versions)),
    }
    if versions:
        facts["lead"] = "lead.differences.both" if cited else "lead.differences.versions"
    return Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts=facts)


def _differing(corpus: Corpus, paper: Paper) -> Iterator[tuple[Difference, str]]:
    """The differences from the record, each with the version that it is of: none for the citation."""
    for each in drift(paper.fiche.citation, paper.reference, corpus.words):
        yield each, ""
    for reading in paper.fiche.read:
        borne = AsRead(authors=reading.authors, title=reading.title, span=reading.span)
        for each in drift(borne, paper.reference, corpus.words):
            yield each, _called(corpus, reading)


def _called(corpus: Corpus, reading: Reading) -> str:
    return reading.version.text if reading.version else corpus.words[f"extent.{reading.extent}"]


def _marked(difference: Difference, side: int) -> tuple[Inline, ...]:
    """The text of a side with the stretches that the other does not have in bold."""
    text = (difference.said, difference.record)[side]
    result: list[Inline] = []
    at = 0
    for start, end in sorted(pair[side] for pair in difference.pairs):
        start = max(start, at)
        if start < end:
            result += [Text(text[at:start]), Styled("strong", (Text(text[start:end]),))]
            at = end
    return tuple(inline for inline in (*result, Text(text[at:])) if inline != Text(""))


KIND = Kind(
    "differences",
    "the citation as you read it against the record",
    100,
    differences,
    takes=("order",),
    uses="nothing",
)
