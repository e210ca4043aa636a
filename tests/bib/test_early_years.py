"""Years before our era in the dates of a .bib (biblatex manual, § 2.3.8): written as they were, and printed the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.bib.library import read_library
from synopse.bib.write import write_bib
from tests.bib.judge import PLAIN, case, judged

DATES = ["-0043", "-0043-03", "-0043-03-15", "-0044/-0042", "-0099/0014", "0000", "-0001~", "-0043?", "-1000", "-0050/..", "../-0050",
         "-0043-03/-0042-01", "0033", "0000/0001", "-0001-12-31/0000-01-01", "Y-12000", "-0043-21", "-9999%"]  # fmt: skip


def bib(dates: list[str]) -> bytes:
    return "\n".join(f"@book{{k{n}, title = {{T}}, date = {{{date}}}}}" for n, date in enumerate(dates)).encode()


def test_a_year_before_our_era_is_written_as_it_was() -> None:
    library, found = read_library({"a.bib": bib(DATES)})
    assert [str(each.message) for each in found if each.code == "bad-date"] == []
    for number, date in enumerate(DATES):
        assert f"{{{date}}}" in write_bib([library.references[f"k{number}"]])


@pytest.mark.slow
def test_a_year_before_our_era_is_printed_as_biblatex_prints_it(tmp_path: Path) -> None:
    found = judged([case("a.bib", bib(DATES))], tmp_path, *PLAIN)
    assert [str(each) for each in found] == []


@pytest.mark.parametrize(
    ("fields", "date"),
    [("year={-43}, month=mar", "-0043-03"), ("year={-43}, month=mar, day=15", "-0043-03-15"), ("date={-0043}, month=mar", "-0043-03"),
     ("year={-43}, month={March--April}", "-0043-03/-0043-04"), ("year={-0043}", "-0043"), ("year={-7}, month={8~March}", "-0007-03-08")],
)  # fmt: skip
def test_the_month_of_a_year_before_our_era_is_kept(fields: str, date: str) -> None:
    library, found = read_library({"a.bib": f"@book{{k, title={{T}}, {fields}}}".encode()})
    assert f"{{{date}}}" in write_bib(library.references.values())
    assert [each.code for each in found if "year" in fields] == ["bib-reading"] * ("year" in fields)
