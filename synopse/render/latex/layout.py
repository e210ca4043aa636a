"""A `Table` in, how it stands on the page out: which way round, which columns together, how wide, upright or turned, which lines.

All widths are in millimetres, reckoned from the words with the fonts that print them (`measure.py`). The table's words are not
touched. A column is at least as wide as its widest word; where that asks for more than the page has, heads are turned, then
papers become rows, then the page is turned, then the table is split by columns with the first one repeated. A long cell becomes
several lines, so that the page can break between them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets
from synopse.markup.tree import Inline, Text
from synopse.markup.typography import held
from synopse.render.latex.rows import Line, is_names, lines_of, named
from synopse.render.measure import Runs, line, longest_word, runs, whole_words, widest_word, width
from synopse.render.page import GAP, LANDSCAPE, PORTRAIT
from synopse.synthesis.table import Cell, Column, Row, Table, words

TYPE, HEAD_TYPE, TURNED_TYPE = 10.0, 9.0, 8.0
"""The sizes in points of a table's words, its heads and its turned heads (`\\small`, `\\footnotesize`, `\\scriptsize`)."""
LINE = 4.75
"""The height of a line of a table: 12 pt, stretched by `\\arraystretch`."""
FINE, STEP = 1.5, 3.0
"""The steps of least widths, and of those that grow."""
SPARE = 0.4
"""What a width has over its words, so that a rounding breaks nothing."""
LEAST_MARK, LEAST_COUNT = 2.8, 4.0
MOST_MARK = 17.0
"""A column of marks grows to this where there is room."""
READABLE, READABLE_LABEL = 22.0, 22.0
"""A column whose cells are longer than that is at least so wide."""
MOST_WORD = 34.0
"""A longer word may break (`markup/breaks.py`)."""
WIDEST = 110.0
"""More than that no column takes of what is left."""
UPRIGHT_HEADS = 6
"""Up to so many papers their labels stand upright above their columns, where they fit; more are turned by 90°."""
TALLEST_HEAD = 44.0
"""A turned head that is longer has several lines."""
HIGH = 260.0
"""Higher than a page: of a higher table no more is reckoned."""
MOST_SHORT = 30.0
"""What is no wider than this, a date or most cells of a column, has one line where there is room."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column as it is set."""

    column: Column
    width: float
    align: str
    rotated: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a table that is set as one: `number` of `of`, which holds the columns `holds`.

    `width` is that of all its columns, `tall` how high its turned heads are.
    """

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    landscape: bool
    rotated: bool
    number: int
    of: int
    holds: str = ""
    width: float = PORTRAIT
    tall: float = TALLEST_HEAD
    height: float = 0.0
    """About how high it is, as one piece; `HIGH` or a little more where it is higher."""


def lay_out(table: Table, said: Catalogue, cited: Cited = key_in_brackets) -> list[Sheet]:
    """The sheets of a table, first to last."""
    laid, groups, landscape = _chosen(table, said, cited)
    table = laid.table
    sheets = []
    for number, group in enumerate(groups, 1):
        heads = laid.heads(group, LANDSCAPE if landscape else PORTRAIT)
        lines = [each for row in table.rows for each in lines_of(row, group, said)]
        turned = [width(head.column.title, TURNED_TYPE, "head") for head in heads if head.rotated]
        tall = round(min(TALLEST_HEAD, max(turned, default=0.0) + 1.0), 1)
        whole = round(sum(head.width for head in heads) + GAP * (len(heads) - 1), 2)
        holds = _holds(table, group) if len(groups) > 1 else ""
        rotated = bool(turned)
        height = laid.height(heads, lines) + (tall if rotated else 0.0)
        sheets.append(
            Sheet(tuple(heads), tuple(lines), landscape, rotated, number, len(groups), holds, whole, tall, height)
        )
    return sheets


def _holds(table: Table, group: list[int]) -> str:
    """The first and the last of the columns that a part holds beside the one that is repeated and the totals."""
    own = [table.columns[index].title for index in group[1:] if not _is_count(table.columns[index])]
    return own[0] if len(own) == 1 else f"{own[0]} – {own[-1]}" if own else ""


def _is_count(column: Column) -> bool:
    return column.role == "count" and not column.paper


def _is_mark(column: Column) -> bool:
    return column.role == "mark" or bool(column.paper)


def _chosen(table: Table, said: Catalogue, cited: Cited) -> tuple[_Laid, list[list[int]], bool]:
    """How the table is set: its columns as they are measured, those of each sheet, and whether the sheets are turned."""
    measured = _Measured(table, said, cited)
    marks = sum(map(_is_mark, table.columns))
    turns = ((False, False), (True, False), (True, True))[1 if marks > UPRIGHT_HEADS else 0 :]
    ways = [_Laid(measured, *turned) for turned in turns]
    other = []
    if marks > UPRIGHT_HEADS and any(cell.mark for row in table.rows for cell in row.cells):
        other = [_Laid(_Measured(transposed(table, said), said, cited), True, False)]
    for landscape, room in ((False, PORTRAIT), (True, LANDSCAPE)):
        for way in (*ways, *other):
            indices = list(range(len(way.table.columns)))
            if way.least(indices) <= room:
                return way, [indices], landscape
    split = [(way, way.split()) for way in (ways[-1 if marks else 0], *other)]
    way, groups = min(split, key=lambda each: len(each[1]))
    return way, groups, True


def transposed(table: Table, said: Catalogue) -> Table:
    """A table of marks the other way round: a row a paper, a column what was a row; totals change places."""
    own, totals = ([row for row in table.rows if row.total is total] for total in (False, True))
    columns = [Column(said["column.paper"], "label")]
    columns += [Column(row.cells[0].text, "mark", f"row {number}") for number, row in enumerate(own)]
    columns += [Column(row.cells[0].text, "count") for row in totals]
    rows = []
    for index, column in enumerate(table.columns[1:], 1):
        cells = [row.cells[index] for row in (*own, *totals)]
        link = next((cell.link for cell in cells if cell.link), "") if column.paper else ""
        rows.append(Row((words(column.title, link=link), *cells), total=not column.paper))
    return replace(table, columns=tuple(columns), rows=tuple(sorted(rows, key=lambda row: row.total)))


class _Measured:
    """A table with the widths of what its cells print: the same however its heads stand, so they are measured once."""

    def __init__(self, table: Table, said: Catalogue, cited: Cited) -> None:
        self.table, self.said, self.cited = table, said, cited
        self._lines: dict[int, list[Runs]] = {}
        self._widths: dict[int, list[float]] = {}
        self._words: dict[int, float] = {}

    def lines(self, index: int) -> list[Runs]:
        """What a column prints, a paragraph at a time."""
        if index not in self._lines:
            cells = (row.cells[index] for row in self.table.rows)
            self._lines[index] = [runs(part, self.said, self.cited) for cell in cells for part in self._parts(cell)]
        return self._lines[index]

    def widths(self, index: int) -> list[float]:
        """The width of each paragraph of a column on one line."""
        if index not in self._widths:
            self._widths[index] = [line(each, TYPE) for each in self.lines(index)]
        return self._widths[index]

    def words(self, index: int) -> float:
        """The width of a column's widest word, up to the most that a column is made wide for."""
        if index not in self._words:
            self._words[index] = min(MOST_WORD, widest_word(self.lines(index), TYPE))
        return self._words[index]

    def _parts(self, cell: Cell) -> Iterator[tuple[Inline, ...]]:
        """What a cell prints, a paragraph at a time."""
        if cell.mark:
            return
        if cell.number is None:
            yield from named(cell) if is_names(cell) else cell.parts
            return
        yield (Text(cell.number_said(self.said)),)


