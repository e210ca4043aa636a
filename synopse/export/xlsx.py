"""Tables in, one workbook out: a sheet a table, frozen head, links, numbers as numbers, no formula. XlsxWriter writes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from synopse.export.values import value_of
from synopse.locale import Catalogue
from synopse.synthesis.table import Column, Table

LONGEST_NAME = 31
"""Excel's limit for a sheet's name (ECMA-376 leaves it to the application)."""
LONGEST_CELL = 32767


def write_xlsx(tables: list[Table], words: Catalogue) -> bytes:
    """The workbook. The same tables give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    names: set[str] = set()
    for table in tables or [Table("empty", "", "", (), ())]:
        _sheet(book, table, words, head, body, _name(table, names))
    book.close()
    return stream.getvalue()


def _sheet(book: Any, table: Table, words: Catalogue, head: Any, body: Any, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.title, head)
    for line, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row.cells):
            value = value_of(cell, words)
            if value is None:
                continue
            if not isinstance(value, str):
                sheet.write_number(line, place, float(value), body)
            elif cell.link.startswith(("http://", "https://")):
                sheet.write_url(line, place, cell.link, body, value[:LONGEST_CELL])
            else:
                sheet.write_string(line, place, value[:LONGEST_CELL], body)


def _width(column: Column) -> float:
    return {"label": 30.0, "text": 50.0, "short": 16.0}.get(column.role, 12.0)


def _name(table: Table, names: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\']", " ", table.title or table.id).strip()[:LONGEST_NAME] or "table"
    name, number = base, 2
    while name.casefold() in names:
        name = f"{base[: LONGEST_NAME - 4]} ({number})"
        number += 1
    names.add(name.casefold())
    return name
