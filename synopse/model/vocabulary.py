"""Canonical terms with their aliases, and themes: `sources/vocabulary.yaml` in, `Vocabulary` out."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import AfterValidator

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.letters import composed
from synopse.model.base import Items, Record, Table, Word, wrong
from synopse.model.form import Title, titled, values_in
from synopse.read.tree import Scalar


def _address(word: str) -> str:
    """An address on the web (RFC 3986), as the graphs of Wikidata, MeSH or ORKG name a thing."""
    if word and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`/]+(?:/[^\s<>\"{}|\\^`]*)?", word):
        hint = "write it in whole, such as https://www.wikidata.org/entity/Q11660"
        raise wrong("bad-address", f'"{word}" is no address', hint)
    return word


Address = Annotated[Word, AfterValidator(_address)]


class Term(Record):
    """A canonical term; fiches may also write one of its aliases."""

    shorthand = "name"
    name: Word
    aliases: Items[Word] = ()
    uri: Address = ""


class Theme(Record):
    """A theme that ties remarks of several papers together."""

    shorthand = "id"
    id: Word
    title: Title = {}
    uri: Address = ""

    def titled(self, lang: str) -> str:
        """The theme's title in `lang`; its id where it has none."""
        return titled(self.title, lang) or self.id


class Vocabulary(Record):
    """Lists of terms by name (a field draws on the list of its own name unless it says otherwise), and themes."""

    terms: Table[Items[Term]] = {}
    themes: Items[Theme] = ()

    @cached_property
    def _names(self) -> dict[str, dict[str, Term]]:
        return {
            list_name: {folded(name): term for term in terms for name in (*term.aliases, term.name)}
            for list_name, terms in self.terms.items()
        }

    @cached_property
    def themes_by_id(self) -> dict[str, Theme]:
        """Every theme by its id."""
        return {theme.id: theme for theme in self.themes}

    def canonical(self, list_name: str, word: str) -> Term | None:
        """The term of the list that `word` names, whatever its case; nothing where no term does."""
        return self._names.get(list_name, {}).get(folded(word))

    def has_comma(self, list_name: str) -> bool:
        """Whether a name of the list has a comma: a list in [ ] would take it for several."""
        return any("," in name for name in self._names.get(list_name, {}))

    def known(self, list_name: str) -> list[str]:
        """Every name of the list's terms, as written."""
        return [name for term in self.terms.get(list_name, ()) for name in (term.name, *term.aliases)]

    def order(self, list_name: str) -> dict[str, int]:
        """The rank of each canonical name, in the vocabulary's order."""
        return {term.name: rank for rank, term in enumerate(self.terms.get(list_name, ()))}


@lru_cache(maxsize=1 << 14)
def folded(word: str) -> str:
    """How names are compared: without case, and with single spaces."""
    return " ".join(composed(word).casefold().split())


def check_vocabulary(vocabulary: Vocabulary) -> list[Diagnostic]:
    """Names that two terms of one list claim, and themes written twice."""
    found: list[Diagnostic] = []
    for list_name, terms in vocabulary.terms.items():
        claimed: dict[str, Term] = {}
        for term in terms:
            for name in (term.name, *term.aliases):
                other = claimed.setdefault(folded(name), term)
                if other is not term:
                    message = f'"{name}" is claimed by two terms of "{list_name}": "{other.name}" and "{term.name}"'
                    place = f"the first is at {other.span.file}:{other.span.line}"
                    found.append(problem("alias-conflict", message, term.span, place))
    seen: dict[str, Span] = {}
    for theme in vocabulary.themes:
        if theme.id in seen:
            message = f'the theme "{theme.id}" stands twice: here and at line {seen[theme.id].line}'
            found.append(problem("duplicate-theme", message, theme.span))
        seen.setdefault(theme.id, theme.span)
        found += values_in(theme.title, theme.span)
    return found


__all__ = ["Scalar", "Term", "Theme", "Vocabulary", "check_vocabulary", "folded"]
