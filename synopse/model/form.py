"""The reading form: sections and fields as data. `sources/form.yaml` in, `Form` out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema, field_validator
from pydantic import Field as Described

from synopse.diagnostics import Diagnostic, problem
from synopse.model.base import Flag, Items, Record, Table, Word, word_from, wrong
from synopse.read.tree import Scalar

PRODUCT_WORDS = frozenset({"key", "status", "citation", "text", "term", "terms", "page", "theme", "span"})
"""Words of the product in a fiche: no field may bear one as its id."""

Kind = Annotated[
    Literal["text", "items", "terms", "choice", "number", "date"],
    BeforeValidator(word_from),
]


def _title_from(node: object) -> object:
    """A title is one text for every language, or a mapping of language to text."""
    if isinstance(node, Scalar):
        return {"": node.text}
    if hasattr(node, "entries"):
        return {key.text: word_from(value) for key, value in node.entries}
    return node


Title = Annotated[
    dict[str, str],
    BeforeValidator(_title_from),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}),
]


def titled(title: dict[str, str], lang: str) -> str:
    """The title in `lang`, or in any language that it has."""
    return title.get(lang) or title.get("") or next(iter(title.values()), "")


class Choice(Record):
    """One of the values of a `choice` field."""

    shorthand = "id"
    id: Word
    title: Title = {}


class Field(Record):
    """A field of the form: `type` rules what a fiche may write in it."""

    id: Annotated[Word, Described(description="the word that fiches use for this field")]
    type: Kind = "text"
    title: Title = {}
    required: Annotated[Flag, Described(description="a fiche is complete only when this field is filled")] = False
    label: Annotated[Flag | None, Described(description="whether the report prints the title above the value")] = None
    vocabulary: Annotated[Word | None, Described(description="terms: the list of vocabulary.yaml to draw on")] = None
    choices: Items[Choice] = ()
    unit: Annotated[Word | None, Described(description="number: its unit, such as % or mg")] = None

    @field_validator("id")
    @classmethod
    def _own_word(cls, value: str) -> str:
        if value in PRODUCT_WORDS:
            raise wrong("reserved-word", f'"{value}" is a word of the product and cannot name a field')
        return value

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
            if field.type == "choice" and not field.choices:
                message = f'the choice "{field.id}" has no choices'
                found.append(problem("missing-field", message, field.span, "add choices: [yes, no]"))
    ids: set[str] = set()
    for section in form.sections:
        if section.id in ids:
            found.append(problem("duplicate-field-id", f'the section "{section.id}" stands twice', section.span))
        ids.add(section.id)
    return found


__all__ = ["Choice", "Field", "Form", "Section", "Table", "check_form", "titled"]
