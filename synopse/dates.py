"""Dates as precise as they were written: a year, a month, a day, or a range of those.

ISO 8601-2 level 0, which biblatex takes in its date fields (biblatex manual, § 2.3.8), and the words of a person
in French or English.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date as Day

from synopse.packed import Packed


@dataclass(frozen=True, slots=True, order=True)
class PartialDate(Packed):
    """A date; `month` and `day` are 0 where they were not given. `end` closes a range; it is its own `PartialDate`."""

    year: int
    month: int = 0
    day: int = 0
    end: PartialDate | None = None

    @property
    def iso(self) -> str:
        """The form that biblatex reads: `2025-03`, `2024/2025`."""
        own = (
            f"{self.year:04d}" + (f"-{self.month:02d}" if self.month else "") + (f"-{self.day:02d}" if self.day else "")
        )
        return own + (f"/{self.end.iso}" if self.end else "")

    def agrees(self, other: PartialDate) -> bool:
        """Whether the two are the same at the precision of the less precise one."""
        return self.year == other.year and all(
            not a or not b or a == b for a, b in ((self.month, other.month), (self.day, other.day))
        )


_ISO = re.compile(r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}


def iso_date(text: str) -> PartialDate | None:
    """The date of an ISO text such as `2025-03` or `2024-11/2025-02`; nothing where it is none."""
    parts = text.strip().split("/")
    if len(parts) > 2:
        return None
    read = [_single(part.strip()) for part in parts]
    first = read[0]
    if first is None:
        return None
    if len(parts) == 1:
        return first
    if parts[1].strip() in ("", ".."):
        return first
    return PartialDate(first.year, first.month, first.day, read[1]) if read[1] else None


def _single(text: str) -> PartialDate | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    return _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> PartialDate | None:
    if not 0 <= month <= 12 or (match_is_wrong := day and not month):
        return None
    try:
        Day(max(year, 1) if year <= 9999 else 1, month or 1, day or 1)
    except ValueError:
        return None
    return None if match_is_wrong else PartialDate(year, month, day)


def month_number(text: str) -> int:
    """The number of a month from its name, abbreviation or digits, in English or French; 0 where it is none."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode().strip(" .")
    if plain.isdigit():
        return int(plain) if 1 <= int(plain) <= 12 else 0
    return MONTHS.get(plain, MONTHS.get(plain[:3], 0) if len(plain) > 3 and plain.isalpha() else 0)


def read_date(text: str) -> PartialDate | None:
    """The date of an ISO text or of words such as `8 mars 2025`, `March 2025`, `mars 2025`; nothing where it is none."""
    iso = iso_date(text)
    if iso:
        return iso
    words = re.findall(r"[^\W\d_]+|\d+", text)
    year = next((int(word) for word in words if re.fullmatch(r"\d{4}", word)), None)
    if year is None:
        return None
    month = next((month_number(word) for word in words if not word.isdigit() and month_number(word)), 0)
    day = next((int(w) for w in words if w.isdigit() and len(w) <= 2 and 1 <= int(w) <= 31), 0)
    return _valid(year, month, day if month else 0)
