"""A text of LaTeX in; what the document has to load for it, told of the step that wrote it (`ground.notes`), out."""

from __future__ import annotations

from synopse.ground.notes import found_so_far, tell


def tell_needs(latex: str) -> None:
    """Tells which letters beyond ASCII a text has, and whether it may hold formulas."""
    if not latex.isascii():
        letters = {letter for letter in set(latex) if letter > "\x7f"} | set(found_so_far("letters", ""))
        tell("letters", "".join(sorted(letters)))
    if has_formulas(latex):
        tell("maths", True)


def has_formulas(latex: str) -> bool:
    """Whether a text may hold formulas."""
    return r"\(" in latex or r"\[" in latex or "$" in latex.replace(r"\$", "")
