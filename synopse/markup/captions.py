"""Tables that a person drew, and what stands below them: captions in Pandoc's way, and the widths that the line of dashes asks for.

`: The caption` below a table, with an empty line between or without, is its caption (Pandoc's manual, "Tables").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from synopse.markup.tree import Block, Inline, Paragraph, PipeTable, Text

_STARTS = re.compile(r":[ \u00a0]+(?=\S)")
_DASHES = re.compile(r":?-+:?")


def with_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, in which each table has the caption that stood below it."""
    result: list[Block] = []
    for block in blocks:
        table = result[-1] if result else None
        if isinstance(block, Paragraph) and isinstance(table, PipeTable) and not table.caption:
            caption = _caption(block.children)
            if caption:
                result[-1] = replace(table, caption=caption)
                continue
        result.append(block)
    return tuple(result)


def from_source(table: PipeTable, lines: Sequence[str]) -> PipeTable:
    """The table with what its lines say beside its cells: the widths, and the caption where the last one has no bar."""
    table = replace(table, widths=widths_of(lines[1]) if len(lines) > 1 else ())
    if not table.rows or "|" in lines[-1] or any(table.rows[-1][1:]):
        return table
    caption = _caption(table.rows[-1][0])
    return replace(table, rows=table.rows[:-1], caption=caption) if caption else table


def _caption(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words after the colon; nothing where there is none."""
    first = inlines[0] if inlines else None
    match = _STARTS.match(first.text) if isinstance(first, Text) else None
    if match is None or not isinstance(first, Text):
        return ()
    rest = first.text[match.end() :]
    return ((Text(rest),) if rest else ()) + inlines[1:]


def widths_of(line: str) -> tuple[int, ...]:
    """How many dashes, with its colons, each column has in the line below a table's head; nothing where all have as many."""
    cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
    counts = tuple(len(cell) for cell in cells if _DASHES.fullmatch(cell))
    return counts if len(set(counts)) > 1 else ()
