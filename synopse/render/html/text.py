"""The tree in, HTML out: inline text and blocks, escaped by construction. Others that write HTML pass a person's words through
`escape`; the references alone are a CSL processor's (`bib/formatted.py`).

What only the whole page knows, such as the number of a table, is left as a mark (`data-n`, `data-ref`) that `join.py` fills in.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape as escape_html
from pathlib import Path

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
from synopse.markup.typography import printed

SAFE = ("http:", "https:", "mailto:", "ftp:", "doi:")
"""The schemes of addresses that a page may lead to."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAGS = {"emph": "em", "strong": "strong", "super": "sup", "sub": "sub", "strike": "s", "mono": "code"}
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".pdf": "application/pdf"}


def escape(text: str) -> str:
    """A text to the letter, between tags or within the quotes of an attribute; signs that no page may hold become U+FFFD."""
    return escape_html(_CONTROL.sub("\ufffd", text), quote=True)


@lru_cache(maxsize=1 << 14)
def prose(text: str, lang: str) -> str:
    """A text as print has it, escaped: with the apostrophes and quotation marks of its language, and spaces at which no line ends."""
    return escape(printed(text, lang))


def is_safe(target: str) -> bool:
    """Whether a page, or a word processor's file, may lead to an address."""
    scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*:)", target)
    return scheme is None or scheme[1].lower() in SAFE


def safe_address(target: str) -> str:
    """An address that a page may lead to, escaped; empty for any other."""
    return escape(target.strip()) if is_safe(target) else ""


def anchor(target: str) -> str:
    """The id of a place of the page from a link's target, `#fiche:KEY` or `#ID`: letters, digits and hyphens alone."""
    return "to-" + identifier(target.removeprefix("#").removeprefix("fiche:"))


def identifier(name: str) -> str:
    """A name as part of an id: two names never become one."""
    plain_name = re.sub(r"[^A-Za-z0-9-]", "-", name)
    return (
        plain_name
        if plain_name == name
        else f"{plain_name}-{hashlib.blake2b(name.encode(), digest_size=3).hexdigest()}"
    )


def file_token(file: str) -> str:
    """What stands for a file of a person's in the page: nothing of its name is told."""
    return f"f{base36(int.from_bytes(hashlib.blake2b(file.encode(), digest_size=4).digest()))}"


def base36(number: int) -> str:
    """A number in few letters and digits, the lowest place first: two numbers never share one."""
    letters = ""
    while number or not letters:
        number, rest = divmod(number, 36)
        letters += "0123456789abcdefghijklmnopqrstuvwxyz"[rest]
    return letters


def of_study(file: str, study: str) -> str:
    """What stands for a file, or for one of the studies that it is about."""
    return f"{file_token(file)}.{study}" if study else file_token(file)


def place_token(span: Span) -> str:
    """What stands for a place of a file."""
    return f"{of_study(span.file, span.of)}-{span.line}-{span.column}"


@dataclass
class Notes:
    """The footnotes of a piece, in their order; `piece` is what their ids begin with."""

    piece: str
    blocks: list[str] = field(default_factory=list)


