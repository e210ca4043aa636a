"""A word of a command line in; nothing out where it is one of those known, else `Rejected` with what is."""

from __future__ import annotations

from collections.abc import Collection

from synopse.diagnostics import Rejected, Span, problem
from synopse.diagnostics.model import did_you_mean

TOLD = ("text", "json")
"""The formats of what a command tells."""


def must_be_one(word: str, known: Collection[str], what: str = "a format") -> None:
    """Raises `Rejected` for a word that is none of those known, or that is missing."""
    if word not in known:
        hint = did_you_mean(word, known) or f"one of: {', '.join(known)}"
        raise Rejected([problem("wrong-choice", f'"{word}" is not {what}', Span(""), hint)])
