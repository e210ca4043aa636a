"""Numbers, dates and choices as people write them in a fiche: what each means, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from synopse.locale import catalogue
from synopse.locale.dates import PartialDate
from synopse.model.base import number_from
from synopse.model.form import Choice, Field
from synopse.model.values import (
    Dated,
    date_words,
    named_choices,
    number_words,
    read_choice,
    read_date_value,
    read_number,
    two_numbers,
)
from tests.conftest import scalar

PLAIN = Field(id="n", type="number")
PERCENT = Field(id="gain", type="number", unit="%")
PATIENTS = Field(id="n", type="number", unit="patients")
PLAN = Field(
    id="plan",
    type="choice",
    choices=(
        Choice(id="essai", title={"fr": "Essai randomisé", "en": "Randomised trial"}),
        Choice(id="low", title={"fr": "Faible", "en": "Low"}),
        Choice(id="non", title={"fr": "Non", "en": "No"}),
        Choice(id="nr", title={"fr": "Sans réponse", "en": "No answer"}),
    ),
)


def number(text: str, lang: str = "fr", field: Field = PLAIN) -> tuple[str, str, str]:
    """Lower end, relation and upper end of a number's reading."""
    read = read_number(scalar(text), field, lang)
    return ("" if read.value is None else str(read.value), read.relation, "" if read.end is None else str(read.end))


def refused(read: Callable[..., object], *arguments: object) -> tuple[str, str, str]:
    """Code, message and hint of what is refused."""
    with pytest.raises(PydanticCustomError) as error:
        read(*arguments)
    context = error.value.context or {}
    return error.value.type, context["text"], context["hint"]


@pytest.mark.parametrize(
    "text",
    ["NR", "nr", "N.R.", "n. r.", "non rapporté", "Non rapportée", "non rapportés", "non rapportées", "not reported",
     "Not Reported", "?", "ND", "n.d.", "NA", "n/a", "non précisé", "non precise", "unknown", "sans objet"],
)  # fmt: skip
def test_not_reported_is_a_value_in_every_language(text: str) -> None:
    for lang in ("fr", "en"):
        assert number(text, lang) == ("", "?", "")
        assert read_date_value(scalar(text), lang).value is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10–20", ("10", "=", "20")), ("10-20", ("10", "=", "20")), ("10 - 20", ("10", "=", "20")),
        ("10 à 20", ("10", "=", "20")), ("10 to 20", ("10", "=", "20")), ("de 10 à 20", ("10", "=", "20")),
        ("between 10 and 20", ("10", "=", "20")), ("entre 10 et 20", ("10", "=", "20")),
        ("-5--2", ("-5", "=", "-2")), ("−5 à −2", ("-5", "=", "-2")), ("-5–2", ("-5", "=", "2")),
        ("1 000–2 000,5", ("1000", "=", "2000.5")), ("0,5–0,75", ("0.5", "=", "0.75")),
        ("≈ 10–20", ("10", "≈", "20")), ("environ 10 à 20", ("10", "≈", "20")),
        ("≈120", ("120", "≈", "")), ("~ 120", ("120", "≈", "")), ("env. 120", ("120", "≈", "")), ("env.120", ("120", "≈", "")),
        ("about 120", ("120", "≈", "")), ("circa 120", ("120", "≈", "")), ("c. 120", ("120", "≈", "")), ("120 environ", ("120", "≈", "")),
        ("à peu près 120", ("120", "≈", "")), ("a peu pres 120", ("120", "≈", "")), ("Environ 1 200", ("1200", "≈", "")),
        ("< 5", ("5", "<", "")), ("<5", ("5", "<", "")), ("moins de 5", ("5", "<", "")), ("less than 5", ("5", "<", "")),
        ("≤ 5", ("5", "≤", "")), ("<= 5", ("5", "≤", "")), ("au plus 5", ("5", "≤", "")), ("jusqu'à 5", ("5", "≤", "")),
        ("> 5", ("5", ">", "")), ("plus de 5", ("5", ">", "")), ("more than 5", ("5", ">", "")), ("over 5", ("5", ">", "")),
        (">= 5", ("5", "≥", "")), ("≥5", ("5", "≥", "")), ("at least 5", ("5", "≥", "")), ("5 ou plus", ("5", "≥", "")), ("5+", ("5", "≥", "")),
        ("< 0,05", ("0.05", "<", "")), ("> -3", ("-3", ">", "")),
    ],
)  # fmt: skip
def test_ranges_and_what_is_about_or_more_or_less_are_values(text: str, expected: tuple[str, str, str]) -> None:
    assert number(text) == number(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [("12 %", PERCENT, "12"), ("12%", PERCENT, "12"), ("−3,5\u00a0%", PERCENT, "-3.5"), ("120 patients", PATIENTS, "120"),
     ("€ 12", Field(id="n", unit="€"), "12"), ("5 µg", Field(id="n", unit="μg"), "5")],
)  # fmt: skip
def test_the_unit_of_the_form_may_be_written(text: str, field: Field, value: str) -> None:
    assert number(text, "fr", field) == (value, "=", "")
    assert number(f"{text}–999 {field.unit}", "fr", field)[2] == "999"


