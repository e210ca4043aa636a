"""A Word file as co-authors gave it back in; their comments and tracked changes, each with the bookmark that it stands in, out.

Positions are counted in characters from the begin of the text, deleted ones with them, so that what Word or LibreOffice has moved
about between the words still overlaps the same words (ECMA-376, part 1: 17.13 "Annotations").
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Kind = Literal["comment", "insertion", "deletion", "replacement"]
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True, slots=True)
class Returned:
    """What a co-author did: a comment with its `text`, or a change of `old` words to `new` ones; who and when.

    `about` is what is commented on; `before` the words that stand before a change in its paragraph; `bookmark` the name of the
    innermost bookmark around it, empty where it stands in none.
    """

    kind: Kind
    author: str
    date: str
    bookmark: str
    text: str = ""
    about: str = ""
    old: str = ""
    new: str = ""
    before: str = ""


@dataclass
class _Stretch:
    name: str
    start: int
    end: int = -1


@dataclass
class _Change:
    kind: Kind
    author: str
    date: str
    start: int
    end: int
    text: str
    paragraph: int


@dataclass
class _Reader:
    """One part of the file, as it is read from its begin to its end."""

    letters: list[str] = field(default_factory=list)
    """The text, a piece each; `at` is its length."""
    at: int = 0
    open: dict[str, _Stretch] = field(default_factory=dict)
    bookmarks: list[_Stretch] = field(default_factory=list)
    comments: dict[str, _Stretch] = field(default_factory=dict)
    changes: list[_Change] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    deleted: list[tuple[int, int]] = field(default_factory=list)

    def walk(self, element: ElementTree.Element, change: tuple[Kind, str, str] | None = None) -> None:
        """Reads an element and what is in it."""
        tag = element.tag.removeprefix(W)
        if tag == "p":
            self.paragraphs.append(self.at)
        if tag == "bookmarkStart":
            self.open[element.get(f"{W}id", "")] = _Stretch(element.get(f"{W}name", ""), self.at)
        elif tag == "bookmarkEnd":
            self._close(element.get(f"{W}id", ""))
        elif tag == "commentRangeStart":
            self.comments[element.get(f"{W}id", "")] = _Stretch("", self.at)
        elif tag == "commentRangeEnd":
            self.comments.setdefault(element.get(f"{W}id", ""), _Stretch("", self.at)).end = self.at
        elif tag == "commentReference":
            self.comments.setdefault(element.get(f"{W}id", ""), _Stretch("", self.at, self.at))
        elif tag in ("t", "delText", "tab", "br"):
            self._words((element.text or "") if tag in ("t", "delText") else " ", change)
        if tag in ("ins", "del"):
            kind: Kind = "insertion" if tag == "ins" else "deletion"
            change = (kind, element.get(f"{W}author", ""), element.get(f"{W}date", ""))
        for child in element:
            self.walk(child, change)
        if tag == "p":
            self._words("\n", None)

    def _close(self, id: str) -> None:
        stretch = self.open.pop(id, None)
        if stretch is not None:
            stretch.end = self.at
            self.bookmarks.append(stretch)

    def _words(self, text: str, change: tuple[Kind, str, str] | None) -> None:
        start = self.at
        self.letters.append(text)
        self.at += len(text)
        if change is None:
            return
        kind, author, date = change
        if kind == "deletion":
            self.deleted.append((start, self.at))
        last = self.changes[-1] if self.changes else None
        if last and (last.kind, last.author, last.end) == (kind, author, start):
            last.end, last.text = self.at, last.text + text
        else:
            self.changes.append(
                _Change(kind, author, date, start, self.at, text, self.paragraphs[-1] if self.paragraphs else 0)
            )

    def around(self, start: int, end: int, ours: re.Pattern[str]) -> str:
        """The name of the smallest bookmark of ours that shares most with a stretch of the text."""
        best: tuple[int, int, str] | None = None
        for each in self.bookmarks:
            if not ours.fullmatch(each.name):
                continue
            shared = min(end, each.end) - max(start, each.start)
            touches = each.start <= start <= each.end or each.start <= end <= each.end
            if shared > 0 or (touches and shared == 0):
                rank = (shared, -(each.end - each.start), each.name)
                best = max(best, rank) if best else rank
        return best[2] if best else ""

    def said(self, start: int, end: int, *, original: bool = False) -> str:
        """A stretch of the text; `original` as it was before any change."""
        text = "".join(self.letters)
        if not original:
            return text[start:end]
        inserted = {n for each in self.changes if each.kind == "insertion" for n in range(each.start, each.end)}
        return "".join(letter for n, letter in enumerate(text[start:end], start) if n not in inserted)


def returned(path: Path, ours: str) -> list[Returned]:
    """All comments and tracked changes of a file, in the order of its text. `ours` matches the whole name of a bookmark of ours.

    Raises `OSError`, and `zipfile.BadZipFile` or `ElementTree.ParseError` for a file that is no Word file.
    """
    names = re.compile(ours)
    with zipfile.ZipFile(path) as archive:
        known = set(archive.namelist())
        said = _comments(archive.read("word/comments.xml")) if "word/comments.xml" in known else {}
        found: list[tuple[int, int, Returned]] = []
        for number, part in enumerate(PARTS):
            if part not in known:
                continue
            reader = _Reader()
            reader.walk(ElementTree.fromstring(archive.read(part)))
            for id in list(reader.open):
                reader._close(id)
            found += [(number, at, each) for at, each in _of_part(reader, said, names)]
    return [each for _, _, each in sorted(found, key=lambda one: one[:2])]


def _comments(data: bytes) -> dict[str, tuple[str, str, str]]:
    """The comments by id: author, date, text."""
    found = {}
    for each in ElementTree.fromstring(data).iter(f"{W}comment"):
        lines = ["".join(t.text or "" for t in paragraph.iter(f"{W}t")) for paragraph in each.iter(f"{W}p")]
        found[each.get(f"{W}id", "")] = (
            each.get(f"{W}author", ""),
            each.get(f"{W}date", ""),
            "\n".join(filter(None, lines)),
        )
    return found


def _of_part(
    reader: _Reader, said: dict[str, tuple[str, str, str]], ours: re.Pattern[str]
) -> Iterator[tuple[int, Returned]]:
    for id, stretch in reader.comments.items():
        if id in said:
            author, date, text = said[id]
            end = max(stretch.end, stretch.start)
            bookmark, about = reader.around(stretch.start, end, ours), reader.said(stretch.start, end).strip()
            yield stretch.start, Returned("comment", author, date, bookmark, text, about)
    changes = list(reader.changes)
    while changes:
        first = changes.pop(0)
        before = reader.said(first.paragraph, first.start, original=True)
        mark = reader.around(first.start, first.end, ours)
        after = changes[0] if changes else None
        if after and after.start == first.end and after.author == first.author and after.kind != first.kind:
            changes.pop(0)
            old, new = (first.text, after.text) if first.kind == "deletion" else (after.text, first.text)
            yield first.start, Returned("replacement", first.author, first.date, mark, old=old, new=new, before=before)
        else:
            old, new = (first.text, "") if first.kind == "deletion" else ("", first.text)
            yield first.start, Returned(first.kind, first.author, first.date, mark, old=old, new=new, before=before)
