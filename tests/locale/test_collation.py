"""Texts sort as a reader expects, the same on every system."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.locale import LANGUAGES
from synopse.locale.collation import Key, collation_key

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
    for lang in set(LANGUAGES) - {"es"}:
        assert sorted(shuffled, key=lambda word: collation_key(word, lang)) == words


# The order of ICU 72's collators for fr, en_GB, de, es, it and pt_PT (CLDR's tailorings).
OF_ICU = {
    "fr": "A à Abel aieul aïeul Boeuf Bœuf Bofinger ca ça Celan Çelik cote Cote coté Coté côte côté Dupont eleve élève Élie Eliot Émile ete été Ève Èze Lœwy Lowe naïf naive Noel Noël Noelle Œdipe oeuvre œuvre ou où Pages Pagés Pagès Zhao",
    "en": "adams Adams aerial Aesop Æsop Äpfel apple Bronte Brontë cafe Cafe café cooperate coöperate encyclopaedia encyclopædia naive naïve resume Resume résumé Zoe Zoë zoo",
    "de": "Aerni Ahne ähnlich Arg Arger Ärger gross Gross groß Grosse Größe Mueller Muller Müller Mutter Oel Ofen Ol Öl schon schön Schöne Strasse Straße Strassen Straßen Uber Über Ueber Weiss Weiß Weisse zug Zug",
    "es": "Anibal Aníbal ano año canon cañon cañón Chávez Cid Cruz Llanos Lobo Luz manana manzana mañana Munoz Muntaner Muñoz nandu nuez Nunez Nuñez Núñez ñandú Ñandú Oca Pena Peña Peres Pérez pinguino pingüino pinta piñata Zuniga Zuñiga Zúñiga Zurita",
    "it": "citta Citta città Cittadella cosi così Cosimo e E è Forli Forlì Forlimpopoli gia già Gìa lunedi lunedì Niccolo Niccolò Nicola perche perché perchè Peru Perù virtu virtù",
    "pt": "a à Abreu Acácio acao ação Angela Ângela Ânia avo Avo avó avô Conceicao Conceição Coracao coracão coração Goncalves Gonçalves Gonzaga Joana Joao João Jose José Josefa por pór pôr Saa Sao São Simoes Simões Simon",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_the_order_that_icu_gives_it(lang: str) -> None:
    words = OF_ICU[lang].split()
    shuffled = random.Random(2).sample(words, len(words))
    assert sorted(shuffled, key=lambda word: collation_key(word, lang)) == words


@given(st.lists(st.text(max_size=12), max_size=12), st.sampled_from(LANGUAGES))
def test_the_order_is_total_and_does_not_depend_on_the_order_before(words: list[str], lang: str) -> None:
    def key(word: str) -> Key:
        return collation_key(word, lang)

    shuffled, once = [*reversed(words)], sorted(words, key=key)
    assert sorted(shuffled, key=key) == once
    assert all(key(a) != key(b) for a in words for b in words if a != b)


@given(st.text(alphabet="abcdefghij ", max_size=8), st.text(alphabet="abcdefghij ", max_size=8))
def test_small_letters_stand_as_their_codes_do(one: str, other: str) -> None:
    assert (collation_key(one, "en") < collation_key(other, "en")) == (one < other)


def test_the_locale_of_the_machine_does_not_matter() -> None:
    code = "from synopse.locale.collation import Key, collation_key; print(ascii(collation_key('Élie Œ Straße', 'fr')))"
    said = {
        subprocess.run([sys.executable, "-c", code], env={"LC_ALL": lang}, capture_output=True, check=True).stdout
        for lang in ("C", "C.UTF-8", "sv_SE.UTF-8")
    }
    assert len(said) == 1
