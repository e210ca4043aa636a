"""Parts of years and decades in words: their dates, their order, and that they are printed as they were typed."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.locale import LANGUAGES, catalogue
from synopse.locale.dates import readings
from synopse.locale.spans import span_of
from synopse.model.values import date_ends, date_words, read_date_value
from tests.conftest import scalar

SPANS = [
    ("S1 2020", "2020-01/2020-06"), ("H2 2020", "2020-07/2020-12"), ("premier semestre de 2020", "2020-01/2020-06"),
    ("early 2020", "2020-01/2020-04"), ("Début 2020", "2020-01/2020-04"), ("début de l’année 2020", "2020-01/2020-04"),
    ("mid-2020", "2020-05/2020-08"), ("mi-2020", "2020-05/2020-08"), ("late 2019", "2019-09/2019-12"), ("fin 2019", "2019-09/2019-12"),
    ("fin février 2020", "2020-02-21/2020-02-29"), ("mi-mars 2020", "2020-03-11/2020-03-20"), ("early March 2020", "2020-03-01/2020-03-10"),
    ("1990s", "1990/1999"), ("années 1990", "1990/1999"), ("late 1990s", "1997/1999"), ("fin des années 1990", "1997/1999"),
    ("the early 1990s", "1990/1993"), ("milieu des années 1990", "1994/1996"),
]  # fmt: skip
RELATED = [
    ("early 2019–late 2020", "2019-01/2020-12"), ("mid-2019 to March 2020", "2019-05/2020-03"), ("depuis début 2019", "2019-01/"),
    ("before late 2020", "/2020-12"), ("late 1990s–2005", "1997/2005"),
]  # fmt: skip


QUARTERS = [
    ("Q3 2020", "2020-07/2020-09", "Q3 2020", "3e trimestre 2020"), ("T3 2020", "2020-07/2020-09", "Q3 2020", "3e trimestre 2020"),
    ("2020-Q3", "2020-07/2020-09", "Q3 2020", "3e trimestre 2020"), ("2020Q1", "2020-01/2020-03", "Q1 2020", "1er trimestre 2020"),
    ("3e trimestre 2020", "2020-07/2020-09", "Q3 2020", "3e trimestre 2020"), ("third quarter of 2020", "2020-07/2020-09", "Q3 2020", "3e trimestre 2020"),
    ("the 4th quarter of 2020", "2020-10/2020-12", "Q4 2020", "4e trimestre 2020"), ("≈ Q3 2020", "2020-07~/2020-09", "≈\u00a0Q3 2020", "≈\u00a03e trimestre 2020"),
    ("before Q3 2020", "/2020-09", "before\u00a0Q3 2020", "avant\u00a03e trimestre 2020"), ("since 2020-Q3", "2020-07/", "since\u00a0Q3 2020", "depuis\u00a03e trimestre 2020"),
    ("Q1 2020–Q3 2021", "2020-01/2021-09", "Q1 2020–Q3 2021", "1er trimestre 2020–3e trimestre 2021"),
    ("Q1 2020–May 2021", "2020-01/2021-05", "Q1 2020–May 2021", "1er trimestre 2020–mai 2021"),
]  # fmt: skip
ENDS = [
    ("late 1990s", "late 1990s", "late 1990s"), ("2023-Q2", "Q2 2023", "Q2 2023"), ("2020–2022", "2020", "2022"),
    ("late 1990s – Q2 2003", "late 1990s", "Q2 2003"), ("2001–early 2003", "2001", "early 2003"), ("H1 2020", "H1 2020", "H1 2020"),
    ("before 2010", "before\u00a02010", "before\u00a02010"), ("2019/", "2019", "2019"), ("until 2019", "until 2019", "2019"), ("since early 2019", "early 2019", "early 2019"), ("2010~", "circa 2010", "circa 2010"),
    ("Spring 2021", "Spring 2021", "Spring 2021"), ("1990s", "1990s", "1990s"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "iso", "english", "french"), QUARTERS)
def test_a_quarter_is_printed_as_the_language_writes_it(text: str, iso: str, english: str, french: str) -> None:
    for lang, said in (("en", english), ("fr", french)):
        dated = read_date_value(scalar(text), lang)
        assert dated.value and dated.value.iso == iso
        assert date_words(dated, catalogue(lang)) == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_printed_for_a_quarter_is_read_as_that_quarter(lang: str) -> None:
    for number in range(1, 5):
        said = date_words(read_date_value(scalar(f"2023-Q{number}"), lang), catalogue(lang))
        again = read_date_value(scalar(said), lang)
        assert again.value and again.value.quarter == number and date_words(again, catalogue(lang)) == said


@pytest.mark.parametrize(("text", "first", "last"), ENDS)
def test_a_sentence_says_of_a_date_what_was_written_and_no_month_or_year_of_its_edges(
    text: str, first: str, last: str
) -> None:
    ends = date_ends(read_date_value(scalar(text), "en"), catalogue("en"))
    assert ends and (ends[0][1], ends[1][1]) == (first, last)


@pytest.mark.parametrize(("text", "iso"), SPANS + RELATED)
def test_a_part_of_a_year_or_decade_is_a_date_that_is_printed_as_typed(text: str, iso: str) -> None:
    for lang in ("fr", "en"):
        dated = read_date_value(scalar(text), lang)
        assert dated.value and dated.value.iso == iso
        assert date_words(dated, catalogue(lang)) == text


@pytest.mark.parametrize(
    "text", ["early", "mid", "Q5 2020", "Q0 2020", "S3 2020", "late summer 2020", "1995s", "fin du 5 mars 2020", "fifth quarter of 2020",
             "late 2020–early 2020", "the 90s", "early early 2020", "fin 2020 environ deux"]
)  # fmt: skip
def test_what_names_no_part_of_a_year_is_no_date(text: str) -> None:
    with pytest.raises(Exception, match="is not a date"):
        read_date_value(scalar(text), "en")


@settings(deadline=None)
@given(st.integers(1500, 2100))
def test_the_parts_of_a_year_follow_each_other_and_fill_it(year: int) -> None:
    for parts in (
        [f"Q{n} {year}" for n in (1, 2, 3, 4)],
        [f"S{n} {year}" for n in (1, 2)],
        [f"early {year}", f"mid-{year}", f"late {year}"],
        [f"{third} {month} {year}" for month, third in product(("mars", "avril"), ("début", "mi", "fin"))],
    ):
        dates = [span_of(part) for part in parts]
        assert all(date and not readings(part) for date, part in zip(dates, parts, strict=True))
        known = [date for date in dates if date]
        assert sorted(known) == known
        ends = [date.reach for date in known]
        assert all(a[1] <= b[0] + 0.1 for a, b in pairwise(ends))


@pytest.mark.parametrize("text", ["31/02/2015", "2015-13", "2024-02-30", "2015-00-01"])
def test_numbers_that_are_no_day_are_said_to_be_none(text: str) -> None:
    with pytest.raises(Exception, match="no day or month of the calendar"):
        read_date_value(scalar(text), "fr")
