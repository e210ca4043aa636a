"""What goes out beside the PDF: every table as CSV, the workbook, the provenance of every cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synopse.build.parts import write_exports, write_parts
from synopse.build.session import Session
from synopse.export.csv import write_csv
from synopse.export.provenance import write_provenance
from synopse.export.sheet import as_sheet
from synopse.export.values import harmless, value_of
from synopse.export.xlsx import sheet_name, write_xlsx
from synopse.synthesis.table import Cell, Column, Row, Table, number
from tests.synthesis.corpus import BIB, FICHES, small, tables


def test_csv_workbook_and_table_say_the_same(tmp_path: Path) -> None:
    session = small(tmp_path)
    words, every = session.project.words, tables(session)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(list(every.values()), words)))
    assert len(book.sheetnames) == len(every)
    for plain_table, name in zip(every.values(), book.sheetnames, strict=True):
        sheet, table = book[name], as_sheet(plain_table, words)
        assert sheet.freeze_panes == "B2"
        read = list(csv.reader(io.StringIO(write_csv(plain_table, words), newline="")))
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


def read_csv(session: Session, name: str) -> list[list[str]]:
    assert write_parts(session) == []
    text = (session.root / f"build/tables/{name}.csv").read_bytes().decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_of_papers_has_a_column_of_keys_and_units_in_its_heads(tmp_path: Path) -> None:
    rows = read_csv(small(tmp_path), "characteristics")
    assert rows[0][:2] == ["Étude", "Clé"] and "Effectif (patients)" in rows[0]
    assert [row[1] for row in rows[1:]] == ["alpha2023", "beta2024", "gamma2024"]
    assert [row[rows[0].index("Effectif (patients)")] for row in rows[1:]] == ["120", "80", ""]


def test_a_table_whose_columns_are_papers_has_their_keys_in_its_heads(tmp_path: Path) -> None:
    head = read_csv(small(tmp_path), "matrix-techniques")[0]
    assert [title.rsplit(" ", 1)[1] for title in head[1:4]] == ["[alpha2023]", "[beta2024]", "[gamma2024]"]


def test_numbers_of_several_units_in_one_column_keep_them(tmp_path: Path) -> None:
    words = small(tmp_path).project.words
    table = Table(
        "t",
        "t",
        "T",
        (Column("A"), Column("B")),
        (Row((Cell(), number(1, unit="mg"))), Row((Cell(), number(2, unit="%")))),
    )
    assert write_csv(table, words) == "A,B\r\n,1\u00a0mg\r\n,2\u00a0%\r\n"


@pytest.mark.parametrize(
    ("lang", "typed", "said"),
    [
        ("fr", "Voir [@beta2024].", "Voir (Bêta 2024)."),
        (
            "fr",
            "[voir @beta2024, p. 12-14; @gamma2024, chap. 3]",
            "(voir Bêta 2024, pp.\u00a012–14; Gamma et Delta 2024, chap.\u00a03)",
        ),
        ("en", "As @gamma2024 says", "As Gamma and Delta (2024) says"),
        ("fr", "Bêta [-@beta2024]", "Bêta (2024)"),
        ("fr", "Selon @other2020, oui", "Selon Other (2020), oui"),
    ],
)
def test_a_citation_is_in_a_cell_what_the_report_prints(tmp_path: Path, lang: str, typed: str, said: str) -> None:
    fiches = FICHES | {"alpha2023": FICHES["alpha2023"].replace("Bien écrite.", f'"{typed}"')}
    bib = BIB + "@book{other2020, author={Other, Olga}, title={Un livre}, date={2020}}\n"
    session = small(tmp_path, fiches, bib=bib, lang=lang)
    rows = read_csv(session, "compare-forces-limites")
    assert said in rows[1][2].split("\n") and rows[1][1] == "alpha2023"
    write_exports(session)
    book = openpyxl.load_workbook(tmp_path / "build/tables.xlsx")
    assert said in str(book["Avis"].cell(2, 3).value).split("\n")
    assert said in (tmp_path / "build/provenance.json").read_text("utf-8").replace("\\n", "\n")


@pytest.mark.parametrize(
    "typed",
    ["> 100 people", "+ 3 kg in the group", "- 5 points", "* a star", "3. Quarter", "2*3*4 mg", "a ~~wrong~~ word"],
)
def test_a_remark_that_begins_with_a_sign_is_the_same_in_every_table(tmp_path: Path, typed: str) -> None:
    fiches = FICHES | {"alpha2023": FICHES["alpha2023"].replace("Dépend des annotateurs.", f"'{typed}'")}
    session = small(tmp_path, fiches)
    for name in ("compare-forces-limites", "recurrence-limites"):
        cells = [line for row in read_csv(session, name) for cell in row for line in cell.split("\n")]
        assert any(harmless(typed) in line or typed in line for line in cells), (name, cells)
    write_exports(session)
    assert typed in json.dumps(json.loads((tmp_path / "build/provenance.json").read_text("utf-8")))


def test_quotes_in_a_cell_are_those_of_the_language(tmp_path: Path) -> None:
    bib = BIB.replace("title={La troisième}", "title={On \\enquote{deep} learning}")
    for lang, title in (("fr", "On «\u00a0deep\u00a0» learning"), ("en", "On “deep” learning")):
        rows = read_csv(
            small(tmp_path, synthesis="  - {kind: characteristics}\n", bib=bib, lang=lang), "characteristics"
        )
        assert rows[3][2] == title


@given(st.lists(st.text(max_size=50), max_size=24))
@settings(max_examples=200, deadline=None)
@example(["Caractéristiques des études inc"] * 12)
@example(["History", "history", "'a'", "a", "A", "", "[]", "x" * 40, "x" * 31, "é" * 31, "😀" * 20])
def test_names_of_sheets_are_unique_and_short(titles: list[str]) -> None:
    names: set[str] = set()
    found = [sheet_name(title, names) for title in titles]
    assert len({name.casefold() for name in found}) == len(titles)
    for name in found:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) <= 62 and not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name and name.casefold() != "history"


def test_many_tables_of_one_long_title_make_a_workbook(tmp_path: Path) -> None:
    words = small(tmp_path).project.words
    every = [Table(f"t{n}", "t", "Caractéristiques des études incluses", (Column("A"),), ()) for n in range(120)]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(every, words)))
    assert len(set(book.sheetnames)) == 120


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


def test_every_remark_says_where_it_can_be_found_and_every_fiche_what_was_read(tmp_path: Path) -> None:
    fiche = """status: partial
read:
  - {extent: abstract, version: v1, date: 2025-02-26, link: 'arXiv:2502.18791v1'}
  - about
question: {text: Quoi ?, source: v1}
techniques: [SFT, {term: CoT, section: 4.2, source: https://b.org/x}]
forces:
  - {text: Un, page: 3, source: alpha2023}
  - Deux"""
    session = small(tmp_path, {"alpha2023": fiche})
    data = json.loads(write_provenance(session.synthesis[0], session.project.retained, session.project.words))
    assert [[r[name] for name in ("text", "page", "section", "origin", "link")] for r in data["remarks"]] == [
        ["Quoi ?", "", "", "v1", "https://arxiv.org/abs/2502.18791v1"],
        ["SFT", "", "", "", ""],
        ["CoT", "", "4.2", "https://b.org/x", "https://b.org/x"],
        ["Un", "3", "", "alpha2023", ""],
        ["Deux", "", "", "", ""],
    ]
    first, second = data["read"]
    assert (first["extent"], first["date"], first["link"]) == (
        "abstract",
        "2025-02-26",
        "https://arxiv.org/abs/2502.18791v1",
    )
    assert (first["source"]["line"], second["extent"], second["link"]) == (4, "about", "")
