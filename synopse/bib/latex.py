"""The LaTeX of a .bib field in, inlines out. pylatexenc's walker parses; what is not known is told and kept as words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from synopse.bib import commands, units
from synopse.markup.maths import check_maths
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Link, Math, Quoted, Styled, Text


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell of a field: the code of a diagnostic, its message, and what to do."""

    code: str
    message: str
    hint: str = ""


STRAIGHT = "\ue003"
"""Stands for a straight double quotation mark as it was typed, until it is known which of a pair it is."""
Note = Callable[[Remark], None]
SPECIALS = {
    "~": "\u00a0",
    "--": "–",
    "---": "—",
    "``": "“",
    "''": "”",
    "<<": "«",
    ">>": "»",
    ",,": "„",
    "!`": "¡",
    "?`": "¿",
    "\n\n": " ",
}
"""What TeX's fonts make of these (LuaTeX's `tlig`, T1's ligatures)."""


def read_latex(value: str, note: Note) -> list[Inline]:
    """The inlines of a value. Never raises: a value that cannot be parsed gives its words."""
    safe = _prepared(value)
    try:
        return _Reader(note).nodes(_walker(safe).get_latex_nodes()[0])
    except (_error(), RecursionError, ValueError, IndexError, AttributeError, TypeError):
        note(Remark("bib-command", "the LaTeX of this field cannot be read; its words are kept", "check its braces"))
        return [Text(re.sub(r"\\[A-Za-z]+|[{}\\]", "", value))]


_KERN = re.compile(r"\\(?:hskip|kern)\s*(-?[\d.]+\s*[a-z]{2})(?:\s*(?:plus|minus)\s*-?[\d.]+\s*[a-z]{2,4})*\s?")


def _prepared(value: str) -> str:
    """The value without what the walker would stumble over: `%` and `#`, tabbing accents, lengths, `\\char`."""
    value = re.sub(r"(\\.)|([%#])", lambda match: match[1] or "\\" + match[2], value, flags=re.DOTALL)
    value = re.sub(r"\\a(?=['`=])\s*", r"\\", value)
    value = _KERN.sub(r"\\hspace{\1}", value)
    return re.sub(r"\\char\s*(?:\"([0-9A-F]{1,5})|'([0-7]{1,6})|(\d{1,6}))\s?", _char, value)


def _char(match: re.Match[str]) -> str:
    digits = next((group, base) for group, base in zip(match.groups(), (16, 8, 10), strict=True) if group)
    code = int(*digits)
    sound = 0x20 < code < 0x110000 and not 0xD800 <= code < 0xE000 and not 0x7F <= code < 0xA0
    if not sound:
        return ""
    return "\\" + chr(code) if chr(code) in "{}$&#%_" else f"\\synopsechar{{{code}}}"


@lru_cache(maxsize=1)
def _error() -> type[Exception]:
    from pylatexenc.latexwalker import LatexWalkerError

    return LatexWalkerError  # type: ignore[no-any-return]


def _walker(value: str) -> Any:
    from pylatexenc.latexwalker import LatexWalker

    return LatexWalker(value, latex_context=_context(), tolerant_parsing=True)


@lru_cache(maxsize=1)
def _context() -> Any:
    """The commands that take something; the walker gives every other one without an argument."""
    from pylatexenc.macrospec import LatexContextDb, MacroSpec, std_specials

    context = LatexContextDb()
    macros = [MacroSpec(name, takes) for name, takes in commands.TAKES.items()]
    macros += [MacroSpec(name, "{") for name in (*commands.accents(), "synopsechar")]
    specials = [std_specials(chars) for chars in SPECIALS]
    context.add_context_category("synopse", macros=macros, specials=specials)
    context.set_unknown_macro_spec(MacroSpec("", ""))
    return context


