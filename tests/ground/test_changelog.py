"""What a newer version changes for a review is read from CHANGELOG.md, oldest first, a line each."""

from __future__ import annotations

import re
import tomllib

import pytest

import synopse
from synopse.ground.changelog import changelog, changes_since, for_reviews, numbered
from tests.conftest import ROOT

TEXT = """# Changelog

## 2.10.0 (unreleased)

### For your review

- One line that goes
  on in the next.
- Another.

### The program

- Nothing of a review's.

## 2.9.1

- Nothing either.

## 2.9.0

### For your review

- An earlier line.
"""


def test_lines_for_a_review_are_those_under_their_heading() -> None:
    assert for_reviews(TEXT) == {
        "2.10.0": ["One line that goes on in the next.", "Another."],
        "2.9.0": ["An earlier line."],
    }


@pytest.mark.parametrize(
    ("since", "lines"),
    [
        ("2.10.0", []),
        ("2.9.0", ["One line that goes on in the next.", "Another."]),
        ("2.9.1", ["One line that goes on in the next.", "Another."]),
        ("2.8", ["An earlier line.", "One line that goes on in the next.", "Another."]),
        ("3.0.0", []),
    ],
)
def test_what_has_changed_since_a_version_comes_oldest_first(since: str, lines: list[str]) -> None:
    assert [line for _, line in changes_since(since, TEXT)] == lines


def test_the_program_carries_the_changelog_of_the_repository() -> None:
    assert changelog() == (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_changelog_begins_with_this_version_and_each_of_its_lines_is_one() -> None:
    first = re.search(r"^## (\S+)", changelog(), re.MULTILINE)
    assert first and first[1] == synopse.__version__
    told = for_reviews(changelog())[synopse.__version__]
    assert told and all(len(line) <= 140 for line in told)


def test_the_version_stands_in_one_place_and_is_cited() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in told["project"]
    assert told["tool"]["setuptools"]["dynamic"] == {"version": {"attr": "synopse.__version__"}}
    assert f"version: {synopse.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_versions_are_compared_as_numbers() -> None:
    assert numbered("2.10.0") > numbered("2.9.9") and numbered("2.0") < numbered("2.0.1")
