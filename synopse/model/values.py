"""Numbers, dates and choices of a fiche: what a person wrote in; a value that keeps how it was said, and back to words.

A paper may report no number, a range, about so much, or more than so much: all of these are values. Only what is one number
is `exact`, and alone goes into a minimum, a median, a maximum or a sum.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Literal

from synopse.diagnostics import Span
from synopse.diagnostics.model import did_you_mean
from synopse.ground.packed import Packed
from synopse.locale import Catalogue, catalogue
from synopse.locale.dates import PartialDate, between
from synopse.locale.dates import readings as date_readings
from synopse.locale.numerals import doubtful
from synopse.locale.numerals import readings as number_readings
from synopse.locale.phrases import Kind, Relation, Said, phrase, ways
from synopse.locale.spans import span_of
from synopse.model.base import wrong
from synopse.model.form import Choice, Field, titled
from synopse.model.unread import no_date, no_number, without_unit
from synopse.read.flow import quoted_in_flow
from synopse.read.tree import Scalar

Reason = Literal["", "not-reported", "range", "about", "bound"]
"""Why a value is not one number."""


@dataclass(frozen=True, slots=True)
class Number(Packed):
    """A number as it was written. `value` is nothing where the paper does not report it; `end` closes a range.

    `shape` is what was typed with `{}` for each number, `langs` the languages of its words.
    """

    value: Decimal | None
    text: Scalar
    end: Decimal | None = None
    relation: Relation = "="
    shape: str = "{}"
    langs: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where it was written."""
        return self.text.span

    @property
    def reason(self) -> Reason:
        """Why the value is not one number; empty where it is."""
        if self.value is None:
            return "not-reported"
        if self.relation == "=":
            return "" if self.end is None else "range"
        return "about" if self.relation == "≈" else "bound"

    @property
    def exact(self) -> Decimal | None:
        """The number, where the value is one number and nothing else."""
        return self.value if not self.reason else None

    def same(self, other: Number) -> bool:
        """Whether two values say the same, however they were typed."""
        return (self.value, self.end, self.relation) == (other.value, other.end, other.relation)


@dataclass(frozen=True, slots=True)
class Dated(Packed):
    """A date as it was written, and its value; nothing where the paper does not report it."""

    value: PartialDate | None
    text: Scalar
    relation: Relation = "="
    shape: str = "{}"
    langs: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    """Where its edges are soft, as those of `late 1990s` are, what was typed: the whole, or the two ends of a range."""

    @property
    def span(self) -> Span:
        """Where it was written."""
        return self.text.span

    def holds(self, other: Dated) -> bool:
        """Whether the other date says the same, or lies within this one: March 2021 in 2021."""
        if self.value is None or other.value is None or self.relation != "=" or other.relation != "=":
            return (self.value, self.relation) == (other.value, other.relation)
        (start, end), (first, last) = self.value.reach, other.value.reach
        return self.value == other.value or (start <= first and last <= end and start < end)


@dataclass(frozen=True, slots=True)
class Chosen(Packed):
    """A choice: the id that the form gives it, and the text that named it."""

    id: str
    text: Scalar

    @property
    def span(self) -> Span:
        """Where it was written."""
        return self.text.span


def read_number(text: Scalar, field: Field, lang: str) -> Number:
    """The value of a number field. Raises an error of pydantic's for a text that is none, or that has two readings."""
    for said in ways(text.text, "number"):
        if said.relation == "?":
            return Number(None, text, None, "?", said.shape, said.langs)
        parts = [without_unit(part, field.unit or "") for part in said.parts]
        found = _numbers([number_readings(part, lang) for part in parts])
        if len(found) > 1:
            shown = [_as_typed(said.shape, pair) for pair in found]
            hint = f"write {' or '.join(_as_typed(said.shape, pair, lang) for pair in found)}"
            raise wrong("two-readings", f'"{text.text}" has two readings: {" or ".join(shown)}', hint)
        if found:
            value, end = found[0][0], found[0][1] if len(found[0]) > 1 else None
            shape = (
                said.shape
                if len(found[0]) > 1 or said.relation != "="
                else "+{}"
                if text.text.strip().startswith("+")
                else "{}"
            )
            return Number(value, text, end, said.relation, shape, said.langs)
    raise no_number(text.text, field, lang)


def _numbers(parts: list[list[Decimal]]) -> list[tuple[Decimal, ...]]:
    """The numbers of each reading; a range that goes down is none, and both its ends are read in one way."""
    alike = [*zip(*parts, strict=True)] if len({len(part) for part in parts}) == 1 else [*product(*parts)]
    return [each for each in alike if len(each) == 1 or each[0] < each[1]]


