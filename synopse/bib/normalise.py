"""An entry in, a `Reference` out: what biblatex would read of it, decoded; what is read otherwise is told.

The rules are the biblatex manual's: § 2.1.2 (type aliases), § 2.2.5 (field aliases), § 2.3.8 (dates) and § 3.14.7
(electronic publishing). The type stays whatever fields are there or missing: biblatex prints what there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from synopse.bib.aliases import FIELD_ALIASES, OWN_ALIASES, OWN_TYPES, TYPE_ALIASES, TYPE_OF
from synopse.bib.decode import decoded, with_links, words
from synopse.bib.edtf import read_written
from synopse.bib.homes import rehomed
from synopse.bib.identifiers import is_arxiv, is_doi, is_isbn, normal_arxiv, normal_doi
from synopse.bib.languages import language_key
from synopse.bib.latex import Remark
from synopse.bib.legacy_date import legacy_date
from synopse.bib.names import as_braced, read_names
from synopse.bib.pages import backwards, has_range_in_braces, read_pages, write_pages
from synopse.bib.read import Entry
from synopse.bib.reference import DATE_FIELDS, NAME_FIELDS, VERBATIM_FIELDS, Names, Reference, data_model, is_printed
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Styled, Text

UNPRINTED = frozenset(("abstract", "annotation", "file", "keywords"))
"""Fields of the reference manager's own: kept as they are, and not read as LaTeX."""
WITH_ADDRESSES = frozenset(("howpublished", "note", "addendum", "titleaddon", "organization", "publisher"))
_OPTIONS = """
useprefix useauthor useeditor usetranslator usenamea usenameb usenamec maxnames minnames maxbibnames minbibnames
maxcitenames mincitenames maxitems minitems noroman terseinits giveninits
"""
OPTIONS = frozenset(_OPTIONS.split())
"""biblatex's options of one entry that print it otherwise and cannot hide it (manual, § 3.1.3 and § 3.1.2.3)."""
HYPHEN = "\ue002"
"""Stands for a hyphen while a value is decoded: two of them part a range, and are no dash yet."""
Report = Callable[[Diagnostic], None]


