"""References that will be printed without an author, a title or a date, in; what is told of each, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from synopse.bib.reference import Reference, data_model, is_printed
from synopse.diagnostics import Diagnostic, problem
from synopse.diagnostics.model import concerning

CALLED = {
    "author": ("author", "autor", "autoren", "verfasser", "auteur", "auteurs", "autores", "autore", "autori"),
    "title": ("title", "titel", "titre", "título", "titulo", "titolo"),
    "date": ("date", "year", "jahr", "datum", "année", "annee", "año", "ano", "anno", "fecha", "data"),
}
"""How people call the fields that a reference should not lack, in their own languages."""
LIKE = 0.75
"""The ratio of difflib from which on a name is a misspelt other one: `tilte` is, `timestamp` is not."""


def tell_incomplete(references: Iterable[Reference]) -> Iterator[Diagnostic]:
    """What each of the references lacks, with the field that may have been meant for it."""
    for reference in references:
        lacking = _lacking(reference) if reference.kind not in ("xdata", "set") else []
        if lacking:
            message = f'the reference "{reference.key}" has no {" and no ".join(lacking)}'
            hints = _misnamed(reference, lacking)
            yield from concerning(reference.key, [problem("reference-incomplete", message, reference.span, *hints)])


def _lacking(reference: Reference) -> list[str]:
    parts = {
        "author": bool(reference.authors.names or reference.words("organization")),
        "title": bool(reference.title),
        "date": reference.date is not None or bool(reference.words("year")),
    }
    return [name for name, there in parts.items() if not there]


def _misnamed(reference: Reference, lacking: list[str]) -> Iterator[str]:
    """For each of what the reference lacks, the field that biblatex does not know and that is called nearly so."""
    unknown = [name for name in (*reference.texts, *reference.verbatim) if not _known(name)]
    for part in lacking:
        name = next((each for each in unknown if get_close_matches(each, CALLED[part], 1, LIKE)), "")
        if name:
            place = reference.place(name)
            yield f'biblatex knows no field "{name}" ({place.file}:{place.line}): did you mean "{part}"?'


def _known(name: str) -> bool:
    return name in data_model()["fields"] or is_printed(name)