class _Laid:
    """A table with the width that each column needs at least, and that it would take; heads upright or turned."""

    def __init__(self, measured: _Measured, marks: bool, narrow: bool) -> None:
        self.measured, self.table, self.said, self.cited = measured, measured.table, measured.said, measured.cited
        table = self.table
        self.turned = [
            (marks and _is_mark(column)) or (narrow and not _is_mark(column) and column.role in ("count", "number", "short"))
            for column in table.columns
        ]  # fmt: skip
        needs = [self._need(index) for index in range(len(table.columns))]
        for index, column in enumerate(table.columns):
            if self.turned[index] and not _is_mark(column):  # a head is turned where that makes its column narrower
                self.turned[index] = False
                upright = self._need(index)
                self.turned[index] = upright[0] > needs[index][0]
                needs[index] = needs[index] if self.turned[index] else upright
        self.needs = [least for least, _, _ in needs]
        self.wishes = [wish for _, wish, _ in needs]
        self.areas = [area for _, _, area in needs]

    @cached_property
    def whole(self) -> list[float]:
        """The width of each column at which its words stay whole; asked only of the way in which the table is set."""
        return [self._whole(index) for index in range(len(self.table.columns))]

    def least(self, group: list[int]) -> float:
        """The least width at which the columns can be set."""
        return sum(self.needs[index] for index in group) + GAP * (len(group) - 1)

    def split(self) -> list[list[int]]:
        """The columns of each sheet of a turned page: the first one is repeated, counts stand on the last."""
        columns, indices = self.table.columns, range(1, len(self.table.columns))
        tail = [index for index in indices if _is_count(columns[index])]
        groups: list[list[int]] = []
        current = [0]
        for index in indices:
            if index in tail:
                continue
            if len(current) > 1 and self.least([*current, index, *tail]) > LANDSCAPE:
                groups.append(current)
                current = [0]
            current.append(index)
        return [*groups, current + tail]

    def _need(self, index: int) -> tuple[float, float, float]:
        """The least width of a column, the width at which nothing in it breaks, and the room that its words take in all."""
        column = self.table.columns[index]
        head = ((held(column.title), "head"),)
        widths = self.measured.widths(index)
        natural = min(WIDEST, max(widths, default=0.0))
        if _is_mark(column) or column.role in ("count", "number", "short"):
            unbroken = natural if column.role != "short" else self.measured.words(index)
            least = max(LEAST_MARK if _is_mark(column) else LEAST_COUNT, unbroken)
            wish = max(least, natural)
        else:
            readable = READABLE_LABEL if index == 0 else READABLE
            least = max(self.measured.words(index), min(natural, readable))
            wish = max(least, natural)
        if not self.turned[index]:
            word = min(MOST_WORD, longest_word(head, HEAD_TYPE))
            least = max(least, word)
            wish = max(wish, least, min(line(head, HEAD_TYPE), 2.5 * word) if not _is_mark(column) else MOST_MARK)
        return _spared(least, FINE), _spared(max(wish, least), STEP), max(10.0, sum(widths))

    def _whole(self, index: int) -> float:
        """The width at which no word of a column ends behind a hyphen, nothing short, such as a date, in its middle, and most cells have
        one line."""
        column = self.table.columns[index]
        lines = self.measured.lines(index)
        wide = whole_words(lines, TYPE)
        whole = sorted(self.measured.widths(index)) or [0.0]
        one_line = whole[-1] if column.role == "short" else whole[len(whole) * 3 // 4]
        wide = max(wide, one_line) if one_line <= MOST_SHORT else wide
        if not self.turned[index]:
            wide = max(wide, whole_words([((held(column.title), "head"),)], HEAD_TYPE))
        return max(self.needs[index], min(self.wishes[index], MOST_WORD, _spared(wide, FINE)))

    def heads(self, group: list[int], room: float) -> list[Head]:
        """The columns as they are set in `room`: what their words need, and of what is left as much as they have use for."""
        widths = {index: self.needs[index] for index in group}
        left = room - self.least(group)
        roles = {index: self.table.columns[index].role for index in group}
        for index in sorted(group, key=lambda index: (roles[index] != "short", self.whole[index] - self.needs[index])):
            if self.whole[index] - self.needs[index] <= left:
                left -= self.whole[index] - self.needs[index]
                widths[index] = self.whole[index]
        base = dict(widths)
        growing = [index for index in group if self.wishes[index] > widths[index]]
        while growing and left > 0.5:
            weights = {index: self.areas[index] ** 0.5 for index in growing}
            step = left / sum(weights.values())
            for index in growing:
                taken = min(weights[index] * step, self.wishes[index] - widths[index])
                widths[index] += taken
                left -= taken
            growing = [index for index in growing if self.wishes[index] - widths[index] > 0.05]
        columns = self.table.columns
        stepped = {index: self._stepped(index, widths[index], base[index]) for index in group}
        worded = [index for index in growing if not _is_mark(columns[index])]
        if worded:  # what the steps leave goes to the column that has most words
            widest = max(worded, key=lambda index: self.areas[index])
            stepped[widest] = round(stepped[widest] + room - sum(stepped.values()) - GAP * (len(group) - 1), 1)
        return [Head(columns[index], stepped[index], _alignment(columns[index]), self.turned[index]) for index in group]

    def _stepped(self, index: int, width: float, base: float) -> float:
        """A width in whole steps above the one that it grew from, so that an edit of a word seldom moves a column: longtable keeps the widths of a
        run for the next, which would be one pass more."""
        if width > self.wishes[index] - 0.05:
            return round(self.wishes[index], 1)
        return round(base + int((width - base) / STEP) * STEP, 1)

    def height(self, heads: list[Head], lines: list[Line]) -> float:
        """About how high lines are in these columns: each as high as the cell that has most lines of type."""
        total = 0.0
        for each in lines:
            rows = (
                sum(max(1, math.ceil(line(runs(piece.inlines, self.said, self.cited), TYPE) / head.width)) for piece in cell.pieces)
                for cell, head in zip(each.cells, heads, strict=True)
            )  # fmt: skip
            total += max(1, *rows) * LINE
            if total > HIGH:
                break
        return total + 2 * LINE


def _spared(least: float, step: float) -> float:
    """A width with what it has over its words, in whole steps."""
    return math.ceil((least + SPARE) / step) * step


def _alignment(column: Column) -> str:
    if _is_mark(column):
        return "centering"
    return "raggedleft" if column.role in ("count", "number") else "raggedright"
