"""`Reference`, its names, and the `Library` of them: one model of a work, whatever its entry's dialect (biblatex's terms)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from synopse.bib.identifiers import arxiv_in
from synopse.diagnostics import Span
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain
from synopse.markup.tree import Inline


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in biblatex's parts (manual, § 3.5 "Name Parts"); a body's name stands whole in `family`.

    `initials` are those of the given name where its words alone do not say them, one letter each, `{Ch}` for two;
    `options` are biblatex's options of this one name, such as `useprefix=true` (manual, § 3.7 "Data Annotations").
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    corporate: bool = False
    initials: str = ""
    options: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """What a label says: particle and family."""
        return f"{self.particle} {self.family}".strip()

    @property
    def full(self) -> str:
        """Given name, particle, family, suffix."""
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name


@dataclass(frozen=True, slots=True)
class Names:
    """Names in order; `others` says that there are more; `options` are biblatex's options of the whole list."""

    names: tuple[Name, ...]
    others: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A work. Field names are biblatex's; `texts` are markup, `verbatim` are identifiers and addresses.

    `literal` lists (publisher, location …) stand in `texts`, joined by " and " as in the source.
    """

    key: str
    kind: str
    span: Span
    names: dict[str, Names] = field(default_factory=dict)
    dates: dict[str, PartialDate] = field(default_factory=dict)
    texts: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    verbatim: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict, compare=False)
    aliases: tuple[str, ...] = ()

    def place(self, name: str) -> Span:
        """Where the field stands; the entry's own place where it has none."""
        line = self.lines.get(name)
        return Span(self.span.file, line, 1) if line else self.span

    def words(self, name: str) -> str:
        """The plain words of a text field; empty where it is not there."""
        return plain(self.texts.get(name, ()))

    @property
    def written_date(self) -> str:
        """The words that stand in the place of a date, such as `forthcoming`; empty where there are none."""
        return " ".join(filter(None, (self.words("month"), self.words("year"))))

    def printed_words(self) -> Iterator[tuple[str, str]]:
        """The words of each field that may be printed, by its name; addresses are written in ASCII."""
        for name in self.texts:
            yield name, self.words(name)
        for name, names in self.names.items():
            yield name, " ".join(each.full for each in names.names)
        for name, value in self.verbatim.items():
            if is_printed(name) and name not in ("url", "doi"):
                yield name, value

    @property
    def title(self) -> tuple[Inline, ...]:
        """The title as markup."""
        return self.texts.get("title", ())

    @property
    def role(self) -> str:
        """The name field under which the work is known: authors, else editors, else translators (biblatex's labelname)."""
        there = (role for role in ("author", "editor", "translator") if role in self.names and self.names[role].names)
        return next(there, "author")

    @property
    def authors(self) -> Names:
        """The authors; the editors, or the translators, of a work that has none."""
        return self.names.get(self.role) or Names(())

    @property
    def date(self) -> PartialDate | None:
        """The date of publication."""
        return self.dates.get("date")

    @property
    def doi(self) -> str:
        """The DOI, without resolver."""
        return self.verbatim.get("doi", "")

    @property
    def arxiv(self) -> str:
        """The arXiv id, without version where the source gave none; also one that an address or a journal names."""
        if "eprint" in self.verbatim:
            return self.verbatim["eprint"] if self.verbatim.get("eprinttype", "").lower() == "arxiv" else ""
        places = (self.doi, self.verbatim.get("url", ""), self.words("journaltitle"), self.words("howpublished"))
        return next((found for text in places if (found := arxiv_in(text))), "")

    @property
    def link(self) -> str:
        """The address that leads to the work: DOI first, then arXiv, then the URL."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.arxiv:
            return f"https://arxiv.org/abs/{self.arxiv}"
        return self.verbatim.get("url", "")

    @property
    def source(self) -> str:
        """Where the work appeared, in a few words."""
        for name in ("journaltitle", "booktitle", "howpublished", "publisher", "institution", "organization"):
            if self.words(name):
                return self.words(name)
        return "arXiv" if self.arxiv else ""


@lru_cache(maxsize=1)
def data_model() -> Any:
    """biblatex's default data model (`blx-dm.def`): `fields`, `all`, `of` by entry type, `mandatory` by entry type."""
    return json.loads((Path(__file__).parent / "datamodel.json").read_text("utf-8"))


_MANAGERS = frozenset(("abstract", "annotation", "annote", "file", "pdf", "keywords", "keyword", "library", "options",
                       "execute", "sortkey", "key"))  # fmt: skip
_LEGACY = frozenset(("address", "journal", "school", "archiveprefix", "primaryclass", "arxiv", "arxivid", "year", "month",
                     "day", "crossref", "xdata"))  # fmt: skip


@lru_cache(maxsize=1024)
def is_printed(name: str) -> bool:
    """Whether a field of this name, in small letters, may come to be printed.

    It is one that biblatex or BibTeX knows, and none of those in which a reference manager keeps its own notes.
    """
    known = name in data_model()["fields"] or name in _LEGACY or name in DATE_FIELDS
    return known and name not in _MANAGERS


NAME_FIELDS = frozenset(
    [
        "author",
        "editor",
        "editora",
        "editorb",
        "editorc",
        "translator",
        "annotator",
        "commentator",
        "introduction",
        "foreword",
        "afterword",
        "bookauthor",
        "holder",
        "shortauthor",
        "shorteditor",
        "namea",
        "nameb",
        "namec",
        "sortname",
    ]
)
DATE_FIELDS = frozenset(("date", "urldate", "eventdate", "origdate"))
VERBATIM_FIELDS = frozenset(
    [
        "doi",
        "eprint",
        "eprinttype",
        "eprintclass",
        "url",
        "isbn",
        "issn",
        "pages",
        "langid",
        "keywords",
        "options",
        "volume",
        "number",
        "ids",
        "related",
        "relatedtype",
        "entryset",
        "crossref",
        "xref",
        "xdata",
        "file",
        "isrn",
        "ismn",
        "isan",
        "iswc",
        "sortkey",
        "presort",
        "sortyear",
        "authortype",
        "editortype",
        "editoratype",
        "editorbtype",
        "editorctype",
        "pagination",
        "bookpagination",
        "type",
        "pubstate",
        "language",
        "origlanguage",
        "chapter",
        "pagetotal",
        "volumes",
        "gender",
        "langidopts",
    ]
)
"""Fields whose value is an identifier, a key or a number: kept to the letter, but for LaTeX accents and braces."""


def unusual_letters(reference: Reference) -> set[str]:
    """The characters of a reference that are not ASCII."""
    words = "".join(words for _, words in reference.printed_words())
    return set() if words.isascii() else {letter for letter in words if letter > "\x7f"}
