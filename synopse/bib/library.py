"""Several .bib files in, one `Library` out: every reference by key, the same paper found twice, every entry accounted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from synopse.bib.collection import FOLLOWED, Library, citable, same_keys
from synopse.bib.granular import named_keys
from synopse.bib.inherit import with_inherited
from synopse.bib.normalise import reference
from synopse.bib.read import Entry, decode_bib, new_macros, read_entries, split_bib
from synopse.bib.reference import Reference, is_printed, unusual_letters
from synopse.bib.twins import folded_title, groups, twins
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import concerning
from synopse.ground.keys import bib_key
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Styled, Text

__all__ = ["folded_title", "read_library"]


def read_library(files: Mapping[str, bytes]) -> tuple[Library, list[Diagnostic]]:
    """Reads the files in the order of their names. Entries in = references + diagnostics that tell of the others.

    A diagnostic is `about` the key of its entry, so that one may tell what touches the entries that a report uses.
    """
    found: list[Diagnostic] = []
    entries: list[Entry] = []
    macros, count = new_macros(), 0
    blocks = []
    for file in sorted(files):
        text, wrong = decode_bib(files[file], file)
        found += wrong
        blocks.append(split_bib(text, file, macros))
    for split in blocks:
        read = read_entries(split, macros)
        entries += read.entries
        count += read.count
        found += read.found
    shelf = _Shelf(found)
    inherited: list[Diagnostic] = []
    for typed, entry in zip(entries, with_inherited(entries, inherited), strict=True):
        shelf.add(typed, entry)
    found += [replace(each, about=_owner(each, entries)) for each in inherited]
    references = shelf.references
    _keep_what_is_there(shelf)
    pairs = twins(references.values())
    together, aliases = groups(pairs), _aliases(shelf)
    digests = {key: _digest(each) for key, each in references.items()}
    letters = frozenset(letter for each in references.values() for letter in unusual_letters(each))
    same = same_keys(together, aliases)
    return Library(references, same, count, digests, letters, aliases, together, pairs, shelf.parents), found


def _digest(each: Reference) -> str:
    return hashlib.blake2b(repr(each).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _owner(wrong: Diagnostic, entries: list[Entry]) -> str:
    """The key of the entry in which a mistake of inheritance stands."""
    here = [each for each in entries if each.span.file == wrong.span.file and each.span.line <= wrong.span.line]
    return max(here, key=lambda each: each.span.line).key if here else ""


class _Shelf:
    """Takes entry after entry; keeps one reference a key, and tells why the others are left out."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found
        self.references: dict[str, Reference] = {}
        self.parents: dict[str, tuple[str, ...]] = {}
        self.typed: dict[str, str] = {}

    def add(self, typed: Entry, entry: Entry) -> None:
        """Adds an entry, whose fields are complete; `typed` is the same without what it inherits."""
        place = Span(entry.span.file, entry.span.line, 1, entry.span.line, entry.span.end_column)
        key = citable(entry.key)
        if not key:
            message = "an entry has no key, and was left out: nothing can cite it"
            self.found.append(problem("bad-key", message, place, "write @misc{author2025word, …"))
            return
        wrong: list[Diagnostic] = []
        made = reference(replace(entry, key=key), wrong.append)
        if key in self.references:
            self._double(made, place, self.references[key])
            return
        if key != typed.key:
            self.typed.setdefault(typed.key, key)
            message = f'"{typed.key}" cannot be a key: the report knows the entry as "{key}"'
            other = bib_key(key)
            hint = f'build/references.bib, from which other documents cite, calls it "{other}"' if other != key else ""
            wrong.append(problem("key-renamed", message, place, hint))
        elif bib_key(key) != key:
            message = f'biber reads no key "{key}": build/references.bib calls the entry "{bib_key(key)}"'
            wrong.append(problem("key-renamed", message, place, "in the report it keeps its key"))
        self.references[key] = made
        self.parents[key] = tuple(
            citable(each) for each in (*_named(typed, "crossref"), *_named(typed, "xdata"), *named_keys(typed))
        )
        self.found += concerning(key, [*typed.found, *wrong])

    def _double(self, made: Reference, place: Span, first: Reference) -> None:
        """A second entry of one key: nothing where it says the same as the first, else a question of which is meant."""
        where = f"{first.span.file}:{first.span.line}"
        differing = differing_fields(first, made)
        if not differing:
            message = f'the key "{made.key}" stands twice and says the same; the entry at {where} is kept'
            self.found += concerning(made.key, [problem("repeated-reference", message, place)])
            more = tuple(dict.fromkeys((*first.aliases, *made.aliases)))
            self.references[made.key] = replace(first, aliases=more)
            return
        message = f'the key "{made.key}" stands twice, and the two say different things; the entry at {where} is kept, not this one'
        hints = (f"they differ in {'; '.join(differing[:4])}", "give one of the two another key, or delete it")
        self.found += concerning(made.key, [problem("duplicate-reference", message, place, *hints)])


