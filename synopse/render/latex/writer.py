"""The tree in, LaTeX out: escapes by construction, and the commands of inline text and blocks. No other module writes LaTeX.

What a person may write anywhere, LaTeX allows in some places only: a footnote not in a caption, a formula on a line of
its own not in a heading, a long table not in a footnote. A `Scope` says where a text stands; the writer goes by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from synopse.ground.keys import safe_key
from synopse.locale import Catalogue
from synopse.markup.cited import locator_word, then
from synopse.markup.maths import written_maths
from synopse.markup.text import Cited, key_in_brackets, plain
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
    Ref,
    Rule,
    Styled,
    Text,
    ValueOf,
    mapped,
)
from synopse.markup.typography import curled, printed
from synopse.render.latex.escape import (
    BOOKMARK_LIGATURES,
    Latex,
    escape,
    escape_bookmark,
    escape_code,
    escape_line,
    escape_url,
    mark,
)
from synopse.render.latex.pipe_tables import Sheet, lay_out
from synopse.render.page import LIST_INDENT, PORTRAIT


@dataclass
class Notes:
    """Footnotes that cannot be set where they stand: a mark is printed there, the notes are set as soon as they can be.

    `set_` is how many of them LaTeX has counted so far, from which a mark reckons its number.
    """

    waiting: list[Footnote] = field(default_factory=list)
    made: int = 0
    set_: int = 0

    def mark(self, note: Footnote) -> str:
        """The mark of a note that is kept for later."""
        self.waiting.append(note)
        self.made += 1
        return rf"\footnotemark[\numexpr\value{{footnote}}+{self.made - self.set_}\relax]"


@dataclass(frozen=True)
class Scope:
    """Where a text stands.

    `line`: in a heading, a caption or a head of a table, which are one line of words. `short`: where that line is
    repeated (contents, page heads), without notes and links. `nested`: inside a list, a quotation or a footnote.
    `room`: how many characters fit on a line of a narrow column. `indent`: by how many millimetres the text is set in.
    `literal`: in the words of an address, whose signs are no quotation marks.
    """

    line: bool = False
    short: bool = False
    nested: bool = False
    foot: bool = False
    notes: Notes | None = None
    room: int = 0
    indent: float = 0.0
    literal: bool = False

    def inner(self) -> Scope:
        """The scope of what stands inside a list or a quotation here."""
        return replace(self, nested=True, indent=min(80.0, self.indent + LIST_INDENT))


TEXT = Scope()
SHORT = Scope(line=True, short=True)

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
FOOT_INDENT = 6.5
"""By how many millimetres KOMA-Script sets the text of a note in (scrguide, `\\deffootnote`): `\\linewidth` does not tell."""
PLACES = frozenset(["fiche", "synthesis", "table", "figure"])
"""What a label may begin with; one that a person writes, a key or an id alone, is found under `to:`."""
_HEADINGS = ("section", "subsection", "subsubsection")


@lru_cache(maxsize=1 << 13)
def _printed(text: str, lang: str, room: int) -> Latex:
    """A text with the typography of its language, to the letter: names of studies come in every row."""
    return escape(printed(text, lang), room)


class LatexWriter:
    """Writes inlines and blocks; `words` gives the language's words for locators, `cited` what a bookmark calls a citation."""

    def __init__(self, words: Catalogue, cited: Cited = key_in_brackets) -> None:
        self.words, self.cited = words, cited

    def inlines(self, inlines: tuple[Inline, ...], scope: Scope = TEXT) -> Latex:
        """The inlines as LaTeX in one line."""
        return Latex("".join(self._inline(inline, scope) for inline in inlines))

    def line(self, inlines: tuple[Inline, ...]) -> Latex:
        """The inlines where LaTeX takes one line of words, such as a title; its notes are set where they stand."""
        return self.inlines(inlines, Scope(line=True))

    def captioned(self, inlines: tuple[Inline, ...]) -> tuple[Latex, Latex, Latex]:
        """A caption as lists of tables repeat it, as it is printed, and its notes, which are to be set after it."""
        notes = Notes()
        caption = self.inlines(inlines, Scope(line=True, notes=notes))
        return self.inlines(inlines, SHORT), caption, Latex(self.held(notes))

    def legend(self, inlines: tuple[Inline, ...], before: tuple[Inline, ...]) -> tuple[Latex, Latex]:
        """The words below a picture, which floats and would lose their notes; and these, to be set after it.

        `before` is the caption of the same picture, whose notes are counted first and set with these.
        """
        notes = Notes()
        self.inlines(before, Scope(line=True, notes=notes))
        own = self.inlines(inlines, Scope(notes=notes))
        return own, Latex(self.held(notes))

    def heading(self, command: str, inlines: tuple[Inline, ...]) -> Latex:
        """A heading; its twin for the contents, page heads and bookmarks where they cannot take it as it is."""
        full, short = self.line(inlines), self.inlines(inlines, SHORT)
        simple = re.sub(r"\\[{}&%$#_]", "", short)
        if full == short and "\\" not in simple and not BOOKMARK_LIGATURES.search(simple):
            return Latex(rf"\{command}{{{full}}}")
        return Latex(rf"\{command}[{{\texorpdfstring{{{short}}}{{{self.bookmark(inlines)}}}}}]{{{full}}}")

    def bookmark(self, inlines: tuple[Inline, ...]) -> Latex:
        """The words of a title where a PDF takes letters alone: in its bookmarks, and in what it says of itself."""
        said = plain(inlines_without_notes(inlines), cited=self.cited)
        return escape_bookmark(curled(said, self.words.lang))

    def blocks(self, blocks: tuple[Block, ...], scope: Scope = TEXT) -> Latex:
        """The blocks as LaTeX, each one marked with its place."""
        between = "\\endgraf\n" if scope.foot else "\n\n"  # a footnote is an argument, in which no line may be empty
        return Latex(between.join(self._block(block, scope) for block in blocks))

    def held(self, notes: Notes) -> str:
        """The notes that waited, set one after the other, with those that stand in them."""
        parts = []
        while notes.waiting:
            note = notes.waiting.pop(0)
            notes.set_ += 1
            scope = Scope(nested=True, foot=True, notes=notes)
            parts.append(rf"\stepcounter{{footnote}}\footnotetext{{{self.blocks(note.blocks, scope)}}}")
        return "".join(parts)

    def _inline(self, inline: Inline, scope: Scope) -> str:
        match inline:
            case Text(text):
                return escape(text, scope.room) if scope.literal else _printed(text, self.words.lang, scope.room)
            case Styled(style, children):
                return _STYLES[style] % self.inlines(children, replace(scope, nested=True))
            case Quoted(children):
                return rf"\enquote{{{self.inlines(children, replace(scope, nested=True))}}}"
            case Code(text):
                return rf"\synopsecode{{{escape_code(text, scope.room)}}}"
            case Math(latex, display):
                return self._maths(latex, display, scope)
            case Break():
                return " " if scope.line else r"\newline{}"
            case Link():
                return self._link(inline, scope)
            case Cite():
                return self._cite(inline, scope)
            case Ref():
                return self._ref(inline, scope)
            case Footnote():
                return self._footnote(inline, scope)
            case Image(path, alt):
                return escape(alt) if scope.short else rf"\synopseinline{{{escape_path(path)}}}{{{escape(alt)}}}"
            case ValueOf(expression):
                return escape("{{ " + expression + " }}")
        raise TypeError(inline)

    def _maths(self, latex: str, display: bool, scope: Scope) -> str:
        """A formula; one that asks for lines of its own gets them in a paragraph alone, not inside other words."""
        body = written_maths(latex)
        if display and not scope.line and not scope.room and not scope.nested:
            return rf"\[{body}\]"
        written = r"\(\displaystyle " + body + r"\)" if display else rf"\({body}\)"
        return f"{{{written}}}" if "&" in body else written  # an & in a command's argument would end a table's cell

    def _link(self, link: Link, scope: Scope) -> str:
        if scope.short:
            return self.inlines(link.children, scope)
        only, after = link.children[0] if len(link.children) == 1 else None, ""
        if isinstance(only, Text):  # by far the most, and no note stands in it
            is_word = " " not in only.text
            words = escape(only.text, scope.room) if is_word else _printed(only.text, self.words.lang, scope.room)
        else:
            notes = Notes() if scope.notes is None else scope.notes
            words = self.inlines(link.children, replace(scope, nested=True, notes=notes, literal=False))
            after = self.held(notes) if scope.notes is None else ""
        if link.target.startswith("#"):
            return rf"\hyperref[{label(link.target)}]{{{words}}}{after}"
        return rf"\href{{{escape_url(link.target)}}}{{{words}}}{after}"

    def _ref(self, ref: Ref, scope: Scope) -> str:
        place = f"{ref.kind}:{ref.target}" if ref.kind in ("table", "figure") else f"to:{safe_key(ref.target)}"
        words = rf"{escape(self.words[f'ref.{ref.kind}'])}~\ref*{{{place}}}"
        return words if scope.short else rf"\hyperref[{place}]{{{words}}}"

    def _footnote(self, note: Footnote, scope: Scope) -> str:
        if scope.short:
            return ""
        if scope.notes is not None:
            return scope.notes.mark(note)
        notes = Notes()
        words = self.blocks(note.blocks, Scope(nested=True, foot=True, notes=notes))
        return rf"\footnote{{{words}}}{self.held(notes)}"

    def _cite(self, cite: Cite, scope: Scope) -> str:
        if cite.in_text:
            return r"\textcite" + self._cited(cite.keys[0])
        command = "paren" if scope.short else "auto"
        if len(cite.keys) == 1:
            star = "*" if cite.keys[0].no_author else ""
            return rf"\{command}cite{star}" + self._cited(cite.keys[0])
        return rf"\{command}cites" + "".join(self._cited(key) for key in cite.keys) + r"\relax{}"

    def _cited(self, key: CitedKey) -> str:
        suffix = escape(curled(key.suffix, self.words.lang))
        after = then(self._locator(key), suffix)
        name = safe_key(key.key)
        if not key.prefix and not after:
            return f"{{{name}}}"
        before = f"{{{escape(curled(key.prefix, self.words.lang))}}}" if key.prefix else ""
        return f"[{before}][{{{after}}}]{{{name}}}" if after else f"[{before}][]{{{name}}}"

    def _locator(self, key: CitedKey) -> str:
        if key.locator is None:
            return ""
        value = escape(key.locator.value)
        if key.locator.kind == "page":
            return (r"\ppno~" if re.search(r"[–,]", key.locator.value) else r"\pno~") + value
        return f"{escape(locator_word(key.locator, self.words))}~{value}"

    def _block(self, block: Block, scope: Scope) -> str:
        start = mark(block.span)
        match block:
            case Paragraph(children):
                return start + self._paragraph(children, scope)
            case Heading(level, children):
                if scope.nested:
                    return rf"{start}\textbf{{{self.inlines(children, replace(scope, line=True))}}}"
                return start + self.heading(_HEADINGS[min(level, 3) - 1], children)
            case ListOf():
                return self._list(block, scope, start)
            case Quote(blocks):
                inner = self._first(blocks) + self.blocks(blocks, scope.inner())
                return f"{start}\\begin{{synopsequote}}\n{inner}\n{start}\\end{{synopsequote}}"
            case CodeBlock(text):
                return self._listing(text, start)
            case Rule():
                return rf"{start}\synopserule{{}}"
            case PipeTable():
                return self._table(block, scope, start)
            case Figure(image):
                return start + self._figure(image, scope)
        raise TypeError(block)

    def _paragraph(self, children: tuple[Inline, ...], scope: Scope) -> str:
        """A paragraph. A line break at its beginning or end would break no line."""
        while children and isinstance(children[0], Break):
            children = children[1:]
        while children and isinstance(children[-1], Break):
            children = children[:-1]
        inside = replace(scope, nested=False) if not scope.foot else scope
        return self.inlines(children, inside)

    def _figure(self, image: Image, scope: Scope) -> str:
        short, caption, notes = self.captioned(image.caption)
        path, alt = escape_path(image.path), escape(image.alt)
        if scope.foot:  # no caption, which would be numbered, and no notes below notes
            return rf"\synopsepicturein{{{path}}}{{{alt}}}{{{short}}}"
        return rf"\synopseimage{{{path}}}{{{alt}}}{{{caption}}}{{{short}}}{notes}"

    def _first(self, blocks: tuple[Block, ...]) -> str:
        """What lets a list's label or a quotation's begin stand on a line, where its first block is no paragraph."""
        return r"\leavevmode{}" if blocks and isinstance(blocks[0], (PipeTable, Figure, Rule)) else ""

    def _list(self, listed: ListOf, scope: Scope, start: str) -> str:
        first = 1 if listed.start is None else listed.start
        last = first + len(listed.items) - 1
        widest = "" if listed.start is None else f"{last}{listed.delimiter}"
        lines = [f"{start}\\begin{{synopselist}}{{{widest}}}"]
        for number, item in enumerate(listed.items, first):
            label_ = "" if listed.start is None else f"{number}{listed.delimiter}"
            lines.append(rf"\synopseitem{{{label_}}}{self._first(item)}{self.blocks(item, scope.inner())}")
        return "\n".join([*lines, f"{start}\\end{{synopselist}}"])

    def _listing(self, text: str, start: str) -> str:
        lines = [escape_line(line) for line in text.removesuffix("\n").split("\n")]
        body = "\n".join(rf"\synopseline{{{indent}}}{{{line}}}" for indent, line in lines)
        return f"{start}\\begin{{synopselisting}}\n{body}\n{start}\\end{{synopselisting}}"

    def _table(self, table: PipeTable, scope: Scope, start: str) -> str:
        room = PORTRAIT - scope.indent - (FOOT_INDENT if scope.foot else 0.0)
        sheets = lay_out(table, room, turned=not scope.nested)
        written = [self._sheet(table, sheet, scope, start, first=not number) for number, sheet in enumerate(sheets)]
        return "\n\n".join(written).replace("\n\n", "\\endgraf\n" if scope.foot else "\n\n")

    def _sheet(self, table: PipeTable, sheet: Sheet, scope: Scope, start: str, first: bool) -> str:
        ragged = {"left": r"\raggedright", "center": r"\centering", "right": r"\raggedleft"}
        whole = PORTRAIT - scope.indent
        fitting = (whole - FOOT_INDENT) / whole if scope.foot else 1.0
        columns = "".join(
            rf">{{{ragged[table.align[column.index]]}\arraybackslash}}p{{{column.share * fitting:.4f}\linewidth}}"
            for column in sheet.columns
        )
        notes = Notes() if scope.notes is None else scope.notes
        caption = ""
        if table.caption and first:
            words = self.inlines(table.caption, Scope(line=True, notes=notes))
            short = self.inlines(table.caption, SHORT)
            caption = rf"{words}\endgraf" if scope.foot else rf"\caption[{{{short}}}]{{{words}}}\\" + "\n"
        head = self._cells(table.head, sheet, Scope(line=True, notes=notes), r"\textbf{%s}")
        below = self.held(notes) if scope.notes is None else ""
        rows = [self._cells(row, sheet, replace(scope, line=False, nested=True)) for row in table.rows]
        rows = [("" if number else below) + row for number, row in enumerate(rows)] or [below]
        body = " \\\\\n".join([*rows, ""])
        if scope.foot:
            inner = f"\\noindent {caption}\\begin{{tabular}}{{@{{}}{columns}@{{}}}}\\toprule {head} \\\\\\midrule\n{body}\\bottomrule\\end{{tabular}}"
        else:
            top = f"\\toprule\n{head} \\\\\n\\midrule\n"
            heads = f"{caption}{top}\\endfirsthead\n{top}\\endhead\n" if caption else f"{top}\\endhead\n"
            inner = f"\\begin{{longtable}}{{@{{}}{columns}@{{}}}}\n{heads}\\bottomrule\n\\endfoot\n{body}{start}\\end{{longtable}}"
        indent = r"\synopsetableturned" if sheet.turned else r"\synopsetableindent"
        written = f"{start}\\begingroup{indent}{sheet.size}\n{inner}\\endgroup"
        return f"{start}\\begin{{landscape}}\n{written}\n\\end{{landscape}}" if sheet.turned else written

    def _cells(self, row: tuple[tuple[Inline, ...], ...], sheet: Sheet, scope: Scope, style: str = "%s") -> str:
        """A row of a table. `{}` keeps LaTeX from taking what a cell begins with for an option of the row before."""
        cells = [style % self.inlines(row[c.index], replace(scope, room=c.room)) for c in sheet.columns]
        return "{}" + " & ".join(cells)


def inlines_without_notes(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The inlines but for their footnotes, which a bookmark has no room for."""
    return mapped(inlines, lambda inline: () if isinstance(inline, Footnote) else (inline,))


def label(target: str) -> Latex:
    """The label in LaTeX of a place of the document, `#fiche:key` or `#id`, as templates and links write it."""
    kind, _, name = target.removeprefix("#").partition(":")
    return Latex(f"{kind}:{safe_key(name)}" if kind in PLACES else f"to:{safe_key(target.removeprefix('#'))}")


def escape_path(path: str) -> Latex:
    """A path for `\\includegraphics`: it was checked to be one of plain characters, so nothing is left to escape."""
    return Latex(path)


__all__ = ["Latex", "LatexWriter", "Scope", "escape", "escape_url", "label", "mark"]
