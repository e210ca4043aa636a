"""References in, the text of a .bib in BibTeX's dialect out, for journals that need it (btxdoc; BibTeX's own styles).

Letters are ASCII with LaTeX's accents in braces, which BibTeX sorts and shortens rightly; months are its macros; types
and fields are those of its styles. A formula stands for a Greek letter; a script that LaTeX has no commands for stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from synopse.bib import commands
from synopse.bib.name_writing import write_name
from synopse.bib.pages import write_pages
from synopse.bib.reference import Name, Names, Reference
from synopse.bib.write import escape_bib, uri, write_file, write_markup
from synopse.ground.keys import bib_key
from synopse.locale.dates import AUTUMN, SPRING, SUMMER, WINTER, PartialDate
from synopse.markup.tree import Inline, Link, Text

_TYPES = {
    **dict.fromkeys(("article", "suppperiodical", "review"), "article"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "reference", "mvreference"), "book"),
    **dict.fromkeys(
        ("inbook", "bookinbook", "suppbook", "incollection", "suppcollection", "inreference"), "incollection"
    ),
    **dict.fromkeys(("proceedings", "mvproceedings"), "proceedings"),
    "inproceedings": "inproceedings",
    "booklet": "booklet",
    "manual": "manual",
    "unpublished": "unpublished",
    "report": "techreport",
    "thesis": "phdthesis",
}
"""BibTeX's types; all others are `misc`."""
_NAMES = {
    "journaltitle": "journal",
    "location": "address",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "annotation": "annote",
}
_LEFT_OUT = frozenset(["date", "ids", "urldate", "eventdate", "origdate", "options", "langid", "sortyear", "presort", "subtitle", "booksubtitle", "journalsubtitle", "abstract", "file", "keywords", "crossref", "xref", "xdata", "related", "relatedtype"])  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {SPRING: "Spring", SUMMER: "Summer", AUTUMN: "Autumn", WINTER: "Winter"}
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
"""btxdoc, § 3.2: an edition "should be an ordinal, and should have the first letter capitalized"."""
_KINDS_OF_REPORT = {"techreport": "", "resreport": "Research Report", "mathesis": "", "phdthesis": ""}
_PLAIN = {
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "¡": "!`", "¿": "?`", "‐": "-", "‑": "-", "−": "$-$",
    "…": r"{\ldots}", "×": r"$\times$", "±": r"$\pm$", "·": r"$\cdot$", "≤": r"$\leq$", "≥": r"$\geq$", "≈": r"$\approx$",
    "→": r"$\rightarrow$", "←": r"$\leftarrow$", "∞": r"$\infty$", "å": r"{\aa}", "Å": r"{\AA}", "§": r"{\S}", "¶": r"{\P}",
    "©": r"{\copyright}", "£": r"{\pounds}", "†": r"{\dag}", "‡": r"{\ddag}", "∗": "*", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_COMMANDS = """
ss ae AE oe OE o O l L i j dh DH th TH dj DJ ng NG textregistered texttrademark textdegree textmu texteuro textcent
textyen textonehalf textonequarter textthreequarters textonesuperior texttwosuperior textthreesuperior textbullet
textordfeminine textordmasculine guillemotleft guillemotright guilsinglleft guilsinglright quotedblbase quotesinglbase
textperthousand textbrokenbar textcurrency textdiv textlnot textbardbl textnumero
"""


@lru_cache(maxsize=1)
def _written() -> dict[str, str]:
    """For each character that LaTeX has a command for, the command."""
    found = {character: f"{{\\{name}}}" for name in _COMMANDS.split() if (character := commands.character(name))}
    for name in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"]:  # fmt: skip
        found[commands.character(name) or ""] = f"$\\{name}$"
    return found | _PLAIN


@lru_cache(maxsize=1)
def _accents() -> dict[str, str]:
    """For each combining character, LaTeX's own accent."""
    own = ("`", "'", "^", "~", '"', "=", ".", "u", "v", "H", "c", "k", "r", "d", "b", "t")
    return {commands.accent(name) or "": name for name in own}


def escape_bibtex(text: str) -> str:
    """`text` to the letter in a field for BibTeX: ASCII, but for what LaTeX has no command for."""
    pieces = _RUNS.findall(unicodedata.normalize("NFC", text))
    return "".join(_letter(letter) if letter else _run(run) for run, letter in pieces)


_RUNS = re.compile(r"([\x00-\x7f\u00a0\u2000-\u200a\u202f]+)|(.)", re.DOTALL)


def _run(text: str) -> str:
    return escape_bib(text).replace(r"\textquotedbl{}", r"{\char34}")


def _letter(piece: str) -> str:
    known = _written().get(piece)
    if known is not None:
        return known
    parts = unicodedata.normalize("NFD", piece)
    base, marks = parts[0], parts[1:]
    if not marks or not base.isascii() or any(mark not in _accents() for mark in marks):
        return piece
    letter = base
    for mark in marks:
        letter = f"\\{_accents()[mark]}{{{letter}}}"
    return f"{{{letter}}}"


def write_bibtex(references: Iterable[Reference]) -> str:
    """The references in BibTeX's dialect, by key."""
    entries = (_entry(each) for each in sorted(references, key=lambda each: each.key) if each.kind != "xdata")
    return write_file(entries, frozenset(["month"]))


def _entry(each: Reference) -> tuple[str, str, dict[str, str]]:
    kind = _TYPES.get(each.kind, "misc")
    if each.kind == "thesis" and each.verbatim.get("type") == "mathesis":
        kind = "mastersthesis"
    fields = {name: _names(names) for name, names in each.names.items()}
    fields |= {name: _text(inlines) for name, inlines in each.texts.items()}
    fields |= {name: _word(name, value) for name, value in each.verbatim.items()}
    fields |= _whole_titles(each) | _dated(each)
    fields = {_NAMES.get(name, name): value for name, value in fields.items() if name not in _LEFT_OUT and value}
    if kind in ("phdthesis", "mastersthesis"):
        fields["school"] = fields.pop("institution", "")
    if kind == "misc" and "howpublished" not in fields:
        fields["howpublished"] = fields.get("organization") or (rf"\url{{{fields['url']}}}" if "url" in fields else "")
    return bib_key(each.key), kind, fields


def _text(inlines: tuple[Inline, ...]) -> str:
    """A text; a link that shows words is followed by its address, for BibTeX's files know no `\\href`."""
    flat: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Link) and inline.children != (Text(inline.target),):
            flat += [*inline.children, Text(" ("), Link(inline.target, (Text(inline.target),)), Text(")")]
        else:
            flat.append(inline)
    return write_markup(flat, escape_bibtex, "``%s''")


