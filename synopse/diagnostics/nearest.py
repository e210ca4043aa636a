"""A word that nobody knows and the known words in; the known word that was most likely meant out.

The measure is difflib's ratio (`SequenceMatcher.ratio`). It is dear, so it is taken only of the words that share
enough letters with the one that was typed: a library of thousands of keys is gone through in a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

CUTOFF = 0.6
"""Words below this ratio are not near (difflib's own default for close matches)."""
MEASURED = 40
"""So many of the words that share most letters are measured exactly."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A known word: as it is written, in small letters, and a bit for each of its letters (`_Index.bits`)."""

    written: str
    folded: str
    letters: int


class _Index:
    """The known words with their letters as bit sets, so that two words are compared by one `and` of two integers."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.bits: dict[tuple[str, int], int] = {}
        self.words = [_Word(name, folded, self._letters(folded)) for name, folded in _folded(names).items()]

    def _letters(self, word: str, learn: bool = True) -> int:
        """A bit for each letter of the word and for each time that it stands there: the multiset of its letters."""
        count: dict[str, int] = {}
        letters = 0
        for letter in word:
            count[letter] = nth = count.get(letter, 0) + 1
            if learn:
                bit = self.bits.setdefault((letter, nth), len(self.bits))
            elif (letter, nth) in self.bits:
                bit = self.bits[letter, nth]
            else:
                continue
            letters |= 1 << bit
        return letters

    def nearest(self, word: str) -> str | None:
        """The known word nearest to `word` in small letters; nothing where none reaches the cutoff."""
        letters, length = self._letters(word, learn=False), len(word)
        likely = []
        for at, known in enumerate(self.words):
            # twice the shared letters over all letters is the most that the ratio can be
            most = 2.0 * (letters & known.letters).bit_count() / ((length + len(known.folded)) or 1)
            if most >= CUTOFF:
                likely.append((most, -at))
        matcher = SequenceMatcher()
        matcher.set_seq2(word)
        best, found = CUTOFF, None
        for most, at in nlargest(MEASURED, likely):
            if most < best:
                break
            known = self.words[-at]
            matcher.set_seq1(known.folded)
            ratio = matcher.ratio()
            if ratio > best or (found is None and ratio >= best):
                best, found = ratio, known.written
        return found

    def beginning_with(self, word: str) -> str | None:
        """The first known word that begins with `word`."""
        return next((known.written for known in self.words if known.folded.startswith(word)), None)


def _folded(names: tuple[str, ...]) -> dict[str, str]:
    """Each name with itself in small letters."""
    return {name: name.casefold() for name in names}


@lru_cache(maxsize=16)
def _index(names: tuple[str, ...]) -> _Index:
    return _Index(names)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, whatever its case; nothing where none is near."""
    index, folded = _index(tuple(known)), word.casefold()
    return index.nearest(folded) or (index.beginning_with(folded) if len(word) > 3 else None)
