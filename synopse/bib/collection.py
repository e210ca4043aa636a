"""Every reference of a person's .bib files, as one `Library`: by key, with the keys that lead to the same work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from synopse.bib.reference import Reference
from synopse.diagnostics import Span
from synopse.ground.keys import wrong_in_key
from synopse.ground.packed import Packed
from synopse.markup.keys import KnownKeys, known_keys

_UNFIT = re.compile(r"[{},\\\"]")
"""What no reader of .bib files takes in a key (`keys.wrong_in_key`)."""


def citable(key: str) -> str:
    """A key that fiches and texts can name: as it stands, Scopus's `Di Martino2019` too, but for what is no key at all."""
    key = " ".join(key.split())
    if not wrong_in_key(key):
        return key
    return "".join(each for each in _UNFIT.sub("", key) if unicodedata.category(each)[0] != "C")


FOLLOWED = ("entryset", "related")
"""Fields with keys of entries that are printed with this one."""


@dataclass(frozen=True, slots=True)
class Twin(Packed):
    """Two references that may be one work: how sure that is, the two keys in the order of the files, and why.

    `same` are one work for sure; `likely` may be one, and `clash` bear one identifier though they look like two works:
    of both a person is asked. `preprint` are a preprint, named first, and its article.
    """

    kind: Literal["same", "likely", "clash", "preprint"]
    first: str
    second: str
    why: str


@dataclass(frozen=True)
class Library:
    """Every reference of the person's .bib files.

    `aliases` maps a further key of a reference (`ids`, or a key as typed that no citation can hold) to its own;
    `groups` are keys of one work each, and `same` maps each of them to the one that is cited. `parents` are the
    entries from which one inherits. `digests` holds for each key a short name of all that its reference is, its places
    included; `letters` every character beyond ASCII that a reference prints.
    """

    references: dict[str, Reference] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    count: int = 0
    digests: dict[str, str] = field(default_factory=dict, compare=False)
    letters: frozenset[str] = frozenset()
    aliases: dict[str, str] = field(default_factory=dict)
    groups: tuple[tuple[str, ...], ...] = ()
    twins: tuple[Twin, ...] = ()
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, key: str) -> Reference | None:
        """The reference that a citation of `key` leads to."""
        return self.references.get(self.canonical(key))

    def canonical(self, key: str) -> str:
        """The key under which `key` is cited."""
        return self.same.get(key, key)

    def own(self, key: str) -> str:
        """The key of the entry that bears `key` or has it as an alias: the entry itself, not its double."""
        return key if key in self.references else self.aliases.get(key, key)

    @property
    def keys(self) -> KnownKeys:
        """Its keys that a citation in a text can only name if they are known."""
        typed = {alias: key for alias, key in self.aliases.items() if citable(alias) != alias}
        return known_keys((*self.references, *self.aliases), typed)

    @property
    def places(self) -> dict[str, Span]:
        """Where each key stands, for hints."""
        return {key: each.span for key, each in self.references.items()}

    def cited_as(self, used: Iterable[str]) -> Library:
        """This library for a report that uses these keys: of several entries of one work, one that it uses is cited."""
        wanted = {self.own(key) for key in used}
        return replace(self, same=same_keys(self.groups, self.aliases, wanted))

    def with_parents(self, keys: Iterable[str]) -> set[str]:
        """The keys and those of all entries that these inherit from, or that are printed with them."""
        return _closed(keys, lambda key: (*self.parents.get(key, ()), *self._named_by(key)))

    def with_followed(self, keys: Iterable[str]) -> set[str]:
        """The keys and those of the members of a set and the related works, which are printed with them."""
        return _closed(keys, self._named_by)

    def _named_by(self, key: str) -> tuple[str, ...]:
        verbatim = self.references[key].verbatim if key in self.references else {}
        return tuple(each for name in FOLLOWED for each in verbatim.get(name, "").split(",") if each)


def _closed(keys: Iterable[str], following: Callable[[str], tuple[str, ...]]) -> set[str]:
    """The keys with all to which they lead."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += following(key)
    return found


def same_keys(
    groups: Iterable[tuple[str, ...]], aliases: Mapping[str, str], wanted: set[str] | None = None
) -> dict[str, str]:
    """Each key that leads to another one: in a group to its first wanted key, or else its first; an alias to its own."""
    same: dict[str, str] = {}
    for group in groups:
        cited = next((key for key in group if wanted and key in wanted), group[0])
        same |= {key: cited for key in group if key != cited}
    return {alias: same.get(key, key) for alias, key in aliases.items()} | same