class _Builder:
    """Builds one reference from one entry, telling what is wrong on the way."""

    def __init__(self, entry: Entry, report: Report) -> None:
        self.entry, self.report = entry, report
        self.names: dict[str, Names] = {}
        self.dates: dict[str, PartialDate] = {}
        self.texts: dict[str, tuple[Inline, ...]] = {}
        self.verbatim: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.aliased: dict[str, str] = {}

    def place(self, name: str) -> Span:
        line = self.entry.lines.get(name) or self.lines.get(name, self.entry.span.line)
        return Span(self.entry.span.file, line, 1, line, 2)

    def tell(self, code: str, message: str, name: str, hint: str = "") -> None:
        self.report(problem(code, message, self.place(name), hint))

    def noted(self, name: str) -> Callable[[Remark], None]:
        return lambda remark: self.tell(remark.code, remark.message, name, remark.hint)

    def field(self, written: str, value: str) -> None:
        name = FIELD_ALIASES.get(written, written)
        if not value.strip() or (name != written and self.stands_under_another_name(name, written, value)):
            return
        self.lines[name] = self.entry.lines[written]
        if name in OWN_NAMES_OF_DATES:
            return
        if name in NAME_FIELDS:
            names = read_names(value, self.noted(written))
            if names.names or names.others:
                self.names[name] = names
        elif name in DATE_FIELDS:
            self.date(name, written, value)
        elif name in UNPRINTED:
            self.verbatim[name] = value
        elif name == "execute":
            self.tell("bib-reading", "execute is TeX code and is left out", written)
        elif name in VERBATIM_FIELDS:
            self.word(name, written, value)
        else:
            inlines = decoded(value, self.noted(written))
            if name in WITH_ADDRESSES:
                inlines = with_links(inlines)
            if inlines:
                self.texts[name] = inlines

    def stands_under_another_name(self, name: str, written: str, value: str) -> bool:
        """Whether another field of the entry says what this alias would, so that it is left out; told where they differ."""
        other = name if name in self.entry.values else self.aliased.setdefault(name, written)
        if other == written:
            return False
        said = self.entry.values[other]
        one, two = (" ".join(each.split()) for each in (value, said))
        alike = one.lower() == two.lower() if name in VERBATIM_FIELDS else one == two
        if is_printed(name) and not alike:
            if not said.strip():
                self.tell(
                    "bib-reading", f"the {written} is read, which biblatex leaves out for an empty {other}", written
                )
            else:
                message = f'the {written} "{one[:60]}" is left out beside the {other} "{two[:60]}"'
                self.tell("bib-reading", message, written, f"both are biblatex's {name}")
        return bool(said.strip())

    def word(self, name: str, written: str, value: str) -> None:
        """A field that holds a number, a key or an identifier; a number with a style in it is a text."""
        if name in ("url", "doi", "eprint"):
            self.verbatim[name] = self.address(name, written, value)
        elif name == "pages":
            dashes = value.replace("-", HYPHEN)
            pages = as_braced(dashes, self.noted(written)).replace(HYPHEN, "-")
            self.verbatim[name] = read_pages(pages)
            for each, whole in backwards(self.verbatim[name]):
                meant = (
                    f"if it is short for {whole}, write {{{write_pages(whole)}}}"
                    if whole
                    else "one of the two is wrong"
                )
                self.tell("bad-pages", f"the pages {each} go backwards; they are printed as written", written, meant)
            if has_range_in_braces(pages):
                self.tell(
                    "bib-reading", "a range in braces is a range; biblatex alone prints it without its pp.", written
                )
        elif name in ("language", "origlanguage"):
            self.language(name, written, value)
        elif name == "options":
            self.options(written, value)
        else:
            inlines = decoded(_braceless(value), self.noted(written))
            if data_model()["fields"].get(name) in ("literal", "key") and not _is_plain(inlines):
                self.texts[name] = inlines
            elif text := plain(inlines):
                self.verbatim[name] = text

    def address(self, name: str, written: str, value: str) -> str:
        """An address as it is, but for TeX's escapes and `\\url`, which biblatex would print as they are written."""
        text = read_address(value)
        if text != " ".join(value.split()):
            message = f"the {name} is read as {text}; biblatex would print it as it is written"
            self.tell("bib-escape", message, written, "write it without braces, spaces or LaTeX")
        return text

    def language(self, name: str, written: str, value: str) -> None:
        """Codes such as `en` become biblatex's keys, which it prints as words, or not at all in that language."""
        kept: list[str] = []
        for part in re.split(r"\s+and\s+", as_braced(value, self.noted(written)), flags=re.IGNORECASE):
            bare = re.sub(r"[{}]", "", part).strip()
            key = language_key(bare)
            if key != bare:
                what = f"is read as {key}" if key else "has no word in biblatex and is not printed"
                self.tell("bib-reading", f'the language "{bare}" {what}', written)
            kept += [key] if key else []
        if kept:
            self.verbatim[name] = " and ".join(kept)

    def options(self, written: str, value: str) -> None:
        kept = []
        for part in (each.strip() for each in value.split(",") if each.strip()):
            match = re.fullmatch(r"(\w+)\s*(?:=\s*(\w+))?", part)
            if match and match[1].lower() in OPTIONS:
                kept.append(re.sub(r"\s", "", part))
            else:
                self.tell("bib-reading", f'the option "{part[:40]}" of this entry is left out', written)
        if kept:
            self.verbatim["options"] = ",".join(kept)

    def date(self, name: str, written: str, value: str) -> None:
        text = " ".join(_braceless(value).split())
        text = words(text) if "\\" in text or "{" in text else text
        found = read_written(text)
        if found is None:
            kept = "it is kept as written" if name == "date" else "it is left out"
            message = f'the date "{text}" is not of the form 2025, 2025-03 or 2025-03-08; {kept}'
            self.tell("bad-date", message, written)
            if name == "date":
                self.texts["year"] = decoded(value)
            return
        if found.told:
            self.tell("bad-date", f"the date {found.told}", written, "biblatex alone would print no date")
        self.dates[name] = found.date
        if found.text != found.date.iso:
            self.verbatim[name] = found.text

    def year(self) -> None:
        """`year`, `month` and `day` make a date (§ 2.3.8); `date` wins, and takes the month that it lacks."""
        values = self.entry.values
        alone = self.dates.get("date")
        said = {} if alone or "year" in self.texts else values
        self.other_year()
        if "#" in values.get("month", ""):
            message = f'the month "{values["month"]}" is read without its #, at which LaTeX alone would stop'
            self.tell("bib-reading", message, "month")
        if alone and values.get("month", "").strip():
            if alone.month or alone.season or alone.end or alone.open or "date" in self.verbatim:
                message = "the month is left out beside the date, where biblatex may print both"
                self.tell("bib-reading", message, "month")
            else:
                said = {**values, "year": PartialDate(alone.year).iso}
        parts = [words(said.get(name, "").strip("#")) for name in ("year", "month", "day")]
        if not parts[0]:
            return
        found = legacy_date(*parts)
        self.lines.setdefault("date", self.place("year").line)
        if found.told and not (alone and found.field == "year"):
            self.tell(found.code, found.told, found.field)
        if found.date:
            self.dates["date"] = replace(found.date, mark=alone.mark) if alone else found.date
        if found.literal:
            self.texts |= {
                name: decoded(values[name], self.noted(name)) for name in ("year", "month") if name in values
            }

    def other_year(self) -> None:
        """Tells of a year that is left out beside a date of another one."""
        year = words(self.entry.values.get("year", "")).strip()
        date, kept = self.dates.get("date"), "year" in self.texts
        if not year or not (date or kept):
            return
        same = {str(date.year), PartialDate(date.year).iso, date.iso, self.verbatim.get("date")} if date else set()
        if year not in same:
            said = self.entry.values.get("date", "")
            self.tell(
                "bib-reading", f'the year "{year}" is left out beside the date "{said}", which says another', "year"
            )

    def identifiers(self) -> None:
        self.doi()
        self.eprint()
        isbn = self.verbatim.get("isbn")
        if isbn and not is_isbn(isbn):
            self.tell("bad-isbn", f'"{isbn}" is not an ISBN', "isbn")

    def doi(self) -> None:
        written = self.verbatim.get("doi")
        if written is None:
            return
        doi = normal_doi(written)
        if not is_doi(doi):
            self.tell("bad-doi", f'"{doi}" is not a DOI', "doi", "a DOI looks like 10.1000/xyz123")
        elif doi != written:
            self.tell("bib-reading", f"the DOI is read as {doi}; biblatex would print all that is written", "doi")
        self.verbatim["doi"] = doi

    def eprint(self) -> None:
        """An arXiv id without its label; one without an archive is arXiv's where its form says so."""
        if "eprint" not in self.verbatim:
            return
        kind, as_written = self.verbatim.get("eprinttype", ""), self.verbatim["eprint"]
        identifier = normal_arxiv(as_written)
        written = next(n for n in ("eprint", "arxivid", "arxiv") if n in self.entry.values)
        own = written in OWN_ALIASES
        if (kind or "arxiv").lower() != "arxiv" or not (kind or own or is_arxiv(identifier)):
            return
        self.verbatim["eprint"] = identifier
        if kind.lower() != "arxiv":
            self.verbatim["eprinttype"] = "arxiv"
        if not is_arxiv(identifier):
            self.tell("bad-arxiv", f'"{identifier}" is not an arXiv id', written, "it looks like 2503.06072")
        if identifier != as_written or not kind or own:
            self.tell("bib-reading", f"this is read as the arXiv id {identifier}", written)

    def type(self) -> str:
        """The type as biblatex knows it; one that it does not know is `misc`, as biblatex prints it."""
        if self.entry.kind in TYPE_OF and "type" not in self.verbatim and "type" not in self.texts:
            self.verbatim["type"] = TYPE_OF[self.entry.kind]
        kind = TYPE_ALIASES.get(self.entry.kind, self.entry.kind)
        if self.entry.kind in OWN_TYPES:
            message = f"@{self.entry.kind} is read as @{kind}; biblatex prints it as @misc"
            self.report(problem("bib-reading", message, self.entry.span))
        if kind in data_model()["types"]:
            return kind
        known = [*data_model()["types"], *TYPE_ALIASES]
        message = f'biblatex has no type "@{self.entry.kind}", and prints it as @misc'
        self.report(problem("bib-type", message, self.entry.span, did_you_mean(self.entry.kind, known)))
        return "misc"


