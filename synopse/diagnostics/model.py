"""`Span`, `Severity`, `Diagnostic`: what is wrong, how gravely, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from synopse.diagnostics.codes import CODES, Severity
from synopse.diagnostics.nearest import nearest
from synopse.ground.packed import Packed


@dataclass(frozen=True, slots=True, order=True)
class Span(Packed):
    """A stretch of a source file.

    `file` is relative to the project, with forward slashes. Lines and columns count from 1, in characters;
    the end column is the one after the last character. `of` tells apart the studies of one fiche that its words count for.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0
    of: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: `code` is a key of `synopse.diagnostics.codes.CODES`.

    `about` is the key of the fiche or reference that the problem concerns, where there is one. `parts` are the problems
    that this one sums up in a line: what concerns many entries is told once, and in full where all is asked for.
    """

    severity: Severity
    code: str
    message: str
    span: Span
    hints: tuple[str, ...] = ()
    about: str = ""
    parts: tuple[Diagnostic, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sorts by file, then line: the order in which a person goes through a file."""
        return (self.span.file, self.span.line, self.span.column, self.code, self.message)


@dataclass
class Rejected(Exception):
    """Raised where a stage cannot give any result: carries the diagnostics that say why."""

    diagnostics: list[Diagnostic] = field(default_factory=list)


def problem(code: str, message: str, span: Span, *hints: str) -> Diagnostic:
    """Makes a diagnostic whose severity is the catalogue's for `code`; empty hints are left out.

    Raises `KeyError` for a code that the catalogue does not describe.
    """
    return Diagnostic(CODES[code].severity, code, message, span, tuple(hint for hint in hints if hint))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tells whether anything among `diagnostics` must stop the build."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def concerning(key: str, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics as problems of the fiche or reference `key`; those that know whom they concern stay as they are."""
    return [each if each.about else replace(each, about=key) for each in diagnostics]


def in_full(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics with each that sums up others replaced by those."""
    return [part for each in diagnostics for part in (in_full(each.parts) if each.parts else (each,))]


def did_you_mean(word: str, known: Iterable[str], places: dict[str, Span] | None = None) -> str:
    """A hint naming the known word nearest to `word`, with its place where given; empty when none is near."""
    name = nearest(word, known)
    if name is None:
        return ""
    place = (places or {}).get(name)
    return f'did you mean "{name}"' + (f" ({place.file}:{place.line})" if place else "") + "?"


__all__ = ["Diagnostic", "Rejected", "Severity", "Span", "did_you_mean", "has_errors", "problem"]
