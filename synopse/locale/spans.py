"""Parts of years and decades in words: a text such as `Q3 2020`, `début 2020` or `the late 1990s` in, its dates out.

Such a text names a stretch of time with soft edges. It is given the dates that put it in order and draw it: a third of the
year, the month or the decade for early, mid and late; what is printed is the text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import replace

from synopse.locale.dates import PartialDate, readings

_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first premier premiere 1st 1er 1ere 1re", "second 2nd deuxieme seconde 2e 2eme 2d 2de", "third 3rd troisieme 3e 3eme",
         "fourth 4th quatrieme 4e 4eme"), 1)
    for word in words.split()
}  # fmt: skip
_DIVIDED = {"quarter": 3, "trimestre": 3, "half": 6, "semestre": 6, "semester": 6, "q": 3, "t": 3, "h": 6, "s": 6}
"""How many months a part of a year has, by its word or the letter before its number."""
_THIRDS = {
    "early": 0,
    "beginning": 0,
    "debut": 0,
    "mid": 1,
    "middle": 1,
    "mi": 1,
    "milieu": 1,
    "late": 2,
    "end": 2,
    "fin": 2,
}
_YEAR = r"(\d{4})"
_LETTER = re.compile(rf"(?:([qths])[ -]?(\d)[ ,/-]*{_YEAR}|{_YEAR}[ ,/-]*([qths])[ -]?(\d))")
_NAMED = re.compile(
    rf"(?:the |le |la |au )?(\w+) (quarter|half|trimestre|semestre|semester) (?:of |de |in )?(?:l'annee )?{_YEAR}"
)
_THIRD = re.compile(
    rf"(?:(?:the|le|la|au|a la|in|en|at) )?({'|'.join(_THIRDS)})(?:-| |$)(?:of |the |des |de |du |d'|l'|annee |year )*(.*)"
)
_DECADE = re.compile(r"(?:(?:the|les|des|in the|dans les) )?(?:(\d{3}0)(?:s|'s)|annees (\d{3}0))")


def span_of(text: str) -> PartialDate | None:
    """The dates of a part of a year, of a month or of a decade; nothing where the text says anything else."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    if match := _LETTER.fullmatch(plain):
        letter, number, year = match[1] or match[5], match[2] or match[6], match[3] or match[4]
        return _part(int(year), _DIVIDED[letter], int(number))
    if match := _NAMED.fullmatch(plain):
        return _part(int(match[3]), _DIVIDED[match[2]], _ORDINALS.get(match[1], 0))
    if match := _DECADE.fullmatch(plain):
        year = int(match[1] or match[2])
        return PartialDate(year, end=PartialDate(year + 9))
    match = _THIRD.fullmatch(plain)
    return _third(match[2], _THIRDS[match[1]]) if match else None


def _part(year: int, months: int, number: int) -> PartialDate | None:
    """One quarter or half of a year."""
    last = number * months
    return PartialDate(year, last - months + 1, end=PartialDate(year, last)) if number >= 1 and last <= 12 else None


def _third(text: str, third: int) -> PartialDate | None:
    """The beginning, the middle or the end of a year, of a month or of a decade."""
    if match := _DECADE.fullmatch(text):
        year = int(match[1] or match[2])
        return PartialDate(year + (0, 4, 7)[third], end=PartialDate(year + (3, 6, 9)[third]))
    found = readings(text)
    if len(found) != 1 or found[0].day or found[0].end or found[0].season or found[0].mark or found[0].open:
        return None
    (whole,) = found
    if not whole.month:
        return replace(whole, month=4 * third + 1, end=replace(whole, month=4 * third + 4))
    last = (10, 20, monthrange(max(whole.year, 1), whole.month)[1])[third]
    return replace(whole, day=10 * third + 1, end=replace(whole, day=last))
