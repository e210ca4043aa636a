"""`bubbles`: the gap map as bubbles, the wider, the more papers."""

from __future__ import annotations

from synopse.synthesis.kind import Kind
from synopse.synthesis.kinds import gaps

KIND = Kind(
    "bubbles",
    "two fields crossed: where no paper stands, as bubbles",
    70,
    gaps.gaps,
    takes=gaps.KIND.takes,
    needs=gaps.KIND.needs,
    types=gaps.KIND.types,
    drawing="bubbles",
)
