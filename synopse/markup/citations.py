"""A bracketed citation's text in, its keys with prefixes and locators out (Pandoc's syntax, locators in CSL's terms)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from synopse.diagnostics import Span
from synopse.locale.languages import all_typed
from synopse.locale.phrases import folded
from synopse.markup.keys import KnownKeys
from synopse.markup.tree import Cite, CitedKey, Locator, Ref

LOCATORS = ("page", "chapter", "section", "figure", "table", "volume", "part", "paragraph", "line", "note", "appendix",
            "equation")  # fmt: skip
"""Kinds of locators (CSL's terms); each language's file has the words for them, `typed.locator.KIND`."""
_ROMAN = r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?!\w)"
_NUMBER = rf"(?:[^\W\d_]?\d[\w.]*(?<!\.)|(?:{_ROMAN})|(?-i:[A-Z])(?![\w’']|\.\s*\d))"
"""A number with a letter before or after, a whole roman numeral, or one capital letter: `12`, `S14`, `3.2a`, `xiv`, `B`."""
_TO = rf"(?:{'|'.join(dict.fromkeys(re.escape(word) for _, word in all_typed('to')))})"
_SPAN = rf"{_NUMBER}(?:(?:\s*(?:-{{1,3}}|[–—])\s*|\s+{_TO}\s+(?=\d)){_NUMBER})?"
_RANGE = (
    rf"{_SPAN}(?:\s*,\s*(?=[^\W\d_]?\d|{_ROMAN}){_SPAN}(?=\s*(?:$|[,;)])|\s+[^\W\d_]{{1,3}}\s+\d[\w.]*\s*(?:$|[,;)])))*"
)
"""Numbers and ranges of them. What follows a comma is one more only where no words follow but `et 18`: `12, 14`, but `12, 40 patients`."""
_NAMED = re.compile(rf"(?i),?\s*(?P<word>[^\W\d_]+|§§?|¶)(?P<dot>\.?\s*)(?P<value>{_RANGE})(?P<rest>.*)", re.DOTALL)
_BARE = re.compile(rf"(?i),?\s*(?P<value>{_RANGE})(?P<rest>\.?(?:\s*,.*)?|\s+(?![%‰€$°]).*)", re.DOTALL)
_NOBODY = KnownKeys()


def parse_group(text: str, known: KnownKeys = _NOBODY) -> tuple[CitedKey, ...] | None:
    """The keys of what stands between brackets; nothing where it is no citation."""
    keys = []
    at = 0
    while at <= len(text):
        sign = text.find("@", at)
        read = known.read(text, sign) if sign >= 0 else None
        if read is None:
            return None
        before = text[at:sign].lstrip()
        prefix = before.removesuffix("-")
        if ";" in before or (prefix and not prefix[-1].isspace()):
            return None
        end = text.find(";", read.end)
        end = len(text) if end < 0 else end
        locator, suffix = parse_locator(text[read.end : end].rstrip())
        keys.append(CitedKey(read.key, prefix.strip(), locator, suffix, before != prefix, typed=read.typed))
        at = end + 1
    return tuple(keys)


def end_of_group(text: str, at: int, limit: int) -> int:
    """Where the bracket closes that opens at `at`; a bracket in a key in braces closes nothing. Negative if none does."""
    while at < limit:
        at += 1
        if text.startswith("@{", at):
            close = text.find("}", at, limit)
            at = close if close >= 0 else at
        elif text.startswith("]", at):
            return at
    return -1


def parse_locator(text: str) -> tuple[Locator | None, str]:
    """The locator at the beginning of what follows a key, and the rest with its comma. A bare number is a page, as in Pandoc.

    A word alone is none, whatever letters it begins with: `de`, `vingt` and `directrices` are no roman numerals, and
    neither is `dix` where other words follow.
    """
    named = _NAMED.fullmatch(text)
    kind = _kind(named["word"], named["dot"]) if named else ""
    if named and kind:
        value, rest = _whole(named["value"], named["rest"])
        return Locator(kind, value, named["word"] + named["dot"].strip()), rest
    bare = _BARE.fullmatch(text)
    if (
        bare
        and not _is_ordinal(bare["value"], bare["rest"])
        and (bare["value"][:1].isdigit() or _is_bare_page(bare["value"], bare["rest"]))
    ):
        value, rest = _whole(bare["value"], bare["rest"])
        return Locator("page", value), rest
    return None, text.strip().removeprefix(",").strip()


def _kind(word: str, dot: str) -> str:
    """The kind that a word names; `S. 12` is a page for a German, but `S12` is one of a supplement."""
    kind, needs_dot = _kinds().get(folded(word), ("", False))
    return "" if needs_dot and not dot else kind


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, bool]]:
    """What each word says in any language, and whether a dot or a space must follow it: it is typed with its dot."""
    return {
        folded(word.removesuffix(".")): (kind, word.endswith("."))
        for kind in LOCATORS
        for _, word in all_typed(f"locator.{kind}")
    }


def _is_bare_page(value: str, rest: str) -> bool:
    """Whether letters without `p.` are a page: `S14`, `xiv`; `dix`, `mix` and `di` are words, and so is `A`."""
    ends = not rest.strip() or rest.lstrip().startswith(",")
    return bool(re.search(r"\d", value)) or (ends and re.fullmatch(r"(?i)[ivxl\s,–-]+", value) is not None)


def _is_ordinal(value: str, rest: str) -> bool:
    """Whether a number only counts the word after it: `2nd ed.`, `12e édition`."""
    counts = re.fullmatch(r"(?i)\d+(?:st|nd|rd|th|e|er|re|ère|ème|[ªº])", value) is not None
    return counts and rest[:1].isspace() and rest.strip()[:1].isalpha()


def _dashed(value: str) -> str:
    """The value with the sign of a range where it was typed with a hyphen, or with a word between two numbers."""
    return re.sub(rf"(?i)(?<=\d)\s+{_TO}\s+(?=\d)|(?<!\b[A-Z])\s*(?:-{{1,3}}|[–—])\s*", "–", value)


def _whole(value: str, rest: str) -> tuple[str, str]:
    """The value with what sticks to it, as the dot of `12f.`, and what follows."""
    sticks = re.match(r"[^\s,]*", rest)
    assert sticks is not None
    return _dashed(value) + sticks[0], rest[sticks.end() :].strip()


REFS: dict[str, Literal["table", "figure", "section", "fiche"]] = {
    "tab": "table",
    "tbl": "table",
    "fig": "figure",
    "sec": "section",
    "fiche": "fiche",
}
"""What stands before the colon of a reference to a place of the document (as in Quarto and pandoc-crossref)."""


def ref_of(cite: Cite, span: Span) -> Ref | None:
    """The reference to a place of the document that has the form of a citation; nothing where it is a citation."""
    if len(cite.keys) != 1:
        return None
    (key,) = cite.keys
    start, colon, target = key.key.partition(":")
    plain_key = not (key.prefix or key.suffix or key.locator or key.no_author)
    return Ref(REFS[start], target, span) if colon and target and start in REFS and plain_key else None
