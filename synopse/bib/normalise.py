"""An entry in, a `Reference` out: legacy types and fields become biblatex's by rule.

The rules are the biblatex manual's: § 2.1.2 (type aliases), § 2.2.5 (field aliases), § 2.3.8 (dates), § 3.14.7
(electronic publishing), and appendix B (what crossref inherits).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from synopse.bib.decode import decoded, words
from synopse.bib.identifiers import arxiv_in, is_arxiv, is_doi, is_isbn, normal_arxiv, normal_doi
from synopse.bib.names import read_names
from synopse.bib.read import Entry
from synopse.bib.reference import DATE_FIELDS, NAME_FIELDS, VERBATIM_FIELDS, Names, Reference, data_model
from synopse.dates import PartialDate, iso_date, month_number
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.markup.tree import Inline

TYPE_ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "webpage": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
}
TYPE_OF = {"mastersthesis": "mathesis", "phdthesis": "phdthesis", "techreport": "techreport"}
EDITED = {"book": "collection", "mvbook": "mvcollection", "inbook": "incollection"}
"""§ 2.1.1: a book with editors and no author is a collection."""
FIELD_ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "journal": "journaltitle",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
    "key": "sortkey",
    "keyword": "keywords",
    "arxivid": "eprint",
    "arxiv": "eprint",
}
INHERITED_AS = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
"""Appendix B: a part takes its book's title as its book title."""
UNPRINTED = frozenset(("abstract", "annotation", "file", "keywords"))
"""Fields of the reference manager's own: kept as they are, and not read as LaTeX."""
NOT_INHERITED = frozenset(
    [
        "ids",
        "crossref",
        "xref",
        "entryset",
        "entrysubtype",
        "execute",
        "label",
        "options",
        "presort",
        "related",
        "relatedoptions",
        "relatedstring",
        "relatedtype",
        "shorthand",
        "shorthandintro",
        "sortkey",
        "xdata",
        "abstract",
        "keywords",
        "note",
    ]
)
Report = Callable[[Diagnostic], None]


def with_inherited(entries: list[Entry], found: list[Diagnostic]) -> list[Entry]:
    """The entries with the fields that `xdata` and `crossref` give them; a missing or circular parent is told."""
    by_key = {entry.key: entry for entry in reversed(entries)}
    done: dict[int, Entry] = {}

    def resolve(entry: Entry, chain: tuple[str, ...]) -> Entry:
        if id(entry) in done:
            return done[id(entry)]
        if not ({"xdata", "crossref"} & entry.values.keys()):
            return entry
        result = Entry(entry.kind, entry.key, entry.span, dict(entry.values), dict(entry.lines))
        for name in ("xdata", "crossref"):
            for key in (part.strip() for part in entry.values.get(name, "").split(",") if part.strip()):
                parent = by_key.get(key)
                if parent is None or key in chain or key == entry.key:
                    line = entry.lines[name]
                    why = "no entry has this key" if parent is None else "the entries refer to each other in a circle"
                    message = f'{name} of "{entry.key}" names "{key}": {why}'
                    found.append(problem("bib-crossref", message, Span(entry.span.file, line, 1, line, 2)))
                    continue
                _inherit(result, resolve(parent, (*chain, entry.key)), name)
            result.values.pop(name, None)
        done[id(entry)] = result
        return result

    return [resolve(entry, ()) for entry in entries]


def _inherit(child: Entry, parent: Entry, how: str) -> None:
    part = how == "crossref" and child.kind.startswith(("in", "supp", "conference", "bookinbook"))
    whole = how == "crossref" and not part
    for name, value in parent.values.items():
        if name in NOT_INHERITED or (whole and name in INHERITED_AS):
            continue
        own = INHERITED_AS.get(name, name) if part else name
        if part and name == "author":
            own = "bookauthor" if child.kind in ("inbook", "suppbook", "bookinbook") else name
        if part and name in ("shorttitle", "sorttitle", "indextitle"):
            continue
        if own not in child.values and not (own in ("date", "year") and {"date", "year"} & child.values.keys()):
            child.values[own] = value
            child.lines[own] = child.lines.get(how, child.span.line)