def test_another_unit_is_told_and_so_is_one_that_the_form_does_not_have() -> None:
    code, message, hint = refused(read_number, scalar("12 mg"), Field(id="dose", unit="g"), "fr")
    assert (code, message) == ("not-a-number", '"12 mg" is not a number of "dose": its unit in the form is "g"')
    code, message, hint = refused(read_number, scalar("12 %"), PLAIN, "fr")
    assert "no unit" in message and hint == 'write 12, and unit: "%" in form.yaml'
    assert refused(read_number, scalar("5 MW"), Field(id="p", unit="mW"), "en")[0] == "not-a-number"


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("6 weeks", "months", ""), ("1 year", "months", ""), ("12 mois", "months", ""), ("12 mg", "g", ""), ("5 MW", "mW", ""),
     ("3 m", "months", ""), ("12 mo", "months", "12"), ("12 mo.", "months", "12"), ("1 month", "months", "1"), ("7 Months", "months", "7")],
)  # fmt: skip
def test_a_number_is_only_advised_where_its_unit_is_that_of_the_form(text: str, unit: str, number: str) -> None:
    hint = refused(read_number, scalar(text), Field(id="n", type="number", unit=unit), "en")[2]
    assert hint == (f"write {number}" if number else f'write how many "{unit}" it is, the number alone')


@pytest.mark.parametrize("text", ["12?", "12*", "3½", "12)", "12 †"])
def test_a_sign_behind_a_number_is_no_unit(text: str) -> None:
    code, message, hint = refused(read_number, scalar(text), PLAIN, "en")
    assert code == "not-a-number" and "unit" not in message + hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [("115–20", "115–120"), ("2010-12", "2010–2012"), ("1 234–5", "1234–1235"), ("10–10", "10"), ("20–10", "smaller number first"), ("2 k", "2000")],
)  # fmt: skip
def test_a_hint_never_leads_to_another_number(text: str, hint: str) -> None:
    assert hint in refused(read_number, scalar(text), PLAIN, "fr")[2]


@pytest.mark.parametrize("text", ["10 (environ)", "120 (pilot)", "12 [n]"])
def test_what_stands_in_brackets_is_no_unit(text: str) -> None:
    for field in (PLAIN, PATIENTS):
        assert "unit" not in "".join(refused(read_number, scalar(text), field, "en"))


@pytest.mark.parametrize("text", ["10 maximum", "10 max.", "10 et plus", "12 minimum"])
def test_a_bound_behind_its_number_is_one(text: str) -> None:
    assert number(text)[1] in "≤≥" and number_words(read_number(scalar(text), PLAIN, "fr"), catalogue("fr")) == text


def test_a_sign_that_was_typed_is_printed() -> None:
    for text, lang in (("+0,5", "de"), ("+5", "en"), ("+1,5", "fr")):
        assert number_words(read_number(scalar(text), PLAIN, lang), catalogue(lang)) == text


