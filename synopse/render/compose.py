"""A project in; the report as data that knows no format (`view.py`), a piece at a time, out.

What each piece reads is noted where it is read (`ground.notes`), so that it is composed again only when that has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from synopse.bib.drift import one_line as on_one_line
from synopse.bib.listing import who
from synopse.bib.styles import style
from synopse.diagnostics import Diagnostic, Span
from synopse.ground.notes import note, standing_for
from synopse.locale import Catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Block, Code, Inline, Link, Paragraph, Quoted, Styled, Text
from synopse.markup.typography import curled
from synopse.model.fiche import Fiche, Remark, TermUse, alone
from synopse.model.fiche import Part as Study
from synopse.model.form import Field, Section, titled
from synopse.model.remark import Locator
from synopse.model.report import Report
from synopse.project.printed import other_keys, printed_keys
from synopse.project.project import Project
from synopse.read.tree import Scalar
from synopse.render.locators import readings_line, where
from synopse.render.view import (
    Abstract,
    ChapterView,
    FicheView,
    FieldView,
    FrameView,
    ItemView,
    Line,
    PaperLine,
    PartView,
    SectionView,
    SourceMark,
)
from synopse.synthesis.corpus import Corpus, Paper, one_line
from synopse.synthesis.dated import date_said
from synopse.synthesis.kinds import kinds
from synopse.synthesis.make import part_id
from synopse.synthesis.remarked import with_terms
from synopse.synthesis.table import Part
from synopse.synthesis.values import filled


def fiche_view(corpus: Corpus, paper: Paper) -> FicheView:
    """The section of one paper."""
    composed = _Fiche(corpus, paper)
    sections = tuple(filter(None, map(composed.section, corpus.form.sections))) + tuple(_parts(corpus, paper))
    card = () if any(section.card for section in sections) else tuple(composed.card())
    missing = tuple(composed.missing) if corpus.report.empty == "once" else ()
    apart = corpus.report.page_per_fiche
    return FicheView(
        paper.key, paper.about.file, paper.anchor, paper.label, paper.title, card, sections, missing, apart
    )


def _parts(corpus: Corpus, paper: Paper) -> Iterator[SectionView]:
    """A section for each study of a paper that reports several, and for each arm of a study: its own fields, in the form's order."""
    fiche = paper.fiche
    for name, parts in (("study", fiche.studies), ("arm", fiche.arms)):
        for part in parts:
            filled_in = tuple(
                field.model_copy(update={"label": True, "title": field.title or {"": field.id}})
                for field in corpus.form.fields.values()
                if field.id in part.values
            )
            title = corpus.words.said(f"part.{name}", title=curled(part.called, corpus.lang))
            section = Section(id=f"{name}-{part.id}", title={"": title}, fields=filled_in)
            view = _Fiche(corpus, replace(paper, fiche=alone(fiche, part))).section(section)
            if view is not None:
                yield view


