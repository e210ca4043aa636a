"""Takes the marks of places out of rendered LaTeX, and returns the line map that they held.

A template line carries a mark of its own (put there by `environment`), a person's text another (`writer.mark`).
On a line with both the person's wins; a line with none goes on with the place of the line before it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from synopse.diagnostics import Span

_MARK = re.compile("\x01([^\x02\x03]*)\x02(\\d+)\x02(\\d+)\x03")
TEMPLATE_SIGN = "\x04"
"""Begins the file name of a template's mark."""


@dataclass(frozen=True, slots=True)
class LineMap:
    """`places[n - 1]` is where line `n` of a generated file comes from; nothing for a line of the product's own."""

    places: tuple[Span | None, ...]

    def at(self, line: int) -> Span | None:
        """The place of a line, counted from 1; the nearest one above where the line itself has none."""
        for index in range(min(line, len(self.places)) - 1, -1, -1):
            if self.places[index] is not None:
                return self.places[index]
        return None

    def to_json(self) -> str:
        """The map as it is kept beside the file: files once, then [file, line, column] or 0 for each line."""
        files: dict[str, int] = {}
        rows = [
            0 if place is None else [files.setdefault(place.file, len(files)), place.line, place.column]
            for place in self.places
        ]
        return json.dumps({"files": list(files), "lines": rows}, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> LineMap:
        """The map that `to_json` wrote."""
        data = json.loads(text)
        files, rows = data["files"], data["lines"]
        return LineMap(tuple(None if row == 0 else Span(files[row[0]], row[1], row[2]) for row in rows))


LONGEST_LINE = 10_000
"""A line of LaTeX is cut at a space before so many characters: TeX's own limit is `buf_size`, 200,000 bytes."""


def _wrapped(line: str) -> list[str]:
    pieces = []
    while len(line) > LONGEST_LINE:
        cut = line.rfind(" ", 1, LONGEST_LINE)
        while cut > 0 and line[cut - 1] == "\\":
            cut = line.rfind(" ", 1, cut)
        if cut <= 0:
            break
        pieces.append(line[:cut])
        line = line[cut + 1 :]
    return [*pieces, line]


def without_marks(marked: str) -> tuple[str, LineMap]:
    """Takes the marks out of a rendered file, and says where each line comes from."""
    lines: list[str] = []
    places: list[Span | None] = []
    current: Span | None = None
    for line in marked.split("\n"):
        own = template = None
        for match in _MARK.finditer(line):
            span = Span(match[1].removeprefix(TEMPLATE_SIGN), int(match[2]), int(match[3]))
            if match[1].startswith(TEMPLATE_SIGN):
                template = template or span
            else:
                own = own or span
        current = own or template or current
        for piece in _wrapped(_MARK.sub("", line)):
            lines.append(piece)
            places.append(current)
    return "\n".join(lines), LineMap(tuple(places))
