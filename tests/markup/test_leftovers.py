"""What looks like markup and is printed to the letter is told, and nothing else is."""

from __future__ import annotations

import pytest

from synopse.markup.parse import parse
from tests.conftest import scalar


def told(text: str) -> list[tuple[str, str]]:
    """The code of each warning, and the signs that it points at."""
    _, found = parse(scalar(text), "fr", "chapter")
    lines = text.split("\n")
    return [(each.code, lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1]) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un mot[^9] ici.", [("unknown-footnote", "[^9]")]),
        ("Un[^a] et deux[^b].\n\n[^a]: Note.", [("unknown-footnote", "[^b]")]),
        ("| a | b[^x] |\n|---|---|\n| c | d |", [("unknown-footnote", "[^x]")]),
        ("![Plan](img/mon plan.png)", [("image-space", "![Plan](img/mon plan.png)")]),
        ('![Plan](img/mon plan.png "Titre")', [("image-space", '![Plan](img/mon plan.png "Titre")')]),
        ("Soit << papers.count >> études.", [("template-value", "<< papers.count >>")]),
        ("<<field('n').median>> et << theme('x').count >>", [("template-value", "<<field('n').median>>"), ("template-value", "<< theme('x').count >>")]),
    ],
)  # fmt: skip
def test_signs_that_are_printed_though_they_were_meant_are_told_at_their_place(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        ("Avant.\n\n| a | b |\n| 1 | 2 |\n", (3, 1), "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("Avant :\n• un\n• deux\n", (2, 1), "- un"),
        ("– un\n– deux\n", (1, 1), "- un"),
        ("- un\n\n  # Titre\n", (3, 3), "**Titre**"),
        ("# Titre\n\nDu texte.\n", (1, 1), "**Titre**"),
    ],
)
def test_lines_that_look_like_a_table_a_list_or_a_heading_are_told_with_what_to_write(
    text: str, place: tuple[int, int], shown: str
) -> None:
    _, (found,) = parse(scalar(text), "fr", "text")
    assert (found.code, found.span.line, found.span.column) == ("unread-block", *place)
    assert found.hints[0].split("\n", 1)[1] == shown


@pytest.mark.parametrize("text", [
    "| a | b |\n|---|---|\n| 1 | 2 |", "- un\n- deux", "Un\n– en aparté – mot.", "• un", "# 3 essais", "|x|\n|y|", "```\n# un\n• deux\n• trois\n```",
])  # fmt: skip
def test_what_is_a_table_a_list_code_or_one_line_is_not_told(text: str) -> None:
    assert not parse(scalar(text), "fr", "text")[1]


def test_a_chapter_has_headings() -> None:
    assert not parse(scalar("# Titre\n\nDu texte.\n"), "fr", "chapter")[1]


@pytest.mark.parametrize(
    "text",
    [r"Un mot\[^9] ici.", "Un mot[^9].\n\n[^9]: Note.", "`[^9]` et `<< papers.count >>`", "![Plan](<img/mon plan.png>)", "![Plan](plan.png)",
     "![Plan] (voir le fichier a.b)", "a << b >> c", "Note^[au fil du texte].", "[^ab c]", "{{ papers.count }}", "```\n[^9]\n```"],
)  # fmt: skip
def test_what_is_escaped_code_or_right_is_not_told(text: str) -> None:
    assert told(text) == []
