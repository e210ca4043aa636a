"""The tokens of markdown-it in; their words, which one closes another, and those that are no footnotes, out."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token


def words_of(token: Token) -> str:
    """The words of an image's alternative text."""
    breaks = ("softbreak", "hardbreak")
    return "".join(" " if child.type in breaks else child.content for child in token.children or [])


def closing(tokens: Sequence[Token], position: int) -> int:
    """The index of the token that closes the one at `position`."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def without_footnotes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but for the block of footnotes at the end."""
    kept = []
    inside = False
    for token in tokens:
        inside = inside or token.type == "footnote_block_open"
        if not inside:
            kept.append(token)
        if token.type == "footnote_block_close":
            inside = False
    return kept
