"""What was read of a paper: the value of `read:` in a fiche in; the texts, and how far each was read, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, create_model
from pydantic import Field as Described

from synopse.diagnostics import Span
from synopse.ground.packed import Packed
from synopse.model.base import Record, Text, word_from
from synopse.model.values import Dated, read_date_value
from synopse.read.tree import Scalar, Sequence

Extent = Literal["record", "abstract", "introduction", "sections", "whole", "about"]
FAR: tuple[Extent, ...] = ("record", "abstract", "introduction", "sections", "whole")
"""How far a paper's own text may be read, from the least to all; `about` is a text by somebody, or elsewhere, about it."""


@dataclass(frozen=True, slots=True)
class Reading(Packed):
    """One text that was read: its version or name, its date, its address, and how far it was read.

    `title` and `authors` are those that this text bears, where the record has others.
    """

    extent: Extent
    version: Scalar | None = None
    date: Dated | None = None
    link: Scalar | None = None
    title: Scalar | None = None
    authors: Scalar | None = None
    span: Span = Span("")

    @property
    def texts(self) -> tuple[Scalar, ...]:
        """What was typed, and is printed to the letter."""
        date = self.date.text if self.date else None
        return tuple(each for each in (self.version, date, self.link, self.title, self.authors) if each is not None)


def furthest(readings: Iterable[Reading]) -> Extent | None:
    """How far the paper itself was read, in whichever version; nothing where nothing is said of it."""
    own = [reading.extent for reading in readings if reading.extent in FAR]
    return max(own, key=FAR.index, default=None)


def named(readings: Iterable[Reading], source: Scalar) -> Reading | None:
    """The text that was read which a remark's source names by its version; nothing where it names none."""
    wanted = _folded(source)
    return next((each for each in readings if each.version is not None and _folded(each.version) == wanted), None)


def _folded(text: Scalar) -> str:
    return " ".join(text.text.casefold().split())


class _Shape(Record):
    """One text that was read: the paper's own in one of its versions, or one about it."""

    shorthand = "extent"
    extent: Annotated[
        Extent,
        BeforeValidator(word_from),
        Described(description="how far it was read; about: a text about the paper, such as somebody's note"),
    ]
    version: Annotated[
        Text | None, Described(description="which version, such as v1, or what the text is; a source: may name it")
    ] = None
    date: Text | None = None
    link: Annotated[Text | None, Described(description="its address")] = None
    title: Annotated[Text | None, Described(description="the title that it bears, where the record has another")] = None
    authors: Annotated[Text | None, Described(description="the authors that it names, where the record has others")] = (
        None
    )


def _reading(shape: Any) -> Reading:
    return Reading(shape.extent, shape.version, shape.date, shape.link, shape.title, shape.authors, shape.span)


def _one_or_more(node: object) -> object:
    """`read: abstract`, one mapping, or a list of them."""
    if isinstance(node, Sequence):
        return tuple(node.items)
    return () if isinstance(node, Scalar) and node.empty else (node,)


class _OneOrMore:
    """The JSON schema of `read`: how far alone, one text, or a list of texts."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        every = handler(core_schema)
        return {"anyOf": [{"enum": list(get_args(Extent))}, every["items"], every]}


def readings_type(lang: str) -> Any:
    """What the fiche's model takes for `read`: dates are those of the report's language, as in fields of dates."""

    def dated(scalar: Scalar) -> Dated:
        return read_date_value(scalar, lang)

    date = Annotated[Text, AfterValidator(dated)] | None
    shape: Any = create_model(
        "Reading", __base__=_Shape, __doc__=_Shape.__doc__, date=(date, Described(default=None, description="its date"))
    )
    return Annotated[
        tuple[Annotated[shape, AfterValidator(_reading)], ...], BeforeValidator(_one_or_more), _OneOrMore()
    ]
