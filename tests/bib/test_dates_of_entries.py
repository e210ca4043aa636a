"""The dates of a .bib: EDTF's forms, words, and BibTeX's three fields; nothing of them is dropped without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.bib.edtf import read_written
from synopse.bib.legacy_date import legacy_date
from synopse.locale.dates import PartialDate, month_number


@pytest.mark.parametrize(
    ("value", "iso", "text"),
    [
        ("2020-03-08", "2020-03-08", "2020-03-08"),
        ("1377~", "1377~", "1377~"),
        ("1273?", "1273?", "1273?"),
        ("2004/", "2004/", "2004/"),
        ("2004/..", "2004/", "2004/.."),
        ("../2004", "/2004", "../2004"),
        ("2004?/2005~", "2004?/2005~", "2004?/2005~"),
        ("199X", "1990/1999", "199X"),
        ("2004-02-XX", "2004-02-01/2004-02-29", "2004-02-XX"),
        ("2004-XX-XX", "2004-01-01/2004-12-31", "2004-XX-XX"),
        ("1991-21", "1991-21", "1991-21"),
        ("2020-29", "2020-21", "2020-29"),
        ("2020-33", "2020", "2020-33"),
        ("2020-03-08T12:30:00Z", "2020-03-08", "2020-03-08T12:30:00Z"),
        ("Y17000", "17000", "Y17000"),
        ("-0044", "-0044", "-0044"),
    ],
)
def test_a_form_of_edtf_keeps_its_text_and_says_nothing(value: str, iso: str, text: str) -> None:
    read = read_written(value)
    assert read is not None and (read.date.iso, read.text, read.told) == (iso, text, "")


@pytest.mark.parametrize(
    ("value", "text"),
    [("2004/open", "2004/.."), ("unknown/2004", "/2004"), ("20uu", "20XX"), ("1990?~", "1990%"), ("2020-3-8", "2020-03-08"),
     ("mars 2020", "2020-03"), ("March 8, 2020", "2020-03-08"), ("8.3.2020", "2020-03-08"), ("12/2020", "2020-12"),
     ("6--8 June 2020", "2020-06-06/2020-06-08"), ("June 6--8, 2020", "2020-06-06/2020-06-08"), ("June--July 2020", "2020-06/2020-07"),
     ("June 2020 -- July 2020", "2020-06/2020-07"), ("2020-06-05/07", "2020-06-05/2020-06-07"), ("2020-06-05/07-08", "2020-06-05/2020-07-08"),
     ("2020-06-06 -- 2020-06-08", "2020-06-06/2020-06-08"), ("2020-06–2020-08", "2020-06/2020-08"), ("Accessed 3 May 2020", "2020-05-03"), ("Last accessed 2020-05-03", "2020-05-03"), ("2012-04-05 14:11:05", "2012-04-05")],
)  # fmt: skip
def test_what_biblatex_reads_otherwise_is_told_with_what_it_is_read_as(value: str, text: str) -> None:
    read = read_written(value)
    assert read is not None and (read.text, read.told) == (text, f'"{value}" is read as "{text}"')


@pytest.mark.parametrize(
    "value",
    [
        "n.d.",
        "in press",
        "2020-13",
        "2020-02-30",
        "2019--2020",
        "20XX-05",
        "",
        "12",
        "199",
        "2020-06/07",
        "June 2020--July",
        "June 1850, rev. 1870",
    ],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert read_written(value) is None


@pytest.mark.parametrize(
    ("year", "month", "iso"),
    [
        ("2020", "", "2020"),
        ("850", "", "0850"),
        ("2020", "3", "2020-03"),
        ("2020", "03", "2020-03"),
        ("2020", "mar", "2020-03"),
        ("2020", "Jan.", "2020-01"),
        ("2020", "Sept", "2020-09"),
    ],
)
def test_a_year_and_a_plain_month_are_a_date(year: str, month: str, iso: str) -> None:
    read = legacy_date(year, month, "")
    assert read.date is not None and (read.date.iso, read.literal, read.told) == (iso, False, "")


@pytest.mark.parametrize(
    ("month", "iso"),
    [("8 March", "2020-03-08"), ("mars 8", "2020-03-08"), ("March--April", "2020-03/2020-04"), ("May/June", "2020-05/2020-06"),
     ("June to August", "2020-06/2020-08"), ("July 15--17", "2020-07-15/2020-07-17"), ("6.--8. Juni", "2020-06-06/2020-06-08"),
     ("June 6th and 7th", "2020-06-06/2020-06-07"), ("June 2020", "2020-06"), ("1-3", "2020-01/2020-03"), ("février", "2020-02")],
)  # fmt: skip
def test_a_month_that_biblatex_would_print_otherwise_is_read_and_told(month: str, iso: str) -> None:
    read = legacy_date("2020", month, "")
    assert (
        read.date is not None and read.date.iso == iso and read.told.startswith(f'the month "{month}" is read as {iso}')
    )


@pytest.mark.parametrize(
    "month",
    ["Q3", "13", "0", "xyz", "Dec--Jan", "June--8", "6--June", "15-Mar", "June 6, 8", "May and July", "June 2021"],
)
def test_a_month_that_is_none_is_printed_as_written_and_told(month: str) -> None:
    read = legacy_date("2020", month, "")
    assert read.literal and (read.code, read.field) == ("bad-date", "month") and "kept as written" in read.told


@pytest.mark.parametrize("year", ["in press", "n.d.", "c. 1900", "20201"])
def test_a_year_that_is_none_is_printed_as_written_and_told(year: str) -> None:
    read = legacy_date(year, "", "")
    assert read.literal and read.date is None and "kept as written" in read.told


def test_the_sign_of_a_year_is_kept_and_told() -> None:
    read = legacy_date("-44", "mar", "")
    assert read.date is not None and read.date.iso == "-0044-03" and "drops its sign" in read.told


@pytest.mark.parametrize(
    ("month", "day", "iso", "told"),
    [
        ("mar", "8", "2020-03-08", "the day is printed as well"),
        ("8 March", "08", "2020-03-08", "is read as 2020-03-08"),
        ("feb", "30", "2020-02", 'the day "30" is no day of 2020-02'),
        ("mar", "8--10", "2020-03", 'the day "8--10" is no day of 2020-03'),
        ("8 March", "9", "2020-03-08", 'the day "9" is no day of 2020-03-08'),
        ("March--April", "8", "2020-03/2020-04", 'the day "8" is no day of 2020-03/2020-04'),
        ("Spring", "8", "2020-21", 'the day "8" is no day of 2020-21'),
        ("", "8", "2020", 'the day "8" is no day of 2020'),
    ],
)
def test_a_day_is_taken_in_or_told(month: str, day: str, iso: str, told: str) -> None:
    read = legacy_date("2020", month, day)
    assert read.date is not None and read.date.iso == iso and told in read.told


@pytest.mark.parametrize("year", ["2020-03/2021", "2020-03", "2020-03-08", "2020/", "1377~"])
def test_a_date_in_the_place_of_a_year_is_printed_as_written_and_told(year: str) -> None:
    read = legacy_date(year, "", "")
    assert read.literal and read.date is not None and read.code == "bad-date" and "kept as written" in read.told


def test_two_years_in_the_place_of_one_are_printed_as_written() -> None:
    read = legacy_date("2020/2021", "", "")
    assert read.literal and read.date is not None and read.told == ""


@pytest.mark.parametrize("year", ["98", "7", "00"])
def test_a_year_without_its_century_is_printed_as_written_and_told(year: str) -> None:
    read = legacy_date(year, "3", "")
    assert read.literal and read.date is None and read.code == "bad-date" and "no century" in read.told


MONTHS = st.sampled_from(
    ["jan", "February", "March", "Mai", "June", "juillet", "Aug.", "Sept.", "octobre", "November", "Dez."]
)
DAYS = st.integers(0, 31)
SIGNS = st.sampled_from(["--", "-", "–", " -- ", " to ", "/", " – "])


def one_end(month: str, day: int, day_first: bool) -> str:
    if not day or not month:
        return month or str(day)
    return f"{day} {month}" if day_first else f"{month} {day}"


@given(
    MONTHS,
    DAYS,
    MONTHS,
    DAYS,
    SIGNS,
    st.booleans(),
    st.sampled_from(["both", "first", "last"]),
    st.sampled_from(["month", " ", ", "]),
)
def test_a_range_has_the_begin_and_the_end_that_were_written_or_is_kept(
    first: str, from_day: int, last: str, to_day: int, sign: str, day_first: bool, named: str, year: str
) -> None:
    if named != "both" and from_day and to_day:
        first, last = (first, first) if named == "first" else (last, last)
    shown = ("" if named == "last" and from_day else first, "" if named == "first" and to_day else last)
    text = f"{one_end(shown[0], from_day, day_first)}{sign}{one_end(shown[1], to_day, day_first)}"
    if year == "month":
        read = legacy_date("2020", text, "")
        assert read.told
        date = None if read.literal else read.date
    else:
        written = read_written(f"{text}{year}2020")
        assert written is None or written.told
        date = written.date if written else None
    meant = (PartialDate(2020, month_number(first), from_day), PartialDate(2020, month_number(last), to_day))
    if all(shown) or (from_day and to_day):
        assert date is None or (date.alone, date.end) == meant
        sound = all(legal(each) for each in meant) and meant[0] < meant[1]
        assert sound == (date is not None)
    else:  # `1--jan 2020` is one day, where it is a date at all
        assert date is None or date == PartialDate(2020, month_number(shown[0] or shown[1]), from_day or to_day)


def legal(date: PartialDate) -> bool:
    return read_written(date.iso) is not None
