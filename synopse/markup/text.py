"""Inlines and blocks in, plain text out: for CSV, spreadsheets, bookmarks and comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from synopse.locale import Catalogue
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
    Styled,
    Text,
    ValueOf,
)

Cited = Callable[[Cite], str]
"""What a citation is in plain words."""


def key_in_brackets(cite: Cite) -> str:
    """A citation by its keys, where no one knows what the style prints."""
    return "[" + "; ".join(f"@{key.key}" for key in cite.keys) + "]"


def plain(inlines: Iterable[Inline], words: Catalogue | None = None, cited: Cited = key_in_brackets) -> str:
    """The words of the inlines: with the quotes of a language, or straight ones where words are only compared."""
    return "".join([inline.text if type(inline) is Text else _plain(inline, words, cited) for inline in inlines])


def _plain(inline: Inline, words: Catalogue | None, cited: Cited) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Styled("strike", children):
            return f"~~{plain(children, words, cited)}~~"
        case Styled(_, children) | Link(_, children):
            return plain(children, words, cited)
        case Quoted(children):
            inside = plain(children, words, cited)
            return words.quoted(inside) if words else f'"{inside}"'
        case Math(latex):
            return f"${latex}$"
        case Break():
            return " "
        case Cite():
            return cited(inline)
        case Ref(kind, target):
            return f"{words[f'ref.{kind}']}\u00a0{target}" if words else f"@{kind}:{target}"
        case ValueOf(expression):
            return "{{ " + expression + " }}"
        case Footnote(blocks):
            return f" ({plain_blocks(blocks, words, cited)})"
        case Image(_, alt):
            return alt
    return ""


def plain_blocks(blocks: Iterable[Block], words: Catalogue | None = None, cited: Cited = key_in_brackets) -> str:
    """The words of the blocks, one block a line."""

    def said(inlines: Iterable[Inline]) -> str:
        return plain(inlines, words, cited)

    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(children, _) | Heading(_, children, _):
                lines.append(said(children))
            case ListOf(items):
                lines += [plain_blocks(item, words, cited) for item in items]
            case Quote(inner):
                lines.append(plain_blocks(inner, words, cited))
            case CodeBlock(text):
                lines.append(text.rstrip("\n"))
            case PipeTable(head, rows):
                lines += [said(block.caption)] if block.caption else []
                lines += [" | ".join(said(cell) for cell in row) for row in (head, *rows)]
            case Figure(image):
                lines.append(image.alt)
    return "\n".join(lines)
