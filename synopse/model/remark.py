"""What a fiche's texts, items and terms may be: a located node in; a remark, or a use of terms, with its locator, out.

A value is a bare text, or a mapping with the text and where it comes from: the page and the section of the paper, and the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic import Field as Described

from synopse.diagnostics import Span
from synopse.ground.packed import Packed
from synopse.model.base import Items, Record, Text, Word, in_braces, list_from, rejoined_colon, text_from, wrong
from synopse.read.traps import as_quoted
from synopse.read.tree import Mapping, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Locator(Packed):
    """Where what a remark says can be found: the page, the section, and the text itself where it is not the paper's own.

    `source` is the version of a text under `read:`, an address, or the key of a reference, as it was typed.
    """

    page: str = ""
    section: str = ""
    source: Scalar | None = None

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return bool(self.page or self.section or self.source)


NOWHERE = Locator()


@dataclass(frozen=True, slots=True)
class Remark(Packed):
    """One remark: its text, where what it says can be found, the themes that it carries."""

    text: Scalar
    locator: Locator = NOWHERE
    themes: tuple[Scalar, ...] = ()

    @property
    def span(self) -> Span:
        """Where the remark's words stand."""
        return self.text.span

    @property
    def page(self) -> str:
        """The page of the paper."""
        return self.locator.page


@dataclass(frozen=True, slots=True)
class AboutTerms(Remark):
    """A remark about terms of the vocabulary."""

    terms: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class TermUse(Packed):
    """Terms of the vocabulary that a paper uses, with a remark about them where there is one."""

    terms: tuple[Scalar, ...]
    text: Scalar | None = None
    locator: Locator = NOWHERE
    themes: tuple[Scalar, ...] = ()

    @property
    def span(self) -> Span:
        """Where the first term, or the remark, stands."""
        return (self.text or self.terms[0]).span

    @property
    def page(self) -> str:
        """The page of the paper."""
        return self.locator.page


def _one_or_more(node: object) -> object:
    if isinstance(node, Scalar):
        return () if node.empty else (node,)
    return list_from(node)


_TEXTS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Themes = Annotated[tuple[Scalar, ...], BeforeValidator(_one_or_more), WithJsonSchema(_TEXTS_SCHEMA)]


class _Located(Record):
    page: Annotated[Word, Described(description="where in the paper, such as 14 or 14-16")] = ""
    section: Annotated[Word, Described(description="the section of the paper, by its number or its title")] = ""
    source: Annotated[
        Text | None,
        Described(description="where it was read: the version of a text under read:, an address, or a key of bib/"),
    ] = None

    @property
    def locator(self) -> Locator:
        """What was written of where it comes from."""
        return Locator(self.page, self.section, self.source) if self.page or self.section or self.source else NOWHERE


class _TextShape(_Located):
    """A text with where it comes from."""

    shorthand = "text"
    text: Text


class _RemarkShape(_Located):
    """A remark of a list."""

    shorthand = "text"
    text: Text
    theme: Themes = ()

    @staticmethod
    def parted(text: str) -> list[str]:
        """One remark, which may hold commas."""
        return [text.strip()]


class _TermShape(_Located):
    """Terms of the vocabulary that the paper uses."""

    shorthand = "term"
    term: Text | None = None
    terms: Items[Text] = ()
    text: Text | None = None
    theme: Themes = ()


TEXT_WORDS = frozenset({"text", "page", "section", "source"})
REMARK_WORDS = TEXT_WORDS | {"theme"}
TERM_WORDS = REMARK_WORDS | {"term", "terms"}
"""The product's words in a text, a remark, a use of terms: a colon behind another word is a colon of the text."""


def _text_from(node: object) -> object:
    """A text alone, or a mapping that has one."""
    if isinstance(node, Mapping) and any(key.text == "text" for key, _ in node.entries):
        return node
    return text_from(node)


def _remark_from(node: object) -> object:
    meant = rejoined_colon(node, REMARK_WORDS) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence):
        return text_from(node)
    if isinstance(node, Mapping) and node.flow and meant is None:
        _flow_mapping(node, REMARK_WORDS)
    return meant or node


def _term_from(node: object) -> object:
    meant = rejoined_colon(node, TERM_WORDS) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence):
        return text_from(node)
    return meant or node


def _flow_mapping(node: Mapping, known: frozenset[str]) -> None:
    if not any(key.text in known for key, _ in node.entries):
        if in_braces(node):
            raise wrong("yaml-brace", "a text that begins with { is read by YAML as a mapping")
        raise wrong("yaml-colon", 'a text that holds ": " is not a text for YAML', f"write {as_quoted(node.raw)}")


def _text(shape: _TextShape) -> Remark:
    return Remark(shape.text, shape.locator)


def _remark(shape: _RemarkShape) -> Remark:
    return Remark(shape.text, shape.locator, _once(shape.theme))


def _term(shape: _TermShape) -> TermUse:
    terms = (shape.term,) if shape.term else shape.terms
    if not terms:
        raise wrong("missing-field", 'a use of terms needs "term" or "terms"')
    return TermUse(terms, shape.text, shape.locator, _once(shape.theme))


def _once(themes: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    """The themes, each once: a remark carries one or does not."""
    return tuple({theme.text: theme for theme in reversed(themes)}.values())[::-1]


def _filled_items(node: object) -> object:
    """The list without its empty items (a lone dash)."""
    items = list_from(node)
    return tuple(i for i in items if not (isinstance(i, Scalar) and i.empty)) if isinstance(items, tuple) else items


TextValue = Annotated[_TextShape, BeforeValidator(_text_from), AfterValidator(_text)]
RemarkValue = Annotated[_RemarkShape, BeforeValidator(_remark_from), AfterValidator(_remark)]
TermValue = Annotated[_TermShape, BeforeValidator(_term_from), AfterValidator(_term)]
VALUES: dict[str, Any] = {
    "text": TextValue,
    "items": Annotated[tuple[RemarkValue, ...], BeforeValidator(_filled_items)],
    "terms": Annotated[tuple[TermValue, ...], BeforeValidator(_filled_items)],
}
"""What a fiche may write in a field of words, by the field's type."""
