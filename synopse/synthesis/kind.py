"""What the report knows of a kind of the synthesis: a `Kind`, which each module of `kinds/` has one of.

From it are made the checks of `report.yaml`, what makes a part be made again, the JSON Schema and the README's table of
kinds. So another kind is one more file in `kinds/`, and the words that it prints in the catalogues.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from synopse.model.report import Synthesis
    from synopse.synthesis.corpus import Corpus
    from synopse.synthesis.table import Table

FieldTypes = tuple[str, ...]
COUNTED: FieldTypes = ("terms", "choice")
"""Fields whose papers are counted under terms or choices."""
THEMED: FieldTypes = ("items", "terms")
"""Fields of remarks, which may carry themes."""
EVERY = ("kind", "id", "title")
"""The options of every kind."""
SHOWN = ("caption", "text", "note")
"""Those of every table and picture."""
CHOSEN = ("papers", "where")
"""Those that choose the papers."""
Uses = Literal["words", "filed", "sections", "nothing"]
"""What a part takes of the fiches: the words of its fields; what papers are filed under in them (terms, themes, choices);
which fields of the form are filled at all; or none of their fields."""
Drawing = Literal["timeline", "heatmap", "bars", "bubbles", "prisma"]
"""The drawings that a picture may ask for (`render/pictures.py`)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table or picture.

    `shows` says what one sees, and `rank` where it stands in lists. `takes` are its options beside `EVERY`; `needs` those of
    which one of each group must be there; `types` gives, by option, the types of field that it may name, and `together` those
    that several fields of one list may have. `make` makes its table; a picture has a `drawing` of it.
    """

    name: str
    shows: str
    rank: int
    make: Callable[[Corpus, Synthesis], Table] | None
    takes: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    types: dict[str, FieldTypes] = field(default_factory=dict)
    together: FieldTypes = ()
    uses: Uses = "filed"
    drawing: Drawing | None = None
    alone: bool = False
    """It shows the form's fields of its type where none is named."""
    of_selection: bool = False
    """It shows the numbers of the report's `selection:`, and no papers."""
    of_readings: bool = False
    """It shows what several readers wrote."""

    @property
    def options(self) -> tuple[str, ...]:
        """Every option that may stand beside `kind`, with those that all kinds have."""
        shown = SHOWN if self.make else ()
        chosen = CHOSEN if self.make and not self.of_selection else ()
        return (*self.takes, *shown, *chosen, *(("alt",) if self.drawing else ()))
