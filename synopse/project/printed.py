"""A project in; the keys of the references that its report lists, in the order in which they come in, out.

The order is that of the document: it gives the numbers of styles that count references as they are cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from synopse.bib.collection import citable
from synopse.bib.reference import Reference
from synopse.ground.notes import note, standing_for
from synopse.markup.grammar import Mode
from synopse.model.fiche import Fiche
from synopse.model.report import Report
from synopse.project.project import Project
from synopse.project.texts import cited
from synopse.read.tree import Scalar


def printed_keys(project: Project) -> list[str]:
    """Each key once, as it is written: of the retained papers, of what is cited, with `all` of the whole library.

    Two keys of one paper are both there. Where the retained papers have a list of their own (`apart`), they come first.
    """
    with standing_for("printed"):
        return _printed(project)


def _printed(project: Project) -> list[str]:
    assert project.report is not None
    library, settings = project.library, project.report.bibliography
    keys = list(_document(project, project.report))
    if settings.apart:
        keys = [fiche.key for fiche in project.retained] + keys
    if settings.all:
        keys += sorted(key for key in library.references if key not in library.same)
    keys = [key if citable(key) == key else library.canonical(key) for key in keys]
    own = {fiche.key for fiche in project.fiches.values() if fiche.citation is not None}
    return [key for key in dict.fromkeys(keys) if _listed(library.get(key)) or key in own]


def _listed(reference: Reference | None) -> bool:
    return reference is not None and reference.kind != "xdata"


def retained_keys(project: Project) -> set[str]:
    """The keys of the retained papers, as the library knows them."""
    note("retained")
    keys = (key for fiche in project.retained for key in (fiche.key, *(each.text.strip() for each in fiche.reports)))
    return {project.library.canonical(key) for key in keys}


def other_keys(project: Project) -> set[str]:
    """The keys of what is listed beside the retained papers, as the library knows them."""
    return {project.library.canonical(key) for key in printed_keys(project)} - retained_keys(project)


def _document(project: Project, report: Report) -> Iterator[str]:
    """The keys as the document names them, from its beginning to its end."""

    def of(texts: Iterable[Scalar | None], mode: Mode) -> Iterator[str]:
        for text in texts:
            if text is not None and "@" in text.text:
                yield from (each.key for each in cited(project.texts.blocks(text, mode)))

    def chapters(place: str) -> Iterator[str]:
        for chapter in report.chapters:
            if ("appendix" if chapter.appendix else chapter.after) == place:
                yield from of([chapter.title], "line")
                yield from of([project.chapter_text(chapter)], "chapter")

    yield from of([report.title, report.subtitle], "line")
    yield from of(report.abstract.values(), "text")
    yield from of([report.introduction], "chapter")
    yield from chapters("introduction")
    yield from chapters("papers")
    for fiche in project.retained:
        yield from _of_fiche(project, fiche)
    yield from chapters("fiches")
    for part in report.synthesis:
        for text in part.texts:
            yield from of([text], "text" if text is part.text else "line")
    yield from chapters("synthesis")
    yield from chapters("appendix")


def _of_fiche(project: Project, fiche: Fiche) -> Iterator[str]:
    """The paper itself, where its section draws the record, and what its notes cite."""
    sections = project.form.sections if project.form else ()
    drawn = next((place for place, section in enumerate(sections) if section.draws == "reference"), 0)
    keys = [each.key for each in project.read[fiche.key].cited]
    yield from [fiche.key, *keys] if drawn == 0 else [*keys, fiche.key]
