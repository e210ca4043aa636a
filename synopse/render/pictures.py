"""A `Figure` in, the shapes that a writer draws out: positions in millimetres, shades in percent. No LaTeX here.

No type is smaller than `SMALLEST`: where that asks for more than a page, a picture becomes several, a timeline counts by year or
month, and a heat map of hundreds of papers shows its shades alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from synopse.locale import Catalogue
from synopse.locale.dates import PartialDate
from synopse.render.measure import width as width_of
from synopse.render.page import PORTRAIT
from synopse.render.prisma import flow
from synopse.render.shapes import SMALLEST, Picture, Shape, line_height, wrapped
from synopse.synthesis.table import Cell, Column, Figure, Row

__all__ = ["Picture", "Shape", "draw"]

TALLEST = 175.0
ROW = line_height(SMALLEST) + 0.2
"""The least height of a row of type."""
WIDEST_LABEL = 66.0
"""A longer label has several lines."""
MOST_BLOCKS = 6
"""A heat map that would be split into more shows its shades alone, as wide as the page, without heads."""


def draw(figure: Figure, words: Catalogue) -> list[Picture]:
    """The pictures of a figure, one or several, each of which fits on a page."""
    drawers: dict[str, Callable[[Figure, Catalogue], list[tuple[list[Shape], float]]]] = {
        "timeline": _timeline, "heatmap": _heatmap, "bars": _bars, "bubbles": _bubbles, "prisma": _prisma,
    }  # fmt: skip
    made = [(shapes, size) for shapes, size in drawers[figure.kind](figure, words) if shapes] or [([], 9.0)]
    return [
        Picture(figure.id if number == 1 else f"{figure.id}_{number}", tuple(shapes), size)
        for number, (shapes, size) in enumerate(made, 1)
    ]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Labelled rows from the top: the lines of each label, the height of each row, and where the labels end."""

    labels: list[list[str]]
    heights: list[float]
    left: float
    size: float

    def shapes(self, place: int, middle: float, rows: tuple[int, ...] = ()) -> list[Shape]:
        """The label of a row around its middle; `rows` where it stands for rows of the table."""
        lines, step = self.labels[place], line_height(self.size)
        top = middle + step * (len(lines) - 1) / 2
        return [
            Shape("label", self.left - 2, top - step * number, text=text, rows=rows)
            for number, text in enumerate(lines)
        ]


def _lines(labels: Iterable[str], height: float, size: float, widest: float = WIDEST_LABEL) -> _Lines:
    """Labels in rows of at least `height`."""
    each = [wrapped(label, size, widest) for label in labels]
    left = max((width_of(text, size, "picture") for lines in each for text in lines), default=0.0) + 4
    heights = [max(height, line_height(size) * len(lines) + 0.4) for lines in each]
    return _Lines(each, heights, left, size)


def _size(height: float) -> float:
    """The type size in points that a row of this height in millimetres takes."""
    return round(max(SMALLEST, min(9.0, height * 1.5)), 1)


def _height(count: int) -> float:
    return max(ROW, min(6.0, TALLEST / max(1, count)))


def _pages(heights: list[float], head: float = 0.0) -> list[range]:
    """Rows in as many groups as fit on a page each."""
    groups, first, used = [], 0, head
    for place, height in enumerate(heights):
        if place > first and used + height > TALLEST + 0.01:
            groups.append(range(first, place))
            first, used = place, head
        used += height
    return [*groups, range(first, len(heights))] if heights else []


