"""`Span`, `Severity`, `Diagnostic`: what is wrong, how gravely, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from synopse.diagnostics.codes import CODES, Severity
from synopse.packed import Packed


@dataclass(frozen=True, slots=True, order=True)
class Span(Packed):
    """A stretch of a source file.

    `file` is relative to the project, with forward slashes. Lines and columns count from 1, in characters;
    the end column is the one after the last character.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: `code` is a key of `synopse.diagnostics.codes.CODES`."""

    severity: Severity
    code: str
    message: str
    span: Span
    hints: tuple[str, ...] = ()

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


def did_you_mean(word: str, known: Iterable[str], places: dict[str, Span] | None = None) -> str:
    """A hint naming the known word nearest to `word`, with its place where given; empty when none is near."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    near = near or [name for name in folded if len(word) > 3 and name.startswith(word.casefold())][:1]
    if not near:
        return ""
    name = folded[near[0]]
    place = (places or {}).get(name)
    return f'did you mean "{name}"' + (f" ({place.file}:{place.line})" if place else "") + "?"


__all__ = ["Diagnostic", "Rejected", "Severity", "Span", "did_you_mean", "has_errors", "problem"]
