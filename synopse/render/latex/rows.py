"""A row of a `Table` in, the lines in which it is set out: a long cell becomes several, so that the page can break between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synopse.diagnostics import Span
from synopse.locale import Catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Link, Text
from synopse.synthesis.table import Cell, Mark, Row

LONGEST_PART = 500
"""A part of a cell longer than so many characters is cut at a sentence, so that its row never outgrows a page."""
LONG_ROW = 900
"""A row of which one cell alone has parts, of more characters than that, has a line a part: pages fill to their foot."""
NAMES = 1000
"""So many characters of names stand in one line of a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a cell, with the place that they come from."""

    inlines: tuple[Inline, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a line shows in one column: paragraphs or a mark, and where a click leads."""

    pieces: tuple[Piece, ...] = ()
    mark: Mark = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a row; a row has several where its words are many."""

    cells: tuple[Shown, ...]
    first: bool
    total: bool


def lines_of(row: Row, group: list[int], said: Catalogue) -> list[Line]:
    """The lines of a row in the columns of one sheet."""
    parted = [row.cells[index] for index in group if len(row.cells[index].parts) > 1]
    alone = len(parted) == 1 and sum(len(plain(part)) for part in parted[0].parts) > LONG_ROW
    columns = [_shown(row.cells[index], said, 0 if alone else LONGEST_PART) for index in group]
    height = max(1, *(len(column) for column in columns))
    return [
        Line(tuple(column[level] if level < len(column) else Shown() for column in columns), level == 0, row.total)
        for level in range(height)
    ]


def is_names(cell: Cell) -> bool:
    """Whether a cell holds names of papers alone, which stand one after the other."""
    return len(cell.parts) > 1 and all(len(part) == 1 and isinstance(part[0], Link) for part in cell.parts)


def named(cell: Cell) -> Iterator[tuple[Inline, ...]]:
    """Names one after the other, in runs of about `NAMES` characters; no line ends within a name."""
    run: list[Inline] = []
    size = 0
    for place, part in enumerate(cell.parts, 1):
        name = plain(part)
        (link,) = part
        assert isinstance(link, Link)
        run.append(Link(link.target, (Text(name.replace(" ", "\u00a0")),)))
        size += len(name) + 2
        if place < len(cell.parts):
            run.append(Text(", "))
        if size > NAMES or place == len(cell.parts):
            yield tuple(run)
            run, size = [], 0


def _shown(cell: Cell, said: Catalogue, longest: int) -> list[Shown]:
    """What a cell shows, in as many lines as keep each below `longest` characters, or with one part."""
    span = cell.spans[0] if cell.spans else None
    if cell.mark:
        return [Shown(mark=cell.mark, link=cell.link)]
    if cell.number is not None:
        return [Shown((Piece((Text(cell.number_said(said)),), span),), link=cell.link)]
    if is_names(cell):
        return [Shown((Piece(run, span),), link=cell.link) for run in named(cell)]
    one_each = len(cell.spans) == len(cell.parts)
    pieces = [
        Piece(piece, cell.spans[place] if one_each else span)
        for place, part in enumerate(cell.parts)
        for piece in _pieces(part)
    ]
    lines: list[list[Piece]] = []
    room = 0
    for piece in pieces:
        length = len(plain(piece.inlines))
        if not lines or room + length > longest:
            lines.append([])
            room = 0
        lines[-1].append(piece)
        room += length
    return [Shown(tuple(line), link=cell.link) for line in lines]


def _pieces(part: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """A part cut at the ends of sentences where it is too long for one line of a table."""
    if len(plain(part)) <= LONGEST_PART:
        return [part]
    pieces: list[list[Inline]] = [[]]
    size = 0
    for inline in part:
        if not isinstance(inline, Text):
            pieces[-1].append(inline)
            size += len(plain((inline,)))
            continue
        text = inline.text
        while size + len(text) > LONGEST_PART:
            cut = text.rfind(". ", 0, max(1, LONGEST_PART - size)) + 1
            cut = cut or text.rfind(" ", 0, max(1, LONGEST_PART - size)) or min(len(text), LONGEST_PART)
            cut = cut if cut > 0 else min(len(text), LONGEST_PART)
            pieces[-1].append(Text(text[:cut]))
            pieces.append([])
            text, size = text[cut:].lstrip(), 0
            if not text:
                break
        pieces[-1].append(Text(text))
        size += len(text)
    return [tuple(piece) for piece in pieces if piece]
