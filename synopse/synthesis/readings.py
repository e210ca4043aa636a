"""The readings of one paper by several readers in; field by field where they agree, differ, or only some say anything, out.

The remarks of a list are paired by the assignment that has the most in common (H. W. Kuhn, 1955); two that have too little in common
stay apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from synopse.diagnostics import Span
from synopse.model.consensus import Wordings
from synopse.model.fiche import Fiche, Part, alone
from synopse.model.form import Field
from synopse.model.remark import Locator, Remark, TermUse
from synopse.model.values import Chosen, Dated, Number
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Scalar
from synopse.synthesis.reliability import Rated, Scale

PARTS = ("studies", "arms")
"""Words of a fiche that hold fields of the form once more, for each study or arm."""
Verdict = Literal["agree", "differ", "one-sided", "empty"]
ALIKE = 0.55
"""Two remarks with less in common than this are two remarks."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says in a field: what it is compared by, the words, and where."""

    value: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that readers say, or do not: what each says of it, by reader; of a study or an arm of the paper, by its id."""

    field: str
    verdict: Verdict
    said: Mapping[str, Said]
    part: str = ""


def compared(
    readings: Mapping[str, Fiche], fields: Mapping[str, Field], vocabulary: Vocabulary, same: Wordings = ()
) -> list[Compared]:
    """Every field of the form as the readers of one paper have it; of a list, every remark or term.

    `same` are wordings that mean the same (`same:` in the fiche).
    """
    found: list[Compared] = []
    alike = {_plain(each.text): _plain(group[0].text) for group in same for each in group}
    for name, field in fields.items():
        each = {
            reader: [
                replace(one, value=alike.get(_plain(one.words), one.value))
                for one in said_in(fiche, name, field, vocabulary)
            ]
            for reader, fiche in readings.items()
        }
        found += _of_list(name, each, field.type) if field.type in ("items", "terms") else [_of_one(name, each)]
    return found


def compared_whole(
    readings: Mapping[str, Fiche], fields: Mapping[str, Field], vocabulary: Vocabulary, same: Wordings = ()
) -> list[Compared]:
    """The same, and then of each study and arm that a reader tells apart, by its id; fields that nobody filled there are left out."""
    found = compared(readings, fields, vocabulary, same)
    for part in parts_of(readings):
        own = {reader: own_words(fiche, part) for reader, fiche in readings.items()}
        filled = {name: field for name, field in fields.items() if any(name in each.values for each in own.values())}
        found += [replace(each, part=part) for each in compared(own, filled, vocabulary, same)]
    return found


def parts_of(readings: Mapping[str, Fiche]) -> list[str]:
    """The ids of the studies and arms that any reader tells apart."""
    return list(dict.fromkeys(part.id for fiche in readings.values() for part in (*fiche.studies, *fiche.arms)))


def own_words(fiche: Fiche, part: str) -> Fiche:
    """What a reader says of a study or an arm; a fiche without words for one who does not tell it apart."""
    found = next((each for each in (*fiche.studies, *fiche.arms) if each.id == part), None)
    return alone(fiche, found) if found else replace(fiche, values={}, locators={}, studies=(), arms=())


def said_in(fiche: Fiche, name: str, field: Field, vocabulary: Vocabulary) -> list[Said]:
    """What a reading says in a field, a remark or term each."""
    value = fiche.values.get(name)
    if value is None:
        return []
    if isinstance(value, Chosen):
        return [Said(value.id, value.id, value.span)]
    if isinstance(value, Number):
        return [
            Said(
                f"{value.relation} {_figure(value.value)} {_figure(value.end)}" if value.value is not None else "?",
                value.text.text,
                value.span,
            )
        ]
    if isinstance(value, Dated):
        said = f"{value.relation} {value.value.iso}" if value.value else "?"
        return [Said(said, value.text.text, value.span)]
    if isinstance(value, Scalar):
        return [Said(_plain(value.text), value.text.strip(), value.span)]
    if field.type == "terms":
        found = []
        for use in fiche.terms(name):
            for term in use.terms:
                known = vocabulary.canonical(field.terms_list, term.text)
                shown = known.name if known else " ".join(term.text.split())
                found.append(Said(shown.casefold(), shown, term.span))
        return found
    return [
        Said(_plain(each.text.text), each.text.text.strip(), each.span)
        for each in fiche.remarks(name)
        if each.text is not None
    ]


def digest_of(fiche: Fiche, name: str) -> str:
    """A digest of what a field says, wherever and however it is written in its file."""
    if name in PARTS:
        parts: tuple[Part, ...] = getattr(fiche, name)
        each = [
            (part.id, part.called, sorted((key, _content(own)) for key, own in part.values.items())) for part in parts
        ]
        state = repr(each) if each else ""
        return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    value = fiche.values.get(name)
    state = repr((_content(value), _content(fiche.locators.get(name)))) if value is not None else ""
    return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _content(value: object) -> object:
    """The words of a value, without their places."""
    if isinstance(value, Scalar):
        return value.text.strip()
    if isinstance(value, (Number, Dated, Chosen)):
        return value.text.text.strip()
    if isinstance(value, tuple):
        return [_content(each) for each in value]
    if isinstance(value, Locator):
        return [value.page, value.section, _content(value.source)]
    if isinstance(value, Remark):
        return [_content(value.text), _content(value.locator), _content(value.themes)]
    if isinstance(value, TermUse):
        return [_content(value.terms), _content(value.text), _content(value.locator), _content(value.themes)]
    return value


def _figure(value: Decimal | None) -> str:
    """A number as one spelling: 12 and 12.0 are the same."""
    return "" if value is None else format(value.normalize(), "f")


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text).strip().casefold()


def _of_one(name: str, each: Mapping[str, list[Said]]) -> Compared:
    said = {reader: found[0] for reader, found in each.items() if found}
    if not said:
        return Compared(name, "empty", {})
    if len(said) < len(each):
        return Compared(name, "one-sided", said)
    return Compared(name, "agree" if len({one.value for one in said.values()}) == 1 else "differ", said)


def _of_list(name: str, each: Mapping[str, list[Said]], kind: str) -> list[Compared]:
    """The remarks of several readers, each with those of the others that say the same."""
    groups: list[dict[str, Said]] = []
    alike: Callable[[Said, Said], float] = _same if kind == "terms" else _likeness
    for reader, found in each.items():
        scores = [
            [max((alike(one, other) for other in group.values()), default=0.0) for group in groups] for one in found
        ]
        taken = assigned(scores)
        for number, one in enumerate(found):
            place = taken.get(number)
            if place is not None and scores[number][place] >= ALIKE:
                groups[place][reader] = one
            else:
                groups.append({reader: one})
    if not groups:
        return [Compared(name, "empty", {})]
    return [Compared(name, _verdict(group, len(each)), group) for group in groups]


def _verdict(group: Mapping[str, Said], readers: int) -> Verdict:
    if len(group) < readers:
        return "one-sided"
    return "agree" if len({one.value for one in group.values()}) == 1 else "differ"


def _same(one: Said, other: Said) -> float:
    return float(one.value == other.value)


def _likeness(one: Said, other: Said) -> float:
    """How much two remarks have in common, from 0 to 1: letter by letter, or word by word in any order, whichever is more."""
    from rapidfuzz import fuzz

    return max(fuzz.ratio(one.value, other.value), fuzz.token_sort_ratio(one.value, other.value)) / 100


def assigned(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """For each row the column that it is given, so that the scores add up to the most; no column is given twice.

    Rows go without where there are more of them. The Hungarian method, with potentials (O(n³)).
    """
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not rows or not columns:
        return {}
    if rows > columns:
        turned = assigned([[scores[r][c] for r in range(rows)] for c in range(columns)])
        return {row: column for column, row in turned.items()}
    u, v, matched = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        matched[0], column = row, 0
        least, used, way = [float("inf")] * (columns + 1), [False] * (columns + 1), [0] * (columns + 1)
        while matched[column]:
            used[column], at, delta, after = True, matched[column], float("inf"), 0
            for each in range(1, columns + 1):
                if used[each]:
                    continue
                cost = -scores[at - 1][each - 1] - u[at] - v[each]
                if cost < least[each]:
                    least[each], way[each] = cost, column
                if least[each] < delta:
                    delta, after = least[each], each
            for each in range(columns + 1):
                if used[each]:
                    u[matched[each]] += delta
                    v[each] -= delta
                else:
                    least[each] -= delta
            column = after
        while column:
            matched[column], column = matched[way[column]], way[column]
    return {matched[column] - 1: column - 1 for column in range(1, columns + 1) if matched[column]}


RATED = ("choice", "number", "date", "terms")
"""The types of fields whose values are compared as ratings; texts and remarks are shown side by side."""


def rated(name: str, field: Field, papers: Mapping[str, Mapping[str, Fiche]], vocabulary: Vocabulary) -> Rated:
    """What the readers said in a field as ratings: a subject each paper; of terms, each term of a paper, named or not."""
    made: list[tuple[str, Mapping[str, str]]] = []
    exact = field.type == "number"
    for key, readings in papers.items():
        if len(readings) < 2:
            continue
        for part in ("", *parts_of(readings)):
            own = {reader: own_words(fiche, part) if part else fiche for reader, fiche in readings.items()}
            if part and not any(name in fiche.values for fiche in own.values()):
                continue
            each = {reader: said_in(fiche, name, field, vocabulary) for reader, fiche in own.items()}
            if field.type == "terms":
                made += [(key, rating) for rating in _named_or_not(each)]
                continue
            values = (fiche.values.get(name) for fiche in own.values())
            exact = exact and all(value.exact is not None for value in values if isinstance(value, Number))
            made.append((key, {reader: found[0].value for reader, found in each.items() if found}))
    scale: Scale = "ordinal" if field.ordered else "interval" if exact else "nominal"
    if scale == "interval":  # "= 12 " is 12
        made = [(key, {reader: value.strip("= ") for reader, value in rating.items()}) for key, rating in made]
    return Rated(made, scale, tuple(choice.id for choice in field.choices))


def _named_or_not(each: Mapping[str, list[Said]]) -> list[dict[str, str]]:
    """A rating for each term that any reader names: named or not."""
    terms = dict.fromkeys(one.value for found in each.values() for one in found)
    return [{reader: str(any(one.value == term for one in found)) for reader, found in each.items()} for term in terms]
