"""The characters of a document in; the fallback fonts that print them, and the characters that none has, out.

The text font is Linux Libertine; `coverage.json` says what each font has, and `coverage_texlive.json` what those have that every
TeX Live holds; `faces.json` says what all faces of the text fonts have (all made by `tools/font_coverage.py`).
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Fonts = Literal["coverage", "coverage_texlive"]
"""Which fonts there are: those of this machine, as the README has them installed, or those of any TeX Live."""
TEX_LIVE: Literal["coverage_texlive"] = "coverage_texlive"
LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Letters that run from right to left (Unicode's blocks of such scripts), as a regular expression takes them in brackets."""
UNPRINTED = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029\u200e\u200f\ufe0e\ufe0f\t\n\u202f\u2009\u2003\u2002"
)


SHAPED = {
    "Adlam": "adlm", "Arabic": "arab", "Balinese": "bali", "Bengali": "beng", "Brahmi": "brah", "Buginese": "bugi",
    "Chakma": "cakm", "Cham": "cham", "Devanagari": "deva", "Grantha": "gran", "Gujarati": "gujr", "Gurmukhi": "guru",
    "Hebrew": "hebr", "Javanese": "java", "Kaithi": "kthi", "Kannada": "knda", "Khmer": "khmr", "Lao": "lao",
    "Lepcha": "lepc", "Limbu": "limb", "Malayalam": "mlym", "Mandaic": "mand", "Manichaean": "mani", "Modi": "modi",
    "Mongolian": "mong", "Myanmar": "mymr", "Newa": "newa", "Nko": "nko", "Oriya": "orya", "Saurashtra": "saur",
    "Sharada": "shrd", "Siddham": "sidd", "Sinhala": "sinh", "Sogdian": "sogd", "Sundanese": "sund", "Syriac": "syrc",
    "Takri": "takr", "Tamil": "taml", "Telugu": "telu", "Thaana": "thaa", "Thai": "thai", "Tibetan": "tibt",
    "Tirhuta": "tirh",
}  # fmt: skip
"""Scripts whose letters change shape or place by their neighbours, with their tags (OpenType specification, "Script tags")."""


def script_of(character: str) -> str:
    """The script of a character, where it is one of `SHAPED`; its name begins with it (The Unicode Standard, 4.8)."""
    name = unicodedata.name(character, "").partition(" ")[0].capitalize()
    return name if name in SHAPED else ""


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


@lru_cache(maxsize=2)
def fonts(of: Fonts = "coverage") -> tuple[Font, ...]:
    """Every font, in the order in which they are tried."""
    rows = json.loads((Path(__file__).parent / f"{of}.json").read_text("utf-8"))
    return tuple(_font(*row) for row in rows)


def _font(file: str, package: str, ranges: str) -> Font:
    pairs = [tuple(int(part, 16) for part in each.split("-")) for each in ranges.split()]
    return Font(file, package, tuple(p[0] for p in pairs), tuple(p[-1] for p in pairs))


@lru_cache(maxsize=1)
def _every_face() -> Font:
    """What all faces of the text fonts have: the bold italic one has no Cyrillic, and that of code little beyond Latin."""
    return _font("", "", json.loads((Path(__file__).parent / "faces.json").read_text("utf-8")))


def in_every_face(characters: Iterable[str]) -> bool:
    """Whether each face of the text fonts has all of these characters."""
    return all(character < "\x80" or _every_face().has(ord(character)) for character in {*characters} - UNPRINTED)


def font_for(character: str, of: Fonts = "coverage") -> Font | None:
    """The first font that has the character."""
    return next((font for font in fonts(of) if font.has(ord(character))), None)


def fallbacks(characters: Iterable[str], of: Fonts = "coverage") -> tuple[list[Font], list[str]]:
    """The fonts needed beside the text font, and the characters that no known font has."""
    needed: list[Font] = []
    missing: list[str] = []
    text_font = fonts(of)[0]
    for character in sorted(set(characters) - UNPRINTED):
        if ord(character) < 128 or text_font.has(ord(character)):
            continue
        font = font_for(character, of)
        if font is None:
            missing.append(character)
        elif font not in needed:
            needed.append(font)
    needed.sort(key=fonts(of).index)
    return needed, missing
