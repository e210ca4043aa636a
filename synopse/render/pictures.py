"""A `Figure` in, the shapes that a template draws out: positions in millimetres, shades in percent. No LaTeX here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from synopse.locale import Catalogue
from synopse.render.latex.page import PORTRAIT
from synopse.synthesis.table import Cell, Figure

TALLEST = 175.0
NARROWEST_CELL = 1.6
"""A narrower cell of a heat map has no frame, and its column no head: neither could be read."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Something to draw at `x`, `y`: `kind` is the template's word for it; `w`, `h` its size; `shade` its darkness."""

    kind: str
    x: float
    y: float
    w: float = 0.0
    h: float = 0.0
    text: str = ""
    shade: int = 0
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure's shapes; `size` is the type size in points, `scale` brings a tall picture onto the page."""

    id: str
    shapes: tuple[Shape, ...]
    size: float
    scale: float = 1.0


def draw(figure: Figure, words: Catalogue) -> Picture:
    """The picture of a figure."""
    drawers = {"timeline": _timeline, "heatmap": _heatmap, "bars": _bars, "bubbles": _bubbles, "prisma": _prisma}
    shapes, size = drawers[figure.kind](figure, words)
    heads = max((len(s.text) * size * 0.18 for s in shapes if s.kind == "head-turned"), default=0.0)
    height = heads - min((s.y for s in shapes), default=0.0)
    return Picture(figure.id, tuple(shapes), size, round(min(1.0, TALLEST / max(height, 1.0)), 3))


def _row_height(count: int) -> float:
    return max(2.4, min(6.0, TALLEST / max(1, count)))


def _size(height: float) -> float:
    return max(4.0, min(9.0, height * 1.5))


