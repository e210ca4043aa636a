"""What a picture draws, and what it leaves out where there is no room to read it."""

from __future__ import annotations

from synopse.locale import catalogue
from synopse.render.pictures import WIDTH, draw
from synopse.synthesis.table import Column, Figure, Row, Table, number, words


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
    assert all(shape.x + shape.w <= WIDTH + 0.01 for shape in shapes)
