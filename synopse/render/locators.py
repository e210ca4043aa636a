"""What was read of a paper, and where what a remark says can be found: a fiche in; words and links, for every writer, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from synopse.bib.identifiers import address_of
from synopse.bib.origin import origin_of
from synopse.locale import Catalogue
from synopse.markup.tree import Inline, Link, Text
from synopse.model.reading import Reading
from synopse.model.remark import Locator
from synopse.model.values import date_words
from synopse.read.tree import Scalar

Inlines = tuple[Inline, ...]


def where(locator: Locator, readings: Iterable[Reading], called: Mapping[str, str], words: Catalogue) -> Inlines:
    """The page, the section and the source, with commas between them; nothing where none was written.

    `called` is what each reference is called that can be cited, by its key.
    """
    parts: list[Inline] = []
    if locator.page:
        parts.append(Text(words.pages(locator.page)))
    if locator.section:
        parts.append(Text(words.section(locator.section)))
    if locator.source:
        parts.append(_source(locator.source, readings, called))
    return tuple(each for part in parts for each in (Text(", "), part))[1:]


def _source(source: Scalar, readings: Iterable[Reading], called: Mapping[str, str]) -> Inline:
    origin = origin_of(source, readings, called.keys())
    if origin is None:
        return Text(source.text.strip())
    shown = Text(_within(called[origin.key]) if origin.key else origin.shown)
    return Link(origin.link, (shown,), source.span) if origin.link else shown


def _within(label: str) -> str:
    """What a reference is called, to stand within parentheses: « Tie et al., 2025 » for « Tie et al. (2025) »."""
    return re.sub(r"\s\(([^()]+)\)$", r", \1", label)


def readings_line(readings: Iterable[Reading], words: Catalogue) -> Inlines:
    """The texts that were read, with semicolons between them: the version with its address, its date, how far."""
    lines = [_reading(reading, words) for reading in readings]
    return tuple(each for line in lines for each in (Text(words["kept-out.separator"]), *line))[1:]


def _reading(reading: Reading, words: Catalogue) -> Inlines:
    extent = words[f"extent.{reading.extent}"]
    name = Text(reading.version.text.strip() if reading.version else extent)
    address = address_of(reading.link.text) if reading.link else ""
    line: list[Inline] = [Link(address, (name,), reading.link.span if reading.link else None) if address else name]
    if reading.date:
        line.append(Text(f" ({date_words(reading.date, words)})"))
    if reading.version:
        line.append(Text(f"{words['colon']} {extent}"))
    return tuple(line)
