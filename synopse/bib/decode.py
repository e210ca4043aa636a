"""LaTeX of a .bib field in, inlines out. pylatexenc reads the LaTeX; what it does not know is told and kept as words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from synopse.markup.maths import check_maths
from synopse.markup.tree import Code, Inline, Link, Math, Quoted, Styled, Text

_LATEX = re.compile(r"[\\{}$~%&#^_]|--|``|''|<<|>>")
_STYLES = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic"), "emph"),
    **dict.fromkeys(("textbf", "mkbibbold"), "strong"),
    **dict.fromkeys(("textsc", "mkbibsc"), "smallcaps"),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "super"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), "sub"),
    **dict.fromkeys(("texttt",), "mono"),
    **dict.fromkeys(
        ("mbox", "textrm", "textup", "textmd", "textnormal", "hbox", "text", "uppercase", "nolinkurl"), "plain"
    ),
    **dict.fromkeys(("NoCaseChange", "MakeUppercase"), "case"),
}
_SWITCHES = {"em": "emph", "it": "emph", "itshape": "emph", "sl": "emph", "bf": "strong", "bfseries": "strong"}
_SWITCHES |= {"sc": "smallcaps", "scshape": "smallcaps", "tt": "mono", "ttfamily": "mono", "rm": "plain", "sf": "plain"}
_SPACES = {
    " ": " ",
    ",": "\u202f",
    ";": " ",
    ":": " ",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "enspace": " ",
    "\n": " ",
}
_NOTHING = frozenset(
    ("/", "-", "@", "!", "relax", "protect", "newblock", "noopsort", "noop", "allowbreak", "hskip", "\\")
)
_OWN = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textless": "<",
    "textgreater": ">",
    "slash": "/",
    "og": "«\u00a0",
    "fg": "\u00a0»",
    "up": "",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "nobreakspace": "\u00a0",
    "hyphen": "-",
    "textendash": "–",
    "textemdash": "—",
    "bibrangedash": "–",
}
Note = Callable[[str], None]


def decoded(value: str, unknown: Note = lambda name: None) -> tuple[Inline, ...]:
    """The inlines of a field's value. `unknown` is called with each command that is not known; nothing is raised."""
    if not _LATEX.search(value):
        return (Text(_spaces(value.strip().replace("'", "’"))),) if value.strip() else ()
    quick = _quickly(value)
    return _tidy(quick) if quick is not None else _walked(value, unknown)


def _walked(value: str, unknown: Note) -> tuple[Inline, ...]:
    """What pylatexenc's walker makes of a value: right for everything, at about a millisecond for a title."""
    safe = re.sub(r"(\\.)|([%#])", lambda match: match[1] or "\\" + match[2], value, flags=re.DOTALL)
    try:
        nodes = _walker(safe).get_latex_nodes()[0]
        inlines = _Reader(unknown).nodes(nodes)
    except (_errors(), RecursionError, ValueError, IndexError, AttributeError, TypeError):
        unknown("{…}")
        inlines = [Text(_spaces(re.sub(r"\\[A-Za-z]+|[{}\\]", "", value)))]
    return _tidy(inlines)


_SNIPPET = re.compile(
    r"\{\\(?:[^A-Za-z{}\\\s]|[A-Za-z]+)\s*(?:\{(?:[A-Za-z]|\\[ij])\}|[A-Za-z]|\\[ij])?\}"
    r"|\{\\[~'`^]\{\\[~'`^][A-Za-z]\}\}"
    r"|\\[`'^\"~=.]\s*(?:\{(?:[A-Za-z]|\\[ij])\}|[A-Za-z])|\\[&%#_]"
)
_NEEDS_WALKER = re.compile(r"[\\$~]|--|``|''|<<|>>")


