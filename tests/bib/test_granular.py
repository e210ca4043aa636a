"""Values of an @xdata entry, taken one by one (biblatex manual, § 3.14.6)."""

from __future__ import annotations

import pytest

from synopse.bib.library import read_library
from synopse.bib.write import fields_of

XDATA = "@XDATA{x, author={A, Ann and B, Ben}, title={The {Title}}, address={Rome and Bern}, publisher={And Other Stories}, note={N}}\n"


@pytest.mark.parametrize(
    ("field", "name", "written"),
    [("title={xdata=x-title}", "title", "The {Title}"), ("author={xdata=x-author-2 and C, Cy}", "author", "B, Ben and C, Cy"),
     ("editor={C, Cy and xdata=x-author}", "editor", "C, Cy and A, Ann and B, Ben"), ("location={xdata=x-location-2}", "location", "Bern"),
     ("address={xdata=x-location}", "location", "Rome and Bern"), ("note={XDATA=x-note}", "note", "N"),
     ("publisher={xdata=x-publisher-1}", "publisher", "And Other Stories"), ("publisher={xdata=x-publisher and P}", "publisher", "And Other Stories and P")],
)  # fmt: skip
def test_a_value_named_by_its_field_is_put_in(field: str, name: str, written: str) -> None:
    library, found = read_library({"a.bib": f"@book{{k, {field}}}\n{XDATA}".encode()})
    assert fields_of(library.references["k"])[name] == written
    assert found == [] and "x" in library.with_parents(["k"])


@pytest.mark.parametrize("value", ["xdata=y-title", "xdata=x-subtitle", "xdata=k-title", "xdata=x-author-2"])
def test_a_value_that_nothing_gives_is_left_out_and_told(value: str) -> None:
    library, found = read_library({"a.bib": f"@book{{k, note={{n}},\n title={{{value}}}}}\n{XDATA}".encode()})
    assert "title" not in fields_of(library.references["k"])
    assert [(each.code, each.span.line, each.about) for each in found] == [("bib-crossref", 2, "k")]


def test_a_number_that_a_list_does_not_have_is_told() -> None:
    _, found = read_library({"a.bib": f"@book{{k, author={{xdata=x-author-3 and C, Cy}}}}\n{XDATA}".encode()})
    assert [each.code for each in found] == ["bib-crossref"]


@pytest.mark.parametrize("dates", [("year={2020}", "date={2019-05}"), ("year={2020}", "year={2019}, month=mar"), ("year={2020}", "date={2020?}"),
                                   ("date={2020}", "date={-0876}"), ("date={../2004}", "month=mar"), ("date={-0050/..}", "date={1850}"), ("date={-1000}", "year={1850}")])  # fmt: skip
def test_a_date_that_biber_would_mix_with_a_parents_is_told(dates: tuple[str, str]) -> None:
    own, theirs = dates
    _, found = read_library(
        {"a.bib": f"@inbook{{k, title={{T}}, {own}, crossref={{p}}}}\n@book{{p, title={{P}}, {theirs}}}".encode()}
    )
    assert "k" in [each.about for each in found if each.code == "bib-reading"]
