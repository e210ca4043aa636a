"""Agreement of readers: published values to four digits, and what must hold whatever is rated.

The values are those of the README of the R package irrCAC (K. L. Gwet), for two of its datasets.
"""

from __future__ import annotations

import random

import pytest

from synopse.synthesis.reliability import (
    Coefficient,
    Rated,
    Table,
    coefficients,
    cohen,
    fleiss,
    gwet,
    krippendorff,
    of_field,
    percent,
    pooled,
)

OF_SAMPLE = (100 / 99) ** 0.5
"""For two readers irrCAC divides by n, for more of them by n - 1, as we always do."""
SQUARE = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
TWO = [{"a": "abc"[k], "b": "abc"[m]} for k in range(3) for m in range(3) for _ in range(SQUARE[k][m])]
FOUR = [
    {"abcd"[n]: value for n, value in enumerate(row.split()) if value != "."}
    for row in [
        "1 1 . 1",
        "2 2 3 2",
        "3 3 3 3",
        "3 3 3 3",
        "2 2 2 2",
        "1 2 3 4",
        "4 4 4 4",
        "1 1 2 1",
        "2 2 2 2",
        ". 5 5 5",
        ". . 1 1",
        ". . 3 .",
    ]
]


@pytest.mark.parametrize(
    ("made", "value", "error"),
    [
        (percent(Table(TWO)), 0.89, 0.03128898 * OF_SAMPLE), (cohen(Table(TWO)), 0.7964094, 0.05891072),
        (gwet(Table(TWO)), 0.8493305, 0.04321747 * OF_SAMPLE), (krippendorff(Table(TWO)), 0.7972585, None),
        (percent(Table(FOUR)), 0.8181818, 0.12561), (gwet(Table(FOUR)), 0.77544, 0.14295), (fleiss(Table(FOUR)), 0.76117, 0.15302),
        (krippendorff(Table(FOUR)), 0.74342, None),
    ],
)  # fmt: skip
def test_published_values_come_out(made: Coefficient, value: float, error: float | None) -> None:
    assert made.value == pytest.approx(value, abs=5e-5), made
    assert error is None or made.error == pytest.approx(error, abs=5e-5), made


def drawn(seed: int, readers: int, scale: int = 4, subjects: int = 30) -> list[dict[str, str]]:
    chance = random.Random(seed)
    truth = [chance.randrange(scale) for _ in range(subjects)]
    return [
        {
            f"r{r}": str(each if chance.random() < 0.7 else chance.randrange(scale))
            for r in range(readers)
            if chance.random() < 0.9
        }
        for each in truth
    ]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("make", [percent, gwet, fleiss, krippendorff], ids=lambda make: make.__name__)
def test_neither_the_order_of_readers_and_subjects_nor_names_change_a_coefficient(seed: int, make: object) -> None:
    assert callable(make)
    ratings = drawn(seed, 2 + seed % 3)
    first = make(Table(ratings))
    chance = random.Random(seed)
    mixed = [dict(chance.sample(list(rating.items()), len(rating))) for rating in chance.sample(ratings, len(ratings))]
    renamed = [{f"x{name}": "dcba"[int(value)] for name, value in rating.items()} for rating in mixed]
    for other in (make(Table(mixed)), make(Table(renamed))):
        assert other.value == pytest.approx(first.value) and other.error == pytest.approx(first.error)
        assert other.n == first.n


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
def test_whole_agreement_is_one_and_no_coefficient_is_above(seed: int, scale: str) -> None:
    ratings = [dict.fromkeys("ab", value) for value in "0123" * 5]
    for each in coefficients(ratings, scale):  # type: ignore[arg-type]
        assert each.value == pytest.approx(1.0)
    for each in coefficients(drawn(seed, 3), scale):  # type: ignore[arg-type]
        assert each.value is not None and each.value <= 1.0
        assert each.interval is not None and each.interval[0] <= each.value <= each.interval[1]


