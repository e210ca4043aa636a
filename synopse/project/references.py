"""The references of a report: those of `bib/` that it retains or cites, and those that a fiche's citation makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from synopse.bib.from_fiche import from_citation
from synopse.bib.listing import short_title
from synopse.bib.reference import Reference
from synopse.bib.write import escape_breakable, write_bib, write_markup
from synopse.ground.keys import safe_key
from synopse.ground.notes import note, standing_for
from synopse.project.printed import retained_keys
from synopse.project.project import Project
from synopse.project.uses import cited_by


def wanted(project: Project) -> list[Reference]:
    """Every retained and cited reference, by key. With `bibliography: {all: true}` every one of `bib/`."""
    with standing_for("bib", "cited", "own"):
        return _wanted(project)


def _wanted(project: Project) -> list[Reference]:
    library, keys = project.library, wanted_keys(project)
    found = {key: library.references[key] for key in keys if key in library.references}
    for fiche in project.fiches.values():
        made = from_citation(fiche) if library.get(fiche.key) is None and fiche.key in keys else None
        if made is not None:
            found[fiche.key] = made
    aliased: dict[str, set[str]] = {}
    for alias, key in library.same.items():
        if alias not in found:
            aliased.setdefault(key, set()).add(alias)
    return [replace(found[key], aliases=tuple(sorted(aliased.get(key, ())))) for key in sorted(found)]


def report_bib(project: Project, references: list[Reference]) -> str:
    """The .bib of the report itself: long words that may break, short titles for labels, and, where the retained papers stand apart, which they are.

    `build/references.bib`, which a person may cite from, has none of it.
    """
    assert project.report is not None
    note("report.bibliography")
    retained = retained_keys(project) if project.report.bibliography.apart else set()
    more: dict[str, dict[str, str]] = {}
    for each in references:
        added = {}
        short = short_title(each.title)
        if short != each.title and "shorttitle" not in each.texts:
            added["shorttitle"] = write_markup(short)
        if each.key in retained:
            added |= {"keywords": RETAINED, "presort": "a"}
        if added:
            more[each.key] = added
    return write_bib(references, more, safe_key, escape_breakable)


RETAINED = "retained"
"""The keyword of the retained papers, by which templates/body.tex finds them."""


def wanted_keys(project: Project) -> set[str]:
    """The keys of those references."""
    library = project.library
    keys = {library.canonical(fiche.key) for fiche in project.retained} | set(cited_keys(project))
    if project.report and project.report.bibliography.all:
        keys |= {key for key in library.references if key not in library.same}
    return library.with_followed(keys)


def cited_keys(project: Project) -> Iterable[str]:
    """The keys that the texts cite, as the library knows them."""
    return (project.library.canonical(key.key) for key in cited_by(project))
