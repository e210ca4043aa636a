"""A reference in; those who made it, its date, and its title where a short one is needed, out, as a reader is told of them.

Every line that names authors or a date, in a table, a picture, a header card, a new fiche or a message, is made here.
"""

from __future__ import annotations

import re
from dataclasses import replace

from synopse.bib.reference import Reference
from synopse.locale import Catalogue
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Text

LONGEST_TITLE = 48
"""A title that stands for a name has at most so many characters."""


def who(reference: Reference, words: Catalogue, most: int, *, full: bool = True) -> str:
    """The authors, or the editors or translators of a work that has none: at most so many names, then « et al. ».

    `full` gives the whole names, else what a citation says: the family name with its particle.
    """
    names = reference.authors
    if not names.names:
        return ""
    shown = words.people([name.full if full else name.short for name in names.names], most, names.others)
    role = f"role.{reference.role}" + ("" if len(names.names) == 1 and not names.others else ".several")
    return shown + (f" ({words[role]})" if role in words else "")


def when(reference: Reference, words: Catalogue) -> str:
    """The date in words; what the .bib writes in its place where that is none, as `in press`."""
    date = reference.date
    if date and not ("month" in reference.texts and not date.month and not date.season):
        return words.date(date)
    return reference.written_date or (words.date(date) if date else "")


def years(date: PartialDate, words: Catalogue) -> str:
    """The year of a date, or the years from which to which it reaches."""
    end = replace(date.end.year_alone, mark=date.end.mark) if date.end and date.end.year != date.year else None
    return words.date(replace(date.year_alone, end=end, mark=date.mark, open=date.open))


def short_title(title: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A title to stand where an author's name would: without its subtitle, and cut at a word where it is long.

    Formulas and styled words are kept whole or left out.
    """
    whole = plain(title)
    if len(whole) <= LONGEST_TITLE:
        return title
    kept: list[Inline] = []
    room = LONGEST_TITLE
    for inline in title:
        length = len(plain((inline,)))
        end = re.search(r"\s?[:;?!.–—](?=\s)", inline.text) if isinstance(inline, Text) else None
        if isinstance(inline, Text) and end and end.start() <= room and len(plain(kept)) + end.start() >= 8:
            return (*kept, Text(inline.text[: end.end()].rstrip(" \u00a0\u202f:;.–—")))
        if length > room:
            cut = _cut(inline.text, room) if isinstance(inline, Text) else ""
            return (*kept, Text(f"{cut}…"))
        kept.append(inline)
        room -= length
    return title


def _cut(text: str, room: int) -> str:
    """The text up to the last word that is there whole; a long word is cut."""
    head = text[: room - 1]
    at = max(head.rfind(" "), head.rfind("\u00a0"))
    return (head[:at] if at > 0 or not text[:1].strip() else head).rstrip(" \u00a0\u202f,:;.–—")
