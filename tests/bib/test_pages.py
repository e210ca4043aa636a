"""Page ranges of a .bib: what biber reads of each, and that what is written is read back."""

from __future__ import annotations

import pytest

from synopse.bib.pages import backwards, has_range_in_braces, read_pages, write_pages


@pytest.mark.parametrize(
    ("value", "pages"),
    [
        ("101--120", "101–120"),
        ("101-120", "101–120"),
        ("101---120", "101–120"),
        ("101–120", "101–120"),
        ("1‐9", "1–9"),
        ("101 -- 120", "101–120"),
        ("1~--~3", "1–3"),
        ("101--120, 130", "101–120, 130"),
        ("101;130", "101, 130"),
        ("ii--iv", "ii–iv"),
        ("S1-S10", "S1–S10"),
        ("e12345", "e12345"),
        ("{A-1}--{A-3}", "A-1–A-3"),
        ("A-1--A-3", "A-1–A-3"),
        ("M-1-4", "M-1–4"),
        ("12+", "12+"),
        ("12--", "12–"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_pages_are_parted_as_biber_parts_them_and_read_back_as_written(value: str, pages: str) -> None:
    assert read_pages(value) == pages
    assert read_pages(write_pages(pages)) == pages


@pytest.mark.parametrize(
    ("value", "parted"), [("{1-2}", True), ("{A-1}--{A-3}", False), ("1--2", False), ("1, {3-4}", True)]
)
def test_braces_protect_no_dash_but_that_of_a_piece(value: str, parted: bool) -> None:
    assert has_range_in_braces(value) is parted


@pytest.mark.parametrize(
    ("value", "found"),
    [("12–5", [("12–5", "12–15")]), ("120–105", [("120–105", "")]), ("1–3, 42–41", [("42–41", "")]), ("18–5", [("18–5", "")]), ("1234–12", [("1234–12", "")]),
     ("1234–56", []), ("101–8", []), ("5–12", []), ("7–7", []), ("S10–S2", []), ("ii–iv", []), ("12–", []), ("", [])],
)  # fmt: skip
def test_a_range_that_goes_backwards_is_found_but_no_shortened_one(value: str, found: list[tuple[str, str]]) -> None:
    assert backwards(value) == found
