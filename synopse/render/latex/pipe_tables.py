"""A table that a person drew in, how it stands on the page out: the width of each column, the size of type, its sheets.

No cell is ever set over another. A table too wide for the text is set in smaller type, then turned, then cut into
sheets of which each repeats the first column; a word wider than its column may break.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from synopse.markup.breaks import Break, breaks
from synopse.markup.tree import Cite, Code, Footnote, Image, Inline, Link, Math, PipeTable, Quoted, Styled, Text
from synopse.render.page import GAP, LANDSCAPE

_EM = {"": 3.87, "\\small": 3.52, "\\footnotesize": 3.17, "\\scriptsize": 2.82}
"""The width of an em in each size of type, in millimetres."""
_CHARACTER = 0.48
"""Of an em: what a character takes on average."""
_SYLLABLES = 13
"""A plain word of more characters may be hyphenated, so that it asks for no more room than these."""
_WIDEST_WORD = 34.0
"""No column is wider than this, in millimetres, for the sake of one word."""
_NARROW, _WIDE = frozenset("ijltfrI.,;:'’!|()[]/-"), frozenset("mwMWÆŒ@%—…")


@dataclass(frozen=True, slots=True)
class Width:
    """A column of a sheet: the column of the table, its width as a part of the line's, and in characters if that is few."""

    index: int
    share: float
    room: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a table that is set as one."""

    columns: tuple[Width, ...]
    size: str
    turned: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column asks for, in ems: its widest word, and its widest cell."""

    least: float
    natural: float


def lay_out(table: PipeTable, room: float, turned: bool) -> list[Sheet]:
    """The sheets of a table in a text that is `room` millimetres wide; `turned` where a page may be turned for it."""
    columns = [_column([row[index] for row in (table.head, *table.rows)]) for index in range(len(table.align))]
    if len(table.widths) == len(columns):
        columns = _as_asked(columns, table.widths)
    upright = [(room, size, False) for size in ("", "\\small", "\\footnotesize")]
    across = [(LANDSCAPE, size, True) for size in ("\\small", "\\footnotesize", "\\scriptsize")]
    tried = upright + (across if turned else [(room, "\\scriptsize", False)])
    for width, size, landscape in tried:
        if _least(columns, size) <= width:
            return [_sheet(list(range(len(columns))), columns, width, size, landscape)]
    width, size, landscape = tried[-1]
    groups: list[list[int]] = [[0]]
    for index in range(1, len(columns)):
        if len(groups[-1]) > 1 and _least([columns[i] for i in (*groups[-1], index)], size) > width:
            groups.append([0])
        groups[-1].append(index)
    return [_sheet(group, columns, width, size, landscape) for group in groups]


def _as_asked(columns: list[_Column], widths: tuple[int, ...]) -> list[_Column]:
    """The columns with widths in proportion to those of the line of dashes, where the words do not all stand on one line anyway.

    Together they ask for as much as before; what no column can do without is kept.
    """
    whole = sum(column.natural for column in columns)
    asked = [whole * width / sum(widths) for width in widths]
    return [_Column(column.least, max(column.least, each)) for column, each in zip(columns, asked, strict=True)]


def _least(columns: list[_Column], size: str) -> float:
    words = sum(min(_WIDEST_WORD, column.least * _EM[size]) for column in columns)
    return words + GAP * (len(columns) - 1)


def _sheet(group: list[int], columns: list[_Column], width: float, size: str, turned: bool) -> Sheet:
    em = _EM[size]
    least = [min(_WIDEST_WORD, columns[index].least * em) for index in group]
    more = [max(0.0, columns[index].natural * em - each) for index, each in zip(group, least, strict=True)]
    free = width - GAP * (len(group) - 1) - sum(least)
    part = min(1.0, free / sum(more)) if sum(more) else 0.0
    widths = [each + wanted * part for each, wanted in zip(least, more, strict=True)]
    over = sum(widths) + GAP * (len(group) - 1) - width
    if over > 0:  # one column, or two, whose words alone are too wide
        widths = [each * (1 - over / sum(widths)) for each in widths]
    return Sheet(
        tuple(
            Width(index, each / width, int(each / em / _CHARACTER) if each < columns[index].least * em + 0.01 else 0)
            for index, each in zip(group, widths, strict=True)
        ),
        size,
        turned,
    )


def _column(cells: list[tuple[Inline, ...]]) -> _Column:
    least = natural = 1.0
    for number, cell in enumerate(cells):
        bold = 1.1 if number == 0 else 1.04
        words = list(_words(cell))
        natural = max(natural, bold * (sum(width for width, _ in words) + 0.26 * max(0, len(words) - 1)) + 0.3)
        least = max(least, bold * max((part for _, part in words), default=0.0) + 0.2)
    return _Column(least, max(natural, least))


def _words(inlines: tuple[Inline, ...]) -> Iterator[tuple[float, float]]:
    """For each word its width, and that of its widest part that cannot break, in ems."""
    for inline in inlines:
        match inline:
            case Text(text):
                yield from (_word(word) for word in text.split())
            case Code(text):
                yield from ((0.56 * len(word), 0.56 * _longest_part(word)) for word in text.split())
            case Styled(_, children) | Quoted(children) | Link(_, children):
                yield from _words(children)
            case Math(latex):
                yield (0.4 * len(latex), 0.4 * len(latex))
            case Cite(keys):
                yield (9.0 * len(keys), 5.0)
            case Image():
                yield (4.0, 4.0)
            case Footnote():
                yield (0.8, 0.8)
            case _:
                yield (1.0, 1.0)


def _word(word: str) -> tuple[float, float]:
    width = sum(_width(character) for character in word)
    parts = breaks(word)
    if parts:
        edges = [0, *sorted(at for at, kind in parts.items() if kind is not Break.LAST), len(word)]
        pieces = (word[a:b] for a, b in pairwise(edges))
        return width, max(sum(_width(c) for c in piece) for piece in pieces)
    if "-" in word and len(word) > _SYLLABLES:
        return width, max(sum(_width(c) for c in piece) + 0.3 for piece in word.split("-"))
    return width, min(width, _SYLLABLES * _CHARACTER) if word.isalpha() else width


def _longest_part(word: str) -> int:
    edges = [0, *sorted(at for at, kind in breaks(word).items() if kind is not Break.LAST), len(word)]
    return max(b - a for a, b in pairwise(edges))


def _width(character: str) -> float:
    """The width of a character in ems, a little too wide rather than too narrow."""
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.92
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character.isupper():
        return 0.7
    return 0.5 if character.isascii() or ord(character) < 0x250 else 0.72
