"""HTML, JATS and MathML in a .bib field in, LaTeX out: how Crossref, Zotero and publishers export their titles.

Entities become characters, styles become commands, and of every other element what it holds is kept.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STYLE = {
    **dict.fromkeys(("i", "em", "italic", "cite", "var"), r"\emph"),
    **dict.fromkeys(("b", "strong", "bold"), r"\textbf"),
    **dict.fromkeys(("sub", "inf"), r"\textsubscript"),
    **dict.fromkeys(("sup",), r"\textsuperscript"),
    **dict.fromkeys(("scp", "sc", "smallcaps"), r"\textsc"),
    **dict.fromkeys(("tt", "code", "monospace", "kbd"), r"\texttt"),
    **dict.fromkeys(("nocase",), "{}"),
}
_TAGS = """
a p div span u s font small big center h1 h2 h3 h4 h5 h6 title sec list list-item xref roman inline-formula
alternatives tex-math graphic inline-graphic styled-content underline overline strike named-content abbr q
"""
_OTHER = frozenset(_TAGS.split())
"""Elements of which only what they hold is kept."""
_ALONE = frozenset(("br", "p", "hr", "break", "wbr"))
"""Elements that may stand without an end."""
_LT = r"(?:<|\{?\\textless\s*(?:\{\})?\}?|\{?\$<\$\}?|\\ensuremath\{<\})"
_GT = r"(?:>|\{?\\textgreater\s*(?:\{\})?\}?|\{?\$>\$\}?|\\ensuremath\{>\})"
_TAG = re.compile(rf"{_LT}\s*(/?)\s*([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)\s*(/?)\s*{_GT}")
_ENTITY = re.compile(r"\\?&\s?(#x[0-9A-Fa-f]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAMES = ("jats:", "mml:", "m:", "xhtml:", "html:")
_LATEX = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}",
          "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "\u00a0": "~"}  # fmt: skip


def from_web(value: str) -> tuple[str, list[str]]:
    """The value with its HTML as LaTeX, and what was read so: entities, styles, and tags that were left out."""
    if "&" not in value and "<" not in value and "textless" not in value:
        return value, []
    text, entities = _characters(value)
    text, formulas = _formulas(text)
    text, tags = _elements(text)
    read = entities + formulas + tags
    return (text, read) if read else (value, [])


def _characters(value: str) -> tuple[str, list[str]]:
    found: list[str] = []

    def one(match: re.Match[str]) -> str:
        character = html.unescape(f"&{match[1]};")
        if character.startswith("&") and len(character) > 1:
            return match[0]
        found.append(f"&{match[1]};")
        return "".join(_LATEX.get(sign, sign) for sign in character)

    text = _ENTITY.sub(one, value)
    return _ENTITY.sub(one, text), found


def _elements(text: str) -> tuple[str, list[str]]:
    """Each element that is known and whole, in LaTeX; everything else stays as it is."""
    tags = [(match, _bare(match[2])) for match in _TAG.finditer(text)]
    ends = _partners(text, tags)
    pieces: list[str] = []
    found: list[str] = []
    last = 0
    for number, (match, name) in enumerate(tags):
        if number not in ends:
            continue
        partner = ends[number]
        attributes = tags[partner][0][3] if match[1] and partner is not None else match[3]
        pieces += [text[last : match.start()], _latex(name, bool(match[1]), partner is None, attributes)]
        last = match.end()
        found.append(f"<{match[1]}{match[2]}>")
    return "".join([*pieces, text[last:]]), found


def _bare(name: str) -> str:
    name = name.lower()
    return next((name.removeprefix(each) for each in _NAMES if name.startswith(each)), name)


def _known(name: str) -> bool:
    return name in _STYLE or name in _OTHER or name in _ALONE


def _partners(text: str, tags: list[tuple[re.Match[str], str]]) -> dict[int, int | None]:
    """For each tag that belongs to a whole element the number of its other one; nothing for one that stands alone."""
    ends: dict[int, int | None] = {}
    open_: list[int] = []
    for number, (match, name) in enumerate(tags):
        if not _known(name):
            continue
        if match[4] or (name in ("br", "hr", "break", "wbr") and not match[1]):
            ends[number] = None
        elif not match[1]:
            open_.append(number)
        else:
            start = next((each for each in reversed(open_) if tags[each][1] == name), None)
            if start is None:
                continue
            if _balanced(text[tags[start][0].end() : match.start()]):
                ends[start], ends[number] = number, start
            open_ = open_[: open_.index(start)]
    ends |= {number: None for number in open_ if tags[number][1] in _ALONE}
    return ends


def _balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _latex(name: str, ends: bool, alone: bool, attributes: str) -> str:
    """What stands for a tag."""
    if name in ("br", "p", "hr", "break", "div", "sec", "title", "list-item"):
        return " "
    command = _STYLE.get(name)
    if name == "span" and "small-caps" in attributes:
        command = r"\textsc"
    elif name == "span" and "nocase" in attributes:
        command = "{}"
    if command is None or alone:
        return ""
    return "}" if ends else command.removesuffix("{}") + "{"


_FORMULA = re.compile(r"<((?:\w+:)?)math\b[^<>]*>.*?</\1math>", re.DOTALL)


def _formulas(text: str) -> tuple[str, list[str]]:
    """MathML as text with raised and lowered parts, which it is for most titles; one that is not whole stays as it is."""
    from xml.etree import ElementTree

    found: list[str] = []

    def one(match: re.Match[str]) -> str:
        bare = re.sub(r"(</?)\w+:|\s[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')", lambda m: m[1] or "", match[0])
        bare = re.sub(r"\\([&%#_${}])", lambda m: "&amp;" if m[1] == "&" else m[1], bare)
        try:
            made = _of_formula(ElementTree.fromstring(bare))
        except ElementTree.ParseError:
            return match[0]
        found.append("<math>")
        return made

    return _FORMULA.sub(one, text), found


def _of_formula(element: Element) -> str:
    parts = [_of_formula(child) for child in element if not child.tag.startswith("annotation")]
    if not len(element):
        return "".join(_LATEX.get(sign, sign) for sign in (element.text or "").strip())
    if element.tag in ("msub", "munder", "msup", "mover") and len(parts) == 2:
        return f"{parts[0]}\\text{'sub' if element.tag in ('msub', 'munder') else 'super'}script{{{parts[1]}}}"
    if element.tag in ("msubsup", "munderover") and len(parts) == 3:
        return f"{parts[0]}\\textsubscript{{{parts[1]}}}\\textsuperscript{{{parts[2]}}}"
    if element.tag == "mfrac" and len(parts) == 2:
        return "/".join(parts)
    if element.tag == "msqrt":
        return f"√({''.join(parts)})"
    return "".join(parts)
