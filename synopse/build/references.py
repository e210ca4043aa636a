"""A session in; its references as the style of the page prints them, in the order and with the numbers of the PDF, out.

They are kept, and with them what was wrong with the style: it is told for as long as another serves instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from synopse.diagnostics import Diagnostic, problem
from synopse.ground.cache import digest
from synopse.ground.files import text_of
from synopse.ground.notes import note

if TYPE_CHECKING:
    from synopse.bib.formatted import Listing
    from synopse.bib.reference import Reference
    from synopse.build.session import Session
    from synopse.ground.store import Store
    from synopse.project.project import Project

ENTRIES, WRONG = "entries", "wrong"
"""The step that makes them, and what it found wrong."""
Entry = tuple[str, str, tuple[str, ...]]
"""The key of a reference, its HTML, and its other keys."""


def references_of(session: Session) -> tuple[list[Entry], list[Diagnostic]]:
    """The references as the style prints them, with the other keys of each; kept, for a style takes long over many."""
    store, asking = session.store, _asking(session)
    if not store.is_made(ENTRIES, of=asking.of):
        made, wrong = _made(asking)
        aliases = {each.key: each.aliases for each in asking.references}
        entries = [(key, entry, aliases.get(key, ())) for key, entry in made]
        store.keep_made(ENTRIES, {"of": asking.of}, [], {"entries": entries, WRONG: wrong})
    entries = [(key, entry, tuple(others)) for key, entry, others in store.found(ENTRIES, "entries", [])]
    return entries, _told(session)


def told_of(session: Session) -> list[Diagnostic]:
    """What was wrong with the style when it made the references, for as long as these are what it would make."""
    if not is_told(session.store) or not session.store.is_made(ENTRIES, of=_asking(session).of):
        return []
    return _told(session)


def is_told(store: Store) -> bool:
    """Whether something was wrong with the style when it made the references that are kept."""
    return bool(store.found(ENTRIES, WRONG))


def _told(session: Session) -> list[Diagnostic]:
    from synopse.bib.formatted import DEFAULT

    report = session.project.corpus.report
    asked = report.html.csl
    place = asked.span if asked and asked.span else report.value_place("bibliography")
    wrong = session.store.found(ENTRIES, WRONG, [])
    return [problem("csl-style", message, place, f"{DEFAULT} serves instead") for message in wrong]


class _Asking(NamedTuple):
    """What the references are made of: themselves, the style's name, language and file, the report's listing; a digest of all."""

    references: Sequence[Reference]
    name: str
    locale: str
    file: Path | None
    listing: Listing
    of: str


def _asking(session: Session) -> _Asking:
    from synopse.bib.formatted import csl_style

    note("csl")
    report, words = session.project.corpus.report, session.project.corpus.words
    asked, locale = report.html.csl, words["csl"]
    name = asked.text.strip() if asked else csl_style(report.bibliography.style_name)
    file = session.root / "sources" / name if name.endswith(".csl") else None
    own = text_of(file) if file else ""
    references, listing = _in_order(session), listing_of(session.project)
    said = (session.bibliography, name, locale, own, " ".join(each.key for each in references), str(listing))
    return _Asking(
        references, name, locale, file, listing, digest(*(text.encode("utf-8", "surrogatepass") for text in said))
    )


def _made(asking: _Asking) -> tuple[list[tuple[str, str]], list[str]]:
    """The references, and what is wrong with the style of that name, which another serves for where it must."""
    from synopse.bib.formatted import DEFAULT, formatted
    from synopse.render.html.text import formula

    references, name, locale, file, listing, _ = asking
    failed: dict[str, list[str]] = {}

    def told(key: str, error: Exception) -> None:
        failed.setdefault(str(error), []).append(f"@{key}")

    try:
        made = formatted(references, name, locale, file, formula, listing, told)
        return made, [
            f'the CSL style "{name}" cannot print {", ".join(keys)}: {error}' for error, keys in failed.items()
        ]
    except Exception as error:  # a person's own style may fail in every way
        wrong = [f'the CSL style "{name}" cannot be used: {error}']
        return formatted(references, DEFAULT, locale, formula=formula, listing=listing), wrong


def listing_of(project: Project) -> Listing:
    """How the report lists its references, by what the style was heard to print: its numbers or labels, or letters after years."""
    from synopse.bib.formatted import Listing
    from synopse.bib.styles import kind_of
    from synopse.markup.cited import mark_of

    note("called", "order")
    kind = kind_of(project.corpus.report.bibliography.style_name)
    called = {project.library.canonical(key): label for key, label in project.corpus.called.items()}
    order = tuple(dict.fromkeys(project.library.canonical(key) for key in project.order))
    if kind in ("numbers", "letters"):
        said = {key: mark for key in order if (mark := mark_of(called.get(key, "")))}
        return Listing(order, said)
    letters = {key: found[1] for key, label in called.items() if (found := re.search(r"\d([a-z]{1,2})\)?$", label))}
    return Listing(order, {}, letters if kind == "author-year" else {})


def _in_order(session: Session) -> Sequence[Reference]:
    """The references that the report lists, in the order in which they come in."""
    from synopse.project.printed import printed_keys

    project = session.project
    by_key = {each.key: each for each in session.references}
    keys = dict.fromkeys(project.library.canonical(key) for key in printed_keys(project))
    return [by_key[key] for key in keys if key in by_key]
