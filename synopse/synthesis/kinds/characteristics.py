"""`characteristics`: one row a paper, the columns chosen ("characteristics of included studies", PRISMA 2020 item 18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from synopse.bib.listing import who
from synopse.diagnostics import Span
from synopse.markup.tree import Text
from synopse.model.fiche import alone
from synopse.model.report import Synthesis
from synopse.model.values import Chosen, Dated, Number
from synopse.read.tree import Scalar
from synopse.synthesis.cells import arms_cell, value_cell
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.dated import date_said, year_said
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Cell, Column, Role, Row, Table, words

DEFAULT = ("title", "authors", "date", "source", "status")


def characteristics(corpus: Corpus, wanted: Synthesis) -> Table:
    """The papers side by side: bibliographic columns (`BUILT_IN`) and any field of the form."""
    names = [column.text for column in wanted.columns] or list(DEFAULT)
    columns = [Column(corpus.words["column.paper"], "label")]
    columns += [Column(_heading(corpus, name), _role(corpus, name)) for name in names]
    rows = [
        Row(
            (words(paper.label, paper.fiche.key_span, link=paper.anchor), *(_cell(corpus, paper, n) for n in names)),
            of=paper.key,
        )
        for paper in (map(_without_arms, corpus.papers) if wanted.arms else corpus.papers)
    ]
    if wanted.arms:
        rows = [
            row for paper, own in zip(corpus.papers, rows, strict=True) for row in (own, *_arms(corpus, paper, names))
        ]
    fiches = {paper.home: paper.fiche.status for paper in corpus.papers}  # a fiche may report several studies
    complete = sum(status == "complete" for status in fiches.values())
    facts: dict[str, object] = {"n": len(corpus.papers), "complete": complete, "period": _dated(corpus)}
    if len(fiches) > 1 and complete == len(fiches):
        facts["lead"] = "lead.characteristics.all"
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts)


def _without_arms(paper: Paper) -> Paper:
    """A study whose arms have rows of their own, which say what they give."""
    return replace(paper, fiche=replace(paper.fiche, of_arms=()))


def _arms(corpus: Corpus, paper: Paper, names: list[str]) -> Iterator[Row]:
    """A row for each arm of a study, with what the arm says of itself."""
    for arm in paper.fiche.of_arms:
        own = replace(paper, fiche=alone(paper.fiche, arm))
        cells = (_cell(corpus, own, name) if name not in BUILT_IN else Cell() for name in names)
        yield Row((words(f"– {arm.called}", arm.span, link=paper.anchor), *cells), of=paper.key)


def period(corpus: Corpus) -> str:
    """From the earliest paper's year to the latest's."""
    years = _years(corpus)
    return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _years(corpus: Corpus) -> list[int]:
    return sorted({year for paper in corpus.papers if paper.date for year in (paper.date.year, paper.date.last.year)})


def _dated(corpus: Corpus) -> str:
    """The same as words that follow "studies are included"; nothing where no paper has a date."""
    years = _years(corpus)
    name = "alone" if len(corpus.papers) == 1 else "year" if len(years) == 1 else "range"
    if not all(paper.date for paper in corpus.papers):
        name += ".known"
    return corpus.words.said(f"dated.{name}", first=str(years[0]), last=str(years[-1])) if years else ""


def _heading(corpus: Corpus, name: str) -> str:
    return corpus.words[f"column.{name}"] if name in BUILT_IN else corpus.title_of(name)


def _role(corpus: Corpus, name: str) -> Role:
    if name in ("date", "year", "kind", "read", "status"):
        return "short"
    return "number" if name not in BUILT_IN and corpus.field(name).type == "number" else "text"


def _cell(corpus: Corpus, paper: Paper, name: str) -> Cell:
    if name in BUILT_IN:
        return BUILT_IN[name](corpus, paper)
    value = paper.fiche.values.get(name)
    if value is None:
        return arms_cell(corpus, paper.fiche, name)
    if isinstance(value, (Number, Dated, Chosen)):
        return value_cell(corpus, value, name)
    if isinstance(value, Scalar):
        return Cell(corpus.paragraphs(value), spans=(value.span,))
    spans = tuple(use.span for use in paper.fiche.terms(name)) or tuple(r.span for r in paper.fiche.remarks(name))
    if corpus.field(name).type == "terms":
        terms = dict.fromkeys(term for term, _, _ in corpus.term_uses(paper, name))
        return words(", ".join(terms), *spans)
    return Cell(corpus.remark_parts(paper.fiche.remarks(name)), spans=spans)


def _title(corpus: Corpus, paper: Paper) -> Cell:
    span = paper.reference.place("title") if paper.reference else paper.fiche.key_span
    return Cell((paper.title,), spans=(span,))


def _authors(corpus: Corpus, paper: Paper) -> Cell:
    if paper.reference and paper.reference.authors.names:
        shown = who(paper.reference, corpus.words, 3, full=False)
        return words(shown, paper.reference.place(paper.reference.role))
    read = paper.fiche.citation
    return words(read.authors.text, read.authors.span) if read and read.authors else Cell()


def _date(corpus: Corpus, paper: Paper) -> Cell:
    said = date_said(paper, corpus.words)
    return words(said, _dated_at(paper)) if said else Cell()


def _year(corpus: Corpus, paper: Paper) -> Cell:
    """A year is a number; years from one to another, and what is none, are words."""
    said = year_said(paper, corpus.words)
    if not said:
        return Cell()
    if paper.date and said == str(paper.date.year):
        return Cell(((Text(said),),), number=paper.date.year, spans=(paper.fiche.key_span,))
    return Cell(((Text(said),),), spans=(_dated_at(paper),), date=paper.date)


def _dated_at(paper: Paper) -> Span:
    """Where the date of a paper stands."""
    return paper.reference.place("date") if paper.reference else paper.fiche.key_span


def _source(corpus: Corpus, paper: Paper) -> Cell:
    reference = paper.reference
    if not reference:
        read = paper.fiche.citation
        return words(read.source.text, read.source.span) if read and read.source else Cell()
    shown = f"arXiv:{reference.arxiv}" if reference.arxiv and reference.source in ("arXiv", "") else reference.source
    return Cell(((Text(shown),),), link=reference.link, spans=(reference.span,)) if shown else Cell()


def _link(corpus: Corpus, paper: Paper) -> Cell:
    reference = paper.reference
    if not reference or not reference.link:
        return Cell()
    shown = reference.doi or (f"arXiv:{reference.arxiv}" if reference.arxiv else reference.link)
    return words(shown, reference.span, link=reference.link)


def _kind(corpus: Corpus, paper: Paper) -> Cell:
    if not paper.reference:
        return Cell()
    return words(corpus.words.get(f"kind.{paper.reference.kind}", paper.reference.kind), paper.reference.span)


def _status(corpus: Corpus, paper: Paper) -> Cell:
    return words(corpus.words[f"status.{paper.fiche.status}"], paper.fiche.key_span)


def _read(corpus: Corpus, paper: Paper) -> Cell:
    fiche = paper.fiche
    if fiche.extent is None:
        return Cell()
    spans = (reading.span for reading in fiche.read if reading.extent == fiche.extent)
    return words(corpus.words[f"extent.{fiche.extent}"], *spans)


BUILT_IN: dict[str, Callable[[Corpus, Paper], Cell]] = {
    "title": _title,
    "authors": _authors,
    "date": _date,
    "year": _year,
    "source": _source,
    "link": _link,
    "kind": _kind,
    "read": _read,
    "status": _status,
}

KIND = Kind(
    "characteristics",
    "a row per paper, the columns you choose",
    10,
    characteristics,
    takes=("columns", "arms", "order"),
    uses="words",
)