def _quickly(value: str) -> list[Inline] | None:
    """The inlines of a value that holds nothing but accents and braces; nothing for any other.

    Most fields are such; each different accent goes through pylatexenc once.
    """
    pieces: list[tuple[str, bool]] = []
    last = 0
    for match in _SNIPPET.finditer(value):
        text = _snippet(match[0])
        if text is None:
            return None
        pieces += [(value[last : match.start()], True), (text, False)]
        last = match.end()
    pieces.append((value[last:], True))
    if any(raw and _NEEDS_WALKER.search(text) for text, raw in pieces):
        return None
    stack: list[list[Inline]] = [[]]
    for text, raw in pieces:
        for part in re.split(r"([{}])", text) if raw else [text]:
            if raw and part == "{":
                stack.append([])
            elif raw and part == "}":
                if len(stack) == 1:
                    return None
                inner = tuple(stack.pop())
                stack[-1] += [Styled("case", inner)] if inner else []
            elif part:
                stack[-1].append(Text(_typed(part) if raw else part))
    return stack[0] if len(stack) == 1 else None


@lru_cache(maxsize=4096)
def _snippet(latex: str) -> str | None:
    """The characters of a short piece of LaTeX; nothing where it is more than characters."""
    unknown: list[str] = []
    inlines = _walked(latex, unknown.append)
    if unknown or len(inlines) != 1 or not isinstance(inlines[0], Text):
        return None
    return inlines[0].text


@lru_cache(maxsize=65536)
def _known_words(value: str) -> tuple[str, tuple[str, ...]]:
    """The words of a value, and the commands in it that are not known: names come again and again."""
    unknown: list[str] = []
    return _words(value, unknown.append), tuple(unknown)


def words(value: str, unknown: Note = lambda name: None) -> str:
    """The plain words of a field's value."""
    text, commands = _known_words(value)
    for command in commands:
        unknown(command)
    return text


def _words(value: str, unknown: Note) -> str:
    from synopse.markup.text import plain

    if not _LATEX.search(value):
        return _spaces(value).strip()
    return _spaces(plain(decoded(value, unknown))).replace("’", "'" if "'" in value and "’" not in value else "’")


def _spaces(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"[ \t\n\r]+", " ", text))


def _errors() -> type[Exception]:
    from pylatexenc.latexwalker import LatexWalkerError

    return LatexWalkerError  # type: ignore[no-any-return]


def _walker(value: str) -> Any:
    from pylatexenc.latexwalker import LatexWalker

    return LatexWalker(value, latex_context=_context(), tolerant_parsing=True)


@lru_cache(maxsize=1)
def _context() -> Any:
    """pylatexenc's own macros, and those of biblatex and the web that .bib files use."""
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    context = get_default_latex_context_db()
    one = [
        *_STYLES,
        "url",
        "enquote",
        "mkbibquote",
        "mkbibparens",
        "bibstring",
        "noopsort",
        "noop",
        "path",
        "nolinkurl",
    ]
    own = [MacroSpec(name, "{") for name in one] + [MacroSpec("href", "{{")]
    context.add_context_category("synopse", prepend=True, macros=own)
    return context


@lru_cache(maxsize=1)
def _to_text() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(keep_comments=True, strict_latex_spaces=True)


