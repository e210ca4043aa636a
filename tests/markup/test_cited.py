"""What a citation says in plain words is what the style prints: its brackets, and what stands around a key within them."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue
from synopse.markup.cited import cited_as, mark_of
from synopse.markup.parse import parse
from synopse.markup.text import plain
from tests.conftest import scalar

YEARS = {"lee": "Lee y Kim (2022)", "sun": "Sun (2020a)"}, {"lee": "(Lee y Kim 2022)", "sun": "(Sun 2020a)"}
NUMBERS = {"lee": "Lee y Kim [2]", "sun": "Sun [3]"}, {"lee": "[2]", "sun": "[3]"}
LETTERS = {"lee": "Lee y Kim [LK22]", "sun": "Sun [Sun20]"}, {"lee": "[LK22]", "sun": "[Sun20]"}
RAISED = {"lee": "Lee y Kim²", "sun": "Sun³"}, {"lee": "²", "sun": "³"}
TITLES = {"lee": "Lee y Kim, Uno", "sun": "Sun, Dos"}, {"lee": "(Lee y Kim, Uno)", "sun": "(Sun, Dos)"}
NOTES: tuple[dict[str, str], dict[str, str]] = ({"lee": "Lee y Kim, Uno", "sun": "Sun, Dos"}, {})
UNASKED: tuple[dict[str, str], dict[str, str]] = (YEARS[0], {})


@pytest.mark.parametrize(
    ("style", "text", "said"),
    [
        (YEARS, "[@lee, p. 12]", "(Lee y Kim 2022, pág. 12)"),
        (YEARS, "@lee [p. 12]", "Lee y Kim (2022, pág. 12)"),
        (YEARS, "@lee", "Lee y Kim (2022)"),
        (YEARS, "[véase @lee, p. 12 y ss.; @sun]", "(véase Lee y Kim 2022, pág. 12 y ss.; Sun 2020a)"),
        (YEARS, "[-@lee, p. 12]", "(2022, pág. 12)"),
        (UNASKED, "[@lee, p. 12; @sun]", "(Lee y Kim 2022, pág. 12; Sun 2020a)"),
        (NUMBERS, "[@lee, p. 12; @sun]", "[2, pág. 12, 3]"),
        (NUMBERS, "@lee [p. 12]", "Lee y Kim [2, pág. 12]"),
        (NUMBERS, "[-@lee]", "[2]"),
        (LETTERS, "[@lee; @sun, p. 1]", "[LK22; Sun20, pág. 1]"),
        (RAISED, "[@lee; @sun]", "²,³"),
        (RAISED, "[@lee, p. 12; @sun]", "[2, pág. 12, 3]"),
        (TITLES, "[@lee, p. 12]", "(Lee y Kim, Uno, pág. 12)"),
        (TITLES, "@lee [p. 12]", "Lee y Kim, Uno, pág. 12"),
        (NOTES, "[@lee; @sun]", "[Lee y Kim, Uno; Sun, Dos]"),
        (({"lee": "Lee y Kim (Uno)"}, {}), "[@lee, p. 1]", "[Lee y Kim (Uno), pág. 1]"),
    ],
)
def test_a_citation_is_what_the_style_prints(
    style: tuple[dict[str, str], dict[str, str]], text: str, said: str
) -> None:
    labels, apart = style
    words = catalogue("es")
    (paragraph,) = parse(scalar(text), "es", "line")[0]
    assert plain(paragraph.children, words, cited_as(labels, words, apart)).replace("\u00a0", " ") == said  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("label", "mark"),
    [("Lee y Kim [2]", "2"), ("Lee²¹", "21"), ("Lee [LK22]", "LK22"), ("Lee, Uno", ""), ("Lee (2)", "2")],
)
def test_what_a_label_cites_by_is_a_number_or_letters(label: str, mark: str) -> None:
    assert mark_of(label) == mark
