"""A `Table` in, how it stands on the page out: which columns together, how wide, upright or turned, which lines.

All widths are in millimetres. The table's words are not touched: a table too wide is turned, then split by columns
with the first one repeated; a long cell becomes several lines, so that the page can break between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from synopse.diagnostics import Span
from synopse.locale import Catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Text
from synopse.synthesis.table import Cell, Column, Mark, Row, Table

PORTRAIT, LANDSCAPE = 157.0, 222.0
"""Widths of the text block upright and turned: A4 with KOMA-Script's DIV=12 (scrguide, § 2.2)."""
GAP = 3.0
"""Between two columns: twice `\\tabcolsep`."""
FIXED = {"count": 13.0, "short": 21.0, "number": 19.0}
ROTATED_MARK, UPRIGHT_MARK = 4.2, 16.0
NARROWEST_TEXT = 36.0
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
class Line:
    """A line of a row: for each column its text, number (as words) or mark, with the place that it comes from."""

    cells: tuple[tuple[tuple[Inline, ...], Mark, str, Span | None], ...]
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
    digits = _digits(table)
    for number, group in enumerate(groups, 1):
        heads = _heads(table, group, landscape, rotated)
        lines = [line for row in table.rows for line in _lines(row, group, digits, words)]
        sheets.append(Sheet(tuple(heads), tuple(lines), landscape, rotated, number, len(groups)))
    return sheets


def _narrow(column: Column, rotated: bool) -> float | None:
    """The width of a column that does not grow; nothing for one that takes what is left."""
    if column.role == "mark" or column.paper:
        return ROTATED_MARK if rotated else UPRIGHT_MARK
    return FIXED.get(column.role)


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
        column = table.columns[index]
        narrow = _narrow(column, rotated)
        total += GAP + (narrow if narrow is not None else _label(table) if position == 0 else NARROWEST_TEXT)
    return total - GAP


def _label(table: Table) -> float:
    """The width of the first column: for marks as wide as its words ask for, else narrow."""
    longest = max((len(row.cells[0].text) for row in table.rows), default=10)
    marks = any(column.paper for column in table.columns)
    return min(52.0, max(30.0, longest * 1.55)) if marks else min(34.0, max(24.0, longest * 1.6))


def _heads(table: Table, group: list[int], landscape: bool, rotated: bool) -> list[Head]:
    available = LANDSCAPE if landscape else PORTRAIT
    widths: dict[int, float] = {}
    texts: list[int] = []
    for position, index in enumerate(group):
        narrow = _narrow(table.columns[index], rotated)
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
        widths[index] = NARROWEST_TEXT * 0.8 + room * weights[index] / sum(weights.values())
    if not texts:
        stretch = min(rest, 60.0 - widths[group[0]]) if rest > 0 else 0.0
        widths[group[0]] += max(0.0, stretch)
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
    return max(10.0, sum(len(row.cells[index].text) for row in table.rows)) ** 0.6


def _alignment(column: Column) -> str:
    if column.role == "mark" or column.paper:
        return "centering"
    return "raggedleft" if column.role in ("count", "number") else "raggedright"


def _digits(table: Table) -> dict[int, int]:
    """The decimals that each column of numbers shows, so that its decimal signs stand below each other."""
    digits: dict[int, int] = {}
    for index, column in enumerate(table.columns):
        if column.role == "number":
            values = [row.cells[index].number for row in table.rows]
            digits[index] = max((_decimals(value) for value in values if value is not None), default=0)
    return digits


def _decimals(value: int | Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) else 0
    return min(4, max(0, -exponent)) if isinstance(exponent, int) else 0


def _lines(row: Row, group: list[int], digits: dict[int, int], words: Catalogue) -> list[Line]:
    columns = [_parts(row.cells[index], words, digits.get(index)) for index in group]
    height = max((len(parts) for parts in columns), default=1) or 1
    lines = []
    for level in range(height):
        cells = tuple(
            parts[level] if level < len(parts) else ((), "", "", None) for parts in columns
        )
        lines.append(Line(cells, level == 0, row.total))  # type: ignore[arg-type]
    return lines


def _parts(
    cell: Cell, words: Catalogue, digits: int | None
) -> list[tuple[tuple[Inline, ...], Mark, str, Span | None]]:
    span = cell.spans[0] if cell.spans else None
    if cell.mark:
        return [((), cell.mark, cell.link, span)]
    if cell.number is not None:
        shown = words.number(cell.number, digits) + (f"\u00a0{cell.unit}" if cell.unit else "")
        return [((Text(shown),), "", cell.link, span)]
    parts: list[tuple[tuple[Inline, ...], Mark, str, Span | None]] = []
    spans = iter(cell.spans)
    one_each = len(cell.spans) == len(cell.parts)
    for part in cell.parts:
        place = next(spans, span) if one_each else span
        parts += [(piece, "", cell.link, place) for piece in _pieces(part)]
    return parts


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
