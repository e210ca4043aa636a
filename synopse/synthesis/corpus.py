"""The papers of a report as the synthesis sees them: fiche, reference, label; and the texts, parsed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from synopse.bib.from_fiche import from_citation
from synopse.bib.reference import Reference
from synopse.ground.notes import Noted, note, standing_for
from synopse.locale import Catalogue
from synopse.locale.collation import collation_key
from synopse.locale.dates import PartialDate, read_date
from synopse.markup.cited import cited_as
from synopse.markup.grammar import Mode
from synopse.markup.text import Cited, plain
from synopse.markup.tree import (
    Block,
    Break,
    Cite,
    Code,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    ListOf,
    Paragraph,
    PipeTable,
    Quote,
    Text,
)
from synopse.markup.typography import curled
from synopse.model.fiche import Fiche, Remark, TermUse, fiche_texts
from synopse.model.form import Field, Form, titled
from synopse.model.readers import Reader
from synopse.model.report import Condition, Report, Synthesis
from synopse.model.values import Chosen, Dated, Number, choice_title, date_words, number_words
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Scalar
from synopse.synthesis.filters import OWN, NoSuchValue, Test, keeping
from synopse.synthesis.remarked import with_terms
from synopse.synthesis.studies import own_study

Readings = Mapping[str, Mapping[str, Fiche]]
"""Readings of papers, by key, then by reader."""


class Parsed(Protocol):
    """Gives the blocks of a text: `Texts.blocks`."""

    def __call__(self, text: Scalar, mode: Mode = "text") -> tuple[Block, ...]:
        """The blocks."""
        ...


@dataclass(frozen=True)
class Paper:
    """A retained paper: its note, its record where there is one, and the short label that tables bear.

    What is read of it is noted (`ground.notes`): the whole note, or only what it says about itself.
    """

    fiche: Noted[Fiche] = Noted(lambda paper: f"fiche:{paper.home}")
    reference: Noted[Reference | None] = Noted(lambda paper: f"record:{paper.home}")
    label: Noted[str] = Noted(lambda paper: f"label:{paper.home}")
    study: str = ""
    """Which of the studies that the paper reports, by its id, where it reports several."""
    number: int = 0

    @property
    def home(self) -> str:
        """The key of the fiche."""
        key: str = self.__dict__["fiche"].key
        return key

    @property
    def key(self) -> str:
        """The reference's key; of one of several studies with its id."""
        return f"{self.home}/{self.study}" if self.study else self.home

    @property
    def studies(self) -> tuple[Paper, ...]:
        """What is counted and set side by side: the studies that the paper reports; the paper itself where these are not told apart."""
        fiche: Fiche = self.__dict__["fiche"]
        if not fiche.studies and not fiche.arms:
            return (self,)
        label: str = self.__dict__["label"]
        reference: Reference | None = self.__dict__["reference"]
        if not fiche.studies:
            return (Paper(own_study(fiche), reference, label, self.study, self.number),)
        return tuple(
            Paper(
                own_study(fiche, part, str(number)), reference, f"{label}, {curled(part.called, '')}", part.id, number
            )
            for number, part in enumerate(fiche.studies, 1)
        )

    def voice(self, field: str) -> str:
        """Whose words stand in a field: the study's, or the paper's where it says one thing of all its studies at once."""
        return self.home if field in self.fiche.of_all else self.key

    @property
    def about(self) -> Fiche:
        """The note, of which only key, file, status, citation and what was read of the paper are read."""
        note(f"about:{self.home}")
        fiche: Fiche = self.__dict__["fiche"]
        return fiche

    @property
    def date(self) -> PartialDate | None:
        """The record's date; what the person read where there is no record."""
        if self.reference and self.reference.date:
            return self.reference.date
        read = self.about.citation
        return read_date(read.date.text) if read and read.date else None

    @property
    def anchor(self) -> str:
        """Where the paper's section stands in the document, as a link target."""
        return f"#fiche:{self.home}"

    @property
    def title(self) -> tuple[Inline, ...]:
        """The title: the record's, else as it was read."""
        if self.reference and self.reference.title:
            return self.reference.title
        read = self.about.citation
        return (Text(read.title.text if read and read.title else self.key),)


