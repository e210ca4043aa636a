"""The nodes of pandoc's document tree, as JSON has them (pandoc-types 1.23, `Text.Pandoc.Definition`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Node = dict[str, Any]
API = [1, 23]
NO_ATTR: list[Any] = ["", [], []]


def attr(id: str = "", classes: Iterable[str] = (), pairs: Mapping[str, str] | None = None) -> list[Any]:
    """The attributes of a node: an id, classes, and pairs of key and value."""
    return [id, list(classes), [[key, value] for key, value in (pairs or {}).items()]]


def words(text: str) -> list[Node]:
    """A text as words with spaces between them; a space that may not break stays in its word."""
    nodes: list[Node] = []
    for part in re.split(r"([ \t\n]+)", text):
        if part:
            nodes.append({"t": "Space"} if part.strip(" \t\n") == "" else {"t": "Str", "c": part})
    return nodes


def node(kind: str, content: Any = None) -> Node:
    """A node of a kind, with its content where it has one."""
    return {"t": kind} if content is None else {"t": kind, "c": content}


def span(
    inlines: list[Node], id: str = "", classes: Iterable[str] = (), pairs: Mapping[str, str] | None = None
) -> Node:
    """Inlines with attributes; an id becomes a bookmark."""
    return node("Span", [attr(id, classes, pairs), inlines])


def link(inlines: list[Node], target: str) -> Node:
    """A link to the web, or to a place of the document (`#id`)."""
    return node("Link", [NO_ATTR, inlines, [target, ""]])


def header(level: int, inlines: list[Node], id: str = "") -> Node:
    """A heading."""
    return node("Header", [level, attr(id), inlines])


def div(blocks: list[Node], style: str = "", id: str = "") -> Node:
    """Blocks in a style of the word processor's."""
    return node("Div", [attr(id, pairs={"custom-style": style} if style else None), blocks])


def cell(blocks: list[Node], align: str = "AlignDefault") -> list[Any]:
    """A cell of a table."""
    return [NO_ATTR, {"t": align}, 1, 1, blocks]


def table(
    caption: list[Node],
    aligns: Sequence[str],
    widths: Sequence[float],
    head: list[Any],
    rows: list[list[Any]],
    id: str = "",
) -> Node:
    """A table: `widths` are shares of the line; the head is repeated on each page."""
    columns = [
        [{"t": align}, {"t": "ColWidth", "c": round(width, 4)}] for align, width in zip(aligns, widths, strict=True)
    ]
    body = [NO_ATTR, 1, [], [[NO_ATTR, row] for row in rows]]
    heads = [NO_ATTR, [[NO_ATTR, head]] if head else []]
    return node(
        "Table", [attr(id), [None, [node("Plain", caption)] if caption else []], columns, heads, [body], [NO_ATTR, []]]
    )


def document(meta: Mapping[str, Any], blocks: list[Node]) -> dict[str, Any]:
    """A whole document."""
    return {"pandoc-api-version": API, "meta": dict(meta), "blocks": blocks}


def meta_inlines(inlines: list[Node]) -> Node:
    """Inlines as a value of the metadata."""
    return node("MetaInlines", inlines)
