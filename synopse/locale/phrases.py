"""The words around a number or a date: a text in; what it says, and the numbers or dates inside it, out.

`about 120`, `10–20`, `> 5`, `NR`: each pattern is a phrase of the catalogues (`typed.*` of every language, since a paper's
words are not always the report's), or a sign. A phrase has `{}` where a value stands, and `(e)` for what may be missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from synopse.locale.languages import all_typed, typed

Relation = Literal["=", "≈", "<", "≤", ">", "≥", "?"]
"""How a value stands to the number or date that was written; `?` where the paper does not report it."""
Kind = Literal["number", "date"]

_NAMES: dict[Kind, tuple[tuple[Relation, str], ...]] = {
    "number": (("≈", "about"), ("<", "below"), ("≤", "at-most"), (">", "above"), ("≥", "at-least")),
    "date": (("≈", "about"), ("<", "before"), ("≤", "until"), (">", "after"), ("≥", "since")),
}
_SIGNS: tuple[tuple[Relation, str], ...] = (
    ("≈", r"[≈~∼≃≅]\s*(.+)"),
    ("≤", r"(?:<=|=<|[≤⩽])\s*(.+)"),
    ("≥", r"(?:>=|=>|[≥⩾])\s*(.+)"),
    ("<", r"<\s*(.+)"),
    (">", r">\s*(.+)"),
    ("≥", r"(.+?)\s*\+"),
)
_RANGE_SIGNS: dict[Kind, re.Pattern[str]] = {
    "number": re.compile(r"\s*[-–—−]\s*"),
    "date": re.compile(r"\s*[-–—−/]\s*"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says: `parts` are one value or the two of a range; `shape` is the text with `{}` in their place.

    `langs` holds the languages whose words the shape has; it is empty where the shape is made of signs alone. What is `between`
    two values is one value that is not known more closely, and no range.
    """

    relation: Relation
    parts: tuple[str, ...]
    shape: str = "{}"
    langs: tuple[str, ...] = ()
    between: bool = False


def ways(text: str, kind: Kind) -> Iterator[Said]:
    """Every way in which a text may be said, the plainest first; whether its parts are values is the caller's to see."""
    text = unicodedata.normalize("NFC", text).strip()
    languages = dict.fromkeys(lang for lang, pattern in _absent(kind) if pattern.fullmatch(_bare(text)))
    if languages or re.fullmatch(r"\?+", text):
        yield Said("?", (), text, tuple(languages))
        return
    yield Said("=", (text,))
    yield from _ranges(text, kind)
    for relation, pattern in _SIGNS:
        if match := re.fullmatch(pattern, text):
            yield from _related(relation, text, match, (), kind)
    for relation, match, langs in _matching(text, kind):
        yield from _related(relation, text, match, langs, kind)


def phrase(relation: Relation, lang: str, kind: Kind, *, ranged: bool = False) -> str:
    """How a language says it: the first phrase of the catalogue, or the sign where there is one for all languages."""
    if relation == "?":
        return _first(lang, "not-reported")
    if ranged:
        return "{}–{}" if relation == "=" else f"{relation} {{}}–{{}}"
    if kind == "number" or relation in "=≈":
        return "{}" if relation == "=" else f"{relation} {{}}"
    return _first(lang, dict(_NAMES["date"])[relation])


def folded(text: str) -> str:
    """The text without case and accents, letter for letter, so that a place in one is a place in the other."""
    return "".join(_letter(character) for character in text)


def _letter(character: str) -> str:
    if character in "’ʼ":
        return "'"
    plain = unicodedata.normalize("NFKD", character)[0].lower()
    return " " if plain.isspace() else plain[:1] if len(plain) == 1 else character


def _bare(text: str) -> str:
    """Letters alone: `n. r.`, `N.R.` and `NR` are one."""
    return re.sub(r"[\s.]", "", folded(text))


