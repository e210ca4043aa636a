"""Fiches beside the readings that they were settled from, and beside other reports of their study: diagnostics out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from synopse.diagnostics import Diagnostic, problem
from synopse.ground.settings import reader
from synopse.model.fiche import Fiche
from synopse.synthesis.readings import WHOLE, digest_of

if TYPE_CHECKING:
    from synopse.project.project import Project


def check_reports(fiche: Fiche, project: Project) -> Iterator[Diagnostic]:
    """References that a fiche calls reports of its study, and that have a fiche of their own: one study would count twice."""
    for key in fiche.reports:
        other = project.fiches.get(key.text.strip())
        if other is not None and (other in project.retained or other is fiche):
            message = (
                f'"{other.key}" is a report of the study of "{fiche.key}", and has a fiche of its own in the report'
            )
            yield problem(
                "reported-twice", message, key.span, "take it from fiches: in report.yaml, or from reports: here"
            )


def check_settled(fiche: Fiche, project: Project) -> Iterator[Diagnostic]:
    """Fields that wait for a person to decide, and readings that have changed since they were settled."""
    for question in fiche.decide:
        readers = " and ".join(question.readers)
        message = f'"{question.field}" is not decided: it was read otherwise by {readers}'
        hint = f"write {question.field}: in the fiche, and remove it from decide:"
        yield problem("undecided", message, question.span, hint)
    if fiche.consensus is None or reader():
        return
    now = project.readings.get(fiche.key, {})
    for name, then in fiche.consensus.readings.items():
        span = fiche.consensus.spans[name]
        if name not in now:
            yield problem("reading-changed", f'the reading of "{name}" is gone, and the consensus was made of it', span)
            continue
        there = [*now[name].values, *(each for each in WHOLE if getattr(now[name], each))]
        names = [*then, *(each for each in there if each not in then)]
        changed = [each for each in names if digest_of(now[name], each) != then.get(each, "")]
        if changed:
            message = f'"{name}" has changed {", ".join(changed)} since the consensus was made'
            yield problem("reading-changed", message, span, f"doit consensus {fiche.key}")
    for name in now:
        if name not in fiche.consensus.readings:
            message = f'"{name}" has read the paper since the consensus was made'
            yield problem("reading-changed", message, fiche.key_span, f"doit consensus {fiche.key}")
