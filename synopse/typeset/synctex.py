"""The engine's SyncTeX file in; one that points at the person's sources, through the line maps, out.

The format is that of `synctex(5)`: `Input:TAG:PATH` names a file; a record such as `[TAG,LINE:x,y:w,h,d` or
`xTAG,LINE:x,y` stands for a box or a point. Each (tag, line) of a generated file becomes that of its source.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from synopse.render.linemap import LineMap
from synopse.typeset.log import Places

_INPUT = re.compile(rb"^Input:(\d+):(.*)$")
_RECORD = re.compile(rb"^([\[(vhxkg$r!])(\d+),(\d+)((?:,-?\d+)?:.*)$")


def to_sources(data: bytes, build: Path, root: Path) -> bytes:
    """Rewrites the text of a `.synctex` file. What no line map knows is left as it is."""
    places = Places(build)
    lines = data.split(b"\n")
    inputs: dict[bytes, str] = {}
    highest = 0
    for line in lines:
        match = _INPUT.match(line)
        if match:
            inputs[match[1]] = match[2].decode("utf-8", "surrogateescape")
            highest = max(highest, int(match[1]))
    tags: dict[str, int] = {}
    maps = {tag: _map_of(places, name) for tag, name in inputs.items()}
    seen: dict[tuple[bytes, bytes], bytes] = {}

    def source(tag: bytes, line: bytes) -> bytes:
        known = maps.get(tag)
        place = known.at(int(line)) if known else None
        if place is None:
            return tag + b"," + line
        if place.file not in tags:
            tags[place.file] = highest + 1 + len(tags)
        return b"%d,%d" % (tags[place.file], place.line)

    corrected = _corrected(lines)
    out: list[bytes] = []
    for index, line in enumerate(lines):
        match = _RECORD.match(line)
        if match and match[1] != b"!":
            key = corrected.get(index, (match[2], match[3]))
            if key == FRAME:
                tags.setdefault(FRAME_FILE, highest + 1 + len(tags))
                seen[key] = b"%d,1" % tags[FRAME_FILE]
            if key not in seen:
                seen[key] = source(*key)
            line = match[1] + seen[key] + match[4]
        out.append(line)
    named = [b"Input:%d:%s" % (tag, str(root / file).encode("utf-8", "surrogateescape")) for file, tag in tags.items()]
    at = next((index for index, line in enumerate(out) if line.startswith(b"Output:")), 1)
    return b"\n".join(out[:at] + named + out[at:])


FRAME_FILE = "templates/report.tex"
FRAME = (b"frame", b"")
"""Stands for a page's head and foot: a click there opens `FRAME_FILE`."""
Where = tuple[bytes, bytes]


@dataclass
class _Record:
    """A record of a page: its line in the file, its kind (`[`, `(`, `]`, `)` or a leaf), its place, its height."""

    index: int
    kind: bytes
    where: Where = (b"", b"")
    height: int = 0


def _corrected(lines: list[bytes]) -> dict[int, Where]:
    """The places of the records to which TeX gave the line that it was at when the page was full.

    Such are the page's own boxes, its head and foot, and every node that Lua made (a kern before a colon, for one):
    synctex takes the current line for what has none. The former are the frame's; the others go with the words around
    them, for each paragraph is one line of the generated LaTeX.
    """
    found: dict[int, Where] = {}
    page: list[_Record] = []
    for index, line in enumerate(lines):
        kind = line[:1]
        if kind == b"{":
            page = []
        elif kind == b"}":
            found |= _corrected_page(page)
            page = []
        elif kind in (b"]", b")"):
            page.append(_Record(index, kind))
        else:
            match = _RECORD.match(line)
            if match and kind != b"!":
                size = match[4].rsplit(b":", 1)[-1].split(b",")
                height = int(size[1]) if kind == b"[" and len(size) == 3 else 0
                page.append(_Record(index, kind, (match[2], match[3]), height))
    return found


def _corrected_page(page: list[_Record]) -> dict[int, Where]:
    if not page or page[0].kind != b"[":
        return {}
    at = page[0].where
    start, end = _text_block(page, at)
    found: dict[int, Where] = {}
    boxes: list[list[_Record]] = []
    for position, record in enumerate(page):
        if record.kind in (b"]", b")"):
            if boxes:
                _agree(boxes.pop(), at, found)
            continue
        if record.where == at and not start < position < end:
            found[record.index] = FRAME
        elif boxes and record.kind not in (b"[", b"("):
            boxes[-1].append(record)
        if record.kind in (b"[", b"("):
            boxes.append([record])
    return found


def _agree(box: list[_Record], at: Where, found: dict[int, Where]) -> None:
    """Gives a line of text and what stands in it the place that most of its words have."""
    line, *leaves = box
    if line.kind != b"(" or line.index in found:
        return
    count = Counter(leaf.where for leaf in leaves)
    elsewhere = [where for where, _ in count.most_common() if where != at]
    if not count or (count[at] > 2 and not elsewhere):
        return
    place = elsewhere[0] if elsewhere and count[elsewhere[0]] * 2 >= count[at] else at
    for record in box:
        if record.where != place:
            found[record.index] = place


def _text_block(page: list[_Record], at: Where) -> tuple[int, int]:
    """Where the text of a page begins and ends: the innermost box of the page's line half as high as the page."""
    stack: list[int] = []
    inner: int | None = None
    for position, record in enumerate(page):
        if record.kind in (b"[", b"("):
            stack.append(position)
            if record.kind == b"[" and record.where == at and position and record.height * 2 >= page[0].height:
                inner = position
        elif record.kind in (b"]", b")") and stack:
            if stack.pop() == inner:
                assert inner is not None
                return inner, position
    return -1, len(page)


def _map_of(places: Places, name: str) -> LineMap | None:
    if "/tex/" not in name.replace("\\", "/"):
        return None
    relative = name.replace("\\", "/").split("/tex/")[-1]
    places.of(relative, 1)
    key = relative if relative.endswith(".tex") else f"{relative}.tex"
    return places.maps.get(key)
