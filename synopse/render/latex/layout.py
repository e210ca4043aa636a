"""A `Table` in, how it stands on the page out: which columns together, how wide, upright or turned, which lines.

All widths are in millimetres. The table's words are not touched: a table too wide is turned, then split by columns
with the first one repeated; a long cell becomes several lines, so that the page can break between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from synopse.diagnostics import Span
from synopse.locale import Catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Text
from synopse.render.latex.page import GAP, LANDSCAPE, PORTRAIT
from synopse.synthesis.table import Cell, Column, Mark, Row, Table

FIXED = {"short": 24.0, "number": 16.0}
WIDEST_NUMBER = 40.0
ROTATED_MARK, UPRIGHT_MARK, NARROW_MARK = 4.2, 17.0, 13.5
NARROWEST_TEXT = 27.0
STEPS = 8
"""Columns of text share the room in so many steps, so that an edit of a word does not move them."""
UPRIGHT_HEADS = 6
"""Up to so many papers their labels stand upright above their columns; more are turned by 90°."""
LONGEST_PART = 900
"""A part of a cell longer than so many characters is cut at a sentence, so that its row never outgrows a page."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column as it is set."""

    column: Column
    width: float
    align: str
    rotated: bool


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a table that is set as one: `number` of `of`."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    landscape: bool
    rotated: bool
    number: int
    of: int


def lay_out(table: Table, words: Catalogue) -> list[Sheet]:
    """The sheets of a table, first to last."""
    groups, landscape = _groups(table)
    rotated = sum(column.role == "mark" or bool(column.paper) for column in table.columns) > UPRIGHT_HEADS
    sheets = []
    for number, group in enumerate(groups, 1):
        heads = _heads(table, group, landscape, rotated)
        lines = [line for row in table.rows for line in _lines(row, group, words)]
        sheets.append(Sheet(tuple(heads), tuple(lines), landscape, rotated, number, len(groups)))
    return sheets


def _narrow(table: Table, index: int, rotated: bool) -> float | None:
    """The width of a column that does not grow; nothing for one that takes what is left."""
    column = table.columns[index]
    if column.role == "mark" or column.paper:
        return ROTATED_MARK if rotated else NARROW_MARK
    if column.role == "count":
        return min(18.0, max(11.0, 1.0 + 1.75 * len(column.title)))
    if column.role == "number":
        longest = max((_unbroken(row.cells[index]) for row in table.rows), default=0)
        return min(WIDEST_NUMBER, max(FIXED["number"], 1.0 + 1.75 * longest))
    return FIXED.get(column.role)


def _unbroken(cell: Cell) -> int:
    """How many characters of a cell of numbers stand on one line at least; groups of digits count as one more each."""
    if cell.number is None:
        return max(map(len, re.split(r"[ \n-]", cell.text)), default=0)
    digits = len(cell.text or format(Decimal(cell.number), "f"))
    return digits + digits // 4 + (1 + len(cell.unit) if cell.unit else 0)


def _groups(table: Table) -> tuple[list[list[int]], bool]:
    """The columns of each sheet, and whether the sheets are turned."""
    indices = list(range(len(table.columns)))
    rotated = sum(column.role == "mark" or bool(column.paper) for column in table.columns) > UPRIGHT_HEADS
    for landscape, width in ((False, PORTRAIT), (True, LANDSCAPE)):
        if _least(table, indices, rotated) <= width:
            return [indices], landscape
    first, rest = indices[0], indices[1:]
    tail = [index for index in rest if not table.columns[index].paper and table.columns[index].role == "count"]
    body = [index for index in rest if index not in tail]
    groups: list[list[int]] = []
    current = [first]
    for index in body:
        if len(current) > 1 and _least(table, [*current, index, *tail], rotated) > LANDSCAPE:
            groups.append(current)
            current = [first]
        current.append(index)
    groups.append(current + tail)
    return groups, True


def _least(table: Table, group: list[int], rotated: bool) -> float:
    """The least width at which the columns can be set."""
    total = 0.0
    for position, index in enumerate(group):
        narrow = _narrow(table, index, rotated)
        total += GAP + (narrow if narrow is not None else _label(table) if position == 0 else NARROWEST_TEXT)
    return total - GAP


def _label(table: Table) -> float:
    """The width of the first column: for marks as wide as its words ask for, else narrow."""
    longest = max((len(row.cells[0].text) for row in table.rows), default=10)
    marks = any(column.paper for column in table.columns)
    return min(42.0, max(30.0, longest * 1.55)) if marks else min(34.0, max(24.0, longest * 1.6))


def _heads(table: Table, group: list[int], landscape: bool, rotated: bool) -> list[Head]:
    available = LANDSCAPE if landscape else PORTRAIT
    widths: dict[int, float] = {}
    texts: list[int] = []
    for position, index in enumerate(group):
        narrow = _narrow(table, index, rotated)
        if narrow is not None:
            widths[index] = narrow
        elif position == 0:
            widths[index] = _label(table)
        else:
            texts.append(index)
    rest = available - sum(widths.values()) - GAP * (len(group) - 1)
    weights = {index: _weight(table, index) for index in texts}
    room = rest - NARROWEST_TEXT * 0.8 * len(texts)
    for index in texts:
        share = round(STEPS * weights[index] / sum(weights.values())) / STEPS
        widths[index] = NARROWEST_TEXT * 0.8 + room * share
    over = sum(widths.values()) + GAP * (len(group) - 1) - available
    if texts and over > 0:
        widths[max(texts, key=lambda index: widths[index])] -= over
    if not texts and not rotated:
        marks = [index for index in group[1:] if table.columns[index].role == "mark" or table.columns[index].paper]
        for index in marks:
            widths[index] += min(UPRIGHT_MARK - NARROW_MARK, max(0.0, rest) / len(marks))
        rest = available - sum(widths.values()) - GAP * (len(group) - 1)
        widths[group[0]] += min(16.0, max(0.0, rest))
    return [
        Head(
            table.columns[index],
            round(widths[index], 2),
            _alignment(table.columns[index]),
            rotated and bool(table.columns[index].paper),
        )
        for index in group
    ]


def _weight(table: Table, index: int) -> float:
    return float(max(10.0, sum(len(row.cells[index].text) for row in table.rows)) ** 0.6)


def _alignment(column: Column) -> str:
    if column.role == "mark" or column.paper:
        return "centering"
    return "raggedleft" if column.role in ("count", "number") else "raggedright"


def _lines(row: Row, group: list[int], words: Catalogue) -> list[Line]:
    columns = [_shown(row.cells[index], words) for index in group]
    height = max(1, *(len(column) for column in columns))
    return [
        Line(tuple(column[level] if level < len(column) else Shown() for column in columns), level == 0, row.total)
        for level in range(height)
    ]


def _shown(cell: Cell, words: Catalogue) -> list[Shown]:
    """What a cell shows, in as many lines as keep each below `LONGEST_PART` characters."""
    span = cell.spans[0] if cell.spans else None
    if cell.mark:
        return [Shown(mark=cell.mark, link=cell.link)]
    if cell.number is not None:
        said = cell.text or words.number(cell.number)
        text = said + (f"\u00a0{cell.unit}" if cell.unit else "")
        return [Shown((Piece((Text(text),), span),), link=cell.link)]
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
        if not lines or room + length > LONGEST_PART:
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