@dataclass(frozen=True)
class Corpus:
    """Everything that a synthesis is made from. What is read of it is noted (`ground.notes`)."""

    report: Report
    parsed: Parsed
    form: Noted[Form] = Noted(lambda corpus: "form")
    vocabulary: Noted[Vocabulary] = Noted(lambda corpus: "vocabulary")
    papers: Noted[tuple[Paper, ...]] = Noted(lambda corpus: "papers")
    words: Noted[Catalogue] = Noted(lambda corpus: "report.lang")
    called: Noted[Mapping[str, str]] = Noted(lambda corpus: "called")
    """What every reference that a text may cite is called, by key."""
    apart: Noted[Mapping[str, str]] = Noted(lambda corpus: "called")
    """What a citation of each prints apart from the sentence, as far as the style was asked."""
    readings: Noted[Readings] = Noted(lambda corpus: "readings")
    """What each reader says of each paper, by key and reader."""
    readers: Noted[tuple[Reader, ...]] = Noted(lambda corpus: "report.readers")
    whole: Corpus | None = None
    """The corpus of the report, where this one holds but the papers of one part."""

    @property
    def lang(self) -> str:
        """The report's language."""
        return self.report.lang

    @property
    def cited(self) -> Cited:
        """What a citation says in plain words: as the report prints it."""
        with standing_for():
            said = cited_as(self.called, self.words, self.apart)

        def noted(cite: Cite) -> str:
            note("called", "report.lang")
            return said(cite)

        return noted

    def of_file(self, file: str) -> Paper | None:
        """The paper whose note is in a file; nothing where the report does not list it."""
        note(f"listed:{file}")
        papers: tuple[Paper, ...] = self.__dict__["papers"]
        with standing_for():
            return next((paper for paper in papers if paper.about.file == file), None)

    def field(self, name: str) -> Field:
        """The form's field; `KeyError` where it has none (`check_synthesis` has told of it before)."""
        return self.form.fields[name]

    def known(self, name: str) -> bool:
        """Whether papers can be asked for by this name: a field of the form, or one of the product's own."""
        return name in self.form.fields or name in OWN

    def title_of(self, name: str) -> str:
        """The title of a field in the report's language."""
        return titled(self.field(name).title, self.lang) or name

    def titles_of(self, names: tuple[str, ...]) -> str:
        """The titles of several fields, as a heading names them."""
        return " / ".join(self.title_of(name) for name in names)

    def chosen(self, wanted: Synthesis) -> Corpus:
        """The corpus with only the papers that this part of the synthesis is about, in its order."""
        by_study = self.by_study
        papers = list(by_study.papers)
        if wanted.papers:
            keys = [key.text for key in wanted.papers]
            named = [(keys.index(name), paper) for paper in papers if (name := _called_so(paper, keys))]
            papers = [paper for _, paper in sorted(named, key=lambda each: each[0])]
        for condition in wanted.where:
            tests = list(by_study.tests(condition))
            papers = [paper for paper in papers if any(test(paper) for test in tests)]
        if wanted.order != "report":
            order = ORDERS[wanted.order]
            papers.sort(key=lambda paper: order(paper, self.lang))
        return replace(self, papers=tuple(papers), whole=self.whole or self)

    @cached_property
    def by_study(self) -> Corpus:
        """The corpus in which each study that a paper reports is one of its own."""
        if self.whole is not None:
            return self
        studies = tuple(study for paper in self.papers for study in paper.studies)
        return replace(self, papers=studies, whole=self)

    def tests(self, condition: Condition) -> Iterator[Test]:
        """What a paper may be to be kept; a value that no paper could have, which was told before, keeps none."""
        for value in condition.values:
            with suppress(NoSuchValue):
                yield keeping(self, condition.field.text, value.text)

    def term_name(self, field: str, term: Scalar) -> str:
        """The canonical name of a term; as written where the vocabulary does not have it."""
        known = self.vocabulary.canonical(self.field(field).terms_list, term.text)
        return known.name if known else " ".join(term.text.split())

    def term_uses(self, paper: Paper, field: str) -> Iterator[tuple[str, Scalar, TermUse]]:
        """Every canonical term that the paper uses in a field, with the place where it is written."""
        for use in paper.fiche.terms(field):
            for term in use.terms:
                yield self.term_name(field, term), term, use

    def themes(self, paper: Paper, field: str) -> Iterator[Scalar]:
        """Every theme of the paper's remarks in a field."""
        for remark in paper.fiche.remarks(field):
            yield from remark.themes

    def theme_title(self, theme: str) -> str:
        """A theme's title in the report's language; its id where the vocabulary does not have it."""
        known = self.vocabulary.themes_by_id.get(theme)
        return known.titled(self.lang) if known else theme

    def paragraphs(self, text: Scalar) -> tuple[tuple[Inline, ...], ...]:
        """The text as paragraphs for a cell: lists and quotations give their items. There is always one."""
        return tuple(_flat(self.filled(text))) or ((Text(text.text.strip()),),)

    @property
    def title(self) -> str:
        """The report's title in plain words, with its values."""
        from synopse.synthesis.values import filled

        blocks = filled(self.parsed(self.report.title, "line"), self)[0]
        return plain(one_line(blocks), self.words, self.cited)

    def filled(self, text: Scalar) -> tuple[Block, ...]:
        """The blocks of a fiche's text, with its values, which count the papers of the whole report."""
        from synopse.synthesis.values import filled

        blocks = self.parsed(text)
        return filled(blocks, self.whole or self)[0] if "{{" in text.text else blocks

    def line(self, text: Scalar | None) -> tuple[Inline, ...]:
        """The words of a title, a caption or a note, in which nothing is a list or a table."""
        return one_line(self.parsed(text, "line")) if text is not None else ()

    def plain_text(self, text: Scalar) -> str:
        """The plain words of a text, a paragraph a line."""
        return "\n".join(plain(part, self.words) for part in self.paragraphs(text))

    def plain_field(self, paper: Paper, field: str) -> str:
        """The plain words of a field's value, as a person reads them."""
        value = paper.fiche.values.get(field)
        if isinstance(value, Dated):
            return date_words(value, self.words)
        if isinstance(value, Number):
            return number_words(value, self.words, self.field(field).unit or "")
        if isinstance(value, Chosen):
            return choice_title(value.id, self.field(field), self.lang)
        if isinstance(value, Scalar):
            return self.plain_text(value)
        if isinstance(value, tuple):
            return "\n".join(plain(part, self.words) for part in self.remark_parts(value))
        return ""

    def said(self, remark: Remark | TermUse) -> tuple[tuple[Inline, ...], ...]:
        """A remark as paragraphs for a cell, behind the terms that it is about; of terms alone, their names. There is always one."""
        blocks = self.filled(remark.text) if remark.text is not None else ()
        parts = tuple(_flat(with_terms(self, remark, blocks)))
        return parts or ((Text(remark.text.text.strip() if remark.text is not None else ""),),)

    def remark_parts(self, remarks: Iterable[Remark | TermUse]) -> tuple[tuple[Inline, ...], ...]:
        """The remarks' words, a part each."""
        return tuple(part for remark in remarks for part in self.said(remark))

    @cached_property
    def signs(self) -> frozenset[str]:
        """Which of the signs of values and citations stand in any text of the fiches."""
        texts = (text.text for paper in self.papers for text in fiche_texts(paper.fiche))
        return frozenset(sign for text in texts for sign in ("{{", "@") if sign in text)

    @cached_property
    def by_key(self) -> dict[str, Paper]:
        """The papers by key."""
        return {paper.key: paper for paper in self.papers}


