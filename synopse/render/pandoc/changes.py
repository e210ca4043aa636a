"""What a text says now and what it said before in; the nodes with insertions and deletions that a word processor tracks, out."""

from __future__ import annotations

import difflib
import re

from synopse.render.pandoc.ast import Node, node, span, words

AUTHOR = "synopse"


def tracked(inlines: list[Node], before: str, date: str = "1980-01-01T00:00:00Z") -> list[Node]:
    """The inlines, changed word by word against what was said before. One that holds more than words is new as a whole."""
    pairs = {"author": AUTHOR, "date": date}
    inner = inlines[0]["c"][1] if len(inlines) == 1 and inlines[0]["t"] == "Span" else inlines
    if any(each["t"] not in ("Str", "Space") for each in inner):
        made = [span(words(before), classes=["deletion"], pairs=pairs), span(inner, classes=["insertion"], pairs=pairs)] if before else \
            [span(inner, classes=["insertion"], pairs=pairs)]  # fmt: skip
    else:
        now = "".join(" " if each["t"] == "Space" else each["c"] for each in inner)
        made = _by_word(before, now, pairs)
    if inner is inlines:
        return made
    return [node("Span", [inlines[0]["c"][0], made])]


def _by_word(before: str, now: str, pairs: dict[str, str]) -> list[Node]:
    first, second = (re.findall(r"\S+|\s+", text) for text in (before, now))
    made: list[Node] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            made += words("".join(second[c:d]))
            continue
        if b > a:
            made.append(span(words("".join(first[a:b])), classes=["deletion"], pairs=pairs))
        if d > c:
            made.append(span(words("".join(second[c:d])), classes=["insertion"], pairs=pairs))
    return made
