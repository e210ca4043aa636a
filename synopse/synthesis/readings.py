"""The readings of one paper by several readers in; field by field where they agree, differ, or only some say anything, out.

The remarks of a list are paired by the assignment that has the most in common (H. W. Kuhn, 1955); two that have too little in common
stay apart.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from synopse.diagnostics import Span
from synopse.model.fiche import Fiche
from synopse.model.form import Field
from synopse.model.values import Chosen, Dated, Number
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Scalar
from synopse.synthesis.reliability import Ratings, Scale

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
    """One thing that readers say, or do not: what each says of it, by reader."""

    field: str
    verdict: Verdict
    said: Mapping[str, Said]


def compared(readings: Mapping[str, Fiche], fields: Mapping[str, Field], vocabulary: Vocabulary) -> list[Compared]:
    """Every field of the form as the readers of one paper have it; of a list, every remark or term."""
    found: list[Compared] = []
    for name, field in fields.items():
        each = {reader: said_in(fiche, name, field, vocabulary) for reader, fiche in readings.items()}
        found += _of_list(name, each, field.type) if field.type in ("items", "terms") else [_of_one(name, each)]
    return found


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
                f"{value.relation} {value.value} {value.shape}" if value.value is not None else "?",
                value.text.text,
                value.span,
            )
        ]
    if isinstance(value, Dated):
        return [Said(value.value.iso if value.value else "?", value.text.text, value.span)]
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
    return difflib.SequenceMatcher(None, one.value, other.value, autojunk=False).ratio()


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


def ratings_of(
    name: str, field: Field, papers: Mapping[str, Mapping[str, Fiche]], vocabulary: Vocabulary
) -> tuple[Ratings, Scale]:
    """What the readers said in a field as ratings, a subject each paper; of terms, a subject each term of a paper: named or not."""
    made: list[dict[str, str]] = []
    for readings in papers.values():
        each = {reader: said_in(fiche, name, field, vocabulary) for reader, fiche in readings.items()}
        if field.type == "terms":
            terms = dict.fromkeys(one.value for found in each.values() for one in found)
            made += [
                {reader: str(any(one.value == term for one in found)) for reader, found in each.items()}
                for term in terms
            ]
        else:
            made.append({reader: found[0].value for reader, found in each.items() if found})
    return made, "nominal"
