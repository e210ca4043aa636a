"""The tree in, LaTeX out: escapes by construction, and the commands of inline text. No other module writes LaTeX.

The document's fonts are set without TeX's ligatures, so that `--` and a straight quote stay what they are; the
characters below are the only ones that LaTeX reads otherwise than to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from synopse.diagnostics import Span
from synopse.locale import Catalogue
from synopse.markup.maths import written_maths
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
    Quoted,
    Rule,
    Styled,
    Text,
    ValueOf,
)


class Latex(str):
    """A string that is LaTeX already: templates print it as it is, and escape every other string."""

    __slots__ = ()


ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2009": r"\,",
    "\u00ad": r"\-",
    "\u200b": r"\allowbreak{}",
    "\ufeff": "",
    "\u2060": r"\nobreak{}",
    "\n": " ",
    "\t": " ",
    "\u2028": " ",
    "\u2029": " ",
}
_ESCAPED = re.compile("[" + re.escape("".join(ESCAPES)) + "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONG = re.compile(r"[^\s\u00a0-]{40,}")
BREAK_EVERY = 12
"""A word of forty characters or more may break after each so many: an address, a hash, a word that is no word."""


def escape(text: str) -> Latex:
    """`text` to the letter. Control characters, which no font prints, become U+FFFD."""
    parts, last = [], 0
    for match in _LONG.finditer(text):
        parts.append(_escape(text[last : match.start()]))
        word = match[0]
        pieces = [word[at : at + BREAK_EVERY] for at in range(0, len(word), BREAK_EVERY)]
        parts.append("".join(_escape(p) + _break(n) for n, p in enumerate(pieces[:-1], 1)) + _escape(pieces[-1]))
        last = match.end()
    parts.append(_escape(text[last:]))
    return Latex("".join(parts))


def _break(number: int) -> str:
    """A place to break; every now and then the line of the LaTeX file ends as well, for TeX's lines have a limit."""
    return r"\allowbreak{}" + ("%\n" if number % 200 == 0 else "")


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda match: ESCAPES.get(match[0], "\ufffd"), text)


def escape_url(url: str) -> Latex:
    """An address as hyperref's `\\href` takes it: percent-encoded where TeX would read a character otherwise."""
    keep = re.compile(r"[A-Za-z0-9:/?=.,;+@!*()'&#_~%-]")
    encoded = "".join(c if keep.match(c) else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in url)
    return Latex(re.sub(r"[%#&_~]", lambda match: "\\" + match[0], encoded))


def mark(span: Span | None) -> str:
    """An invisible mark, taken out by `render.linemap`: what follows comes from this place of a source."""
    return f"\x01{span.file}\x02{span.line}\x02{span.column}\x03" if span and span.file else ""


_STYLES = {
    "emph": r"\emph{%s}",
    "strong": r"\textbf{%s}",
    "smallcaps": r"\textsc{%s}",
    "super": r"\textsuperscript{%s}",
    "sub": r"\textsubscript{%s}",
    "strike": r"\synopsestrike{%s}",
    "mono": r"\texttt{%s}",
    "case": "%s",
    "plain": "%s",
}


