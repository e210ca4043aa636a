"""What was read and what the record has in; the stretches of each that the other does not have, in pairs, out.

A stretch holds words that a person can tell from the other side's: never punctuation alone, never a lone « et ».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from synopse.bib.reference import Name, Names
from synopse.bib.stated import bare, matches, readings
from synopse.locale.dates import PartialDate, month_number
from synopse.locale.languages import all_typed

Stretch = tuple[int, int]
"""From where to where in a text; of no length where one side has nothing for the other's words."""
Pairs = tuple[tuple[Stretch, Stretch], ...]


class _Word(NamedTuple):
    start: int
    end: int
    bare: str


def _words(text: str, between: str) -> list[_Word]:
    """The words of a text that hold letters or digits."""
    found = (_Word(match.start(), match.end(), bare(match[0])) for match in re.finditer(rf"[^{between}]+", text))
    return [word for word in found if word.bare]


def whole(read: str, record: str) -> Pairs:
    """All of both."""
    return (((0, len(read)), (0, len(record))),)


def unlike_words(read: str, record: str) -> Pairs:
    """The stretches of words that differ, in order; a lone « and » is shown between its neighbours."""
    sides = tuple(_words(text, r"\s\-‐-―/") for text in (read, record))
    left, right = ([word.bare for word in side] for side in sides)
    pairs = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal" or "".join(left[a:b]) == "".join(right[c:d]):
            continue
        if {*left[a:b], *right[c:d]} <= _conjunctions():
            a, b, c, d = max(a - 1, 0), b + 1, max(c - 1, 0), d + 1
        pairs.append((_stretch(sides[0], a, b), _stretch(sides[1], c, d)))
    return tuple(pairs)


@lru_cache(maxsize=1)
def _conjunctions() -> frozenset[str]:
    return frozenset(bare(word) for _, word in all_typed("and"))


def _stretch(words: list[_Word], first: int, last: int) -> Stretch:
    some = words[first:last]
    return (some[0].start, some[-1].end) if some else (0, 0)


def unlike_names(read: str, record: Names, shown: str, others: str) -> Pairs:
    """The names that one side lacks; where none does, or the list read is open, the first of each, which are two people.

    `shown` is the record's list as it is printed, `others` the words that stand in it for the names that it leaves out.
    """
    stated, mine, theirs = min((_lacking(each, record) for each in readings(read)), key=_unlikeness)
    swapped = not matches(stated.names[0], record.names[0])
    if swapped and (stated.others or not (mine or theirs)):
        mine, theirs = {*mine, 0}, {*theirs, 0}
    left, right = list(_places(read, stated.names)), _printed(shown, record.names, others)
    pairs: list[tuple[Stretch, Stretch]] = [(left[n], (0, 0)) for n in sorted(mine)]
    pairs += [((0, 0), place) for place in dict.fromkeys(right[n] for n in sorted(theirs))]
    return tuple(pair for pair in pairs if any(start < end for start, end in pair)) or whole(read, shown)


def _unlikeness(found: tuple[Names, set[int], set[int]]) -> int:
    """How far a reading of the names is from the record: by the names that differ, then by whether its first one does."""
    _, mine, theirs = found
    return 2 * (len(mine) + len(theirs)) + (0 in mine)


def _lacking(stated: Names, record: Names) -> tuple[Names, set[int], set[int]]:
    """A reading of the names, and the places of the names that the other side does not have; « et al. » lacks none."""
    mine: set[int] = set()
    rest = dict(enumerate(record.names))
    for number, name in enumerate(stated.names):
        found = next((place for place, each in rest.items() if matches(name, each)), None)
        if found is None:
            mine.add(number)
        else:
            del rest[found]
    return stated, mine, set() if stated.others else set(rest)


def _places(text: str, names: tuple[Name, ...]) -> Iterator[Stretch]:
    """Where each name stands in the text that it was read from, in either order of its words."""
    between = r"\s,;&"
    words, at = _words(text, between), 0
    for name in names:
        own = Counter(word.bare for word in _words(name.full, between))
        ends = ((_end(words, start, own), start) for start in range(at, len(words)))
        count = sum(own.values())
        end, start = next((each for each in ends if each[0] - each[1] == count), (at, at))
        yield _stretch(words, start, end)
        at = end


def _end(words: list[_Word], start: int, own: Counter[str]) -> int:
    """Where the words from `start` on are no longer the name's own."""
    left, end = own.copy(), start
    while end < len(words) and left[words[end].bare] > 0:
        left[words[end].bare] -= 1
        end += 1
    return end


def _printed(shown: str, names: tuple[Name, ...], others: str) -> list[Stretch]:
    """Where each name stands in a list as it is printed: one that is left out, where « et al. » stands for it."""
    found: list[Stretch] = []
    at = 0
    for name in names:
        start = shown.find(name.full, at)
        if start < 0:
            break
        at = start + len(name.full)
        found.append((start, at))
    start = shown.find(others, at)
    rest = (start, start + len(others)) if start >= 0 else (0, 0)
    return found + [rest] * (len(names) - len(found))


def unlike_dates(read: str, date: PartialDate | None, shown: str, record: PartialDate) -> Pairs:
    """The parts of two dates that differ, the year, the month or the day; all of both where they are no such dates."""
    if date is None or any(each.end or each.open or each.season or each.mark for each in (date, record)):
        return whole(read, shown)
    pairs: list[tuple[Stretch, Stretch]] = []
    for part in ("year", "month", "day"):
        one, other = getattr(date, part), getattr(record, part)
        if one and other and one != other:
            mine, theirs = _part(read, date, part), _part(shown, record, part)
            if mine is None or theirs is None:
                return whole(read, shown)
            pairs.append((mine, theirs))
    return tuple(pairs) or whole(read, shown)


def _part(text: str, date: PartialDate, part: str) -> Stretch | None:
    """Where a part of a date stands in the text that says it; nothing where that cannot be told."""
    value = getattr(date, part)
    words = [_Word(match.start(), match.end(), match[0]) for match in re.finditer(r"\d+|[^\W\d_]+", text)]
    if part == "year":
        found = [word for word in words if word.bare.isdecimal() and len(word.bare) > 2 and int(word.bare) == value]
    else:
        short = [word for word in words if word.bare.isdecimal() and len(word.bare) < 3]
        named = [word for word in words if word.bare.isalpha() and month_number(word.bare) == date.month]
        found = named if part == "month" and named else [word for word in short if int(word.bare) == value]
    return (found[0].start, found[0].end) if len(found) == 1 else None
