"""The note of one paper: a located tree and a form in, a `Fiche` out. The fiche's shape is made from the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, create_model
from pydantic import Field as Described

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.keys import wrong_in_key
from synopse.ground.packed import Packed
from synopse.locale import DEFAULT
from synopse.model.base import Items, Record, Text, Word, validated, word_from, wrong
from synopse.model.colons import colon_notes
from synopse.model.consensus import Consensus, ConsensusOf, Question, Questions, SameWords, Wordings
from synopse.model.form import Field, Form, titled
from synopse.model.reading import Extent, Reading, furthest, readings_type
from synopse.model.remark import (
    NOWHERE,
    VALUES,
    AboutTerms,
    Locator,
    Remark,
    TermUse,
)
from synopse.model.values import Chosen, Dated, Number, read_choice, read_date_value, read_number, two_numbers
from synopse.read.tree import Mapping, Node, Scalar

__all__ = ["AsRead", "Fiche", "Reading", "Remark", "TermUse", "Value", "fiche_model", "read_fiche"]

Status = Literal["complete", "partial", "todo"]
Value = Scalar | tuple[Remark, ...] | tuple[TermUse, ...] | Number | Dated | Chosen


@dataclass(frozen=True, slots=True)
class AsRead(Packed):
    """The citation as the person read it: what they wrote, to be held against the record."""

    authors: Scalar | None = None
    date: Scalar | None = None
    title: Scalar | None = None
    source: Scalar | None = None
    url: Scalar | None = None
    doi: Scalar | None = None
    span: Span = Span("")

    @property
    def says_something(self) -> bool:
        """Whether anything of the paper was written, so that a reference can be made of it."""
        return any((self.authors, self.date, self.title, self.source, self.url, self.doi))


@dataclass(frozen=True, slots=True)
class Part(Packed):
    """A study among those that one paper reports, or an arm of a study: what it is called, and the fields that are its own."""

    id: str
    title: Scalar | None
    values: dict[str, Value]
    locators: dict[str, Locator]
    span: Span

    @property
    def called(self) -> str:
        """Its title; its id where it has none."""
        return self.title.text.strip() if self.title else self.id


@dataclass(frozen=True, slots=True)
class Fiche:
    """The note of one paper. `values` holds the fields that were filled, by the form's field ids.

    `read` are the texts that it was written from; `locators` says where the words of a field of text can be found. `consensus`,
    `decide` and `same` are there where several readings were settled. `studies` are those that the paper reports, where it reports
    several, `arms` the groups within a study; `reports` are the keys of other references to the same study.
    """

    key: str
    key_span: Span
    status: Status
    citation: AsRead | None
    values: dict[str, Value]
    span: Span
    empty: tuple[tuple[str, Span], ...] = field(default=(), compare=False)
    read: tuple[Reading, ...] = ()
    locators: dict[str, Locator] = field(default_factory=dict)
    consensus: Consensus | None = None
    decide: tuple[Question, ...] = ()
    same: Wordings = ()
    studies: tuple[Part, ...] = ()
    arms: tuple[Part, ...] = ()
    reports: tuple[Scalar, ...] = ()
    of_arms: tuple[Part, ...] = ()
    """Of a study that stands for itself (`synthesis.studies.own_study`), its arms, whose terms and remarks are among its values."""
    of_all: frozenset[str] = frozenset()
    """Of such a study, the fields in which the paper says one thing of all its studies at once."""

    def lacking(self, name: str) -> tuple[Part | Fiche, ...]:
        """What says nothing in a field: those of its studies that do not, or the fiche itself; nothing where all is said.

        A study says what the paper says of all its studies, what it says itself, and what its arms say: the terms and
        remarks of any of them are its own; of all else those of its arms say nothing that give no value, where others do.
        """
        arms = (*self.arms, *self.of_arms)
        giving = [arm.values[name] for arm in arms if name in arm.values]
        if name in self.values or any(isinstance(value, tuple) for value in giving):
            return ()
        without = tuple(study for study in self.studies if name not in study.values) if self.studies else (self,)
        return tuple(arm for arm in arms if name not in arm.values) if without and giving else without

    def given(self, name: str) -> tuple[Value, ...]:
        """What a study that stands for itself says in a field: its own value; where it has none, those that its arms give."""
        if name in self.values:
            return (self.values[name],)
        return tuple(arm.values[name] for arm in self.of_arms if name in arm.values)

    @property
    def extent(self) -> Extent | None:
        """How far the paper itself was read; nothing where the fiche does not say."""
        return furthest(self.read)

    @property
    def file(self) -> str:
        """The file that the fiche was read from."""
        return self.span.file

    def remarks(self, name: str) -> tuple[Remark, ...]:
        """The remarks of a field, whatever its type: an `items` field's own, those of its terms, a text as one."""
        value = self.values.get(name)
        if value is None or isinstance(value, Scalar):
            saying = (self,) if value else self.of_arms
            texts = ((each.values.get(name), each.locators.get(name, NOWHERE)) for each in saying)
            return tuple(Remark(text, locator) for text, locator in texts if isinstance(text, Scalar))
        if not isinstance(value, tuple):
            return ()
        found = []
        for each in value:
            if isinstance(each, Remark):
                found.append(each)
            elif each.text is not None:
                found.append(AboutTerms(each.text, each.locator, each.themes, each.terms))
        return tuple(found)

    def terms(self, name: str) -> tuple[TermUse, ...]:
        """The uses of terms in a `terms` field."""
        value = self.values.get(name)
        return tuple(each for each in value if isinstance(each, TermUse)) if isinstance(value, tuple) else ()


