"""biblatex itself judges: a bibliography from a person's own file and from ours has the same words, but for what is told.

    SYNOPSE_ENTRIES=2000 python -m pytest tests/bib/test_same_words.py

tries two thousand entries made by chance in three styles; without the variable sixty. `SYNOPSE_SEED` is the first seed.
siunitx's and mhchem's commands have judges of their own (`test_units_by_their_packages.py`). Not compared either is what stops
biber or LaTeX in a person's own file, which is told.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from synopse.bib.reference import data_model
from tests.bib.entries import entries, files
from tests.bib.expected import LIBRARY
from tests.bib.judge import STYLES, case, judged, unannounced

ENTRIES = int(os.environ.get("SYNOPSE_ENTRIES", "60"))
SEED = int(os.environ.get("SYNOPSE_SEED", "1"))
IN_A_RUN = 500
UNREADABLE = {"comments", "empty-and-odd", "missing-comma", "unreadable"}
"""Files at whose syntax biber stops: it prints nothing of them."""


@pytest.mark.slow
@pytest.mark.parametrize(("style", "options"), STYLES, ids=[style for style, _ in STYLES])
def test_the_library_of_exports_prints_the_same_words(style: str, options: str, tmp_path: Path) -> None:
    paths = [path for path in sorted(LIBRARY.glob("*.bib")) if path.stem not in UNREADABLE]
    cases = [case(path.name, path.read_bytes()) for path in paths]
    found = judged(cases, tmp_path, style, options)
    assert [str(each) for each in found if not each.told] == []
    assert sum(len(each.compared()) for each in cases) > 80


def batches() -> list[tuple[int, int]]:
    """The seed of each run of TeX, and how many entries are in it."""
    return [(SEED + place, min(IN_A_RUN, ENTRIES - start)) for place, start in enumerate(range(0, ENTRIES, IN_A_RUN))]


@pytest.mark.slow
@pytest.mark.parametrize(("style", "options"), STYLES, ids=[style for style, _ in STYLES])
@pytest.mark.parametrize(("seed", "count"), batches())
def test_entries_of_every_type_print_the_same_words(
    seed: int, count: int, style: str, options: str, tmp_path: Path
) -> None:
    found, compared = unannounced(files(seed, count, 100), tmp_path, style, options)
    assert [str(each) for each in found] == []
    assert compared > count / 2


def test_entries_are_of_every_type_and_hold_every_field() -> None:
    text = "\n".join(entries(1, 2000))
    kinds = {kind.lower() for kind in re.findall(r"^@(\w+)\{", text, re.MULTILINE)}
    assert set(data_model()["types"]) - kinds == {"bibnote"}
    fields = {name.lower() for name in re.findall(r"^  ([\w-]+) = ", text, re.MULTILINE)}
    written = {name for name in data_model()["fields"] if not PART_OF_A_DATE.fullmatch(name)}
    assert written - fields == NOT_MADE


PART_OF_A_DATE = re.compile(r"(?:url|orig|event)?(?:end)?(?:day|month|year|hour|minute|second|timezone|yeardivision)")
"""What biber makes of a date; of these a person writes `year` and `month` alone."""
NOT_MADE = {"execute", "ids", "presort", "sortkey", "relatedoptions", "reprinttitle"}
"""Fields that print nothing (`reprinttitle` no standard style), name the entry itself, or are TeX code, which is told."""