class _Fiche:
    """One paper's section, as it is composed."""

    def __init__(self, corpus: Corpus, paper: Paper) -> None:
        self.corpus, self.paper = corpus, paper
        self.words, self.lang = corpus.words, corpus.lang
        self.each = corpus.report.empty == "each"
        self.missing: list[str] = []
        """The titles of sections and fields that are not filled in, so far."""

    def card(self) -> list[Line]:
        """What the record says of the paper; what the person read where there is no record."""
        said, reference, fiche = self.words, self.paper.reference, self.paper.about
        lines: list[Line] = []
        read = fiche.citation

        def line(name: str, text: str | tuple[Inline, ...], span: Span | None) -> None:
            inlines = (Text(text),) if isinstance(text, str) else text
            if inlines and inlines != (Text(""),):
                lines.append(Line(said[name], inlines, span))

        if reference:
            line("card.authors", who(reference, said, 99), reference.place(reference.role))
        elif read and read.authors:
            line("card.authors", read.authors.text, read.authors.span)
        span = reference.place("date") if reference else fiche.key_span
        line("card.date", date_said(self.paper, said), span)
        if reference:
            line("card.source", reference.source, reference.span)
            if reference.doi:
                line("card.doi", (Link(reference.link, (Text(reference.doi),)),), reference.place("doi"))
            elif reference.arxiv:
                line("card.arxiv", (Link(reference.link, (Text(reference.arxiv),)),), reference.place("eprint"))
            elif reference.link:
                line("card.link", (Link(reference.link, (Text(reference.link),)),), reference.place("url"))
        else:
            if read and read.source:
                line("card.source", read.source.text, read.source.span)
            line("card.link", (Styled("emph", (Text(said["no-record"]),)),), fiche.key_span)
        if fiche.read:
            line("card.read", readings_line(fiche.read, said), fiche.read[0].span)
        if fiche.reports:
            called = [self.corpus.called.get(each.text.strip(), each.text.strip()) for each in fiche.reports]
            line("card.reports", said.listed(called), fiche.reports[0].span)
        line("card.as-read", self._as_read(), read.span if read else None)
        line("card.status", said[f"status.{fiche.status}"], fiche.key_span)
        return lines

    def section(self, section: Section) -> SectionView | None:
        """A section of the form, with what the fiche has in it; nothing where it has nothing, unless each is asked for."""
        title = titled(section.title, self.lang)
        card = tuple(self.card()) if section.draws == "reference" else ()
        there = any(each.id in self.paper.fiche.values for each in section.fields)
        if not card and not there:
            return self._without(section, title)
        short, fields = self._fields(section) if there else ([], [])
        return SectionView(section.id, title, tuple(short), tuple(fields), card)

    def _without(self, section: Section, title: str) -> SectionView | None:
        """A section in which the fiche itself says nothing: what its studies and arms do not say either.

        The section is told as a whole where nothing of it is said, and else field by field; where each is asked for, at its place.
        """
        lacking = [self._without_words(each) for each in section.fields]
        silent = [part for part in lacking[0] if all(part in others for others in lacking)] if lacking else []
        if silent and all(parts == silent for parts in lacking):
            told = self._told(title, silent)
            self.missing += told
            return SectionView(section.id, title, empty=True) if self.each and title in told else None
        titles = [titled(each.title, self.lang) if section.labelled(each) else "" for each in section.fields]
        short = [name for label, parts in zip(titles, lacking, strict=True) for name in self._told(label, parts)]
        apart = [
            name
            for label, parts in zip(titles, lacking, strict=True)
            for name in self._told(label, [part for part in parts if part not in silent])
        ]
        self.missing += [*self._told(title, silent), *apart]
        rows = tuple(FieldView(name, missing=True) for name in short)
        return SectionView(section.id, title, rows) if self.each and rows else None

    def _fields(self, section: Section) -> tuple[list[FieldView], list[FieldView]]:
        """The short fields of a section, and the long ones; a labelled one that is empty says so where each is asked for."""
        short: list[FieldView] = []
        fields: list[FieldView] = []
        for each in section.fields:
            label = titled(each.title, self.lang) if section.labelled(each) else ""
            if each.id not in self.paper.fiche.values:
                lacking = self._told(label, self._without_words(each))
                self.missing += lacking
                short += [FieldView(name, missing=True) for name in lacking] if self.each else []
                continue
            field = self._field(label, each)
            line = as_line(field) if label else None
            if line is not None:
                short.append(line)
            else:
                fields.append(field)
        return short, fields

    def _without_words(self, field: Field) -> list[Fiche | Study]:
        """What says nothing in a field: the fiche, or those of its studies or arms that do not; nothing where all is said."""
        fiche: Fiche = self.paper.fiche
        return [part for each in fiche.lacking(field.id) for part in (fiche.arms if each is fiche else ()) or (each,)]

    def _told(self, title: str, silent: Sequence[Fiche | Study]) -> list[str]:
        """The title of what is not filled in; where some of several studies or arms say nothing, with what these are called."""
        if not title or not silent:
            return []
        fiche: Fiche = self.paper.fiche
        if tuple(silent) in ((fiche,), fiche.studies, fiche.arms):
            return [title]
        called = self.words.listed([curled(part.called, self.lang) for part in silent if isinstance(part, Study)])
        return [f"{title} ({called})"]

    def _as_read(self) -> tuple[Inline, ...]:
        """The citation as the person read it, whole and in one line, unless the record prints each item just so.

        What of it differs from the record is another question, which `differences` and the check answer.
        """
        read, record = self.paper.about.citation, self.paper.reference
        if read is None or record is None:
            return ()
        printed = {"authors": who(record, self.words, 99), "date": date_said(self.paper, self.words), "title": plain(self.paper.title),
                   "source": record.source, "url": record.link, "doi": record.doi}  # fmt: skip
        items = [(item, on_one_line(scalar)) for item in printed if (scalar := getattr(read, item)) is not None]
        if all(text == printed[item] for item, text in items):
            return ()
        shown = []
        for item, text in items:
            said = self.words.quoted(text) if item == "title" else text
            shown.append(f"{self.words[f'card.{_LABELS.get(item, item)}']}{self.words['colon']} {said}")
        return (Text(" · ".join(shown)),)

    def _field(self, label: str, field: Field) -> FieldView:
        value = self.paper.fiche.values[field.id]
        if isinstance(value, tuple):
            return FieldView(label, tuple(self._items(value)))
        if isinstance(value, Scalar) and field.type == "text":
            (remark,) = self.paper.fiche.remarks(field.id)
            found, source = self._where(remark.locator), self._mark(value.span, remark.page)
            return FieldView(label, blocks=self._blocks(value), where=found, source=source, spans=(value.span,))
        source = self._mark(value.span, "")
        blocks = (Paragraph((Text(self.corpus.plain_field(self.paper, field.id)),), value.span),)
        return FieldView(label, blocks=blocks, source=source, spans=(value.span,))

    def _blocks(self, text: Scalar) -> tuple[Block, ...]:
        """The text's blocks, with its values; an unknown one was told before."""
        return filled(self.corpus.parsed(text), self.corpus)[0]

    def _items(self, value: tuple[Remark, ...] | tuple[TermUse, ...]) -> list[ItemView]:
        """An item for each remark, and for each term with a remark or a locator, in their order; the terms between share one."""
        items: list[ItemView] = []
        every: tuple[Remark | TermUse, ...] = value
        for is_bare, uses in groupby(every, _is_bare):
            if not is_bare:
                items += [self._item(each) for each in uses]
                continue
            terms = tuple(term for each in uses if isinstance(each, TermUse) for term in each.terms)
            spans = tuple(term.span for term in terms)
            items.append(replace(self._item(TermUse(terms)), bare=True, spans=spans))
        return items

    def _item(self, use: Remark | TermUse) -> ItemView:
        blocks = with_terms(self.corpus, use, self._blocks(use.text) if use.text is not None else ())
        return ItemView(blocks, self._where(use.locator), self._mark(use.span, use.page), spans=(use.span,))

    def _where(self, locator: Locator) -> tuple[Inline, ...]:
        """Where in the paper, or in which other text, what is said can be found."""
        return where(locator, self.paper.about.read, self.corpus.called, self.words) if locator else ()

    def _mark(self, span: Span, page: str) -> SourceMark | None:
        """Where a remark was written, and the page of the paper, where the report prints it."""
        if not self.corpus.report.provenance:
            return None
        name = span.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        return SourceMark(name, span.line, span.file, self.words.pages(page) if page else "")


