"""Diagnostics, and what a person has seen and accepted, in; those that are still to be told out.

A warning that a person has looked at and found right drowns the ones that they have not seen. `accept:` in
`report.yaml` names it by its code and by the key that it concerns, or by its place; an error is never accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synopse.diagnostics.codes import CODES, Severity
from synopse.diagnostics.model import Diagnostic, Span, did_you_mean, problem

OF_THE_ENGINE = frozenset(("biber", "overfull-line", "wide-table"))
"""Codes that only typesetting tells: whether they occur is not known before."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning or note that a person has seen: its code, and the key that it concerns or its place, or both."""

    code: str
    key: str
    place: str
    span: Span

    def covers(self, diagnostic: Diagnostic, keys: Mapping[str, str]) -> bool:
        """Whether this is the diagnostic that was accepted; `keys` has the key of each fiche by its file."""
        if diagnostic.severity is Severity.ERROR or diagnostic.code != self.code:
            return False
        mine = (diagnostic.about, keys.get(diagnostic.span.file, ""))
        return (not self.key or self.key in mine) and (not self.place or _lies_at(diagnostic.span, self.place))


def _lies_at(span: Span, place: str) -> bool:
    """Whether a place is the one written: a folder, a file, a line of it, or a column of that."""
    at = (span.file, f"{span.file}:{span.line}", str(span))
    return place in at or span.file.startswith(place.rstrip("/") + "/")


def without_accepted(
    found: Iterable[Diagnostic], accepted: Iterable[Acceptance], keys: Mapping[str, str]
) -> tuple[list[Diagnostic], set[Acceptance]]:
    """The diagnostics that are still to be told, and which acceptances the others fell under."""
    left: list[Diagnostic] = []
    used: set[Acceptance] = set()
    accepted = list(accepted)
    for each in found:
        covering = {acceptance for acceptance in accepted if acceptance.covers(each, keys)}
        used |= covering
        if not covering:
            left.append(each)
    return left, used


def no_longer_told(accepted: Iterable[Acceptance], used: set[Acceptance], engine: bool = False) -> list[Diagnostic]:
    """A note for each acceptance that nothing fell under: of the codes that the `engine` tells, or of all others."""
    return [
        problem("accepted-gone", f"{_said(each)} is accepted here and no longer occurs", each.span, "take it out")
        for each in accepted
        if each not in used and (each.code in OF_THE_ENGINE) == engine
    ]


def _said(each: Acceptance) -> str:
    of = f' of "{each.key}"' if each.key else ""
    return f"{each.code}{of}" + (f" at {each.place}" if each.place else "")


def check_acceptance(each: Acceptance) -> Iterable[Diagnostic]:
    """What is wrong with an acceptance: a code that is none, or an error's; neither key nor place."""
    known = [code.name for code in CODES.values() if code.severity is not Severity.ERROR]
    if each.code not in CODES:
        hint = did_you_mean(each.code, known) or "the code stands in brackets in the message"
        yield problem("wrong-choice", f'"{each.code}" is the code of no message', each.span, hint)
    elif each.code not in known:
        message = f'"{each.code}" is an error, and an error cannot be accepted'
        yield problem("wrong-choice", message, each.span, "mend what it tells")
    if not each.key and not each.place:
        message = "which message is accepted? a key or a place is missing"
        yield problem(
            "missing-field", message, each.span, "add key: (of a fiche or reference) or place: (file or file:line)"
        )
