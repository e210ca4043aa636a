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
    "text",
    [r"Un mot\[^9] ici.", "Un mot[^9].\n\n[^9]: Note.", "`[^9]` et `<< papers.count >>`", "![Plan](<img/mon plan.png>)", "![Plan](plan.png)",
     "![Plan] (voir le fichier a.b)", "a << b >> c", "Note^[au fil du texte].", "[^ab c]", "{{ papers.count }}", "```\n[^9]\n```"],
)  # fmt: skip
def test_what_is_escaped_code_or_right_is_not_told(text: str) -> None:
    assert told(text) == []
