"""Months and days as people write them in, the date or the range that they say out: `June 6--8`, `6 Juni – 3 Juli 2020`.

What one end of a range leaves out, the other says, and every number and word has to be a part of the date: a text of
which a part would be left over has no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from synopse.locale.dates import PartialDate, date_words, iso_date, month_number, plain_words, season_number
from synopse.locale.languages import IN_ORDER

_DASH = re.compile(r"\s*(?:--?-?|–|—|/)\s*|\s+(?:to|bis|al?|à|au|until|and|und|et|y|e|&)\s+|\s*(?:&)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|und|et|y|e|&)\s*", re.IGNORECASE)
_CLOCK = re.compile(
    r"[T\s,]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[ap]\.?m\.?|[+-]\d\d:?\d\d)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range: 0 where it does not say the part; `number` is a number alone, a day or a month."""

    year: int = 0
    month: int = 0
    day: int = 0
    number: int = 0


def read_span(text: str, year: int | None = None) -> PartialDate | None:
    """The date of a month's or a day's words; `year` is theirs where it stands elsewhere. Nothing where they say no one date."""
    text = re.sub(r"[\s\u00a0]+", " ", text).strip(" .,")
    cut = next(iter(_DASH.finditer(text)), None)
    if cut is None:
        one = _end(text)
        return _one(one, year) if one and not (year is None and one.number) else None
    first, last = _end(text[: cut.start()]), _end(text[cut.end() :])
    if first is None or last is None or not cut.start():
        return None
    ends = _completed(first, last, year)
    if ends is None:
        return None
    begin, end = ends
    succeeds = not _AND.fullmatch(cut[0]) or _follows(begin, end)
    return replace(begin, end=end) if begin < end and succeeds else None


def _completed(first: _End, last: _End, year: int | None) -> tuple[PartialDate, PartialDate] | None:
    """Both ends with what each takes from the other."""
    if first.number and last.number:  # months, where only a month can stand: 1--3
        if year is None:
            return None
        first, last = replace(first, month=first.number, number=0), replace(last, month=last.number, number=0)
    elif last.number:
        last = _End(last.year or first.year, first.month, last.number) if first.day and first.month else last
    elif first.number:
        first = _End(first.year or last.year, last.month, first.number) if last.day and last.month else first
    if first.number or last.number or (year is None and not (last.year or first.year)):
        return None
    if first.year and not last.year and year is None:
        return None  # June 2020--July: of which year?
    first = replace(first, year=first.year or last.year)
    begin, end = _one(first, year), _one(last, year)
    return (begin, end) if begin and end else None


def _one(end: _End, year: int | None) -> PartialDate | None:
    """The date of one end; nothing where it names another year than the one that it has."""
    own = year if year is not None else end.year
    month = end.month or end.number
    if (end.year and end.year != own) or not month or (year is None and not own):
        return None
    return (
        iso_date(f"{PartialDate(own).iso}-{month:02d}" + (f"-{end.day:02d}" if end.day else ""))
        if month <= 12
        else None
    )


def _follows(begin: PartialDate, end: PartialDate) -> bool:
    """Whether the one comes directly after the other, so that the two are a range: `June and July`, not `May and July`."""
    if begin.day and end.day:
        return (begin.year, begin.month, begin.day + 1) == (end.year, end.month, end.day)
    return not begin.day and not end.day and begin.year * 12 + begin.month + 1 == end.year * 12 + end.month


def _end(text: str) -> _End | None:
    """What one end says: at most a year, a month by its name, and a day; or a number alone."""
    year = month = day = 0
    glue, endings = _small_words()
    words = [word for word in plain_words(re.sub(r"(?<=\d)\.(?=\S)", ". ", text)) if word not in glue]
    if not words:
        return None
    for word in words:
        digits = re.fullmatch(rf"(\d{{1,2}})(?:{endings})?", word)
        if re.fullmatch(r"\d{4}", word) and not year:
            year = int(word)
        elif digits and not day and 1 <= int(digits[1]) <= 31:
            day = int(digits[1])
        elif word.isalpha() and not month and (named := month_number(word)):
            month = named
        else:
            return None
    if day and not month:
        return _End(year, number=day)
    return _End(year, month, day) if month else None


@lru_cache(maxsize=1)
def _small_words() -> tuple[frozenset[str], str]:
    """The words between the parts of a date and what follows the digits of a day, in any language."""
    known = [date_words(lang) for lang in IN_ORDER]
    endings = {each.removeprefix("(?:").removesuffix(")?") for words in known if (each := words.endings)}
    return frozenset().union(*(words.glue for words in known)), "|".join(sorted(endings))


def without_clock(text: str) -> str:
    """The text without the time of the day that a program writes after a date."""
    return _CLOCK.sub("", text)


def says_no_more(text: str, date: PartialDate) -> bool:
    """Whether the numbers and the months of a text are those of the date, so that none of them would be left out."""
    return len(list(_parts(text))) <= sum(map(_count, filter(None, (date, date.end))))


def _count(date: PartialDate) -> int:
    return sum(map(bool, (date.year, date.month or date.season, date.day)))


def _parts(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_]+|\d+", text):
        if word.isdigit() or (len(word) > 2 and (month_number(word) or season_number(word))):
            yield word
