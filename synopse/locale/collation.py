"""A text in, a key out by which texts sort as a reader expects: Élie before Zhao, œuvre beside oeuvre, a before B.

The levels are those of the Unicode Collation Algorithm (UTS #10): letters first, then accents, then case. A language
whose dictionaries have letters of their own (CLDR's tailorings) names them in its file: `collation` has pairs, such as
`nñ`, of a letter and the one that follows it. Punctuation counts last, as in a list of references (NF Z44-001): O’Neil
stands beside Oneil. Python's own tables suffice, so the order is the same everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache

from synopse.locale.languages import words_of

Weight = tuple[int, int, int]
Key = tuple[tuple[Weight, ...], tuple[int, ...], tuple[int, ...], str]

SPACE, SYMBOL, DIGIT, LETTER = range(4)
TWO_LETTERS = {"æ": "ae", "œ": "oe", "ß": "ss", "ĳ": "ij", "ŉ": "n"}
"""Letters that sort as two, and after them where all else is equal (Default Unicode Collation Element Table)."""
STROKED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h"}
"""Letters that sort as another one with an accent, though Unicode does not take them apart."""
AFTER = {"ı": "i", "ĸ": "q", "ŋ": "n", "ŧ": "t", "þ": "z", "ə": "e", "ɛ": "e", "ƒ": "f"}
"""Letters of their own, which follow another one."""
ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338ø\u0327\u0328\u0304đłħ"
"""Accents in the order of the table: acute, grave, breve, circumflex … Any other comes after them, by its code."""


@lru_cache(maxsize=16384)
def collation_key(text: str, lang: str) -> Key:
    """The key of `text` in a language. Two texts have the same key only where they are the same."""
    own = _tailored(lang)
    letters: list[Weight] = []
    accents: list[int] = []
    cases: list[int] = []
    for character in _whole(unicodedata.normalize("NFKD", text), own):
        if character.lower() in own:
            letters.append(own[character.lower()])
            accents.append(0)
            cases.append(int(character.isupper()))
            continue
        if unicodedata.combining(character):
            accents.append(_rank(character))
            continue
        for weight, accent in _weights(character):
            letters.append(weight)
            accents.append(0)
            cases.append(int(character.isupper()))
            if accent:
                accents.append(_rank(accent))
    return tuple(letters), tuple(accents), tuple(cases), text


@cache
def _tailored(lang: str) -> dict[str, Weight]:
    """The letters that a language has beside those of the table, with what they weigh: each follows another one."""
    pairs = words_of(lang)["collation"].split()
    return {pair[1]: (LETTER, ord(pair[0]), 1 + number) for number, pair in enumerate(pairs)}


def _whole(text: str, letters: Collection[str]) -> str:
    """The decomposed text with these letters in one piece again."""
    for letter in (each for small in letters for each in (small, small.upper())):
        text = text.replace(unicodedata.normalize("NFD", letter), letter)
    return text


def _rank(accent: str) -> int:
    place = ACCENTS.find(accent)
    return 1 + place if place >= 0 else 100 + ord(accent)


@cache
def _weights(character: str) -> list[tuple[Weight, str]]:
    """What a character weighs: class, letter, rank after the letter; and the accent that it bears in itself."""
    if character.isspace():
        return [((SPACE, 0, 0), "")]
    if character.isdecimal():
        return [((DIGIT, unicodedata.decimal(character), 0), "")]
    if not character.isalnum():
        return [((SYMBOL, ord(character), 0), "")] if unicodedata.category(character)[0] == "S" else []
    small = character.lower()
    if small in TWO_LETTERS:
        return [((LETTER, ord(letter), 0), small) for letter in TWO_LETTERS[small]]
    if small in STROKED:
        return [((LETTER, ord(STROKED[small]), 0), small)]
    if small in AFTER:
        return [((LETTER, ord(AFTER[small]), ord(small)), "")]
    return [((LETTER, ord(letter), 0), "") for letter in small]
