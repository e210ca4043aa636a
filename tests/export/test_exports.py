"""What goes out beside the PDF: every table as CSV, the workbook, the provenance of every cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from synopse.export.csv import write_csv
from synopse.export.provenance import write_provenance
from synopse.export.values import harmless, value_of
from synopse.export.xlsx import write_xlsx
from tests.synthesis.corpus import small, tables


def test_csv_workbook_and_table_say_the_same(tmp_path: Path) -> None:
    session = small(tmp_path)
    words, every = session.project.words, tables(session)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(list(every.values()), words)))
    assert len(book.sheetnames) == len(every)
    for table, name in zip(every.values(), book.sheetnames, strict=True):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        read = list(csv.reader(io.StringIO(write_csv(table, words), newline="")))
        assert read[0] == [column.title for column in table.columns]
        for line, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row.cells):
                value = value_of(cell, words)
                in_csv, in_sheet = read[line][place], sheet.cell(line + 1, place + 1)
                if value is None:
                    assert in_csv == "" and in_sheet.value is None
                elif isinstance(value, str):
                    assert in_csv == harmless(value) and in_sheet.value == value and in_sheet.data_type == "s"
                else:
                    assert float(in_csv) == float(value) == in_sheet.value and in_sheet.data_type == "n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "|x"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


def test_every_cell_with_a_value_from_a_fiche_says_where_it_stands(tmp_path: Path) -> None:
    session = small(tmp_path)
    data = json.loads(write_provenance(session.synthesis[0], session.project.retained, session.project.words))
    cells = [cell for cell in data["cells"] if cell["table"] == "matrix-techniques" and cell["value"] in ("x", "x*")]
    assert len(cells) == 6
    for cell in cells:
        where = cell["sources"][0]
        line = (tmp_path / where["file"]).read_text("utf-8").split("\n")[where["line"] - 1]
        word = line[where["column"] - 1 : where["end_column"] - 1].strip('"')
        assert word in ("SFT", "RLHF", "fine-tuning", "CoT", "=1+1")
