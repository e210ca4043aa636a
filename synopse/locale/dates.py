"""Dates as precise as they were written: a year, a season, a month, a day, or a range of those.

A text in; a `PartialDate`, or every reading that the text has, out. Understood are ISO 8601-2 levels 0 and 1 without
unspecified digits (what biblatex takes in its date fields: its manual, § 2.3.8, table 3) and the words of a person in
any language that has a file: its months (CLDR), its seasons, and the little words between them. All words of one date
are of one language. Words for "about", "before" or "not reported" are read in `synopse.model.values`.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date as Day
from difflib import get_close_matches
from functools import cache, total_ordering
from typing import Literal

from synopse.ground.packed import Packed
from synopse.locale import cldr
from synopse.locale.languages import IN_ORDER, typed, words_of
from synopse.locale.phrases import ranges

SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
"""The seasons as ISO 8601-2 (§ 4.8) numbers them, in the place of a month."""
BEFORE_QUARTERS = 32
"""ISO 8601-2 numbers the quarters of a year from 33 to 36, in the same place."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate(Packed):
    """A date; `month` and `day` are 0 where they were not given, `season` is one of ISO's numbers for a season or a quarter, or 0.

    `end` closes a range and is a `PartialDate` of its own. `mark` is EDTF's: `~` about, `?` uncertain, `%` both. `open`
    says that a range has this date alone: it goes on `from` it, or lasts `until` it.
    Dates sort by their beginning, the less precise one first, then by their end.
    """

    year: int
    month: int = 0
    day: int = 0
    end: PartialDate | None = None
    season: int = 0
    mark: Literal["", "~", "?", "%"] = ""
    open: Literal["", "from", "until"] = ""

    def __lt__(self, other: PartialDate) -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[object, ...]:
        own = (self.year, self.first_month if self.season else self.month, self.day)
        return own, self.end._rank if self.end else (), self.season, self.mark, self.open

    @property
    def first_month(self) -> int:
        """The month in which the date begins, 1 where only its year is known; the seasons are those of the north."""
        if self.quarter:
            return 3 * self.quarter - 2
        return {SPRING: 3, SUMMER: 6, AUTUMN: 9, WINTER: 12}.get(self.season, self.month or 1)

    @property
    def quarter(self) -> int:
        """Which quarter of a year the date is, from 1; 0 where it is none."""
        return max(0, self.season - BEFORE_QUARTERS)

    @property
    def last(self) -> PartialDate:
        """Where a range ends; the date itself where it is none."""
        return self.end or self

    @property
    def alone(self) -> PartialDate:
        """The date without what makes it a range."""
        return replace(self, end=None, open="")

    @property
    def year_alone(self) -> PartialDate:
        """The year in which the date begins."""
        return PartialDate(self.year)

    @property
    def iso(self) -> str:
        """The form that biblatex reads: `2025-03`, `2024/2025`, `2001-21`, `1377~`, `2004/`; a quarter is a range of months."""
        if self.quarter:
            ends = (replace(self, season=0, month=self.first_month), PartialDate(self.year, self.first_month + 2))
            whole = replace(ends[0], end=None if self.open else (self.end or ends[1]))
            return (replace(ends[1], open="until", mark=self.mark) if self.open == "until" else whole).iso
        if self.end and self.end.quarter:
            return replace(self, end=PartialDate(self.end.year, self.end.first_month + 2)).iso
        month = self.season or self.month
        year = f"{self.year:04d}" if self.year >= 0 else f"-{-self.year:04d}"
        own = year + (f"-{month:02d}" if month else "") + (f"-{self.day:02d}" if self.day else "")
        own += self.mark
        if self.open:
            return f"{own}/" if self.open == "from" else f"/{own}"
        return own + (f"/{self.end.iso}" if self.end else "")

    @property
    def reach(self) -> tuple[float, float]:
        """From when to when the date reaches, in months since the year 0: a year twelve, a month one, a day a point."""
        begins = self.year * 12 + self.first_month - 1
        if self.day:
            begins_at = begins + (self.day - 1) / monthrange(max(self.year, 1), self.month)[1]
            own = (begins_at, begins_at)
        else:
            own = (begins, begins + (3 if self.season else 1 if self.month else 12))
        return own if self.end is None else (own[0], max(own[1], self.end.reach[1]))

    def agrees(self, other: PartialDate) -> bool:
        """Whether the two are the same at the precision of the less precise one."""
        if self.year != other.year or not (self._months & other._months):
            return False
        ends = self.end is None or other.end is None or self.end.agrees(other.end)
        return ends and (not self.day or not other.day or self.day == other.day)

    @property
    def _months(self) -> set[int]:
        if self.season:
            return {(self.first_month + k - 1) % 12 + 1 for k in range(3)}
        return {self.month} if self.month else set(range(1, 13))