def _called_so(paper: Paper, keys: list[str]) -> str:
    """The key by which a part asks for a study: its own, or that of its paper; empty where it does not."""
    return next((name for name in (paper.key, paper.home) if name in keys), "")


def _by_date(paper: Paper, lang: str) -> Order:
    return (paper.date or PartialDate(9999), *_by_title(paper, lang))


def _by_author(paper: Paper, lang: str) -> Order:
    """As in a list of references: names, year, title; a paper without names stands under its title."""
    reference = paper.reference or from_citation(paper.fiche)
    names = reference.authors.names if reference else ()
    parts = [collation_key(part, lang) for name in names for part in (name.family, name.given, name.particle)]
    year = paper.date.year if paper.date else 9999
    titled = _by_title(paper, lang)
    return (parts, year, *titled) if parts else ([titled[0]], year, *titled)


def _by_title(paper: Paper, lang: str) -> Order:
    return collation_key(plain(paper.title), lang), paper.key


def _by_key(paper: Paper, lang: str) -> Order:
    return (paper.key,)


Order = tuple[Any, ...]
ORDERS: dict[str, Callable[[Paper, str], Order]] = {
    "date": _by_date,
    "author": _by_author,
    "title": _by_title,
    "key": _by_key,
}
"""The orders that a part of the synthesis may ask for, by what its papers are sorted by."""


def one_line(blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
    """Paragraphs as one."""
    paragraphs = [block.children for block in blocks if isinstance(block, Paragraph)]
    return tuple(inline for at, each in enumerate(paragraphs) for inline in ((Text(" "), *each) if at else each))


def _flat(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    for block in blocks:
        match block:
            case Paragraph(children, _):
                yield children
            case ListOf(items):
                for item in items:
                    yield from _flat(item)
            case Quote(inner):
                yield from _flat(inner)
            case PipeTable(head, rows):
                if block.caption:
                    yield block.caption
                for row in (head, *rows):
                    yield tuple(inline for cell in row for inline in (*cell, Text(" ")))
            case Figure(image):
                yield (Text(image.alt),)
            case CodeBlock(text):
                lines = text.rstrip("\n").split("\n")
                yield tuple(part for line in lines for part in (Break(), Code(line)))[1:]
            case Heading(_, children):
                yield children
