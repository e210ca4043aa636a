"""What typesetting is told of a report: its folder, its date, how long a pass may take, and where its parts were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from synopse.diagnostics import Diagnostic, Span
from synopse.ground.review import Review
from synopse.ground.store import Store
from synopse.typeset.archive import Archive


class Sources(Protocol):
    """Leads from what the engine and biber speak of to the place where a person wrote it."""

    def of_character(self, character: str) -> Span:
        """Where a character first stands."""

    def of_fiche(self, key: str) -> tuple[str, Span] | None:
        """The fiche that LaTeX knows as `key`: the person's own key, and its place."""

    def of_reference(self, key: str) -> tuple[str, Span] | None:
        """The reference that LaTeX and biber know as `key`: the person's own key, and its place."""


@dataclass(frozen=True)
class Job:
    """One report to typeset.

    `epoch` is the date inside the PDF, and `limit` how long a pass may take, both in seconds. `pictures` renders the
    file that draws the named pictures; `accepted` leaves out of what was told what the person has accepted.
    """

    root: Path
    epoch: int
    limit: float
    sources: Sources
    pictures: Callable[[list[str]], str]
    accepted: Callable[[Iterable[Diagnostic]], list[Diagnostic]]
    store: Store
    """What was made before, of what."""
    archive: Callable[[], Archive | None] = lambda: None
    """What the PDF is made to as an archive; nothing where it stays the engine's."""

    @property
    def build(self) -> Path:
        """The folder of what is made."""
        return Review(self.root).build

    @property
    def tex(self) -> Path:
        """The folder of the LaTeX that the engine reads."""
        return Review(self.root).tex