def ranges(text: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """The two ends of each range that a text may be."""
    yield from ((said.parts[0], said.parts[1]) for said in _ranges(text, kind))


def _ranges(text: str, kind: Kind) -> Iterator[Said]:
    for cut in _RANGE_SIGNS[kind].finditer(text):
        if cut.start() and cut.end() < len(text):
            yield Said("=", (text[: cut.start()], text[cut.end() :]), "{}–{}")
    alike, found = folded(text), dict[tuple[bool, tuple[tuple[int, int], ...]], list[tuple[re.Match[str], str]]]()
    for between, lang, pattern in _range_words():
        if match := pattern.fullmatch(alike):
            found.setdefault((between, match.regs), []).append((match, lang))
    for (between, _), matches in found.items():
        match, langs = matches[0][0], tuple(dict.fromkeys(lang for _, lang in matches))
        yield Said("=", _slices(text, match), _shape(text, match), langs, between)


def _matching(text: str, kind: Kind) -> Iterator[tuple[Relation, re.Match[str], tuple[str, ...]]]:
    """The phrases that a text is, with every language that has them."""
    alike = folded(text)
    found: dict[tuple[Relation, tuple[int, int]], list[tuple[re.Match[str], str]]] = {}
    for relation, lang, pattern in _phrases(kind):
        if match := pattern.fullmatch(alike):
            found.setdefault((relation, match.span(1)), []).append((match, lang))
    for (relation, _), matches in found.items():
        yield relation, matches[0][0], tuple(dict.fromkeys(lang for _, lang in matches))


def _related(relation: Relation, text: str, match: re.Match[str], langs: tuple[str, ...], kind: Kind) -> Iterator[Said]:
    (inner,) = _slices(text, match)
    shape = _shape(text, match)
    yield Said(relation, (inner,), shape, langs)
    if relation == "≈":
        for ranged in _ranges(inner, kind):
            yield Said("≈", ranged.parts, shape.replace("{}", ranged.shape), langs + ranged.langs)


def _slices(text: str, match: re.Match[str]) -> tuple[str, ...]:
    return tuple(text[slice(*match.span(group))] for group in range(1, match.re.groups + 1))


def _shape(text: str, match: re.Match[str]) -> str:
    shape, end = "", 0
    for group in range(1, match.re.groups + 1):
        start, after = match.span(group)
        shape, end = shape + text[end:start] + "{}", after
    return shape + text[end:]


def _first(lang: str, name: str) -> str:
    return re.sub(r"\([^)]*\)", "", typed(name, lang)[0])


@lru_cache(maxsize=2)
def _absent(kind: Kind) -> list[tuple[str, re.Pattern[str]]]:
    names = ["not-reported", *(["undated"] if kind == "date" else [])]
    return [(lang, re.compile(_optional(_bare(each)))) for name in names for lang, each in all_typed(name)]


@lru_cache(maxsize=1)
def _range_words() -> list[tuple[bool, str, re.Pattern[str]]]:
    return [
        (name == "between", lang, _compiled(each)) for name in ("between", "range") for lang, each in all_typed(name)
    ]


@lru_cache(maxsize=2)
def _phrases(kind: Kind) -> list[tuple[Relation, str, re.Pattern[str]]]:
    """All phrases, the longest first: what `hasta el {}` says is no article before the date of `hasta {}`."""
    known = [(rel, lang, each) for rel, name in _NAMES[kind] for lang, each in all_typed(name)]
    return [(rel, lang, _compiled(each)) for rel, lang, each in sorted(known, key=lambda each: -len(each[2]))]


def _compiled(template: str) -> re.Pattern[str]:
    parts = [_optional(part) for part in folded(template).split("{}")]
    pattern = "(.+?)".join(part.replace(r"\.\ ", r"(?:\.\s*|\s+)").replace(r"\ ", r"\s+") for part in parts)
    return re.compile(re.sub(r"\\\.$", r"\\.?", pattern).replace("'", r"'\s*"))


def _optional(text: str) -> str:
    return re.sub(r"\\\(([^)]*)\\\)", r"(?:\1)?", re.escape(text))
