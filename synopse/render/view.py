"""The report as data that knows no format: what every writer is given (`writers.py`).

A report comes in pieces, each of which is made again only when it has changed: a fiche, a part of the synthesis, and the frame that
holds them. Texts are trees of blocks and inlines (`markup.tree`), tables and pictures are those of the synthesis.
"""

from __future__ import annotations

from dataclasses import dataclass

from synopse.bib.styles import Style
from synopse.diagnostics import Span
from synopse.ground.files import latex_name
from synopse.markup.tree import Block, Inline
from synopse.synthesis.table import Figure, Part, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line, as of a fiche's card: what it is, its words, and the place that they come from."""

    label: str
    text: tuple[Inline, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class SourceMark:
    """Where a remark was written, for a report that prints it: the file without its folder and ending, its line, the path."""

    name: str
    line: int
    file: str
    pages: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """A remark: its blocks, where what it says can be found (page, section, source), where it was written."""

    blocks: tuple[Block, ...]
    where: tuple[Inline, ...] = ()
    source: SourceMark | None = None
    bare: bool = False
    """Whether it holds terms alone, about which nothing is remarked."""
    spans: tuple[Span, ...] = ()
    """Where it was written: a remark, or each of several terms."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field: a label, then items, or blocks with where they can be found. One that is `missing` has none, and says so."""

    label: str
    items: tuple[ItemView, ...] = ()
    blocks: tuple[Block, ...] = ()
    where: tuple[Inline, ...] = ()
    source: SourceMark | None = None
    missing: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a fiche: its short fields, which stand in one table of label and value, then the long ones.

    The section that the form sets apart for the reference holds the card of the paper. An `empty` one says that it is.
    """

    id: str
    title: str
    short: tuple[FieldView, ...] = ()
    fields: tuple[FieldView, ...] = ()
    card: tuple[Line, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class FicheView:
    """One paper: its header card, then the sections of the form. `file` is the fiche's, `anchor` where links lead to it.

    The card is empty where a section holds it. `missing` are the titles of sections and fields that are not filled in, where they
    are told once.
    """

    key: str
    file: str
    anchor: str
    label: str
    title: tuple[Inline, ...]
    card: tuple[Line, ...]
    sections: tuple[SectionView, ...]
    missing: tuple[str, ...] = ()
    apart: bool = False
    """Whether it begins on a page of its own."""

    @property
    def whole_card(self) -> tuple[Line, ...]:
        """The card, wherever it stands."""
        return self.card or next((section.card for section in self.sections if section.card), ())

    @property
    def name(self) -> str:
        """The name of the files made of it."""
        return latex_name(self.file)


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the synthesis, with the person's own prose above it, or its computed lead.

    `nested` where the synthesis has headings of its own; `first` where the part follows one, or the chapter's.
    """

    part: Part
    prose: tuple[Block, ...] = ()
    nested: bool = False
    first: bool = False

    @property
    def id(self) -> str:
        """The part's id."""
        return self.part.id

    @property
    def table(self) -> Table | None:
        """The table that it shows, or that its picture shows."""
        part = self.part
        return part if isinstance(part, Table) else part.table if isinstance(part, Figure) else None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list of retained papers, with the file of its fiche."""

    file: str
    line: tuple[Inline, ...]
    anchor: str

    @property
    def name(self) -> str:
        """The name of the files made of its fiche."""
        return latex_name(self.file)


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A further chapter, and which part of the report it follows: `introduction`, `papers`, … or `appendix`."""

    place: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Abstract:
    """The abstract in one language; the words that head it are of that language too."""

    lang: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FrameView:
    """The report around its pieces: title page, chapters, the order of everything, how references are cited.

    `keys` are those of the references that are listed, in the order in which they come in; `apart` says that the retained papers
    have a list of their own. `changes` says that the section written by `doit changes` is printed.
    """

    lang: str
    title: tuple[Inline, ...]
    subtitle: tuple[Inline, ...]
    authors: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]
    """What is said of the authors, the funding and the licence: what it is, and the words."""
    date: str
    version: str
    abstracts: tuple[Abstract, ...]
    keywords: tuple[str, ...]
    introduction: tuple[Block, ...]
    chapters: tuple[ChapterView, ...]
    papers: tuple[PaperLine, ...]
    parts: tuple[str, ...]
    style: Style
    keys: tuple[str, ...] = ()
    apart: bool = False
    changes: bool = False
    appendices: bool = False
    tables: int = 0
    figures: int = 0
    """How many tables and pictures of the synthesis are numbered."""
    fiches_in: str = "body"
    """Where the fiches stand: `body`, `appendix`, or `none`."""
    studies: int = 0
    """How many studies the papers report."""