def _as_typed(shape: str, numbers: tuple[Decimal, ...], lang: str = "") -> str:
    """Numbers in their shape, without groups, and so with one reading: with a point, or as the language writes them."""
    digits = [format(number, "f") for number in numbers]
    point = catalogue(lang).number(Decimal("0.5"))[1] if lang else "."
    return shape.format(*(each.replace(".", point) for each in digits))


def two_numbers(number: Number, field: Field, lang: str) -> tuple[str, str] | None:
    """What a text was taken for, and the other number that it could be, where its decimals say nothing; often nothing."""
    wanted = 1 if number.end is None else 2
    alike = (
        said
        for said in ways(number.text.text, "number")
        if (said.relation, len(said.parts)) == (number.relation, wanted)
    )
    said = next(alike, None)
    if number.value is None or said is None:
        return None
    parts = [without_unit(part, field.unit or "") for part in said.parts]
    others = [doubtful(part, lang) for part in parts]
    if not any(other is not None for other in others):
        return None
    taken = [number_readings(part, lang)[0] for part in parts]
    meant = [other or one for one, other in zip(taken, others, strict=True)]
    return _as_typed(said.shape, tuple(one.normalize() for one in taken)), _as_typed(said.shape, tuple(meant))


def read_date_value(text: Scalar, lang: str) -> Dated:
    """The value of a date field. Raises an error of pydantic's for a text that is none, or that has two readings."""
    for said in ways(text.text, "date"):
        if said.relation == "?":
            return Dated(None, text, "?", said.shape, said.langs)
        found = date_readings(said.parts[0]) if len(said.parts) == 1 else between(*said.parts)
        found = list(dict.fromkeys(found))
        if said.relation != "=":
            found = [date for date in found if not date.open and not date.mark]
        if len(found) > 1:
            shown = " or ".join(catalogue(lang).date(date) for date in found)
            hint = f"write {' or '.join(_one_way(date, text.text, lang) for date in found)}"
            raise wrong("two-readings", f'"{text.text}" has two readings: {shown}', hint)
        if found:
            return _related(found[0], text, said)
        if span := _spanned(said.parts):
            if not any(map(_is_soft, said.parts)):
                return _related(span, text, said)
            typed = text.text.strip().replace("{", "{{").replace("}", "}}")
            return replace(_related(span, text, said), shape=typed, langs=(), soft=said.parts)
    raise no_date(text.text, lang)


def _one_way(date: PartialDate, typed: str, lang: str) -> str:
    """A date as it can be written to have this reading alone."""
    return date.iso if date.iso != typed.strip() else catalogue(lang).date(date)


def _spanned(parts: tuple[str, ...]) -> PartialDate | None:
    """The dates of `Q3 2020`, `early 2020`, or of a range of which at least one end is of this kind."""
    spans = [span_of(part) for part in parts]
    ends = [span or next(iter(date_readings(part)), None) for span, part in zip(spans, parts, strict=True)]
    if not any(spans) or not all(ends):
        return None
    first, last = ends[0], ends[-1]
    if len(ends) == 1 or first is None or last is None:
        return first
    return replace(first, end=last.last.alone) if first.alone < last.last.alone else None


def _is_soft(text: str) -> bool:
    """Whether a date has soft edges; a quarter has none."""
    span = span_of(text)
    return span is not None and not span.quarter


def _related(date: PartialDate, text: Scalar, said: Said) -> Dated:
    match said.relation:
        case "≈":
            date = replace(date, mark="~")
        case "<" | "≤":
            date = replace(date.last, open="until")
        case ">" | "≥":
            date = replace(date.alone, open="from")
    own: Relation = {"from": "≥", "until": "≤"}.get(date.open, "≈" if date.mark in ("~", "%") else "=")  # type: ignore[assignment]
    relation = said.relation if said.relation != "=" else own
    return Dated(date, text, relation, said.shape if said.relation != "=" or said.between else "{}", said.langs)


def read_choice(text: Scalar, field: Field, lang: str) -> Chosen:
    """The choice that a text names: by its id or its title in any language, whatever the case."""
    found = named_choices(text.text, field)
    if len(found) == 1:
        return Chosen(found[0].id, text)
    if found:
        ids = " or ".join(f'"{choice.id}"' for choice in found)
        raise wrong("two-readings", f'"{text.text}" has two readings: {ids}', "write the id that the form gives it")
    names = [name for choice in field.choices for name in (choice.id, *choice.title.values())]
    near = did_you_mean(text.text, names)
    hint = ""
    if not near and any(said.relation == "?" for said in ways(text.text, "number")):
        title = phrase("?", lang, "number")
        hint = (
            f"leave the field empty; or give it such a choice in form.yaml: {{id: nr, title: {quoted_in_flow(title)}}}"
        )
    near = near or f"one of: {', '.join(choice.id for choice in field.choices)}"
    raise wrong("wrong-choice", f'"{text.text}" is not a choice of "{field.id}": {near}', hint)