_LABELS = {"url": "link", "date": "year"}
"""What an item of a citation is called in the card, where that is another name."""


def _is_bare(each: Remark | TermUse) -> bool:
    """Whether nothing is said but the terms' names."""
    return each.text is None and not each.locator


SHORT = 90
"""So many characters of a field's words fit on its line in the table of a section."""


def as_line(field: FieldView) -> FieldView | None:
    """A field as one line of words: a number, a date, a choice, bare terms, a text of a few words; nothing for any other."""
    item = field.items[0] if len(field.items) == 1 and field.items[0].bare else None
    blocks = item.blocks if item else field.blocks
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
        return None
    inlines = blocks[0].children
    words_alone = all(isinstance(each, (Text, Styled, Quoted, Link, Code)) for each in inlines)
    if not words_alone or len(plain(inlines)) > SHORT:
        return None
    if item is None:
        return field
    return FieldView(field.label, blocks=blocks, where=item.where, source=item.source, spans=item.spans)


def part_view(corpus: Corpus, number: int, part: Part, prose: tuple[Block, ...]) -> PartView:
    """The part of the synthesis that stands at `number`, from 1, under the person's own `prose`."""
    with standing_for(f"part:{part.id}"):
        nested, first = heading_context(corpus.report, number)
    return PartView(part, prose, nested, first)