@pytest.mark.parametrize("lang", ["fr", "en", "de", "es", "it", "pt"])
def test_an_abbreviation_is_printed_as_it_was_typed(lang: str) -> None:
    for text in ("N/A", "NA", "ND", "NR"):
        assert number_words(read_number(scalar(text), PLAIN, lang), catalogue(lang)) == text


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Winter 2014/2015", "de"), ("Winter 2014/15", "de"), ("hiver 2020-2021", "fr"), ("summer 2019/20", "en")],
)
def test_a_season_of_two_years_is_one_season(text: str, lang: str) -> None:
    read = read_date_value(scalar(text), lang)
    assert read.value and read.value.end and (read.value.month, read.value.end.month) == (12, 2)
    assert read.value.end.year == read.value.year + 1 and date_words(read, catalogue(lang)) == text


@pytest.mark.parametrize(
    ("text", "lang"), [("entre 2018 et 2020", "fr"), ("between 2018 and 2020", "en"), ("zwischen 2018 und 2020", "de")]
)
def test_a_date_between_two_is_no_stretch_of_time(text: str, lang: str) -> None:
    read = read_date_value(scalar(text), lang)
    assert (
        read.value
        and read.value.iso == "2018/2020"
        and date_words(read, catalogue(lang)).replace("\u00a0", " ") == text
    )


@pytest.mark.parametrize("text", ["n.s.", "NS", "n. s."])
def test_not_significant_is_not_taken_for_not_reported(text: str) -> None:
    for lang in ("fr", "en", "de", "es", "it", "pt"):
        assert refused(read_number, scalar(text), PLAIN, lang)[0] == "not-a-number"


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
@pytest.mark.parametrize("text", ["2020-21", "2019-22", "3/4/2020"])
def test_each_way_out_of_two_readings_has_one(text: str, lang: str) -> None:
    hint = refused(read_date_value, scalar(text), lang)[2].removeprefix("write ")
    ways = hint.split(" or ")
    assert len(ways) == 2 and len({read_date_value(scalar(each), lang).value for each in ways}) == 2


@pytest.mark.parametrize(
    "text", ["une centaine", "10 20", "12,34,567", "1e3", "–", "> 10–20", "± 3", "12 (3)", "a–b", "<", "≈"]
)
def test_what_is_no_number_is_told_with_what_may_be_written(text: str) -> None:
    code, message, hint = refused(read_number, scalar(text), PLAIN, "fr")
    assert code == "not-a-number" and f'"{text}"' in message and "10–20" in hint and "non rapporté" in hint


@pytest.mark.parametrize("text", ["20–10", "10-10", "-2 à -5"])
def test_a_range_that_does_not_go_up_is_told(text: str) -> None:
    assert refused(read_number, scalar(text), PLAIN, "fr")[:2] == (
        "not-a-number",
        f'"{text}" is a range that does not go up',
    )


def test_a_number_with_two_readings_is_refused_with_both() -> None:
    for text, both, hint in (
        ("1.234", "1.234 or 1234", "write 1,234 or 1234"),
        ("≈ 1.234", "≈ 1.234 or ≈ 1234", "write ≈ 1,234 or ≈ 1234"),
        ("1.000–2.500", "1.000–2.500 or 1000–2500", "write 1,000–2,500 or 1000–2500"),
        ("12.000 %", "12.000 or 12000", "write 12,000 or 12000"),
    ):
        assert refused(read_number, scalar(text), PERCENT, "fr") == (
            "two-readings",
            f'"{text}" has two readings: {both}',
            hint,
        )
        assert read_number(scalar(text), PERCENT, "en").value in (Decimal("1.234"), Decimal(1), Decimal(12))


