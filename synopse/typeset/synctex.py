"""The engine's SyncTeX file in; one that points at the person's sources, through the line maps, out.

The format is that of `synctex(5)`: `Input:TAG:PATH` names a file; a record such as `[TAG,LINE:x,y:w,h,d` or
`xTAG,LINE:x,y` stands for a box or a point. Each (tag, line) of a generated file becomes that of its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from synopse.ground.templates import FOLDER, template
from synopse.render.latex.linemap import LineMap
from synopse.typeset.log import Places

_INPUT = re.compile(rb"^Input:(\d+):(.*)$")


def to_sources(data: bytes, build: Path, root: Path) -> bytes:
    """Rewrites the text of a `.synctex` file. What no line map knows is left as it is."""
    places = Places(build)
    lines = data.split(b"\n")
    inputs = {m[1]: m[2].decode("utf-8", "surrogateescape") for m in map(_INPUT.match, lines) if m}
    highest = max((int(tag) for tag in inputs), default=0)
    tags: dict[str, int] = {}
    maps = {tag: _map_of(places, name) for tag, name in inputs.items()}

    def source(where: bytes) -> bytes:
        """The place of a record's place: `tag,line` of a generated file in, of its source out."""
        if where == FRAME:
            return b"%d,1" % tags.setdefault(FRAME_FILE, highest + 1 + len(tags))
        tag, _, line = where.partition(b",")
        known = maps.get(tag)
        place = known.at(int(line.split(b",")[0])) if known and line[:1].isdigit() else None
        if place is None:
            return where
        return b"%d,%d" % (tags.setdefault(place.file, highest + 1 + len(tags)), place.line)

    seen: dict[bytes, bytes] = {}
    for page in _pages(lines):
        corrected = _corrected(page)
        for index, kind, where, _ in page:
            if not where:
                continue
            where_now = corrected.get(index, where)
            new = seen.get(where_now)
            if new is None:
                new = seen[where_now] = source(where_now)
            lines[index] = kind + new + lines[index][1 + len(where) :]
    named = [b"Input:%d:%s" % (tag, _path(root, file).encode("utf-8", "surrogateescape")) for file, tag in tags.items()]
    at = next((index for index, line in enumerate(lines) if line.startswith(b"Output:")), 1)
    return b"\n".join(lines[:at] + named + lines[at:])


def _path(root: Path, file: str) -> str:
    """The path of a source; of a template that the review leaves as it is, that of the program's own."""
    folder, _, name = file.partition("/")
    own = root / file
    return str(template(root, name) if folder == FOLDER and not own.exists() else own)


FRAME_FILE = "templates/report.tex"
FRAME = b"frame"
"""Stands for a page's head and foot: a click there opens `FRAME_FILE`."""
Record = tuple[int, bytes, bytes, int]
"""A line of the file: its index, its kind (`[`, `(`, `]`, `)` or a leaf's letter), its place, the height of a box."""


def _pages(lines: list[bytes]) -> Iterator[list[Record]]:
    """The records of each page."""
    page: list[Record] = []
    for index, line in enumerate(lines):
        kind = line[:1]
        if kind == b"{":
            page = []
        elif kind == b"}":
            yield page
            page = []
        elif kind in _CLOSING:
            page.append((index, kind, b"", 0))
        elif kind in _OPENING_OR_LEAF:
            head, colon, rest = line.partition(b":")
            if not colon or b"," not in head:
                continue
            size = rest.rsplit(b":", 1)[-1].split(b",") if kind == b"[" else ()
            page.append((index, kind, head[1:], int(size[1]) if len(size) == 3 else 0))


_CLOSING = frozenset((b"]", b")"))
_OPENING = frozenset((b"[", b"("))
_OPENING_OR_LEAF = frozenset(bytes([code]) for code in b"[(vhxkg$r")


def _corrected(page: list[Record]) -> dict[int, bytes]:
    """The places of the records to which TeX gave the line that it was at when the page was full.

    Such are the page's own boxes, its head and foot, and every node that Lua made (a kern before a colon, for one):
    synctex takes the current line for what has none. The former are the frame's; the others go with the words around
    them, for each paragraph is one line of the generated LaTeX.
    """
    if not page or page[0][1] != b"[":
        return {}
    at = page[0][2]
    start, end = _text_block(page, at)
    found: dict[int, bytes] = {}
    boxes: list[list[Record]] = []
    for position, record in enumerate(page):
        index, kind, where, _ = record
        if kind in _CLOSING:
            if boxes:
                _agree(boxes.pop(), at, found)
            continue
        if where == at and not start < position < end:
            found[index] = FRAME
        elif boxes and kind not in _OPENING:
            boxes[-1].append(record)
        if kind in _OPENING:
            boxes.append([record])
    return found


def _agree(box: list[Record], at: bytes, found: dict[int, bytes]) -> None:
    """Gives a line of text and what stands in it the place that most of its words have."""
    if box[0][1] != b"(" or box[0][0] in found or len(box) == 1:
        return
    count: dict[bytes, int] = {}
    for _, _, where, _ in box[1:]:
        count[where] = count.get(where, 0) + 1
    if len(count) == 1 and box[0][2] in count:
        return
    here = count.pop(at, 0)
    elsewhere = max(count, key=lambda where: count[where]) if count else None
    if elsewhere is None and here > 2:
        return
    place = elsewhere if elsewhere is not None and count[elsewhere] * 2 >= here else at
    for index, _, where, _ in box:
        if where != place:
            found[index] = place


def _text_block(page: list[Record], at: bytes) -> tuple[int, int]:
    """Where the text of a page begins and ends: the innermost box of the page's line half as high as the page."""
    stack: list[int] = []
    inner: int | None = None
    for position, (_, kind, where, height) in enumerate(page):
        if kind in _OPENING:
            stack.append(position)
            if kind == b"[" and where == at and position and height * 2 >= page[0][3]:
                inner = position
        elif kind in _CLOSING and stack and stack.pop() == inner:
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
