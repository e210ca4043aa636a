"""References in, the text of a clean .bib in biblatex's dialect out (`bibtex` has its twin in BibTeX's).

The order of entries and fields and the layout never change, so that a difference between two versions can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from synopse.bib.collection import FOLLOWED
from synopse.bib.name_writing import write_names
from synopse.bib.pages import write_pages
from synopse.bib.reference import DATE_FIELDS, Reference, data_model
from synopse.ground.keys import bib_key, safe_key
from synopse.markup.breaks import breaks
from synopse.markup.maths import written_maths
from synopse.markup.tree import Code, Inline, Link, Math, Quoted, Styled, Text

ORDER = [
    "author",
    "editor",
    "translator",
    "title",
    "subtitle",
    "titleaddon",
    "journaltitle",
    "booktitle",
    "booksubtitle",
    "maintitle",
    "series",
    "volume",
    "number",
    "issue",
    "edition",
    "pages",
    "howpublished",
    "publisher",
    "institution",
    "organization",
    "location",
    "type",
    "date",
    "eventdate",
    "venue",
    "doi",
    "eprint",
    "eprinttype",
    "eprintclass",
    "isbn",
    "issn",
    "url",
    "urldate",
    "note",
]
_RANK = {name: rank for rank, name in enumerate(ORDER)}
LEFT_OUT = frozenset(["file", "abstract", "keywords", "crossref", "xref", "xdata", "ids", "annotation"])
"""Fields of a reference manager's own, and those whose work is done: they are not for a list of references."""
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2009": r"\,",
    "\u2006": r"\,",
    "\u200a": r"\hspace{0.1em}",
    "\u2005": r"\hspace{0.25em}",
    "\u2004": r"\hspace{0.33em}",
    "\u2002": r"\enspace{}",
    "\u2003": r"\quad{}",
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]|-(?=-)|<(?=<)|>(?=>)|,(?=,)")


def escape_bib(text: str) -> str:
    """`text` to the letter inside a .bib field."""
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], match[0] + "{}"), text)


LONG = 20
"""A word of so many characters may break where it would in any other text of the report (`markup/breaks.py`)."""


def escape_breakable(text: str) -> str:
    """The same, with the places marked at which a line may end within a long word; LaTeX prints nothing of a mark."""
    if len(text) < LONG:
        return escape_bib(text)
    return "".join(_breakable(part) for part in re.split(r"([\s\u00a0\u202f]+)", text))


def _breakable(word: str) -> str:
    places = sorted(breaks(word)) if len(word) >= LONG else []
    parts = [word[start:end] for start, end in zip([0, *places], [*places, len(word)], strict=True)]
    return r"\allowbreak{}".join(escape_bib(part) for part in parts)


Escape = Callable[[str], str]


def write_markup(inlines: Iterable[Inline], escape: Escape = escape_bib, quoted: str = r"\enquote{%s}") -> str:
    """Inlines as the LaTeX of a .bib field, which `decode.decoded` reads back the same."""
    return "".join(_inline(inline, escape, quoted) for inline in inlines)


_STYLES = {
    "emph": r"\emph{%s}",
    "strong": r"\textbf{%s}",
    "smallcaps": r"\textsc{%s}",
    "super": r"\textsuperscript{%s}",
    "sub": r"\textsubscript{%s}",
    "mono": r"\texttt{%s}",
    "case": "{%s}",
}


def _inline(inline: Inline, escape: Escape, quoted: str) -> str:
    match inline:
        case Text(text):
            return escape(text)
        case Code(text):
            return rf"\texttt{{{escape(text)}}}"
        case Styled(style, children):
            return _STYLES.get(style, "%s") % write_markup(children, escape, quoted)
        case Quoted(children):
            return quoted % write_markup(children, escape, quoted)
        case Math(latex):
            return f"${written_maths(latex)}$"
        case Link(target, children) if children == (Text(target),):
            return rf"\url{{{_in_text(target)}}}"
        case Link(target, children):
            return rf"\href{{{_in_text(target)}}}{{{write_markup(children, escape, quoted)}}}"
    return ""


