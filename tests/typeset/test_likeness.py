"""Two PDFs of one document: a passage, a letter or a link that one has lost is found, and where pages end is no loss."""

from __future__ import annotations

import random
from collections import Counter
from itertools import accumulate

import pytest

from synopse.typeset.likeness import GRAM, LOST, Seen, lost

WORDS = "lemodèleapprendàpartirdexemplesetchaqueétudeenmesurelaportéesurplusieursjeuxdedonnées"


def document(*pages: str, leftward: str = "") -> Seen:
    """What is seen of these pages, in letters."""
    return Seen("".join(pages), Counter(leftward), tuple(accumulate(map(len, pages))), frozenset(), frozenset())


def prose(seed: int, length: int) -> str:
    """Letters by chance."""
    chance = random.Random(seed)
    return "".join(chance.choice("abcdefghijklmnopqrstuvwxyzéà") for _ in range(length))


def test_two_alike_have_lost_nothing() -> None:
    text = prose(1, 4000)
    assert lost(document(text), document(text)) == []


@pytest.mark.parametrize("length", [LOST, 5, GRAM, 40, 400])
@pytest.mark.parametrize("seed", range(5))
def test_a_passage_that_is_gone_is_found_wherever_it_stood(length: int, seed: int) -> None:
    text = prose(seed, 3000)
    at = random.Random(seed).randrange(GRAM, 3000 - GRAM - length)
    short = document(text[:at] + text[at + length :])
    assert [len(each) for each in lost(document(text), short)] == [pytest.approx(length, abs=1)]
    assert lost(short, document(text)) == []


def test_pages_may_end_elsewhere_and_repeat_the_head_of_a_table() -> None:
    text, head = prose(2, 2000), "étudeannée"
    one = document(head + text[:700], head + text[700:])
    other = document(head + text[:900], head + text[900:])
    assert lost(one, other) == lost(other, one) == []


def test_a_picture_may_stand_elsewhere() -> None:
    text, caption = prose(3, 2000), prose(4, 60)
    one = document(text[:500] + caption + text[500:])
    other = document(text[:900] + caption + text[900:])
    assert lost(one, other) == lost(other, one) == []


def test_letters_that_run_leftward_are_counted() -> None:
    assert lost(document(WORDS, leftward="שלום"), document(WORDS, leftward="םולש")) == []
    assert lost(document(WORDS, leftward="שלום"), document(WORDS, leftward="שלו")) == ["ם"]


def test_one_letter_that_became_another_is_found_where_the_other_has_none_such() -> None:
    text = prose(5, 1000)
    assert lost(document(text[:500] + "ŋ" + text[501:]), document(text)) == ["ŋ"]
