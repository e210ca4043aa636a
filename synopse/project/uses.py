"""A project in; the keys of `bib/` that its report uses, as a person wrote them, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from synopse.markup.grammar import Mode
from synopse.markup.tree import CitedKey
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from synopse.model.report import Report
    from synopse.project.project import Project


def used_keys(project: Project) -> set[str]:
    """The keys of the fiches, of those that the report lists, and of all that is cited."""
    keys = {fiche.key for fiche in project.fiches.values()}
    if project.legible is not None:
        keys |= {key.text.strip() for key in project.legible.fiches}
    return keys | {cited.key for cited in cited_by(project)}


def cited_by(project: Project) -> Iterator[CitedKey]:
    """Every key that the report and its fiches cite."""
    from synopse.project.texts import cited

    for text, mode in report_texts(project):
        if "@" in text.text:
            yield from cited(project.texts.blocks(text, mode))
    for read in project.read.values():
        yield from read.cited


def report_texts(project: Project) -> Iterator[tuple[Scalar, Mode]]:
    """Every text of the report itself, and what it may hold; none where the report cannot be read."""
    report = project.report
    if report is None:
        return
    yield from _own_texts(report)
    for chapter in report.chapters:
        text = project.chapter_text(chapter)
        if text is not None:
            yield text, "chapter"


def _own_texts(report: Report) -> Iterator[tuple[Scalar, Mode]]:
    for text in (report.title, report.subtitle, *(chapter.title for chapter in report.chapters)):
        if text is not None:
            yield text, "line"
    yield from ((text, "text") for text in report.abstract.values())
    if report.introduction is not None:
        yield report.introduction, "chapter"
    for part in report.synthesis:
        for text in part.texts:
            yield text, "text" if text is part.text else "line"
