"""What several readers said of the same things in; how far they agree beyond chance, with its uncertainty, out.

The coefficients are those of K. L. Gwet, Handbook of Inter-Rater Reliability (5th ed., 2021), whose estimates allow for missing
ratings and whose variances treat the subjects as a sample; Krippendorff's alpha is that of K. Krippendorff, Content Analysis (4th ed.,
2018), ch. 12. A coefficient that is not defined says why instead of giving a number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

Ratings = Sequence[Mapping[str, str]]
"""For each subject what each reader said; a reader who said nothing of it is left out."""
Scale = Literal["nominal", "ordinal", "interval"]
Z = 1.959964
"""The normal quantile of an interval of 95 %."""
FEW = "fewer than two subjects were rated by two readers"
ONE = "only one category was used"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with its standard error, over `n` subjects; where it is not defined, `why`.

    `observed` is the agreement that it starts from, and `chance` what of it would come about by chance.
    """

    name: str
    n: int
    value: float | None = None
    error: float | None = None
    why: str = ""
    observed: float = 0.0
    chance: float = 0.0

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval of 95 %, cut at 1 and -1; that of a share at 0."""
        if self.value is None or self.error is None:
            return None
        return max(0.0 if self.name == "percent" else -1.0, self.value - Z * self.error), min(
            1.0, self.value + Z * self.error
        )


class Table:
    """The ratings as counts: for each subject how many readers named each category, in the order of the scale."""

    def __init__(self, ratings: Ratings, categories: Sequence[str] = ()) -> None:
        """`categories` gives the order of an ordered scale, and categories that nobody named; others are added as they come."""
        self.ratings = [rating for rating in ratings if rating]
        named = dict.fromkeys([*categories, *sorted({value for rating in self.ratings for value in rating.values()})])
        self.categories = list(named)
        place = {name: n for n, name in enumerate(self.categories)}
        self.counts = [[0] * len(self.categories) for _ in self.ratings]
        for row, rating in zip(self.counts, self.ratings, strict=True):
            for value in rating.values():
                row[place[value]] += 1
        self.sizes = [sum(row) for row in self.counts]
        self.pairs = [n for n, size in enumerate(self.sizes) if size > 1]

    @property
    def used(self) -> int:
        """How many categories were named."""
        return sum(any(row[k] for row in self.counts) for k in range(len(self.categories)))

    def shares(self) -> list[float]:
        """The share of each category: the mean over the subjects of the share of their readers."""
        n = len(self.counts)
        return [
            sum(row[k] / size for row, size in zip(self.counts, self.sizes, strict=True)) / n
            for k in range(len(self.categories))
        ]

    def weights(self, scale: Scale) -> list[list[float]]:
        """How far two categories agree: wholly or not at all; by their ranks; by the square of their distance."""
        q = len(self.categories)
        if scale == "nominal":
            return [[float(k == m) for m in range(q)] for k in range(q)]
        values = [_number(name) for name in self.categories] if scale == "interval" else [float(n) for n in range(q)]
        if scale == "interval":
            wide = (max(values) - min(values)) ** 2 or 1.0
            return [[1 - (a - b) ** 2 / wide for b in values] for a in values]
        most = q * (q - 1) / 2 or 1.0
        return [[1 - abs(k - m) * (abs(k - m) + 1) / 2 / most for m in range(q)] for k in range(q)]


def _number(name: str) -> float:
    return float(name.replace(",", ".").replace("\u2212", "-"))


def percent(table: Table, weights: list[list[float]] | None = None) -> Coefficient:
    """The share of pairs of readers that agree."""
    if len(table.pairs) < 2:
        return Coefficient("percent", len(table.pairs), why=FEW)
    own = _agreements(table, weights)
    value = sum(own.values()) / len(own)
    n = len(table.counts)
    each = [own.get(i, 0.0) * n / len(own) for i in range(n)]
    return Coefficient("percent", len(own), value, _error(each, value), observed=value)


def _agreements(table: Table, weights: list[list[float]] | None = None) -> dict[int, float]:
    """For each subject that two readers rated, the share of its pairs that agree: wholly, or by weights."""
    found = {}
    for i in table.pairs:
        own = [(k, count) for k, count in enumerate(table.counts[i]) if count]
        size = table.sizes[i]
        agreeing = sum(
            count * (sum((weights[k][m] if weights else float(k == m)) * other for m, other in own) - 1)
            for k, count in own
        )
        found[i] = agreeing / (size * (size - 1))
    return found


def _error(each: list[float], value: float) -> float:
    """The standard error of a mean of the subjects' own values."""
    n = len(each)
    return math.sqrt(sum((one - value) ** 2 for one in each) / (n * (n - 1)))


