"""The value of a .bib field in, inlines or plain words out: HTML first, then LaTeX, then the names and lists split it.

Most values hold nothing but words, braces and accents; they take a short way, the others that of `latex`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from synopse.bib.latex import Note, Remark, address, read_latex, typed
from synopse.bib.straight import with_quotes
from synopse.bib.web import from_web
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Quoted, Styled, Text

_LATEX = re.compile(r"[\\{}$~%&#^_<\"]|--|``|''|>>|,,|[!?]`|://")
_SNIPPET = re.compile(
    r"\{\\(?:[^A-Za-z{}\\\s]|[A-Za-z]+)\s*(?:\{(?:[A-Za-z]|\\[ij])\}|[A-Za-z]|\\[ij])?\}"
    r"|\{\\[~'`^]\{\\[~'`^][A-Za-z]\}\}"
    r"|\\[`'^\"~=.]\s*(?:\{(?:[A-Za-z]|\\[ij])\}|[A-Za-z])|\\[&%#_]"
)
_NEEDS_WALKER = re.compile(r"[\\$~<\"]|--|``|''|>>|,,|[!?]`|://")


def ignore(remark: Remark) -> None:
    """A note-taker for whoever asks for the words alone."""


def decoded(value: str, note: Note = ignore) -> tuple[Inline, ...]:
    """The inlines of a field's value. `note` is called with what is to be told of it; nothing is raised."""
    if not _LATEX.search(value):
        return (Text(_spaces(typed(value.strip()))),) if value.strip() else ()
    _bare_signs(value, note)
    before = value
    value, read = from_web(value)
    if read:
        note(_web_remark(read, "&" in re.sub(r"\\\\&", "", before)))
    quick = _quickly(value)
    return _tidy(with_quotes(quick if quick is not None else read_latex(value, note), note))


def _web_remark(read: list[str], stops: bool) -> Remark:
    shown = " ".join(dict.fromkeys(read))
    alone = "LaTeX alone would stop at its &" if stops else "LaTeX alone would print it as it is"
    return Remark(
        "bib-html", f"HTML is read as what it means: {shown[:60]}; {alone}", "write the characters themselves"
    )


_BARE = re.compile(r"(?<!\\)(?:\\\\)*([&%#])|(?<!\\)(?:\\\\)*([_^])")
_NOT_BARE = re.compile(r"\\(?:url|path|nolinkurl|href|ensuremath|ce|SI|si|qty|unit|num)\s*(?:\[[^\]]*\])?"
                       r"(?:\{(?:[^{}]|\{[^{}]*\})*\})+|\$[^$]*\$|\\\(.*?\\\)|&#?\w+;", re.DOTALL)  # fmt: skip


def _bare_signs(value: str, note: Note) -> None:
    """Tells of a sign that LaTeX takes for a command, and that stands for itself here."""
    if not re.search(r"[&%#_^]", value):
        return
    found = {match[1] or match[2] for match in _BARE.finditer(_NOT_BARE.sub(" ", value))}
    for sign in sorted(found):
        escaped = r"\textasciicircum{}" if sign == "^" else "\\" + sign
        message = f"a {sign} that is not escaped is taken for the character; LaTeX alone would stop at it"
        note(Remark("bib-escape", message, f"write {escaped}"))


def _quickly(value: str) -> list[Inline] | None:
    """The inlines of a value that holds nothing but accents and braces; nothing for any other.

    Each different accent goes through pylatexenc once.
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
                stack[-1].append(Text(typed(part) if raw else part))
    return stack[0] if len(stack) == 1 else None


@lru_cache(maxsize=4096)
def _snippet(latex: str) -> str | None:
    """The characters of a short piece of LaTeX; nothing where it is more than characters."""
    told: list[Remark] = []
    inlines = _merged(read_latex(latex, told.append))
    if told or len(inlines) != 1 or not isinstance(inlines[0], Text):
        return None
    return inlines[0].text


@lru_cache(maxsize=65536)
def _known_words(value: str) -> tuple[str, tuple[Remark, ...]]:
    """The words of a value, and what is to be told of it: names come again and again."""
    told: list[Remark] = []
    return _words(value, told.append), tuple(told)


def words(value: str, note: Note = ignore) -> str:
    """The plain words of a field's value."""
    text, told = _known_words(value)
    for remark in told:
        note(remark)
    return text


def _words(value: str, note: Note) -> str:
    if not _LATEX.search(value):
        return _spaces(value).strip()
    return _spaces(plain(decoded(value, note))).replace("’", "'" if "'" in value and "’" not in value else "’")


def _spaces(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"[ \t\n\r]+", " ", text))


def _tidy(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one, spaces single, none at the ends; empty styles dropped."""
    merged = _merged(inlines)
    if merged and isinstance(merged[0], Text):
        merged[0] = Text(merged[0].text.lstrip(" "))
    if merged and isinstance(merged[-1], Text):
        merged[-1] = Text(merged[-1].text.rstrip(" "))
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


_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s{}<>\"“”«»]+[^\s{}<>\"“”«».,;:!?)’']")


def with_links(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The inlines with each address in the text as a link: it must break without a hyphen."""
    result: list[Inline] = []
    for inline in inlines:
        if not isinstance(inline, Text) or "://" not in inline.text:
            result.append(inline)
            continue
        last = 0
        for match in _ADDRESS.finditer(inline.text):
            result += [Text(inline.text[last : match.start()]), *address(match[0])]
            last = match.end()
        result.append(Text(inline.text[last:]))
    return tuple(inline for inline in result if inline != Text(""))
