"""A project in; where in its sources stands what the engine and biber speak of, out."""

from __future__ import annotations

from dataclasses import dataclass

from synopse.diagnostics import Span
from synopse.ground.keys import safe_key
from synopse.project.glyphs import place_of
from synopse.project.project import Project


@dataclass(frozen=True)
class ProjectPlaces:
    """The places of one project (`typeset.job.Sources`)."""

    project: Project

    def of_character(self, character: str) -> Span:
        """Where a character first stands; the preamble where it does in no source."""
        return place_of(character, self.project)

    def of_fiche(self, key: str) -> tuple[str, Span] | None:
        """The fiche that LaTeX knows as `key`: the person's own key, and its place."""
        fiches = self.project.fiches.values()
        return next(((each.key, each.key_span) for each in fiches if safe_key(each.key) == key), None)

    def of_reference(self, key: str) -> tuple[str, Span] | None:
        """The reference that LaTeX and biber know as `key`: the person's own key, and its place."""
        found = self.project.library.references
        reference = found.get(key) or next((each for name, each in found.items() if safe_key(name) == key), None)
        return (reference.key, reference.span) if reference else None