def _beyond(
    name: str, table: Table, weights: list[list[float]], chance: float, of_subject: Callable[[int], float]
) -> Coefficient:
    """A coefficient that sets the agreement against that by chance; `of_subject` is a subject's part in the latter."""
    own = _agreements(table, weights)
    observed = sum(own.values()) / len(own)
    if math.isclose(chance, 1.0):
        return Coefficient(name, len(own), why=ONE)
    value = (observed - chance) / (1 - chance)
    n = len(table.counts)
    each = []
    for i in range(n):
        part = n / len(own) * (own[i] - chance) / (1 - chance) if i in own else 0.0
        each.append(part - 2 * (1 - value) * (of_subject(i) - chance) / (1 - chance))
    return Coefficient(name, len(own), value, _error(each, value), observed=observed, chance=chance)


def gwet(table: Table, scale: Scale = "nominal") -> Coefficient:
    """Gwet's AC1; AC2 on an ordered scale."""
    name = "AC1" if scale == "nominal" else "AC2"
    if len(table.pairs) < 2:
        return Coefficient(name, len(table.pairs), why=FEW)
    weights, shares, q = table.weights(scale), table.shares(), len(table.categories)
    if q < 2 or table.used < 2:
        return Coefficient(name, len(table.pairs), why=ONE)
    total = sum(map(sum, weights)) / (q * (q - 1))
    chance = total * sum(share * (1 - share) for share in shares)

    def of_subject(i: int) -> float:
        return total * sum(table.counts[i][k] / table.sizes[i] * (1 - shares[k]) for k in range(q))

    return _beyond(name, table, weights, chance, of_subject)


def fleiss(table: Table, scale: Scale = "nominal") -> Coefficient:
    """Fleiss' kappa, for any number of readers."""
    if len(table.pairs) < 2:
        return Coefficient("Fleiss", len(table.pairs), why=FEW)
    if table.used < 2:
        return Coefficient("Fleiss", len(table.pairs), why=ONE)
    weights, shares, q = table.weights(scale), table.shares(), range(len(table.categories))
    toward = [sum(weights[k][m] * shares[m] for m in q) for k in q]
    chance = sum(share * each for share, each in zip(shares, toward, strict=True))

    def of_subject(i: int) -> float:
        return sum(table.counts[i][k] / table.sizes[i] * toward[k] for k in q)

    return _beyond("Fleiss", table, weights, chance, of_subject)


def cohen(table: Table, scale: Scale = "nominal") -> Coefficient:
    """Cohen's kappa of two readers, weighted on an ordered scale; its error is that of Fleiss, Cohen and Everitt (1969)."""
    readers = list(dict.fromkeys(name for rating in table.ratings for name in rating))
    if len(readers) > 2:
        return Coefficient("kappa", len(table.pairs), why=f"it compares two readers, and there are {len(readers)}")
    both = [table.ratings[i] for i in table.pairs]
    if len(both) < 2 or len(readers) < 2:
        return Coefficient("kappa", len(both), why=FEW)
    place = {name: n for n, name in enumerate(table.categories)}
    q, n = range(len(place)), len(both)
    joint = [[0.0] * len(place) for _ in q]
    for rating in both:
        joint[place[rating[readers[0]]]][place[rating[readers[1]]]] += 1 / n
    rows, columns = [sum(row) for row in joint], [sum(row[m] for row in joint) for m in q]
    weights = table.weights(scale)
    observed = sum(weights[k][m] * joint[k][m] for k in q for m in q)
    chance = sum(weights[k][m] * rows[k] * columns[m] for k in q for m in q)
    if math.isclose(chance, 1.0):
        return Coefficient("kappa", n, why=ONE)
    value = (observed - chance) / (1 - chance)
    by_row = [sum(weights[k][m] * columns[m] for m in q) for k in q]
    by_column = [sum(weights[k][m] * rows[k] for k in q) for m in q]
    total = sum(joint[k][m] * (weights[k][m] - (by_row[k] + by_column[m]) * (1 - value)) ** 2 for k in q for m in q)
    variance = (total - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2)
    return Coefficient("kappa", n, value, math.sqrt(max(0.0, variance)), observed=observed, chance=chance)