def _timeline(figure: Figure, words: Catalogue) -> tuple[list[Shape], float]:
    """A row a date: a dot for a day, a bar for what lasts, an arrow where one end of it is open."""
    rows = [(row.cells[0].text, row.cells[1]) for row in figure.table.rows]
    dated = [(label, cell.date, _date_label(cell, words)) for label, cell in rows if cell.date]
    if not dated:
        return [], 9.0
    height = _row_height(len(dated))
    left = min(60.0, 8 + max(len(label) for label, _, _ in dated) * 1.75)
    reaches = [date.reach for _, date, _ in dated]
    first = min(start for start, _ in reaches) // 12 * 12
    last = max(-(-max(end for _, end in reaches) // 12) * 12, first + 12)
    scale = (PORTRAIT - left - 4) / (last - first)
    shapes = _calendar(first, last, left, scale, -height * len(dated))
    for place, (label, date, said) in enumerate(dated):
        y = -height * (place + 0.5)
        start, end = (left + (month - first) * scale for month in date.reach)
        shapes.append(Shape("label", left - 2, y, text=label))
        shapes.append(Shape("thread", left, y, start))
        if date.open:
            tip = left + (last - first) * scale if date.open == "from" else left
            shapes.append(Shape("arrow", start if date.open == "from" else end, y, tip, y))
        elif end > start:
            shapes.append(Shape("bar", start, y, end - start, 1.4))
        else:
            shapes.append(Shape("dot", start, y, 1.1))
        if end + 2 > PORTRAIT - 26:
            shapes.append(Shape("when-left", start - 2, y, text=said))
        else:
            kind = "when-over" if date.open == "from" else "when"
            shapes.append(Shape(kind, end + 2, y, text=said))
    return shapes, _size(height)


def _date_label(cell: Cell, words: Catalogue) -> str:
    """What stands beside a date: the cell's own words, or the date's where the cell holds ISO's form."""
    return words.date(cell.date) if cell.date and cell.text == cell.date.iso else cell.text


def _calendar(first: float, last: float, left: float, scale: float, bottom: float) -> list[Shape]:
    """The lines and names of the years, and the ticks of the months where there are few years."""
    shapes: list[Shape] = []
    years = int((last - first) / 12)
    step = max(1, -(-years // 12))
    for year in range(years + 1):
        x = left + year * 12 * scale
        shapes.append(Shape("gridline", x, 2.0, 0, bottom - 2.0))
        if year < years and year % step == 0:
            shapes.append(Shape("axis", x + 6 * scale, bottom - 4.5, text=str(int(first / 12) + year)))
    if years <= 3:
        for month in range(int(last - first)):
            shapes.append(Shape("tick", left + month * scale, bottom, 0, -1.0))
    return shapes


def _heatmap(figure: Figure, words: Catalogue) -> tuple[list[Shape], float]:
    table = figure.table
    columns, rows = table.columns[1:], table.rows
    if not rows or not columns:
        return [], 9.0
    left = min(70.0, 6 + max(len(row.cells[0].text) for row in rows) * 1.55)
    width = min(22.0, (PORTRAIT - left) / len(columns))
    height = min(_row_height(len(rows) + 6), 7.0)
    size = _size(min(height, width * 1.4 if len(columns) > 8 else height))
    most = max((int(cell.number or 0) for row in rows for cell in row.cells[1:]), default=1) or 1
    dense = width < NARROWEST_CELL
    kind = "head-turned" if len(columns) > 6 else "head"
    shapes = [
        Shape(kind, left + (place + 0.5) * width, 1.5, width, text=column.title)
        for place, column in enumerate(columns)
        if not dense
    ]
    for line, row in enumerate(rows):
        y = -height * (line + 1)
        shapes.append(Shape("label", left - 2, y + height / 2, text=row.cells[0].text))
        for place, cell in enumerate(row.cells[1:]):
            count = int(cell.number or 0)
            shade = round(12 + 88 * count / most) if count else 0
            text = words.number(count) if count and width > 3 else ""
            if not dense:
                shapes.append(Shape("cell", left + place * width, y, width, height, text, shade, shade > 55))
            elif count:
                shapes.append(Shape("shade", left + place * width, y, width, height, "", shade))
    return shapes, size


def _bars(figure: Figure, words: Catalogue) -> tuple[list[Shape], float]:
    rows = figure.table.rows
    if not rows:
        return [], 9.0
    left = min(70.0, 6 + max(len(row.cells[0].text) for row in rows) * 1.65)
    height = _row_height(len(rows))
    most = max(int(row.cells[1].number or 0) for row in rows) or 1
    scale = (PORTRAIT - left - 12) / most
    shapes = []
    for line, row in enumerate(rows):
        y, count = -height * (line + 0.5), int(row.cells[1].number or 0)
        shapes.append(Shape("label", left - 2, y, text=row.cells[0].text))
        shapes.append(Shape("bar", left, y, max(0.3, count * scale), height * 0.6))
        shapes.append(Shape("when", left + count * scale + 1.5, y, text=words.number(count)))
    return shapes, _size(height)


def _bubbles(figure: Figure, words: Catalogue) -> tuple[list[Shape], float]:
    table = figure.table
    places = [place for place, column in enumerate(table.columns) if column.paper]
    columns, rows = [table.columns[place] for place in places], table.rows
    if not rows or not columns:
        return [], 9.0
    left = min(60.0, 6 + max(len(row.cells[0].text) for row in rows) * 1.55)
    width = min(18.0, (PORTRAIT - left) / len(columns))
    height = min(10.0, TALLEST / (len(rows) + 6), max(width, 4.0))
    most = max((int(row.cells[place].number or 0) for row in rows for place in places), default=1) or 1
    widest = min(width, height) * 0.44
    shapes = [
        Shape("head-turned", left + (place + 0.5) * width, 1.5, width, text=column.title)
        for place, column in enumerate(columns)
    ]
    for line, row in enumerate(rows):
        y = -height * (line + 0.5)
        shapes.append(Shape("label", left - 2, y, text=row.cells[0].text))
        shapes.append(Shape("thread", left, y, left + width * len(columns)))
        for place, cell in enumerate(row.cells[at] for at in places):
            x, count = left + (place + 0.5) * width, int(cell.number or 0)
            if count:
                radius = widest * math.sqrt(count / most)
                inside = words.number(count) if radius > 1.6 else ""
                shapes.append(Shape("bubble", x, y, radius, text=inside))
            else:
                shapes.append(Shape("gap", x, y, 0.5))
    return shapes, _size(min(height, 6.0))


_GOES_ON = ("identified", "screened", "sought", "assessed", "included")
_IS_OUT = ("removed", "excluded", "not-retrieved", "reason")
"""The rows of the flow by name: what goes on stands in the boxes at the left, what is taken out at the right of it."""


def _prisma(figure: Figure, words: Catalogue) -> tuple[list[Shape], float]:
    """Boxes down the left for what goes on, down the right for what is taken out, as in the diagram's template."""
    main: list[list[str]] = [[], [], [], [], []]
    side: list[list[str]] = [[], [], [], []]
    for row in figure.table.rows:
        boxes, level = (main, _GOES_ON.index(row.name)) if row.name in _GOES_ON else (side, _IS_OUT.index(row.name))
        boxes[level].append(f"{row.cells[0].text} (n = {words.number(int(row.cells[1].number or 0))})")
    shapes: list[Shape] = []
    y, left, right, box = 0.0, 12.0, 92.0, 62.0
    stages = (("identification", 0, 0), ("screening", 1, 3), ("included", 4, 4))
    tops: list[tuple[float, float]] = []
    for level in range(5):
        lines = max(len(main[level]), len(side[level]) if level < 4 else 0, 1)
        height = 7.0 + 4.6 * _wrapped(main[level], side[level] if level < 4 else [], lines)
        tops.append((y, height))
        shapes.append(Shape("box", left, y, box, height, "\n".join(main[level])))
        if level < 4 and side[level]:
            shapes.append(Shape("box", right, y, box, height, "\n".join(side[level])))
            shapes.append(Shape("arrow", left + box, y - height / 2, right, y - height / 2))
        if level:
            above, tall = tops[level - 1]
            shapes.append(Shape("arrow", left + box / 2, above - tall, left + box / 2, y))
        y -= height + 8.0
    for name, start, end in stages:
        top, bottom = tops[start][0], tops[end][0] - tops[end][1]
        shapes.append(Shape("stage", 0.0, top, 7.0, top - bottom, words[f"prisma.stage.{name}"]))
    return shapes, 9.0


def _wrapped(left: list[str], right: list[str], least: int) -> int:
    """How many lines of type the fuller of two boxes takes, at about forty characters a line."""
    return max(sum(-(-len(text) // 38) for text in texts) for texts in (left, right, ["x"] * least))