class _Builder:
    """Builds one reference from one entry, telling what is wrong on the way."""

    def __init__(self, entry: Entry, report: Report) -> None:
        self.entry, self.report = entry, report
        self.names: dict[str, Names] = {}
        self.dates: dict[str, PartialDate] = {}
        self.texts: dict[str, tuple[Inline, ...]] = {}
        self.verbatim: dict[str, str] = {}
        self.lines: dict[str, int] = {}

    def place(self, name: str) -> Span:
        line = self.entry.lines.get(name, self.entry.span.line)
        return Span(self.entry.span.file, line, 1, line, 2)

    def unknown(self, name: str) -> Callable[[str], None]:
        def tell(command: str) -> None:
            message = f"the LaTeX command {command[:40]} is not known; its argument is kept as text"
            self.report(problem("bib-command", message, self.place(name), "write the character itself"))

        return tell

    def field(self, written: str, value: str) -> None:
        name = FIELD_ALIASES.get(written, written)
        if name != written and name in self.entry.values:
            return
        if not value.strip():
            return
        self.lines[name] = self.entry.lines[written]
        if name in NAME_FIELDS:
            names = read_names(value, self.unknown(written))
            if names.names:
                self.names[name] = names
        elif name in DATE_FIELDS:
            self.date(name, written, value)
        elif name in UNPRINTED:
            self.verbatim[name] = value
        elif name in VERBATIM_FIELDS:
            self.verbatim[name] = (
                words(_braceless(value), self.unknown(written))
                if name not in ("url", "doi", "file")
                else _address(value)
            )
        elif name in ("year", "month", "day"):
            pass
        else:
            inlines = decoded(value, self.unknown(written))
            if inlines:
                self.texts[name] = inlines

    def date(self, name: str, written: str, value: str) -> None:
        date = iso_date(re.sub(r"[~?%]$", "", _braceless(value).strip()))
        if date is None:
            message = (
                f'the date "{value.strip()}" is not of the form 2025, 2025-03 or 2025-03-08; it is kept as written'
            )
            self.report(problem("bad-date", message, self.place(written)))
            self.texts[name] = decoded(value)
        else:
            self.dates[name] = date

    def year(self) -> None:
        """`year`, `month` and `day` make a date (§ 2.3.8); `date` wins."""
        if "date" in self.dates or "date" in self.texts or "year" not in self.entry.values:
            return
        value = words(_braceless(self.entry.values["year"]))
        if not value:
            return
        month_words = words(self.entry.values.get("month", "").strip("#"))
        digits = re.findall(r"\d+", month_words)
        month = month_number(re.sub(r"[\d~\u00a0,.-]+", " ", month_words).strip() or month_words)
        day_text = words(self.entry.values.get("day", "")) or (
            digits[0] if digits and not month_words.isdigit() else ""
        )
        day = int(day_text) if day_text.isdigit() else 0
        iso = f"{value}-{month:02d}-{day:02d}" if month and day else f"{value}-{month:02d}" if month else value
        date = iso_date(iso) or iso_date(value)
        self.lines["date"] = self.entry.lines["year"]
        if date is None:
            message = f'the year "{value}" is not a year; it is kept as written'
            self.report(problem("bad-date", message, self.place("year")))
            self.texts["year"] = decoded(value)
        else:
            self.dates["date"] = date

    def identifiers(self) -> None:
        if "doi" in self.verbatim:
            self.verbatim["doi"] = normal_doi(self.verbatim["doi"])
            if not is_doi(self.verbatim["doi"]):
                message = f'"{self.verbatim["doi"]}" is not a DOI'
                self.report(problem("bad-doi", message, self.place("doi"), "a DOI looks like 10.1000/xyz123"))
        self.arxiv()
        isbn = self.verbatim.get("isbn")
        if isbn and not is_isbn(isbn):
            self.report(problem("bad-isbn", f'"{isbn}" is not an ISBN', self.place("isbn")))

    def arxiv(self) -> None:
        kind = self.verbatim.get("eprinttype", "")
        if "eprint" in self.verbatim:
            identifier = normal_arxiv(self.verbatim["eprint"])
            if not kind and (is_arxiv(identifier) or "arxiv" in self.entry.values or "arxivid" in self.entry.values):
                kind = "arxiv"
            if kind.lower() == "arxiv":
                self.verbatim["eprint"], self.verbatim["eprinttype"] = identifier, "arxiv"
                if not is_arxiv(identifier):
                    written = next(n for n in ("eprint", "arxivid", "arxiv") if n in self.entry.values)
                    message = f'"{identifier}" is not an arXiv id'
                    self.report(problem("bad-arxiv", message, self.place(written), "it looks like 2503.06072"))
            return
        from synopse.markup.text import plain

        for text in (
            self.verbatim.get("doi", ""),
            self.verbatim.get("url", ""),
            plain(self.texts.get("journaltitle", ())),
            plain(self.texts.get("howpublished", ())),
        ):
            identifier = arxiv_in(text)
            if identifier:
                self.verbatim["eprint"], self.verbatim["eprinttype"] = identifier, "arxiv"
                if re.search(r"arxiv", plain(self.texts.get("journaltitle", ())), re.IGNORECASE):
                    self.texts["howpublished"] = self.texts.pop("journaltitle")
                return


def _braceless(value: str) -> str:
    text = value.strip()
    while text.startswith("{") and text.endswith("}") and "}" not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def _address(value: str) -> str:
    """An address as it is, but for TeX's escapes and `\\url`; spaces, which it cannot hold, are taken out."""
    text = re.sub(
        r"\\url\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\{[^{}]*\}", lambda m: m[1] or m[2] or "", _braceless(value)
    )
    text = re.sub(r"\{?\\textasciitilde\s*(?:\{\})?\}?|\\~\{\}|\{\\~\}|\$\\sim\$", "~", text)
    text = re.sub(r"\\([%#&_{}$])", r"\1", text)
    text = re.sub(r"\s+", "" if "://" in text or text.startswith("10.") else " ", text).strip()
    return re.sub(r"[{}]", "", text) if text.count("{") != text.count("}") else text


def reference(entry: Entry, report: Report) -> Reference:
    """The reference of an entry."""
    builder = _Builder(entry, report)
    for name, value in entry.values.items():
        builder.field(name, value)
    builder.year()
    kind = TYPE_ALIASES.get(entry.kind, entry.kind)
    if entry.kind in TYPE_OF and "type" not in builder.verbatim:
        builder.verbatim["type"] = TYPE_OF[entry.kind]
    if "booktitle" in builder.texts and "title" not in builder.texts and kind in ("book", "proceedings", "collection"):
        builder.texts["title"] = builder.texts.pop("booktitle")
    if kind not in data_model()["types"]:
        kind = "misc"
    if "author" not in builder.names and "editor" in builder.names:
        kind = EDITED.get(kind, kind)
    builder.identifiers()
    pages = builder.verbatim.get("pages")
    if pages:
        builder.verbatim["pages"] = re.sub(r"\s*(?:--+|[–—-])\s*", "–", pages)
    aliases = tuple(key.strip() for key in builder.verbatim.pop("ids", "").split(",") if key.strip())
    return Reference(
        entry.key,
        kind,
        entry.span,
        builder.names,
        builder.dates,
        builder.texts,
        builder.verbatim,
        builder.lines,
        aliases,
    )
