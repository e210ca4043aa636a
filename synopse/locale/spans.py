"""Parts of years and decades in words: a text such as `Q3 2020`, `début 2020` or `the late 1990s` in, its dates out.

Such a text names a stretch of time with soft edges. It is given the dates that put it in order and draw it: a third of the
year, the month or the decade for early, mid and late; what is printed is the text as it was typed. A quarter is a date as
others are, and printed as each language writes it. The words are those of one language (`typed.early`, `typed.quarter` …
of its file).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import cache

from synopse.locale.dates import (
    BEFORE_QUARTERS,
    SUMMER,
    WINTER,
    PartialDate,
    date_words,
    plain_words,
    readings,
    season_number,
)
from synopse.locale.languages import IN_ORDER, typed


@dataclass(frozen=True, slots=True)
class SpanWords:
    """The words of a language: months of a part of a year, the number of an ordinal, which third, the forms of a decade.

    `glue` may stand anywhere between them.
    """

    divided: dict[str, int]
    ordinals: dict[str, int]
    thirds: dict[str, int]
    decades: tuple[tuple[str, ...], ...]
    glue: frozenset[str]


@cache
def span_words(lang: str) -> SpanWords:
    """The words of parts of years and decades in a language."""
    glue = date_words(lang).glue | {word for phrase in typed("in-span", lang) for word in plain_words(phrase)}

    def words(name: str) -> list[str]:
        return [word for phrase in typed(name, lang) for word in plain_words(phrase)]

    return SpanWords(
        divided={word: months for months, name in ((3, "quarter"), (6, "half")) for word in words(name)},
        ordinals={
            word: number for number, phrase in enumerate(typed("ordinals", lang), 1) for word in plain_words(phrase)
        },
        thirds={word: third for third, name in enumerate(("early", "mid", "late")) for word in words(name)},
        decades=tuple(tuple(plain_words(phrase)) for phrase in typed("decade", lang)),
        glue=glue,
    )


_OF_TWO_YEARS = re.compile(r"(?P<season>[^\W\d_]+)\s+(?P<first>\d{4})\s*[-/–—]\s*(?P<second>\d{4}|\d\d)")


def _season_of_two_years(text: str) -> PartialDate | None:
    """The months of `winter 2014/15`: the season, winter in the north and summer in the south, in which a year ends."""
    match = _OF_TWO_YEARS.fullmatch(text.strip())
    if match is None or season_number(match["season"]) not in (SUMMER, WINTER):
        return None
    first = int(match["first"])
    if match["second"] not in (str(first + 1), f"{(first + 1) % 100:02}"):
        return None
    return PartialDate(first, 12, end=PartialDate(first + 1, 2))


def span_of(text: str) -> PartialDate | None:
    """The dates of a part of a year, of a month or of a decade; nothing where the text says anything else."""
    if season := _season_of_two_years(text):
        return season
    words = plain_words(re.sub(r"(?<=\w)[/-](?=\w)", " ", text))
    return next((found for lang in IN_ORDER if (found := _span_in(span_words(lang), words))), None)


def _span_in(known: SpanWords, words: list[str]) -> PartialDate | None:
    said = [word for word in words if word not in known.glue]
    if not said:
        return None
    if decade := _decade(known, said):
        return PartialDate(decade, end=PartialDate(decade + 9))
    if said[0] in known.thirds:
        return _third(known, said[1:], known.thirds[said[0]])
    return _part(known, said)


def _decade(known: SpanWords, said: list[str]) -> int:
    """The first year of the decade that the words name; 0 where they name none."""
    for form in known.decades:
        bare = [word for word in form if word not in known.glue]
        pattern = " ".join(map(re.escape, bare)).replace(r"\{\}", r"(\d{3}0)")
        if match := re.fullmatch(pattern, " ".join(said)):
            return int(match[1])
    return 0


def _part(known: SpanWords, said: list[str]) -> PartialDate | None:
    """One quarter or half of a year: `q3 2020`, `2020 q3`, `third quarter 2020`."""
    pieces = [piece for word in said for piece in re.findall(r"\d{4}(?=[a-z]|$)|[a-z]+(?=\d$)|(?<=[a-z])\d$|\S+", word)]
    if len(pieces) != 3:
        return None
    years = [piece for piece in pieces if re.fullmatch(r"\d{4}", piece)]
    months = [known.divided[piece] for piece in pieces if piece in known.divided]
    numbers = [known.ordinals[piece] for piece in pieces if piece in known.ordinals]
    if not (len(years) == len(months) == len(numbers) == 1):
        return None
    last, year = numbers[0] * months[0], int(years[0])
    if last > 12:
        return None
    if months[0] == 3:
        return PartialDate(year, season=BEFORE_QUARTERS + numbers[0])
    return PartialDate(year, last - months[0] + 1, end=PartialDate(year, last))


def _third(known: SpanWords, said: list[str], third: int) -> PartialDate | None:
    """The beginning, the middle or the end of a year, of a month or of a decade."""
    if decade := _decade(known, said):
        return PartialDate(decade + (0, 4, 7)[third], end=PartialDate(decade + (3, 6, 9)[third]))
    found = readings(" ".join(said))
    if len(found) != 1 or found[0].day or found[0].end or found[0].season or found[0].mark or found[0].open:
        return None
    (whole,) = found
    if not whole.month:
        return replace(whole, month=4 * third + 1, end=replace(whole, month=4 * third + 4))
    last = (10, 20, monthrange(max(whole.year, 1), whole.month)[1])[third]
    return replace(whole, day=10 * third + 1, end=replace(whole, day=last))
