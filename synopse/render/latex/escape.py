"""A person's text in, the LaTeX that prints it to the letter out: escapes by construction, and where lines may end.

The document's fonts are set without TeX's ligatures, so that `--` and a straight quote stay what they are; the
characters below are the only ones that LaTeX reads otherwise than to the letter. A bracket stands in braces, for after
`\\\\` and `\\item` LaTeX takes it for the beginning of an option.
"""

from __future__ import annotations

import re
from functools import lru_cache

from synopse.diagnostics import Span
from synopse.markup.breaks import LONG, Break, breaks, cuts, is_technical


class Latex(str):
    """A string that is LaTeX already: templates print it as it is, and escape every other string."""

    __slots__ = ()


ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "[": "{[}",
    "]": "{]}",
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
_WORD = re.compile(r"[^\s\u00a0\u202f]+")
_SPACELESS = "\u0e00-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_SPECIAL_WORD = re.compile(
    rf"[_/\\:@#=&?%+~|<>*$^0-9{_SPACELESS}]|\w\.\w|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]|[^\s\u00a0\u202f]{{{LONG}}}"
)
"""Something in a text that is no plain word of a language that parts its words by spaces."""
_HAS_NO_HYPHEN = re.compile(rf"[{_SPACELESS}]")
"""Letters of scripts that part no words by spaces, and write no hyphen where a line ends in one."""
_MACROS = {Break.FREE: r"\synopsejoin{}", Break.SIGN: r"\synopsebreak{}", Break.LAST: r"\synopsecut{}"}
LINE = 2000
"""After so many characters of a word its line of LaTeX ends as well, for TeX's lines have a limit."""


@lru_cache(maxsize=4096)
def escape(text: str, room: int = 0) -> Latex:
    """`text` to the letter. Control characters, which no font prints, become U+FFFD.

    `room` is how many characters fit on a line of a narrow column: a longer word may then break between any two.
    """
    narrow = room and any(len(word) > room for word in text.split())
    if not narrow and not _SPECIAL_WORD.search(text):
        return Latex(_plain(text))
    parts, last = [], 0
    for match in _WORD.finditer(text):
        parts.append(_plain(text[last : match.start()]))
        parts.append(_word(match[0], room))
        last = match.end()
    parts.append(_plain(text[last:]))
    return Latex("".join(parts))


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: ESCAPES.get(match[0], "\ufffd"), text)


@lru_cache(maxsize=1 << 16)
def _word(word: str, room: int, code: bool = False) -> str:
    """A word with the places where it may break. An address or an identifier gets no hyphen, and code never does."""
    places = {at: _MACROS[kind] for at, kind in breaks(word).items()}
    named = any(c.isalpha() for c in word) and (is_technical(word) or len(word) >= LONG)
    if code and not room:  # no hyphen is put into code, and a long word of it is wider than what is left of any line
        room = CODE_LINE
    if room and len(word) > room and (code or named or not any(c.isalpha() for c in word)):
        places = dict.fromkeys(cuts(word), _MACROS[Break.LAST]) | places
    elif room and len(word) > 2 * room:  # the language's own hyphens might not do
        places = {
            at: _MACROS[Break.LAST] if _HAS_NO_HYPHEN.match(word[at - 1]) else r"\synopsehyphen{}"
            for at in cuts(word, 2)
        }
    written = _broken(word, places)
    return rf"\synopseword{{{written}}}" if named and not code else written


def _broken(word: str, places: dict[int, str]) -> str:
    parts, last, since = [], 0, 0
    for at in sorted(places):
        since += at - last
        parts.append(_plain(word[last:at]) + places[at] + ("%\n" if since > LINE else ""))
        since, last = (0 if since > LINE else since), at
    parts.append(_plain(word[last:]))
    return "".join(parts)


def escape_code(text: str, room: int = 0) -> Latex:
    """A piece of code to the letter, with every space; a line may end in it, and no hyphen is put in."""
    room = room * 6 // 7  # its letters are wider
    written = [_word(part, room, code=True) if part.strip() else part for part in re.split(r"(\s+)", text)]
    return Latex("".join(r"\ " * len(part) if part.isspace() and len(part) > 1 else part for part in written))


CODE_LINE = 30
"""A word of code with more characters may break between any two, if there is no better place."""


def escape_line(text: str) -> tuple[int, Latex]:
    """A line of a listing: how many spaces it begins with, and the rest, whose breaks are marked as such."""
    text = text.expandtabs(4)
    rest = text.lstrip(" ")
    parts = []
    for part in re.split(r"( +)", rest):
        if part.startswith(" "):
            parts.append(r"\synopsegap{}" * len(part))
        else:
            places = dict.fromkeys(cuts(part), r"\synopsefold{}") if len(part) > CODE_LINE else {}
            signs = {at: r"\synopsefold{}" for at, kind in breaks(part).items() if kind is not Break.LAST}
            parts.append(_broken(part, places | signs))
    return len(text) - len(rest), Latex("".join(parts))


def escape_url(url: str) -> Latex:
    """An address as hyperref's `\\href` takes it: percent-encoded where TeX would read a character otherwise."""
    keep = re.compile(r"[A-Za-z0-9:/?=.,;+@!*()'&#_~%-]")
    encoded = "".join(c if keep.match(c) else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in url)
    return Latex(re.sub(r"[%#&_~]", lambda match: "\\" + match[0], encoded))


BOOKMARK_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=[!?])(?=`)")
"""Where two characters would become one in a bookmark (hyperref.sty, `\\pdfstringdef`)."""


def escape_bookmark(text: str) -> Latex:
    """A text for the bookmarks of a PDF, which print letters alone.

    hyperref makes dashes and Spanish marks of `--`, ``!` `` and ``?` `` there; an italic correction, which it drops, parts them.
    """
    written = _plain(re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)).replace("{[}", "[").replace("{]}", "]")
    return Latex(BOOKMARK_LIGATURES.sub(r"\\/", written))


def mark(span: Span | None) -> str:
    """An invisible mark, taken out by `render.linemap`: what follows comes from this place of a source."""
    return f"\x01{span.file}\x02{span.line}\x02{span.column}\x03" if span and span.file else ""
