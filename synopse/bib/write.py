"""References in, the text of a clean .bib out: biblatex's dialect, or BibTeX's for journals that need it.

The order of entries and fields and the layout never change, so that a difference between two versions can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from synopse.bib.names import write_name
from synopse.bib.reference import Names, Reference, data_model
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
LEFT_OUT = frozenset(
    [
        "file",
        "abstract",
        "keywords",
        "crossref",
        "xref",
        "xdata",
        "ids",
        "annotation",
        "library",
        "execute",
        "options",
        "sortkey",
    ]
)
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
    "\u00a0": "~",
    '"': r"\textquotedbl{}",
    "\u202f": r"\,",
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]|-(?=-)|`(?=`)|<(?=<)|>(?=>)")
MISC_HOMES = {
    "journaltitle": "howpublished",
    "booktitle": "howpublished",
    "publisher": "organization",
    "institution": "organization",
}
"""In a type that lacks the field, where its words go."""
TO_BIBTEX = {
    "journaltitle": "journal",
    "location": "address",
    "institution": "institution",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "annotation": "annote",
}
BIBTEX_TYPES = {"online": "misc", "report": "techreport", "dataset": "misc", "software": "misc", "collection": "book"}


def escape_bib(text: str) -> str:
    """`text` to the letter inside a .bib field."""
    escaped = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], match[0] + "{}"), text)
    escaped = escaped.replace("'", r"\textquotesingle{}").replace("’", "'")
    return re.sub("'(?=')", "'{}", escaped)


def write_markup(inlines: Iterable[Inline]) -> str:
    """Inlines as the LaTeX of a .bib field, which `decode.decoded` reads back the same."""
    return "".join(_inline(inline) for inline in inlines)


_STYLES = {
    "emph": r"\emph{%s}",
    "strong": r"\textbf{%s}",
    "smallcaps": r"\textsc{%s}",
    "super": r"\textsuperscript{%s}",
    "sub": r"\textsubscript{%s}",
    "mono": r"\texttt{%s}",
    "case": "{%s}",
}


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return escape_bib(text)
        case Code(text):
            return rf"\texttt{{{escape_bib(text)}}}"
        case Styled(style, children):
            return _STYLES.get(style, "%s") % write_markup(children)
        case Quoted(children):
            return rf"\enquote{{{write_markup(children)}}}"
        case Math(latex):
            return f"${written_maths(latex)}$"
        case Link(target, children):
            return rf"\href{{{_uri(target)}}}{{{write_markup(children)}}}"
    return ""


def _uri(url: str) -> str:
    """An address that cannot end its braces or begin a command: such characters are percent-encoded (RFC 3986)."""
    return re.sub(r"[\\{}^`\"<>|\s]|[^\x21-\x7e]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)


def _names(names: Names) -> str:
    written = [write_name(name, escape_bib) for name in names.names]
    return " and ".join(written + (["others"] if names.others else []))


def _fields(each: Reference) -> dict[str, str]:
    """Every field that a list of references may print, as .bib text."""
    fields: dict[str, str] = {name: _names(names) for name, names in each.names.items()}
    fields |= {name: date.iso for name, date in each.dates.items()}
    fields |= {name: write_markup(inlines) for name, inlines in each.texts.items()}
    for name, value in each.verbatim.items():
        fields[name] = _uri(value) if name in ("url", "doi") else escape_bib(value)
        if name == "pages":
            fields[name] = escape_bib(value).replace("–", "--")
    kept = {name: value for name, value in fields.items() if name not in LEFT_OUT and value.strip()}
    return kept | ({"ids": ",".join(each.aliases)} if each.aliases else {})


def _fitting(each: Reference) -> tuple[str, dict[str, str]]:
    """Type and fields that biblatex's data model accepts together: an entry too bare for its type is a `misc`."""
    fields, model = _fields(each), data_model()
    kind = each.kind
    wanted = model["mandatory"].get(kind, [])
    if any(not any(name in fields for name in group) for group in wanted):
        kind = "misc"
    allowed = set(model["all"]) | set(model["of"].get(kind, ()))
    allowed |= {part.removesuffix("year") + "date" for part in allowed if part.endswith("year")}
    result: dict[str, str] = {}
    for name, value in fields.items():
        home = name if name in allowed else MISC_HOMES.get(name, "")
        home = "type" if name == "type" and "type" in allowed else home
        if home and home in allowed and home not in result and (home == name or home not in fields):
            result[home] = value
    if kind == "misc" and not _is_integer(result.get("volume", "1")):
        result.pop("volume")
    return kind, result


def _is_integer(text: str) -> bool:
    return re.fullmatch(r"\d+", text) is not None


def write_bib(references: Iterable[Reference], more: Mapping[str, dict[str, str]] | None = None) -> str:
    """The references in biblatex's dialect, by key; `more` holds further fields, as .bib text, by key."""
    added = more or {}

    def entry(each: Reference) -> tuple[str, str, dict[str, str]]:
        kind, fields = _fitting(each)
        return each.key, kind, fields | added.get(each.key, {})

    return _file(entry(each) for each in sorted(references, key=lambda each: each.key) if each.kind != "xdata")


def write_bibtex(references: Iterable[Reference]) -> str:
    """The same references in BibTeX's dialect: year and month for date, journal for journaltitle."""

    def twin(each: Reference) -> tuple[str, str, dict[str, str]]:
        kind, fields = _fitting(each)
        date = each.date
        fields.pop("date", None)
        if date:
            fields["year"] = str(date.year)
            if date.month:
                fields["month"] = str(date.month)
        if kind == "thesis":
            kind = "mastersthesis" if fields.pop("type", "") == "mathesis" else "phdthesis"
            fields["school"] = fields.pop("institution", "")
        fields.pop("urldate", None)
        fields.pop("ids", None)
        renamed = {TO_BIBTEX.get(name, name): value for name, value in fields.items()}
        return each.key, BIBTEX_TYPES.get(kind, kind), renamed

    return _file(twin(each) for each in sorted(references, key=lambda each: each.key) if each.kind != "xdata")


def _file(entries: Iterable[tuple[str, str, dict[str, str]]]) -> str:
    parts = []
    for key, kind, fields in entries:
        ordered = sorted(fields.items(), key=lambda item: (_RANK.get(item[0], len(ORDER)), item[0]))
        width = max((len(name) for name, _ in ordered), default=0)
        lines = [f"  {name:<{width}} = {{{_balanced(value)}}}," for name, value in ordered if value]
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
