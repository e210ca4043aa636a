"""References that will be printed without an author, a title or a date, in; what is told of each, out.

Any other field that a type prints is told where the reference lacks it and a field that biblatex does not know is called
nearly so: `jounal`, `publsher`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from synopse.bib.aliases import FIELD_ALIASES, OWN_ALIASES
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
SURELY_LIKE = 0.82
"""The same where any field of a type may have been meant: `nubmer` is number, `numpages` is not pages."""
EXPORTS = frozenset(("eissn", "essn", "issne", "issnp", "pissn", "issued", "notes", "published"))
"""Fields of exporters' own that are called nearly as one of biblatex's, and say something else."""
OTHERWISE_CALLED = {"institute": "institution"}
"""What people call fields that biblatex prints under another name, less like it than a misspelt one."""


def tell_incomplete(references: Iterable[Reference]) -> Iterator[Diagnostic]:
    """What each of the references lacks, with the field that may have been meant for it."""
    for reference in references:
        if reference.kind in ("xdata", "set"):
            continue
        lacking = _lacking(reference)
        misnamed = {**_misnamed(reference, lacking), **_misspelt(reference)}
        without = list(dict.fromkeys((*lacking, *misnamed.values())))
        if without:
            message = f'the reference "{reference.key}" has no {" and no ".join(without)}'
            hints = [_hint(reference, *pair) for pair in misnamed.items()]
            yield from concerning(reference.key, [problem("reference-incomplete", message, reference.span, *hints)])


def _lacking(reference: Reference) -> list[str]:
    parts = {
        "author": bool(reference.authors.names or reference.words("organization")),
        "title": bool(reference.title),
        "date": reference.date is not None or bool(reference.words("year")),
    }
    return [name for name, there in parts.items() if not there]


def _misnamed(reference: Reference, lacking: list[str]) -> dict[str, str]:
    """By the field that biblatex does not know, what the reference lacks and is called nearly so in any language."""
    found: dict[str, str] = {}
    for part in lacking:
        name = next((each for each in _unknown(reference) if get_close_matches(each, CALLED[part], 1, LIKE)), "")
        if name:
            found[name] = part
    return found


def _misspelt(reference: Reference) -> dict[str, str]:
    """By the field that biblatex does not know, the one that its type prints, that is not there and is called nearly so."""
    unknown = [name for name in _unknown(reference) if name not in EXPORTS]
    if not unknown:
        return {}
    printed = data_model()["of"].get(reference.kind, ())
    missed = [name for name in printed if is_printed(name) and not _is_there(reference, name) and name not in CALLED]
    also = [name for name, own in FIELD_ALIASES.items() if own in missed and name not in OWN_ALIASES]
    found: dict[str, str] = {}
    for name in unknown:
        near = (OTHERWISE_CALLED[name],) if name in OTHERWISE_CALLED else _near(name)
        if meant := next((each for each in near if each in missed or each in also), ""):
            found[name] = meant
    return found


@lru_cache(maxsize=4096)
def _near(name: str) -> tuple[str, ...]:
    """The names of biblatex's and BibTeX's fields that are surely meant by another one, the most like first."""
    known = dict.fromkeys((*data_model()["fields"], *FIELD_ALIASES))
    ratios = ((SequenceMatcher(None, name, each).ratio(), each) for each in known)
    return tuple(each for ratio, each in sorted(ratios, reverse=True) if ratio >= SURELY_LIKE)


def _is_there(reference: Reference, name: str) -> bool:
    return any(name in fields for fields in (reference.names, reference.texts, reference.verbatim, reference.dates))


def _hint(reference: Reference, name: str, meant: str) -> str:
    place = reference.place(name)
    return f'biblatex knows no field "{name}" ({place.file}:{place.line}): did you mean "{meant}"?'


def _unknown(reference: Reference) -> list[str]:
    return [name for name in (*reference.texts, *reference.verbatim) if not _known(name)]


def _known(name: str) -> bool:
    return name in data_model()["fields"] or is_printed(name)
