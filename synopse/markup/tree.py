"""The tree of a text: inlines (words, emphasis, citations, maths …) and blocks (paragraphs, lists, tables …)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from synopse.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Text:
    """Words, taken to the letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Inlines in a style. `case` keeps the capitals of a reference's title; `plain` adds nothing."""

    style: Literal["emph", "strong", "smallcaps", "super", "sub", "strike", "mono", "case", "plain"]
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Inlines between the language's quotes."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Words in a fixed width, to the letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula whose commands were all found harmless."""

    latex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the person asked for."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the web, or to a place inside the document: `#` and the key of a fiche, or the id of a table."""

    target: str
    children: tuple[Inline, ...]
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a place of the document by its number: `[@tab:themes]` is « tableau 4.2 »."""

    kind: Literal["table", "figure", "section", "fiche"]
    target: str
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class CitedKey:
    """One key of a citation, with what stands before it, its locator, and whether the author is left out.

    `typed` is what a person may have meant as the key where more than the key was typed.
    """

    key: str
    prefix: str = ""
    locator: Locator | None = None
    suffix: str = ""
    no_author: bool = False
    span: Span = Span("")
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in the cited work: CSL's name of its kind (`page`, `chapter` …; empty for a bare text), its value, and the word that was typed."""

    kind: str
    value: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation: in brackets, or as part of the sentence (`in_text`)."""

    keys: tuple[CitedKey, ...]
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class ValueOf:
    """A value that the report computes, such as `papers.count`."""

    expression: str
    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """An image under `sources/`; `path` is relative to that folder."""

    path: str
    alt: str
    caption: tuple[Inline, ...] = ()


Inline = Text | Styled | Quoted | Code | Math | Break | Link | Ref | Cite | ValueOf | Footnote | Image


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `start` is the first number of an ordered one, `delimiter` the sign after each number."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    span: Span
    delimiter: str = "."


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter, of level 1 (a section) and up."""

    level: int
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    span: Span


@dataclass(frozen=True, slots=True)
class PipeTable:
    """A table that a person drew: head, rows, the alignment of each column; its caption, and the widths it asks for, if any."""

    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Literal["left", "center", "right"], ...]
    span: Span
    caption: tuple[Inline, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An image that stands alone in its paragraph."""

    image: Image
    span: Span


Block = Paragraph | ListOf | Quote | CodeBlock | Heading | Rule | PipeTable | Figure


def mapped(inlines: tuple[Inline, ...], change: Callable[[Inline], tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """The inlines with each one replaced by what `change` gives, the innermost first."""
    result: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, (Styled, Quoted, Link)):
            inline = replace(inline, children=mapped(inline.children, change))
        elif isinstance(inline, Footnote):
            inline = Footnote(mapped_blocks(inline.blocks, change))
        elif isinstance(inline, Image):
            inline = replace(inline, caption=mapped(inline.caption, change))
        result += change(inline)
    return tuple(result)


def mapped_blocks(blocks: tuple[Block, ...], change: Callable[[Inline], tuple[Inline, ...]]) -> tuple[Block, ...]:
    """The blocks with every inline in them changed."""

    def one(block: Block) -> Block:
        match block:
            case Paragraph() | Heading():
                return replace(block, children=mapped(block.children, change))
            case ListOf():
                return replace(block, items=tuple(mapped_blocks(item, change) for item in block.items))
            case Quote():
                return replace(block, blocks=mapped_blocks(block.blocks, change))
            case PipeTable():
                head = tuple(mapped(cell, change) for cell in block.head)
                rows = tuple(tuple(mapped(cell, change) for cell in row) for row in block.rows)
                return replace(block, head=head, rows=rows, caption=mapped(block.caption, change))
            case Figure():
                changed = mapped((block.image,), change)
                if len(changed) == 1 and isinstance(changed[0], Image):
                    return Figure(changed[0], block.span)
                return Paragraph(changed, block.span)
            case _:
                return block

    return tuple(one(block) for block in blocks)


def walk_inlines(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline among these and within them."""
    yield from walk((Paragraph(inlines, Span("")),))


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block among these and within them, those of footnotes too."""
    for block in blocks:
        yield block
        if isinstance(block, ListOf):
            yield from walk_blocks(tuple(each for item in block.items for each in item))
        elif isinstance(block, Quote):
            yield from walk_blocks(block.blocks)
        elif not isinstance(block, Figure):
            yield from (
                each for note in walk((block,)) if isinstance(note, Footnote) for each in walk_blocks(note.blocks)
            )


def walk(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline in the blocks."""
    seen: list[Inline] = []

    def note(inline: Inline) -> tuple[Inline, ...]:
        seen.append(inline)
        return (inline,)

    mapped_blocks(blocks, note)
    yield from seen