@pytest.mark.parametrize(
    ("text", "lang", "both"),
    [("2,400", "fr", ("2.4", "2400")), ("2,400", "en", None), ("≈ 2,400", "fr", ("≈ 2.4", "≈ 2400")), ("> 2,400", "fr", ("> 2.4", "> 2400")),
     ("1,200–2,400", "fr", ("1.2–2.4", "1200–2400")), ("2.400", "en", ("2.4", "2400")), ("1.000–2.000", "en", ("1–2", "1000–2000")), ("2.4", "en", None)],
)  # fmt: skip
def test_decimals_that_could_be_thousands_elsewhere_are_doubted(
    text: str, lang: str, both: tuple[str, str] | None
) -> None:
    assert two_numbers(read_number(scalar(text), PLAIN, lang), PLAIN, lang) == both


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("1 234,50", "1\u202f234,50 %", "1,234.50%"), ("-3", "−3 %", "−3%"), ("10-20", "10–20 %", "10–20%"),
        ("env. 1 200", "env. 1\u202f200 %", "≈ 1,200%"), ("about 5", "≈ 5 %", "about 5%"), ("~5", "~5 %", "~5%"),
        ("plus de 5", "plus de 5 %", "> 5%"), ("5 or more", "≥ 5 %", "5% or more"),
        ("entre 5 et 6", "entre 5 et 6 %", "5–6%"), ("NR", "NR", "NR"), ("?", "?", "?"),
        ("non rapportée", "non rapportée", "not reported"), ("unknown", "non rapporté", "unknown"),
    ],
)  # fmt: skip
def test_a_value_is_printed_as_it_was_said(text: str, fr: str, en: str) -> None:
    value = read_number(scalar(text), PERCENT, "fr")
    assert number_words(value, catalogue("fr"), "%").replace("\u00a0", " ") == fr
    assert number_words(value, catalogue("en"), "%").replace("\u00a0", " ") == en


SHAPES = ("{}", "≈ {}", "env. {}", "moins de {}", "{} ou plus", "> {}", "{}–{}", "de {} à {}", "environ {} à {}")


@settings(deadline=None)
@given(st.sampled_from(SHAPES), st.decimals(-9999, 9999, places=2), st.decimals(1, 9999, places=1))
def test_a_printed_value_is_read_back_as_the_same(shape: str, low: Decimal, more: Decimal) -> None:
    words = catalogue("fr")
    ends = [words.number(low), words.number(low + more)][: shape.count("{}")]
    value = read_number(scalar(shape.format(*ends)), PATIENTS, "fr")
    assert value.value == low and value.end == (low + more if len(ends) == 2 else None)
    again = read_number(scalar(number_words(value, words, "patients")), PATIENTS, "fr")
    assert value.same(again)


@pytest.mark.parametrize(
    ("text", "iso", "relation", "fr", "en"),
    [
        ("July 2006", "2006-07", "=", "juillet 2006", "July 2006"),
        ("mars 2025", "2025-03", "=", "mars 2025", "March 2025"),
        ("printemps 2021", "2021-21", "=", "printemps 2021", "Spring 2021"),
        ("2020–2022", "2020/2022", "=", "2020–2022", "2020–2022"),
        ("2020-2022", "2020/2022", "=", "2020–2022", "2020–2022"),
        ("de mars à mai 2020", "2020-03/2020-05", "=", "mars 2020–mai 2020", "March 2020–May 2020"),
        ("March/April 2020", "2020-03/2020-04", "=", "mars 2020–avril 2020", "March 2020–April 2020"),
        ("8-Mar-2025", "2025-03-08", "=", "8 mars 2025", "8 March 2025"),
        ("between 2010 and 2015", "2010/2015", "=", "2010–2015", "between 2010 and 2015"),
        ("vers 2010", "2010~", "≈", "vers 2010", "≈ 2010"),
        ("circa March 2010", "2010-03~", "≈", "circa mars 2010", "circa March 2010"),
        ("≈ 2010–2012", "2010~/2012", "≈", "≈ 2010–2012", "≈ 2010–2012"),
        ("avant 2010", "/2010", "<", "avant 2010", "before 2010"),
        ("< 2010", "/2010", "<", "< 2010", "< 2010"),
        ("depuis mars 2019", "2019-03/", "≥", "depuis mars 2019", "since March 2019"),
        ("until 2019", "/2019", "≤", "jusqu’en 2019", "until 2019"),
        ("2004/", "2004/", "≥", "2004–", "2004–"),
        ("1377~", "1377~", "≈", "vers 1377", "circa 1377"),
    ],
)  # fmt: skip
def test_a_date_is_taken_in_any_words_and_printed_as_it_was_said(
    text: str, iso: str, relation: str, fr: str, en: str
) -> None:
    read = read_date_value(scalar(text), "fr")
    assert read.value is not None and (read.value.iso, read.relation) == (iso, relation)
    assert [date_words(read, catalogue(lang)).replace("\u00a0", " ") for lang in ("fr", "en")] == [fr, en]