def _word(name: str, value: str) -> str:
    if name in ("url", "doi", "eprint"):
        return re.sub(r"(?<!\\)%", r"\\%", uri(value)) if name == "url" else uri(value)
    if name == "pages":
        return write_pages(escape_bibtex(value.replace("–", "\x01"))).replace("\x01", "--")
    if name == "edition" and value.isdigit() and 0 < int(value) <= len(_ORDINALS):
        return _ORDINALS[int(value) - 1]
    if name == "type":
        return escape_bibtex(_KINDS_OF_REPORT.get(value, value))
    return escape_bibtex(value)


def _names(names: Names) -> str:
    """Names in BibTeX's own form: a particle in capitals is part of the family name, initials and options are biblatex's."""
    written = [write_name(_plain_name(name), escape_bibtex) for name in names.names]
    return " and ".join(written + (["others"] if names.others else []))


def _plain_name(name: Name) -> Name:
    small = all(word[:1].islower() for word in name.particle.split())
    family = name.family if small else f"{name.particle} {name.family}".strip()
    if name.suffix and not name.given:
        return Name(f"{family} {name.suffix}", corporate=True)
    return Name(family, name.given, name.particle if small else "", name.suffix, name.corporate)


def _whole_titles(each: Reference) -> dict[str, str]:
    """Titles with their subtitles, for which BibTeX has no field."""
    found = {}
    for name in ("title", "booktitle", "journaltitle"):
        main, sub = each.texts.get(name), each.texts.get(name.replace("title", "subtitle"))
        if main and sub:
            found[name] = f"{_text(main)}: {_text(sub)}"
    return found


def _dated(each: Reference) -> dict[str, str]:
    """Year, and month as a macro; a range or a mark stands in the year."""
    if "year" in each.texts or each.date is None:
        month = each.texts.get("month")
        return {"month": f"{{{_text(month)}}}"} if month else {}
    date = each.date
    year = _year(date)
    if date.open:
        year = f"{year}--" if date.open == "from" else f"--{year}"
    if date.end and date.end.year != date.year:
        return {"year": f"{year}--{_year(date.end)}"}
    months = [_month(part) for part in (date.alone, date.last) if _month(part)]
    macro = ' # "--" # '.join(dict.fromkeys(months))
    return {"year": year} | ({"month": macro} if macro else {})


def _year(date: PartialDate) -> str:
    return ("ca. " if date.mark in ("~", "%") else "") + str(date.year) + ("?" if date.mark in ("?", "%") else "")


def _month(date: PartialDate) -> str:
    if date.season:
        return f'"{_SEASONS[date.season]}"'
    if not date.month:
        return ""
    return _MONTHS[date.month - 1] + (f' # "~{date.day}"' if date.day else "")
