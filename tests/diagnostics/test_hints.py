"""What a diagnostic tells a person to write is right where they write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diagnostics.cases import problems, write_project

HEAD = "key: a\nstatus: partial\n"


def hints(root: Path, fiche: str, code: str) -> list[str]:
    """The hints of all problems of a code that a fiche of these lines has."""
    write_project(root, {"sources/fiches/a.yaml": (HEAD + fiche).encode()})
    return [hint for each in problems(root) if each.code == code for hint in each.hints]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("forces: [HbA1c -0,5 %, p < 0,05]", "['HbA1c -0,5 %', 'p < 0,05']"),
        ('datasets: [3,5 mg, 4 mg, "a, b"]', "['3,5 mg', 4 mg, \"a, b\"]"),
        ("forces: [10,5–12,3 kg]", "['10,5–12,3 kg']"),
    ],
)
def test_a_number_that_a_list_parts_is_shown_whole_and_in_quotes(tmp_path: Path, typed: str, shown: str) -> None:
    assert hints(tmp_path, typed, "decimal-comma") == [f"write the texts in quotes:\n{shown}"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("forces: [{text: Poids -3,5 kg, page: 3}]", ["write the text in quotes:\ntext: 'Poids -3,5 kg'"]),
        ("forces: [{text: un, deux,trois}]", ["write the text in quotes:\ntext: 'un, deux,trois'"]),
        ("forces: [{text: un, theme: cout, temps}]", ["write several as a list:\ntheme: [cout, temps]"]),
        (
            "datasets: [{term: un, deux}]",
            ["write the text in quotes:\nterm: 'un, deux'", "write several as a list:\nterms: [un, deux]"],
        ),
    ],
)
def test_a_text_that_a_comma_ends_is_shown_in_quotes_or_as_a_list(tmp_path: Path, typed: str, shown: list[str]) -> None:
    assert hints(tmp_path, typed, "yaml-comma") == shown


def test_a_field_without_a_colon_is_no_part_of_the_text_before_it(tmp_path: Path) -> None:
    assert hints(tmp_path, "forces: [{text: un, page}]", "yaml-comma") == []


def test_a_word_for_which_a_list_stands_is_shown_without_its_brackets(tmp_path: Path) -> None:
    fiche = "forces: [{text: un, page: [12, 14]}]"
    assert hints(tmp_path, fiche, "yaml-bracket") == ['write "12, 14", without brackets']
