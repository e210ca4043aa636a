"""What Unicode's CLDR says of a language (by Babel): plurals, lists, shares, months, the order of a date's parts.

Babel takes a while to be read, so it is imported where something is asked of it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from synopse.locale.languages import words_of

if TYPE_CHECKING:
    from babel import Locale


@cache
def locale_of(lang: str) -> Locale:
    """Babel's locale for a language: the one that its file names."""
    from babel import Locale

    return Locale.parse(words_of(lang)["cldr"], sep="-")


def plural_form(lang: str, count: int | Decimal) -> str:
    """The plural form that the language has for a count: `one`, `few`, `many`, `other` …"""
    return str(locale_of(lang).plural_form(count))


def listed(lang: str, items: list[str], style: Literal["standard", "or"] = "standard") -> str:
    """Items as a sentence lists them, the last one after « and », or after « or »."""
    if len(items) < 2:
        return "".join(items)
    from babel.lists import format_list

    return str(format_list(items, locale=locale_of(lang), style=style))


@lru_cache(maxsize=256)
def percent(lang: str, hundredths: int) -> str:
    """A share in whole percents, its sign after a space that breaks no line where the language has one."""
    from babel.numbers import format_percent

    shown = str(format_percent(Decimal(hundredths) / 100, locale=locale_of(lang)))
    return shown.replace("\u202f%", "\u00a0%")


@cache
def months(lang: str) -> tuple[str, ...]:
    """The months as a date with its day has them, from January on."""
    names = locale_of(lang).months["format"]["wide"]
    return tuple(str(names[number]) for number in range(1, 13))


@cache
def month_names(lang: str) -> dict[str, int]:
    """Every name and abbreviation of a month, with its number."""
    widths = [
        locale_of(lang).months[use][width] for use in ("format", "stand-alone") for width in ("wide", "abbreviated")
    ]
    return {str(name): number for names in widths for number, name in names.items()}


@cache
def quarters(lang: str) -> tuple[str, ...]:
    """The quarters of a year as a date has them, in the width that the language's file names: `Q1` …, `1.er trimestre` …"""
    names = locale_of(lang).quarters["format"][words_of(lang)["date.quarter"]]
    return tuple(str(names[number]) for number in range(1, 5))


@cache
def date_parts(lang: str, of: Literal["day", "month", "quarter"]) -> tuple[tuple[str, str], ...]:
    """How a date is put together: `("field", "d")`, `("chars", " de ")` …; with its day, or month and year, quarter and year."""
    from babel.dates import tokenize_pattern

    known = locale_of(lang)
    skeletons = {"month": "yMMMM", "quarter": "yQQQQ" if words_of(lang)["date.quarter"] == "wide" else "yQQQ"}
    pattern = known.date_formats["long"].pattern if of == "day" else known.datetime_skeletons[skeletons[of]].pattern
    return tuple((kind, what[0] if kind == "field" else what) for kind, what in tokenize_pattern(pattern))