def krippendorff(table: Table, scale: Scale = "nominal") -> Coefficient:
    """Krippendorff's alpha; its error is found by leaving out each subject in turn (jackknife).

    Observed and expected disagreement are told as agreements, by the largest distance of the scale.
    """
    if len(table.pairs) < 2:
        return Coefficient("alpha", len(table.pairs), why=FEW)
    whole = _Disagreement(table, scale)
    found = whole.without()
    if found is None:
        return Coefficient("alpha", len(table.pairs), why=ONE)
    observed, expected = found
    value, n = 1 - observed / expected, len(table.pairs)
    wide = whole.widest or 1.0
    agreed, chance = 1 - observed / wide, 1 - expected / wide
    left = [whole.without(i) for i in table.pairs]
    kept = [1 - each[0] / each[1] for each in left if each is not None]
    if len(kept) < n or n < 3:
        return Coefficient("alpha", n, value, observed=agreed, chance=chance)
    mean = sum(kept) / n
    error = math.sqrt((n - 1) / n * sum((each - mean) ** 2 for each in kept))
    return Coefficient("alpha", n, value, error, observed=agreed, chance=chance)


class _Disagreement:
    """The disagreement within subjects and that expected, of all subjects or without one, each without going through all again."""

    def __init__(self, table: Table, scale: Scale) -> None:
        self.table, self.scale = table, scale
        q = range(len(table.categories))
        self.totals = [sum(table.counts[i][k] for i in table.pairs) for k in q]
        self.values = [_number(name) for name in table.categories] if scale == "interval" else []
        distance = _ordinal(self.totals) if scale == "ordinal" else None
        self.of_subject = {i: self._within(i, distance) for i in table.pairs}
        self.observed = sum(self.of_subject.values())

    @property
    def widest(self) -> float:
        """The largest distance of two categories."""
        if self.scale == "nominal":
            return 1.0
        if self.scale == "interval":
            return (max(self.values) - min(self.values)) ** 2
        return max(map(max, _ordinal(self.totals)), default=1.0)

    def without(self, left: int = -1) -> tuple[float, float] | None:
        """Observed and expected disagreement without a subject; nothing where one category alone was named."""
        table, totals = self.table, self.totals
        if left >= 0:
            totals = [total - own for total, own in zip(totals, table.counts[left], strict=True)]
        whole = sum(totals)
        if whole < 2:
            return None
        if self.scale == "ordinal":  # distances depend on how often each category was named
            distance = _ordinal(totals)
            observed = sum(self._within(i, distance) for i in table.pairs if i != left)
        else:
            observed = self.observed - (self.of_subject[left] if left >= 0 else 0.0)
        expected = self._between(totals)
        return (observed / whole, expected / (whole * (whole - 1))) if expected > 0 else None

    def _within(self, i: int, distance: list[list[float]] | None) -> float:
        """The disagreement of the readers of one subject; `distance` is that of an ordered scale."""
        own = [(k, count) for k, count in enumerate(self.table.counts[i]) if count]
        size = self.table.sizes[i] - 1
        if distance is not None:
            return sum(a * b * distance[k][m] for k, a in own for m, b in own) / size
        if self.scale == "interval":
            return sum(a * b * (self.values[k] - self.values[m]) ** 2 for k, a in own for m, b in own) / size
        return sum(a * b for k, a in own for m, b in own if k != m) / size

    def _between(self, totals: list[int]) -> float:
        """The disagreement of all ratings with all others."""
        whole = sum(totals)
        if self.scale == "nominal":
            return float(whole**2 - sum(total**2 for total in totals))
        if self.scale == "interval":
            once = sum(total * value for total, value in zip(totals, self.values, strict=True))
            twice = sum(total * value**2 for total, value in zip(totals, self.values, strict=True))
            return 2 * (whole * twice - once**2)
        distance = _ordinal(totals)
        return sum(a * b * distance[k][m] for k, a in enumerate(totals) for m, b in enumerate(totals))