class _Reader:
    """Turns pylatexenc's nodes into inlines."""

    def __init__(self, note: Note) -> None:
        self.note = note

    def nodes(self, nodes: Any) -> list[Inline]:
        result: list[Inline] = []
        nodes = [node for node in nodes or () if node is not None]
        for position, node in enumerate(nodes):
            name = getattr(node, "macroname", None)
            if name in commands.SWITCHES:
                rest = _lstripped(self.nodes(nodes[position + 1 :]))
                style = commands.SWITCHES[name]
                return [*result, *(rest if style == "plain" else [Styled(style, tuple(rest))] if rest else [])]
            following = nodes[position + 1] if position + 1 < len(nodes) else None
            result += self.node(node, following)
        return result

    def node(self, node: Any, following: Any = None) -> list[Inline]:
        match type(node).__name__:
            case "LatexCharsNode":
                return [Text(typed(node.chars))]
            case "LatexGroupNode":
                return self.group(node)
            case "LatexMathNode":
                return [self.maths("".join(part.latex_verbatim() for part in node.nodelist or ()))]
            case "LatexCommentNode":
                return [Text("%" + node.comment)]
            case "LatexSpecialsNode":
                return [Text(SPECIALS.get(node.specials_chars, node.specials_chars))]
            case "LatexMacroNode":
                return self.macro(node, following)
            case "LatexEnvironmentNode":
                name = node.environmentname
                self.note(Remark("bib-command", f"the environment {name[:40]} is not known; what it holds is kept"))
                return self.nodes(node.nodelist)
        return []

    def group(self, node: Any) -> list[Inline]:
        inner = self.nodes(node.nodelist)
        if node.delimiters != ("{", "}"):
            return [Text(node.delimiters[0]), *inner, Text(node.delimiters[1])]
        first = getattr(node.nodelist[0], "macroname", None) if node.nodelist else None
        if first in commands.SWITCHES or (len(node.nodelist or ()) == 1 and first and self.is_character(first)):
            return inner
        if len(inner) == 1 and isinstance(inner[0], Text) and not inner[0].text.strip():
            return inner
        return [Styled("case", tuple(inner))] if inner else []

    def is_character(self, name: str) -> bool:
        """Whether braces around the command only end its name, and do not keep its case."""
        known = name in commands.SPACES or commands.character(name) or commands.accent(name)
        return bool(known) or name in "{}$&#%_"

    def macro(self, node: Any, following: Any) -> list[Inline]:
        name = node.macroname
        given = list(getattr(node.nodeargd, "argnlist", None) or ())
        arguments = [argument for argument in given if argument is not None]
        if commands.accent(name) is not None and (arguments or name in commands.ACCENTED_SIGNS):
            return self.accented(name, arguments)
        if name == "synopsechar":
            return [Text(chr(int(plain(self.argument(arguments[0])))))]
        if name in commands.SPACES:
            return [Text(commands.SPACES[name])]
        if name == "hspace":
            return [Text(commands.space_of(_source(arguments[-1:])))]
        if name in commands.NOTHING:
            return []
        if name in "{}$&#%_":
            return [Text(name)]
        known = commands.character(name)
        if known is not None:
            return [Text(known)]
        if name in commands.TAKES and arguments:
            return self.command(name, given, arguments)
        return self.unknown(name, following)

    def command(self, name: str, given: list[Any], arguments: list[Any]) -> list[Inline]:
        """A command with its arguments."""
        if name in commands.STYLES:
            shown = self.argument(arguments[0 if name == "texorpdfstring" else -1])
            style = commands.STYLES[name]
            return shown if style == "plain" else [Styled(style, tuple(shown))]
        if name in commands.CASES:
            return _cased(self.argument(arguments[-1]), commands.CASES[name])
        if name in commands.QUOTES:
            return [Quoted(tuple(self.argument(arguments[-1])))]
        if name in commands.BRACKETS:
            signs = commands.BRACKETS[name]
            return [Text(signs[0]), *self.argument(arguments[-1]), Text(signs[1])]
        if name == "printfirst":
            return self.argument(arguments[0])
        if name == "switchargs":
            return self.argument(arguments[1]) + self.argument(arguments[0])
        if name in ("url", "path", "nolinkurl"):
            return address(_source(arguments))
        if name == "href":
            return self.link(_source(given[1:2]), tuple(self.argument(arguments[-1])))
        if name == "ensuremath":
            return [self.maths(_source(arguments, raw=True))]
        return units.read(name, [None if each is None else _source([each], raw=True) for each in given], self.unknown)

    def link(self, target: str, shown: tuple[Inline, ...]) -> list[Inline]:
        return [Link(target, shown)] if re.match(r"https?://", target) else list(shown)

    def accented(self, name: str, arguments: list[Any]) -> list[Inline]:
        """The argument with an accent on its first letter; an accent on nothing is the sign itself."""
        combining = commands.accent(name) or ""
        inner = self.argument(arguments[0]) if arguments else []
        base = plain(inner)
        if not base.strip():
            alone = {"~": "~", "^": "^", "`": "`", '"': "¨", "'": "´"}.get(name, "")
            return [Text(alone + base)]
        if not isinstance(inner[0], Text):
            return inner
        first, rest = base[0], base[1:]
        return [Text(unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(first, first) + combining) + rest)]

    def unknown(self, name: str, following: Any = None) -> list[Inline]:
        """Tells of a command that is not known: an argument in braces after it is kept, the command is not."""
        kept = type(following).__name__ == "LatexGroupNode"
        what = "its argument is kept as text" if kept else "it is left out"
        message = f"the LaTeX command \\{name[:40]} is not known; {what}"
        self.note(Remark("bib-command", message, "write the character itself"))
        return []

    def argument(self, argument: Any) -> list[Inline]:
        if type(argument).__name__ == "LatexGroupNode" and argument.delimiters == ("{", "}"):
            return self.nodes(argument.nodelist)
        return self.node(argument)

    def maths(self, latex: str) -> Inline:
        latex = _modern(latex.strip().replace("\\#", "#") if "\\#" not in latex else latex.strip())
        if latex and check_maths(latex) is None:
            return Math(latex)
        words = re.sub(r"\\[A-Za-z]+\s*|[{}\\^_$]", "", latex)
        if latex:
            message = f"the formula ${latex[:40]}$ cannot be typeset as it is; its words are kept"
            self.note(Remark("bib-command", message, "write it with the commands of LaTeX and amsmath alone"))
        return Text(words)


