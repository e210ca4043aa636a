"""What is numbered in, a kind at a time; the number that LaTeX's `scrreprt` gives it out, for the writers that count for themselves."""

from __future__ import annotations

WITHIN = ("section", "subsection", "table", "figure")
"""What begins anew in each chapter."""


class Numbering:
    """Counts chapters and appendices, sections and subsections within them, tables and figures within them."""

    def __init__(self) -> None:
        self.chapter = ""
        self.heading = ""
        self._count = dict.fromkeys(("chapter", "appendix", *WITHIN), 0)

    def next(self, kind: str) -> str:
        """The number of the next one of a kind: `2`, `B`, `2.1`, `2.1.3`. `heading` is the last one of a chapter or section."""
        number = self._next(kind)
        if kind not in ("table", "figure"):
            self.heading = number
        return number

    def _next(self, kind: str) -> str:
        count = self._count
        count[kind] += 1
        if kind in ("chapter", "appendix"):
            self.chapter = str(count[kind]) if kind == "chapter" else chr(64 + count[kind])
            count |= dict.fromkeys(WITHIN, 0)
            return self.chapter
        if kind == "subsection":
            return f"{self.chapter}.{count['section']}.{count['subsection']}"
        if kind == "section":
            count["subsection"] = 0
        return f"{self.chapter}.{count[kind]}"