class _Reader:
    """Turns pylatexenc's nodes into inlines."""

    def __init__(self, unknown: Note) -> None:
        self.unknown = unknown

    def nodes(self, nodes: Any) -> list[Inline]:
        result: list[Inline] = []
        nodes = [node for node in nodes or () if node is not None]
        for position, node in enumerate(nodes):
            name = getattr(node, "macroname", None)
            if name in _SWITCHES:
                rest = self.nodes(nodes[position + 1 :])
                return [*result, Styled(_SWITCHES[name], tuple(_lstripped(rest)))]  # type: ignore[arg-type]
            result += self.node(node)
        return result

    def node(self, node: Any) -> list[Inline]:
        match type(node).__name__:
            case "LatexCharsNode":
                return [Text(_typed(node.chars))]
            case "LatexGroupNode":
                return self.group(node)
            case "LatexMathNode":
                return [self.maths(node)]
            case "LatexCommentNode":
                return [Text("%" + node.comment)]
            case "LatexSpecialsNode":
                return [Text(_special(node.specials_chars))]
            case "LatexMacroNode":
                return self.macro(node)
            case "LatexEnvironmentNode":
                self.unknown(f"\\begin{{{node.environmentname}}}")
                return self.nodes(node.nodelist)
        return []

    def group(self, node: Any) -> list[Inline]:
        inner = self.nodes(node.nodelist)
        if node.delimiters != ("{", "}"):
            return [Text(node.delimiters[0]), *inner, Text(node.delimiters[1])]
        named = [getattr(n, "macroname", None) for n in node.nodelist or ()]
        if named and (named[0] in _SWITCHES or (named[0] is not None and len(named) == 1)):
            return inner
        return [Styled("case", tuple(inner))] if inner else []

    def macro(self, node: Any) -> list[Inline]:
        name = node.macroname
        arguments = [a for a in (getattr(node.nodeargd, "argnlist", None) or ()) if a is not None]
        if name in _STYLES:
            inner = self.arguments(arguments)
            return [Styled(_STYLES[name], tuple(inner))] if _STYLES[name] != "plain" else inner  # type: ignore[arg-type]
        if name in ("enquote", "mkbibquote"):
            return [Quoted(tuple(self.arguments(arguments)))]
        if name in ("url", "path"):
            return [Code(_source(arguments))]
        if name == "href" and len(arguments) == 2:
            target = _source(arguments[:1])
            shown = tuple(self.arguments(arguments[1:]))
            return [Link(target, shown)] if re.match(r"https?://", target) else list(shown)
        if name in _SPACES:
            return [Text(_SPACES[name])]
        if name in _NOTHING:
            return []
        if name in _OWN:
            return [Text(_OWN[name]), *self.arguments(arguments)]
        if name in "{}$&#%_":
            return [Text(name)]
        text = self.known(node)
        if text or (text is not None and not arguments):
            return [Text(text)]
        self.unknown(f"\\{name}")
        return self.arguments(arguments)

    def known(self, node: Any) -> str | None:
        """The character of an accent or symbol command, by pylatexenc's tables; nothing for a command it lacks."""
        spec = _to_text().latex_context.get_macro_spec(node.macroname)
        if spec is None or not spec.macroname or spec.simplify_repl is None:
            return None
        text = str(_to_text().node_to_text(node))
        return None if "\\" in text else unicodedata.normalize("NFC", text.replace("''", "”").replace("``", "“"))

    def arguments(self, arguments: list[Any]) -> list[Inline]:
        result: list[Inline] = []
        for argument in arguments:
            if type(argument).__name__ == "LatexGroupNode":
                result += self.nodes(argument.nodelist)
            else:
                result += self.node(argument)
        return result

    def maths(self, node: Any) -> Inline:
        latex = "".join(part.latex_verbatim() for part in node.nodelist or ())
        if check_maths(latex) is None and latex.strip():
            return Math(latex.strip())
        self.unknown("$" + latex + "$")
        return Text(re.sub(r"\\[A-Za-z]+\s*|[{}\\^_$]", "", latex))


def _source(nodes: list[Any]) -> str:
    raw = "".join(node.latex_verbatim() for node in nodes)
    return re.sub(r"\\([%#&_{}$])", r"\1", raw.strip().removeprefix("{").removesuffix("}"))


def _typed(chars: str) -> str:
    return chars.replace("'", "’")


def _special(chars: str) -> str:
    known = {
        "~": "\u00a0",
        "--": "–",
        "---": "—",
        "``": "“",
        "''": "”",
        "&": "&",
        "#": "#",
        "\n\n": " ",
        "<<": "«",
        ">>": "»",
    }
    return known.get(chars, chars)


def _lstripped(inlines: list[Inline]) -> list[Inline]:
    if inlines and isinstance(inlines[0], Text):
        return [Text(inlines[0].text.lstrip()), *inlines[1:]]
    return inlines


def _tidy(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one, spaces single, none at the ends; empty styles dropped."""
    merged = _merged(inlines)
    if merged and isinstance(merged[0], Text):
        merged[0] = Text(merged[0].text.lstrip())
    if merged and isinstance(merged[-1], Text):
        merged[-1] = Text(merged[-1].text.rstrip())
    return tuple(inline for inline in merged if inline != Text(""))


def _merged(inlines: list[Inline]) -> list[Inline]:
    result: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, (Styled, Quoted)):
            children = tuple(_merged(list(inline.children)))
            if not children:
                continue
            inline = Styled(inline.style, children) if isinstance(inline, Styled) else Quoted(children)
        if isinstance(inline, Text):
            if result and isinstance(result[-1], Text):
                result[-1] = Text(_spaces(result[-1].text + inline.text))
                continue
            inline = Text(_spaces(inline.text))
        result.append(inline)
    return [inline for inline in result if inline != Text("")]
