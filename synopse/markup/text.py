"""Inlines and blocks in, plain text out: for CSV, spreadsheets, bookmarks and comparison."""

from __future__ import annotations

from collections.abc import Iterable

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
    Styled,
    Text,
    ValueOf,
)


def plain(inlines: Iterable[Inline]) -> str:
    """The words of the inlines."""
    return "".join([inline.text if type(inline) is Text else _plain(inline) for inline in inlines])


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Styled(_, children) | Link(_, children):
            return plain(children)
        case Quoted(children):
            return f"«\u00a0{plain(children)}\u00a0»"
        case Math(latex):
            return f"${latex}$"
        case Break():
            return " "
        case Cite(keys):
            return "[" + "; ".join(f"@{key.key}" for key in keys) + "]"
        case ValueOf(expression):
            return "{{ " + expression + " }}"
        case Footnote(blocks):
            return f" ({plain_blocks(blocks)})"
        case Image(_, alt):
            return alt
    return ""


def plain_blocks(blocks: Iterable[Block]) -> str:
    """The words of the blocks, one block a line."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(children, _) | Heading(_, children, _):
                lines.append(plain(children))
            case ListOf(items):
                lines += [plain_blocks(item) for item in items]
            case Quote(inner):
                lines.append(plain_blocks(inner))
            case CodeBlock(text):
                lines.append(text.rstrip("\n"))
            case PipeTable(head, rows):
                lines += [" | ".join(plain(cell) for cell in row) for row in (head, *rows)]
            case Figure(image):
                lines.append(image.alt)
    return "\n".join(lines)
