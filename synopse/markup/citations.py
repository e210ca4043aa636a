"""A bracketed citation's text in, its keys with prefixes and locators out (Pandoc's syntax, locators in CSL's terms)."""

from __future__ import annotations

import re

from synopse.markup.keys import KnownKeys
from synopse.markup.tree import CitedKey, Locator

LOCATORS = {
    "page": "p pp page pages",
    "chapter": "chap chapitre chapitres chapter chapters ch",
    "section": "§ §§ sec sect section sections",
    "figure": "fig figure figures",
    "table": "tab tableau tableaux table tables",
    "volume": "vol volume volumes",
    "part": "part partie parties",
    "paragraph": "¶ par paragraphe paragraphes paragraph paragraphs para",
    "line": "l ll ligne lignes line lines",
    "note": "n note notes",
    "appendix": "annexe annexes appendix app",
    "equation": "eq équation équations equation equations",
}
_KINDS = {word: kind for kind, words in LOCATORS.items() for word in words.split()}
_LOCATOR = re.compile(
    r"^,?\s*(?:(?P<word>[^\W\d_]+|§§?|¶)\.?\s*)?(?P<value>[0-9ivxlcdmIVXLCDM][\w.]*(?:\s*[-–,]\s*[0-9ivxlcdm][\w.]*)*)"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
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
    """The locator at the beginning of what follows a key, and the rest. A bare number is a page, as in Pandoc."""
    match = _LOCATOR.match(text)
    if not match or not text.strip():
        return None, text.strip().removeprefix(",").strip()
    word = (match["word"] or "").casefold()
    if word and word not in _KINDS:
        return None, text.strip().removeprefix(",").strip()
    value = re.sub(r"\s*[-–]\s*", "–", match["value"])
    return Locator(_KINDS.get(word, "page"), value), match["rest"].strip().removeprefix(",").strip()
