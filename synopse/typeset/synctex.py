"""The engine's SyncTeX file in; one that points at the person's sources, through the line maps, out.

The format is that of `synctex(5)`: `Input:TAG:PATH` names a file; a record such as `[TAG,LINE:x,y:w,h,d` or
`xTAG,LINE:x,y` stands for a box or a point. Each (tag, line) of a generated file becomes that of its source.
"""

from __future__ import annotations

import re
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

    out: list[bytes] = []
    for line in lines:
        match = _RECORD.match(line)
        if match and match[1] != b"!":
            key = (match[2], match[3])
            if key not in seen:
                seen[key] = source(*key)
            line = match[1] + seen[key] + match[4]
        out.append(line)
    named = [b"Input:%d:%s" % (tag, str(root / file).encode("utf-8", "surrogateescape")) for file, tag in tags.items()]
    at = next((index for index, line in enumerate(out) if line.startswith(b"Output:")), 1)
    return b"\n".join(out[:at] + named + out[at:])


def _map_of(places: Places, name: str) -> LineMap | None:
    if "/tex/" not in name.replace("\\", "/"):
        return None
    relative = name.replace("\\", "/").split("/tex/")[-1]
    places.of(relative, 1)
    key = relative if relative.endswith(".tex") else f"{relative}.tex"
    return places.maps.get(key)
