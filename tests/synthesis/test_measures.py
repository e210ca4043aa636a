"""Numbers, dates and what is no one number, in tables, exports and layout."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from synopse.build.session import Session
from synopse.export.csv import write_csv
from synopse.export.xlsx import write_xlsx
from synopse.locale import catalogue
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain
from synopse.render.latex.layout import lay_out
from synopse.render.pictures import draw
from synopse.synthesis.table import Figure, Heading, Table
from tests.synthesis.corpus import grid, tables
from tests.synthesis.measured import FICHES, review


def printed(table: Table, lang: str) -> list[list[str]]:
    """The words of each line of a table as it is laid out."""
    (sheet,) = lay_out(table, catalogue(lang))
    return [
        [" ".join(plain(piece.inlines) for piece in cell.pieces).replace("\u00a0", " ") for cell in line.cells]
        for line in sheet.lines
    ]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "golden" / "measured").glob("*.txt")), ids=lambda path: path.stem
)
def test_a_kind_makes_the_table_expected_of_values_of_all_sorts(path: Path, whole: Session) -> None:
    part = next(part for part in whole.synthesis[0] if part.id == path.stem)
    assert not isinstance(part, Heading) and whole.synthesis[1] == []
    assert grid(part, whole) == path.read_text("utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return review(tmp_path_factory.mktemp("golden"))


def test_numbers_are_printed_as_they_were_measured_and_said(tmp_path: Path) -> None:
    every = tables(review(tmp_path))
    assert [row[1:4] for row in printed(every["characteristics"], "fr")] == [
        ["1\u202f234 patients", "868,5 mg", "juillet 2006"],
        ["900 patients", "900 mg", "2008–2010"],
        ["> 100 patients", "NR", "vers 2010"],
        ["non rapporté", "2,40 mg", "ND"],
        ["10–20 patients", "env. 12 mg", "depuis mars 2015"],
        ["", "", ""],
    ]
    assert [row[1:] for row in printed(every["compare-n-dose"], "fr")] == [
        row[1:4] for row in printed(every["characteristics"], "fr")
    ]


def test_what_is_no_one_number_is_kept_out_and_told(tmp_path: Path) -> None:
    table = tables(review(tmp_path))["numbers"]
    assert printed(table, "fr") == [
        ["Effectif", "patients", "2", "3", "1", "900", "1\u202f067", "1\u202f234"],
        ["Dose", "mg", "3", "2", "1", "2,40", "868,5", "900"],
    ]
    assert plain(table.note).replace("\u00a0", " ") == (
        "Hors calcul : Effectif, une non rapportée, un intervalle et une borne (plus ou moins de) ; "
        "Dose, une non rapportée et une approximative."
    )


def test_exports_hold_numbers_as_numbers_and_the_rest_in_words(tmp_path: Path) -> None:
    session = review(tmp_path)
    table = tables(session)["characteristics"]
    rows = list(csv.reader(io.StringIO(write_csv(table, session.project.words))))
    assert [row[2].replace("\u00a0", " ") for row in rows[1:]] == [
        "1234", "900", "> 100 patients", "non rapporté", "10–20 patients", ""]  # fmt: skip
    assert [row[3].replace("\u00a0", " ") for row in rows[1:]] == ["868.5", "900", "NR", "2.40", "env. 12 mg", ""]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([table], session.project.words)))
    cells = [_sheet(book).cell(line, 4) for line in range(2, 8)]
    assert [cell.value for cell in cells[:4]] == [868.5, 900, "NR", 2.4]
    assert [cell.number_format for cell in cells[:4]] == ["0.0", "General", "General", "0.00"]


def _sheet(book: Workbook) -> Worksheet:
    """The sheet that the workbook opens at."""
    assert isinstance(book.active, Worksheet)
    return book.active


def test_a_number_too_long_for_a_spreadsheet_is_written_as_text(tmp_path: Path) -> None:
    fiches = FICHES | {"adam2020": "status: todo\nn: 12345678901234567890,5"}
    session = review(tmp_path, fiches=fiches)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([tables(session)["characteristics"]], session.project.words)))
    assert _sheet(book).cell(2, 3).value == "12345678901234567890.5"


def test_a_year_has_no_groups_and_stays_a_number(tmp_path: Path) -> None:
    session = review(tmp_path, "  - {kind: characteristics, columns: [year]}\n")
    table = tables(session)["characteristics"]
    assert [row[1] for row in printed(table, "fr")] == ["2020", "2021", "2021", "2022", "2023", "2024"]
    assert write_csv(table, session.project.words).split("\r\n")[1].endswith(",2020")


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=7))
@settings(max_examples=10, deadline=None)
def test_the_figures_of_a_field_are_those_of_its_numbers(
    tmp_path_factory: pytest.TempPathFactory, found: list[Decimal]
) -> None:
    from statistics import median

    keys = list(FICHES)[:6]
    texts = [f"status: todo\nn: {str(number).replace('.', ',')}" for number in found[:5]]
    fiches = dict(zip(keys, [*texts, "status: todo\nn: NR"], strict=False))
    (row,) = tables(review(tmp_path_factory.mktemp("numbers"), "  - {kind: numbers, fields: [n]}\n", fiches=fiches))[
        "numbers-n"
    ].rows
    counts, three = [cell.number for cell in row.cells[2:5]], [cell.number for cell in row.cells[5:]]
    assert counts == [len(found[:5]), 1, 0] and len(found[:5]) + 1 == len(fiches)
    assert three == [min(found[:5]), median(found[:5]), max(found[:5])]
    assert {number.as_tuple().exponent for number in three if isinstance(number, Decimal)} <= {-2, -3}


@pytest.mark.parametrize(
    ("numbers", "median"),
    [("2 4", "3"), ("2 3", "2.5"), ("2,40 2,60", "2.50"), ("2,41 2,60", "2.505"), ("900 868,5", "884.25"), ("0,00001 0,00002", "0.000015"),
     ("3 3,0", "3"), ("7", "7")],
)  # fmt: skip
def test_a_median_of_two_has_a_decimal_more_only_where_it_needs_it(numbers: str, median: str, tmp_path: Path) -> None:
    fiches = {key: f"status: todo\nn: {number}" for key, number in zip(FICHES, numbers.split(), strict=False)}
    (row,) = tables(review(tmp_path, "  - {kind: numbers, fields: [n]}\n", fiches=fiches))["numbers-n"].rows
    assert str(row.cells[5].number) == median


def test_a_timeline_of_a_field_says_dates_as_they_were_said_and_who_has_none(tmp_path: Path) -> None:
    session = review(tmp_path, "  - {kind: timeline, field: debut}\n")
    (part,) = session.synthesis[0]
    assert isinstance(part, Figure)
    shapes = draw(part, session.project.words)[0].shapes
    assert [shape.text.replace("\u00a0", " ") for shape in shapes if shape.kind.startswith("when")] == [
        "juillet 2006", "2008–2010", "vers 2010", "depuis mars 2015"]  # fmt: skip
    assert [shape.kind for shape in shapes if shape.kind in ("bar", "dot", "arrow")] == ["bar", "bar", "bar", "arrow"]
    assert plain(part.note) == "Sans date que l’on puisse placer : 2 études."


def test_the_date_of_a_report_may_be_in_words(tmp_path: Path) -> None:
    review(tmp_path)
    path = tmp_path / "sources/report.yaml"
    said = {}
    for text in ("8 mars 2026", "2026-03", "05/06/2026", "bientôt"):
        path.write_text(path.read_text("utf-8").split("date: ")[0].rstrip() + f"\ndate: {text}\n", "utf-8")
        project = Session(tmp_path).project
        said[text] = project.report.dated if project.report else project.diagnostics[0].code
    assert said == {
        "8 mars 2026": PartialDate(2026, 3, 8),
        "2026-03": PartialDate(2026, 3),
        "05/06/2026": "two-readings",
        "bientôt": "not-a-date",
    }
