"""The characters of a document in; the fallback fonts that print them, and the characters that none has, out.

The text font is Linux Libertine; `coverage.json` (made by `tools/font_coverage.py`) says what each font has.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

UNPRINTED = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029\u200e\u200f\ufe0e\ufe0f\t\n\u202f\u2009\u2003\u2002"
)


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, its Debian package, and the first and last characters of each of its ranges."""

    file: str
    package: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, point: int) -> bool:
        """Whether the font has the character of this code point."""
        at = bisect_right(self.starts, point) - 1
        return at >= 0 and point <= self.ends[at]


@lru_cache(maxsize=1)
def fonts() -> tuple[Font, ...]:
    """Every font, in the order in which they are tried."""
    rows = json.loads((Path(__file__).parent / "coverage.json").read_text("utf-8"))
    made = []
    for file, package, ranges in rows:
        pairs = [tuple(int(part, 16) for part in each.split("-")) for each in ranges.split()]
        made.append(Font(file, package, tuple(p[0] for p in pairs), tuple(p[-1] for p in pairs)))
    return tuple(made)


def font_for(character: str) -> Font | None:
    """The first font that has the character."""
    return next((font for font in fonts() if font.has(ord(character))), None)


def fallbacks(characters: Iterable[str]) -> tuple[list[Font], list[str]]:
    """The fonts needed beside the text font, and the characters that no known font has."""
    needed: list[Font] = []
    missing: list[str] = []
    text_font = fonts()[0]
    for character in sorted(set(characters) - UNPRINTED):
        if ord(character) < 128 or text_font.has(ord(character)):
            continue
        font = font_for(character)
        if font is None:
            missing.append(character)
        elif font not in needed:
            needed.append(font)
    needed.sort(key=fonts().index)
    return needed, missing
