"""A large page in, the same page in fewer bytes out: what a reader sees, and what the script finds, stays as it is.

A report of hundreds of papers says in each cell which places it counts: these names, and those of papers and fields, are most of its
bytes. They become as short as they can be. What HTML lets be left out is left out: the end of a cell, a row, an item and a paragraph
(HTML Standard, § 13.1.2.4), and quotation marks around a value that needs none (§ 13.1.2.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

LARGE = 2_000_000
"""A page of fewer characters stays as it is written: a person may read it."""
SIGN = "~"
"""Before the number of a paper or of a field, in the place of its name, which never begins so."""
_PLACES = re.compile(r' (?P<name>id|data-s)="(?P<places>f[^"]*)"')
_PLACE = re.compile(r"\b(?P<file>f[0-9a-z]+)(?P<study>\.\w+)?(?P<place>-\d+-\d+)")
_PAPER = re.compile(r' data-k="([^"]*)"')
_FIELD = re.compile(r' data-f="([^"]*)"')
_NEEDS_NONE = re.compile(r'(?<=[a-z])="([A-Za-z0-9_.,:#%~-]+)"(?=[ >])')
_PARAGRAPHS = re.compile(r"</p>(?=\s*(?:<(?:p|ul|ol|table|div|dl|h[1-6])\b|</(?:td|li|div|dd|section)>))")
_ENDS = re.compile(r"</(?:td|th|tr|li|dd)>(?=\s*(?:<(?:td|th|tr|li)\b|</(?:tr|tbody|thead|tfoot|ul|ol)>))")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class _Names:
    """Short names of files, and of places in each, in the order in which they are met."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.places: dict[str, dict[str, str]] = {}

    def of_place(self, match: re.Match[str]) -> str:
        """A place by its file, the study that it counts for, and its number in the file."""
        file, study, place = match["file"], match["study"] or "", match["place"]
        if file not in self.files:
            self.files[file], self.places[file] = _capital(len(self.files)), {}
        numbers = self.places[file]
        if place not in numbers:
            numbers[place] = _number(len(numbers))
        return f"{self.files[file]}{study}-{numbers[place]}"

    def of_file(self, token: str) -> str:
        """What stands for a file, or for one of the studies that it is about."""
        file, stop, study = token.partition(".")
        return self.files.get(file, file) + stop + study


def compact(body: str, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The body of a page and the data of its script, with the same names in both."""
    names, fields = _Names(), dict[str, int]()
    papers = {paper["k"]: number for number, paper in enumerate(data.get("papers", ()))}

    def paper(match: re.Match[str]) -> str:
        return f" data-k={SIGN}{papers[match[1]]}" if match[1] in papers else match[0]

    body = _PLACES.sub(lambda match: f' {match["name"]}="{_PLACE.sub(names.of_place, match["places"])}"', body)
    body = _FIELD.sub(
        lambda match: f" data-f={SIGN}{fields.setdefault(match[1], len(fields))}", _PAPER.sub(paper, body)
    )
    body = _ENDS.sub("", _PARAGRAPHS.sub("", _NEEDS_NONE.sub(r"=\1", body)))
    numbers = {
        each["id"]: {value: n for n, value in enumerate(each.get("values", ()))} for each in data.get("facets", ())
    }
    told = [
        each
        | {
            "f": names.of_file(each["f"]),
            "v": {id: _numbered(values, numbers.get(id, {})) for id, values in each["v"].items()},
        }
        for each in data.get("papers", ())
    ]
    fresh = [_PLACE.sub(names.of_place, each) for each in data.get("fresh", ())]
    return body, {**data, "papers": told, "fresh": fresh, "fields": [unescape(each) for each in fields]}


def _numbered(values: Sequence[str], numbers: Mapping[str, int]) -> list[str | int]:
    """The values of a facet, each as its number among those that papers are chosen by, where it is one."""
    return [numbers.get(value, value) for value in values]


def _capital(number: int) -> str:
    """A name that no other id of the page has: a capital, and letters or digits."""
    number, first = divmod(number, 26)
    return chr(65 + first) + (_number(number - 1) if number else "")


def _number(number: int) -> str:
    """A number in base 36."""
    written = _DIGITS[number % 36]
    while number >= 36:
        number //= 36
        written = _DIGITS[number % 36] + written
    return written
