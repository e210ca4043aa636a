"""`Table`, `Column`, `Row`, `Cell` and `Figure`: what every kind of synthesis makes, and every writer takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from synopse.diagnostics import Span
from synopse.locale import Catalogue
from synopse.locale.dates import PartialDate
from synopse.markup.text import Cited, key_in_brackets, plain
from synopse.markup.tree import Inline, Text

Role = Literal["label", "text", "mark", "count", "number", "short"]
Mark = Literal["", "used", "noted", "complete", "sofar", "partial", "unread", "empty"]
MARKS: tuple[Mark, ...] = tuple(mark for mark in get_args(Mark) if mark)
"""The marks in the order of a legend."""
PAPER = "#fiche:"
"""How a link begins that leads to a paper's section."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: paragraphs of text, or a number, or a mark; `link` leads to the web or to a place (`#label`).

    `date` is the date that a picture places; its words are in `parts`. A number is printed as the language writes it, or as `parts` say (a year has no groups); `unit` is printed after it.
    """

    parts: tuple[tuple[Inline, ...], ...] = ()
    number: int | Decimal | None = None
    mark: Mark = ""
    link: str = ""
    spans: tuple[Span, ...] = ()
    unit: str = ""
    date: PartialDate | None = None

    @property
    def text(self) -> str:
        """The plain words, one part a line."""
        return "\n".join(plain(part) for part in self.parts)

    def said(self, words: Catalogue, cited: Cited = key_in_brackets) -> str:
        """The words as the language prints them, one part a line; `cited` says a citation."""
        return "\n".join(plain(part, words, cited) for part in self.parts)

    def number_said(self, words: Catalogue) -> str:
        """The number as it is printed: in its own words where it has any, with its unit; empty where the cell has none."""
        if self.number is None:
            return ""
        return words.with_unit(self.text or words.number(self.number), self.unit)


def words(text: str, *spans: Span, link: str = "") -> Cell:
    """A cell of one plain text."""
    return Cell(((Text(text),),) if text else (), spans=spans, link=link)


def number(value: int | Decimal | None, *spans: Span, unit: str = "") -> Cell:
    """A cell of one number."""
    return Cell(number=value, spans=spans, unit=unit)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what its cells hold, the paper that it stands for (where it does)."""

    title: str
    role: Role = "text"
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `total` sums up those above it. `name` says what it is where a picture has a place for it."""

    cells: tuple[Cell, ...]
    total: bool = False
    name: str = ""
    of: str = ""

    @property
    def paper(self) -> str:
        """The key of the paper, or of the study, that it stands for; empty where it stands for none."""
        if self.of:
            return self.of
        link = self.cells[0].link if self.cells else ""
        return link.removeprefix(PAPER) if link.startswith(PAPER) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `facts` are what its lead sentence says of it, computed from the same data.

    `remark` is what its kind has to add below it, such as what was not counted; `note` is that and the person's own.
    `heading` is the title as it is printed, `title` its plain words.
    """

    id: str
    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    lead: str = ""
    note: tuple[Inline, ...] = ()
    facts: dict[str, object] = field(default_factory=dict, compare=False)
    remark: str = ""
    heading: tuple[Inline, ...] = ()
    """The title as it is printed; `title` is its plain words."""

    @property
    def legend(self) -> tuple[Mark, ...]:
        """The marks that stand in the table, in their order: what a legend explains, whoever writes it."""
        there = {cell.mark for row in self.rows for cell in row.cells}
        return tuple(mark for mark in MARKS if mark in there)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its kind says how it is drawn, its table holds what it shows."""

    id: str
    kind: str
    title: str
    table: Table
    caption: tuple[Inline, ...] = ()
    alt: str = ""
    lead: str = ""
    note: tuple[Inline, ...] = ()
    heading: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that groups what follows, with prose of the person."""

    id: str
    title: str
    heading: tuple[Inline, ...] = ()


Part = Table | Figure | Heading