_ISO = re.compile(r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?([~?%]?)$")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of dates in one language, as `_plain` writes them: months and seasons with their numbers, and the rest.

    `glue` may stand between the parts of a date: `8th of March`, `le 8 mars`, `l’été 2020`. `endings` follow the digits
    of a day: `8th`, `1er`, `1.º`.
    """

    months: dict[str, int]
    seasons: dict[str, int]
    glue: frozenset[str]
    endings: str


@cache
def date_words(lang: str) -> DateWords:
    """The words of dates in a language."""
    months = {plain_words(name)[-1]: number for name, number in cldr.month_names(lang).items()}
    seasons = {
        _plain(word): number
        for number in (SPRING, SUMMER, AUTUMN, WINTER)
        for word in (words_of(lang)[f"season.{number}"], *typed(f"season.{number}", lang))
    }
    glue = {word for phrase in typed("in-date", lang) for word in plain_words(phrase)}
    endings = "|".join(re.escape(_plain(ending)) for ending in typed("day-ending", lang))
    return DateWords(months, seasons, frozenset(glue), rf"(?:{endings})?" if endings else "")


def iso_date(text: str) -> PartialDate | None:
    """The date of an ISO text such as `2025-03`, `2024-11/2025-02`, `1377~`, `2004/`; nothing where it is none."""
    parts = [part.strip() for part in text.strip().split("/")]
    if len(parts) > 2:
        return None
    if len(parts) == 1:
        return _single(parts[0])
    first, last = _single(parts[0]), _single(parts[1])
    if first and last:
        return replace(first, end=last) if first.alone <= last else None
    if first and parts[1] in ("", ".."):
        return replace(first, open="from")
    return replace(last, open="until") if last and parts[0] in ("", "..") else None


def _single(text: str) -> PartialDate | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups()[:3])
    season = month if SPRING <= month <= WINTER and not day else 0
    date = _valid(year, 0 if season else month, day)
    return date and replace(date, season=season, mark=match[4])  # type: ignore[arg-type]


def _valid(year: int, month: int, day: int) -> PartialDate | None:
    if not 0 <= month <= 12 or (day and not month):
        return None
    try:
        Day(max(year, 1) if year <= 9999 else 1, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def month_number(text: str) -> int:
    """The number of a month from its name in any language, however it is shortened, or digits; 0 where it is none."""
    plain = _plain(text).strip(" .")
    if plain.isdigit():
        return int(plain) if 1 <= int(plain) <= 12 else 0
    known = (date_words(lang).months for lang in IN_ORDER)
    return next((number for months in known if (number := _month(plain, months))), 0)


def _month(plain: str, months: dict[str, int]) -> int:
    """The month of a name, of its beginning (`febr`), or of one that is nearly it (`febuary`)."""
    near = get_close_matches(plain, [name for name in months if len(name) > 4], 1, 0.85) if len(plain) > 4 else []
    return _begun(plain, months) or (months[near[0]] if near else 0)


def _begun(plain: str, months: dict[str, int]) -> int:
    """The month of a name or of its beginning (`sep`, `febr`), where it can be no other."""
    begun = {number for name, number in months.items() if name.startswith(plain)} if len(plain) > 2 else set()
    return months.get(plain, 0) or (begun.pop() if len(begun) == 1 else 0)


def season_number(text: str) -> int:
    """The number of a season from its name in any language; 0 where it is none."""
    plain = _plain(text)
    return next((number for lang in IN_ORDER if (number := date_words(lang).seasons.get(plain, 0))), 0)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def plain_words(text: str) -> list[str]:
    """The words of a date without accents, case, brackets and commas, each without a dot at its end."""
    plain = re.sub(r"['(),]", " ", _plain(text.replace("’", "'")))
    plain = re.sub(r"(?<=[a-z.])-(?=\d)|(?<=\d)-(?=[a-z])", " ", plain)  # 08-Mar-2025
    return [word.rstrip(".") for word in plain.split()]


def readings(text: str) -> list[PartialDate]:
    """Every date that a text may mean, as `05/06/2020` two; none where it says anything but one date."""
    text = text.strip()
    iso = iso_date(text)
    found = [iso] if iso else [date for parts in _parts(text) if parts[0] and (date := _dated(*parts))]
    if match := re.fullmatch(r"(\d{4})\s*([-/–—])\s*(\d\d)", text):
        year, number = int(match[1]), int(match[3])
        if match[2] in "–—" and 1 <= number <= 12:
            found.append(PartialDate(year, number))
        if number > year % 100 and not (match[2] == "-" and number <= 12):  # ISO's own month
            found.append(PartialDate(year, end=PartialDate(year - year % 100 + number)))
    return found


def between(first: str, last: str) -> list[PartialDate]:
    """Every range that two texts may mean; the first may leave out what the second says: `3`, `5 March 2020`."""
    found = []
    for end in readings(last):
        for year, month, day, season in _parts(first.strip()) or _bare_day(first):
            borrowed = not year and not month and not season
            start = _dated(year or end.year, end.month if borrowed else month, day, season)
            if start and start < end and not end.end:
                found.append(replace(start, end=end))
    return found


def _dated(year: int, month: int, day: int, season: int) -> PartialDate | None:
    date = _valid(year, month, day)
    return date and replace(date, season=season)


def _bare_day(text: str) -> list[tuple[int, int, int, int]]:
    for lang in IN_ORDER:
        known = date_words(lang)
        days = [word for word in plain_words(text) if word not in known.glue]
        match = re.fullmatch(rf"(\d{{1,2}}){known.endings}", days[0]) if len(days) == 1 else None
        if match:
            return [(0, 0, int(match[1]), 0)]
    return []


def _parts(text: str) -> list[tuple[int, int, int, int]]:
    """Year, month, day and season of each reading of one date; the year is 0 where the text gives none."""
    single = _single(text)
    if single:
        return [(single.year, single.month, single.day, single.season)]
    if match := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        pairs = dict.fromkeys([(one, other)] if match[2] == "." else [(one, other), (other, one)])
        return [(year, month, day, 0) for day, month in pairs if _valid(year, month, day)]
    if match := re.fullmatch(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})", text):
        return [(int(match[1]), int(match[3]), int(match[4]), 0)]
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", text):
        return [(int(match[2]), int(match[1]), 0, 0)] if int(match[1]) else []
    if match := re.fullmatch(r"(\d{4})[/.](\d{1,2})", text):
        return [(int(match[1]), int(match[2]), 0, 0)] if int(match[2]) else []
    return _worded(text)


def _worded(text: str) -> list[tuple[int, int, int, int]]:
    """A date in words of one language, all of which belong to it: `8 mars 2025`, `March 8th, 2025`, `été 2020`."""
    words = plain_words(text)
    if not any(word.isdigit() for word in words) and not any(word[:1].isalpha() for word in words):
        return []
    return next((found for lang in IN_ORDER if (found := _worded_in(date_words(lang), words))), [])


def _worded_in(known: DateWords, words: list[str]) -> list[tuple[int, int, int, int]]:
    year = month = day = season = 0
    for word in words:
        digits = re.fullmatch(rf"(\d{{1,2}}){known.endings}", word)
        if re.fullmatch(r"\d{4}", word) and not year:
            year = int(word)
        elif digits and not day and 1 <= int(digits[1]) <= 31:
            day = int(digits[1])
        elif not month and (number := _begun(word, known.months)):
            month = number
        elif word in known.seasons and not season:
            season = known.seasons[word]
        elif word not in known.glue:
            return []
    sound = (bool(month) != bool(season) and not (season and day)) or bool(year and not (month or season or day))
    return [(year, month, day, season)] if sound else []


def read_date(text: str) -> PartialDate | None:
    """The date of an ISO text or of words such as `8 mars 2025`, `March 2025`; of a longer text, the date around its
    first year."""
    whole = readings(text)
    if not whole:
        whole = list(dict.fromkeys(date for ends in ranges(text, "date") for date in between(*ends)))
    if len(whole) == 1:
        return whole[0]
    words = re.findall(r"[^\W\d_]+|\d+[^\W\d_]*", text)
    at = next((place for place, word in enumerate(words) if re.fullmatch(r"\d{4}", word)), None)
    if at is None:
        return None
    for first, last in sorted(_windows(at, len(words)), key=lambda window: window[0] - window[1]):
        for year, month, day, season in _worded(" ".join(words[first:last])):
            return _dated(year, month, day, season)
    return None


LONGEST_DATE = 6
"""A date in a longer text has at most so many words: `el 8 de marzo de 2025`."""


def _windows(at: int, count: int) -> list[tuple[int, int]]:
    """The stretches of words around the one at `at`."""
    firsts, lasts = range(max(0, at - LONGEST_DATE + 1), at + 1), range(at + 1, min(count, at + LONGEST_DATE) + 1)
    return [(first, last) for first in firsts for last in lasts if last - first <= LONGEST_DATE]
