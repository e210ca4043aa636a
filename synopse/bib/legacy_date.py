"""BibTeX's `year`, `month` and `day` in, a date out; and whether they are to be printed as they were written instead.

biblatex reads a year, and a month that is a number or an English name; of "March--April", "8 March" or "février" it
prints one month, the wrong one, or the word (tried with biber 2.18).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from synopse.bib.written_spans import read_span
from synopse.locale.dates import PartialDate, iso_date, season_number


@dataclass(frozen=True, slots=True)
class Legacy:
    """The date, if there is one; `literal` where year and month are printed as they stand; what to tell, and of what."""

    date: PartialDate | None
    literal: bool = False
    told: str = ""
    code: str = "bib-reading"
    field: str = "year"


def legacy_date(year: str, month: str, day: str) -> Legacy:
    """The date of three fields, each of which may be empty but for the year."""
    if re.fullmatch(r"-\d{1,4}", year):
        found = _dated(int(year), month, day)
        sign = f'the year "{year}" is read as {year}, where biblatex drops its sign'
        return replace(found, told="; ".join(filter(None, (sign, found.told))))
    if re.fullmatch(r"\d{1,2}", year):
        told = f'the year "{year}" has no century; it is kept as written, where 00{int(year):02d} would be a year of antiquity'
        return Legacy(None, literal=True, told=told, code="bad-date")
    if not re.fullmatch(r"\d{3,4}", year):
        date = iso_date(year)
        told = ""
        if date is None:
            told = f'the year "{year}" is not a year; it is kept as written'
        elif not re.fullmatch(r"-?\d{4}/-?\d{4}", year):
            told = f'the year "{year}" is kept as written, while the tables have it as a date; biblatex reads such a one in date'
        return Legacy(date, literal=True, told=told, code="bad-date")
    return _dated(int(year), month, day)


def _dated(number: int, month: str, day: str) -> Legacy:
    """The date of a year that is one, with what the two other fields say."""
    text = re.sub(r"[\s\u00a0]+", " ", month).strip(" .,")
    if not text:
        return _without(day, Legacy(PartialDate(number)))
    found = _month(number, text)
    if found is None:
        message = f'the month "{text}" is not a month; it is kept as written'
        return Legacy(PartialDate(number), literal=True, told=message, code="bad-date", field="month")
    if found.season:
        return _without(day, Legacy(found, literal=True))
    if day.strip(" .").isdigit() and not found.day and not found.end:
        whole = iso_date(f"{PartialDate(number).iso}-{found.month:02d}-{int(day.strip(' .')):02d}")
        if whole:
            return Legacy(
                whole, told=f"the day is printed as well, which biblatex leaves out: {whole.iso}", field="day"
            )
    plain = re.fullmatch(
        r"0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", text, re.IGNORECASE
    )
    told = "" if plain else f'the month "{text}" is read as {found.iso}, which biblatex alone would not print so'
    return _without("" if day.strip(" .0") == str(found.day) else day, Legacy(found, told=told, field="month"))


def _without(day: str, read: Legacy) -> Legacy:
    """The date, with a word on a day that it could not take in."""
    if not day.strip() or read.date is None:
        return read
    message = f'the day "{day.strip()}" is no day of {read.date.iso}; it is left out'
    return replace(read, told="; ".join(filter(None, (read.told, message))), code="bad-date", field="day")


def _month(year: int, text: str) -> PartialDate | None:
    """The month, or months, or season, with its day where the text has one; nothing where it is none of these."""
    if season := season_number(text):
        return PartialDate(year, season=season)
    return read_span(text, year)
