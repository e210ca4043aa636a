"""Entries in, the same with the fields that `crossref` and `xdata` give them out (biblatex manual, appendix B).

The rules are those of biblatex's own `\\DeclareDataInheritance` (biblatex.def): which field of a parent becomes which
of its child depends on the types of both.
"""

from __future__ import annotations

import re

from synopse.bib.aliases import FIELD_ALIASES, TYPE_ALIASES
from synopse.bib.granular import with_values
from synopse.bib.read import Entry
from synopse.diagnostics import Diagnostic, Span, problem

_IN_BOOK = ("inbook", "bookinbook", "suppbook")
_IN_COLLECTION = ("incollection", "inreference", "suppcollection")
_RULES: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("mvbook",), ("book", *_IN_BOOK), "main"),
    (("mvcollection", "mvreference"), ("collection", "reference", *_IN_COLLECTION), "main"),
    (("mvproceedings",), ("proceedings", "inproceedings"), "main"),
    (("book",), _IN_BOOK, "book"),
    (("collection", "reference"), _IN_COLLECTION, "book"),
    (("proceedings",), ("inproceedings",), "book"),
    (("periodical",), ("article", "suppperiodical"), "journal"),
)
"""Types of the parent, types of the child, and what the parent's titles are to the child."""
_NEVER = """
ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring
relatedtype shorthand shorthandintro sortkey xdata
"""
NEVER = frozenset(_NEVER.split())
_OWN_TITLES = frozenset(("shorttitle", "sorttitle", "indextitle", "indexsorttitle"))


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
                whole = resolve(with_values(parent, by_key, []), (*chain, entry.key))
                found.extend(_kept_own(entry, whole) if name == "xdata" else _kept_date(entry, whole))
                _inherit(result, whole, name)
            result.values.pop(name, None)
        done[id(entry)] = result
        return result

    return [resolve(with_values(entry, by_key, found), ()) for entry in entries]


def _kept_own(entry: Entry, parent: Entry) -> list[Diagnostic]:
    """Tells of each field of the entry's own that biber would overwrite with that of its `xdata`."""
    told = []
    mine = {FIELD_ALIASES.get(name, name): name for name in _filled(entry)}
    for name, value in _filled(parent).items():
        own = FIELD_ALIASES.get(name, name)
        field = mine.get(own) or (mine.get(_OF_A_YEAR[own]) if own in _OF_A_YEAR else None)
        if field and entry.values[field] != value and name != "ids":
            line = entry.lines[field]
            theirs = "that" if name == field else f"the {name}"
            message = f'the entry\'s own {field} stands, where biber would take {theirs} of "{parent.key}"'
            told.append(problem("bib-reading", message, Span(entry.span.file, line, 1, line, 2)))
    return told


_OF_A_YEAR = {"date": "year", "year": "date"}
"""The two fields in which a year may stand."""


def _filled(entry: Entry) -> dict[str, str]:
    """The fields that say something: biber takes an empty one for one that is not there."""
    return {name: value for name, value in entry.values.items() if value.strip()}


def _kept_date(entry: Entry, parent: Entry) -> list[Diagnostic]:
    """Tells of a year of the entry's own beside a parent's date, of which biber would take the month or the end."""
    mine, given = _filled(entry), _filled(parent)
    for name in ("date", "urldate", "eventdate", "origdate"):
        own = mine.get(name) or (mine.get("year") if name == "date" else None)
        theirs = given.get(name, "")
        if name == "date" and not theirs:
            month = given.get("month", "") if "month" not in mine else ""
            theirs = f"{given.get('year', '')} {month}".strip()
        mixed = not re.fullmatch(r"\d{4}", theirs) or re.search(r"^-|[~?%X/]", own or "")
        if own and own != theirs and theirs and mixed:
            line = entry.lines["crossref"]
            message = f'the {name} is the entry\'s own, {own}, where biber would mix it with {theirs} of "{parent.key}"'
            return [problem("bib-reading", message, Span(entry.span.file, line, 1, line, 2))]
    return []


def _inherit(child: Entry, parent: Entry, how: str) -> None:
    """Puts into the child every field of its parent that it lacks, under the name that it has there."""
    role = _role(child.kind, parent.kind) if how == "crossref" else ""
    mine = _filled(child)
    own_names = {FIELD_ALIASES.get(name, name) for name in mine}
    dated = {"date", "year"} & own_names
    of_its_year = how == "xdata" and _year(parent) in ("", _year(child))
    its_own = ("date", "year") if of_its_year else ("date", "year", "month")
    given: dict[str, str] = {}
    for name, value in _filled(parent).items():
        if how == "crossref" and (name in NEVER or (role and name in _OWN_TITLES)):
            continue
        if how == "xdata" and name == "ids":
            continue
        for own in _names_in_child(name, role, child.kind, parent.kind):
            if own in its_own and dated:
                continue
            given.setdefault(own, value)
    for own, value in given.items():
        if FIELD_ALIASES.get(own, own) not in own_names:
            child.values[own] = value
            child.lines[own] = child.lines.get(how, child.span.line)


def _year(entry: Entry) -> str:
    """What stands in the place of the entry's year."""
    filled = _filled(entry)
    return filled.get("date") or filled.get("year") or ""


def _role(child: str, parent: str) -> str:
    child, parent = TYPE_ALIASES.get(child, child), TYPE_ALIASES.get(parent, parent)
    return next((role for parents, children, role in _RULES if parent in parents and child in children), "")


def _names_in_child(name: str, role: str, child: str, parent: str) -> tuple[str, ...]:
    if role and name in ("title", "subtitle", "titleaddon"):
        return (role + name,)
    if name == "author" and parent in ("mvbook", "book") and child in _IN_BOOK:
        return ("author", "bookauthor")
    return (name,)
