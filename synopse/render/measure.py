"""Words in, their width on paper out, in millimetres: reckoned from the fonts that the report is set in.

`widths.json` holds the advance of each letter in thousandths of the type size (`tools/widths.py` asks LuaLaTeX for it). Kerning is
left out: it takes away more than it adds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets, plain
from synopse.markup.tree import Inline, Link, Styled, Text
from synopse.markup.typography import held

POINT = 25.4 / 72.27
"""A point of TeX's in millimetres (TeXbook, ch. 10)."""
UNKNOWN, WIDE = 600, 1000
"""The width of a letter that the font lacks: in thousandths of the type size; of an ideograph."""
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]")
_BREAKABLE = re.compile(r"[ \n\t]+")
_PARTS = re.compile(r"(?<=[-–—/‐])(?=\w)")


class _Letters(dict[str, int]):
    """The widths of a face's letters; one that it lacks is as wide as most, or as an ideograph."""

    def __missing__(self, letter: str) -> int:
        found = WIDE if _WIDE.match(letter) else UNKNOWN
        self[letter] = found
        return found


@lru_cache(maxsize=1)
def _widths() -> dict[str, _Letters]:
    found = json.loads((Path(__file__).parent / "widths.json").read_text("utf-8"))
    return {face: _Letters(letters) for face, letters in found.items()}


def width(text: str, size: float, face: str = "regular") -> float:
    """The width of a text on one line, at a type size in points. Faces: regular, bold, italic, head, picture."""
    return sum(map(_widths()[face].__getitem__, text)) * size * POINT / 1000


Runs = tuple[tuple[str, str], ...]
"""Texts, each with its face."""


def runs(inlines: Iterable[Inline], words: Catalogue, cited: Cited = key_in_brackets, face: str = "regular") -> Runs:
    """The words of inlines as they are printed, with the face of each."""
    return tuple(_runs(inlines, words, cited, face))


def _runs(inlines: Iterable[Inline], words: Catalogue, cited: Cited, face: str) -> Iterator[tuple[str, str]]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield held(inline.text), face
        elif isinstance(inline, Styled):
            inner = {"strong": "bold", "emph": "italic"}.get(inline.style, face)
            yield from _runs(inline.children, words, cited, inner)
        elif isinstance(inline, Link):
            yield from _runs(inline.children, words, cited, face)
        else:
            yield held(plain((inline,), words, cited)), face


def line(text: Runs, size: float) -> float:
    """The width of runs on one line."""
    return sum(width(each, size, face) for each, face in text)


def longest_word(text: Runs, size: float) -> float:
    """The width of the widest word of runs: a line may end at a space, and behind a hyphen, a dash or a stroke."""
    return widest_word([text], size)


def widest_word(texts: Iterable[Runs], size: float) -> float:
    """The width of the widest word of several texts; a word that comes again is measured once."""
    return max((sum(width(part, size, face) for part, face in word) for word in {word for text in texts for word in _words(text)}),
               default=0.0)  # fmt: skip


def whole_words(texts: Iterable[Runs], size: float) -> float:
    """The width of the widest word of several texts where no line ends behind a hyphen, a dash or a stroke."""
    words = {(word, face) for text in texts for each, face in text for word in _BREAKABLE.split(each)}
    return max((width(word, size, face) for word, face in words), default=0.0)


def _words(text: Runs) -> Iterator[Runs]:
    """The words of runs, each with the face of each of its parts."""
    word: list[tuple[str, str]] = []
    for each, face in text:
        for number, between in enumerate(_BREAKABLE.split(each)):
            if number and word:
                yield tuple(word)
                word = []
            *before, last = _PARTS.split(between)
            for part in before:
                yield (*word, (part, face))
                word = []
            if last:
                word.append((last, face))
    if word:
        yield tuple(word)
