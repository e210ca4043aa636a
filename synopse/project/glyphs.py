"""A project in; every character that it would print and that no font has, at its place, out.

The engine leaves a gap for such a character, and says so when the page is made. Here it is told before, wherever a
person wrote it: in a text, a reference, or a title of the form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from synopse.bib.reference import Reference, unusual_letters
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.files import text_of
from synopse.model.fiche import citation_texts, fiche_texts
from synopse.project.uses import report_texts
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from synopse.project.project import Project

Place = Callable[[int], Span]
"""Where a character stands, by its index in the text."""


def missing_glyphs(project: Project) -> Iterator[Diagnostic]:
    """Each character that no font has, once for each text that holds it."""
    from synopse.markup.fonts import fallbacks

    missing = set(fallbacks(printed_letters(project) | project.library.letters)[1])
    if not missing:
        return
    told: set[tuple[str, str]] = set()
    for text, place in (*_texts(project), *_references(project, missing)):
        for character in sorted(missing & set(text)):
            span = place(text.index(character))
            told.add((span.file, character))
            yield _no_glyph(character, span)
    for file, words in ((file, _words(model)) for file, model in _settings(project).items()):
        for character in sorted(missing & set(words)):
            if (file, character) not in told:
                yield _no_glyph(character, _first(character, file, text_of(project.root / file)))


def place_of(character: str, project: Project) -> Span:
    """Where a character first stands in the sources; the preamble where it does in none."""
    for text, place in (*_texts(project), *_references(project, {character})):
        if character in text:
            return place(text.index(character))
    for file, model in _settings(project).items():
        if character in _words(model):
            return _first(character, file, text_of(project.root / file))
    return Span("templates/preamble.tex")


def printed_letters(project: Project) -> set[str]:
    """The letters of all that a person wrote, but for the library."""
    pool = {letter for text, _ in report_texts(project) for letter in text.text}
    pool |= {letter for read in project.read.values() for letter in read.letters}
    return pool | {letter for model in _settings(project).values() for letter in _words(model)}


def _texts(project: Project) -> Iterator[tuple[str, Place]]:
    """Every text of the report and the fiches, with the places of its characters."""

    def placed(text: Scalar) -> tuple[str, Place]:
        return text.text, lambda at: text.place(at, at + 1)

    for text, _ in report_texts(project):
        yield placed(text)
    for fiche in project.fiches.values():
        for text in (*fiche_texts(fiche), *citation_texts(fiche)):
            yield placed(text)


def _references(project: Project, missing: set[str]) -> Iterator[tuple[str, Place]]:
    """The fields of the references that will be printed, each at its line."""
    from synopse.project.references import wanted_keys

    for key in sorted(wanted_keys(project) & project.library.references.keys()):
        reference = project.library.references[key]
        if missing & unusual_letters(reference):
            yield from ((words, _at(reference, name)) for name, words in reference.printed_words())


def _at(reference: Reference, name: str) -> Place:
    return lambda at: reference.place(name)


def _settings(project: Project) -> dict[str, object]:
    """What else is printed: titles of the form, terms and themes, authors and numbers of the report."""
    report, vocabulary = project.report, project.vocabulary
    terms = [term.name for terms in vocabulary.terms.values() for term in terms]
    return {
        "sources/form.yaml": project.form,
        "sources/vocabulary.yaml": [terms, vocabulary.themes],
        "sources/report.yaml": [report.authors, report.selection] if report else None,
    }


def _words(value: object) -> str:
    """All that a model says, in one text."""
    match value:
        case str():
            return value
        case Scalar():
            return value.text
        case BaseModel():
            return "".join(_words(getattr(value, name)) for name in type(value).model_fields if name != "span")
        case dict():
            return "".join(_words(part) for pair in value.items() for part in pair)
        case list() | tuple():
            return "".join(map(_words, value))
    return ""


def _first(character: str, file: str, text: str) -> Span:
    """The first line of a file that holds the character outside of a comment."""
    lines = text.split("\n")
    holding = [number for number, line in enumerate(lines, 1) if character in line.partition(" #")[0]]
    holding += [number for number, line in enumerate(lines, 1) if character in line] or [1]
    line = holding[0]
    column = lines[line - 1].find(character) + 1 or 1
    return Span(file, line, column, line, column + 1)


def _no_glyph(character: str, span: Span) -> Diagnostic:
    name = unicodedata.name(character, "a character without a name")
    message = f'no font has the character "{character}" (U+{ord(character):04X}, {name})'
    return problem("missing-glyph", message, span, "write it in another way, or leave it out")
