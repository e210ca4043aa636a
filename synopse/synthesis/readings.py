"""The readings of one paper by several readers in; field by field where they agree, differ, or only some say anything, out.

The remarks of a list are paired by the assignment that has the most in common (H. W. Kuhn, 1955); two that have too little in common
stay apart.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import Literal

from synopse.diagnostics import Span
from synopse.model.consensus import Wordings
from synopse.model.fiche import Fiche, alone
from synopse.model.form import Field
from synopse.model.remark import NOWHERE, Locator
from synopse.model.values import Chosen, Dated, Number
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Scalar
from synopse.synthesis.reliability import Rated, Scale

WHOLE = ("studies", "arms", "reports", "read", "citation")
"""What a fiche holds beside the fields of the form; it is compared as a whole."""
WORDED = ("text", "items", "terms")
"""The types of fields in which two wordings may be said to mean the same."""
Verdict = Literal["agree", "differ", "one-sided", "empty"]
ALIKE = 0.55
"""Two remarks with less in common than this are two remarks."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says in a field: what it is compared by, the words, and where.

    `themes` are those of a remark; `beside` are its page, section and source, and the words that stand with a term: of these one
    reader may say more than another without differing.
    """

    value: str
    words: str
    span: Span
    themes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


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
    alike = {_folded(each.text): _spelled(group[0].text) for group in same for each in group}
    for name, field in fields.items():
        each = {
            reader: [
                replace(one, value=alike.get(_folded(one.words), one.value) if field.type in WORDED else one.value)
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
        return [
            Said(_spelled(value.text), value.text.strip(), value.span, (), _beside(fiche.locators.get(name, NOWHERE)))
        ]
    if field.type == "terms":
        found = []
        for use in fiche.terms(name):
            for term in use.terms:
                known = vocabulary.canonical(field.terms_list, term.text)
                shown = known.name if known else " ".join(term.text.split())
                beside = (*_beside(use.locator), _spelled(use.text.text) if use.text else "")
                found.append(Said(shown.casefold(), shown, term.span, _themes(use.themes), beside))
        return found
    return [
        Said(_spelled(each.text.text), each.text.text.strip(), each.span, _themes(each.themes), _beside(each.locator))
        for each in fiche.remarks(name)
        if each.text is not None
    ]


def digest_of(fiche: Fiche, name: str) -> str:
    """A digest of what a field, or another of `WHOLE`, says, wherever and however it is written in its file; that of nothing too."""
    value: object = getattr(fiche, name) if name in WHOLE else (fiche.values.get(name), fiche.locators.get(name))
    state = "" if value in ((), None, (None, None)) else repr(_content(value))
    return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _content(value: object) -> object:
    """The words of a value, without their places."""
    if isinstance(value, Scalar):
        return value.text.strip()
    if isinstance(value, (Number, Dated, Chosen)):
        return value.text.text.strip()
    if isinstance(value, (tuple, list)):
        return [_content(each) for each in value]
    if isinstance(value, dict):
        return sorted((key, _content(each)) for key, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return [_content(getattr(value, each.name)) for each in fields_of(value) if each.name != "span"]
    return value


def _figure(value: Decimal | None) -> str:
    """A number as one spelling: 12 and 12.0 are the same."""
    return "" if value is None else format(value.normalize(), "f")


def _themes(themes: tuple[Scalar, ...]) -> tuple[str, ...]:
    return tuple(sorted(theme.text.strip() for theme in themes))


def _beside(locator: Locator) -> tuple[str, ...]:
    return (locator.page.strip(), locator.section.strip(), locator.source.text.strip() if locator.source else "")


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " "})


def _spelled(text: str) -> str:
    """A text by which another is held to say the same: signs and letters count, the shape of quotes and spaces does not, nor does a stop
    at the end or the case of the first letter."""
    line = " ".join(unicodedata.normalize("NFC", text).translate(_STRAIGHT).split())
    line = line.removesuffix(".")
    return line[:1].casefold() + line[1:]


def _folded(text: str) -> str:
    """A wording as a person may repeat it in `same:`."""
    return _spelled(text).casefold()


def alike(said: Collection[Said]) -> bool:
    """Whether readers say the same: in words and themes, and in what they say beside them as far as they say anything."""
    if len({one.value for one in said}) > 1 or len({one.themes for one in said}) > 1:
        return False
    columns = zip(*(one.beside for one in said), strict=True)
    return all(len({each for each in column if each}) < 2 for column in columns)


def _of_one(name: str, each: Mapping[str, list[Said]]) -> Compared:
    said = {reader: found[0] for reader, found in each.items() if found}
    if not said:
        return Compared(name, "empty", {})
    if len(said) < len(each):
        return Compared(name, "one-sided", said)
    return Compared(name, "agree" if alike(said.values()) else "differ", said)


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
    return "agree" if alike(group.values()) else "differ"


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
    """What the readers said in a field as ratings: a subject each paper; of terms, each term that a reader could name, in each paper."""
    made: list[tuple[str, Mapping[str, str]]] = []
    exact = field.type == "number"
    terms = _terms_of(name, field, papers, vocabulary) if field.type == "terms" else []
    for key, readings in papers.items():
        if len(readings) < 2:
            continue
        for part in ("", *parts_of(readings)):
            own = {reader: own_words(fiche, part) if part else fiche for reader, fiche in readings.items()}
            if part and not any(name in fiche.values for fiche in own.values()):
                continue
            each = {reader: said_in(fiche, name, field, vocabulary) for reader, fiche in own.items()}
            if field.type == "terms" and not any(each.values()):
                continue
            if field.type == "terms":
                made += [
                    (key, {reader: str(term in {one.value for one in found}) for reader, found in each.items()})
                    for term in terms
                ]
                continue
            values = (fiche.values.get(name) for fiche in own.values())
            exact = exact and all(value.exact is not None for value in values if isinstance(value, Number))
            made.append((key, {reader: found[0].value for reader, found in each.items() if found}))
    scale: Scale = "ordinal" if field.ordered else "interval" if exact else "nominal"
    if scale == "interval":  # "= 12 " is 12
        made = [(key, {reader: value.strip("= ") for reader, value in rating.items()}) for key, rating in made]
    return Rated(made, scale, tuple(choice.id for choice in field.choices))


def _terms_of(name: str, field: Field, papers: Mapping[str, Mapping[str, Fiche]], vocabulary: Vocabulary) -> list[str]:
    """The terms that a reader could have named: those of the vocabulary, and any other that somebody names."""
    known = [term.name.casefold() for term in vocabulary.terms.get(field.terms_list, ())]
    named = (
        one.value
        for readings in papers.values()
        for fiche in readings.values()
        for each in (fiche, *(alone(fiche, part) for part in (*fiche.studies, *fiche.arms)))
        for one in said_in(each, name, field, vocabulary)
    )
    return list(dict.fromkeys([*known, *named]))
