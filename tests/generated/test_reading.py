"""What is read of a page is held against what was typed: a lost or a changed text is found, a row that goes on is no loss."""

from __future__ import annotations

import pytest

from tests.generated.reading import Lost, lost
from tests.generated.texts import Atom

TEXT = Atom(7, "cell in text", "+1", ["mot é", "suite"], "*")
IN_ONE_PIECE = "avant +1 ZQ7B mot é suite E7QZ * après "


def found(*texts: str) -> list[Lost]:
    """What is lost of the text in what was read."""
    return lost([TEXT], texts)


def test_a_text_in_one_piece_is_whole() -> None:
    assert found(IN_ONE_PIECE) == []


@pytest.mark.parametrize(
    "read",
    [
        "+1 ZQ7B mot é E7QZ *",
        "+1 ZQ7B mot e suite E7QZ *",
        "+1 ZQ7B mot é autre suite E7QZ *",
        "ZQ7B mot é suite E7QZ *",
        "+1 ZQ7B mot é suite E7QZ",
        "rien",
    ],
)
def test_a_word_that_is_lost_changed_or_added_is_found(read: str) -> None:
    assert [each.atom.number for each in found(read)] == [7]
    assert [each.atom.number for each in found(IN_ONE_PIECE + read)] == ([7] if read != "rien" else [])


def test_a_row_that_goes_on_over_the_page_below_its_head_is_whole() -> None:
    head = "Thème ZQ8B titre E8QZ"
    assert lost([TEXT, Atom(8, "head", "", ["titre"], "")], [f"+1 ZQ7B mot é {head} {head} suite E7QZ *"]) == []


def test_a_cell_in_several_rows_is_read_through_its_neighbours_where_the_text_stands_whole_elsewhere() -> None:
    beside = Atom(9, "cell in text", "", ["voisine"], "")
    rows = "+1 ZQ7B mot é une image ZQ9B voisine E9QZ encore suite E7QZ *"
    assert lost([TEXT, beside], [IN_ONE_PIECE + rows]) == []
    assert [each.atom.number for each in lost([TEXT, beside], [rows])] == [7]
    without = rows.replace("suite", "")
    assert [each.atom.number for each in lost([TEXT, beside], [IN_ONE_PIECE + without])] == [7]


def test_texts_of_two_cells_side_by_side_may_both_go_on_in_their_next_rows() -> None:
    beside = Atom(9, "cell in text", "", ["voisine aussi"], "")
    alone = "ZQ9B voisine aussi E9QZ "
    rows = "+1 ZQ7B mot é ZQ9B voisine suite E7QZ * aussi E9QZ"
    assert lost([TEXT, beside], [IN_ONE_PIECE + alone + rows]) == []
    without = rows.replace("aussi", "")
    assert [each.atom.number for each in lost([TEXT, beside], [IN_ONE_PIECE + alone + without])] == [9]