def test_a_date_with_two_readings_is_refused_with_both() -> None:
    assert refused(read_date_value, scalar("05/06/2020"), "fr") == (
        "two-readings", '"05/06/2020" has two readings: 5 juin 2020 or 6 mai 2020', "write 2020-06-05 or 2020-05-06")  # fmt: skip
    assert refused(read_date_value, scalar("2009–10"), "en")[1].endswith("October 2009 or 2009–2010")


@pytest.mark.parametrize("text", ["un jour", "2020 2021", "mars", "30 février 2020", "12", "2021–2020"])
def test_what_is_no_date_is_told_with_what_may_be_written(text: str) -> None:
    code, message, hint = refused(read_date_value, scalar(text), "fr")
    assert (code, message) == ("not-a-date", f'"{text}" is not a date: write 2025, 2025-03 or 2025-03-08')
    assert "mars 2025" in hint and "avant 2025" in hint


def test_a_date_holds_what_lies_in_it() -> None:
    def dated(text: str) -> Dated:
        return read_date_value(scalar(text), "en")

    year, month, span, absent = (dated(text) for text in ("2021", "March 2021", "2020-2022", "NR"))
    assert year.holds(month) and span.holds(year) and not month.holds(year) and not year.holds(span)
    assert absent.holds(dated("non rapporté")) and not absent.holds(year) and not year.holds(absent)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("essai", "essai"), ("Essai Randomisé", "essai"), ("randomised  trial", "essai"), ("Low", "low"), ("LOW", "low"),
     ("faible", "low"), ("no", "non"), ("NON", "non"), ("nr", "nr"), ("sans réponse", "nr")],
)  # fmt: skip
def test_a_choice_is_named_by_its_id_or_its_title_in_any_language(text: str, chosen: str) -> None:
    assert read_choice(scalar(text), PLAN, "fr").id == chosen


def test_what_is_no_choice_is_told_with_the_nearest_and_what_names_two_with_both() -> None:
    code, message, _ = refused(read_choice, scalar("Lowe"), PLAN, "fr")
    assert code == "wrong-choice" and 'did you mean "low"?' in message
    both = Field(
        id="f", type="choice", choices=(Choice(id="a", title={"fr": "Oui"}), Choice(id="b", title={"en": "oui"}))
    )
    assert refused(read_choice, scalar("OUI"), both, "fr")[:2] == ("two-readings", '"OUI" has two readings: "a" or "b"')
    assert len(named_choices("OUI", both)) == 2


def test_a_printed_date_is_the_one_that_was_meant() -> None:
    assert read_date_value(scalar("2021"), "fr").value == PartialDate(2021)


