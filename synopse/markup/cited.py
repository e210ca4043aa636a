"""What a citation says in plain words: what the style prints of its keys in, a citation as the report prints it out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from synopse.locale import Catalogue
from synopse.locale.languages import typed
from synopse.locale.phrases import folded
from synopse.markup.text import Cited
from synopse.markup.tree import Cite, CitedKey, Locator


def cited_as(labels: Mapping[str, str], catalogue: Catalogue, apart: Mapping[str, str] | None = None) -> Cited:
    """Says a citation as the report prints it.

    `labels` has what the style prints of each key in the sentence, `Lee (2022)`; `apart` what it prints apart from it, `(Lee 2022)`,
    from which come the brackets. What stands before and after a key goes within the brackets.
    """

    def around(key: CitedKey, inside: str) -> str:
        after = then(pages_said(key, catalogue), key.suffix)
        return ", ".join(part for part in (f"{key.prefix} {inside}".strip(), after) if part)

    def in_sentence(key: CitedKey) -> str:
        label = labels.get(key.key, f"@{key.key}")
        before, opening, inside, closing = _at_its_end(label) or ("", "", label, "")
        return f"{before}{opening}{around(key, inside)}{closing}"

    def beside(key: CitedKey) -> tuple[str, str, str]:
        """The opening bracket, what stands in it, and the closing one."""
        label = labels.get(key.key, f"@{key.key}")
        year = _at_its_end(label) if key.no_author else None
        return year[1:] if year else _unbracketed(apart.get(key.key, "") if apart else "") or _of_label(label)

    def said(cite: Cite) -> str:
        if cite.in_text:
            return in_sentence(cite.keys[0])
        made = [(key, *beside(key)) for key in cite.keys]
        if any(key.prefix or key.suffix or key.locator for key in cite.keys) and all(_raised(each[2]) for each in made):
            made = [(key, "[", unicodedata.normalize("NFKC", inside), "]") for key, _, inside, _ in made]
        _, opening, _, closing = made[0]
        if any((one, other) != (opening, closing) for _, one, _, other in made):
            return "; ".join(f"{one}{around(key, inside)}{other}" for key, one, inside, other in made)
        between = _between([inside for _, _, inside, _ in made])
        return opening + between.join(around(key, inside) for key, _, inside, _ in made) + closing

    return said


def _raised(key: str) -> bool:
    """Whether a number stands above the line, where no words can stand beside it."""
    return key.isdigit() and not key.isascii()


def _between(keys: list[str]) -> str:
    """What parts several keys: a comma where they are numbers, as in biblatex's own styles."""
    if all(map(_raised, keys)):
        return ","
    return ", " if all(map(str.isdecimal, keys)) else "; "


def _at_its_end(label: str) -> tuple[str, str, str, str] | None:
    """What stands before the brackets at the end of a label, the brackets, and what is in them."""
    match = re.fullmatch(r"(.*?)([(\[⁽])([^()\[\]⁽⁾]*)([)\]⁾])", label, re.DOTALL)
    return (match[1], match[2], match[3], match[4]) if match else None


def _unbracketed(said: str) -> tuple[str, str, str] | None:
    """What the style prints apart from the sentence, without its brackets; nothing where it prints nothing there."""
    match = re.fullmatch(r"([(\[⁽])(.*)([)\]⁾])", said, re.DOTALL)
    return (match[1], match[2], match[3]) if match else ("", said, "") if said else None


def _of_label(label: str) -> tuple[str, str, str]:
    """The same, as a style by author and year would print it; the label in brackets where it says no year."""
    match = re.fullmatch(r"(.+) \(([^()]*\d[^()]*)\)", label, re.DOTALL)
    return ("(", f"{match[1]} {match[2]}", ")") if match else ("[", label, "]")


def mark_of(label: str) -> str:
    """The number, or the letters, by which a label cites: `2` of « Lee [2] » and of « Lee² », without brackets, on the line."""
    found = _at_its_end(label)
    raised = re.search(r"[⁰¹²³⁴-⁹]+$", label)
    return found[2] if found else unicodedata.normalize("NFKC", raised[0]) if raised else ""


def pages_said(key: CitedKey, catalogue: Catalogue) -> str:
    """The locator of a citation in the language's words."""
    if key.locator is None:
        return ""
    if key.locator.kind == "page":
        return catalogue.pages(key.locator.value)
    return f"{locator_word(key.locator, catalogue)}\u00a0{key.locator.value}"


def locator_word(locator: Locator, catalogue: Catalogue) -> str:
    """The word before a place: as it was typed, where it is a sign or a word of the report's language, else that language's own."""
    own, word = catalogue[f"locator.{locator.kind}"], locator.typed
    if not word or f"{word}." == own:
        return own
    known = {folded(each.rstrip(".")) for each in typed(f"locator.{locator.kind}", catalogue.lang)}
    return word if not word[0].isalpha() or folded(word.rstrip(".")) in known else own


def then(locator: str, suffix: str) -> str:
    """A place and what follows it; nothing stands before a comma."""
    return (
        locator + suffix if suffix.startswith(",") and locator else " ".join(part for part in (locator, suffix) if part)
    )
