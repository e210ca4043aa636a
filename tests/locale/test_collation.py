"""Texts sort as a reader expects, the same on every system."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.locale.collation import collation_key

# Each list is in the order that the Default Unicode Collation Element Table gives (punctuation apart).
ORDERS = [
    ["Abel", "Élie", "Eliot", "Zhao"],
    ["cote", "coté", "côte", "côté"],
    ["elie", "Elie", "élie", "Élie"],
    ["n", "N", "ñ", "Ñ", "nz", "o"],
    ["oeuvre", "œuvre", "oeuvres", "of"],
    ["ae", "æ", "af"],
    ["Lodz", "Łódź", "Lodzia", "Lutz"],
    ["Orsted", "Ørsted", "Orsteds"],
    ["Đorđe", "Dragan", "Eva"],
    ["Strasse", "Straße", "Strassen"],
    ["Oakes", "O’Neil", "Oneill"],
    ["de Vries", "Dean", "Delacroix", "Devlin"],
    ["10", "2", "a", "Ω", "Ж", "א", "张"],
    ["é", "è", "ê", "ë", "f"],
    ["Šimon", "Smith", "Szabó"],
    ["ﬁn", "fine", "ﬂ"],
]


@pytest.mark.parametrize("words", ORDERS, ids=lambda words: words[0])
def test_words_stand_in_the_order_of_a_dictionary(words: list[str]) -> None:
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=collation_key) == words


@given(st.lists(st.text(max_size=12), max_size=12))
def test_the_order_is_total_and_does_not_depend_on_the_order_before(words: list[str]) -> None:
    shuffled, once = [*reversed(words)], sorted(words, key=collation_key)
    assert sorted(shuffled, key=collation_key) == once
    assert all(collation_key(a) != collation_key(b) for a in words for b in words if a != b)


@given(st.text(alphabet="abcdefghij ", max_size=8), st.text(alphabet="abcdefghij ", max_size=8))
def test_small_letters_stand_as_their_codes_do(one: str, other: str) -> None:
    assert (collation_key(one) < collation_key(other)) == (one < other)


def test_the_locale_of_the_machine_does_not_matter() -> None:
    code = "from synopse.locale.collation import collation_key; print(ascii(collation_key('Élie Œ Straße')))"
    said = {
        subprocess.run([sys.executable, "-c", code], env={"LC_ALL": lang}, capture_output=True, check=True).stdout
        for lang in ("C", "C.UTF-8", "sv_SE.UTF-8")
    }
    assert len(said) == 1