def holders(fiche: Fiche) -> tuple[Fiche | Part, ...]:
    """What holds fields of the form: the fiche itself, its studies and its arms."""
    return (fiche, *fiche.studies, *fiche.arms)


def alone(fiche: Fiche, part: Part) -> Fiche:
    """A study or an arm of a fiche as a fiche of its own words."""
    return replace(
        fiche,
        values=part.values,
        locators=part.locators,
        studies=(),
        arms=(),
        of_arms=(),
        reports=(),
        decide=(),
        consensus=None,
        empty=(),
    )


def with_parts(fiche: Fiche) -> Iterator[Fiche]:
    """The fiche, and each of its studies and arms as a fiche of its own words."""
    yield fiche
    yield from (alone(fiche, part) for part in (*fiche.studies, *fiche.arms))


def fiche_words(fiche: Fiche) -> Iterator[tuple[Scalar | None, Locator]]:
    """Every text of a fiche that is written in the markup, with where it comes from; a bare term has no text."""
    for each in holders(fiche):
        for name, value in each.values.items():
            if isinstance(value, Scalar):
                yield value, each.locators.get(name, NOWHERE)
            elif isinstance(value, tuple):
                yield from ((one.text, one.locator) for one in value)


def fiche_texts(fiche: Fiche) -> Iterator[Scalar]:
    """Every text of a fiche that is written in the markup."""
    return (text for text, _ in fiche_words(fiche) if text is not None)


def fiche_sources(fiche: Fiche) -> Iterator[Scalar]:
    """Every source that a fiche names beside a text, a remark or a term, as it was typed."""
    return (locator.source for _, locator in fiche_words(fiche) if locator.source is not None)


def citation_texts(fiche: Fiche) -> Iterator[Scalar]:
    """The citation as it was read, what was read, and the values that are printed to the letter."""
    read = fiche.citation
    if read is not None:
        fields = (read.authors, read.date, read.title, read.source, read.url, read.doi)
        yield from (scalar for scalar in fields if scalar is not None)
    for reading in fiche.read:
        yield from reading.texts
    yield from fiche_sources(fiche)
    for part in (*fiche.studies, *fiche.arms):
        if part.title is not None:
            yield part.title
    for value in (value for each in holders(fiche) for value in each.values.values()):
        if isinstance(value, (Number, Dated, Chosen)):
            yield value.text
        elif isinstance(value, tuple):
            yield from (term for each in value for term in getattr(each, "terms", ()))


