"""The tree in, nodes of pandoc's out: inline text and blocks. Never through a text of another markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from synopse.diagnostics import Span
from synopse.locale import Catalogue
from synopse.markup.maths import written_maths
from synopse.markup.text import Cited, plain
from synopse.markup.tree import (
    Block,
    Break,
    Cite,
    Code,
    CodeBlock,
    Figure,
    Footnote,
    Heading,
    Image,
    Inline,
    Link,
    ListOf,
    Math,
    Paragraph,
    PipeTable,
    Quote,
    Quoted,
    Ref,
    Rule,
    Styled,
    Text,
    ValueOf,
)
from synopse.render.html.text import anchor, identifier, is_safe, place_token
from synopse.render.pandoc.ast import NO_ATTR, Node, cell, header, link, node, span, table, words

_STYLES = {"emph": "Emph", "strong": "Strong", "smallcaps": "SmallCaps", "super": "Superscript", "sub": "Subscript",
           "strike": "Strikeout"}  # fmt: skip
_TAGS = {"i": "Emph", "em": "Emph", "b": "Strong", "strong": "Strong", "sup": "Superscript", "sub": "Subscript"}
ALIGN = {"left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}


class PandocWriter:
    """Writes inlines and blocks. Each remark, paragraph and cell bears a bookmark that says where it was written."""

    def __init__(self, said: Catalogue, cited: Cited, images: Mapping[str, Path]) -> None:
        self.said, self.cited, self.images = said, cited, images
        self.depth = 0
        self.marks = 0
        self.waiting: list[tuple[Node, str]] = []
        """References by number, which are known once the whole is written: the node, and the name of the place."""
        self.field: dict[str, str] = {}
        """For live citations: of each key, what the field of a citation says (`office.zotero`)."""

    def marked(self, inlines: list[Node], place: Span | None) -> list[Node]:
        """Inlines within a bookmark of the place where they were written."""
        if place is None or not place.file or not inlines:
            return inlines
        self.marks += 1
        return [span(inlines, bookmark(place, self.marks))]

    def inlines(self, inlines: Iterable[Inline]) -> list[Node]:
        """The inlines."""
        return [each for inline in inlines for each in self._inline(inline)]

    def blocks(self, blocks: Iterable[Block], level: int = 2) -> list[Node]:
        """The blocks; `level` is that of a heading of the first level in them."""
        return [each for block in blocks for each in self._block(block, level)]

    def flow(self, blocks: tuple[Block, ...], place: Span | None = None) -> list[Node]:
        """The blocks of an item, the first of which bears the bookmark."""
        if blocks and isinstance(blocks[0], Paragraph):
            first = node("Plain", self.marked(self.inlines(blocks[0].children), place or blocks[0].span))
            return [first, *self.blocks(blocks[1:], 6)]
        return self.blocks(blocks, 6)

    def _inline(self, inline: Inline) -> list[Node]:
        match inline:
            case Text(text):
                return words(text)
            case Styled(style, children):
                inside = self.inlines(children)
                if style == "mono":
                    return [node("Code", [NO_ATTR, plain(children, self.said, self.cited)])]
                return [node(_STYLES[style], inside)] if style in _STYLES else inside
            case Quoted(children):
                opening, closing = self.said.quotes[:2] if self.depth % 2 == 0 else self.said.quotes[2:]
                self.depth += 1
                inside = self.inlines(children)
                self.depth -= 1
                return [*words(opening), *inside, *words(closing)]
            case Code(text):
                return [node("Code", [NO_ATTR, text])]
            case Math(latex, display):
                return [node("Math", [node("DisplayMath" if display else "InlineMath"), written_maths(latex)])]
            case Break():
                return [node("LineBreak")]
            case Link(target, children):
                inside = self.inlines(children)
                if target.startswith("#"):
                    return [link(inside, f"#{anchor(target)}")]
                return [link(inside, target)] if is_safe(target) else inside
            case Cite():
                return self._cite(inline)
            case Ref(kind, target):
                name = f"{kind}:{target}" if kind in ("table", "figure") else target
                number = node("Str", "?")
                self.waiting.append((number, name))
                place = f"t-{identifier(target)}" if kind in ("table", "figure") else f"to-{identifier(target)}"
                return [link([node("Str", f"{self.said[f'ref.{kind}']}\u00a0"), number], f"#{place}")]
            case Footnote(blocks):
                return [node("Note", self.blocks(blocks, 6))]
            case Image(path, alt):
                return self._image(path, alt)
            case ValueOf(expression):
                return words("{{ " + expression + " }}")
        raise TypeError(inline)

    def _cite(self, cite: Cite) -> list[Node]:
        text = self.cited(cite)
        live = [self.field[key.key] for key in cite.keys if key.key in self.field]
        if live and len(live) == len(cite.keys):
            from synopse.render.pandoc.zotero import field_code

            return [node("RawInline", ["openxml", field_code(live, text)])]
        return [link(words(text), f"#ref-{identifier(cite.keys[0].key)}")]

    def _image(self, path: str, alt: str) -> list[Node]:
        source = self.images.get(path)
        if source is None:
            return words(alt)
        return [node("Image", [NO_ATTR, words(alt), [source.as_posix(), ""]])]

    def _block(self, block: Block, level: int) -> list[Node]:
        match block:
            case Paragraph(children):
                return [node("Para", self.marked(self.inlines(children), block.span))]
            case Heading(depth, children):
                return [header(min(level + depth - 1, 6), self.marked(self.inlines(children), block.span))]
            case ListOf(items, start):
                inside = [self.flow(item) for item in items]
                if start is None:
                    return [node("BulletList", inside)]
                return [node("OrderedList", [[start, node("Decimal"), node("Period")], inside])]
            case Quote(blocks):
                return [node("BlockQuote", self.blocks(blocks, 6))]
            case CodeBlock(text):
                return [node("CodeBlock", [NO_ATTR, text])]
            case Rule():
                return [node("HorizontalRule")]
            case PipeTable():
                return [self._table(block)]
            case Figure(image):
                shown = node("Plain", self._image(image.path, image.alt))
                caption = [node("Plain", self.inlines(image.caption))] if image.caption else []
                return [node("Figure", [NO_ATTR, [None, caption], [shown]])]
        raise TypeError(block)

    def _table(self, drawn: PipeTable) -> Node:
        count = len(drawn.align)
        aligns = [ALIGN[side] for side in drawn.align]
        whole = sum(drawn.widths) or count
        widths = [each / whole for each in drawn.widths] if drawn.widths else [1 / count] * count
        head = [cell([node("Plain", self.inlines(each))]) for each in drawn.head]
        rows = [
            [cell([node("Plain", self.marked(self.inlines(each), drawn.span))]) for each in row] for row in drawn.rows
        ]
        return table(self.inlines(drawn.caption), aligns, widths, head, rows)


def bookmark(place: Span, serial: int) -> str:
    """The name of a bookmark of a place: Word takes letters, digits and `_`, forty of them at most."""
    return f"s_{place_token(place).replace('-', '_')}_{serial}"


BOOKMARK = re.compile(r"s_(f[0-9a-z]+)_(\d+)_(\d+)_\d+")
"""A name of a bookmark of ours, in whole."""


def place_of_bookmark(name: str) -> tuple[str, int, int] | None:
    """What a bookmark of ours says: the token of a file, a line and a column; nothing for any other."""
    match = BOOKMARK.fullmatch(name)
    return (match[1], int(match[2]), int(match[3])) if match else None


class _Entry(HTMLParser):
    """Reads the little HTML of a formatted reference."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, Any, list[Node]]] = [("", "", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a style or a link."""
        self.stack.append((tag, dict(attrs).get("href") or "", []))

    def handle_endtag(self, tag: str) -> None:
        """Ends it."""
        if len(self.stack) < 2:
            return
        name, target, inside = self.stack.pop()
        made = [link(inside, target)] if name == "a" else [node(_TAGS[name], inside)] if name in _TAGS else inside
        self.stack[-1][2].extend(made)

    def handle_data(self, data: str) -> None:
        """Words."""
        self.stack[-1][2].extend(words(data))


def entry_inlines(entry: str) -> list[Node]:
    """A formatted reference (`bib.formatted`) as inlines."""
    reader = _Entry()
    reader.feed(entry)
    reader.close()
    while len(reader.stack) > 1:
        reader.handle_endtag(reader.stack[-1][0])
    return reader.stack[0][2]
