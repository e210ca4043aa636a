"""What pydantic models need to be read from a located tree: values that keep their place, errors that have one.

Every `BeforeValidator` here takes a node of `synopse.read` and gives what the field needs. Its errors carry a code
of the catalogue as their type, so that `validated` can turn all of pydantic's errors into diagnostics.
"""

from __future__ import annotations

import os
import re
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_origin

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no other package has a say in how sources are read

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema, model_validator
from pydantic import Field as Described
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.ground.letters import composed
from synopse.locale import LANGUAGES
from synopse.locale.numerals import readings
from synopse.model.described import OPTIONS
from synopse.model.listed import as_list, at_commas
from synopse.read.commas import Ended, ended_text
from synopse.read.traps import as_quoted
from synopse.read.tree import Mapping, Node, Scalar, Sequence, at, type_names


def wrong(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error for pydantic to carry: its type is a code of the catalogue."""
    return PydanticCustomError(code, "{text}", {"text": message, "hint": hint})


def _is_empty(node: object) -> bool:
    return isinstance(node, Scalar) and node.empty


def text_from(node: object) -> object:
    """A text stays the scalar that it is, with its place."""
    if not isinstance(node, (Scalar, Sequence, Mapping)):
        return node
    if isinstance(node, Scalar):
        if node.empty:
            raise wrong("missing-field", "the text is empty")
        return node
    meant = rejoined_colon(node)
    if meant is not None:
        return meant
    raise wrong(_mismatch(node), f"expected a text, found {type_names[type(node)]}")


def _mismatch(node: Node) -> str:
    if isinstance(node, Sequence):
        return "yaml-bracket" if node.flow else "list-for-text"
    return "yaml-brace" if isinstance(node, Mapping) and in_braces(node) else "mapping-for-text"


def in_braces(node: Mapping) -> bool:
    """Whether a mapping stands between { and }; a text with a colon in a list in brackets is one without them."""
    return node.flow and node.raw.startswith("{")


def rejoined_colon(node: Node, known: frozenset[str] = frozenset()) -> Scalar | None:
    """The original text of a plain scalar that YAML split at `: ` into a key and a value.

    Only where the mapping can be nothing else: one key, without braces, none of the product's words.
    """
    if not isinstance(node, Mapping) or in_braces(node) or len(node.entries) != 1:
        return None
    key, value = node.entries[0]
    if key.text in known or key.style is not None or not isinstance(value, (Scalar, Mapping)):
        return None
    if isinstance(value, Scalar) and value.style in ("|", ">"):
        return None
    raw = _as_written(node)
    return Scalar(composed(re.sub(r"\s*\n\s*", " ", raw)), node.span, "colon", raw)


def _as_written(node: Mapping) -> str:
    """What a mapping's own words are in the source: without the comments and blank lines that follow its last value."""
    line, column = _end(node)
    lines = node.raw.split("\n")[: line - node.span.line + 1]
    lines[-1] = lines[-1][: column - (node.span.column if len(lines) == 1 else 1)]
    raw = "\n".join(lines)
    colon = re.match(r"[ \t]*:(?=\s|$)", node.raw[len(raw) :])
    return raw + (colon[0] if colon else "")


def _end(node: Node) -> tuple[int, int]:
    """The line and the column where the last word of a value ends."""
    if isinstance(node, Mapping) and node.entries:
        key, value = node.entries[-1]
        nothing = isinstance(value, Scalar) and not value.raw
        return _end(key if nothing else value)
    return node.span.end_line, node.span.end_column


def word_from(node: object) -> object:
    """A word of the product (a choice, an id): the bare string."""
    if isinstance(node, Scalar):
        if node.empty:
            raise wrong("missing-field", "the word is empty")
        return node.text.strip()
    return _not_a_text(node)


def _not_a_text(node: object) -> object:
    if isinstance(node, (Sequence, Mapping)):
        raise wrong(_mismatch(node), f"expected a word, found {type_names[type(node)]}", _without_brackets(node))
    return node


def _without_brackets(node: Node) -> str:
    """The hint for a list of words where one word is read: the words without the brackets; often none."""
    if not isinstance(node, Sequence) or not node.flow or not node.items:
        return ""
    words = [each.text for each in node.items if isinstance(each, Scalar) and not each.empty]
    return f"write {as_quoted(', '.join(words))}, without brackets" if len(words) == len(node.items) else ""


def list_from(node: object) -> object:
    """A list; an empty value is an empty list, and one value alone is told to be put in a list."""
    if isinstance(node, Sequence):
        return tuple(node.items)
    if _is_empty(node):
        return ()
    if isinstance(node, (Scalar, Mapping)):
        raise wrong("text-for-list", f"expected a list, found {type_names[type(node)]}")
    return node


def mapping_from(node: object) -> object:
    """Keys and values, for a field that is a `dict`."""
    if isinstance(node, Mapping):
        return {key.text: value for key, value in node.entries}
    if isinstance(node, (Scalar, Sequence)):
        if _is_empty(node):
            return {}
        raise wrong("text-for-mapping", f"expected a mapping (key: value), found {type_names[type(node)]}")
    return node


def flag_from(node: object) -> object:
    """`true` or `false`, in YAML 1.2's words (its section 10.2.1.2)."""
    word = word_from(node)
    if word in ("true", "True", "TRUE"):
        return True
    if word in ("false", "False", "FALSE"):
        return False
    if isinstance(word, str):
        raise wrong("wrong-choice", f'"{word}" is neither true nor false')
    return word


def number_from(node: object) -> object:
    """A whole number from its digits; `1e3` and `012` are not. Of `1.254` the digits are told, as some languages write it."""
    word = word_from(node)
    if isinstance(word, str):
        if not re.fullmatch(r"0|[1-9][0-9]*", word):
            found = {number for lang in LANGUAGES for number in readings(word, lang) if number == number.to_integral()}
            meant = [format(number.to_integral(), "f") for number in sorted(found) if number >= 0]
            raise wrong(
                "not-a-number", f'"{word}" is not a whole number', f"write {' or '.join(meant)}" if meant else ""
            )
        return int(word)
    return word


T = TypeVar("T")
TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
"""What an editor's YAML reader may see in a text: `2025` and `no` are texts here, whatever it thinks of them."""
Text = Annotated[Scalar, BeforeValidator(text_from), WithJsonSchema(TEXT_SCHEMA)]
Word = Annotated[str, BeforeValidator(word_from), WithJsonSchema(TEXT_SCHEMA)]
Flag = Annotated[bool, BeforeValidator(flag_from)]
Whole = Annotated[int, BeforeValidator(number_from)]
Items = Annotated[tuple[T, ...], BeforeValidator(list_from)]
Table = Annotated[dict[str, T], BeforeValidator(mapping_from)]


_SPAN, _PLACES = "\0span", "\0places"
"""What a record keeps beside what was typed, under keys that no person can write: `span: x` is an unknown field."""


class Record(BaseModel):
    """A frozen model read from a mapping; it keeps the mapping's span. `shorthand` names the field of a bare text."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
        defer_build=True,  # what was read before comes from the cache, and needs no validator
    )
    shorthand: ClassVar[str | None] = None
    span: Annotated[SkipJsonSchema[Span], Described(alias=_SPAN)] = Span("")

    @staticmethod
    def parted(text: str) -> list[str]:
        """How several such are found in one text that stands where a list of them is wanted."""
        return at_commas(text)

    @model_validator(mode="before")
    @classmethod
    def _from_node(cls, node: Any) -> Any:
        if isinstance(node, Mapping):
            typed = {key.text: value for key, value in node.entries}
            return cls._own(node) | {k: v for k, v in typed.items() if not cls._left_empty(k, v)}
        if isinstance(node, Scalar) and cls.shorthand:
            return {_SPAN: node.span, cls.shorthand: node}
        if isinstance(node, (Scalar, Sequence)):
            raise wrong("text-for-mapping", f"expected a mapping (key: value), found {type_names[type(node)]}")
        return node

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """The schema of the mapping; where a bare text may stand for it, that as well."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        for name, said in OPTIONS.get(cls.__name__, {}).items():
            if name in schema.get("properties", {}):
                schema["properties"][name].setdefault("description", said)
        if cls.shorthand and "anyOf" not in schema:
            mapping = dict(schema)
            schema.clear()
            schema["anyOf"] = [TEXT_SCHEMA, mapping]
        return schema

    @classmethod
    def _own(cls, node: Mapping) -> dict[str, Any]:
        """What a record keeps of its mapping beside the values."""
        return {_SPAN: node.span}

    @classmethod
    def _left_empty(cls, key: str, value: object) -> bool:
        field = fields_of(cls).get(key)
        return _is_empty(value) and field is not None and not field.is_required()


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the words that a person writes for them."""
    return {info.alias or name: info for name, info in model.model_fields.items() if not is_own(info.alias or name)}


def is_own(key: str) -> bool:
    """Whether a key is one of the product's own, which no source can hold: it begins with a NUL."""
    return key.startswith("\0")


class Placed(Record):
    """A record that also keeps where each of its keys, and the key's value, was written; values may be bare numbers."""

    places: Annotated[SkipJsonSchema[dict[str, tuple[Span, Span]]], Described(alias=_PLACES)] = {}

    @classmethod
    def _own(cls, node: Mapping) -> dict[str, Any]:
        return super()._own(node) | {_PLACES: {key.text: (key.span, value.span) for key, value in node.entries}}

    def key_place(self, name: str) -> Span:
        """Where a key was written; the record where it was not."""
        return self.places.get(name, (self.span, self.span))[0]

    def value_place(self, name: str) -> Span:
        """Where the value of a key was written; the record where it was not."""
        return self.places.get(name, (self.span, self.span))[1]


M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], tree: Node) -> tuple[M | None, list[Diagnostic]]:
    """The model of `tree`, or all that is wrong with it, each error at its node."""
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        return None, list(dict.fromkeys(_diagnostic(each, model, tree) for each in errors))


