"""What markdown-it understands of a person's text: its own rules, and those added for citations, values and addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from synopse.locale import catalogue
from synopse.markup.citations import end_of_group, parse_group, parse_locator
from synopse.markup.keys import KnownKeys
from synopse.markup.tree import Cite, CitedKey

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

ESCAPABLE = frozenset("*_`[]$@|{!~")
"""A backslash before one of these takes it to the letter; before anything else it is a backslash."""

DEEPEST = 120
"""Blocks may nest so deep: some sixty lists, an item counting twice (markdown-it's `maxNesting`)."""


Mode = Literal["text", "chapter", "line"]
"""What a text may hold: paragraphs, lists, tables …; headings as well; or words alone, as a title does."""


@lru_cache(maxsize=16)
def parser_for(lang: str, mode: Mode, one_line: bool = False) -> MarkdownIt:
    """The parser of texts in a language. In a text of `one_line` no sign begins a list or a quotation: `> 100`, `- 5`."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    options: Any = {"typographer": True, "quotes": catalogue(lang).quotes, "html": False, "maxNesting": DEEPEST}
    parser = MarkdownIt("commonmark", options)
    parser.enable(["table", "smartquotes", "strikethrough"])
    parser.disable(["html_block", "html_inline", "entity", "escape", "code", "lheading", "reference"])
    if mode != "chapter":
        parser.disable(["heading", "hr"])
    if mode == "line":
        parser.disable(["list", "blockquote", "fence", "table"])
    if one_line:
        parser.disable(["list", "blockquote"])
    parser.use(footnote_plugin, inline=True)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    if mode == "line":
        parser.disable(["math_block"])
    parser.block.ruler.before("footnote_def", "footnote_noted", _noted_rule, {"alt": []})
    parser.inline.ruler.before("link", "address", _address_rule)
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("link", "escape_own", _escape_rule)
    parser.inline.ruler.before("link", "value", _value_rule)
    parser.inline.ruler.before("emphasis", "product", _product_rule)
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _noted_rule(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Only looks: notes the name and line of each footnote that is defined, for markdown-it keeps the last of a name."""
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    match = re.match(r"\[\^([^\]\s]+)\]:", state.src[begin:end])
    if match and not silent:
        state.env.setdefault("defined", []).append((match[1], begin))
    return False


_ADDRESS = re.compile(r"://[^\s<>«»“”\"\x00-\x1f]+")


def _address_rule(state: StateInline, silent: bool) -> bool:
    """A bare `https://…` is a link, to the letter: no sign in it has a meaning, and no quote in it is curled."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = re.search(r"(?:^|(?<=\W))(?:https?|ftp)$", state.pending)
    match = _ADDRESS.match(state.src, state.pos, state.posMax)
    if not scheme or not match:
        return False
    rest = match[0].rstrip(".,;:!?'’*_~`$|\\")
    while rest.endswith((")", "]", "}")) and rest.count(rest[-1]) > rest.count(
        {")": "(", "]": "[", "}": "{"}[rest[-1]]
    ):
        rest = rest[:-1].rstrip(".,;:!?'’*_~`$|\\")
    if len(rest) < 5:
        return False
    if not silent:
        state.pending = state.pending[: scheme.start()]
        token = state.push("address", "", 0)
        token.content = scheme[0] + rest
    state.pos += len(rest)
    return True


def _escape_rule(state: StateInline, silent: bool) -> bool:
    source, at = state.src, state.pos
    if source[at] != "\\":
        return False
    if at + 1 < state.posMax and source[at + 1] == "\n":
        if not silent:
            state.push("hardbreak", "br", 0)
        state.pos += 2
        return True
    if at + 1 < state.posMax and source[at + 1] in ESCAPABLE:
        if not silent:
            token = state.push("text_special", "", 0)
            token.content = source[at + 1]
        state.pos += 2
        return True
    return False


def _product_rule(state: StateInline, silent: bool) -> bool:
    """A `*` in a word or a number begins no emphasis, `a*b*c`, and ends none between digits: `*2*3 mg*`.

    Words here are of letters that have capitals, and digits: scripts without spaces have their emphasis inside.
    """
    from markdown_it.rules_inline.state_inline import Delimiter

    source, at = state.src, state.pos
    if silent or source[at] != "*":
        return False
    scanned = state.scanDelims(at, True)
    end = at + scanned.length
    before, after = source[max(at - 1, 0) : at], source[end : min(end + 1, state.posMax)]
    if not (_in_word(before) and _in_word(after)):
        return False
    closes = not (before.isnumeric() and after.isnumeric())
    for _ in range(scanned.length):
        state.push("text", "", 0).content = "*"
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("*"), scanned.length, place, -1, open=False, close=closes))
    state.pos = end
    return True


def _in_word(character: str) -> bool:
    return character.isnumeric() or character.lower() != character.upper()


_BRACED = re.compile(r"@\{[^}]*\}")


def _citation_rule(state: StateInline, silent: bool) -> bool:
    source, at = state.src, state.pos
    known: KnownKeys = state.env.get("known") or KnownKeys()
    if source[at] == "[":
        end = end_of_group(source, at, state.posMax)
        inside = source[at + 1 : end]
        if end < 0 or "@" not in inside or "[" in _BRACED.sub("", inside) or source[end + 1 : end + 2] == "(":
            return False
        keys = parse_group(inside, known)
        if keys is None:
            return False
        return _push(state, silent, "citation", end + 1, {"cite": Cite(keys)})
    if source[at] != "@" or (at and (source[at - 1].isalnum() or source[at - 1] in "_.@-+")):
        return False
    read = known.read(source, at)
    if read is None or read.end > state.posMax:
        return False
    after = re.compile(r"\s\[([^\]@\n]+)\]").match(source, read.end)
    locator, suffix = parse_locator(after[1] if after else "")
    key = CitedKey(read.key, "", locator, suffix, typed=read.typed)
    return _push(state, silent, "citation", after.end() if after else read.end, {"cite": Cite((key,), in_text=True)})


def _value_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos, state.posMax)
    if end < 0:
        return False
    return _push(state, silent, "value", end + 2, {"expression": state.src[state.pos + 2 : end].strip()})


def _push(state: StateInline, silent: bool, kind: str, end: int, meta: dict[str, Any]) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content = state.src[state.pos : end]
        token.meta = meta
    state.pos = end
    return True