class _Citation(Record):
    """The citation as the person read it; what differs from the record is shown."""

    authors: Annotated[Text | None, Described(description="as the person read it, such as: Guiyao Tie, et al.")] = None
    date: Text | None = None
    title: Text | None = None
    source: Text | None = None
    url: Text | None = None
    doi: Text | None = None


def _kind_of(field: Field, lang: str) -> Any:
    """What the fiche model takes for a field: numbers are read as the report's language writes them."""

    def number(scalar: Scalar) -> Number:
        return read_number(scalar, field, lang)

    def dated(scalar: Scalar) -> Dated:
        return read_date_value(scalar, lang)

    def chosen(scalar: Scalar) -> Chosen:
        return read_choice(scalar, field, lang)

    readers = {"number": number, "date": dated, "choice": chosen}
    return Annotated[Text, AfterValidator(readers[field.type])] if field.type in readers else VALUES[field.type]


def _key(scalar: Scalar) -> Scalar:
    """A key is not printed, and yet stands in labels, in a .bib file and in names of files: it has a grammar."""
    key = scalar.text.strip()
    if key and (why := wrong_in_key(key)):
        raise wrong("unfit-key", f'"{key}" cannot be a key: {why}')
    return scalar


def fiche_model(form: Form, lang: str = DEFAULT) -> type[Record]:
    """The pydantic model of the form's fiches: the product's words, then every field of the form."""
    shape: dict[str, Any] = {
        "key": (Annotated[Text, AfterValidator(_key)], Described(description="the reference's key in bib/")),
        "status": (Annotated[Status, BeforeValidator(word_from)], Described(default="complete")),
        "citation": (_Citation | None, Described(default=None, description="as the person read it")),
        "read": (readings_type(lang), Described(default=(), description="the texts that were read, and how far each")),
    }
    settled = "what it was settled from; doit consensus writes it"
    shape |= {
        "consensus": (ConsensusOf, Described(default=None, description=settled)),
        "decide": (Questions, Described(default=(), description="fields in which readers differ, with what each says")),
        "same": (SameWords, Described(default=(), description="lists of wordings that mean the same to all readers")),
    }
    fields: dict[str, Any] = {}
    for number, form_field in enumerate(form.fields.values()):
        kind = _kind_of(form_field, lang)
        title = titled(form_field.title, lang) or form_field.id
        fields[f"field_{number}"] = (kind | None, Described(default=None, title=title, alias=form_field.id))
    part = create_model(
        "Part",
        __base__=Record,
        __doc__="A study, or an arm of one, with the fields of the form that are its own.",
        part_id=(Annotated[Word, AfterValidator(_part_id)], Described(alias="id", description="a short name for it")),
        part_title=(Text | None, Described(default=None, alias="title", description="what it is called")),
        **fields,
    )
    several: Any = Items[part]  # type: ignore[valid-type]
    shape |= {
        "studies": (
            several,
            Described(default=(), description="the studies that the paper reports, where it reports several"),
        ),
        "arms": (several, Described(default=(), description="the groups of a study")),
        "reports": (Items[Text], Described(default=(), description="the keys of other references to the same study")),
    }
    return create_model("Fiche", __base__=Record, **shape, **fields)


def _part_id(word: str) -> str:
    if not re.fullmatch(r"[^\W_][\w.-]*", word):
        raise wrong("bad-id", f'"{word}" names a study: use letters, digits, dots and dashes')
    return word


