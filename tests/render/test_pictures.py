"""What a picture draws, and what it leaves out where there is no room to read it."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue
from synopse.locale.dates import iso_date
from synopse.markup.tree import Text
from synopse.render.latex.page import PORTRAIT
from synopse.render.pictures import Shape, draw
from synopse.synthesis.table import Cell, Column, Figure, Row, Table, number, words


def heatmap(papers: int) -> Figure:
    """A heat map of one theme, that every third paper carries."""
    columns = (Column("Thème", "label"), *(Column(f"P{n}", "count", f"p{n}") for n in range(papers)))
    row = Row((words("Coût"), *(number(int(n % 3 == 0)) for n in range(papers))))
    return Figure("f", "heatmap", "", Table("t", "heatmap", "", columns, (row,)))


def test_a_heat_map_of_few_papers_has_heads_and_framed_cells() -> None:
    kinds = [shape.kind for shape in draw(heatmap(6), catalogue("fr")).shapes]
    assert kinds.count("head") == 6 and kinds.count("cell") == 6


def test_a_heat_map_of_hundreds_of_papers_shows_only_what_can_be_seen() -> None:
    shapes = draw(heatmap(300), catalogue("fr")).shapes
    assert {shape.kind for shape in shapes} == {"label", "shade"}
    assert sum(shape.kind == "shade" for shape in shapes) == 100
    assert all(shape.x + shape.w <= PORTRAIT + 0.01 for shape in shapes)


def timeline(*dates: str) -> list[Shape]:
    """The shapes of a timeline of these dates."""
    columns = (Column("Étude", "label"), Column("Date", "short"), Column("Fiche", "short"))
    rows = tuple(
        Row((words(f"P{n}"), Cell(((Text(date),),), date=iso_date(date)), words(""))) for n, date in enumerate(dates)
    )
    return list(draw(Figure("f", "timeline", "", Table("t", "timeline", "", columns, rows)), catalogue("en")).shapes)


def test_a_timeline_draws_a_range_as_a_range_and_an_open_one_as_an_arrow() -> None:
    shapes = timeline("2020", "2020/2022", "2021-03-05", "2021-21", "2022/", "/2021")
    bars = [shape.w for shape in shapes if shape.kind == "bar"]
    year = bars[0]
    assert bars == pytest.approx([year, 3 * year, year / 4])
    assert sum(shape.kind == "dot" for shape in shapes) == 1
    right, left = (shape for shape in shapes if shape.kind == "arrow")
    assert right.w > right.x and left.w < left.x
    said = {shape.text for shape in shapes if shape.kind.startswith("when")}
    assert said == {"2020", "2020–2022", "5 March 2021", "Spring 2021", "2022–", "–2021"}


def test_a_timeline_of_thousands_has_a_bar_for_each() -> None:
    shapes = timeline(*(f"{1900 + n % 120}-{1 + n % 12:02d}" for n in range(4000)))
    assert sum(shape.kind == "bar" for shape in shapes) == 4000
