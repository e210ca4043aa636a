"""The located tree: `Scalar`, `Sequence` and `Mapping`, each with its span; a scalar also maps its characters back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from synopse.diagnostics import Span
from synopse.ground.packed import Packed


@dataclass(frozen=True, slots=True)
class Scalar(Packed):
    """A value as the words it is: `no`, `012` and `2025-03` stay text.

    `raw` is the source between the scalar's marks; `style` is YAML's: `None` (plain), `'`, `"`, `|`, `>`.
    """

    text: str
    span: Span
    style: str | None = None
    raw: str = field(default="", compare=False, repr=False)

    @property
    def empty(self) -> bool:
        """Nothing was written: `key:`, `key: ""`, `key: ~`."""
        return not self.text.strip() or (self.style is None and self.text in ("~", "null"))

    def place(self, start: int, end: int | None = None) -> Span:
        """The span of `text[start:end]` in the source file, found by walking text and source side by side.

        Exact for plain, quoted and block scalars; after a `\\u` escape it may point some characters early.
        """
        end = start + 1 if end is None else max(end, start)
        positions = _aligned(self.text, self.raw, self.style or "")
        last = len(positions) - 1
        return Span(
            self.span.file, *self._at(positions[min(start, last)]), *self._at(positions[min(end, last + 1) - 1] + 1)
        )

    def _at(self, offset: int) -> tuple[int, int]:
        before = self.raw[:offset]
        breaks = before.count("\n")
        column = len(before) - before.rfind("\n") - 1
        return self.span.line + breaks, column + (1 if breaks else self.span.column)


Positions = list[int] | range


@lru_cache(maxsize=64)
def _aligned(text: str, raw: str, style: str) -> Positions:
    """For each character of `text` (and the end after them), its offset in `raw`."""
    header = re.match(r"[|>][^\n]*\n", raw) if style in ("|", ">") else None
    cursor = header.end() if header else (1 if style in ("'", '"') and style else 0)
    if raw.startswith(text, cursor):
        return range(cursor, cursor + len(text) + 1)
    positions = []
    for character in text:
        found = cursor
        parts = "" if character.isascii() else unicodedata.normalize("NFD", character)
        if len(parts) > 1 and raw.startswith(parts, cursor):
            positions.append(cursor)
            cursor += len(parts)
            continue
        if character.isspace():
            while found < len(raw) and not raw[found].isspace():
                found += 1
            found = min(found, len(raw))
        else:
            found = raw.find(character, cursor)
            found = min(cursor, len(raw)) if found < 0 else found
        positions.append(found)
        cursor = found + 1
    positions.append(min(cursor, len(raw)))
    return positions


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; `flow` tells `[a, b]` from lines with dashes."""

    items: tuple[Node, ...]
    span: Span
    flow: bool = False
    raw: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order written; a key stands once (a second one was reported and left out)."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span
    flow: bool = False
    raw: str = field(default="", compare=False, repr=False)

    def get(self, key: str) -> Node | None:
        """The value of `key`, or nothing."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its span."""
        return next((name for name, _ in self.entries if name.text == key), None)


type_names = {Scalar: "a text", Sequence: "a list", Mapping: "a mapping (key: value)"}

Node = Scalar | Sequence | Mapping


def at(node: Node, path: tuple[int | str, ...]) -> Node:
    """The node at `path`; where the path goes on past what was written, the last node on the way."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            found = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            found = node.items[step]
        else:
            continue
        if found is None:
            return node
        node = found
    return node
