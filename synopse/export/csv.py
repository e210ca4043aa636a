"""A table in, the text of a CSV file out (RFC 4180, UTF-8, one head line)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from synopse.export.sheet import as_sheet
from synopse.export.values import harmless, value_of
from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets
from synopse.synthesis.table import Table


def write_csv(table: Table, words: Catalogue, cited: Cited = key_in_brackets) -> str:
    """The head, then a line a row. Numbers have a decimal point, whatever the language."""
    sheet = as_sheet(table, words, cited)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([field_of(value_of(cell, words)) for cell in row.cells])
    return stream.getvalue()


def field_of(value: str | int | Decimal | None) -> str | int:
    """A value as a field of the file: numbers with a decimal point, and no text that becomes a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    return value if isinstance(value, int) else format(value, "f")
