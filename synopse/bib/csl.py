"""References in, CSL-JSON out (CSL 1.0.2 schema): for Zotero, pandoc and word processors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from synopse.bib.reference import Names, Reference
from synopse.locale import DEFAULT, catalogue
from synopse.locale.dates import SPRING, PartialDate
from synopse.markup.tree import Code, Inline, Link, Math, Quoted, Styled, Text

TYPES = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(
        ("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference"), "book"
    ),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"), "chapter"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    **dict.fromkeys(("legislation", "legal"), "legislation"),
    **dict.fromkeys(("music", "audio"), "song"),
    **dict.fromkeys(("image", "artwork"), "graphic"),
    "booklet": "pamphlet",
    "commentary": "chapter",
    "dataset": "dataset",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "letter": "personal_communication",
    "manual": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
"""All others are a `document`."""
NAMES = ("author", "editor", "translator")
NAME_VARIABLES = {**dict(zip(NAMES, NAMES, strict=True)), "bookauthor": "container-author"}
DATE_VARIABLES = {"date": "issued", "urldate": "accessed", "eventdate": "event-date", "origdate": "original-date"}
TEXTS = {
    "title": "title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "howpublished": "publisher",
    "location": "publisher-place",
    "series": "collection-title",
    "note": "note",
    "addendum": "note",
    "eventtitle": "event-title",
    "venue": "event-place",
    "shorttitle": "title-short",
    "shortjournal": "container-title-short",
    "type": "genre",
    "edition": "edition",
    "version": "version",
    "origtitle": "original-title",
}
VERBATIM = {
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "edition": "edition",
    "version": "version",
    "chapter": "chapter-number",
    "part": "part-number",
    "eid": "number",
    "issue": "issue",
    "langid": "language",
}
_WITH_ISSUES = frozenset(("article", "suppperiodical", "review", "periodical"))


_KEY_OF_TYPE = re.compile(r"candthesis|software|datacd|audiocd|patent(?:\w\w)?|patreq(?:\w\w)?")
"""Words of biblatex for the field `type` (its manual, § 4.9.2.13) beside those that the languages' files have."""
Words = Callable[[tuple[Inline, ...]], str]
"""What writes the words of a field."""


def write_csl(references: Iterable[Reference], lang: str = DEFAULT) -> str:
    """The references as a CSL-JSON array, by key; `lang` is the language of the words for a type of thesis or report."""
    listed = sorted((each for each in references if each.kind != "xdata"), key=lambda each: each.key)
    return json.dumps([csl_item(each, _html, lang) for each in listed], ensure_ascii=False, indent=1) + "\n"


def csl_item(each: Reference, words: Words, lang: str = DEFAULT) -> dict[str, Any]:
    """A reference as an item of CSL-JSON, the words of its texts as `words` writes them."""
    preprint = each.arxiv and each.kind in ("misc", "online", "unpublished")
    item: dict[str, Any] = {"id": each.key, "type": "article" if preprint else TYPES.get(each.kind, "document")}
    for name, variable in NAME_VARIABLES.items():
        if name in each.names:
            item[variable] = _names(each.names[name])
    for name, variable in TEXTS.items():
        if name in each.texts and variable not in item:
            item[variable] = _with_subtitle(each, name, words)
    for name, variable in {**VERBATIM, "number": "issue" if each.kind in _WITH_ISSUES else "number"}.items():
        value = each.verbatim.get(name) or each.words(name)  # a number with a style in it is a text
        if value:
            item.setdefault(variable, value.replace("–", "-") if name == "pages" else value)
    if genre := _genre(each.verbatim.get("type", ""), lang):
        item.setdefault("genre", words((Text(genre),)))
    if each.arxiv:
        item |= {"number": f"arXiv:{each.arxiv}", "archive": "arXiv"}
        item.setdefault("URL", f"https://arxiv.org/abs/{each.arxiv}")
    for name, variable in DATE_VARIABLES.items():
        if name in each.dates:
            item[variable] = _date(each.dates[name])
    if "year" in each.texts:
        item["issued"] = {"literal": each.written_date}
    more = [name for name in NAMES if name in each.names and each.names[name].others]
    return item | ({"custom": {"others": more}} if more else {})


def _genre(kind: str, lang: str) -> str:
    """The type of a report or a thesis in words; nothing for a key of biblatex's that says no more than the type of the entry."""
    return "" if _KEY_OF_TYPE.fullmatch(kind) else catalogue(lang).get(f"type.{kind}", kind)


def _with_subtitle(each: Reference, name: str, words: Words) -> str:
    sub = each.texts.get(name.replace("title", "subtitle")) if name.endswith("title") else None
    return words(each.texts[name]) + (f": {words(sub)}" if sub else "")


def _names(names: Names) -> list[dict[str, str]]:
    """The names; that there are more, for which CSL has no word, is said in the item's `custom`."""
    made = []
    for name in names.names:
        if name.corporate:
            made.append({"literal": name.family})
            continue
        parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
        parts["non-dropping-particle"] = name.particle
        made.append({part: value for part, value in parts.items() if value})
    return made


def _date(date: PartialDate) -> dict[str, Any]:
    """A CSL date: its parts, a season from 1 to 4, whether it is uncertain; an open range in words as well."""
    made: dict[str, Any] = {"date-parts": _parts(date)}
    if date.season:
        made["season"] = date.season - SPRING + 1
    if date.mark:
        made["circa"] = True
    if date.open:
        made["literal"] = f"{date.year}–" if date.open == "from" else f"–{date.year}"
    return made


def _parts(date: PartialDate) -> list[list[int]]:
    parts = [[date.year, *(part for part in (date.month, date.day) if part)]]
    return parts + (_parts(date.end) if date.end else [])


_STYLES = {"emph": "i", "strong": "b", "super": "sup", "sub": "sub"}


def _html(inlines: tuple[Inline, ...]) -> str:
    """Markup in the tags that CSL processors know (CSL specification, "HTML-like tags"); a formula, which CSL has not, as LaTeX."""
    parts = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                parts.append(text.replace("&", "&amp;").replace("<", "&lt;") if "<" in text else text)
            case Styled("smallcaps", children):
                parts.append(f'<span style="font-variant:small-caps;">{_html(children)}</span>')
            case Styled("case", children):
                parts.append(f'<span class="nocase">{_html(children)}</span>')
            case Styled(style, children):
                tag = _STYLES.get(style)
                parts.append(f"<{tag}>{_html(children)}</{tag}>" if tag else _html(children))
            case Quoted(children):
                parts.append(f"“{_html(children)}”")
            case Link(_, children):
                parts.append(_html(children))
            case Math(latex):
                parts.append(f"${latex}$")
    return "".join(parts)
