"""What a fiche says of the readings that it was settled from: `consensus:`, `decide:` and `same:` in; frozen values out.

`doit consensus` writes the first two. A field under `decide` waits for a person; the readings stand there side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from synopse.diagnostics import Span
from synopse.ground.packed import Packed
from synopse.model.base import TEXT_SCHEMA, wrong
from synopse.read.tree import Mapping, Node, Scalar, Sequence

UNANIMOUS, READINGS, ASKED = "unanimous", "readings", "asked"


@dataclass(frozen=True, slots=True)
class Consensus(Packed):
    """The fields that all readers agreed in, and for each reader the digest of every field as it was then."""

    unanimous: dict[str, str]
    readings: dict[str, dict[str, str]]
    spans: dict[str, Span]
    """Where each reader stands in it."""
    asked: dict[str, str]
    """What was asked, by field: a digest of the readings and one of the lines under `decide:`."""


@dataclass(frozen=True, slots=True)
class Question(Packed):
    """A field that a person is to decide, by whom it was read, and where that is asked."""

    field: str
    readers: tuple[str, ...]
    span: Span


def _words(node: Node | None) -> dict[str, str]:
    """A mapping of words."""
    if not isinstance(node, Mapping):
        return {}
    return {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}


def _consensus(node: object) -> object:
    if isinstance(node, Scalar) and node.empty:
        return None
    if not isinstance(node, Mapping):
        raise wrong("text-for-mapping", "doit consensus writes this block: remove it, and let it be written again")
    readings = node.get(READINGS)
    each = readings.entries if isinstance(readings, Mapping) else ()
    return Consensus(
        _words(node.get(UNANIMOUS)),
        {reader.text: _words(value) for reader, value in each},
        {reader.text: reader.span for reader, _ in each},
        _words(node.get(ASKED)),
    )


def _questions(node: object) -> object:
    if isinstance(node, Scalar) and node.empty:
        return ()
    if not isinstance(node, Mapping):
        raise wrong("text-for-mapping", "expected the fields that are to be decided, each with its readings")
    return tuple(
        Question(
            key.text, tuple(name.text for name, _ in value.entries) if isinstance(value, Mapping) else (), key.span
        )
        for key, value in node.entries
    )


def _groups(node: object) -> object:
    """`same: [[RCT, randomised trial], [a, b, c]]`."""
    if isinstance(node, Scalar) and node.empty:
        return ()
    groups = node.items if isinstance(node, Sequence) else ()
    if not groups or not all(isinstance(each, Sequence) for each in groups):
        raise wrong(
            "text-for-list", "expected lists of wordings that mean the same, such as: [[RCT, randomised trial]]"
        )
    return tuple(
        tuple(each for each in group.items if isinstance(each, Scalar))
        for group in groups
        if isinstance(group, Sequence)
    )


_OPEN: dict[str, Any] = {"type": "object"}
ConsensusOf = Annotated[Any, BeforeValidator(_consensus), WithJsonSchema(_OPEN)]
Questions = Annotated[Any, BeforeValidator(_questions), WithJsonSchema(_OPEN)]
SameWords = Annotated[
    Any,
    BeforeValidator(_groups),
    WithJsonSchema({"type": "array", "items": {"type": "array", "items": TEXT_SCHEMA}}),
]
Wordings = tuple[tuple[Scalar, ...], ...]