_OLD_FONTS = {"rm": "mathrm", "bf": "mathbf", "it": "mathit", "sf": "mathsf", "tt": "mathtt", "cal": "mathcal"}


def _modern(latex: str) -> str:
    """A formula with LaTeX's commands for TeX's old ones: `{\\rm CO}` is `\\mathrm{CO}`, `~` a space."""
    latex = re.sub(
        r"\{\s*\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*([^{}]*)\}", lambda m: rf"\{_OLD_FONTS[m[1]]}{{{m[2]}}}", latex
    )
    latex = re.sub(r"\\(?:mbox|hbox|textnormal)(?![A-Za-z])", r"\\text", latex)
    return re.sub(r"(?<!\\)~", r"\\ ", latex)


def address(target: str) -> list[Inline]:
    """An address, as a link that is shown as it is."""
    shown = Text(target)
    return [Link(target, (shown,))] if re.match(r"https?://|ftp://|mailto:", target) else [shown]


def _cased(inlines: list[Inline], change: Callable[[str], str]) -> list[Inline]:
    from synopse.markup.tree import mapped

    def one(inline: Inline) -> tuple[Inline, ...]:
        return (Text(change(inline.text)),) if isinstance(inline, Text) else (inline,)

    return list(mapped(tuple(inlines), one))


def _source(nodes: list[Any], raw: bool = False) -> str:
    """The LaTeX of an argument; an address without TeX's escapes."""
    latex = "".join(node.latex_verbatim() for node in nodes if node is not None).strip()
    if latex[:1] in "{[" and latex[-1:] in "}]" and len(latex) > 1:
        latex = latex[1:-1]
    return latex if raw else re.sub(r"\\([%#&_{}$~])", r"\1", latex.strip())


def typed(chars: str) -> str:
    """Characters as TeX's fonts print them: a straight quote is curly."""
    return chars.replace("'", "’").replace("`", "‘").replace('"', STRAIGHT)


def _lstripped(inlines: list[Inline]) -> list[Inline]:
    if inlines and isinstance(inlines[0], Text):
        return [Text(inlines[0].text.lstrip(" \n\t")), *inlines[1:]]
    return inlines
