"""What is wrong in the .bib files, and the keys that a report uses, in; what is told at its place, and what is summed up.

A library is most often larger than a report, exported by a program, and not the person's to edit: what is wrong in an
entry that the report does not use stops nothing, and is counted in one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from synopse.bib.collection import Library, Twin
from synopse.bib.twins import tell_twin
from synopse.diagnostics import Diagnostic, Severity, Span, problem
from synopse.diagnostics.model import concerning
from synopse.diagnostics.printer import ALL

BIB = Span("bib")
_OF_A_FILE = frozenset(("bib-encoding", "bib-file"))
"""Codes that concern a file, not one of its entries."""


@dataclass(frozen=True, slots=True)
class OfLibrary:
    """What is told of the .bib files: at its place; of references that the report does not use; of what it never prints."""

    here: tuple[Diagnostic, ...]
    unused: tuple[Diagnostic, ...]
    aside: tuple[Diagnostic, ...]


def parted(library: Library, found: Iterable[Diagnostic], used: Iterable[str], all_listed: bool) -> OfLibrary:
    """Parts what was found by the keys that the report uses; with `all_listed` it lists every reference."""
    keys = {*used, *(library.references if all_listed else ())}
    keys |= {library.own(key) for key in keys} | {library.canonical(key) for key in keys}
    keys = library.with_parents(keys)
    files = {library.references[key].span.file for key in keys if key in library.references}
    here, aside = [], []
    for each in found:
        of_file = each.code in _OF_A_FILE and (each.span.file in files or each.code == "bib-file")
        if each.code != "repeated-reference" and (of_file or (each.about and each.about in keys)):
            here.append(each)
        else:
            aside.append(replace(each, severity=Severity.NOTE))
    for twin in library.twins:
        told = _told(twin, library)
        if {twin.first, twin.second} <= keys:
            here.append(told)
        else:
            aside.append(replace(told, severity=Severity.NOTE))
    return OfLibrary(tuple(here), tuple(_unused(library, keys)), tuple(aside))


def _told(twin: Twin, library: Library) -> Diagnostic:
    return concerning(twin.second, [tell_twin(twin, library.references, library.canonical(twin.first))])[0]


def _unused(library: Library, keys: set[str]) -> Iterable[Diagnostic]:
    for key, reference in library.references.items():
        if key not in keys and key not in library.same and reference.kind != "xdata":
            message = f'the reference "{key}" is neither retained nor cited'
            yield replace(problem("unused-reference", message, reference.span), about=key)


def summed_up(unused: Iterable[Diagnostic], aside: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One line for each of the two: how many references stand by, and what is wrong among them. One alone is told itself."""
    lines = []
    for parts, message in ((tuple(unused), _unused_line), (tuple(aside), _aside_line)):
        if len(parts) > 1:
            code = "unused-reference" if message is _unused_line else "bib-aside"
            lines.append(replace(problem(code, message(parts), BIB, f"{ALL} shows them"), parts=parts))
        else:
            lines += parts
    return lines


def _unused_line(parts: tuple[Diagnostic, ...]) -> str:
    return f"{len(parts)} references of bib/ are not used by the report"


def _aside_line(parts: tuple[Diagnostic, ...]) -> str:
    counted = ", ".join(f"{count} {code}" for code, count in Counter(each.code for each in parts).most_common())
    return f"bib/ has {len(parts)} problems in what the report does not use: {counted}"
