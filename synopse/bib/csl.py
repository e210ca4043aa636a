"""References in, CSL-JSON out (CSL 1.0.2 schema): for Zotero, pandoc and word processors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from synopse.bib.reference import Names, Reference
from synopse.dates import PartialDate
from synopse.markup.tree import Code, Inline, Link, Math, Quoted, Styled, Text

TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "online": "webpage",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "unpublished": "manuscript",
    "misc": "document",
}
TEXTS = {
    "title": "title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "howpublished": "publisher",
    "location": "publisher-place",
    "series": "collection-title",
    "edition": "edition",
    "note": "note",
    "eventtitle": "event-title",
}
VERBATIM = {
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
}


def write_csl(references: Iterable[Reference]) -> str:
    """The references as a CSL-JSON array, by key."""
    items = [_item(each) for each in sorted(references, key=lambda each: each.key) if each.kind != "xdata"]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _item(each: Reference) -> dict[str, Any]:
    kind = (
        "article" if each.arxiv and each.kind in ("misc", "online", "unpublished") else TYPES.get(each.kind, "document")
    )
    item: dict[str, Any] = {"id": each.key, "type": kind}
    for name, variable in (("author", "author"), ("editor", "editor"), ("translator", "translator")):
        if name in each.names:
            item[variable] = _names(each.names[name])
    for name, variable in TEXTS.items():
        if name in each.texts and variable not in item:
            item[variable] = _html(each.texts[name])
    for name, variable in VERBATIM.items():
        if name in each.verbatim:
            item[variable] = each.verbatim[name].replace("–", "-") if name == "pages" else each.verbatim[name]
    if each.arxiv:
        item |= {"number": f"arXiv:{each.arxiv}", "archive": "arXiv"}
        item.setdefault("URL", f"https://arxiv.org/abs/{each.arxiv}")
    for name, variable in (("date", "issued"), ("urldate", "accessed")):
        if name in each.dates:
            item[variable] = {"date-parts": _date(each.dates[name])}
    return item


def _names(names: Names) -> list[dict[str, str]]:
    made = []
    for name in names.names:
        if name.corporate:
            made.append({"literal": name.family})
            continue
        parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
        parts["non-dropping-particle"] = name.particle
        made.append({part: value for part, value in parts.items() if value})
    return made + ([{"literal": "others"}] if names.others else [])


def _date(date: PartialDate) -> list[list[int]]:
    parts = [[part for part in (date.year, date.month, date.day) if part]]
    return parts + (_date(date.end) if date.end else [])


_STYLES = {"emph": "i", "strong": "b", "super": "sup", "sub": "sub"}


def _html(inlines: tuple[Inline, ...]) -> str:
    """Markup in the tags that CSL processors know (CSL specification, "HTML-like tags")."""
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
