"""Drift: what a fiche says of its paper against the record, and the dates that people write."""

from __future__ import annotations

import pytest

from synopse.bib.drift import differences, word_differences
from synopse.bib.library import read_library
from synopse.bib.stated import same_people
from synopse.locale import catalogue
from synopse.locale.dates import PartialDate, iso_date, read_date
from synopse.model.fiche import AsRead
from tests.conftest import scalar

BIB = rb"""@misc{a, author={Tie, Guiyao and Zhao, Zeli and de la Cruz, Ana}, title={A Survey of its {LLMs}: Part One},
date={2025-03-08}, eprint={2503.06072}, eprinttype={arxiv}}"""
RECORD = read_library({"a.bib": BIB})[0].references["a"]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("Guiyao Tie, et al.", True),
        ("Tie et al.", True),
        ("Tie, Zhao, de la Cruz", True),
        ("G. Tie et coll.", True),
        ("Guiyao Tie", False),
        ("Zhao et al.", False),
        ("Guiyao Tie, Zeli Zhao et Ana de la Cruz", True),
        ("", True),
    ],
)
def test_et_al_leaves_the_other_authors_open(said: str, same: bool) -> None:
    assert same_people(said, RECORD.authors) is same


@pytest.mark.parametrize(
    ("said", "items"),
    [
        (AsRead(title=scalar("« A survey of its LLMs — Part one »")), []),
        (AsRead(title=scalar("A Survey of LLMs: Part One")), ["title"]),
        (AsRead(date=scalar("mars 2025")), []),
        (AsRead(date=scalar("2025")), []),
        (AsRead(date=scalar("avril 2025")), ["date"]),
        (AsRead(date=scalar("9 mars 2025")), ["date"]),
        (AsRead(source=scalar("arxiv.org")), []),
        (AsRead(source=scalar("Nature")), ["source"]),
        (AsRead(doi=scalar("10.1/x")), []),
    ],
)
def test_only_what_differs_at_the_precision_given_is_told(said: AsRead, items: list[str]) -> None:
    assert [each.item for each in differences(said, RECORD, catalogue("fr"))] == items


def test_the_words_that_differ_are_named() -> None:
    assert word_differences("Survey of Applications", "Survey of its Applications") == (("", "its"),)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025", PartialDate(2025)),
        ("2025-03", PartialDate(2025, 3)),
        ("2025-02-30", None),
        ("2025-13", None),
        ("2024/2025", PartialDate(2024, end=PartialDate(2025))),
        ("mars 2025", None),
    ],
)
def test_an_iso_date_is_as_precise_as_it_was_written(text: str, date: PartialDate | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("mars 2025", PartialDate(2025, 3)),
        ("8 mars 2025", PartialDate(2025, 3, 8)),
        ("1er août 2024", PartialDate(2024, 8, 1)),
        ("March 12, 2025", PartialDate(2025, 3, 12)),
        ("février 2025", PartialDate(2025, 2)),
        ("printemps", None),
    ],
)
def test_dates_in_words_are_understood(text: str, date: PartialDate | None) -> None:
    assert read_date(text) == date


def test_of_lists_of_authors_that_are_whole_the_names_that_differ_are_named() -> None:
    def told(said: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        (found,) = differences(AsRead(authors=scalar(said)), RECORD, catalogue("fr"))
        return found.record, found.words

    every = "Guiyao Tie, Zeli Zhao et Ana de la Cruz"
    assert told("Guiyao Tie, Wenhao Yu, Zeli Zhao, Ana de la Cruz") == (every, (("Wenhao Yu,", ""),))
    assert told("Guiyao Tie, Zeli Zhao") == (every, (("", "et Ana de la Cruz"),))
    assert told("Dan Song et al.") == (every, ())
