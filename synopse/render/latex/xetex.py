"""The letters of a report in; what XeTeX needs to set those that the text font lacks, or that run from right to left, out.

LuaTeX has luaotfload for the one and babel for the other. XeTeX is told of classes of characters (`templates/xetex.tex`), and a
phrase that runs leftward is marked as one, for its words would else each run leftward and follow one another rightward.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from synopse.markup.fonts import LEFTWARD, TEX_LIVE, UNPRINTED, font_for, fonts, script_of

Engine = Literal["lualatex", "xelatex"]


@dataclass(frozen=True, slots=True)
class CharacterClass:
    """Characters set alike: a name for its commands, the font's file (empty: the text font), script, direction, code points."""

    name: str
    file: str
    script: str
    leftward: bool
    points: tuple[str, ...]


def is_leftward(letter: str) -> bool:
    """Whether a letter is of a script that runs from right to left."""
    return unicodedata.bidirectional(letter) in ("R", "AL")


def classes(letters: Iterable[str]) -> list[CharacterClass]:
    """The classes of the letters that are not simply set in the text font; those that no font has are in none."""
    text_font = fonts(TEX_LIVE)[0]
    found: dict[tuple[str, str, bool], list[str]] = {}
    for letter in sorted(set(letters) - UNPRINTED):
        font = font_for(letter, TEX_LIVE)
        leftward = is_leftward(letter)
        if font is not None and (leftward or font is not text_font):
            key = ("" if font is text_font else font.file, "" if font is text_font else script_of(letter), leftward)
            found.setdefault(key, []).append(f"{ord(letter):04X}")
    return [
        CharacterClass(_name(number), file, script, leftward, tuple(points))
        for number, ((file, script, leftward), points) in enumerate(sorted(found.items()))
    ]


def _name(number: int) -> str:
    """Letters alone, as a command's name asks for them."""
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


_PHRASE = re.compile(rf"[{LEFTWARD}]+(?:[ ~,.:;!?'\u00a0\n-]+[{LEFTWARD}]+)+")


def with_directions(latex: str) -> str:
    """LaTeX whose phrases of several words that run leftward are marked as such."""
    return _PHRASE.sub(lambda match: rf"\synopsertl{{{match[0]}}}", latex)
