"""A person's text in, blocks and diagnostics out. markdown-it-py parses; citations, maths and values are added to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.locale import DEFAULT
from synopse.markup.captions import from_source, with_captions
from synopse.markup.citations import ref_of
from synopse.markup.grammar import DEEPEST, Mode, parser_for
from synopse.markup.keys import KnownKeys
from synopse.markup.leftovers import leftovers, unread_lines
from synopse.markup.maths import check_maths
from synopse.markup.tokens import closing, without_footnotes, words_of
from synopse.markup.tree import (
    Block,
    Break,
    Cite,
    CitedKey,
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
    Ref,
    Rule,
    Styled,
    Text,
    ValueOf,
)
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 2_000_000
"""A value may hold so many characters; a document with more would not be typeset in any useful time."""
SAFE_SCHEMES = ("http://", "https://", "mailto:", "ftp://")
_NOTHING_WRITTEN = frozenset(" \n")


def parse(
    source: Scalar, lang: str = DEFAULT, mode: Mode = "text", known: KnownKeys | None = None
) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """The blocks of a text. A "chapter" takes `#` lines as headings and `---` as rules; a "line" has paragraphs alone.

    `known` has the library's keys that a citation names without braces though its syntax would cut them short.
    """
    if len(source.text) > LONGEST:
        message = f"this text holds {len(source.text):,} characters; at most {LONGEST:,} can be typeset"
        return (), [problem("long-text", message, _first_line(source), "split it, or remove what is no text")]
    line = source.text.removesuffix("\n")
    if _bare(line) and (line or not source.text):
        return (Paragraph((Text(line.replace("'", "’")),), _first_line(source)),), []
    return parsed(source, lang, mode, known)


def parsed(
    source: Scalar, lang: str, mode: Mode, known: KnownKeys | None = None
) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """What the parser makes of a text. Where it makes nothing, as of a lone dash, the text stands to the letter."""
    env: dict[str, Any] = {"known": known}
    one_line = "\n" not in source.text.strip()
    tokens = parser_for(lang, mode, one_line).parse(source.text, env)
    reader = _Reader(source, known or KnownKeys(), mode)
    blocks = reader.blocks(tokens)
    if not any(_prints(block) for block in blocks) and source.text.strip():
        return (Paragraph((Text(" ".join(source.text.split())),), _first_line(source)),), []
    blocks = tuple(_in_steps(blocks))
    reader.check_footnotes(env)
    if max((token.level for token in tokens), default=0) >= DEEPEST - 2:
        message = f"lists and quotations nest deeper than {DEEPEST // 2} levels here: what stands deeper would be lost"
        reader.found.append(problem("deep-nesting", message, _first_line(source), "nest them less deep"))
    return blocks, reader.found


def _in_steps(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with headings of level 1 and up, each at most one below the one that it stands under, whatever number of # they have."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            block = replace(block, level=len(above))
        yield block


def _prints(block: Block) -> bool:
    """Whether anything of a block would be seen: a lone dash is a list without words, and was meant as a dash."""
    match block:
        case Paragraph(children) | Heading(_, children):
            return bool(children)
        case ListOf(items):
            return any(_prints(each) for item in items for each in item)
        case Quote(blocks):
            return any(_prints(each) for each in blocks)
        case CodeBlock(text):
            return bool(text.strip())
    return True


_MEANING = re.compile(r"[\\`*_\[\]$@{}~\"'|<>\n^]|^\s*(?:[-+#]|\d+[.)])|[!]\[|://")


def _bare(text: str) -> bool:
    """Whether a text has nothing that the parser could see: most remarks, which then cost nothing to parse."""
    rest = re.sub(r"(?<=\w)'(?=\w)", "", text)
    return not _MEANING.search(rest) and rest == rest.strip()


def _first_line(source: Scalar) -> Span:
    span = source.place(0) if source.text else source.span
    return Span(span.file, span.line, span.column, span.line, span.column + max(1, len(source.text.split("\n")[0])))


@dataclass
class _Reader:
    """Turns markdown-it's tokens into the tree; finds the place of each part by walking through the text once."""

    source: Scalar
    known: KnownKeys = field(default_factory=KnownKeys)
    mode: Mode = "text"
    found: list[Diagnostic] = field(default_factory=list)
    cursor: int = 0
    footnotes: dict[int, list[Token]] = field(default_factory=dict)
    reading: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.source.text))]

    def blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        self._read_footnotes(tokens)
        self.cursor = 0
        return self._blocks(without_footnotes(tokens))

    def _read_footnotes(self, tokens: Sequence[Token]) -> None:
        """Keeps what each footnote holds; it is read where the text refers to it, which may be in another one."""
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "footnote_open":
                end = closing(tokens, position)
                inner = [t for t in tokens[position + 1 : end] if t.type != "footnote_anchor"]
                for each in inner:
                    each.children = [c for c in each.children or [] if c.type != "footnote_anchor"]
                self.footnotes[token.meta["id"]] = inner
                position = end
            position += 1

    def _footnote(self, token: Token) -> Footnote | None:
        number, name = token.meta["id"], token.meta.get("label", "")
        if number in self.reading:
            span = self._find(f"[^{name}]")
            message = f"the footnote [^{name}] refers to itself"
            self.found.append(problem("footnote-loop", message, span, "take the inner [^…] out"))
            return None
        cursor, self.cursor = self.cursor, 0
        self.reading.append(number)
        blocks = self._blocks(self.footnotes.get(number, []))
        self.reading.pop()
        self.cursor = cursor
        return Footnote(blocks)

    def check_footnotes(self, env: dict[str, Any]) -> None:
        """Tells of a footnote that nothing refers to, and of a name that two footnotes have."""
        used = {name[1:] for name, number in env.get("footnotes", {}).get("refs", {}).items() if number >= 0}
        seen: set[str] = set()
        for name, at in env.get("defined", []):
            span = self.source.place(at, at + len(name) + 4)
            if name in seen:
                message = f"two footnotes are called [^{name}]: the first would be lost"
                self.found.append(problem("duplicate-footnote", message, span, "give one of them another name"))
            elif name not in used:
                message = f"nothing refers to the footnote [^{name}]: it is not printed"
                self.found.append(problem("unused-footnote", message, span, f"write [^{name}] where it belongs"))
            seen.add(name)

    def _span(self, token: Token) -> Span:
        line = token.map[0] if token.map else self.source.text.count("\n", 0, self.cursor)
        start = self.starts[min(line, len(self.starts) - 1)]
        self.cursor = max(self.cursor, start)
        text = self.source.text
        while start < len(text) and text[start] in _NOTHING_WRITTEN:
            start += 1
        end = text.find("\n", start)
        return self.source.place(min(start, max(len(text) - 1, 0)), len(text) if end < 0 else end)

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        result: list[Block] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = closing(tokens, position) if token.nesting == 1 else position
            inner = tokens[position + 1 : end]
            block = self._block(token, inner)
            if block is not None:
                result.append(block)
            position = end + 1
        return with_captions(result)

    def _block(self, token: Token, inner: Sequence[Token]) -> Block | None:
        span = self._span(token)
        match token.type:
            case "paragraph_open":
                self.found += unread_lines(self.source, self.starts[slice(*(token.map or (0, 0)))], self.mode)
                return self._paragraph(self._inlines(inner), span)
            case "heading_open":
                return Heading(int(token.tag[1:]), self._inlines(inner), span)
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
                return ListOf(tuple(self._items(inner)), start, span, token.markup or ".")
            case "blockquote_open":
                return Quote(self._blocks(inner), span)
            case "fence" | "code_block":
                return CodeBlock(token.content, span)
            case "hr":
                return Rule(span)
            case "math_block" | "math_block_label":
                return Paragraph((self._maths(token.content.strip(), True),), span)
            case "table_open":
                self._check_cells(token, inner)
                return from_source(self._table(inner, span), [self._line(n) for n in range(*(token.map or (0, 0)))])
        return None

    def _check_cells(self, token: Token, inner: Sequence[Token]) -> None:
        """Tells of a row with more cells than the head, which markdown-it would drop."""
        from markdown_it.rules_block.table import escapedSplit

        columns = sum(each.type == "th_open" for each in inner)
        first, last = token.map or (0, 0)
        for number in range(first + 2, last):
            start, line = self.starts[number], self._line(number)
            bare = line.lstrip("> \t").strip()
            cells = escapedSplit(bare.removeprefix("|").removesuffix("|") if not bare.endswith("\\|") else bare)
            if len(cells) > columns:
                span = self.source.place(start + len(line) - len(line.lstrip()), start + len(line))
                message = f"this row has {len(cells)} cells, and the head of the table {columns}"
                self.found.append(problem("table-cells", message, span, "to print a bar, write \\|"))

    def _line(self, number: int) -> str:
        """A line of the text, with what quotes and lists put before it."""
        start = self.starts[number] if number < len(self.starts) else len(self.source.text)
        return self.source.text[start:].split("\n", 1)[0].lstrip("> \t")

    def _items(self, tokens: Sequence[Token]) -> list[tuple[Block, ...]]:
        items, position = [], 0
        while position < len(tokens):
            end = closing(tokens, position)
            items.append(self._blocks(tokens[position + 1 : end]))
            position = end + 1
        return items

    def _paragraph(self, inlines: tuple[Inline, ...], span: Span) -> Block:
        if len(inlines) == 1 and isinstance(inlines[0], Image):
            return Figure(inlines[0], span)
        return Paragraph(inlines, span)

    def _table(self, tokens: Sequence[Token], span: Span) -> PipeTable:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        align: list[Literal["left", "center", "right"]] = []
        cells: list[tuple[Inline, ...]] = []
        for position, token in enumerate(tokens):
            if token.type == "tr_open":
                cells = []
            elif token.type in ("th_open", "td_open"):
                cells.append(self._inlines(tokens[position + 1 : position + 2]))
                if not rows:
                    style = str(token.attrGet("style") or "")
                    align.append("center" if "center" in style else "right" if "right" in style else "left")
            elif token.type == "tr_close":
                rows.append(tuple(cells))
        return PipeTable(rows[0], tuple(rows[1:]), tuple(align), span)

    def _inlines(self, tokens: Sequence[Token]) -> tuple[Inline, ...]:
        return tuple(inline for token in tokens for inline in self._children(token.children or []))

    def _children(self, tokens: Sequence[Token]) -> list[Inline]:
        result: list[Inline] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = closing(tokens, position) if token.nesting == 1 else position
            inline = self._inline(token, tokens[position + 1 : end])
            if inline is not None:
                if isinstance(inline, Text) and result and isinstance(result[-1], Text):
                    inline = Text(result.pop().text + inline.text)  # type: ignore[union-attr]
                result.append(inline)
            position = end + 1
        return result

    def _inline(self, token: Token, inner: Sequence[Token]) -> Inline | None:
        match token.type:
            case "text" | "text_special":
                self.found += leftovers(token.content, self.source, self.cursor)
                return Text(token.content) if token.content else None
            case "softbreak":
                return Text(" ")
            case "hardbreak":
                return Break()
            case "code_inline":
                return Code(token.content)
            case "em_open":
                return Styled("emph", tuple(self._children(inner)))
            case "strong_open":
                return Styled("strong", tuple(self._children(inner)))
            case "s_open":
                return Styled("strike", tuple(self._children(inner)))
            case "math_inline" | "math_inline_double":
                return self._maths(token.content.strip(), token.type.endswith("double"))
            case "citation":
                return self._cite(token)
            case "value":
                span = self._find(token.content)
                return ValueOf(token.meta["expression"], span)
            case "link_open":
                return self._link(token, inner)
            case "image":
                return self._image(token)
            case "footnote_ref":
                return self._footnote(token)
            case "address":
                self._find(token.content)
                return Link(token.content, (Text(token.content),))
        return None

    def _find(self, raw: str) -> Span:
        """The span of `raw`, searched from where the last part was found."""
        at = self.source.text.find(raw, self.cursor)
        if at < 0:
            at = max(self.source.text.find(raw), 0)
        self.cursor = at + len(raw)
        return self.source.place(at, at + len(raw))

    def _maths(self, latex: str, display: bool) -> Inline:
        span = self._find(latex)
        wrong = check_maths(latex)
        if wrong is None:
            return Math(latex, display)
        code, message, offset, length = wrong
        at = self.cursor - len(latex) + offset
        place = self.source.place(at, at + length) if latex else span
        self.found.append(problem(code, message, place, "to print a dollar sign, write \\$"))
        return Text(f"${latex}$")

    def _cite(self, token: Token) -> Cite | Ref:
        cite: Cite = token.meta["cite"]
        whole = self._find(token.content)
        ref = ref_of(cite, whole)
        if ref is not None:
            return ref
        start = self.cursor - len(token.content)
        keys, at = [], start
        for key in cite.keys:
            at = max(self.source.text.find("@", at), start)
            read = self.known.read(self.source.text, at)
            keys.append(replace(key, span=self.source.place(at, read.end if read else at + 1)))
            at = read.end if read else at + 1
        return Cite(tuple(keys), cite.in_text) if keys else Cite((CitedKey("", span=whole),))

    def _link(self, token: Token, inner: Sequence[Token]) -> Inline:
        target = str(token.attrGet("href") or "")
        children = tuple(self._children(inner))
        span = self._find(target)
        doi = re.match(r"doi:\s*(?=10\.)", target, re.IGNORECASE)
        if doi:
            return Link("https://doi.org/" + target[doi.end() :], children)
        if target.lower().startswith(SAFE_SCHEMES) or (target.startswith("#") and len(target) > 1):
            return Link(target, children, span)
        message = f'the link "{target[:80]}" does not lead to the web'
        self.found.append(
            problem(
                "unsafe-link",
                message,
                span,
                "begin it with https:// or mailto:, or with # and the key of a fiche or the id of a table",
            )
        )
        return Styled("plain", children)

    def _image(self, token: Token) -> Image:
        path = str(token.attrGet("src") or "")
        self._find(path)
        title = str(token.attrGet("title") or "")
        caption = (Text(title.replace("'", "’")),) if title else ()
        return Image(path, words_of(token), caption)
