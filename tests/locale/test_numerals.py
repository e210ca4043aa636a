"""Numbers as people write them: what the report prints is read back, what could be two numbers has both readings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.locale import LANGUAGES, catalogue
from synopse.locale.cldr import locale_of
from synopse.locale.numerals import doubtful, readings

NUMBERS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**14), 10**14), st.integers(0, 12)
)
LANGS = st.sampled_from(LANGUAGES)


@settings(deadline=None)
@given(NUMBERS, LANGS)
def test_a_number_that_the_report_prints_is_read_back_as_the_same(number: Decimal, lang: str) -> None:
    assert readings(catalogue(lang).number(number), lang) == [number]


@settings(deadline=None)
@given(NUMBERS, LANGS)
def test_a_number_that_babel_prints_is_read_back_as_the_same(number: Decimal, lang: str) -> None:
    assert readings(format_decimal(number, locale=locale_of(lang), decimal_quantization=False), lang) == [number]


@settings(deadline=None)
@given(st.integers(-999, 999).filter(bool), st.integers(0, 999), LANGS)
def test_three_digits_after_a_foreign_sign_have_both_readings(whole: int, rest: int, lang: str) -> None:
    text, sign = f"{whole}.{rest:03d}", "-" if whole < 0 else ""
    both = [Decimal(text), Decimal(f"{sign}{abs(whole)}{rest:03d}")]
    assert readings(text, "fr") == both
    assert readings(text, "en") == both[:1]
    assert readings(text.replace(".", ","), "en") == both[1:]
    assert readings(text.replace(".", ","), "fr") == both[:1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"), ("012", "12"), ("3,5", "3.5"), ("1.5", "1.5"), (".05", "0.05"), (",05", "0.05"), ("0.00001", "0.00001"),
        ("2.40", "2.40"), ("1 234,5", "1234.5"), ("1 234.5", "1234.5"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"),
        ("1\u202f234", "1234"), ("1\u00a0234\u2009567", "1234567"), ("1'234'567", "1234567"), ("1’234.5", "1234.5"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1234.567", "1234.567"), ("1234,567", "1234.567"),
        ("0,234", "0.234"), ("0.234", "0.234"), ("3.141 592", "3.141592"),
        ("-12", "-12"), ("−12", "-12"), ("–12", "-12"), ("- 12", "-12"), ("+3.5", "3.5"),
    ],
)  # fmt: skip
def test_a_plain_number_has_one_reading_in_either_language(text: str, value: str) -> None:
    for lang in ("fr", "en"):
        (read,) = readings(text, lang)
        assert read == Decimal(value) and read.as_tuple() == Decimal(value).as_tuple()


@pytest.mark.parametrize("text", ["", ".", "1.", "1,", "12 34", "1 2345", "10, 20", "1,2,3", "12,34,567", "1.234'567", "1e3",
                                  "1_000", "nan", "inf", "٣", "10-20", "12 patients", "½", "10²", "--1", "1" * 99])  # fmt: skip
def test_what_is_no_number_has_no_reading(text: str) -> None:
    assert readings(text, "fr") == readings(text, "en") == []


def test_decimals_that_say_nothing_are_doubtful_where_they_could_be_thousands() -> None:
    assert doubtful("2,400", "fr") == 2400 and doubtful("-12.000", "en") == -12000
    assert [doubtful(text, "fr") for text in ("2,40", "2,413", "0,400", "2.400", "1 234,500")] == [None] * 5


def test_a_number_is_printed_with_the_decimals_that_it_has() -> None:
    numbers = [Decimal(text) for text in ("900", "868.5", "2.40", "0.00001", "-12.000", "1234567.8")]
    assert [catalogue("en").number(number) for number in numbers] == [
        "900", "868.5", "2.40", "0.00001", "−12.000", "1,234,567.8"]  # fmt: skip
    assert [catalogue("fr").number(number) for number in numbers] == [
        "900", "868,5", "2,40", "0,00001", "−12,000", "1\u202f234\u202f567,8"]  # fmt: skip