def read_fiche(
    tree: Node, model: type[Record], form: Form, lang: str = DEFAULT
) -> tuple[Fiche | None, list[Diagnostic]]:
    """The fiche of a tree, or all that is wrong with it; `model` is `fiche_model(form, lang)`."""
    record, found = validated(model, tree)
    found += colon_notes(tree, form)
    if record is None or not isinstance(tree, Mapping):
        return None, found
    typed: Any = record
    key: Scalar = typed.key
    cited = typed.citation
    as_read = (
        AsRead(cited.authors, cited.date, cited.title, cited.source, cited.url, cited.doi, cited.span)
        if cited
        else None
    )
    values, locators = _written(typed, form)
    studies, arms = (tuple(_part(each, form) for each in group) for group in (typed.studies, typed.arms))
    empty = tuple((k.text, k.span) for k, v in tree.entries if k.text in form.fields and k.text not in values)
    fiche = Fiche(key.text.strip(), key.span, typed.status, as_read, values, tree.span, empty, typed.read, locators)
    fiche = replace(fiche, consensus=typed.consensus, decide=typed.decide, same=typed.same)
    fiche = replace(fiche, studies=studies, arms=arms, reports=typed.reports)
    found += [*_twice(studies), *_twice(arms)]
    return fiche, found + _check_filled(fiche, form) + _other_numbers(fiche, form, lang)


def _written(typed: Any, form: Form) -> tuple[dict[str, Value], dict[str, Locator]]:
    """The fields that were filled, and where the words of those of text can be found."""
    written = {name: getattr(typed, f"field_{number}") for number, name in enumerate(form.fields)}
    locators = {name: text.locator for name, text in written.items() if isinstance(text, Remark) and text.locator}
    written = {name: value.text if isinstance(value, Remark) else value for name, value in written.items()}
    values = {name: value for name, value in written.items() if value not in (None, ())}
    return {name: value for name, value in values.items() if not (isinstance(value, Scalar) and value.empty)}, locators


def _part(typed: Any, form: Form) -> Part:
    values, locators = _written(typed, form)
    return Part(typed.part_id, typed.part_title, values, locators, typed.span)


def _twice(parts: tuple[Part, ...]) -> Iterator[Diagnostic]:
    seen: dict[str, Part] = {}
    for part in parts:
        if part.id in seen:
            message = f'"{part.id}" stands twice: here and at line {seen[part.id].span.line}'
            yield problem("duplicate-id", message, part.span, 'give one of them another "id"')
        seen.setdefault(part.id, part)


def _check_filled(fiche: Fiche, form: Form) -> list[Diagnostic]:
    """A fiche said to be complete has every required field; an empty field is noted."""
    found: list[Diagnostic] = []
    written = dict(fiche.empty)
    for name, form_field in form.fields.items():
        if not fiche.lacking(name):
            continue
        if form_field.required and fiche.status == "complete":
            span = written.get(name, fiche.key_span)
            message = f'the field "{name}" is required in a fiche that is complete'
            found.append(problem("missing-field", message, span, f'fill "{name}", or write "status: partial"'))
        elif name in written and fiche.status == "complete":
            message = f'the field "{name}" is empty'
            found.append(problem("empty-field", message, written[name], "fill it, or remove the line"))
    if fiche.status == "complete" and fiche.extent not in (None, "whole"):
        place = next(reading.span for reading in fiche.read if reading.extent == fiche.extent)
        message = f"the fiche is said to be complete, and of the paper was read no more than: {fiche.extent}"
        found.append(problem("read-in-part", message, place, 'write "status: partial" until the whole text was read'))
    return found


def _other_numbers(fiche: Fiche, form: Form, lang: str) -> list[Diagnostic]:
    """Warnings for the numbers that a person of another language would take for others."""
    found: list[Diagnostic] = []
    for name, value in ((name, value) for each in holders(fiche) for name, value in each.values.items()):
        both = two_numbers(value, form.fields[name], lang) if isinstance(value, Number) else None
        if both and isinstance(value, Number):
            read, other = both
            message = (
                f'"{value.text.text}" is taken for {read}, as the report\'s language writes it, and not for {other}'
            )
            hint = f"write {read} or {other}, which have one reading"
            found.append(problem("other-reading", message, value.text.span, hint))
    return found