_ONE_ITEM = "begin the value with a dash, on its own line"


def after_a_comma(ended: Ended, record: type[BaseModel] | None = None) -> Diagnostic:
    """What is said of a text between { and } that a comma ended, in a record or in a mapping of any keys."""
    name = ended.key.text
    if _takes_several(record, name):
        hints = [ended.as_list(name)]
    else:
        hints = [ended.in_quotes] + ([ended.as_list(f"{name}s")] if _takes_several(record, f"{name}s") else [])
    return problem("yaml-comma", ended.message, ended.span, *hints)


def _takes_several(record: type[BaseModel] | None, name: str) -> bool:
    """Whether a field takes a list."""
    info = fields_of(record).get(name) if record else None
    return info is not None and get_origin(info.annotation) is tuple


def _diagnostic(error: Any, model: type[BaseModel], tree: Node) -> Diagnostic:
    path, kind = tuple(error["loc"]), error["type"]
    node = at(tree, path)
    span, name = node.span, str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        parent = at(tree, path[:-1])
        key = parent.key(name) if isinstance(parent, Mapping) else None
        known = _fields_at(model, path[:-1])
        ended = ended_text(parent, name) if isinstance(parent, Mapping) else None
        if ended:
            return after_a_comma(ended, _record_at(model, path[:-1]))
        titled = [
            word for word, info in (fields_of(model) if len(path) == 1 else {}).items() if same_title(info.title, name)
        ]
        hint = f'this is the title of the field "{titled[0]}": write {titled[0]}' if titled else ""
        hint = hint or did_you_mean(name, known) or f"known here: {', '.join(known)}"
        return problem("unknown-field", f'unknown field "{name}"', key.span if key else span, hint)
    if kind == "missing":
        start = Span(span.file, span.line, span.column, span.line, span.column + 1)
        return problem("missing-field", f'the field "{name}" is missing', start, f'add a line "{name}: …"')
    if kind in ("literal_error", "enum"):
        expected = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        word = node.text if isinstance(node, Scalar) else ""
        known = expected.split(", ")
        hint = did_you_mean(word, known) or f"one of: {expected}"
        return problem("wrong-choice", f'"{word}" is not a choice here', span, hint)
    if kind == "missing-field" and isinstance(node, Scalar) and node.empty:
        around = at(tree, path[:-1])
        if isinstance(around, Mapping) and (ended := ended_text(around, name)):
            return after_a_comma(ended)
        message = f'the field "{name}" is empty' if not name.isdigit() else "an item of the list is empty"
        return problem(kind, message, span, "write its text, or remove the line")
    hints: tuple[str, ...] = ()
    told = error.get("ctx", {}).get("hint", "")
    if kind in ("yaml-bracket", "yaml-brace") and isinstance(node, (Sequence, Mapping)) and not told:
        hints = (f"if it is a text, write {as_quoted(node.raw)}",)
    if kind == "text-for-list" and isinstance(node, Scalar):
        record = _record_at(model, path)
        parted = record.parted if record is not None and issubclass(record, Record) else at_commas
        lines = as_list(node, parted)
        each = "begin each item with a dash, on its own line" if "\n- " in lines else _ONE_ITEM
        hints = (f"{each}:\n{lines}",)
    keys = [key for key in _fields_at(model, path) if key] if kind in ("text-for-list", "text-for-mapping") else []
    if keys and not hints:
        shape = f"{{{', '.join(f'{key}: …' for key in keys)}}}"
        hints = (f"write a list of such: - {shape}" if kind == "text-for-list" else f"write some of {shape}",)
    if kind == "list-for-text":
        hints = ("write one text; after | it may hold several paragraphs and lists",)
    if "text" not in error.get("ctx", {}):
        return problem("wrong-value", error["msg"][0].lower() + error["msg"][1:], span)
    return problem(kind, error["ctx"]["text"], span, *hints, told)


def same_title(title: str | None, name: str) -> bool:
    """Whether a person wrote the title of a field for its key."""
    return bool(title) and str(title).casefold().strip() == name.casefold().strip()


def _record_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The record that the model reads at `path`, alone or in a list."""
    current: Any = model
    for step in path:
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, BaseModel):
            info = fields_of(current).get(step)
            if info is None:
                return None
            current = info.annotation
        current = _inner(current)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _fields_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The field names that the model knows at `path`."""
    record = _record_at(model, path)
    return list(fields_of(record)) if record else []


def _inner(annotation: Any) -> Any:
    """The record type inside `tuple[X, ...]`, `dict[str, X]`, `X | None`, `Annotated[X, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner(argument)
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
    return annotation
