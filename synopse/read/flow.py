"""A mapping between { and } of which YAML cannot read a text in; the same with that text in quotes, and the text mended, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from synopse.diagnostics import Diagnostic, problem
from synopse.read.encoding import place

STAND_IN = "\ufffd"
OWN_WORDS = frozenset(
    [
        "text",
        "page",
        "theme",
        "term",
        "terms",
        "kind",
        "id",
        "title",
        "name",
        "file",
        "reason",
        "count",
        "aliases",
        "key",
    ]
)
"""Words of the product that may begin an item: after them a colon is what it seems."""
_OPENED = re.compile(rf"\{{\s*(?=(?:{'|'.join(sorted(OWN_WORDS | {'section', 'source'}))})\s*:\s)")
_KEY = re.compile(r"\s*(?P<key>[\w.-]+)\s*:\s+")
_NEXT = re.compile(r",\s*(?=[\w.-]+\s*:\s)")
_WHOLE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""", re.DOTALL)
_ENDED = re.compile(r"\s*(?:[,}\]]|$)")
_UNREAD = re.compile(r"""[\[\]{},]|:(?=\s|$)|(?<=\s)\#|^[@*&!%|>'"`\#]|^[-?](?=\s)""")
"""What makes a text between { and } none for YAML (YAML 1.2.2, § 7.3.3)."""
MOST_LINES, MOST_SIGNS, MOST_MAPPINGS = 20, 5000, 50
"""A mapping between { and } is followed over so many lines and signs, and so many of them are looked at on a line."""
_CODES = {"[": "yaml-bracket", "]": "yaml-bracket", ":": "yaml-colon", "#": "yaml-comment", "*": "yaml-alias", "&": "yaml-anchor", "!": "yaml-tag", "'": "yaml-quote", '"': "yaml-quote", "{": "yaml-brace", "}": "yaml-brace"}  # fmt: skip


@dataclass(frozen=True)
class _Value:
    """A text between { and } that stands in no quotes, from `start` to `end`."""

    start: int
    end: int
    text: str


def quoted_in_flow(value: str) -> str:
    """A text in the quotes that change least of it, on one line."""
    value = " ".join(value.split())
    if "'" not in value or '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def flow_trap(error: Any, text: str, original: str, file: str) -> tuple[Diagnostic, str] | None:
    """The texts that YAML cannot read of a mapping between { and } where an error was found; nothing where there is none."""
    starts = [0, *(found.end() for found in re.finditer("\n", original))]
    marks = (getattr(error, "context_mark", None), getattr(error, "problem_mark", None))
    for row in dict.fromkeys(mark.line for mark in marks if mark is not None and mark.line < len(starts)):
        unread = list(_unread(original, starts[row]))
        mended = text
        for value in unread:
            mended = mended[: value.start] + _UNREAD.sub(STAND_IN, value.text) + mended[value.end :]
        if unread and mended != text:
            first = unread[0]
            sign = _UNREAD.search(first.text)
            assert sign is not None
            message = f"between {{ and }} a text that holds {sign[0]} is not a text for YAML"
            span = place(original, first.start, file, len(first.text.split("\n")[0]))
            hint = f"write the text in quotes:\n{_written(original, starts[row], unread)}"
            return problem(_CODES.get(sign[0], "yaml-reserved"), message, span, hint), mended
    return None


def fixed_line(line: str) -> str:
    """The line with the texts of its mappings in quotes; empty where that mends nothing."""
    unread = list(_unread(line, 0))
    return _written(line, 0, unread) if unread else ""


def _written(text: str, start: int, unread: list[_Value]) -> str:
    """The line that begins at `start`, to the end of the last of the mappings, with the texts in quotes."""
    parts, at = [], start
    for value in unread:
        parts += [text[at : value.start], quoted_in_flow(value.text)]
        at = value.end
    return "".join([*parts, text[at:].split("\n", 1)[0]]).strip()


def _unread(text: str, start: int) -> Iterator[_Value]:
    """The texts that YAML cannot read in the mappings that open on the line that begins at `start`."""
    line = text[start:].split("\n", 1)[0]
    done = 0
    for opened in islice(_OPENED.finditer(line), MOST_MAPPINGS):
        if opened.start() < done:
            continue
        values = _values(text, start + opened.end(), True) or _values(text, start + opened.end(), False)
        if not values:
            return  # the mapping has no end that can be seen
        for value in values:
            done = value.end - start
            shown = value.text
            inside = (shown[:1] == "[" and shown[-1:] == "]") or (
                shown[:1] == "{" and shown[1:2] != "{" and shown[-1:] == "}"
            )
            if not inside and not _WHOLE.fullmatch(shown) and _UNREAD.search(shown):
                yield value


def _values(text: str, at: int, nested: bool) -> list[_Value]:
    """The values of a mapping whose first key stands at `at`; none where its end is not found.

    Where `nested`, a comma inside brackets parts nothing.
    """
    end = re.compile(rf"(?:[^\n]*\n){{0,{MOST_LINES}}}").match(text, at)
    last = len(text) if end is None else text.find("\n", end.end())
    last = min(len(text) if last < 0 else last, at + MOST_SIGNS)
    found: list[_Value] = []
    while (key := _KEY.match(text, at, last)) is not None:
        start = key.end()
        stop = _stop(text, start, last, nested)
        if stop is None:
            return []
        shown = text[start:stop].rstrip()
        found.append(_Value(start, start + len(shown), shown))
        if text[stop] == "}":
            return found
        at = stop + 1
    return []


def _stop(text: str, at: int, last: int, nested: bool) -> int | None:
    """Where the value that begins at `at` ends: at the comma before the next key, or at the brace that closes the mapping."""
    whole = _WHOLE.match(text, at, last)
    if whole and _ENDED.match(text, whole.end(), last):
        at = whole.end()
    inside: list[str] = []
    while at < last:
        sign = text[at]
        if sign == "{" or (nested and sign == "["):
            inside.append(sign)
        elif inside and sign == {"{": "}", "[": "]"}[inside[-1]]:
            inside.pop()
        elif not inside and (sign == "}" or (sign == "," and _NEXT.match(text, at, last))):
            return at
        at += 1
    return None