def _in_text(url: str) -> str:
    """An address within a text, where LaTeX still reads `%` and `#`."""
    return re.sub(r"[%#]", lambda m: "\\" + m[0], uri(re.sub(r"\^", "%5E", url)))


def uri(url: str) -> str:
    """An address that cannot end its braces or begin a command: such characters are percent-encoded (RFC 3986)."""
    pattern = (
        r"[\\\s\x00-\x1f\x7f]" if url.count("{") == url.count("}") and "}" not in url.split("{")[0] else r"[\\\s{}]"
    )
    return re.sub(pattern, lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)


def fields_of(each: Reference, escape: Escape = escape_bib) -> dict[str, str]:
    """Every field that a list of references may print, as .bib text; `escape` writes the words of its texts."""
    fields: dict[str, str] = {name: write_names(names, escape_bib) for name, names in each.names.items()}
    fields |= {name: date.iso for name, date in each.dates.items()}
    fields |= {name: write_markup(inlines, escape) for name, inlines in each.texts.items()}
    fields |= {name: _verbatim(name, value) for name, value in each.verbatim.items()}
    if "year" in each.texts:
        fields.pop("date", None)
    known = data_model()
    kept = {name: value for name, value in fields.items() if value.strip() and name not in LEFT_OUT}
    kept = {name: value for name, value in kept.items() if name in known["fields"] or name in known["all"]}
    return kept | ({"ids": ",".join(each.aliases)} if each.aliases else {})


def _verbatim(name: str, value: str) -> str:
    """A number, a key, an identifier or an address, as the field's kind asks for it."""
    if name in DATE_FIELDS or name == "options":
        return value
    if name == "doi":  # one that is none may hold spaces, which LaTeX does not print in it
        return uri("".join(value.split()))
    if name in ("url", "eprint", "verba", "verbb", "verbc"):
        return uri(value)
    if name == "pages":
        return write_pages(escape_bib(value))
    return escape_bib(value)


def write_bib(
    references: Iterable[Reference],
    more: Mapping[str, dict[str, str]] | None = None,
    named: Callable[[str], str] = bib_key,
    escape: Escape = escape_bib,
) -> str:
    """The references in biblatex's dialect, by key; `more` holds further fields, as .bib text, by key.

    `named` gives the name that a key has in the file; `escape` writes the words of its texts.
    """
    added = more or {}

    def entry(each: Reference) -> tuple[str, str, dict[str, str]]:
        fields = fields_of(replace(each, aliases=_aliases(each, named)), escape)
        for name in set(FOLLOWED) & fields.keys():
            fields[name] = ",".join(named(key) for key in each.verbatim[name].split(","))
        return named(each.key), each.kind, fields | added.get(each.key, {})

    return write_file(entry(each) for each in sorted(references, key=lambda each: each.key) if each.kind != "xdata")


def _aliases(each: Reference, named: Callable[[str], str]) -> tuple[str, ...]:
    """The further keys under which the file's reader may cite."""
    aliases = (named(alias) for alias in each.aliases if named is safe_key or bib_key(alias) == alias)
    return tuple(sorted(set(aliases) - {named(each.key)}))


def write_file(entries: Iterable[tuple[str, str, dict[str, str]]], bare: frozenset[str] = frozenset()) -> str:
    """Entries as the text of a .bib: key, type and fields of each; the values of `bare` fields stand without braces."""
    parts = []
    for key, kind, fields in entries:
        ordered = sorted(fields.items(), key=lambda item: (_RANK.get(item[0], len(ORDER)), item[0]))
        width = max((len(name) for name, _ in ordered), default=0)
        delimited = [(name, value if name in bare else f"{{{_balanced(value)}}}") for name, value in ordered if value]
        lines = [f"  {name:<{width}} = {value}," for name, value in delimited]
        parts.append("\n".join([f"@{kind}{{{key},", *lines, "}"]))
    return "\n\n".join(parts) + "\n" if parts else ""


def _balanced(value: str) -> str:
    """The value, or its words alone where braces would not match (they always do; a file must never be broken)."""
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    return value if depth == 0 else re.sub(r"[{}\\]", "", value)