PIECES = st.lists(
    st.sampled_from(["1", "23", "456", "0", "007", " ", "\u202f", ",", ".", "-", "–", "'", "%", "≈", "<", ">", "+", "à", " to ", "env. ",
                     "NR", "plus de ", "entre ", " et ", "/", "mars", "May ", "2020", "1999", "T", "~", "?"]),
    max_size=7,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(PIECES, st.sampled_from(["fr", "en"]))
def test_a_number_that_is_taken_holds_every_digit_that_was_typed(text: str, lang: str) -> None:
    try:
        value = read_number(scalar(text), PERCENT, lang)
    except PydanticCustomError as error:
        assert error.type in ("not-a-number", "two-readings")
        return
    ends = [format(abs(end), "f") for end in (value.value, value.end) if end is not None]
    typed = [
        part.lstrip("0").lstrip(".") for part in re.findall(r"\d+", "".join(c for c in text if c not in " \u202f,.'"))
    ]
    assert [end.replace(".", "").lstrip("0") for end in ends] == typed


@settings(deadline=None)
@given(PIECES, st.sampled_from(["fr", "en"]))
def test_a_date_that_is_taken_holds_every_number_that_was_typed(text: str, lang: str) -> None:
    try:
        value = read_date_value(scalar(text), lang).value
    except PydanticCustomError as error:
        assert error.type in ("not-a-date", "two-readings")
        return
    held = (
        {
            part
            for date in (value, value.end)
            if date
            for part in (abs(date.year), date.month, date.day, date.season, date.year % 100)
        }
        if value
        else set()
    )
    assert {int(part) for part in re.findall(r"\d+", text)} <= held


@pytest.mark.parametrize("text", ["12,3 ± 4,5", "12.3 +/- 4.5", "12,3 (4,5)", "1,2 [0,9-1,5]", "12 (IC 95 % 10-14)"])
def test_a_number_with_its_spread_is_told_to_be_more_than_one(text: str) -> None:
    code, message, hint = refused(read_number, scalar(text), PLAIN, "fr")
    assert (code, message) == ("not-a-number", f'"{text}" holds more than one number')
    assert "a field of its own" in hint


@pytest.mark.parametrize("text", ["NR", "?", "non rapporté", "not reported"])
def test_a_choice_that_is_not_reported_is_told_how_to_say_so(text: str) -> None:
    field = Field(id="aveugle", type="choice", choices=(Choice(id="oui"), Choice(id="non")))
    code, _, hint = refused(read_choice, scalar(text), field, "fr")
    assert code == "wrong-choice" and "leave the field empty" in hint and "form.yaml" in hint


@pytest.mark.parametrize(
    ("text", "lang", "hint"),
    [("1.5 million", "en", "1500000"), ("1.5 million patients", "en", "1500000"), ("2 milliards", "fr", "2000000000"), ("1 billion", "en", "1000000000"),
     ("1 billion", "fr", "1000000000000"), ("3 mil", "es", "3000"), ("2 mil millones", "es", "2000000000"), ("1,5 Mio. Fälle", "de", "1500000"),
     ("12k", "en", "12000"), ("3 millones", "en", "3000000")],
)  # fmt: skip
def test_a_word_of_magnitude_is_told_with_the_whole_number(text: str, lang: str, hint: str) -> None:
    with pytest.raises(PydanticCustomError, match="in digits alone") as raised:
        read_number(scalar(text), PLAIN, lang)
    assert raised.value.context and raised.value.context["hint"] == f"write {hint}"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("1.254", "write 1254"),
        ("1 254", "write 1254"),
        ("1,254", "write 1254"),
        ("012", "write 12"),
        ("1.5", ""),
        ("-3", ""),
    ],
)
def test_what_some_language_writes_for_a_whole_number_is_told_with_its_digits(typed: str, hint: str) -> None:
    with pytest.raises(PydanticCustomError) as raised:
        number_from(scalar(typed))
    assert (raised.value.context or {})["hint"] == hint


def test_what_is_near_a_choice_has_that_one_hint() -> None:
    field = Field(id="plan", type="choice", choices=(Choice(id="none", title={"": "k. A."}), Choice(id="essai")))
    code, message, hint = refused(read_choice, scalar("k.A."), field, "de")
    assert code == "wrong-choice" and message.endswith('did you mean "k. A."?') and not hint


def test_a_choice_for_what_is_not_reported_is_shown_in_the_language_of_the_report() -> None:
    field = Field(id="blind", type="choice", choices=(Choice(id="ja"), Choice(id="nein")))
    assert refused(read_choice, scalar("k. A."), field, "de")[2].endswith("{id: nr, title: 'nicht berichtet'}")