@pytest.mark.parametrize("scale", ["ordinal", "interval"])
def test_a_near_miss_counts_for_more_than_a_far_one(scale: str) -> None:
    near = [{"a": "0", "b": "1"}, {"a": "3", "b": "3"}, {"a": "1", "b": "1"}, {"a": "2", "b": "2"}]
    far = [{"a": "0", "b": "3"}, {"a": "3", "b": "3"}, {"a": "1", "b": "1"}, {"a": "2", "b": "2"}]
    for make in (cohen, gwet, krippendorff):
        first, second = make(Table(near, "0123"), scale), make(Table(far, "0123"), scale)  # type: ignore[arg-type]
        assert first.value is not None and second.value is not None and first.value > second.value


def alpha_by_definition(ratings: list[dict[str, str]], scale: str) -> float:
    """Krippendorff's alpha from its coincidences, one by one (Content Analysis, 4th ed., 12.3)."""
    units = [[float(value) for value in rating.values()] for rating in ratings if len(rating) > 1]
    every = sorted(value for unit in units for value in unit)

    def distance(one: float, other: float) -> float:
        if scale == "nominal":
            return float(one != other)
        if scale == "interval":
            return (one - other) ** 2
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in every)
        return float((between - (every.count(low) + every.count(high)) / 2) ** 2) if low != high else 0.0

    observed = sum(
        distance(a, b) / (len(unit) - 1)
        for unit in units
        for n, a in enumerate(unit)
        for m, b in enumerate(unit)
        if n != m
    )
    expected = sum(distance(a, b) for n, a in enumerate(every) for m, b in enumerate(every) if n != m)
    return 1 - observed * (len(every) - 1) / expected


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
def test_alpha_is_that_of_its_definition(seed: int, scale: str) -> None:
    chance = random.Random(seed)
    ratings = [
        {name: value for name, value in rating.items() if chance.random() < 0.8} for rating in drawn(seed, 2 + seed % 3)
    ]
    made = krippendorff(Table([each for each in ratings if each]), scale)  # type: ignore[arg-type]
    assert made.value == pytest.approx(alpha_by_definition(ratings, scale))


@pytest.mark.parametrize("seed", range(20))
def test_fields_together_are_their_agreements_added_up(seed: int) -> None:
    fields = [Rated([(f"p{n}", rating) for n, rating in enumerate(drawn(seed + 100 * at, 2))]) for at in range(3)]
    apart = [of_field(each) for each in fields]
    for place, each in enumerate(pooled(fields)):
        own = [found[place] for found in apart]
        n = sum(one.n for one in own)
        observed, chance = (sum(one.n * getattr(one, name) for one in own) for name in ("observed", "chance"))
        assert each.n == n and each.value == pytest.approx((observed - chance) / (n - chance))
        assert each.interval is not None and each.interval[0] <= each.value <= each.interval[1]  # type: ignore[operator]
        low, high = min(one.value for one in own), max(one.value for one in own)  # type: ignore[type-var]
        assert low <= each.value <= high  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(10))
def test_one_field_and_its_copies_together_are_that_field(seed: int) -> None:
    field = Rated([(f"p{n}", rating) for n, rating in enumerate(drawn(seed, 3))])
    for one, several, alone in zip(pooled([field]), pooled([field] * 4), of_field(field), strict=True):
        assert one.value == pytest.approx(several.value) == pytest.approx(alone.value)


def test_what_is_not_defined_says_why() -> None:
    alike = [{"a": "x", "b": "x"} for _ in range(5)]
    for make in (cohen, gwet, fleiss, krippendorff):
        made = make(Table(alike))
        assert made.value is None and made.why == "only one category was used"
    alone = [{"a": "x"}, {"b": "y"}]
    assert all(each.value is None and each.why for each in coefficients(alone))
    assert "there are 3" in cohen(Table(drawn(1, 3))).why
    assert percent(Table(alike)).value == 1.0
