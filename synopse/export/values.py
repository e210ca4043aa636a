"""A cell as a spreadsheet holds it: a number stays a number, a mark becomes a word, a text cannot become a formula."""

from __future__ import annotations

from decimal import Decimal

from synopse.locale import Catalogue
from synopse.synthesis.table import Cell, Heading, Part, Table

MARKS = {"used": "x", "noted": "x*"}


def value_of(cell: Cell, words: Catalogue) -> str | int | Decimal | None:
    """The value of a cell; nothing for an empty one."""
    if cell.number is not None:
        return cell.number
    if cell.mark:
        return MARKS.get(cell.mark) or words[f"legend.{cell.mark}"]
    return cell.said(words) or None


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, "CSV Injection"): an apostrophe before its sign."""
    return "'" + text if text.lstrip(" \u00a0")[:1] in ("=", "+", "-", "@", "\t", "\r", "|") else text


def tables_of(parts: list[Part]) -> list[Table]:
    """Every table of the parts, those that pictures show included; headings have none."""
    return [part if isinstance(part, Table) else part.table for part in parts if not isinstance(part, Heading)]
