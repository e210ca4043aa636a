"""What pictures are made of: `Shape` and `Picture`, and how words are cut into lines."""

from __future__ import annotations

from dataclasses import dataclass

from synopse.render.measure import POINT, width

SMALLEST = 7.0
"""The smallest type size in points."""


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
    rows: tuple[int, ...] = ()
    column: int = -1
    """Which cell of the figure's table it shows: the places of its rows, and of its column; a row as a whole where that is -1."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure's shapes; `size` is the type size in points, `scale` would bring a tall picture onto the page."""

    id: str
    shapes: tuple[Shape, ...]
    size: float
    scale: float = 1.0


def line_height(size: float) -> float:
    """The height of a line of type of a size in points, in millimetres."""
    return size * 1.2 * POINT


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines that are at most `room` wide; a longer word has a line of its own. No word is divided."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, "picture") <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
