"""The reading form: sections and fields as data. `sources/form.yaml` in, `Form` out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic import Field as Described

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.markup.typography import curled
from synopse.model.base import Flag, Items, Placed, Record, Table, Word, word_from, wrong
from synopse.read.commas import ended_text
from synopse.read.tree import Mapping, Scalar, Sequence

PRODUCT_WORDS = frozenset(
    {
        "key",
        "status",
        "citation",
        "read",
        "studies",
        "arms",
        "reports",
        "consensus",
        "decide",
        "same",
        "text",
        "term",
        "terms",
        "page",
        "theme",
    }
)
"""Words of the product in a fiche: no field may bear one as its id."""

Kind = Annotated[
    Literal["text", "items", "terms", "choice", "number", "date"],
    BeforeValidator(word_from),
]


LONGEST_ID = 80
_ID = re.compile(r"\w+(?:[ .'’/_-]+\w+)*")
"""The id of a field: words of any script with single signs between them, so that it is a plain key in a fiche."""


def _field_id(word: str) -> str:
    name = unicodedata.normalize("NFC", word)
    if name in PRODUCT_WORDS:
        raise wrong("reserved-word", f'"{name}" is a word of the product and cannot name a field')
    if not _ID.fullmatch(name) or len(name) > LONGEST_ID:
        raise wrong("bad-id", f'"{name[:LONGEST_ID]}" cannot name a field', hint=_ID_HINT)
    return name


_ID_HINT = "use letters and digits of any script, with spaces, dots, dashes or _ between them, such as: durée du suivi"


def _title_from(node: object) -> object:
    """A title is one text for every language, or a mapping of language to text."""
    if isinstance(node, Scalar):
        return {"": word_from(node)}
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if isinstance(value, Scalar) and value.empty:
                if ended := ended_text(node, key.text):
                    raise wrong("yaml-comma", ended.message, ended.in_quotes)
                raise wrong("missing-field", f'the title has no text for "{key.text}"')
        return {key.text: word_from(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        raise wrong("list-for-text", "expected a text, found a list")
    return node


Title = Annotated[
    dict[str, str],
    BeforeValidator(_title_from),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}),
]


def titled(title: dict[str, str], lang: str) -> str:
    """The title in `lang`, or in any language that it has, with the quotes of print."""
    written = title.get(lang) or title.get("") or next(iter(title.values()), "")
    return curled(written, lang)


class Choice(Record):
    """One of the values of a `choice` field."""

    shorthand = "id"
    id: Word
    title: Title = {}


class Field(Placed):
    """A field of the form: `type` rules what a fiche may write in it."""

    id: Annotated[Word, AfterValidator(_field_id), Described(description="the word that fiches use for this field")]
    type: Kind = "text"
    title: Title = {}
    required: Annotated[Flag, Described(description="a fiche is complete only when this field is filled")] = False
    label: Annotated[Flag | None, Described(description="whether the report prints the title above the value")] = None
    vocabulary: Annotated[Word | None, Described(description="terms: the list of vocabulary.yaml to draw on")] = None
    choices: Items[Choice] = ()
    ordered: Annotated[
        Flag,
        Described(
            description="choice: the choices stand in an order, and readers who differ by one differ less than by two"
        ),
    ] = False
    unit: Annotated[Word | None, Described(description="number: its unit, such as % or mg")] = None

    @property
    def terms_list(self) -> str:
        """The name of the vocabulary's list that this field draws on: its own id when it names none."""
        return self.vocabulary or self.id


class Section(Record):
    """A section of every fiche. `draws: reference` prints the full citation, from the reference."""

    id: Word
    title: Title
    fields: Items[Field] = ()
    draws: Annotated[Literal["reference"] | None, BeforeValidator(word_from)] = None

    def labelled(self, field: Field) -> bool:
        """Whether the field's title is printed: where several stand in the section, unless it says otherwise."""
        return len(self.fields) > 1 if field.label is None else field.label


class Form(Record):
    """The whole form, in the order of the sections."""

    sections: Items[Section]

    @property
    def fields(self) -> dict[str, Field]:
        """Every field by id, in order."""
        return {field.id: field for section in self.sections for field in section.fields}

    def field(self, name: str) -> Field | None:
        """The field called `name`."""
        return self.fields.get(name)


def check_form(form: Form) -> list[Diagnostic]:
    """What a form says twice, and choices without values."""
    found: list[Diagnostic] = []
    seen: dict[str, Field] = {}
    for section in form.sections:
        for field in section.fields:
            if field.id in seen:
                message = (
                    f'the field "{field.id}" stands twice in the form: here and at line {seen[field.id].span.line}'
                )
                found.append(problem("duplicate-field-id", message, field.span))
            seen[field.id] = field
            found += _check_options(field)
            found += values_in(field.title, field.span)
            for choice in field.choices:
                found += values_in(choice.title, choice.span)
    ids: set[str] = set()
    for section in form.sections:
        found += values_in(section.title, section.span)
        if section.id in ids:
            found.append(problem("duplicate-field-id", f'the section "{section.id}" stands twice', section.span))
        ids.add(section.id)
    return found


_OPTIONS = {"unit": "number", "choices": "choice", "ordered": "choice", "vocabulary": "terms"}
"""Options of a field that one type alone takes."""


def _check_options(field: Field) -> list[Diagnostic]:
    """Options that the field's type does not take, and choices: none, or two that one word would name."""
    found: list[Diagnostic] = []
    for option, kind in _OPTIONS.items():
        if getattr(field, option) and field.type != kind:
            message = (
                f'"{field.id}" is a field of type {field.type}, which takes no "{option}": fields of type {kind} do'
            )
            found.append(
                problem("form-option", message, field.key_place(option), f'remove it, or write "type: {kind}"')
            )
    if field.type == "choice" and not field.choices:
        message = f'the choice "{field.id}" has no choices'
        found.append(problem("missing-field", message, field.span, "add choices: [yes, no]"))
    return [*found, *_conflicts(field)]


def _conflicts(field: Field) -> Iterator[Diagnostic]:
    """Choices of one id, or of a title that names another one as well; ids may differ by their case alone."""
    for place, choice in enumerate(field.choices):
        for other in field.choices[:place]:
            names, others = ({*map(str.casefold, each.title.values())} for each in (choice, other))
            both = (
                {choice.id} & {other.id}
                or (names & (others | {other.id.casefold()}))
                or (others & {choice.id.casefold()})
            )
            if both:
                message = f'"{min(both)}" is claimed by two choices of "{field.id}", here and at line {other.span.line}'
                yield problem("choice-conflict", message, choice.span, "give one of them another id or title")
                break


def values_in(title: dict[str, str], span: Span) -> list[Diagnostic]:
    """Values in a title of the form or of the vocabulary, which is the same for every report."""
    held = next((text for text in title.values() if "{{" in text), "")
    if not held:
        return []
    message = f'a title of the form takes no value: "{held}" would be printed as it is'
    return [problem("value-in-form", message, span, "values stand in the texts of report.yaml and of the fiches")]


__all__ = ["Choice", "Field", "Form", "Section", "Table", "check_form", "titled"]
