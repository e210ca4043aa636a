"""What the store knows of the pieces of a report that hold persons' words: their letters, and what else they found out."""

from __future__ import annotations

from synopse.ground.store import Store

TEXT_STEPS = ("references", "fiche:", "part:", "changes")
"""The steps whose files hold what persons wrote; the frame of the report, which needs to know their letters, is apart."""


def letters_of(store: Store) -> str:
    """The letters beyond ASCII in what those steps have written."""
    steps = (record for step, record in store.records.items() if step.startswith(TEXT_STEPS))
    return "".join(sorted({letter for record in steps for letter in record.found.get("letters", "")}))


def any_piece_has(store: Store, name: str) -> bool:
    """Whether one of those steps has found something out, by name: `maths`, or `turned` pages."""
    return any(record.found.get(name) for step, record in store.records.items() if step.startswith(TEXT_STEPS))
