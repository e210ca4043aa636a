"""A word in; where a line may end inside it, and how gladly, out.

TeX itself knows where words of the report's language take a hyphen. It knows nothing of addresses and identifiers, in
which a hyphen would be a false character, nor of scripts that write without spaces. Nothing here ever parts a letter
from its marks (UAX #29, grapheme clusters) or two letters that join.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum


class Break(Enum):
    """How gladly a line ends at a place: `FREE` between ideographs, `SIGN` after a sign, `LAST` where nothing else fits."""

    FREE = "free"
    SIGN = "sign"
    LAST = "last"


LONG = 40
"""A word of so many characters may break between any two, if there is no better place."""
ADDRESS = 12
"""An address or identifier of so many characters may break after its signs."""

_SIGNS = frozenset("/\\_.,:;-@=&?+%#|~!*)]}>")
_TECHNICAL = re.compile(
    r"\w[_/\\:@#=&?%+~|<>*$^]+\w|//|[^\W\d]\.\w|\w\.[^\W\d]|\d[^\W\d]|[^\W\d]\d|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]"
)
"""What is in no word of a language: a sign between letters, letters and digits together, a capital inside."""

_CLOSING = frozenset(
    "、。，．・：；？！）］｝」』】〉》〕〗〙〛ーゝゞ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ゛゜…‥%％‰℃"
)
"""Signs that no line begins with (JIS X 4051; CLREQ, "Prohibition rules")."""
_OPENING = frozenset("「『（［｛【〈《〔〖〘〚￥＄£")
_BEFORE_VOWEL = frozenset("เแโใไເແໂໃໄ")
_AFTER_LETTER = frozenset("ะาำๅๆฯະາຳໆຯ")
"""Vowels of Thai and Lao that are written before, and signs that are written after, the letter that they belong to."""


def is_technical(word: str) -> bool:
    """Whether a word is an address, an identifier or the like, which must not be given a hyphen."""
    return _TECHNICAL.search(word) is not None


def breaks(word: str) -> dict[int, Break]:
    """The places in `word` at which a line may end, each the index of the character that begins the next line."""
    if word.isascii() and len(word) < ADDRESS:
        return {}
    technical, long = is_technical(word), len(word) >= LONG
    spaceless = not word.isascii() and any(_is_ideograph(c) or _is_spaceless(c) for c in word)
    if not (spaceless or long or (technical and len(word) >= ADDRESS)):
        return {}
    found: dict[int, Break] = {}
    for at in _clusters(word):
        kind = _between(word, at, technical, long)
        if kind is not None:
            found[at] = kind
    return found


def cuts(word: str, least: int = 1) -> list[int]:
    """Every place at which a word can be cut without damage, but for the first and last `least` characters."""
    return [at for at in _clusters(word) if least <= at <= len(word) - least and not _joined(word[at - 1], word[at])]


def _between(word: str, at: int, technical: bool, long: bool) -> Break | None:
    before, after = word[at - 1], word[at]
    if _joined(before, after):
        return None
    if _is_ideograph(before) or _is_ideograph(after):
        return None if after in _CLOSING or before in _OPENING else Break.FREE
    if _is_spaceless(before) and _is_spaceless(after):
        return None if after in _AFTER_LETTER or before in _BEFORE_VOWEL else Break.LAST
    if technical and before in _SIGNS and after not in _SIGNS and not (before in ".," and after.isdigit()):
        return Break.SIGN if min(at, len(word) - at) > 2 else None
    hump = technical and before.islower() and after.isupper()
    return Break.LAST if (long or hump) and min(at, len(word) - at) > 2 else None


def _clusters(word: str) -> list[int]:
    """The boundaries of the word's grapheme clusters."""
    if word.isascii():
        return list(range(1, len(word)))
    found, flags = [], 0
    for at in range(1, len(word)):
        before, after = word[at - 1], word[at]
        flags = flags + 1 if _is_flag(before) else 0
        if _extends(after) or before == "\u200d" or (_is_flag(after) and flags % 2) or _hangul_joins(before, after):
            continue
        if unicodedata.combining(before) == 9 and after.isalpha():  # a virama: the two letters are one
            continue
        found.append(at)
    return found


def _extends(character: str) -> bool:
    """Whether a character belongs to the one before it."""
    point = ord(character)
    return (
        unicodedata.category(character) in ("Mn", "Mc", "Me")
        or character in "\u200c\u200d\u2060\ufeff\u00ad"
        or 0xFE00 <= point <= 0xFE0F
        or 0x1F3FB <= point <= 0x1F3FF
        or 0xE0020 <= point <= 0xE01EF
    )


def _is_flag(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _hangul_joins(before: str, after: str) -> bool:
    """Jamo that make one syllable: a vowel after a consonant, a final after a vowel."""
    return 0x1100 <= ord(before) <= 0x11FF and 0x1160 <= ord(after) <= 0x11FF


def _joined(before: str, after: str) -> bool:
    """Two letters of a script whose letters join: no line ends between them."""
    return _is_joining(before) and _is_joining(after)


def _is_joining(character: str) -> bool:
    point = ord(character)
    if point < 0x600:
        return False
    joining = 0x600 <= point <= 0x8FF or 0x1800 <= point <= 0x18AF or 0xFB50 <= point <= 0xFEFC or point == 0x200D
    return joining and not character.isdigit() and not unicodedata.category(character).startswith("P")


def _is_ideograph(character: str) -> bool:
    """Han, Kana, Bopomofo, Yi and their punctuation: a line may end after almost each."""
    point = ord(character)
    return (
        0x2E80 <= point <= 0x30FF
        or 0x3100 <= point <= 0x312F
        or 0x31A0 <= point <= 0x4DBF
        or 0x4E00 <= point <= 0xA4CF
        or 0xF900 <= point <= 0xFAFF
        or 0xFF01 <= point <= 0xFF60
        or 0x20000 <= point <= 0x3FFFF
    )


def _is_spaceless(character: str) -> bool:
    """Thai, Lao, Myanmar, Khmer, Tibetan …: scripts that part phrases by spaces, not words."""
    point = ord(character)
    return (
        0x0E00 <= point <= 0x0EFF or 0x0F00 <= point <= 0x0FFF or 0x1000 <= point <= 0x109F or 0x1780 <= point <= 0x17FF
    )
