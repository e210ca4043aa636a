"""The LaTeX commands that .bib fields hold, as tables: what each takes, and the style, character or space it stands for.

`commands.json` has the characters (LaTeX's TU encoding `tuenc.def`, textcomp, tipa, AMS symbols, Cyrillic), accents, and the journals
of AASTeX, which ADS writes as commands.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Style = Literal["emph", "strong", "smallcaps", "super", "sub", "strike", "mono", "case", "plain"]

STYLES: dict[str, Style] = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic"), "emph"),
    **dict.fromkeys(("textbf", "mkbibbold"), "strong"),
    **dict.fromkeys(("textsc", "mkbibsc"), "smallcaps"),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript", "up", "ap"), "super"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), "sub"),
    **dict.fromkeys(("texttt",), "mono"),
    **dict.fromkeys(("NoCaseChange",), "case"),
    **dict.fromkeys(
        (
            *(
                "mbox",
                "hbox",
                "fbox",
                "textrm",
                "textsf",
                "textup",
                "textmd",
                "textnormal",
                "text",
                "underline",
                "uline",
            ),
            *("smash", "natexlab", "singleletter", "textlatin", "textgreek", "textcyrillic", "bibinfo", "mkbibacro"),
            *(
                "foreignlanguage",
                "textcolor",
                "texorpdfstring",
                "raisebox",
                "makebox",
                "ensuretext",
                "latin",
                "autocap",
            ),
        ),
        "plain",
    ),
}
"""Commands whose last argument is shown in a style; `texorpdfstring` and `printfirst` show their first."""
SWITCHES: dict[str, Style] = {
    **dict.fromkeys(("em", "it", "itshape", "sl", "slshape"), "emph"),
    **dict.fromkeys(("bf", "bfseries"), "strong"),
    **dict.fromkeys(("sc", "scshape"), "smallcaps"),
    **dict.fromkeys(("tt", "ttfamily"), "mono"),
    **dict.fromkeys(("rm", "sf", "rmfamily", "sffamily", "upshape", "mdseries", "normalfont", "unboldmath"), "plain"),
    **dict.fromkeys(("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "huge"), "plain"),
}
"""Commands that hold to the end of their group."""
CASES = {"uppercase": str.upper, "MakeUppercase": str.upper, "MakeTextUppercase": str.upper,
         "lowercase": str.lower, "MakeLowercase": str.lower, "MakeTextLowercase": str.lower}  # fmt: skip
QUOTES = ("enquote", "mkbibquote", "textquote", "foreignquote")
BRACKETS = {"mkbibparens": "()", "parentext": "()", "mkbibbrackets": "[]", "brackettext": "[]"}
THIN, THICK, MEDIUM, EN, EM = "\u202f", "\u2004", "\u2005", "\u2002", "\u2003"
SPACES = {
    **dict.fromkeys((" ", "\n", "\t", "space", "\\", "newline", "linebreak", "break", "par", "addspace"), " "),
    **dict.fromkeys(("addlowpenspace", "addhighpenspace", "bibinitdelim", "bibnamedelima", "bibnamedelimb"), " "),
    **dict.fromkeys((",", "thinspace", "addthinspace"), THIN),
    **dict.fromkeys((":", "medspace", ">"), MEDIUM),
    **dict.fromkeys((";", "thickspace"), THICK),
    **dict.fromkeys(("enspace", "enskip"), EN),
    **dict.fromkeys(("quad", "hfill", "hfil"), EM),
    **dict.fromkeys(("nobreakspace", "addnbspace", "addabbrvspace", "adddotspace", "nobreakhyphen"), "\u00a0"),
    "nobreakhyphen": "\u2011",
    "nobreakdash": "-",
    "qquad": EM + EM,
}
WIDTHS = {"\u200a": 0.1, THIN: 0.19, MEDIUM: 0.26, THICK: 0.4, EN: 0.75, EM: 9.0}
"""The widest `\\hspace`, in em, that each space stands for (Unicode, § 6.2 "Space Characters")."""
UNITS_IN_EM = {"em": 1.0, "ex": 0.45, "pt": 0.1, "bp": 0.1, "mm": 0.285, "cm": 2.85, "in": 7.2, "mu": 1 / 18, "sp": 0.0}
NOTHING = frozenset(
    [
        *("/", "-", "@", "!", "relax", "protect", "newblock", "allowbreak", "nobreak", "negthinspace", "noindent"),
        *("xspace", "null", "unskip", "ignorespaces", "leavevmode", "isdot", "sloppy", "raggedright", "boldmath"),
        *("hyphenation", "nolinebreak", "vspace", "phantom", "hphantom", "vphantom", "noopsort", "noop", "SortNoop"),
        *("color", "selectlanguage", "hskip", "unboldmath", "strut", "index", "label", "bibleftquote", "nocorr"),
    ]
)
"""Commands that print nothing, whatever they take."""
TAKES = {
    **dict.fromkeys(STYLES, "{"),
    **dict.fromkeys(CASES, "{"),
    **dict.fromkeys(BRACKETS, "{"),
    **dict.fromkeys(("foreignlanguage", "bibinfo", "raisebox", "texorpdfstring", "printfirst", "switchargs"), "{{"),
    "textcolor": "[{{",
    "makebox": "[[{",
    **dict.fromkeys(("enquote", "textquote"), "*{"),
    "mkbibquote": "{",
    "foreignquote": "*{{",
    "href": "[{{",
    **dict.fromkeys(("url", "path", "nolinkurl"), "{"),
    **dict.fromkeys(("hspace", "vspace"), "*{"),
    **dict.fromkeys(("phantom", "hphantom", "vphantom", "noopsort", "noop", "SortNoop", "hyphenation"), "{"),
    **dict.fromkeys(("selectlanguage", "index", "label", "ensuremath", "ce", "unit", "char"), "{"),
    "color": "[{",
    **dict.fromkeys(("linebreak", "nolinebreak"), "["),
    "\\": "*[",
    **dict.fromkeys(("SI", "qty"), "[{[{"),
    **dict.fromkeys(("si", "unit", "num", "ang", "numlist"), "[{"),
    "numrange": "[{{",
    **dict.fromkeys(("SIrange", "qtyrange", "SIlist", "qtylist"), "[{{{"),
    **dict.fromkeys(("SIlist", "qtylist"), "[{{"),
}
"""What a command takes, in pylatexenc's notation: `*` a star, `[` an optional argument, `{` an argument."""
ACCENTED_SIGNS = "`'^~=.\""


@lru_cache(maxsize=1)
def _table() -> Any:
    return json.loads((Path(__file__).parent / "commands.json").read_text("utf-8"))


def character(name: str) -> str | None:
    """What the command `name` prints where it is a character or a few, such as `£` for `pounds`."""
    found: str | None = _table()["characters"].get(name) or _table()["journals"].get(name)
    return found


def accent(name: str) -> str | None:
    """The combining character of an accent command, such as U+0301 for `'`."""
    found: str | None = _table()["accents"].get(name)
    return found


def accents() -> frozenset[str]:
    """The names of all accent commands."""
    return frozenset(_table()["accents"])


def space_of(length: str) -> str:
    """The space of the width of a TeX length such as `0.167em`; nothing for one that moves back."""
    match = re.match(r"\s*(-?[\d.,]+)\s*([a-z]{2})", length)
    if not match:
        return "" if length.strip().startswith("-") else " "
    width = float(match[1].replace(",", ".") or 0) * UNITS_IN_EM.get(match[2], 1.0)
    return next((space for space, widest in WIDTHS.items() if width <= widest), EM) if width > 0 else ""
