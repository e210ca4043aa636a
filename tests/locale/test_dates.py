"""Dates: what a text may mean, in which order they stand, and how they are printed and read back."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.locale import LANGUAGES, catalogue
from synopse.locale.dates import PartialDate, between, iso_date, read_date, readings


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-08", "2025-03-08"),
        ("2025/03", "2025-03"),
        ("2025/03/08", "2025-03-08"),
        ("03/2025", "2025-03"),
        ("13/06/2020", "2020-06-13"),
        ("06/13/2020", "2020-06-13"),
        ("6/6/2020", "2020-06-06"),
        ("05.06.2020", "2020-06-05"),
        ("July 2006", "2006-07"),
        ("Sept. 2006", "2006-09"),
        ("juil. 2006", "2006-07"),
        ("mars 2025", "2025-03"),
        ("8 mars 2025", "2025-03-08"),
        ("le 1er mars 2025", "2025-03-01"),
        ("March 8th, 2025", "2025-03-08"),
        ("8th of March 2025", "2025-03-08"),
        ("2020 May 5", "2020-05-05"),
        ("08-Mar-2025", "2025-03-08"),
        ("Mar-2025", "2025-03"),
        ("2006 (July)", "2006-07"),
        ("Spring 2021", "2021-21"),
        ("l’été 2020", "2020-22"),
        ("Fall 2019", "2019-23"),
        ("hiver 2020", "2020-24"),
        ("1991-21", "1991-21"),
        ("1377~", "1377~"),
        ("1273?", "1273?"),
        ("2004/", "2004/"),
        ("../2004", "/2004"),
        ("2019-20", "2019/2020"),
        ("2024/2025", "2024/2025"),
    ],
)
def test_a_text_with_one_reading_gives_it(text: str, iso: str) -> None:
    assert [date.iso for date in readings(text)] == [iso]


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("05/06/2020", ["2020-06-05", "2020-05-06"]),
        ("05-06-2020", ["2020-06-05", "2020-05-06"]),
        ("2009/10", ["2009-10", "2009/2010"]),
        ("2009–10", ["2009-10", "2009/2010"]),
        ("2019-21", ["2019-21", "2019/2021"]),
    ],
)
def test_a_text_with_two_readings_gives_both(text: str, isos: list[str]) -> None:
    assert [date.iso for date in readings(text)] == isos


@pytest.mark.parametrize(
    "text",
    ["", "5", "12", "5 mai", "mars", "2020 2021", "marché 2020", "30 février 2020", "2024-02-30", "13/2020", "2021-13",
     "2025/2024", "mars 2020 environ", "printemps 8 2020", "20/20/2020"],
)  # fmt: skip
def test_a_text_that_says_anything_else_gives_none(text: str) -> None:
    assert readings(text) == []


@pytest.mark.parametrize(
    ("first", "last", "iso"),
    [
        ("2020", "2021", "2020/2021"),
        ("March", "May 2020", "2020-03/2020-05"),
        ("1", "5 March 2020", "2020-03-01/2020-03-05"),
        ("8 mars", "12 avril 2025", "2025-03-08/2025-04-12"),
        ("Spring", "Summer 2021", "2021-21/2021-22"),
        ("winter 2020", "2021", "2020-24/2021"),
    ],
)
def test_a_range_borrows_what_its_end_says(first: str, last: str, iso: str) -> None:
    assert [date.iso for date in between(first, last)] == [iso]


@pytest.mark.parametrize(
    ("first", "last"), [("2021", "2020"), ("December", "March 2020"), ("2020", "2020"), ("2020", "x")]
)
def test_a_range_that_goes_backwards_or_nowhere_is_none(first: str, last: str) -> None:
    assert between(first, last) == []


DATES = st.builds(
    lambda day, parts, season: (
        PartialDate(day.year, season=season)
        if season
        else PartialDate(day.year, day.month if parts else 0, day.day if parts == 2 else 0)
    ),
    st.dates(Day(1000, 1, 1), Day(2100, 1, 1)),
    st.integers(0, 2),
    st.sampled_from([0, 0, 0, 21, 22, 23, 24]),
)
RANGES = st.one_of(
    DATES,
    st.builds(lambda a, b: PartialDate(a.year, a.month, a.day, b, a.season) if a < b else a, DATES, DATES),
    st.builds(lambda a, way: PartialDate(a.year, a.month, a.day, season=a.season, open=way), DATES, st.sampled_from(["from", "until"])),
    st.builds(lambda a, mark: PartialDate(a.year, a.month, a.day, season=a.season, mark=mark), DATES, st.sampled_from(["~", "?", "%"])),
)  # fmt: skip


@settings(deadline=None)
@given(DATES, st.sampled_from(LANGUAGES))
def test_a_printed_date_is_read_back_as_the_same(date: PartialDate, lang: str) -> None:
    assert readings(catalogue(lang).date(date)) == [date]


@settings(deadline=None)
@given(RANGES)
def test_an_iso_date_is_read_back_as_the_same(date: PartialDate) -> None:
    assert iso_date(date.iso) == date


@settings(deadline=None)
@given(st.lists(RANGES, min_size=2, max_size=4))
def test_dates_of_any_precision_and_ranges_have_one_order(dates: list[PartialDate]) -> None:
    orders = {tuple(sorted(each)) for each in permutations(dates)}
    assert len(orders) == 1
    (order,) = orders
    assert [date.year for date in order] == sorted(date.year for date in dates)


@settings(deadline=None)
@given(st.dates(Day(1000, 1, 1), Day(2100, 1, 1)), st.integers(0, 4000))
def test_a_date_reaches_from_its_beginning_to_its_end(day: Day, days: int) -> None:
    end = day + timedelta(days)
    first, last = PartialDate(day.year, day.month, day.day), PartialDate(end.year, end.month, end.day)
    ranged = PartialDate(day.year, day.month, day.day, last)
    assert first.reach[0] == first.reach[1] <= last.reach[0]
    assert ranged.reach == (first.reach[0], last.reach[1])
    for wider in (PartialDate(day.year), PartialDate(day.year, day.month)):
        assert wider.reach[0] <= first.reach[0] < wider.reach[1]


def test_two_dates_agree_at_the_precision_of_the_less_precise_one() -> None:
    assert PartialDate(2021, season=21).agrees(PartialDate(2021, 4))
    assert not PartialDate(2021, season=21).agrees(PartialDate(2021, 7))
    assert PartialDate(2021, end=PartialDate(2022)).agrees(PartialDate(2021, 3))
    assert not PartialDate(2021, end=PartialDate(2022)).agrees(PartialDate(2021, end=PartialDate(2023)))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("July 2006 – August 2008", "2006-07/2008-08"),
        ("2020-2021", "2020/2021"),
        ("juillet 2006 à août 2008", "2006-07/2008-08"),
        ("Published 3 May 2019", "2019-05-03"),
        ("12/05/2020", "2020"),
    ],
)
def test_of_a_longer_text_the_date_in_it_is_taken(text: str, iso: str) -> None:
    found = read_date(text)
    assert found is not None and found.iso == iso


def test_a_date_that_is_about_or_open_is_printed_so() -> None:
    said = [
        catalogue(lang).date(date)
        for lang in ("fr", "en")
        for text in ("1377~", "1273?", "2004/", "/2004")
        if (date := iso_date(text))
    ]
    assert said == ["vers 1377", "1273?", "2004–", "–2004", "circa 1377", "1273?", "2004–", "–2004"]
