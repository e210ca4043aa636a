"""The note of one paper: a located tree and a form in, a `Fiche` out. The fiche's shape is made from the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, create_model
from pydantic import Field as Described

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.keys import wrong_in_key
from synopse.ground.packed import Packed
from synopse.locale import DEFAULT
from synopse.model.base import (
    Items,
    Record,
    Text,
    Word,
    list_from,
    rejoined_colon,
    text_from,
    validated,
    word_from,
    wrong,
)
from synopse.model.form import Field, Form, titled
from synopse.model.values import Chosen, Dated, Number, other_number, read_choice, read_date_value, read_number
from synopse.read.traps import as_quoted
from synopse.read.tree import Mapping, Node, Scalar, Sequence

Status = Literal["complete", "partial", "todo"]


@dataclass(frozen=True, slots=True)
class Remark(Packed):
    """One remark: its text, where in the paper it stands, the themes that it carries."""

    text: Scalar
    page: str = ""
    themes: tuple[Scalar, ...] = ()

    @property
    def span(self) -> Span:
        """Where the remark's words stand."""
        return self.text.span


@dataclass(frozen=True, slots=True)
class TermUse(Packed):
    """Terms of the vocabulary that a paper uses, with a remark about them where there is one."""

    terms: tuple[Scalar, ...]
    text: Scalar | None = None
    page: str = ""
    themes: tuple[Scalar, ...] = ()

    @property
    def span(self) -> Span:
        """Where the first term, or the remark, stands."""
        return (self.text or self.terms[0]).span


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
class Fiche:
    """The note of one paper. `values` holds the fields that were filled, by the form's field ids."""

    key: str
    key_span: Span
    status: Status
    citation: AsRead | None
    values: dict[str, Value]
    span: Span
    empty: tuple[tuple[str, Span], ...] = field(default=(), compare=False)

    @property
    def file(self) -> str:
        """The file that the fiche was read from."""
        return self.span.file

    def remarks(self, name: str) -> tuple[Remark, ...]:
        """The remarks of a field, whatever its type: an `items` field's own, those of its terms, a text as one."""
        value = self.values.get(name)
        if isinstance(value, Scalar):
            return (Remark(value),)
        if not isinstance(value, tuple):
            return ()
        found = []
        for each in value:
            if isinstance(each, Remark):
                found.append(each)
            elif each.text is not None:
                found.append(Remark(each.text, each.page, each.themes))
        return tuple(found)

    def terms(self, name: str) -> tuple[TermUse, ...]:
        """The uses of terms in a `terms` field."""
        value = self.values.get(name)
        return tuple(each for each in value if isinstance(each, TermUse)) if isinstance(value, tuple) else ()


def fiche_texts(fiche: Fiche) -> Iterator[Scalar]:
    """Every text of a fiche that is written in the markup."""
    for value in fiche.values.values():
        if isinstance(value, Scalar):
            yield value
        elif isinstance(value, tuple):
            yield from (each.text for each in value if each.text is not None)


def citation_texts(fiche: Fiche) -> Iterator[Scalar]:
    """The citation as it was read, and the values that are printed to the letter."""
    read = fiche.citation
    if read is not None:
        fields = (read.authors, read.date, read.title, read.source, read.url, read.doi)
        yield from (scalar for scalar in fields if scalar is not None)
    for value in fiche.values.values():
        if isinstance(value, (Number, Dated, Chosen)):
            yield value.text
        elif isinstance(value, tuple):
            yield from (term for each in value for term in getattr(each, "terms", ()))


class _Citation(Record):
    authors: Annotated[Text | None, Described(description="as the person read it, such as: Guiyao Tie, et al.")] = None
    date: Text | None = None
    title: Text | None = None
    source: Text | None = None
    url: Text | None = None
    doi: Text | None = None


def _one_or_more(node: object) -> object:
    if isinstance(node, Scalar):
        return () if node.empty else (node,)
    return list_from(node)


_TEXTS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Themes = Annotated[tuple[Scalar, ...], BeforeValidator(_one_or_more), WithJsonSchema(_TEXTS_SCHEMA)]


class _RemarkShape(Record):
    shorthand = "text"
    text: Text
    page: Annotated[Word, Described(description="where in the paper, such as 14 or 14-16")] = ""
    theme: Themes = ()


class _TermShape(Record):
    shorthand = "term"
    term: Text | None = None
    terms: Items[Text] = ()
    text: Text | None = None
    page: Word = ""
    theme: Themes = ()


_REMARK_WORDS = frozenset({"text", "page", "theme"})
_TERM_WORDS = _REMARK_WORDS | {"term", "terms"}


def _remark_from(node: object) -> object:
    meant = rejoined_colon(node, _REMARK_WORDS) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence):
        return text_from(node)
    if isinstance(node, Mapping) and node.flow:
        _flow_mapping(node, _REMARK_WORDS)
    return meant or node


def _term_from(node: object) -> object:
    meant = rejoined_colon(node, _TERM_WORDS) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence):
        return text_from(node)
    return meant or node


def _flow_mapping(node: Mapping, known: frozenset[str]) -> None:
    if not any(key.text in known for key, _ in node.entries):
        raise wrong("yaml-brace", "a text that begins with { is read by YAML as a mapping")


def _remark(shape: _RemarkShape) -> Remark:
    return Remark(shape.text, shape.page, shape.theme)


def _term(shape: _TermShape) -> TermUse:
    terms = (shape.term,) if shape.term else shape.terms
    if not terms:
        raise wrong("missing-field", 'a use of terms needs "term" or "terms"')
    return TermUse(terms, shape.text, shape.page, shape.theme)


