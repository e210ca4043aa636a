"""What the report knows of a writer: a `Writer`, which each module of `writers/` has one of.

A writer is opened once for a report. It is then given the report's pieces, those that have changed, and gives for each the files that it
is made of. So another format is one more file in `writers/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from synopse.ground.notes import note
from synopse.ground.pieces import any_piece_has, letters_of
from synopse.ground.store import Store
from synopse.locale import Catalogue
from synopse.markup.text import Cited
from synopse.render.view import FicheView, FrameView, PartView

Files = Mapping[str, str | bytes]
"""Files by their paths in `build/`."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a writer works with: the folders of templates, of which the first that has one wins; the words of the language;
    what a citation says in plain words; the images that texts show, by the names that they have in the texts; where compiled
    templates may be kept; and what was made before."""

    templates: tuple[Path, ...]
    words: Catalogue
    cited: Cited
    images: Mapping[str, Path] = field(default_factory=dict)
    compiled: Path | None = None
    made: Store | None = None
    told: str = ""
    """How a web page tells where a remark was written: not at all, `plain`, or as an address that the editor `vscode` opens."""
    root: Path = Path()
    """The review's folder, which such an address begins with."""

    def letters(self) -> str:
        """The letters beyond ASCII in all that was written of persons' texts, but for the frame."""
        note("letters")
        return letters_of(self.made) if self.made else ""

    def any_piece(self, name: str) -> bool:
        """Whether a piece has found something out, by name: `maths`, or `turned` pages."""
        note(name)
        return any_piece_has(self.made, name) if self.made else False


class Pieces(Protocol):
    """Writes the pieces of one report."""

    def fiche(self, view: FicheView) -> Files:
        """The files of a paper's section."""

    def no_fiche(self, name: str) -> Files:
        """The files of a fiche that the report does not list, by the name of its files."""

    def part(self, view: PartView) -> Files:
        """The files of a part of the synthesis."""

    def frame(self, view: FrameView) -> Files:
        """The files around the pieces; written after them."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One format: its name, and what opens it for a report."""

    name: str
    open: Callable[[Setting], Pieces]
