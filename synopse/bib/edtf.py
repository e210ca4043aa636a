"""A date field in, its date and the text that biblatex reads out (biblatex manual, § 2.3.8; ISO 8601-2, levels 0 and 1).

What `dates.iso_date` cannot hold — unspecified digits, times, years of more than four digits, parts of a year other
than seasons — keeps the text that was written beside the date it amounts to.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace

from synopse.bib.written_spans import read_span, says_no_more, without_clock
from synopse.locale.dates import PartialDate, iso_date, read_date


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written: what it amounts to, the text for biblatex, and what to tell of it."""

    date: PartialDate
    text: str
    told: str = ""


def read_written(value: str) -> Written | None:
    """The date of a field; nothing where it is none. `told` says where another text was written than biblatex reads."""
    text = value.strip()
    found = _edtf(text)
    if found:
        return found
    modern = _modern(text)
    if modern != text and (found := _edtf(modern)):
        return Written(found.date, found.text, f'"{text}" is read as "{found.text}"')
    bare = without_clock(text)
    if bare == text and not re.search(r"[^\W\d_]|[/.]\d", text):
        return None
    iso = re.search(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", bare)
    dates = (read_span(bare), read_date(bare), iso_date(iso[0]) if iso else None)
    date = next((each for each in dates if each and says_no_more(bare, each)), None)
    return Written(date, date.iso, f'"{text}" is read as "{date.iso}"') if date else None


def _modern(text: str) -> str:
    """The form that biblatex reads today.

    It is that of EDTF's first draft, `20uu`, `2004/open`, of ISO 8601's short end, `2020-06-05/07`, and of two dates with a dash.
    """
    text = re.sub(r"^(\d{4}-\d\d(?:-\d\d)?) *(?:--|–) *(\d{4}-\d\d(?:-\d\d)?)$", r"\1/\2", text)
    text = re.sub(r"^(-?\d{4}-)(\d\d-)(\d\d/)(\d\d)$", r"\1\2\3\1\2\4", text)
    text = re.sub(r"^(-?\d{4}-)(\d\d-\d\d/)(\d\d-\d\d)$", r"\1\2\1\3", text)
    text = re.sub(r"(?<=\d)u+|u{2}(?=$|[-/])", lambda m: "X" * len(m[0]), text)
    text = re.sub(r"^(unknown|open)(?=/)", lambda m: "" if m[1] == "unknown" else "..", text)
    text = re.sub(r"(?<=/)(unknown|open)$", lambda m: "" if m[1] == "unknown" else "..", text)
    text = re.sub(r"\?~|~\?", "%", text)
    return re.sub(r"(\d{4})-(\d)(?=-|$|/)", r"\1-0\2", re.sub(r"-(\d)(?=$|/)", r"-0\1", text))


def _edtf(text: str) -> Written | None:
    if re.search(r"(?<![\d-])\d{1,3}(?!\d)-|-\d(?!\d)", text):
        return None
    date = iso_date(text)
    if date:
        return Written(date, text if ".." in text or "/" in text else date.iso)
    if unspecified := _unspecified(text):
        return Written(unspecified, text)
    bare = re.sub(r"T\d\d:\d\d:\d\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d)?", "", text)
    if bare != text and (date := iso_date(bare)):
        return Written(date, text)
    if match := re.fullmatch(r"Y(-?\d{5,})([~?%]?)", text):
        return Written(PartialDate(int(match[1]), mark=match[2]), text)  # type: ignore[arg-type]
    if match := re.fullmatch(r"(-?\d{4})-(2[5-9]|3\d|4[01])([~?%]?)", text):
        date = PartialDate(int(match[1]), season=_season(int(match[2])), mark=match[3])  # type: ignore[arg-type]
        return Written(date, text)
    return None


def _season(number: int) -> int:
    """The season of one hemisphere (25 to 32) as the season; a quarter or a half of a year is none."""
    return 21 + (number - 25) % 4 if number <= 32 else 0


def _unspecified(text: str) -> PartialDate | None:
    """The range that unspecified digits stand for, as biber takes them: `199X` is 1990/1999."""
    match = re.fullmatch(r"(\d{2}XX|\d{3}X|\d{4})(?:-(\d\d|XX)(?:-(XX))?)?", text)
    if not match or "X" not in text or ("X" in match[1] and match[2]):
        return None
    first, last = (int(match[1].replace("X", digit)) for digit in "09")
    if "X" in match[1]:
        return PartialDate(first, end=PartialDate(last))
    if match[3] and match[2] != "XX":
        month = int(match[2])
        if not 1 <= month <= 12:
            return None
        end = PartialDate(first, month, monthrange(first, month)[1])
        return replace(PartialDate(first, month, 1), end=end)
    if match[3]:
        return replace(PartialDate(first, 1, 1), end=PartialDate(first, 12, 31))
    return replace(PartialDate(first, 1), end=PartialDate(first, 12))
