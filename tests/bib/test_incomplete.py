"""What is told of a reference without an author, a title or a date: what may have been meant for it."""

from __future__ import annotations

import pytest

from synopse.bib.incomplete import tell_incomplete
from synopse.bib.library import read_library


def hints(entry: str) -> list[str]:
    library, _ = read_library({"a.bib": entry.encode()})
    return [hint for told in tell_incomplete(library.references.values()) for hint in told.hints]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("titel", "title"), ("título", "title"), ("tittle", "title"), ("jahr", "date"), ("yaer", "date"), ("autor", "author"), ("Auhtor", "author")],
)  # fmt: skip
def test_a_field_that_is_called_nearly_so_is_named_with_its_line(name: str, meant: str) -> None:
    fields = {"author": "U, A", "title": "T", "date": "2025"}
    fields[name] = fields.pop(meant)
    lines = ",\n".join(f"{each} = {{{value}}}" for each, value in fields.items())
    assert hints(f"@misc{{a,\n{lines}}}") == [
        f'biblatex knows no field "{name.lower()}" (a.bib:4): did you mean "{meant}"?'
    ]


@pytest.mark.parametrize("name", ["timestamp", "subtitle", "shorttitle", "date-added", "titleaddon", "owner", "urldate", "abstract", "bookauthor", "file"])  # fmt: skip
def test_another_field_is_not_taken_for_what_is_lacking(name: str) -> None:
    assert hints(f"@misc{{a, {name} = {{2025}}}}") == []


def test_an_entry_that_lacks_nothing_is_not_told() -> None:
    assert hints("@misc{a, author = {U, A}, title = {T}, date = {2025}, titel = {X}}") == []
