"""Holds our coefficients of agreement to those of irrCAC (PyPI, K. L. Gwet's formulas) on tables made by chance.

    pip install irrcac && python -m tools.agreement_by_irrcac 10000

irrCAC needs pandas and SciPy, so it is no dependency of the tests. It prints how many tables were compared, and each difference.
"""

from __future__ import annotations

import random
import sys
import warnings
from typing import Any

from synopse.synthesis.reliability import coefficients

DIGITS = 1e-4


def ratings(seed: int) -> list[list[str | None]]:
    """Subjects, each with what every reader said of it; some said nothing."""
    chance = random.Random(seed)
    readers, categories, subjects = chance.choice((2, 2, 3, 4, 5)), chance.choice((2, 3, 5)), chance.randrange(4, 30)
    missing = chance.choice((0, 0, 0.1, 0.3))
    rows: list[list[str | None]] = []
    for _ in range(subjects):
        true = chance.randrange(categories)
        rows.append(
            [
                None
                if chance.random() < missing
                else str(true if chance.random() < 0.7 else chance.randrange(categories))
                for _ in range(readers)
            ]
        )
    return [row for row in rows if any(row)]


def theirs(rows: list[list[str | None]]) -> dict[str, Any]:
    """The estimates of irrCAC."""
    import numpy
    import pandas
    from irrCAC.raw import CAC

    cac = CAC(pandas.DataFrame([[numpy.nan if each is None else int(each) for each in row] for row in rows]), digits=6)
    found = {"AC1": cac.gwet(), "Fleiss": cac.fleiss(), "alpha": cac.krippendorff()}
    return {name: each["est"] for name, each in found.items()}


def main(count: int) -> int:
    """Compares so many tables; 1 where there was a difference."""
    warnings.filterwarnings("ignore")
    compared = failed = differing = undefined = 0
    for seed in range(count):
        rows = ratings(seed)
        ours = {
            each.name: each
            for each in coefficients(
                [{str(at): said for at, said in enumerate(row) if said is not None} for row in rows]
            )
        }
        try:
            estimates = theirs(rows)
        except Exception:  # irrCAC fails where nothing can be computed
            failed += 1
            continue
        compared += 1
        for name, each in estimates.items():
            own = ours.get(name)
            if own is None:
                continue
            if own.value is None:
                undefined += 1
            elif abs(own.value - each["coefficient_value"]) > DIGITS:
                differing += 1
                print(f"table {seed}: {name} {own.value:.5f}, irrCAC {each['coefficient_value']:.5f}")
            elif name != "alpha" and own.error is not None and abs(own.error - each["se"]) > DIGITS:
                differing += 1
                print(f"table {seed}: error of {name} {own.error:.5f}, irrCAC {each['se']:.5f}")
    print(f"{compared} tables, {differing} differences; irrCAC failed on {failed}; {undefined} are undefined here")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
