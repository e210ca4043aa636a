"""What a picture draws, and what it leaves out where there is no room to read it."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable

import pytest

from synopse.locale import catalogue
from synopse.locale.dates import iso_date
from synopse.markup.tree import Text
from synopse.render.measure import width
from synopse.render.page import PORTRAIT
from synopse.render.pictures import TALLEST, Shape, draw
from synopse.render.shapes import SMALLEST, line_height
from synopse.synthesis.table import Cell, Column, Figure, Row, Table, number, words


def heatmap(papers: int) -> Figure:
    """A heat map of one theme, that every third paper carries."""
    columns = (Column("Thème", "label"), *(Column(f"P{n}", "count", f"p{n}") for n in range(papers)))
    row = Row((words("Coût"), *(number(int(n % 3 == 0)) for n in range(papers))))
    return Figure("f", "heatmap", "", Table("t", "heatmap", "", columns, (row,)))


def test_a_heat_map_of_few_papers_has_heads_and_framed_cells() -> None:
    kinds = [shape.kind for shape in draw(heatmap(6), catalogue("fr"))[0].shapes]
    assert kinds.count("head") == 6 and kinds.count("cell") == 6


def test_a_heat_map_of_hundreds_of_papers_shows_only_what_can_be_seen() -> None:
    (picture,) = draw(heatmap(300), catalogue("fr"))
    shapes = picture.shapes
    assert {shape.kind for shape in shapes} == {"label", "shade"}
    assert sum(shape.kind == "shade" for shape in shapes) == 100
    assert all(shape.x + shape.w <= PORTRAIT + 0.01 for shape in shapes)


def timeline(*dates: str) -> list[Shape]:
    """The shapes of a timeline of these dates."""
    columns = (Column("Étude", "label"), Column("Date", "short"), Column("Fiche", "short"))
    rows = tuple(
        Row((words(f"P{n}"), Cell(((Text(date),),), date=iso_date(date)), words(""))) for n, date in enumerate(dates)
    )
    (picture,) = draw(Figure("f", "timeline", "", Table("t", "timeline", "", columns, rows)), catalogue("en"))
    return list(picture.shapes)


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


def test_a_timeline_of_thousands_counts_them_by_year() -> None:
    shapes = timeline(*(f"{1990 + n % 30}-{1 + n % 12:02d}" for n in range(4000)))
    assert sum(shape.kind == "bar" for shape in shapes) == 30
    assert sum(int(shape.text) for shape in shapes if shape.kind == "when") == 4000


def test_a_timeline_of_a_crowded_year_counts_its_months() -> None:
    shapes = timeline(*(f"2024-{1 + n % 3:02d}" for n in range(90)))
    assert [shape.text for shape in shapes if shape.kind == "label"] == ["January 2024", "February 2024", "March 2024"]
    assert [shape.text for shape in shapes if shape.kind == "when"] == ["30", "30", "30"]


@pytest.mark.parametrize("papers", [1, 5, 12, 53, 90, 150])
def test_no_cell_of_a_heat_map_is_lost_and_each_picture_fits_on_a_page(papers: int) -> None:
    pictures = draw(heatmap(papers), catalogue("fr"))
    shapes = [shape for picture in pictures for shape in picture.shapes]
    heads = [shape.text for shape in shapes if shape.kind.startswith("head")]
    assert heads == [f"P{n}" for n in range(papers)]
    assert sum(shape.kind == "cell" and bool(shape.shade) for shape in shapes) == -(-papers // 3)
    for picture in pictures:
        assert picture.size >= SMALLEST
        cells = [shape for shape in picture.shapes if shape.kind == "cell"]
        assert all(shape.y >= -TALLEST - 0.01 and shape.x + shape.w <= PORTRAIT + 0.01 for shape in cells)


def calls_of_drawing(figure: Figure) -> int:
    """How many functions of Python run while it is drawn, comparisons of dates and shapes among them."""
    count = 0

    def noted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(noted)
    try:
        draw(figure, catalogue("en"))
    finally:
        sys.setprofile(None)
    return count


def dated(papers: int, last: int) -> Figure:
    """A timeline of so many papers, of the years up to `last`, on days in their order."""
    columns = (Column("Study", "label"), Column("Date", "short"), Column("Note", "short"))
    days = sorted(f"{2000 + n % (last - 1999)}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(papers))
    rows = tuple(
        Row((words(f"P{n}"), Cell(((Text(day),),), date=iso_date(day)), words(""))) for n, day in enumerate(days)
    )
    return Figure("f", "timeline", "", Table("t", "timeline", "", columns, rows))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda papers: dated(papers, 2001), id="a timeline of months"),
        pytest.param(lambda papers: dated(papers, 2023), id="a timeline of years"),
        pytest.param(heatmap, id="a heat map"),
    ],
)
def test_twice_as_many_papers_take_no_more_than_twice_the_work_to_draw(make: Callable[[int], Figure]) -> None:
    few, many = make(1000), make(2000)
    calls_of_drawing(few)  # what is read once
    assert calls_of_drawing(many) <= 2.2 * calls_of_drawing(few)


def test_long_labels_have_several_lines_that_cross_no_other() -> None:
    rows = tuple(Row((words(f"{n} " + "un libellé assez long pour deux lignes " * 3), number(n + 1))) for n in range(8))
    columns = (Column("Thème", "label"), Column("Études", "count"))
    (picture,) = draw(Figure("f", "bars", "", Table("t", "bars", "", columns, rows)), catalogue("fr"))
    labels = [shape for shape in picture.shapes if shape.kind == "label"]
    assert len(labels) > 8 and " ".join(shape.text for shape in labels).split() == [
        word for row in rows for word in row.cells[0].text.split()
    ]
    places = [shape.y for shape in labels]
    assert all(above - below >= line_height(picture.size) - 0.01 for above, below in itertools.pairwise(places))
    left = min(shape.x for shape in picture.shapes if shape.kind == "bar")
    assert all(width(shape.text, picture.size, "picture") <= left for shape in labels)
