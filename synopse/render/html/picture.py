"""The shapes of a picture in, SVG out. Positions are in millimetres, as in the shapes; colours are the page's own.

A shape that shows a cell of the figure's table says which places that cell counts (`data-s`), so that a script can count again.
"""

from __future__ import annotations

from synopse.diagnostics import Span
from synopse.render.html.table import counting, says
from synopse.render.html.text import HtmlWriter, escape, prose
from synopse.render.measure import POINT, width
from synopse.render.shapes import SMALLEST, Picture, Shape, line_height
from synopse.synthesis.table import Figure

MARGIN = 2.0


def picture_html(picture: Picture, figure: Figure, writer: HtmlWriter, name: str) -> str:
    """The picture, in the size that it has on paper, smaller where the page is."""
    boxes = [_extent(shape, picture.size) for shape in picture.shapes]
    if not boxes:
        return ""
    left, top = min(box[0] for box in boxes) - MARGIN, min(box[1] for box in boxes) - MARGIN
    right, bottom = max(box[2] for box in boxes) + MARGIN, max(box[3] for box in boxes) + MARGIN
    inside = "".join(_shape(shape, picture.size, figure, writer) for shape in picture.shapes)
    said = escape(figure.alt)
    return (
        f'<svg role="img" aria-label="{said}" viewBox="{_n(left)} {_n(top)} {_n(right - left)} {_n(bottom - top)}" '
        f'width="{_n((right - left) * 1.18)}mm" height="{_n((bottom - top) * 1.18)}mm" data-picture="{name}">'
        f'<g font-size="{_n(picture.size * POINT)}">{inside}</g></svg>'
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _extent(shape: Shape, size: float) -> tuple[float, float, float, float]:
    """How far a shape reaches: left, top, right, bottom, downwards as SVG counts."""
    x, y = shape.x, -shape.y
    words = width(shape.text, size, "picture") if "\n" not in shape.text else 0.0
    half = line_height(size) / 2
    match shape.kind:
        case "label" | "when-left":
            return x - words, y - half, x, y + half
        case "when" | "when-over":
            return x, y - half, x + words, y + half
        case "axis":
            return x - words / 2, y - 2 * half, x + words / 2, y + half
        case "head-turned":
            return x - half, y - words * 1.15, x + half, y
        case "head":
            return x - shape.w / 2, y - 3 * half, x + shape.w / 2, y
        case "thread" | "gridline" | "tick" | "arrow" | "line":
            end = (
                (shape.w, y)
                if shape.kind == "thread"
                else (x, -shape.h)
                if shape.kind == "gridline"
                else (x, y - shape.h)
            )
            end = (shape.w, -shape.h) if shape.kind in ("arrow", "line") else end
            return min(x, end[0]), min(y, end[1]), max(x, end[0]), max(y, end[1])
        case "bubble" | "gap" | "dot":
            return x - shape.w, y - shape.w, x + shape.w, y + shape.w
        case "bar":
            return x, y - shape.h / 2, x + shape.w, y + shape.h / 2
        case "box" | "banner" | "stage":
            return x, y, x + shape.w, y + shape.h
        case _:
            return x, y - shape.h, x + shape.w, y


def _shape(shape: Shape, size: float, figure: Figure, writer: HtmlWriter) -> str:
    x, y, text = _n(shape.x), _n(-shape.y), prose(shape.text, writer.words.lang)
    data = _data(shape, figure, writer)
    match shape.kind:
        case "label":
            return f'<text x="{x}" y="{y}" class="e mid"{data}>{text}</text>'
        case "when" | "when-over":
            return f'<text x="{x}" y="{y}" class="q mid"{data}>{text}</text>'
        case "when-left":
            return f'<text x="{x}" y="{y}" class="q e mid"{data}>{text}</text>'
        case "axis":
            return f'<text x="{x}" y="{y}" class="q a">{text}</text>'
        case "head":
            lines = text.split(" ")
            start = -shape.y - line_height(size) * (len(lines) - 1)
            rows = "".join(
                f'<tspan x="{x}" y="{_n(start + line_height(size) * n)}">{each}</tspan>' for n, each in enumerate(lines)
            )
            return f'<text class="b a"{data}>{rows}</text>'
        case "head-turned":
            return f'<text class="b mid" transform="translate({x} {y}) rotate(-90)"{data}>{text}</text>'
        case "gridline":
            return f'<path class="l" d="M{x} {y}V{_n(-shape.h)}"/>'
        case "tick":
            return f'<path class="l" d="M{x} {y}v{_n(-shape.h)}"/>'
        case "thread":
            return f'<path class="l dash" d="M{x} {y}H{_n(shape.w)}"{data}/>'
        case "arrow" | "line":
            head = ' marker-end="url(#arrow)"' if shape.kind == "arrow" else ""
            return f'<path class="w" d="M{x} {y}L{_n(shape.w)} {_n(-shape.h)}"{head}{data}/>'
        case "dot" | "gap":
            return f'<circle cx="{x}" cy="{y}" r="{_n(shape.w)}" class="{"f" if shape.kind == "dot" else "o"}"{data}/>'
        case "bar":
            return f'<rect x="{x}" y="{_n(-shape.y - shape.h / 2)}" width="{_n(shape.w)}" height="{_n(shape.h)}" class="f"{data}/>'
        case "bubble":
            inside = f'<text x="{x}" y="{y}" class="i a mid">{text}</text>' if text else ""
            return f'<g{data}><circle cx="{x}" cy="{y}" r="{_n(shape.w)}" class="f"/>{inside}</g>'
        case "cell" | "shade":
            frame = " k" if shape.kind == "cell" else ""
            fill = f' fill-opacity="{_n(shape.shade / 100)}"'
            middle = f'x="{_n(shape.x + shape.w / 2)}" y="{_n(-shape.y - shape.h / 2)}"'
            said = f'<text {middle} class="{"i" if shape.dark else ""} a mid">{text}</text>' if text else ""
            where = f'x="{x}" y="{_n(-shape.y - shape.h)}" width="{_n(shape.w)}" height="{_n(shape.h)}"'
            return f'<g{data}><rect {where} class="f{frame}"{fill}/>{said}</g>'
        case "box" | "banner":
            return _boxed(shape, size, writer.words.lang)
        case "stage":
            middle = f"translate({_n(shape.x + shape.w / 2)} {_n(-shape.y + shape.h / 2)}) rotate(-90)"
            return (
                f'<rect x="{x}" y="{y}" width="{_n(shape.w)}" height="{_n(shape.h)}" class="f"/>'
                f'<text class="i b a mid" font-size="{_n(SMALLEST * POINT)}" transform="{middle}"'
                f"{_as_wide(shape.text, SMALLEST, 'head')}>{text}</text>"
            )
    return ""


def _as_wide(text: str, size: float, face: str) -> str:
    """Holds words to the width that was reckoned for them: the reader's machine may lack the font, and have a wider one."""
    return f' textLength="{_n(width(text, size, face))}" lengthAdjust="spacingAndGlyphs"'


def _boxed(shape: Shape, size: float, lang: str) -> str:
    lines = shape.text.split("\n")
    step = line_height(size)
    start = -shape.y + shape.h / 2 - step * (len(lines) - 1) / 2
    x, face = _n(shape.x + shape.w / 2), "head" if shape.kind == "banner" else "picture"
    rows = "".join(
        f'<tspan x="{x}" y="{_n(start + step * number)}"{_as_wide(line, size, face)}>{prose(line, lang)}</tspan>'
        for number, line in enumerate(lines)
    )
    kind = "box" if shape.kind == "box" else "banner"
    bold = " b" if shape.kind == "banner" else ""
    where = f'x="{_n(shape.x)}" y="{_n(-shape.y)}" width="{_n(shape.w)}" height="{_n(shape.h)}"'
    return f'<rect {where} class="{kind}"/><text class="a mid{bold}">{rows}</text>'


def _data(shape: Shape, figure: Figure, writer: HtmlWriter) -> str:
    """The places of the cells that a shape shows, and how its number comes from them; the paper whose row or column it is."""
    if not shape.rows:
        return ""
    rows = [figure.table.rows[place] for place in shape.rows]
    spans: list[Span] = []
    for row in rows:
        spans += row.cells[shape.column].spans if shape.column >= 0 else (row.cells[0].spans if row.cells else ())
    how = ""
    if shape.column >= 0:
        cell = rows[0].cells[shape.column]
        how = counting(cell, shape.column, rows[0], figure.table, writer) if len(rows) == 1 else "p"
    counted = f' data-c="{how}"' if how else ""
    role = f' data-g="{shape.kind}"'
    return says(spans) + counted + role