def _ordinal(totals: list[int]) -> list[list[float]]:
    """How far two categories of an ordered scale are apart: by what lies between them."""
    q = range(len(totals))
    upto = list(accumulate(totals, initial=0))
    return [
        [(upto[max(k, m) + 1] - upto[min(k, m)] - (totals[k] + totals[m]) / 2) ** 2 if k != m else 0.0 for m in q]
        for k in q
    ]


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings of one field: for each subject its paper and what each reader said; the scale, and the order of its categories."""

    subjects: Sequence[tuple[str, Mapping[str, str]]]
    scale: Scale = "nominal"
    categories: tuple[str, ...] = ()

    def without(self, paper: str) -> Rated:
        """The same without one paper."""
        return Rated([each for each in self.subjects if each[0] != paper], self.scale, self.categories)


def coefficients(
    ratings: Ratings, scale: Scale = "nominal", categories: Sequence[str] = (), two: bool | None = None
) -> list[Coefficient]:
    """Every coefficient of the ratings, the share of agreement first.

    Numbers agree where they are equal; alpha alone weighs how far they are apart. `two` asks for Cohen's kappa, for two readers.
    """
    table = Table(ratings, categories)
    names = {name for rating in table.ratings for name in rating}
    of_equals: Scale = "ordinal" if scale == "ordinal" else "nominal"
    second = cohen if (len(names) == 2 if two is None else two) else fleiss
    return [percent(table), second(table, of_equals), gwet(table, of_equals), krippendorff(table, scale)]


def of_field(rated: Rated, two: bool | None = None) -> list[Coefficient]:
    """The coefficients of one field; `two` says whether there are two readers in all."""
    return coefficients([rating for _, rating in rated.subjects], rated.scale, rated.categories, two)


MOST_LEFT_OUT = 40
"""A pooled coefficient's error is found by leaving out papers in so many groups at most."""


def pooled(fields: Sequence[Rated], two: bool | None = None) -> list[Coefficient]:
    """The coefficients of several fields together: their agreements, and those by chance, are added up before they are compared.

    H. De Vries, M. N. Elliott, D. E. Kanouse, S. S. Teleki, Using Pooled Kappa to Summarize Interrater Agreement across Many Items,
    Field Methods 20 (2008) 272-282. The error is found by leaving out each paper in turn.
    """
    if two is None:
        two = len({name for each in fields for _, rating in each.subjects for name in rating}) == 2
    whole = _pooled(fields, two)
    papers = list(dict.fromkeys(paper for each in fields for paper, _ in each.subjects))
    groups = [papers[at :: min(len(papers), MOST_LEFT_OUT)] for at in range(min(len(papers), MOST_LEFT_OUT))]
    if len(groups) < 3:
        return whole
    left = [_pooled([_without(each, set(group)) for each in fields], two) for group in groups]
    return [_with_error(each, [others[at] for others in left]) for at, each in enumerate(whole)]


def _without(rated: Rated, papers: set[str]) -> Rated:
    return Rated([each for each in rated.subjects if each[0] not in papers], rated.scale, rated.categories)


def _pooled(fields: Sequence[Rated], two: bool) -> list[Coefficient]:
    each = [coefficients([rating for _, rating in one.subjects], one.scale, one.categories, two) for one in fields]
    made = []
    for place, name in enumerate(("percent", "kappa" if two else "Fleiss", "AC1", "alpha")):
        defined = [found[place] for found in each if found[place].value is not None]
        n = sum(one.n for one in defined)
        observed = sum(one.n * one.observed for one in defined)
        chance = sum(one.n * one.chance for one in defined)
        if not defined or math.isclose(n, chance):
            made.append(Coefficient(name, n, why=ONE if any(found[place].n > 1 for found in each) else FEW))
        else:
            value = (observed - chance) / (n - chance)
            made.append(Coefficient(name, n, value, observed=observed / n, chance=chance / n))
    return made


def _with_error(whole: Coefficient, left: Sequence[Coefficient]) -> Coefficient:
    """The coefficient with the error that the jackknife gives; as it is where one of the others is not defined."""
    values = [each.value for each in left if each.value is not None]
    if whole.value is None or len(values) < len(left):
        return whole
    mean, n = sum(values) / len(values), len(values)
    return replace(whole, error=math.sqrt((n - 1) / n * sum((each - mean) ** 2 for each in values)))
