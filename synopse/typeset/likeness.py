"""Two PDFs of one document in, by two engines; what one says and the other does not, and where the links of one do not lead, out.

Lines and pages may end elsewhere. So texts are compared as letters alone, without the heads and feet of pages, which stand outside
of KOMA-Script's type area, and without the numbers of the contents. What is lost is longer than what the end of a page parts. Letters
that a bundle has set in a font of shaped scripts (`SHAPING`) are not compared: of what several became together, PDFs tell beside the
glyphs (ActualText, ISO 32000-1, 14.9.4), which pypdf does not read.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from synopse.markup.fonts import LEFTWARD, TEX_LIVE, font_for

if TYPE_CHECKING:
    from pypdf import PageObject

TOP, BOTTOM = 70.2, 125.0
"""How far the type area of base.tex (DIV=12 on A4, in points) is from the edges of the page; below with room for what hangs."""
GRAM = 12
"""Letters that are looked for together."""
_LEFTWARD = re.compile(f"[{LEFTWARD}]")
SHAPING = ("Amiri", "FreeSerif")
"""How the names of the fonts begin that shape letters in a bundle."""
_JOINED = "\u200c\u200d\ufffd"
LOST = 3
"""Fewer letters than this that are missing in a row are no loss, for a page ends there; unless the other has no such letter at all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a PDF shows: its letters, where its pages end in them, where its links lead outside and within it.

    Letters that run from right to left are counted apart: programs read them in one order or the other.
    """

    letters: str
    leftward: Counter[str]
    ends: tuple[int, ...]
    addresses: frozenset[str]
    inner: frozenset[str]


def seen(pdf: bytes) -> Seen:
    """Reads a PDF. Raises what pypdf raises for bytes that are no PDF."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    labels = reader.page_labels
    first = next((number for number, label in enumerate(labels) if label == "1" and number), 0)  # of the arabic pages
    letters: list[str] = []
    leftward: Counter[str] = Counter()
    addresses: set[str] = set()
    inner: set[str] = set()
    for number, page in enumerate(reader.pages):
        text = _letters(page)
        leftward.update(_LEFTWARD.findall(text))
        text = _LEFTWARD.sub("", text)
        letters.append(re.sub(r"\d", "", text) if number < first else text)
        for address, own in _links(page):
            (inner if own else addresses).add(address)
    ends = tuple(accumulate(map(len, letters)))
    return Seen("".join(letters), leftward, ends, frozenset(addresses), frozenset(inner))


def _letters(page: PageObject) -> str:
    """The letters of a page's type area, as small ones, without spaces and hyphens, and without variation selectors, which print nothing."""
    height = float(page.mediabox.height)
    parts: list[str] = []

    def visit(text: str, user: list[float], own: list[float], font: Any, *_: Any) -> None:
        y = own[4] * user[1] + own[5] * user[3] + user[5]
        name = str((font or {}).get("/BaseFont", "")).rpartition("+")[2]
        if BOTTOM < y < height - TOP and not name.startswith(SHAPING):
            parts.append(text)

    page.extract_text(visitor_text=visit)
    text = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    text = "".join(each for each in text if each not in _JOINED and not _is_glyph_alone(each))
    return re.sub(r"[\s\u00ad\u2010-\u2015\u2212\ufe00-\ufe0f-]", "", text)


@lru_cache(maxsize=4096)
def _is_glyph_alone(letter: str) -> bool:
    """Whether a letter is set by a bundle in a font of shaped scripts, or is no letter: a glyph that a font calls by a code of its own."""
    if unicodedata.category(letter) == "Co":
        return True
    font = font_for(letter, TEX_LIVE) if letter > "\x7f" else None
    return font is not None and font.file.startswith(SHAPING)


def _links(page: PageObject) -> Iterator[tuple[str, bool]]:
    """Where the links of a page lead, and whether that is within the document."""
    for annotation in page.get("/Annots") or ():
        link = annotation.get_object()
        action = link.get("/A")
        action = action.get_object() if action is not None else {}
        if "/URI" in action:
            address = action["/URI"]
            yield (address.decode("utf-8", "replace") if isinstance(address, bytes) else str(address)), False
        elif "/D" in action or "/Dest" in link:
            yield str(action.get("/D") or link.get("/Dest")), True


def lost(one: Seen, other: Seen) -> list[str]:
    """The passages of one document that the other does not have, in letters."""
    there = {other.letters[at : at + GRAM] for at in range(max(1, len(other.letters) - GRAM + 1))}
    text, found, begin = one.letters, [], -1
    for at in range(len(text) - GRAM + 2):
        known = at > len(text) - GRAM or text[at : at + GRAM] in there
        if not known and begin < 0:
            begin = at
        elif known and begin >= 0:
            if at - begin >= GRAM - 1 + LOST and not _is_head(one, other, begin + GRAM - 1, at):
                found.append(text[begin + GRAM - 1 : at])
            begin = -1
    strange = sorted(set(text) - set(other.letters) - set("".join(found)))
    if strange:
        found.append("".join(strange))
    gone = one.leftward - other.leftward
    return [*found, "".join(gone.elements())] if gone else found


def _is_head(one: Seen, other: Seen, begin: int, end: int) -> bool:
    """Whether a short passage stands at a page's begin and elsewhere in the other document: the head of a table that goes on."""
    near = any(abs(each - begin) < GRAM for each in one.ends)
    return near and end - begin < GRAM and one.letters[begin:end] in other.letters
