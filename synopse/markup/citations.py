"""A bracketed citation's text in, its keys with prefixes and locators out (Pandoc's syntax, locators in CSL's terms)."""

from __future__ import annotations

import re

from synopse.markup.tree import CitedKey, Locator

KEY = r"[^\W_](?:[\w]|[:.#$%&+?<>~/\-](?=\w))*"
"""A citation key, as in Pandoc's manual ("Citation syntax"): begins with a letter or digit, ends with a word sign."""
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
_CITED = re.compile(
    rf"(?P<prefix>[^@]*?)(?P<minus>-?)@(?:\{{(?P<braced>[^}}]+)\}}|(?P<key>{KEY}))(?P<suffix>.*)", re.DOTALL
)


def parse_group(text: str) -> tuple[CitedKey, ...] | None:
    """The keys of what stands between brackets; nothing where it is no citation."""
    keys = []
    for part in text.split(";"):
        match = _CITED.fullmatch(part.strip())
        if not match or (match["prefix"] and not match["prefix"][-1].isspace()):
            return None
        locator, suffix = parse_locator(match["suffix"])
        key = match["braced"] or match["key"]
        keys.append(CitedKey(key, match["prefix"].strip(), locator, suffix, bool(match["minus"])))
    return tuple(keys)


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
