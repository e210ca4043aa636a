"""What several readers said of the same things in; how far they agree beyond chance, with its uncertainty, out.

The coefficients are those of K. L. Gwet, Handbook of Inter-Rater Reliability (5th ed., 2021), whose estimates allow for missing
ratings and whose variances treat the subjects as a sample; Krippendorff's alpha is that of K. Krippendorff, Content Analysis (4th ed.,
2018), ch. 12. A coefficient that is not defined says why instead of giving a number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    """A coefficient with its standard error, over `n` subjects; where it is not defined, `why`."""

    name: str
    n: int
    value: float | None = None
    error: float | None = None
    why: str = ""

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval of 95 %, cut at 1 and -1."""
        if self.value is None or self.error is None:
            return None
        return max(-1.0, self.value - Z * self.error), min(1.0, self.value + Z * self.error)


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
    own = _agreements(table, weights or table.weights("nominal"))
    value = sum(own.values()) / len(own)
    n = len(table.counts)
    each = [own.get(i, 0.0) * n / len(own) for i in range(n)]
    return Coefficient("percent", len(own), value, _error(each, value))


def _agreements(table: Table, weights: list[list[float]]) -> dict[int, float]:
    """For each subject that two readers rated, the share of its pairs that agree."""
    q = range(len(table.categories))
    found = {}
    for i in table.pairs:
        row, size = table.counts[i], table.sizes[i]
        weighted = [sum(weights[k][m] * row[m] for m in q) for k in q]
        found[i] = sum(row[k] * (weighted[k] - 1) for k in q) / (size * (size - 1))
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
    return Coefficient(name, len(own), value, _error(each, value))


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
    chance = sum(weights[k][m] * shares[k] * shares[m] for k in q for m in q)

    def of_subject(i: int) -> float:
        return sum(
            table.counts[i][k] / table.sizes[i] * sum(weights[k][m] * shares[m] for m in q) for k in q
        )  # fmt: skip

    return _beyond("Fleiss", table, weights, chance, of_subject)


def cohen(table: Table, scale: Scale = "nominal") -> Coefficient:
    """Cohen's kappa of two readers, weighted on an ordered scale; its error is that of Fleiss, Cohen and Everitt (1969)."""
    readers = list(dict.fromkeys(name for rating in table.ratings for name in rating))
    if len(readers) != 2:
        return Coefficient("kappa", len(table.pairs), why=f"it compares two readers, and there are {len(readers)}")
    both = [table.ratings[i] for i in table.pairs]
    if len(both) < 2:
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
    return Coefficient("kappa", n, value, math.sqrt(max(0.0, variance)))


def krippendorff(table: Table, scale: Scale = "nominal") -> Coefficient:
    """Krippendorff's alpha; its error is found by leaving out each subject in turn (jackknife)."""
    if len(table.pairs) < 2:
        return Coefficient("alpha", len(table.pairs), why=FEW)
    value = _alpha(table, scale, table.pairs)
    if value is None:
        return Coefficient("alpha", len(table.pairs), why=ONE)
    n = len(table.pairs)
    without = [_alpha(table, scale, [i for i in table.pairs if i != left]) for left in table.pairs]
    kept = [each for each in without if each is not None]
    if len(kept) < n or n < 3:
        return Coefficient("alpha", n, value)
    mean = sum(kept) / n
    return Coefficient("alpha", n, value, math.sqrt((n - 1) / n * sum((each - mean) ** 2 for each in kept)))


def _alpha(table: Table, scale: Scale, subjects: Sequence[int]) -> float | None:
    q = range(len(table.categories))
    totals = [sum(table.counts[i][k] for i in subjects) for k in q]
    whole = sum(totals)
    distance = _distances(table, scale, totals)
    observed = sum(
        table.counts[i][k] * table.counts[i][m] * distance[k][m] / (table.sizes[i] - 1)
        for i in subjects
        for k in q
        for m in q
    )
    expected = sum(totals[k] * totals[m] * distance[k][m] for k in q for m in q)
    return None if not expected else 1 - (whole - 1) * observed / expected


def _distances(table: Table, scale: Scale, totals: list[int]) -> list[list[float]]:
    """How far two categories are apart: nominal, ordinal by what lies between them, or by the square of their difference."""
    q = len(totals)
    if scale == "nominal":
        return [[float(k != m) for m in range(q)] for k in range(q)]
    if scale == "interval":
        values = [_number(name) for name in table.categories]
        return [[(a - b) ** 2 for b in values] for a in values]
    return [
        [
            (sum(totals[g] for g in range(min(k, m), max(k, m) + 1)) - (totals[k] + totals[m]) / 2) ** 2
            if k != m
            else 0.0
            for m in range(q)
        ]
        for k in range(q)
    ]


def coefficients(ratings: Ratings, scale: Scale = "nominal", categories: Sequence[str] = ()) -> list[Coefficient]:
    """Every coefficient of the ratings, the share of agreement first."""
    table = Table(ratings, categories)
    made = [percent(table), gwet(table, scale), krippendorff(table, scale)]
    two = len({name for rating in table.ratings for name in rating}) == 2
    return [*made[:1], cohen(table, scale) if two else fleiss(table, scale), *made[1:]]
