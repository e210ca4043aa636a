"""Tables in, one workbook out: a sheet a table, frozen head, links, numbers as numbers, no formula. XlsxWriter writes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from synopse.export.sheet import as_sheet
from synopse.export.values import value_of
from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets
from synopse.synthesis.table import Column, Table

LONGEST_NAME = 31
"""Excel's limit for a sheet's name (ECMA-376 leaves it to the application)."""
LONGEST_CELL = 32767
MOST_DIGITS = 15
"""Spreadsheets keep so many digits of a number (IEEE 754 doubles); a longer one is written as text."""


def write_xlsx(tables: list[Table], words: Catalogue, cited: Cited = key_in_brackets) -> bytes:
    """The workbook. The same tables give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    formats = _Formats(book)
    names: set[str] = set()
    for table in tables or [Table("empty", "", "", (), ())]:
        _sheet(book, as_sheet(table, words, cited), words, formats, sheet_name(table.title or table.id, names))
    book.close()
    return stream.getvalue()


class _Formats:
    """The formats of a workbook, each made once: of the head, of texts, of numbers with so many decimals."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[int, Any] = {}
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.body = book.add_format({"text_wrap": True, "valign": "top"})

    def number(self, decimals: int) -> Any:
        """The format that shows the decimals of the measure, those that are 0 as well."""
        if decimals not in self._numbers:
            options = {"valign": "top", "num_format": "0." + "0" * decimals}
            self._numbers[decimals] = self._book.add_format(options) if decimals else self.body
        return self._numbers[decimals]


def _sheet(book: Any, table: Table, words: Catalogue, formats: _Formats, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.title, formats.head)
    for line, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row.cells):
            value = value_of(cell, words)
            if value is None:
                continue
            if not isinstance(value, str) and _held(value):
                sheet.write_number(line, place, float(value), formats.number(_decimals(value)))
                continue
            text = value if isinstance(value, str) else format(value, "f")
            if len(text) > LONGEST_CELL:
                text = text[: LONGEST_CELL - 1] + "…"
            if cell.link.startswith(("http://", "https://")):
                sheet.write_url(line, place, cell.link, formats.body, text)
            else:
                sheet.write_string(line, place, text, formats.body)


def _held(value: int | Decimal) -> bool:
    """Whether a spreadsheet can hold the number without changing a digit of it."""
    return len(Decimal(value).normalize().as_tuple().digits) <= MOST_DIGITS


def _decimals(value: int | Decimal) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _width(column: Column) -> float:
    return {"label": 30.0, "text": 50.0, "short": 16.0}.get(column.role, 12.0)


def sheet_name(title: str, names: set[str]) -> str:
    """A name that no other sheet has, whatever its case, and that a spreadsheet takes; it is added to `names`.

    Excel: 31 units of UTF-16, none of `[ ] : * ? / \\`, no `'` at either end, not the word History.
    """
    base = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).split()).strip("'") or "table"
    base = f"{base} -" if base.casefold() == "history" else base
    name, number = _cut(base, LONGEST_NAME), 2
    while name.casefold() in names:
        end = f" ({number})"
        name = _cut(base, LONGEST_NAME - len(end)) + end
        number += 1
    names.add(name.casefold())
    return name


def _cut(text: str, longest: int) -> str:
    """The beginning of a text, of at most so many units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * longest]
    return units.decode("utf-16-le", "ignore").rstrip(" '")
