"""The `@string` definitions of all .bib files in; what each macro stands for in one of the files out.

A macro may be defined in any file of `bib/`, as where one file is kept for the names of journals: a file's own
definition goes before those of the others, and the order of the files' names decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from synopse.diagnostics import Span

LONGEST = 10_000
"""A macro that stands for more characters is none: some are built to fill the memory."""
Lookup = Callable[[str], str | None]
"""The text of a macro, by its name in small letters; nothing where there is none."""
Expand = Callable[[str, Lookup], str]
"""The text of a raw value, whose own macros are looked up."""


def _nothing(name: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Scope:
    """What the macros stand for in one file. `twofold` has the places of two definitions that differ."""

    text: Lookup = _nothing
    twofold: Mapping[str, tuple[Span, Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Definition:
    raw: str
    span: Span


class Macros:
    """Every definition, by the macro's name in small letters and by file."""

    def __init__(self, expand: Expand) -> None:
        self.expand = expand
        self.defined: dict[str, dict[str, _Definition]] = {}
        self.texts: dict[tuple[str, str], str | None] = {}

    def define(self, name: str, raw: str, span: Span) -> None:
        """Notes a definition; of two in one file the first."""
        self.defined.setdefault(name, {}).setdefault(span.file, _Definition(raw, span))

    def seen_from(self, file: str) -> Scope:
        """What each macro stands for in `file`, once all files have been gone through."""
        twofold: dict[str, tuple[Span, Span]] = {}
        for name, by_file in self.defined.items():
            if file not in by_file and len(by_file) > 1:
                first, *others = sorted(by_file)
                text = self._text(name, first)
                other = next((each for each in others if self._text(name, each) != text), None)
                if other is not None:
                    twofold[name] = (by_file[first].span, by_file[other].span)
        return Scope(lambda name: self._text(name, file), twofold)

    def _text(self, name: str, file: str) -> str | None:
        """The text of a macro as `file` defines it, or else the first file that does; nothing where it is endless."""
        if name not in self.defined:
            return None
        by_file = self.defined[name]
        place = (name, file if file in by_file else min(by_file))
        if place not in self.texts:
            self.texts[place] = None  # what a definition that needs itself finds of itself
            text = self.expand(by_file[place[1]].raw, lambda other: self._text(other, place[1]))
            self.texts[place] = text if len(text) <= LONGEST else None
        return self.texts[place]