def _named(entry: Entry, field: str) -> list[str]:
    return [part.strip() for part in entry.values.get(field, "").split(",") if part.strip()]


def _keep_what_is_there(shelf: _Shelf) -> None:
    """Takes out of sets and relations the keys that no entry has, which biber would pass over: each is told."""
    for key, each in shelf.references.items():
        for name in FOLLOWED:
            named = [part.strip() for part in each.verbatim.get(name, "").split(",") if part.strip()]
            there = [other for other in named if other in shelf.references and other != key]
            for other in (other for other in named if other not in there):
                message = f'{name} of "{key}" names "{other}": no other entry has this key'
                shelf.found += concerning(key, [problem("bib-crossref", message, each.place(name))])
            if there != named:
                shelf.references[key] = replace(each, verbatim=each.verbatim | {name: ",".join(there)})


def _aliases(shelf: _Shelf) -> dict[str, str]:
    """Every further key of a reference; one that two references claim, or that is another's own, leads nowhere new."""
    aliases = {typed: key for typed, key in shelf.typed.items() if typed not in shelf.references}
    for each in shelf.references.values():
        for alias in each.aliases:
            other = alias if alias in shelf.references else aliases.get(alias, each.key)
            if other != each.key:
                message = (
                    f'"{alias}", a further key (ids) of "{each.key}", is that of "{other}" as well, which is cited'
                )
                wrong = problem("bib-ids", message, each.place("ids"), "take it out of one of the two")
                shelf.found += concerning(alias, [wrong])
            elif alias != each.key:
                aliases[alias] = each.key
    return aliases


def differing_fields(first: Reference, second: Reference) -> list[str]:
    """What two entries say differently of what may be printed, in the words that they say."""
    found = [] if first.kind == second.kind else [f"type ({first.kind}, {second.kind})"]
    sides: list[tuple[Mapping[str, object], Mapping[str, object], Callable[[object], object]]] = [
        (first.names, second.names, lambda value: value),
        (first.dates, second.dates, lambda value: value),
        (first.texts, second.texts, _compared),
        (first.verbatim, second.verbatim, lambda value: value),
    ]
    for one, other, compared in sides:
        for name in dict.fromkeys((*one, *other)):
            if name == "doi" and first.doi.lower() == second.doi.lower():
                continue  # DOI names are compared without case (DOI Handbook, § 3.4.4)
            if is_printed(name) and compared(one.get(name)) != compared(other.get(name)):
                found.append(f'{name} ("{_shown(first, name)}", "{_shown(second, name)}")')
    return found


def _compared(value: object) -> object:
    """Markup without the braces that only keep capitals."""
    return _caseless(value) if isinstance(value, tuple) else value


def _caseless(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    flat: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Styled):
            inner = _caseless(inline.children)
            parts = inner if inline.style in ("case", "plain") else (replace(inline, children=inner),)
        else:
            parts = (inline,)
        for part in parts:
            if flat and isinstance(part, Text) and isinstance(flat[-1], Text):
                part = Text(flat.pop().text + part.text)  # type: ignore[union-attr]
            flat.append(part)
    return tuple(flat)


def _shown(each: Reference, name: str) -> str:
    """A field in a few words; empty where it is not there."""
    if name in each.names:
        text = " and ".join(one.full for one in each.names[name].names)
    elif name in each.dates:
        text = each.dates[name].iso
    else:
        text = plain(each.texts[name]) if name in each.texts else each.verbatim.get(name, "")
    return text if len(text) <= 60 else f"{text[:57]}…"
