"""The document's LaTeX from its data: the preamble, the body, one file a fiche, the synthesis. Templates do the rest.

Every function gives marked LaTeX, which `linemap.without_marks` turns into a file and its line map.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jinja2

from synopse.bib.listing import who
from synopse.bib.styles import Style, style
from synopse.diagnostics import Span
from synopse.ground.files import latex_name
from synopse.locale import Catalogue
from synopse.markup.fonts import Font
from synopse.markup.tree import Block, Inline, Link, Paragraph, Styled, Text
from synopse.model.fiche import Remark, TermUse
from synopse.model.form import Field, Section, titled
from synopse.model.report import Report
from synopse.read.tree import Scalar
from synopse.render.latex.environment import render
from synopse.render.latex.layout import lay_out
from synopse.render.latex.writer import Latex, escape, escape_url
from synopse.render.pictures import Picture
from synopse.synthesis.corpus import Corpus, Paper, one_line
from synopse.synthesis.table import Figure, Heading, Part, Table
from synopse.synthesis.values import filled

HARF = ("Arabic", "Devanagari", "Bengali", "Tamil", "Telugu", "Kannada", "Malayalam", "Gujarati", "Gurmukhi", "Khmer",
        "Myanmar", "Thai", "Lao", "Tibetan", "Sinhala", "Oriya", "Syriac", "Mongolian", "NKo")  # fmt: skip
"""Scripts whose letters change shape: HarfBuzz sets them (luaotfload manual, § 3.1 "mode")."""


@dataclass(frozen=True)
class Fallback:
    """A fallback font as luaotfload takes it."""

    file: str
    mode: str


@dataclass(frozen=True)
class CardLine:
    """A line of a header card: what it is, its words, and the place that they come from."""

    label: str
    text: tuple[Inline, ...]
    span: Span | None


@dataclass(frozen=True)
class ItemView:
    """A remark as the template prints it: its words, where in the paper it stands, its mark of provenance."""

    blocks: tuple[Block, ...]
    where: str
    source: str


@dataclass(frozen=True)
class FieldView:
    """A field as the template prints it: a label, then items or blocks."""

    label: str
    items: list[ItemView] = field(default_factory=list)
    blocks: tuple[Block, ...] | Latex = ()
    source: str = ""


@dataclass(frozen=True)
class SectionView:
    """A section of a fiche as the template prints it."""

    title: str
    fields: list[FieldView]
    citation: list[CardLine]
    record: bool
    empty: bool


class Document:
    """Renders the parts of one report."""

    def __init__(self, environment: jinja2.Environment, corpus: Corpus) -> None:
        self.environment = environment
        self.corpus = corpus

    @property
    def words(self) -> Catalogue:
        """The words of the report's language."""
        return self.corpus.words

    @property
    def report(self) -> Report:
        """The report."""
        return self.corpus.report

    def preamble(self, fonts: list[Font], *, maths: bool, landscape: bool, bidi: bool) -> str:
        """The preamble: what it loads depends on the scripts, the formulas and the turned tables of the document."""
        fallback = _fallback(fonts)
        return render(
            self.environment,
            "preamble.tex",
            **self.language,
            title=self._line(self.report.title),
            authors=", ".join(author.text for author in self.report.authors),
            style=self.style,
            fallback=fallback,
            many=len(self.corpus.papers) > 99,
            maths=maths,
            landscape=landscape,
            bidi=bidi,
        )

    @property
    def language(self) -> dict[str, str]:
        """What babel calls the language, and its code."""
        return {"babel": self.words["tex.babel"], "lang": self.report.lang}

    def base_file(self) -> str:
        """The class and the large packages, which a format may hold."""
        return render(self.environment, "base.tex", style=self.style)

    @property
    def style(self) -> Style:
        """The citation style, and what it rules itself."""
        return style(self.report.bibliography.style_name)

    def format_file(self) -> str:
        """What makes a format of it."""
        return render(self.environment, "format.tex")

    def report_file(self) -> str:
        """The main file."""
        return render(self.environment, "report.tex")

    def preview_file(self) -> str:
        """The main file of a preview."""
        return render(self.environment, "preview.tex")

    def labels_file(self, keys: list[str]) -> str:
        """A main file that asks the style what it prints for each of the keys."""
        return render(self.environment, "labels.tex", **self.language, style=self.style, keys=keys)

    def place(self, file: str, chapter: int, section: int, page: int) -> str:
        """Where a previewed fiche stands in the report."""
        return render(self.environment, "place.tex", file=latex_name(file), chapter=chapter, section=section, page=page)

    def body(
        self,
        introduction: tuple[Block, ...],
        chapters: Callable[[str], Latex],
        *,
        synthesis: bool,
        changes: bool,
        keys: list[str],
        apart: bool,
    ) -> str:
        """The order of the parts; `chapters` gives the LaTeX of the chapters that follow a part.

        `keys` are those of the references that are listed, in the order in which they come in; `apart` says that the
        retained papers have a list of their own.
        """
        date = self.report.dated
        shown: dict[str, Any] = {
            "title": self._line(self.report.title),
            "subtitle": self._line(self.report.subtitle),
            "authors": [author.text for author in self.report.authors],
            "date": self.words.date(date) if date else "",
            "introduction": introduction,
        }
        return render(
            self.environment,
            "body.tex",
            report=shown,
            papers=[PaperLine(latex_name(paper.about.file), self._paper_line(paper)) for paper in self.corpus.papers],
            chapters=chapters,
            synthesis=synthesis,
            changes=changes,
            has_appendices=any(chapter.appendix for chapter in self.report.chapters),
            keys=keys,
            apart=apart,
        )

    def chapter(self, title: Scalar, blocks: tuple[Block, ...]) -> str:
        """A further chapter."""
        return render(self.environment, "chapter.tex", title=self._line(title), blocks=blocks)

    def _paper_line(self, paper: Paper) -> tuple[Inline, ...]:
        title = Link(f"#fiche:{paper.key}", (Styled("emph", paper.title),))
        date = f" ({self.words.date(paper.date)})" if paper.date else ""
        if paper.reference and paper.reference.authors.names:
            return (Text(f"{who(paper.reference, self.words, 3)}, "), title, Text(f"{date}."))
        return (title, Text(f"{date}."))

    def fiche(self, paper: Paper) -> str:
        """The section of one paper."""
        sections = [self._section(section, paper) for section in self.corpus.form.sections]
        return render(
            self.environment,
            "fiche.tex",
            key=paper.key,
            anchor=paper.anchor,
            label=paper.label,
            title=paper.title,
            card=self._card(paper),
            sections=sections,
        )

    def _card(self, paper: Paper) -> list[CardLine]:
        said, reference, fiche = self.words, paper.reference, paper.about
        lines: list[CardLine] = []
        read = fiche.citation

        def line(name: str, text: str | tuple[Inline, ...], span: Span | None) -> None:
            inlines = (Text(text),) if isinstance(text, str) else text
            if inlines and inlines != (Text(""),):
                lines.append(CardLine(said[name], inlines, span))

        if reference:
            line("card.authors", who(reference, said, 99), reference.place(reference.role))
        elif read and read.authors:
            line("card.authors", read.authors.text, read.authors.span)
        if paper.date:
            span = reference.place("date") if reference else fiche.key_span
            line("card.date", said.date(paper.date), span)
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
        line("card.status", said[f"status.{fiche.status}"], fiche.key_span)
        return lines

    def _section(self, section: Section, paper: Paper) -> SectionView:
        drawn = section.draws == "reference"
        there = any(each.id in paper.fiche.values for each in section.fields)
        return SectionView(
            titled(section.title, self.report.lang),
            self._fields(section, paper) if there else [],
            self._as_read(paper) if drawn else [],
            record=drawn,
            empty=not drawn and not there,
        )

    def _fields(self, section: Section, paper: Paper) -> list[FieldView]:
        """The fields of a section; a labelled one that is empty says so."""
        result = []
        for each in section.fields:
            label = titled(each.title, self.report.lang) if section.labelled(each) else ""
            if each.id in paper.fiche.values:
                result.append(self._field(label, each, paper))
            elif label:
                result.append(FieldView(label, blocks=self._not_filled()))
        return result

    def _not_filled(self) -> Latex:
        return Latex(rf"\synopseempty{{{escape(self.words['not-filled'])}}}")

    def _as_read(self, paper: Paper) -> list[CardLine]:
        read = paper.about.citation
        if read is None:
            return []
        named = (
            ("card.authors", read.authors),
            ("card.year", read.date),
            ("card.title", read.title),
            ("card.source", read.source),
            ("card.link", read.url),
            ("card.doi", read.doi),
        )
        lines = []
        for name, scalar in named:
            if scalar is not None:
                text = (Text(self.words.quoted(scalar.text)),)
                shown = text if name == "card.title" else (Text(scalar.text),)
                lines.append(CardLine(self.words[name] + self.words["colon"], shown, scalar.span))
        return lines

    def _field(self, label: str, field: Field, paper: Paper) -> FieldView:
        value = paper.fiche.values[field.id]
        if isinstance(value, tuple):
            return FieldView(label, self._items(value))
        if isinstance(value, Scalar) and field.type == "text":
            return FieldView(label, blocks=self._blocks(value), source=self._provenance(value.span, ""))
        blocks = (Paragraph((Text(self.corpus.plain_field(paper, field.id)),), value.span),)
        return FieldView(label, blocks=blocks, source=self._provenance(value.span, ""))

    def _line(self, text: Scalar | None) -> tuple[Inline, ...]:
        """The words of a title, with its values."""
        return one_line(filled(self.corpus.parsed(text, "line"), self.corpus)[0]) if text is not None else ()

    def _blocks(self, text: Scalar) -> tuple[Block, ...]:
        """The text's blocks, with its values; an unknown one was told before."""
        return filled(self.corpus.parsed(text), self.corpus)[0]

    def _items(self, value: tuple[Remark, ...] | tuple[TermUse, ...]) -> list[ItemView]:
        """Remarks and commented terms, an item each; terms without comment share one item."""
        items: list[ItemView] = []
        bare: list[Scalar] = []
        for each in value:
            if each.text is None and isinstance(each, TermUse):
                bare += each.terms
            elif each.text is not None:
                where = self._where(each.page)
                source = self._provenance(each.text.span, each.page)
                items.append(ItemView(self._blocks(each.text), where, source))
        if bare:
            words = Paragraph((Text(", ".join(term.text for term in bare) + "."),), bare[0].span)
            items.append(ItemView((words,), "", self._provenance(bare[0].span, "")))
        return items

    def _where(self, page: str) -> str:
        return rf"\synopsewhere{{{self._pages(page)}}}" if page else ""

    def _pages(self, page: str) -> str:
        return escape(self.words.pages(page)).replace("\u00a0", "~")

    def _provenance(self, span: Span, page: str) -> str:
        """The margin mark of a remark: file and line, and the page of the paper; a link to the source."""
        if not self.report.provenance:
            return ""
        name = span.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        shown = f"{escape(name)}:{span.line}" + (f" {self._pages(page)}" if page else "")
        return rf"\synopsesource{{{escape_url(f'../{span.file}#L{span.line}')}}}{{{shown}}}"

    def synthesis(self, names: list[str]) -> str:
        """The chapter of the synthesis: the parts in order, each in a file of its own."""
        return render(self.environment, "synthesis.tex", names=names)

    def part(self, part: Part, prose: tuple[Block, ...], *, nested: bool, first: bool) -> tuple[str, bool]:
        """One part of the synthesis under the person's own `prose`, and whether it has turned pages.

        `nested` where the synthesis has headings of its own; `first` where the part follows one, or the chapter's.
        """
        heading = isinstance(part, Heading)
        view: dict[str, Any] = {"id": part.id, "heading": part.heading, "groups": heading, "nested": nested}
        landscape = False
        if not isinstance(part, Heading):
            lead = "" if prose else part.lead
            caption = part.caption or part.heading or (Text(part.title),)
            view |= {"first": first, "prose": prose, "lead": lead, "note": part.note, "caption": caption}
            view["figure"] = isinstance(part, Figure)
        if isinstance(part, Figure):
            view["alt"] = part.alt
        elif isinstance(part, Table):
            view["table"], landscape = self.table(part)
        return render(self.environment, "part.tex", part=view), landscape

    def picture(self, picture: Picture) -> str:
        """One picture's shapes."""
        return render(self.environment, "picture.tex", picture=picture)

    def pictures(self, names: list[str], fonts: list[Font]) -> str:
        """The file that sets the pictures called `names`, a page each."""
        fallback = _fallback(fonts)
        return render(self.environment, "figures.tex", names=names, fallback=fallback)

    def table(self, table: Table) -> tuple[Latex, bool]:
        """One table, and whether it is turned; an empty one is its lead sentence alone."""
        if not table.rows:
            return Latex(""), False
        sheets = lay_out(table, self.words)
        text = render(
            self.environment,
            "table.tex",
            id=table.id,
            sheets=sheets,
            caption=table.caption or (Text(table.title),),
            legend=table.legend,
            note=table.note,
            hollow=table.kind == "compare",
            separator=r"\addlinespace[2pt]" if any(c.role == "text" for c in table.columns) else "",
        )
        return Latex(text), any(sheet.landscape for sheet in sheets)


@dataclass(frozen=True)
class PaperLine:
    """A paper in the list of retained papers, with the name of its LaTeX file."""

    name: str
    line: tuple[Inline, ...]


def _fallback(fonts: list[Font]) -> list[Fallback]:
    """The fonts in the order in which a character is looked for."""
    if not fonts:
        return []
    mode = {True: "harf", False: "node"}
    return [Fallback("LinLibertine_R.otf", "node"), *(Fallback(font.file, mode[_shaped(font.file)]) for font in fonts)]


def _shaped(file: str) -> bool:
    return any(script in file for script in HARF)
