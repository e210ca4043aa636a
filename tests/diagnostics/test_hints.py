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


def test_an_item_that_is_indented_too_far_is_shown_where_the_items_above_stand(tmp_path: Path) -> None:
    for indent in ("", "  "):
        shown = hints(tmp_path, f"forces:\n{indent}- un\n{indent}   - deux\n{indent}- trois", "joined-line")
        assert shown[0] == f"if it is an item of the list, indent it like the items above:\n{indent}- deux"


@pytest.mark.parametrize("fiche", ["forces: [un]\nquestion Pourquoi", "question Pourquoi\nforces: [un]"])
def test_a_key_without_its_colon_is_shown_with_it(tmp_path: Path, fiche: str) -> None:
    assert hints(tmp_path, fiche, "yaml-syntax") == ["put a colon after the key:\nquestion: Pourquoi"]


def test_a_first_line_without_its_colon_is_told_at_its_line(tmp_path: Path) -> None:
    write_project(tmp_path, {"sources/fiches/a.yaml": b"key a\nstatus: partial\n"})
    found = next(each for each in problems(tmp_path) if each.code == "yaml-syntax")
    assert (found.span.line, found.hints) == (1, ("put a colon after the key:\nkey: a",))


@pytest.mark.parametrize("below", ["", "\nforces: [un]", '\nforces: ["un", "deux"]', '\nforces:\n  - "un"'])
def test_a_quote_that_nothing_closes_is_shown_closed_and_told_alone(tmp_path: Path, below: str) -> None:
    write_project(tmp_path, {"sources/fiches/a.yaml": f'{HEAD}question: "Dès 18 ans{below}\n'.encode()})
    found = problems(tmp_path)
    assert [(each.code, each.span.line) for each in found] == [("yaml-quote", 3)]
    assert found[0].hints == ('close the quote:\nquestion: "Dès 18 ans"',)


def test_a_quote_that_opens_a_text_of_several_lines_is_closed_where_the_text_ends(tmp_path: Path) -> None:
    fiche = 'question: "Dès 18 ans\n  et plus\nforces: [un]'
    assert hints(tmp_path, fiche, "yaml-quote") == ['close the quote: write " where the text ends']


def test_a_quote_within_a_block_is_none_that_nothing_closes(tmp_path: Path) -> None:
    fiche = 'question: |\n  dit: "un\n  deux\nforces: "un" deux'
    write_project(tmp_path, {"sources/fiches/a.yaml": (HEAD + fiche).encode()})
    assert [each.span.line for each in problems(tmp_path) if each.code == "yaml-quote"] == [6]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("datasets: MMLU, GSM8K", ["MMLU", "GSM8K"]),
        ("datasets:\n  MMLU\n  GSM8K", ["MMLU", "GSM8K"]),
        ("datasets: 3,5 mg", ["3,5 mg"]),
        ("forces: un, et deux", ["un, et deux"]),
        ("forces: un\n  - deux", ["un", "deux"]),
        ("forces: – un", ["un"]),
        ("forces: |\n  * un\n  * deux,\n    et trois", ["un", "deux, et trois"]),
        ("forces: |\n  • un : deux\n  • trois", ['"un : deux"', "trois"]),
        ("forces:\n  1. un\n  2. deux", ["un", "deux"]),
        ("reports: tie2025, lee2021", ["tie2025", "lee2021"]),
    ],
)
def test_a_text_where_a_list_is_wanted_is_shown_as_the_items_that_it_holds(
    tmp_path: Path, typed: str, shown: list[str]
) -> None:
    (hint,) = hints(tmp_path, typed, "text-for-list")
    assert hint.split("\n")[1:] == [f"- {item}" for item in shown]


def test_a_block_of_long_lines_is_shown_as_one_item(tmp_path: Path) -> None:
    text = "|\n  une remarque qui se lit d'une traite et dont la ligne a été coupée\n  par un éditeur"
    (hint,) = hints(tmp_path, f"forces: {text}", "text-for-list")
    assert hint.split("\n")[1:] == [f"- {text}".split("\n")[0], *text.split("\n")[1:]]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Anne Martin, Max Muster", ["Anne Martin", "Max Muster"]),
        ("Martin, Anne", ["Martin, Anne"]),
        ("Martin, A.; Muster, M.", ["Martin, A.", "Muster, M."]),
    ],
)
def test_authors_in_one_text_are_shown_one_by_one(tmp_path: Path, typed: str, shown: list[str]) -> None:
    report = f"title: Essai\nlang: fr\nfiches: [a]\nauthors: {typed}\n"
    write_project(tmp_path, {"sources/report.yaml": report.encode()})
    (hint,) = [hint for each in problems(tmp_path) if each.code == "text-for-list" for hint in each.hints]
    assert hint.split("\n")[1:] == [f"- {item}" for item in shown]


def test_a_line_that_begins_with_a_bullet_is_shown_with_a_dash(tmp_path: Path) -> None:
    shown = hints(tmp_path, "forces:\n  • un : deux\n  • trois\n", "yaml-syntax")
    assert shown == ["begin an item with a dash, not with •:\n- trois"]


WHOLE = [
    ("question: Un texte qui\n  dit ceci : cela\n  et plus\n", 'question: "Un texte qui dit ceci : cela et plus"'),
    ("forces:\n  - Atout : analyse\n    fine et claire\n", '- "Atout : analyse fine et claire"'),
    ("forces:\n  - Le cas : un\n    deux\n", '- "Le cas : un deux"'),
    ("forces:\n  - Un : deux : trois\n", '- "Un : deux : trois"'),
    ("forces:\n  - Prix: 5 # euros\n", '- "Prix: 5 # euros"'),
    ("forces:\n  - 'un' # deux\n", '- "un # deux"'),
    ("question: Le texte\n  suit # deux\n", 'question: "Le texte suit # deux"'),
    ("effectif: >5\n", 'effectif: ">5"'),
    ("forces:\n  - >5\n", '- ">5"'),
    ("question: 'Effet'#3 du texte\n", 'question: "Effet#3 du texte"'),
    ("forces:\n  - Note  #3\n", '- "Note  #3"'),
]


@pytest.mark.parametrize(("typed", "shown"), WHOLE)
def test_a_text_is_shown_in_quotes_from_its_begin_to_its_end(tmp_path: Path, typed: str, shown: str) -> None:
    write_project(tmp_path, {"sources/fiches/a.yaml": (HEAD + typed).encode()})
    hints = [
        hint.split("\n", 1)[1] for each in problems(tmp_path) for hint in each.hints if hint.startswith("write it as")
    ]
    assert hints[:1] == [shown]


@pytest.mark.parametrize(("typed", "shown"), WHOLE)
def test_what_is_shown_mends_the_text(tmp_path: Path, typed: str, shown: str) -> None:
    head = typed.split("\n", 1)[0] + "\n  " if typed.startswith("forces") else ""
    write_project(tmp_path, {"sources/fiches/a.yaml": f"{HEAD}{head}{shown}\n".encode()})
    assert {each.code for each in problems(tmp_path)} & {
        "yaml-colon",
        "yaml-syntax",
        "comment-in-text",
        "yaml-comment",
        "yaml-block",
    } == set()
