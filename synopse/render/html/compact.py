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

from synopse.render.html.text import base36

LARGE = 2_000_000
"""A page of fewer characters stays as it is written: a person may read it."""
SIGN = "~"
"""Before the number of a paper or of a field, in the place of its name, which never begins so."""
_TAG = re.compile(r"<[a-z][^<>]*>")
"""The beginning of an element: what is changed stands within one alone, for a text may hold signs that look like an attribute."""
_ATTRIBUTE = re.compile(r'(?P<before> (?P<name>[\w-]+)=)"(?P<value>[^"]*)"(?P<last>/?)')
_PLACE = re.compile(r"(?P<file>f[0-9a-z]+)(?P<study>\.\w+)?(?P<place>-\d+-\d+)")
_NEEDS_NONE = re.compile(r"[A-Za-z0-9_.,:#%~-]+")
_PARAGRAPHS = re.compile(r"</p>(?=\s*(?:<(?:p|ul|ol|table|div|dl|h[1-6])\b|</(?:td|li|div|dd|section)>))")
_ENDS = re.compile(r"</(?:td|th|tr|li|dd)>(?=\s*(?:<(?:td|th|tr|li)\b|</(?:tr|tbody|thead|tfoot|ul|ol)>))")


class _Names:
    """Short names of files, and of places in each, in the order in which they are met."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.places: dict[str, dict[str, str]] = {}

    def of_place(self, token: str) -> str:
        """A place by its file, the study that it counts for, and its number in the file; what is no place stays as it is."""
        match = _PLACE.fullmatch(token)
        if match is None:
            return token
        file, study, place = match["file"], match["study"] or "", match["place"]
        if file not in self.files:
            self.files[file], self.places[file] = _capital(len(self.files)), {}
        numbers = self.places[file]
        if place not in numbers:
            numbers[place] = base36(len(numbers))
        return f"{self.files[file]}{study}-{numbers[place]}"

    def of_file(self, token: str) -> str:
        """What stands for a file, or for one of the studies that it is about."""
        file, stop, study = token.partition(".")
        return self.files.get(file, file) + stop + study


def compact(body: str, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The body of a page and the data of its script, with the same names in both."""
    names, fields = _Names(), dict[str, int]()
    papers = {paper["k"]: number for number, paper in enumerate(data.get("papers", ()))}

    def attribute(match: re.Match[str]) -> str:
        value = match["value"]
        match match["name"]:
            case "id" | "data-s":
                value = " ".join(map(names.of_place, value.split(" ")))
            case "data-k" if value in papers:
                value = f"{SIGN}{papers[value]}"
            case "data-f":
                value = f"{SIGN}{fields.setdefault(value, len(fields))}"
        bare = _NEEDS_NONE.fullmatch(value) and not match["last"]
        return match["before"] + (value if bare else f'"{value}"') + match["last"]

    body = _TAG.sub(lambda match: _ATTRIBUTE.sub(attribute, match[0]), body)
    body = _ENDS.sub("", _PARAGRAPHS.sub("", body))
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
    keys = {*papers, *(paper["h"] for paper in data.get("papers", ()) if "h" in paper)}
    fresh = [each if each in keys else names.of_place(each) for each in data.get("fresh", ())]
    return body, {**data, "papers": told, "fresh": fresh, "fields": [unescape(each) for each in fields]}


def _numbered(values: Sequence[str], numbers: Mapping[str, int]) -> list[str | int]:
    """The values of a facet, each as its number among those that papers are chosen by, where it is one."""
    return [numbers.get(value, value) for value in values]


def _capital(number: int) -> str:
    """A name that no other id of the page has: a capital, and letters or digits."""
    number, first = divmod(number, 26)
    return chr(65 + first) + (base36(number - 1) if number else "")