def named_choices(text: str, field: Field) -> list[Choice]:
    """The choices that a text names, those with that very id first of all."""
    word = same_word(text)
    by_id = [choice for choice in field.choices if choice.id == text.strip()]
    by_id = by_id or [choice for choice in field.choices if same_word(choice.id) == word]
    return by_id or [choice for choice in field.choices if word in map(same_word, choice.title.values())]


def same_word(text: str) -> str:
    """How names are compared: without case, with single spaces, every apostrophe alike."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").casefold().split())


def choice_title(chosen: str, field: Field, lang: str) -> str:
    """What is printed for a choice: its title in the language, else its id."""
    return next((titled(choice.title, lang) for choice in field.choices if choice.id == chosen), "") or chosen


def number_words(number: Number, words: Catalogue, unit: str = "") -> str:
    """A number as a person reads it, in the words that were typed where they are the report's."""
    parts = [words.number(part) for part in (number.value, number.end) if part is not None]
    return _in_shape(number, parts, words, "number", unit)


def date_words(dated: Dated, words: Catalogue) -> str:
    """A date as a person reads it, in the words that were typed where they are the report's."""
    date = dated.value
    if date is None:
        return _in_shape(dated, [], words, "date")
    if dated.shape == "{}":
        return words.date(date)
    plain = replace(date, mark="", open="")
    parts = (
        [words.date(plain.alone), words.date(date.end)]
        if dated.shape.count("{}") > 1 and date.end
        else [words.date(plain)]
    )
    return _in_shape(dated, parts, words, "date")


Ends = tuple[tuple[PartialDate, str], tuple[PartialDate, str]]
"""The first and the last date of a value, each with what a sentence says for it."""


def date_ends(dated: Dated | PartialDate, words: Catalogue) -> Ends | None:
    """With what a date begins and ends, in the words that the report prints for it: `late 1990s` is never 1997, as no one wrote that.

    What is before a date, after or about one is so at both its ends; what goes on since a date has this one alone, as what
    lasts until one has at its end. Nothing where no date is reported.
    """
    date = dated.value if isinstance(dated, Dated) else dated
    if date is None:
        return None
    first, last = words.date(date.alone), words.date(date.last.alone)
    if isinstance(dated, Dated) and dated.relation in ("≈", "<", ">"):
        first = last = date_words(dated, words)
    elif date.open == "until":
        first = phrase("≤", words.lang, "date").format(last)
    soft = dated.soft if isinstance(dated, Dated) and dated.relation in ("=", "≥", "≤") else ()
    if soft:
        first = soft[0].strip() if _is_soft(soft[0]) else first
        last = soft[-1].strip() if _is_soft(soft[-1]) else last
    return (date.alone, first), (date.last.alone, last)


def first_and_last(ends: Iterable[Ends]) -> tuple[str, str]:
    """What a sentence says for the first of several dates, and for the last; nothing where there is none."""
    known = list(ends)
    return (min(first for first, _ in known)[1], max(last for _, last in known)[1]) if known else ("", "")


def _is_short_for(shape: str) -> bool:
    """Whether a text is capital letters and signs alone, as `N/A`: it may stand for more than one thing, so it is not put into other words."""
    return re.fullmatch(r"(?:[^\W\d_a-zà-ÿ][./\s]*){2,4}", shape) is not None


def _in_shape(value: Number | Dated, parts: list[str], words: Catalogue, kind: Kind, unit: str = "") -> str:
    """The values in the shape that was typed, a unit after the last one: `5 patients or more`."""
    own = not value.langs or words.lang in value.langs or _is_short_for(value.shape)
    shape = value.shape if own else phrase(value.relation, words.lang, kind, ranged=len(parts) > 1)
    if unit and parts:
        before, after = shape.rsplit("{}", 1)
        unit = words.with_unit("", unit).replace("{", "{{").replace("}", "}}")
        shape = f"{before}{{}}{unit}{after}" if after[:1].isspace() else f"{shape}{unit}"
    return re.sub(r"\s+\{\}", "\u00a0{}", shape).format(*parts)