def _timeline(figure: Figure, words: Catalogue) -> list[tuple[list[Shape], float]]:
    """A row a date: a dot for a day, a bar for what lasts, an arrow where one end of it is open; crowds are counted."""
    rows = [(place, row.cells[0].text, row.cells[1]) for place, row in enumerate(figure.table.rows)]
    at = [place for place, _, cell in rows if cell.date]
    dated = [(label, cell.date, _date_label(cell, words)) for _, label, cell in rows if cell.date]
    if not dated:
        return []
    if len(dated) * ROW > TALLEST:
        return _counted([(date, place) for (_, date, _), place in zip(dated, at, strict=True)], words)
    height = _height(len(dated))
    size = _size(height)
    laid = _lines((label for label, _, _ in dated), height, size)
    left = laid.left
    reaches = [date.reach for _, date, _ in dated]
    first = min(start for start, _ in reaches) // 12 * 12
    last = max(-(-max(end for _, end in reaches) // 12) * 12, first + 12)
    scale = (PORTRAIT - left - 4) / (last - first)
    shapes = _calendar(first, last, left, scale, -sum(laid.heights), size)
    y = 0.0
    for place, (_, date, said) in enumerate(dated):
        middle = y - laid.heights[place] / 2
        y -= laid.heights[place]
        start, end = (left + (month - first) * scale for month in date.reach)
        of = (at[place],)
        shapes += laid.shapes(place, middle, of)
        shapes.append(Shape("thread", left, middle, start, rows=of))
        if date.open:
            tip = left + (last - first) * scale if date.open == "from" else left
            shapes.append(Shape("arrow", start if date.open == "from" else end, middle, tip, middle, rows=of))
        elif end > start:
            shapes.append(Shape("bar", start, middle, end - start, 1.4, rows=of))
        else:
            shapes.append(Shape("dot", start, middle, 1.1, rows=of))
        if end + 3 + width_of(said, size, "picture") > PORTRAIT:
            shapes.append(Shape("when-left", start - 2, middle, text=said, rows=of))
        else:
            kind = "when-over" if date.open == "from" else "when"
            shapes.append(Shape(kind, end + 2, middle, text=said, rows=of))
    return [(shapes, size)]


def _counted(dated: list[tuple[PartialDate, int]], words: Catalogue) -> list[tuple[list[Shape], float]]:
    """How many papers there are of each month, or of each year where they span more than three: a bar each."""
    years = range(min(date.year for date, _ in dated), max(date.year for date, _ in dated) + 1)
    found: dict[str, list[int]] = {}
    monthly = len(years) <= 3 and all(date.month for date, _ in dated)
    for date, place in dated:
        label = words.date(PartialDate(date.year, date.month)) if monthly else str(date.year)
        found.setdefault(label, []).append(place)
    if monthly:
        labels = [words.date(PartialDate(year, month)) for year in years for month in range(1, 13)]
        there = [place for place, label in enumerate(labels) if label in found]
        labels = labels[min(there) : max(there) + 1]
    else:
        labels = [str(year) for year in years]
        labels = labels if len(labels) <= TALLEST / ROW else [label for label in labels if label in found]
    rows = [(label, len(found.get(label, ())), tuple(found.get(label, ()))) for label in labels]
    return _barred(rows, 0, words)


def _date_label(cell: Cell, words: Catalogue) -> str:
    """What stands beside a date: the cell's own words, or the date's where the cell holds ISO's form."""
    return words.date(cell.date) if cell.date and cell.text == cell.date.iso else cell.text


def _calendar(first: float, last: float, left: float, scale: float, bottom: float, size: float) -> list[Shape]:
    """The lines and names of the years, as many as have room, and the ticks of the months where there are few years."""
    shapes: list[Shape] = []
    years = int((last - first) / 12)
    room = width_of("0000", size, "picture") + 2
    step = max(1, -(-years // 12), math.ceil(room / (12 * scale)))
    for year in range(years + 1):
        x = left + year * 12 * scale
        shapes.append(Shape("gridline", x, 2.0, 0, bottom - 2.0))
        if year < years and year % step == 0:
            shapes.append(Shape("axis", x + 6 * scale, bottom - 4.5, text=str(int(first / 12) + year)))
    if years <= 3:
        for month in range(int(last - first)):
            shapes.append(Shape("tick", left + month * scale, bottom, 0, -1.0))
    return shapes


def _heads(columns: tuple[Column, ...], left: float, width: float, size: float) -> tuple[list[Shape], float]:
    """The heads of columns above the line 0, upright where their words fit; and how high they are."""
    bold = [width_of(column.title, size, "picture") * 1.1 for column in columns]
    upright = len(columns) <= 6 and all(
        max(width_of(word, size, "picture") for word in column.title.split() or [""]) * 1.1 < width - 1 for column in columns
    )  # fmt: skip
    kind = "head" if upright else "head-turned"
    tall = max(bold, default=0.0)
    if upright:
        lines = max((len(wrapped(column.title, size * 1.1, width - 1)) for column in columns), default=1)
        tall = lines * line_height(size)
    shapes = [
        Shape(kind, left + (place + 0.5) * width, 1.5, width, text=column.title) for place, column in enumerate(columns)
    ]
    return shapes, tall + 3.0


def _moved(shapes: Iterable[Shape], down: float) -> list[Shape]:
    """Shapes further down; those that end at a point of their own are none of a grid."""
    return [replace(shape, y=shape.y - down) for shape in shapes]


def _heatmap(figure: Figure, words: Catalogue) -> list[tuple[list[Shape], float]]:
    """Cells in shades, of several blocks where the papers are many."""
    table = figure.table
    columns, rows = table.columns[1:], table.rows
    if not rows or not columns:
        return []
    most = max((int(cell.number or 0) for row in rows for cell in row.cells[1:]), default=1) or 1
    size = _size(min(_height(len(rows) + 6), 7.0))
    height = max(ROW, min(_height(len(rows) + 6), 7.0))
    laid = _lines((row.cells[0].text for row in rows), height, size)
    room = PORTRAIT - laid.left
    fit = max(1, int(room / (line_height(SMALLEST) + 0.3)))
    blocks = -(-len(columns) // fit)
    if blocks > MOST_BLOCKS:
        return [(_shades(rows, columns, laid, room / len(columns), most), size)]
    per_block = -(-len(columns) // blocks)
    width = min(22.0, room / per_block)
    pages: list[tuple[list[Shape], float]] = []
    used = 0.0
    for first in range(0, len(columns), per_block):
        part = columns[first : first + per_block]
        heads, tall = _heads(part, laid.left, width, size)
        for group in _pages(laid.heights, tall):
            shapes = [*heads, *_cells(rows, group, laid, first, len(part), width, most, words)]
            depth = tall + sum(laid.heights[place] for place in group)
            if pages and used + depth + 4 <= TALLEST:
                pages[-1][0].extend(_moved(shapes, used + tall + 4))
                used += depth + 4
            else:
                pages.append((shapes, size))
                used = depth - tall
    return pages


def _cells(
    rows: tuple[Row, ...], group: range, laid: _Lines, first: int, count: int, width: float, most: int, words: Catalogue
) -> list[Shape]:
    shapes: list[Shape] = []
    y = 0.0
    for place in group:
        height = laid.heights[place]
        y -= height
        shapes += laid.shapes(place, y + height / 2)
        for number, cell in enumerate(rows[place].cells[1 + first : 1 + first + count]):
            value = int(cell.number or 0)
            shade = round(12 + 88 * value / most) if value else 0
            text = words.number(value) if value else ""
            said = text if width_of(text, laid.size, "picture") < width - 0.4 else ""
            x, column = laid.left + number * width, 1 + first + number
            shapes.append(Shape("cell", x, y, width, height, said, shade, shade > 55, (place,), column))
    return shapes


def _shades(rows: tuple[Row, ...], columns: tuple[Column, ...], laid: _Lines, width: float, most: int) -> list[Shape]:
    """The shades alone of very many papers."""
    shapes: list[Shape] = []
    y = 0.0
    for place, row in enumerate(rows):
        height = laid.heights[place]
        y -= height
        shapes += laid.shapes(place, y + height / 2)
        for number, cell in enumerate(row.cells[1:]):
            if cell.number:
                shade = round(12 + 88 * int(cell.number) / most)
                x = laid.left + number * width
                shapes.append(Shape("shade", x, y, width, height, "", shade, rows=(place,), column=1 + number))
    return shapes


def _bars(figure: Figure, words: Catalogue) -> list[tuple[list[Shape], float]]:
    rows = enumerate(figure.table.rows)
    return _barred([(row.cells[0].text, int(row.cells[1].number or 0), (place,)) for place, row in rows], 1, words)


def _barred(
    rows: list[tuple[str, int, tuple[int, ...]]], column: int, words: Catalogue
) -> list[tuple[list[Shape], float]]:
    """A bar a row, with its number and the rows of the table that it counts; several pictures of one scale where there are many."""
    if not rows:
        return []
    height = _height(len(rows))
    size = _size(height)
    laid = _lines((label for label, _, _ in rows), height, size)
    most = max(count for _, count, _ in rows) or 1
    scale = (PORTRAIT - laid.left - 4 - width_of(words.number(most), size, "picture")) / most
    pages = []
    for group in _pages(laid.heights):
        shapes, y = list[Shape](), 0.0
        for place in group:
            (_, count, of), middle = rows[place], y - laid.heights[place] / 2
            y -= laid.heights[place]
            shapes += laid.shapes(place, middle)
            long, thick = max(0.3, count * scale), min(4.0, height * 0.6)
            shapes.append(Shape("bar", laid.left, middle, long, thick, rows=of, column=column))
            said = words.number(count)
            shapes.append(Shape("when", laid.left + count * scale + 1.5, middle, text=said, rows=of, column=column))
        pages.append((shapes, size))
    return pages


def _bubbles(figure: Figure, words: Catalogue) -> list[tuple[list[Shape], float]]:
    """A circle where papers are, a small ring where none is; its area tells how many."""
    table = figure.table
    places = [place for place, column in enumerate(table.columns) if column.paper]
    columns, rows = tuple(table.columns[place] for place in places), table.rows
    if not rows or not columns:
        return []
    size = _size(6.0 if len(rows) < 25 else 5.0)
    laid = _lines((row.cells[0].text for row in rows), 5.0, size, 60.0)
    room = PORTRAIT - laid.left
    fit = max(1, int(room / 4.5))
    width = min(18.0, room / min(len(columns), fit))
    height = max(5.0, min(10.0, TALLEST / (len(rows) + 6), max(width, 5.0)))
    laid = _lines((row.cells[0].text for row in rows), height, size, 60.0)
    most = max((int(row.cells[place].number or 0) for row in rows for place in places), default=1) or 1
    widest = min(width, height) * 0.44
    pages: list[tuple[list[Shape], float]] = []
    for first in range(0, len(columns), fit):
        part = columns[first : first + fit]
        heads, tall = _heads(part, laid.left, width, size)
        for group in _pages(laid.heights, tall):
            shapes, y = list(heads), 0.0
            for place in group:
                middle = y - laid.heights[place] / 2
                y -= laid.heights[place]
                shapes += laid.shapes(place, middle)
                shapes.append(Shape("thread", laid.left, middle, laid.left + width * len(part)))
                for number in range(len(part)):
                    column = places[first + number]
                    count = int(rows[place].cells[column].number or 0)
                    bubble = _bubble(laid.left + (number + 0.5) * width, middle, count, widest, most, size, words)
                    shapes.append(replace(bubble, rows=(place,), column=column))
            pages.append((shapes, size))
    return pages


def _bubble(x: float, y: float, count: int, widest: float, most: int, size: float, words: Catalogue) -> Shape:
    if not count:
        return Shape("gap", x, y, 0.5)
    radius = widest * math.sqrt(count / most)
    text = words.number(count)
    fits = math.hypot(width_of(text, size, "picture"), line_height(size) * 0.7) < 2 * radius
    return Shape("bubble", x, y, radius, text=text if fits else "")


def _prisma(figure: Figure, words: Catalogue) -> list[tuple[list[Shape], float]]:
    return [flow(figure.table.rows, words)]