class LatexWriter:
    """Writes inlines and blocks; `words` gives the language's words for locators."""

    def __init__(self, words: Catalogue, figure: Callable[[Image, Span], str] | None = None) -> None:
        self.words = words
        self._figure = figure

    def inlines(self, inlines: tuple[Inline, ...]) -> Latex:
        """The inlines as LaTeX in one line."""
        return Latex("".join(self._inline(inline) for inline in inlines))

    def blocks(self, blocks: tuple[Block, ...]) -> Latex:
        """The blocks as LaTeX, each one marked with its place."""
        return Latex("\n\n".join(self._block(block) for block in blocks))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return escape(text)
            case Styled(style, children):
                return _STYLES[style] % self.inlines(children)
            case Quoted(children):
                return rf"\enquote{{{self.inlines(children)}}}"
            case Code(text):
                return rf"\synopsecode{{{escape(text)}}}"
            case Math(latex, display):
                body = written_maths(latex)
                return rf"\({body}\)" if not display else rf"\[{body}\]"
            case Break():
                return r"\newline{}"
            case Link(target, children):
                if target.startswith("#"):
                    return rf"\hyperref[{target[1:]}]{{{self.inlines(children)}}}"
                return rf"\href{{{escape_url(target)}}}{{{self.inlines(children)}}}"
            case Cite():
                return self._cite(inline)
            case Footnote(blocks):
                return rf"\footnote{{{self.blocks(blocks)}}}"
            case Image():
                return rf"\synopseinline{{{escape_path(inline.path)}}}{{{escape(inline.alt)}}}"
            case ValueOf(expression):
                return escape("{{ " + expression + " }}")
        raise TypeError(inline)

    def _cite(self, cite: Cite) -> str:
        if cite.in_text:
            return r"\textcite" + self._cited(cite.keys[0])
        if len(cite.keys) == 1:
            star = "*" if cite.keys[0].no_author else ""
            return rf"\autocite{star}" + self._cited(cite.keys[0])
        return r"\autocites" + "".join(self._cited(key) for key in cite.keys) + r"\relax{}"

    def _cited(self, key: CitedKey) -> str:
        after = " ".join(part for part in (self._locator(key), escape(key.suffix)) if part)
        if not key.prefix and not after:
            return f"{{{key.key}}}"
        before = f"{{{escape(key.prefix)}}}" if key.prefix else ""
        return f"[{before}][{{{after}}}]{{{key.key}}}" if after else f"[{before}][]{{{key.key}}}"

    def _locator(self, key: CitedKey) -> str:
        if key.locator is None:
            return ""
        value = escape(key.locator.value)
        if key.locator.kind == "page":
            return (r"\ppno~" if re.search(r"[–,]", key.locator.value) else r"\pno~") + value
        return f"{escape(self.words[f'locator.{key.locator.kind}'])}~{value}"

    def _block(self, block: Block) -> str:
        start = mark(block.span)
        match block:
            case Paragraph(children):
                return start + self.inlines(children)
            case Heading(level, children):
                command = ("section", "subsection", "subsubsection")[min(level, 3) - 1]
                return rf"{start}\{command}{{{self.inlines(children)}}}"
            case ListOf(items, number):
                return self._list(items, number, start)
            case Quote(blocks):
                return f"{start}\\begin{{quote}}\n{self.blocks(blocks)}\n{start}\\end{{quote}}"
            case CodeBlock(text):
                lines = [rf"\synopsecode{{{escape(line).replace(' ', '~')}}}" for line in text.rstrip("\n").split("\n")]
                body = "\\\\*\n".join(lines)
                return f"{start}\\begin{{synopselisting}}\n{body}\n{start}\\end{{synopselisting}}"
            case Rule():
                return rf"{start}\synopserule{{}}"
            case PipeTable():
                return self._table(block, start)
            case Figure(image):
                caption = self.inlines(image.caption)
                path = escape_path(image.path)
                return rf"{start}\synopseimage{{{path}}}{{{escape(image.alt)}}}{{{caption}}}"
        raise TypeError(block)

    def _list(self, items: tuple[tuple[Block, ...], ...], number: int | None, start: str) -> str:
        name = "itemize" if number is None else "enumerate"
        first = rf"\synopsestart{{{number}}}" if number not in (None, 1) else ""
        lines = [f"{start}\\begin{{{name}}}{first}"]
        lines += [rf"\item {self.blocks(item)}" for item in items]
        return "\n".join([*lines, f"{start}\\end{{{name}}}"])

    def _table(self, table: PipeTable, start: str) -> str:
        width = f"{0.97 / max(1, len(table.align)):.4f}"
        ragged = {"left": r"\raggedright", "center": r"\centering", "right": r"\raggedleft"}
        columns = "".join(
            rf">{{{ragged[align]}\arraybackslash}}p{{\dimexpr {width}\linewidth-2\tabcolsep\relax}}"
            for align in table.align
        )
        head = " & ".join(rf"\textbf{{{self.inlines(cell)}}}" for cell in table.head)
        rows = [" & ".join(self.inlines(cell) for cell in row) + r" \\" for row in table.rows]
        body = "\n".join(rows)
        return (
            f"{start}\\begin{{longtable}}{{@{{}}{columns}@{{}}}}\n\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n"
            f"\\bottomrule\n\\endfoot\n{body}\n{start}\\end{{longtable}}"
        )


def escape_path(path: str) -> Latex:
    """A path for `\\includegraphics`: it was checked to be one of plain characters, so nothing is left to escape."""
    return Latex(path)
