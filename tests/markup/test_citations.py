"""What stands after a key in brackets: which words and numbers are a locator, in any language, and which are words."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue
from synopse.markup.citations import end_of_group, parse_group, parse_locator
from synopse.markup.cited import cited_as
from synopse.markup.tree import Cite
from synopse.render.latex.writer import LatexWriter


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (", p. 12", "page", "12"), (", p.12", "page", "12"), (", pp. 12-14", "page", "12–14"), (", p. 12 à 14", "page", "12–14"),
        (", p. 12 to 14", "page", "12–14"), (", 12", "page", "12"), (", 12-14, 18", "page", "12–14, 18"), (" xiv", "page", "xiv"),
        (", xiv-xvi", "page", "xiv–xvi"), (", p. XII", "page", "XII"), (", S12", "page", "S12"), (", p. e12345", "page", "e12345"),
        (", S. 12", "page", "12"), (", chap. 3", "chapter", "3"), (", Kap. 3", "chapter", "3"), (", cap. 4", "chapter", "4"),
        (", § 3", "section", "3"), (", §§ 3-4", "section", "3–4"), (", sez. 2", "section", "2"), (", ¶ 4", "paragraph", "4"),
        (", fig. 2a", "figure", "2a"), (", Abb. 4", "figure", "4"), (", tab. 3", "table", "3"), (", annexe B", "appendix", "B"),
        (", n. 3", "note", "3"), (", Anm. 2", "note", "2"), (", eq. 3", "equation", "3"), (", l. 3", "line", "3"),
    ],
)  # fmt: skip
def test_a_locator_is_understood_whole(text: str, kind: str, value: str) -> None:
    locator, rest = parse_locator(text)
    assert locator is not None and (locator.kind, locator.value, rest) == (kind, value, "")


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [(", p. 12, et passim", "12", ", et passim"), (", vol. 2, p. 3", "2", ", p. 3"), (", 12 et suivantes", "12", "et suivantes"),
     (", pages 3 et 4", "3", "et 4"), (", p. 12 sq.", "12", "sq."), (", 12e", "12e", ""), (", S. 12f.", "12f.", ""), (", 12ff.", "12ff.", ""),
     (", Abb. 3, S. 4", "3", ", S. 4"), (", p. 12, l. 5", "12", ", l. 5"), (", p. 12, A. Martin", "12", ", A. Martin"),
     (", S. 12, 2. Aufl.", "12", ", 2. Aufl."), (", p. 12, i.e. ici", "12", ", i.e. ici"), (", p. 12, 40 patients", "12", ", 40 patients"),
     (", 12, 14 et 18", "12, 14", "et 18"), (", Kap. 2.3.", "2.3.", ""), (", p. A-12", "A-12", ""), (", p. 12--15", "12–15", "")],
)  # fmt: skip
def test_what_follows_a_locator_is_kept(text: str, value: str, rest: str) -> None:
    locator, kept = parse_locator(text)
    assert locator is not None and (locator.value, kept) == (value, rest)


PRINTED = [
    ("de", "§ 40 Abs. 1", "§ 40 Abs. 1"), ("fr", "§§ 3-5", "§§ 3–5"), ("de", "Rn. 12", "Rn. 12"), ("de", "S. 12f.", "S. 12f."),
    ("de", "Abb. 3, S. 4", "Abb. 3, S. 4"), ("fr", "p. 12, fig. 3", "p. 12, fig. 3"), ("en", "chapter 3", "chapter 3"), ("de", "chapter 3", "Kap. 3"),
    ("de", "Fn. 4", "Fn. 4"), ("en", "Fn. 4", "n. 4"), ("de", "Kap 3", "Kap. 3"), ("fr", "S. 12 ff.", "p. 12 ff."), ("en", "¶ 4", "¶ 4"),
    ("fr", "5 %", "5 %"), ("fr", "vol. II: 3", "vol. II: 3"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "typed", "printed"), PRINTED)
def test_a_place_is_printed_as_it_was_typed_but_for_a_word_of_another_language(
    lang: str, typed: str, printed: str
) -> None:
    keys = parse_group(f"@a, {typed}")
    assert keys is not None
    said = cited_as({"a": "Lee (2022)"}, catalogue(lang))(Cite(keys)).replace("\u00a0", " ")
    assert said == f"(Lee 2022, {printed})"
    assert LatexWriter(catalogue(lang)).inlines((Cite(keys),)).count(printed.split(" ", 1)[1].split(",")[0]) == 1


@pytest.mark.parametrize(
    "words",
    ["de Paris", "voir aussi", "vingt", "dix", "dix autres", "A", "directrices", "mix", ": une suite", "2nd ed.", "2e édition",
     "3rd revised edition", "1ª edição"],
)  # fmt: skip
def test_words_are_no_locator(words: str) -> None:
    assert parse_locator(f", {words}") == (None, words)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("@a", [("a", "", "")]),
        ("@a; @b", [("a", "", ""), ("b", "", "")]),
        ("voir @a, p. 2; aussi @b", [("a", "voir", ""), ("b", "aussi", "")]),
        ("@{a b; c}, et la suite", [("a b; c", "", "et la suite")]),
        ("-@a", [("a", "", "")]),
        ("@{a--b_c.d}", [("a--b_c.d", "", "")]),
    ],
)
def test_a_group_has_its_keys_with_what_stands_around_them(text: str, keys: list[tuple[str, str, str]]) -> None:
    group = parse_group(text)
    assert group is not None and [(each.key, each.prefix, each.suffix) for each in group] == keys
    assert [each.key for each in group if each.no_author] == (["a"] if text.startswith("-") else [])


@pytest.mark.parametrize("text", ["", "à vérifier", "mail@example.org", "@", "@a; rien", "x; @a", "@a;"])
def test_what_holds_no_key_in_a_part_is_no_citation(text: str) -> None:
    assert parse_group(text) is None


@pytest.mark.parametrize(("text", "end"), [("[@a]", 3), ("[@{a]b}]", 7), ("[@a", -1), ("[@{a]", 4), ("[[a]", 3)])
def test_a_group_ends_at_its_bracket_and_not_in_a_key(text: str, end: int) -> None:
    assert end_of_group(text, 0, len(text)) == end
