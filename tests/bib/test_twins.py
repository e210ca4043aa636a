"""Two entries that are one work, or may be, or are not: what tells them apart, and what is asked of a person."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.bib.collection import Library
from synopse.bib.library import read_library

LIKE = "author = {Novak, Ada}, title = {On the Sorting of Small Pebbles}"


def read(*entries: str) -> Library:
    return read_library({"a.bib": "\n".join(entries).encode()})[0]


def kinds(first: str, second: str) -> list[str]:
    """What is found of two entries that say `first` and `second` beside one title and author."""
    return [twin.kind for twin in read(_entry("a", first), _entry("b", second)).twins]


def _entry(key: str, said: str) -> str:
    kind, _, fields = said.partition(" ")
    return f"@{kind}{{{key}, {LIKE if 'title' not in fields else 'author = {Novak, Ada}'}, {fields}}}"


SAME = [
    ("article doi={10.1000/x}", "article doi={https://doi.org/10.1000/X}"),
    ("article doi={10.1000/x}, date={2020}", "article doi={10.1000/x}, date={2020-03}"),
    ("article doi={10.1000/x}, journal={J. Peb.}", "article doi={10.1000/x}, journal={Journal of Pebbles}"),
    ("misc eprint={2101.00001}, eprinttype={arxiv}", "misc eprint={2101.00001v2}, eprinttype={arxiv}"),
    ("book isbn={978-2-1234-5680-3}, date={2001}", "book isbn={9782123456803}, date={2001}"),
    ("article eprint={31415926}, eprinttype={pubmed}", "article eprint={31415926}, eprinttype={pubmed}"),
]
DIFFERENT = [
    ("inproceedings doi={10.1000/x}, booktitle={Conf}", "article doi={10.1000/y}, journal={J}"),
    ("report date={2019}, institution={I}", "report date={2020}, institution={I}"),
    ("article title={Pebbles and Stones, Part I}", "article title={Pebbles and Stones, Part II}"),
    ("article title={Pebbles and Stones 1}", "article title={Pebbles and Stones 2}"),
    ("article title={Editorial of the Year}, date={2001}", "article title={Editorial of the Year}, date={2002}"),
    ("article journal={J}, volume={1}", "article journal={J}, volume={2}"),
    ("article journal={J}, number={1}", "article journal={J}, number={2}"),
    ("article journal={J}", "article journal={Another}"),
    ("article journal={J}, pages={1-9}", "article journal={J}, pages={10-19}"),
    ("inproceedings booktitle={A}", "inproceedings booktitle={B}"),
    ("book edition={1}", "book edition={2}"),
    ("thesis date={2001}", "book date={2001}"),
    ("misc eprint={2101.00001}, eprinttype={arxiv}", "misc eprint={2101.00002}, eprinttype={arxiv}"),
    ("book isbn={978-2-1234-5680-3}", "book isbn={978-0-306-40615-7}"),
    ("article title={Introduction}", "article title={Introduction}"),
]
LIKELY = [
    ("article journal={J}, date={2001}", "article journal={J}, date={2001}"),
    ("article journal={J}, doi={10.1000/x}", "article journal={J}"),
    ("misc date={2001}", "article date={2001-05}, journal={J}"),
    ("book publisher={P}", "book publisher={P.}"),
]
CLASH = [
    ("article doi={10.1000/x}, title={Pebbles and Stones, Part I}", "article doi={10.1000/x}, title={Pebbles and Stones, Part II}"),
    ("article doi={10.1000/x}, title={Of Pebbles}", "article doi={10.1000/x}, title={A Survey of Quite Other Things}"),
    ("dataset doi={10.1000/x}, date={2019}", "dataset doi={10.1000/x}, date={2020}"),
    ("incollection doi={10.1000/x}, pages={1-9}", "incollection doi={10.1000/x}, pages={10-19}"),
    ("report doi={10.1000/x}, number={1}", "report doi={10.1000/x}, number={2}"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_identifier_and_nothing_against_it_is_one_work(first: str, second: str) -> None:
    library = read(_entry("a", first), _entry("b", second))
    assert library.same == {"b": "a"}
    assert kinds(second, first) == ["same"]


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_what_differs_in_identifier_year_container_part_or_number_is_two_works(first: str, second: str) -> None:
    assert kinds(first, second) == kinds(second, first) == []


@pytest.mark.parametrize(("first", "second"), LIKELY)
def test_what_is_only_likely_is_a_question_and_both_are_kept(first: str, second: str) -> None:
    assert kinds(first, second) == kinds(second, first) == ["likely"]
    assert read(_entry("a", first), _entry("b", second)).same == {}


@pytest.mark.parametrize(("first", "second"), CLASH)
def test_one_identifier_of_what_looks_like_two_works_is_a_question(first: str, second: str) -> None:
    assert kinds(first, second) == kinds(second, first) == ["clash"]
    assert read(_entry("a", first), _entry("b", second)).same == {}


@pytest.mark.parametrize("preprint", ["misc eprint={2101.00001}, eprinttype={arxiv}", "misc howpublished={bioRxiv}"])
def test_a_preprint_and_its_article_are_both_kept(preprint: str) -> None:
    for first, second in permutations((preprint, "article journal={J}, doi={10.1000/x}, date={2022}")):
        (twin,) = read(_entry("a", first), _entry("b", second)).twins
        assert twin.kind == "preprint" and twin.first == ("a" if first == preprint else "b")


def test_a_further_key_of_a_double_leads_to_the_one_that_is_cited() -> None:
    library = read(
        "@article{a, title={A Title of Some Length}, doi={10.1000/x}}",
        "@article{b, title={A Title of Some Length}, doi={10.1000/x}, ids={old, older}}",
    )
    assert {key: library.canonical(key) for key in ("b", "old", "older")} == {"b": "a", "old": "a", "older": "a"}


def test_of_two_entries_of_one_work_the_one_that_the_report_uses_is_cited() -> None:
    library = read(*(f"@article{{{key}, title={{A Title}}, doi={{10.1000/x}}, ids={{{key}0}}}}" for key in "abc"))
    assert library.same == {"b": "a", "c": "a", "a0": "a", "b0": "a", "c0": "a"}
    only_c = library.cited_as({"c0"})
    assert {only_c.canonical(key) for key in ("a", "b", "c", "a0", "b0", "c0")} == {"c"}
    assert library.cited_as({"c", "b"}).canonical("a") == "b"


def test_a_key_that_two_entries_claim_is_told() -> None:
    entries = "@misc{a, title={A}, ids={x, b}}\n@misc{b, title={B}, ids={x}}"
    library, found = read_library({"a.bib": entries.encode()})
    assert [(each.code, each.about) for each in found] == [("bib-ids", "b"), ("bib-ids", "x")]
    assert library.canonical("x") == "a" and library.canonical("b") == "b"


words = st.sampled_from(["pebbles", "stones", "sand", "of", "on", "sorting", "trial", "II", "I", "2019", "2020"])
fields = st.fixed_dictionaries(
    {},
    optional={
        "doi": st.sampled_from(["10.1000/x", "10.1000/y"]),
        "date": st.sampled_from(["2019", "2019-05", "2020"]),
        "volume": st.sampled_from(["1", "2"]),
        "journal": st.sampled_from(["J", "K"]),
        "eprint": st.sampled_from(["2101.00001", "2101.00002"]),
    },
)


@given(st.lists(st.tuples(st.lists(words, min_size=2, max_size=4), fields), min_size=2, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_two_works_become_one_unless_they_share_an_identifier(works: list[tuple[list[str], dict[str, str]]]) -> None:
    entries = []
    for number, (title, said) in enumerate(works):
        rest = ", ".join(f"{name} = {{{value}}}" for name, value in said.items())
        entries.append(f"@article{{k{number}, author={{Novak, A}}, title={{{' '.join(title)}}}, {rest}}}")
    library = read(*entries)
    for key, other in library.same.items():
        one, two = library.references[key], library.references[other]
        assert (one.doi and one.doi == two.doi) or (one.arxiv and one.arxiv == two.arxiv)
        assert not (one.date and two.date) or one.date.agrees(two.date)
        assert one.verbatim.get("volume", "") in ("", two.verbatim.get("volume", "")) or "volume" not in two.verbatim
