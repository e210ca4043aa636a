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


WHOLE = "author = {U, A}, title = {T}, date = {2025}"


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [("article", "jounal", "journal"), ("article", "journaltitel", "journaltitle"), ("book", "publsher", "publisher"), ("inproceedings", "editors", "editor"),
     ("article", "page", "pages"), ("article", "nubmer", "number"), ("book", "adress", "address"), ("phdthesis", "shcool", "school"),
     ("inproceedings", "bootitle", "booktitle"), ("inproceedings", "organisation", "organization"), ("report", "institute", "institution"), ("book", "volumen", "volume")],
)  # fmt: skip
def test_a_field_that_its_type_prints_and_that_is_misspelt_is_told(kind: str, name: str, meant: str) -> None:
    entry = f"@{kind}{{a, {WHOLE},\n{name} = {{12}}}}"
    assert hints(entry) == [f'biblatex knows no field "{name}" (a.bib:2): did you mean "{meant}"?']
    library, _ = read_library({"a.bib": entry.encode()})
    (told,) = tell_incomplete(library.references.values())
    assert told.message == f'the reference "a" has no {meant}'


@pytest.mark.parametrize(
    "fields", ["journal = {J}, jounal = {X}", "pages = {1--2}, page = {3}", "articleno = {3}", "article-number = {3}", "art_number = {3}", "publsher = {P}",
               "eissn = {1234-5678}", "numpages = {20}", "notes = {mine}", "issue_date = {March 2020}", "journal-iso = {J.}", "bibsource = {dblp}", "biburl = {x}",
               "adsurl = {x}", "pmid = {1}", "author_keywords = {x}", "affiliation = {x}", "copyright = {x}", "place = {x}", "timestamp = {x}", "collaboration = {x}"]
)  # fmt: skip
def test_a_field_of_an_exporters_own_or_of_another_type_is_not_accused(fields: str) -> None:
    assert hints(f"@article{{a, {WHOLE}, {fields}}}") == []


def test_all_that_a_reference_lacks_is_told_in_one_line() -> None:
    library, _ = read_library({"a.bib": b"@article{a, author = {U, A}, date = {2025}, titel = {T}, jounal = {J}}"})
    (told,) = tell_incomplete(library.references.values())
    assert told.message == 'the reference "a" has no title and no journal' and len(told.hints) == 2
