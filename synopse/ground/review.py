"""A review: its folder, and where everything that belongs to it lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from synopse.ground.settings import reader

NO_REVIEW = """\
There is no review here: neither this folder nor one above it holds sources/report.yaml.
Begin one with: synopse init my-review
"""
OWN = ".synopse"
"""The folder in a review for what `doit clean` leaves: the lock, the version that built it last, snapshots of the sources."""


@dataclass(frozen=True, slots=True)
class Review:
    """The folder of one review. Nothing is looked at or made by asking where something lies.

    For a reader who works blind it is the folder of that reader's own notes and of what is made of them.
    """

    root: Path
    reader: str = field(default_factory=reader)

    @classmethod
    def around(cls, folder: Path) -> Review | None:
        """The review of a folder: this one, or the first above it, that holds `sources/report.yaml`; none where none does."""
        around = (folder, *folder.parents)
        return next((cls(each) for each in around if (each / "sources" / "report.yaml").is_file()), None)

    @property
    def sources(self) -> Path:
        """What a person writes."""
        return self.root / "sources"

    @property
    def bib(self) -> Path:
        """Their library."""
        return self.root / "bib"

    @property
    def build(self) -> Path:
        """All that is made."""
        return self.root / "build" / "readers" / self.reader if self.reader else self.root / "build"

    @property
    def tex(self) -> Path:
        """The LaTeX that the engine reads."""
        return self.build / "tex"

    @property
    def pdf(self) -> Path:
        """The report."""
        return self.build / "report.pdf"

    @property
    def fresh(self) -> Path:
        """What `doit changes` tells the web page: its section, and what is new in the others."""
        return self.build / "changes.json"

    @property
    def changes(self) -> Path:
        """The section that `doit changes` writes."""
        return self.tex / "changes.tex"

    @property
    def own(self) -> Path:
        """What outlives `build`."""
        return self.root / OWN

    @property
    def snapshots(self) -> Path:
        """Earlier states of the sources."""
        return self.own / "snapshots"