def heading_context(report: Report, number: int) -> tuple[bool, bool]:
    """Whether the synthesis uses headings, and whether part `number` (from 1) comes right after one, or first of all."""
    nested = any(wanted.kind == "heading" for wanted in report.synthesis)
    return nested, number == 1 or report.synthesis[number - 2].kind == "heading"


def frame_view(project: Project, changes: bool) -> tuple[FrameView, list[Diagnostic]]:
    """The report around its pieces, and what is wrong with the values in its texts.

    `changes` says that `doit changes` has written its section.
    """
    corpus = project.corpus
    report, words = corpus.report, corpus.words
    found: list[Diagnostic] = []

    def with_values(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        done, wrong = filled(blocks, corpus)
        found.extend(wrong)
        return done

    def line(text: Scalar | None) -> tuple[Inline, ...]:
        return one_line(with_values(corpus.parsed(text, "line"))) if text is not None else ()

    chapters = []
    for chapter in report.chapters:
        text = project.chapter_text(chapter)
        if text is not None:
            place = "appendix" if chapter.appendix else chapter.after
            chapters.append(ChapterView(place, line(chapter.title), with_values(project.texts.chapter(text))))
    introduction = with_values(project.texts.chapter(report.introduction)) if report.introduction else ()
    settings, date = report.bibliography, report.dated
    if report.changes:
        note("changes")
    return FrameView(
        lang=report.lang,
        title=line(report.title),
        subtitle=line(report.subtitle),
        authors=tuple(author.text for author in report.authors),
        statements=tuple(_statements(report, words)),
        date=words.date(date) if date else "",
        version=words.said("version", version=report.version) if report.version else "",
        abstracts=tuple(
            Abstract(lang or report.lang, with_values(project.texts.read(text, lang=lang)[0]))
            for lang, text in report.abstract.items()
        ),
        keywords=tuple(curled(each.text, report.lang) for each in report.keywords),
        introduction=introduction,
        chapters=tuple(chapters),
        studies=len(corpus.by_study.papers),
        papers=tuple(PaperLine(paper.about.file, _paper_line(corpus, paper), paper.anchor) for paper in corpus.papers),
        parts=tuple(part_id(wanted, number) for number, wanted in enumerate(report.synthesis, 1)),
        style=style(settings.style_name),
        keys=tuple(dict.fromkeys(project.library.canonical(key) for key in printed_keys(project))),
        apart=settings.apart and bool(corpus.papers) and bool(other_keys(project)),
        changes=report.changes and changes,
        appendices=any(chapter.appendix for chapter in report.chapters) or report.fiches_in == "appendix",
        tables=_count(report, drawn=False),
        figures=_count(report, drawn=True),
        fiches_in=report.fiches_in,
    ), found


def _statements(report: Report, words: Catalogue) -> Iterator[tuple[str, str]]:
    """Affiliations, identifiers, contributions, funding and licence, where there are any."""
    at = [f"{author.text} ({author.affiliation.text})" for author in report.authors if author.affiliation]
    if at:
        yield words["said.affiliation"], "; ".join(at)
    known = [f"{author.text}: {author.orcid}" for author in report.authors if author.orcid]
    if known:
        yield "ORCID", "; ".join(known)
    did = [
        f"{author.text}: {', '.join(words[f'role.credit.{role}'] for role in author.roles)}"
        for author in report.authors
        if author.roles
    ]
    if did:
        yield words["said.contributions"], "; ".join(did)
    if report.funding:
        yield words["said.funding"], "; ".join(each.text for each in report.funding)
    if report.license:
        yield words["said.license"], report.license


def _count(report: Report, drawn: bool) -> int:
    """How many parts of the synthesis are pictures, or tables."""
    made = (kinds()[wanted.kind] for wanted in report.synthesis)
    return sum(bool(kind.drawing) is drawn for kind in made if kind.make is not None)


def _paper_line(corpus: Corpus, paper: Paper) -> tuple[Inline, ...]:
    words = corpus.words
    title = Link(f"#fiche:{paper.key}", (Styled("emph", paper.title),))
    said = date_said(paper, words)
    date = f" ({said})" if said else ""
    if paper.reference and paper.reference.authors.names:
        return (Text(f"{who(paper.reference, words, 3)}, "), title, Text(f"{date}."))
    return (title, Text(f"{date}."))