class HtmlWriter:
    """Writes inlines and blocks of one piece."""

    def __init__(self, words: Catalogue, cited: Cited, images: Mapping[str, Path], piece: str = "p") -> None:
        self.words, self.cited, self.images = words, cited, images
        self.notes = Notes(piece)
        self.depth = 0
        """How deep in quotes."""

    def inlines(self, inlines: Iterable[Inline]) -> str:
        """The inlines as HTML."""
        return "".join(map(self._inline, inlines))

    def blocks(self, blocks: Iterable[Block], level: int = 3) -> str:
        """The blocks as HTML; `level` is that of a heading of the first level in them."""
        return "\n".join(self._block(block, level) for block in blocks)

    def flow(self, blocks: tuple[Block, ...], level: int = 3) -> str:
        """The blocks of an item: one paragraph stands without tags of its own."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.inlines(blocks[0].children)
        return self.blocks(blocks, level)

    def footnotes(self) -> str:
        """The notes that the piece has collected, as a list."""
        if not self.notes.blocks:
            return ""
        items = "".join(self.notes.blocks)
        return f'<ol class="notes" role="doc-endnotes">{items}</ol>'

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return prose(text, self.words.lang)
            case Styled(style, children):
                inside = self.inlines(children)
                if style == "smallcaps":
                    return f'<span class="sc">{inside}</span>'
                return f"<{_TAGS[style]}>{inside}</{_TAGS[style]}>" if style in _TAGS else inside
            case Quoted(children):
                opening, closing = self.words.quotes[:2] if self.depth % 2 == 0 else self.words.quotes[2:]
                self.depth += 1
                inside = self.inlines(children)
                self.depth -= 1
                return f"{escape(opening)}{inside}{escape(closing)}"
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Math(latex, display):
                return formula(latex, display)
            case Break():
                return "<br>"
            case Link():
                return self._link(inline)
            case Cite():
                return self._cite(inline)
            case Ref(kind, target):
                name = f"{kind}:{target}" if kind in ("table", "figure") else target
                said = escape(f"{self.words[f'ref.{kind}']}\u00a0")
                return f'<a data-ref="{escape(name)}">{said}</a>'
            case Footnote(blocks):
                return self._note(blocks)
            case Image(path, alt):
                return self._image(path, alt)
            case ValueOf(expression):
                return escape("{{ " + expression + " }}")
        raise TypeError(inline)

    def _link(self, link: Link) -> str:
        match link.children:
            case (Text(text),) if " " not in text:  # an address, which stays as it is
                inside = escape(text)
            case _:
                inside = self.inlines(link.children)
        if link.target.startswith("#"):
            return f'<a href="#{anchor(link.target)}">{inside}</a>'
        address = safe_address(link.target)
        return f'<a href="{address}">{inside}</a>' if address else inside

    def _cite(self, cite: Cite) -> str:
        keys = " ".join(identifier(key.key) for key in cite.keys)
        first = identifier(cite.keys[0].key)
        return f'<a class="cite" href="#ref-{first}" data-refs="{keys}">{escape(self.cited(cite))}</a>'

    def _note(self, blocks: tuple[Block, ...]) -> str:
        self.notes.blocks.append("")
        number = len(self.notes.blocks)
        name = f"{self.notes.piece}-n{number}"
        inside = self.flow(blocks, 6)
        back = f'<a href="#{name}r" role="doc-backlink" aria-label="{escape(self.words["html.back"])}">↩</a>'
        self.notes.blocks[number - 1] = f'<li id="{name}">{inside} {back}</li>'
        return f'<sup><a id="{name}r" href="#{name}" role="doc-noteref">{number}</a></sup>'

    def _image(self, path: str, alt: str) -> str:
        source = self.images.get(path)
        kind = _TYPES.get(Path(path).suffix.lower(), "")
        if source is None or not kind:
            return escape(alt)
        data = f"data:{kind};base64,{base64.b64encode(source.read_bytes()).decode()}"
        if kind == "application/pdf":  # no browser shows one as an image
            return f'<a download="{escape(Path(path).name)}" href="{data}">{escape(alt)} (PDF)</a>'
        return f'<img src="{data}" alt="{escape(alt)}">'

    def _block(self, block: Block, level: int) -> str:
        match block:
            case Paragraph(children):
                return f"<p>{self.inlines(children)}</p>"
            case Heading(depth, children):
                return heading(
                    level + depth - 1,
                    self.inlines(children),
                    number=("section", "subsection")[depth > 1] if depth < 3 and level < 6 else "",
                )
            case ListOf(items, start):
                tag = "ul" if start is None else "ol"
                begin = f' start="{start}"' if start not in (None, 1) else ""
                inside = "".join(f"<li>{self.flow(item, 6)}</li>" for item in items)
                return f"<{tag}{begin}>{inside}</{tag}>"
            case Quote(blocks):
                return f"<blockquote>{self.blocks(blocks, 6)}</blockquote>"
            case CodeBlock(text):
                return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
            case Rule():
                return "<hr>"
            case PipeTable():
                return self._table(block)
            case Figure(image):
                caption = self.inlines(image.caption)
                said = f"<figcaption>{NUMBERED.format(kind='figure')} – {caption}</figcaption>" if image.caption else ""
                return f"<figure>{self._image(image.path, image.alt)}{said}</figure>"
        raise TypeError(block)

    def _table(self, table: PipeTable) -> str:
        align = [f' class="{side}"' if side != "left" else "" for side in table.align]
        head = "".join(f'<th scope="col"{align[n]}>{self.inlines(cell)}</th>' for n, cell in enumerate(table.head))
        rows = "".join(
            "<tr>" + "".join(f"<td{align[n]}>{self.inlines(cell)}</td>" for n, cell in enumerate(row)) + "</tr>"
            for row in table.rows
        )
        caption = (
            f"<caption>{NUMBERED.format(kind='table')} – {self.inlines(table.caption)}</caption>"
            if table.caption
            else ""
        )
        name = escape(plain(table.caption or (table.head[0] if table.head else ()), self.words, self.cited)) or "·"
        inner = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">{inner}</div>'


NUMBERED = '<b class="n" data-n="{kind}"></b>'
"""Where the number of a table or picture goes."""


def heading(level: int, inside: str, number: str = "", id: str = "", name: str = "") -> str:
    """A heading; `number` is what it is numbered as, `name` what references call it."""
    at = min(level, 6)
    more = f' id="{id}"' if id else ""
    named = f' data-name="{escape(name)}"' if name else ""
    counted = f'<span class="no" data-n="{number}"{named}></span>' if number else ""
    return f"<h{at}{more}>{counted}{inside}</h{at}>"


def formula(latex: str, display: bool = False) -> str:
    """A formula as MathML; where it cannot be written so, the LaTeX as code."""
    from latex2mathml.converter import convert

    try:
        made: str = convert(written_maths(latex), display="block" if display else "inline")
    except Exception:  # the library raises of every kind
        return f"<code>{escape(latex)}</code>"
    return made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
