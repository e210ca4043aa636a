"""How a table stands on the page: no word is broken beside empty space, a head is turned only where that helps, names run on."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Link, Text
from synopse.render.latex.layout import Sheet, lay_out
from synopse.render.latex.rows import LONG_ROW
from synopse.render.measure import width
from synopse.render.page import GAP, PORTRAIT
from synopse.synthesis.table import Cell, Column, Role, Row, Table, number, words

LABELS = ("Abadie et Yilmaz (2018)", "Brzeziński et al. (2017)", "Lambert et al. (2017)")


def sheet(columns: tuple[Column, ...], *rows: tuple[Cell, ...]) -> Sheet:
    """The one sheet of a table."""
    table = Table("t", "compare", "", columns, tuple(map(Row, rows)))
    (made,) = lay_out(table, catalogue("fr"))
    return made


def headed(*heads: tuple[str, Role]) -> tuple[Column, ...]:
    return tuple(Column(title, role) for title, role in heads)


def test_a_compound_word_of_a_head_is_whole_where_there_is_room() -> None:
    columns = headed(("Intervention / Plan de l’étude", "label"), ("Étude avant-après", "count"), ("Cohorte", "count"))
    made = sheet(columns, *((words(label), number(1), number(2)) for label in LABELS))
    assert made.heads[1].width >= width("avant-après", 9.0, "head")


def characteristics(label: str = LABELS[0]) -> Sheet:
    heads: tuple[tuple[str, Role], ...] = (("Étude", "label"), ("Auteurs", "text"), ("Date", "short"), ("Plan de l’étude", "text"), ("Pays", "text"),
             ("Participants", "number"))  # fmt: skip
    row = (words(label), words("Brzeziński, Moreau, Iversen et al."), words("novembre 2021"),
           words("Essai randomisé en grappes"), words("Canada, Norvège"), number(264))  # fmt: skip
    return sheet(headed(*heads), row, row)


@pytest.mark.parametrize("label", [*LABELS, "N. Tremblay et M. Eriksen (2013)"])
def test_a_date_has_one_line_beside_words_that_may_break(label: str) -> None:
    made = characteristics(label)
    assert made.heads[2].width >= width("novembre 2021", 10.0)
    assert not made.rotated and not made.landscape


def test_a_head_is_turned_only_where_its_column_becomes_narrower() -> None:
    texts: tuple[tuple[str, Role], ...] = (("Caractéristiques principales", "text"),) * 3
    columns = headed(
        ("Étude", "label"), *texts, ("Date", "short"), ("Participants", "number"), ("Participantes", "number")
    )
    cells = (*(words("Une phrase de plusieurs mots"),) * 3, words("septembre 2021"), number(264), number(12))
    made = sheet(columns, (words(LABELS[0]), *cells))
    assert {head.column.title for head in made.heads if head.rotated} == {"Participants", "Participantes"}


def test_columns_of_marks_are_of_one_width_where_their_heads_allow_it() -> None:
    columns = (
        Column("Métriques", "label"),
        *(Column(f"{name} et al. (2025)", "mark", name) for name in ("Park", "Tie", "Liu", "Hadi")),
    )
    made = sheet(columns, (words("Précision (accuracy)"), *(Cell(mark="used") for _ in range(4))))
    assert len({head.width for head in made.heads[1:]}) == 1


def test_the_words_et_al_stay_together_in_a_head() -> None:
    names = ("Park", "Tie", "Liu", "Hadi", "Matarazzo")
    columns = (Column("Techniques", "label"), *(Column(f"{name} et al. (2025)", "mark", name) for name in names))
    made = sheet(columns, (words("Génération augmentée par récupération"), *(Cell(mark="used") for _ in names)))
    assert all(head.width >= width("et\u00a0al.", 9.0, "head") for head in made.heads[1:])


def named(count: int) -> Cell:
    return Cell(tuple((Link(f"#p{n}", (Text(f"N. Okafor et al. ({2000 + n})"),)),) for n in range(count)))


@pytest.mark.parametrize("count", [2, 12, 150])
def test_names_of_papers_run_on_and_none_is_parted(count: int) -> None:
    columns = headed(("Plan", "label"), ("Études", "count"), ("Lesquelles", "text"))
    made = sheet(columns, (words("Essai randomisé"), number(count), named(count)))
    said = "".join(plain(piece.inlines) for line in made.lines for piece in line.cells[2].pieces)
    assert said == ", ".join(f"N.\u00a0Okafor\u00a0et\u00a0al.\u00a0({2000 + n})" for n in range(count))
    assert len(made.lines) <= 1 + count // 30
    assert sum(head.width for head in made.heads) + GAP * 2 <= PORTRAIT + 0.1


@pytest.mark.parametrize(("count", "lines"), [(4, 1), (40, 40)])
def test_a_row_of_very_many_remarks_may_break_after_each(count: int, lines: int) -> None:
    said = "Une remarque de quelques mots, dont il y en a beaucoup."
    assert (len(said) * count > LONG_ROW) == (lines > 1)
    made = sheet(headed(("Thème", "label"), ("Remarques", "text")), (words("Effet"), Cell(((Text(said),),) * count)))
    assert len(made.lines) == lines


def test_cells_that_stand_side_by_side_keep_their_parts_together() -> None:
    many = Cell(((Text("Une remarque de quelques mots, dont il y en a beaucoup."),),) * 8)
    made = sheet(headed(("Thème", "label"), ("Forces", "text"), ("Limites", "text")), (words("Effet"), many, many))
    assert len(made.lines) == 1
