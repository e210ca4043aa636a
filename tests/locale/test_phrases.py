"""The words around numbers and dates: what each says, its values, and that its shape puts the text together again."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.locale.phrases import Kind, folded, phrase, ways


@pytest.mark.parametrize(
    ("text", "relation", "parts"),
    [
        ("12", "=", ("12",)), ("about 120", "≈", ("120",)), ("env. 12", "≈", ("12",)), ("ungefähr 12", "≈", ("12",)),
        ("~ 10-20", "≈", ("10", "20")), ("> 100", ">", ("100",)), ("plus de 100", ">", ("100",)), ("≥5", "≥", ("5",)),
        (">= 5", "≥", ("5",)), ("5+", "≥", ("5",)), ("au moins 5", "≥", ("5",)), ("< 5", "<", ("5",)), ("meno di 5", "<", ("5",)),
        ("10–20", "=", ("10", "20")), ("10 à 20", "=", ("10", "20")), ("entre 10 et 20", "=", ("10", "20")),
        ("NR", "?", ()), ("n. r.", "?", ()), ("?", "?", ()), ("Non rapporté", "?", ()), ("not applicable", "?", ()),
    ],
)  # fmt: skip
def test_a_phrase_of_numbers_says_how_it_stands_to_which(text: str, relation: str, parts: tuple[str, ...]) -> None:
    assert (relation, parts) in [(each.relation, each.parts) for each in ways(text, "number")]


@pytest.mark.parametrize(
    ("text", "relation", "parts"),
    [("vor 2010", "<", ("2010",)), ("before 2010", "<", ("2010",)), ("hasta el 2010", "≤", ("2010",)), ("depuis 2010", "≥", ("2010",)),
     ("2010/2012", "=", ("2010", "2012")), ("s. d.", "?", ()), ("n.d.", "?", ())],
)  # fmt: skip
def test_a_phrase_of_dates_says_how_it_stands_to_which(text: str, relation: str, parts: tuple[str, ...]) -> None:
    assert (relation, parts) in [(each.relation, each.parts) for each in ways(text, "date")]


@given(
    st.text(max_size=20),
    st.sampled_from(["about {}", "env. {}", "> {}", "{} à {}", "{}–{}", "between {} and {}", "{}"]),
)
def test_the_shape_with_the_values_in_their_places_is_the_text(inner: str, template: str) -> None:
    kinds: tuple[Kind, ...] = ("number", "date")
    text = unicodedata.normalize("NFC", template.replace("{}", f"1{inner.replace('{', '')}")).strip()
    for kind in kinds:
        for said in ways(text, kind):
            if "–" in said.shape:  # two values with a sign between them are printed with the sign of ranges
                continue
            together = said.shape
            for part in said.parts:
                together = together.replace("{}", part.replace("{}", ""), 1)
            assert together == text


@pytest.mark.parametrize(
    ("text", "alike"), [("Été", "ete"), ("L’an", "l'an"), ("ﬁ", "f"), ("İ", "i"), ("a\u00a0b", "a b"), ("", "")]
)
def test_a_folded_text_has_a_letter_for_each_letter(text: str, alike: str) -> None:
    assert folded(text) == alike and len(folded(text)) == len(text)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "it", "pt"])
def test_what_a_language_says_is_read_as_the_same(lang: str) -> None:
    for relation in ("<", "≤", ">", "≥", "?", "≈"):
        said = phrase(relation, lang, "date").format(2012)
        assert relation in [each.relation for each in ways(said, "date")]