OWN_NAMES_OF_DATES = frozenset(("year", "month", "day"))


def _is_plain(inlines: tuple[Inline, ...]) -> bool:
    return all(
        isinstance(i, Text) or (isinstance(i, Styled) and i.style == "case" and _is_plain(i.children)) for i in inlines
    )


def _braceless(value: str) -> str:
    text = value.strip()
    while text.startswith("{") and text.endswith("}") and "}" not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def read_address(value: str) -> str:
    """An address as it is, but for TeX's escapes, HTML's entities and `\\url`; spaces, which it cannot hold, are taken out."""
    text = re.sub(r"&amp;", "&", _braceless(value))
    text = re.sub(
        r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\{[^{}]*\}", lambda m: m[1] or m[2] or "", text
    )
    text = re.sub(r"\{?\\(?:textasciitilde|sim)\s*(?:\{\})?\}?|\\~\{\}|\{\\~\}|\$\\sim\$", "~", text)
    text = re.sub(r"\{?\\textless\s*(?:\{\})?\}?", "<", re.sub(r"\{?\\textgreater\s*(?:\{\})?\}?", ">", text))
    text = re.sub(r"\{?\\(?:textunderscore|_)\s*(?:\{\})?\}?", "_", text)
    text = re.sub(r"\\([%#&_{}$~-])", r"\1", text)
    text = re.sub(r"\s+", "" if "://" in text or text.startswith("10.") else " ", text).strip()
    return re.sub(r"[{}]", "", text) if text.count("{") != text.count("}") else text


def reference(entry: Entry, report: Report) -> Reference:
    """The reference of an entry."""
    builder = _Builder(entry, report)
    for name, value in entry.values.items():
        builder.field(name, value)
    builder.year()
    kind = builder.type()
    builder.identifiers()
    for message, name in rehomed(kind, builder.texts, builder.verbatim):
        builder.tell("bib-reading", message, name)
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
