"""A text and the place of an `@` in; the citation key that stands there, and how far it goes, out.

A key is read as Pandoc reads it (manual, "Citation syntax"): letters, digits and `_`, and single signs of punctuation
between them; any other one stands in braces, `@{a--b}`. A key of the library that this would cut short is read whole
all the same, where nothing else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_BARE = re.compile(r"\w(?:\w|[:.#$%&+?<>~/\-](?=\w))*")
_GOES_ON = re.compile(r"[:.#$%&+?<>~/\-]*\w")
_TYPED = re.compile(r"[^\s\[\]{}();@]+")
_END_OF_SENTENCE = ".,:;!?"


@dataclass(frozen=True, slots=True)
class ReadKey:
    """A key as it is cited, where it ends in the text, and what a person may have typed as the key where that is more."""

    key: str
    end: int
    typed: str = ""


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The keys of a library that cannot be read without knowing them.

    `odd` holds those that Pandoc's grammar would cut short, by their first letter, the longest first; `twofold`
    those of them whose beginning is a key as well, so that two things can be meant; `cited` maps keys as typed to those
    by which LaTeX cites them.
    """

    odd: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twofold: frozenset[str] = frozenset()
    cited: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """A text that is another one where the keys are: what a parsed text depends on."""
        return f"{sorted(self.odd.items())}{sorted(self.twofold)}{sorted(self.cited.items())}"

    def read(self, text: str, at: int) -> ReadKey | None:
        """The key that follows the `@` at `at`; nothing where none does."""
        start = at + 1
        if text.startswith("{", start):
            end = _closing(text, start)
            inside = text[start + 1 : end - 1]
            return ReadKey(self.cited.get(inside, inside), end) if inside.strip() and "\n" not in inside else None
        bare = _BARE.match(text, start)
        odd = self.odd.get(text[start : start + 1], ())
        whole = next((key for key in odd if text.startswith(key, start) and _ends(text, start + len(key))), "")
        if whole and not (bare and whole in self.twofold):
            return ReadKey(self.cited.get(whole, whole), start + len(whole))
        if bare is None:
            return None
        key = bare[0]
        typed = whole or _TYPED.match(text, start)[0].rstrip(_END_OF_SENTENCE)  # type: ignore[index]
        return ReadKey(self.cited.get(key, key), bare.end(), typed if len(typed) > len(key) else "")


def known_keys(keys: Iterable[str], cited: Mapping[str, str]) -> KnownKeys:
    """Those of `keys` that must be known to be read; `cited` has the keys of which LaTeX knows only another form."""
    everyone = {key for key in (*keys, *cited) if key}
    odd: dict[str, tuple[str, ...]] = {}
    twofold = set()
    for key in sorted((key for key in everyone if not is_bare(key)), key=lambda key: (-len(key), key)):
        odd[key[0]] = (*odd.get(key[0], ()), key)
        beginning = _BARE.match(key)
        if beginning and beginning[0] in everyone:
            twofold.add(key)
    return KnownKeys(odd, frozenset(twofold), dict(cited))


def is_bare(key: str) -> bool:
    """Whether a citation can name the key without braces."""
    return _BARE.fullmatch(key) is not None


def as_cited(key: str) -> str:
    """A key as a person writes it after the `@`."""
    return key if is_bare(key) else f"{{{key}}}"


def _ends(text: str, end: int) -> bool:
    """Whether a key that ends here does not go on."""
    return _GOES_ON.match(text, end) is None


def _closing(text: str, opening: int) -> int:
    """The place after the brace that closes the one at `opening`; `opening` itself where none does."""
    depth = 0
    for at in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
        if text[at] == "\n":
            break
    return opening
