"""A text that is no number or no date in; what is wrong with it, and what to write, out.

A hint never leads to another value than the one that was meant: where it may be one of several, it says how to write, not what.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from synopse.locale import catalogue
from synopse.locale.dates import PartialDate
from synopse.locale.numerals import magnitude
from synopse.locale.numerals import readings as number_readings
from synopse.locale.phrases import Kind, phrase, ways
from synopse.model.base import wrong
from synopse.model.form import Field

_DATES = "write 2025, 2025-03 or 2025-03-08"


def no_number(text: str, field: Field, lang: str) -> Exception:
    """What is wrong with a text that is no number, with the reading that is likely."""
    for said in ways(text, "number"):
        ends = [number_readings(without_unit(part, field.unit or ""), lang) for part in said.parts]
        if len(ends) == 2 and all(len(end) == 1 for end in ends):
            return wrong(
                "not-a-number", f'"{text}" is a range that does not go up', _upwards(said.shape, ends[0][0], ends[1][0])
            )
    match = re.fullmatch(r"(.*?[0-9])\s*([^\d\s.,'-][^\d]*)", text.strip())
    if match and (found := number_readings(match[1], lang)):
        shortened = (
            {"k": 3, "K": 3, "M": 6}.get(match[2], 0)
            if not field.unit and (match[2] == "k" or text.strip() == match[1] + match[2])
            else 0
        )
        if power := magnitude(match[2], lang) or shortened:
            meant = " or ".join(format((number * 10**power).normalize(), "f") for number in found)
            message = f'"{text}" is not a number of "{field.id}": a number is read in digits alone'
            return wrong("not-a-number", message, f"write {meant}")
        if _is_unit(match[2]):
            known, hint = _of_another_unit(match[1].strip(), match[2].strip(), field)
            return wrong("not-a-number", f'"{text}" is not a number of "{field.id}": {known}', hint)
    if re.search(r"\d.*(?:±|\+/-|[(\[]).*\d", text):
        hint = f"its spread or its interval goes into a field of its own: {_may_be(lang, 'number')}"
        return wrong("not-a-number", f'"{text}" holds more than one number', hint)
    return wrong("not-a-number", f'"{text}" is not a number', _may_be(lang, "number"))


def _upwards(shape: str, first: Decimal, last: Decimal) -> str:
    """What to write for a range that does not go up; `115–20` is one whose last number was shortened."""
    if first == last:
        return f"write {first}"
    begun, ended = (format(each, "f") for each in (first, last))
    if (
        begun.isdigit()
        and ended.isdigit()
        and len(ended) < len(begun)
        and int(whole := begun[: -len(ended)] + ended) > first
    ):
        return f"write both numbers whole: {shape.format(begun, whole)}"
    return "write the smaller number first"


def _is_unit(typed: str) -> bool:
    """Whether what stands behind a number may be its unit: it has a letter, or a sign of money, of degrees or of shares, and no brackets."""
    return not re.search(r"[()\[\]]", typed) and any(
        unicodedata.category(sign)[0] == "L" or unicodedata.category(sign) == "Sc" or sign in "%‰°″′" for sign in typed
    )


def _of_another_unit(number: str, typed: str, field: Field) -> tuple[str, str]:
    """What is said of a number with a unit that is not the form's, and what to write; the number itself only where the unit is the same."""
    if not field.unit:
        return "the form gives it no unit", f'write {number}, and unit: "{typed}" in form.yaml'
    short, long = sorted((typed.rstrip("."), field.unit.strip()), key=len)
    same = len(long) > 3 and len(short) > 1 and long.casefold().startswith(short.casefold())
    hint = f"write {number}" if same else f'write how many "{field.unit}" it is, the number alone'
    return f'its unit in the form is "{field.unit}"', hint


def _may_be(lang: str, kind: Kind) -> str:
    absent = phrase("?", lang, kind)
    if kind == "number":
        return f'write a number, or: "10–20", "≈ 10", "< 10", "{absent}"'
    words = catalogue(lang)
    month, soft = words.date(PartialDate(2025, 3)), words["date.early"].format(date=2025)
    return f'or "{month}", "2024–2025", "≈ 2025", "{phrase("<", lang, kind).format(2025)}", "{soft}", "{absent}"'


def without_unit(text: str, unit: str) -> str:
    """A number without the form's unit, before it or after it; letters keep their case, as in mW and MW."""
    bare, text = unit.strip().replace("µ", "μ"), text.strip()
    alike = text.replace("µ", "μ")
    if bare and alike.endswith(bare):
        return text[: -len(bare)].strip()
    return text[len(bare) :].strip() if bare and alike.startswith(bare) else text


def no_date(text: str, lang: str) -> Exception:
    """What is wrong with a text that is no date: a day that no month has, or no date at all."""
    if re.fullmatch(r"\d{1,4}([-/.])\d{1,2}(\1\d{1,4})?", text.strip()):
        return wrong(
            "not-a-date", f'"{text}" is no day or month of the calendar', f"{_DATES}; look at its numbers again"
        )
    return wrong("not-a-date", f'"{text}" is not a date: {_DATES}', _may_be(lang, "date"))
