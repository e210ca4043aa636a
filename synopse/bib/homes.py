"""Fields that biblatex does not print in an entry's type in, the field that it prints there out.

Exports put a conference's proceedings into `journal`, an archive into `publisher`. What a person typed is printed; each
change is told. A field that the type prints, or whose home is taken, stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from synopse.bib.reference import data_model
from synopse.markup.tree import Inline, Text

_PART = {"journaltitle": "booktitle"}
_LIKE_MISC = {
    "journaltitle": "howpublished",
    "booktitle": "howpublished",
    "publisher": "organization",
    "institution": "organization",
}
_HOMES: dict[str, dict[str, str]] = {
    "inproceedings": _PART,
    "incollection": _PART,
    "inbook": _PART,
    "article": {"booktitle": "journaltitle"},
    "book": {"booktitle": "title"},
    "collection": {"booktitle": "title"},
    "proceedings": {"booktitle": "title"},
    "thesis": {"publisher": "institution", "organization": "institution"},
    "report": {"publisher": "institution", "organization": "institution"},
    "online": {"publisher": "organization", "institution": "organization", "journaltitle": "organization"},
}
_ALIASES = {
    "review": "article",
    "suppperiodical": "article",
    "inreference": "incollection",
    "suppcollection": "incollection",
    "reference": "collection",
    "mvreference": "collection",
    "mvcollection": "collection",
    "mvbook": "book",
    "mvproceedings": "proceedings",
    "bookinbook": "inbook",
    "suppbook": "inbook",
}
"""Types that print as another one does (biblatex's standard.bbx, `\\DeclareBibliographyAlias`)."""


def homes(kind: str) -> dict[str, str]:
    """For a type, where each field that it does not print goes; types that print as `misc` are like it."""
    kind = _ALIASES.get(kind, kind)
    if kind in _HOMES:
        return _HOMES[kind]
    printed_as_misc = kind in ("misc", "software") or kind not in data_model()["of"]
    return _LIKE_MISC if printed_as_misc and kind not in ("set", "xdata") else {}


def rehomed(kind: str, texts: dict[str, tuple[Inline, ...]], verbatim: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Moves such fields, and gives for each the message and the field's name."""
    for name, home in homes(kind).items():
        if (name in texts or name in verbatim) and home not in texts and home not in verbatim:
            texts[home] = texts.pop(name) if name in texts else (Text(verbatim.pop(name)),)
            yield f"@{kind} prints no {name}: it is printed as {home}", name
