"""The tools beside the program: what they count, cut and draw."""

from __future__ import annotations

import struct
import zlib

import pytest

from tools.coverage_of_rooms import table
from tools.pictures_of_kinds import MARGIN, Image, cut, entries, parts, png

WHITE, INK = b"\xff\xff\xff", b"\x10\x20\x30"


def page(width: int, height: int, *inked: tuple[int, int]) -> Image:
    """A white page with some points of ink, each by its row and column."""
    return Image(
        width, [b"".join(INK if (row, at) in inked else WHITE for at in range(width)) for row in range(height)]
    )


def test_the_table_of_coverage_adds_up_rooms_and_all_of_them() -> None:
    said = table([("bib", 30, 15), ("bib", 10, 10), ("model", 60, 60)])
    assert [line.split() for line in said.split("\n")[1:]] == [
        ["bib", "40", "62", "%"], ["model", "60", "100", "%"], ["all", "rooms", "100", "85", "%"]]  # fmt: skip
    assert table([]).split("\n")[-1].split() == ["all", "rooms", "0", "0", "%"]


def test_a_page_is_cut_to_what_is_on_it() -> None:
    small = cut(page(100, 80, (30, 40), (50, 60)))
    assert (small.width, len(small.rows)) == (60 - 40 + 1 + 2 * MARGIN, 50 - 30 + 2 * MARGIN)
    assert small.rows[MARGIN][3 * MARGIN : 3 * MARGIN + 3] == INK


@pytest.mark.parametrize("corner", [(0, 0), (79, 99), (0, 99), (79, 0)])
def test_a_page_that_is_inked_to_its_edge_is_cut_there(corner: tuple[int, int]) -> None:
    small = cut(page(100, 80, corner, (40, 50)))
    assert any(INK in row for row in small.rows) and small.width <= 100 and len(small.rows) <= 80


def test_a_page_that_lies_across_takes_the_place_of_the_one_before() -> None:
    upright, across = page(10, 20), page(20, 10)
    assert parts([upright, upright, across, upright]) == [upright, across, upright]


def test_a_picture_is_written_as_a_png_with_its_colours() -> None:
    data = png(page(3, 2, (1, 2)))
    assert data.startswith(b"\x89PNG\r\n\x1a\n") and struct.unpack(">II", data[16:24]) == (3, 2)
    at = data.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", data[at - 8 : at - 4])
    assert zlib.decompress(data[at : at + length]) == b"\0\1\1\1\0\1\1\0"  # a filter, then the number of each colour


def test_the_entries_of_a_page_are_found_by_their_kind() -> None:
    shown = "## bars\n\nText.\n\n```yaml\n- kind: bars\n```\n\n## heading\n\n```yaml\n- kind: heading\n```\n"
    assert entries(shown) == {"heading": "- kind: heading\n", "bars": "- kind: bars\n"}