def _filled_items(node: object) -> object:
    """The list without its empty items (a lone dash)."""
    items = list_from(node)
    return tuple(i for i in items if not (isinstance(i, Scalar) and i.empty)) if isinstance(items, tuple) else items


RemarkValue = Annotated[_RemarkShape, BeforeValidator(_remark_from), AfterValidator(_remark)]
TermValue = Annotated[_TermShape, BeforeValidator(_term_from), AfterValidator(_term)]
_VALUES: dict[str, Any] = {
    "text": Text,
    "items": Annotated[tuple[RemarkValue, ...], BeforeValidator(_filled_items)],
    "terms": Annotated[tuple[TermValue, ...], BeforeValidator(_filled_items)],
}


def _kind_of(field: Field, lang: str) -> Any:
    """What the fiche model takes for a field: numbers are read as the report's language writes them."""

    def number(scalar: Scalar) -> Number:
        return read_number(scalar, field, lang)

    def dated(scalar: Scalar) -> Dated:
        return read_date_value(scalar, lang)

    def chosen(scalar: Scalar) -> Chosen:
        return read_choice(scalar, field)

    readers = {"number": number, "date": dated, "choice": chosen}
    return Annotated[Text, AfterValidator(readers[field.type])] if field.type in readers else _VALUES[field.type]


def _key(scalar: Scalar) -> Scalar:
    """A key is not printed, and yet stands in labels, in a .bib file and in names of files: it has a grammar."""
    why = wrong_in_key(scalar.text.strip()) if scalar.text.strip() else ""
    if why:
        raise wrong("unfit-key", f'"{scalar.text.strip()}" cannot be a key: {why}')
    return scalar


def fiche_model(form: Form, lang: str = DEFAULT) -> type[Record]:
    """The pydantic model of the form's fiches: the product's words, then every field of the form."""
    shape: dict[str, Any] = {
        "key": (Annotated[Text, AfterValidator(_key)], Described(description="the reference's key in bib/")),
        "status": (Annotated[Status, BeforeValidator(word_from)], Described(default="complete")),
        "citation": (_Citation | None, Described(default=None, description="as the person read it")),
    }
    for number, form_field in enumerate(form.fields.values()):
        kind = _kind_of(form_field, lang)
        title = titled(form_field.title, lang) or form_field.id
        shape[f"field_{number}"] = (kind | None, Described(default=None, title=title, alias=form_field.id))
    return create_model("Fiche", __base__=Record, **shape)


def read_fiche(
    tree: Node, model: type[Record], form: Form, lang: str = DEFAULT
) -> tuple[Fiche | None, list[Diagnostic]]:
    """The fiche of a tree, or all that is wrong with it; `model` is `fiche_model(form, lang)`."""
    record, found = validated(model, tree)
    found += _colon_notes(tree, form)
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
    written = {name: getattr(typed, f"field_{number}") for number, name in enumerate(form.fields)}
    values = {name: value for name, value in written.items() if value not in (None, ())}
    values = {name: value for name, value in values.items() if not (isinstance(value, Scalar) and value.empty)}
    empty = tuple((k.text, k.span) for k, v in tree.entries if k.text in form.fields and k.text not in values)
    fiche = Fiche(key.text.strip(), key.span, typed.status, as_read, values, tree.span, empty)
    return fiche, found + _check_filled(fiche, form) + _other_numbers(fiche, form, lang)


def _check_filled(fiche: Fiche, form: Form) -> list[Diagnostic]:
    """A fiche said to be complete has every required field; an empty field is noted."""
    found: list[Diagnostic] = []
    written = dict(fiche.empty)
    for name, form_field in form.fields.items():
        if name in fiche.values:
            continue
        if form_field.required and fiche.status == "complete":
            span = written.get(name, fiche.key_span)
            message = f'the field "{name}" is required in a fiche that is complete'
            found.append(problem("missing-field", message, span, f'fill "{name}", or write "status: partial"'))
        elif name in written and fiche.status == "complete":
            message = f'the field "{name}" is empty'
            found.append(problem("empty-field", message, written[name], "fill it, or remove the line"))
    return found


def _other_numbers(fiche: Fiche, form: Form, lang: str) -> list[Diagnostic]:
    """Warnings for the numbers that a person of another language would take for others."""
    found: list[Diagnostic] = []
    for name, value in fiche.values.items():
        other = other_number(value, form.fields[name], lang) if isinstance(value, Number) else ""
        if other and isinstance(value, Number) and value.value is not None:
            read = format(value.value.normalize(), "f")
            message = (
                f'"{value.text.text}" is taken for {read}, as the report\'s language writes it, and not for {other}'
            )
            hint = f"write {read} or {other}, which have one reading"
            found.append(problem("other-reading", message, value.text.span, hint))
    return found


def _colon_notes(tree: Node, form: Form) -> list[Diagnostic]:
    """Notes for every remark or text that YAML read as `key: value` and that is taken as the text it is."""
    found: list[Diagnostic] = []
    if not isinstance(tree, Mapping):
        return found
    for key, value in tree.entries:
        form_field = form.fields.get(key.text)
        if not form_field or form_field.type not in ("text", "items", "terms"):
            continue
        known = {"items": _REMARK_WORDS, "terms": _TERM_WORDS}.get(form_field.type, frozenset())
        for node in value.items if isinstance(value, Sequence) else (value,):
            meant = rejoined_colon(node, known)
            if meant is None or (isinstance(value, Mapping) and form_field.type != "text"):
                continue
            message = f'a text with " : " was read by YAML as the key "{node.entries[0][0].text}"'  # type: ignore[union-attr]
            hint = f"it is taken as the text that it is; to be sure, write\n{as_quoted(meant.text)}"
            found.append(problem("yaml-colon-key", message, meant.span, hint))
    return found
