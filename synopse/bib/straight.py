"""Inlines with straight double quotation marks as typed in; pairs as quotations, and the marks that are none, out.

Everywhere else in the report a pair of them is printed as its language has it, so it is here; TeX's fonts print two
closing marks. A mark that closes nothing, as in 5" disk, stays straight, as it does there; and so does a pair within
another, for a style may put the whole title in quotation marks, and csquotes stops at a third level.
"""

from __future__ import annotations

import re

from synopse.bib.latex import STRAIGHT, Note, Remark
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Link, Quoted, Styled, Text

_AROUND = 40


def with_quotes(inlines: list[Inline], note: Note) -> list[Inline]:
    """The inlines without marks of their own; `note` is told how they are read."""
    if STRAIGHT not in plain(inlines):
        return inlines
    read: set[str] = set()
    result = _paired(inlines, read)
    shown = plain(result)[:_AROUND]
    if "pair" in read:
        message = f"the straight quotation marks of {shown} are read as a quotation; LaTeX alone prints ” for both"
        note(Remark("bib-reading", message, r"write \enquote{…}"))
    if "alone" in read:
        message = f'a " of {shown} is printed straight, as it stands in no pair or within one; LaTeX alone prints ”'
        note(Remark("bib-reading", message, r"write \textquotedbl{} if it is right"))
    return result


def _paired(inlines: list[Inline], read: set[str], within: bool = False) -> list[Inline]:
    pieces: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(text):
                pieces += [Text(part) for part in re.split(f"({STRAIGHT})", text) if part]
            case Styled("case", (Text(text),)) if text == STRAIGHT:
                pieces.append(inline.children[0])  # as one is written in a value that stands in quotation marks itself
            case Styled(style, children):
                pieces.append(Styled(style, tuple(_paired(list(children), read, within))))
            case Quoted(children):
                pieces.append(Quoted(tuple(_paired(list(children), read, within=True))))
            case Link(target, children):
                straight = Text(plain(children).replace(STRAIGHT, '"'))
                pieces.append(Link(target.replace(STRAIGHT, '"'), (straight,)))
            case _:
                pieces.append(inline)
    stack: list[list[Inline]] = [[]]
    for place, piece in enumerate(pieces):
        if piece != Text(STRAIGHT):
            stack[-1].append(piece)
        elif len(stack) > 1 and not _opens(pieces, place):
            inner = tuple(stack.pop())
            quoted = bool(inner) and not within and len(stack) == 1 and not _holds_quotation(inner)
            stack[-1] += [Quoted(inner)] if quoted else [Text('"'), *inner, Text('"')]
            read.add("pair" if quoted else "alone")
        elif _opens(pieces, place):
            stack.append([])
        else:
            stack[-1].append(Text('"'))
            read.add("alone")
    while len(stack) > 1:  # one that was never closed
        inner = tuple(stack.pop())
        stack[-1] += [Text('"'), *inner]
        read.add("alone")
    return stack[0]


def _holds_quotation(inlines: tuple[Inline, ...]) -> bool:
    return any(
        isinstance(each, Quoted) or (isinstance(each, (Styled, Link)) and _holds_quotation(each.children))
        for each in inlines
    )


def _opens(pieces: list[Inline], place: int) -> bool:
    """Whether the mark at a place stands before a word and after none."""
    before = plain(pieces[place - 1 : place]) if place else ""
    after = plain(pieces[place + 1 : place + 2])
    follows = bool(before) and (before[-1].isalnum() or before[-1] in ".,;:!?)]}%”’")
    return bool(after) and not after[0].isspace() and not follows
