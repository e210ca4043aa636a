"""A table in, the text of a CSV file out (RFC 4180, UTF-8, one head line)."""

from __future__ import annotations

import csv
import io

from synopse.export.values import harmless, value_of
from synopse.locale import Catalogue
from synopse.synthesis.table import Table


def write_csv(table: Table, words: Catalogue) -> str:
    """The head, then a line a row. Numbers have a decimal point, whatever the language."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    for row in table.rows:
        values = [value_of(cell, words) for cell in row.cells]
        writer.writerow(
            [
                ""
                if v is None
                else harmless(v)
                if isinstance(v, str)
                else format(v, "f")
                if not isinstance(v, int)
                else v
                for v in values
            ]
        )
    return stream.getvalue()
