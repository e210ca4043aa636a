"""The located tree: every value knows its place, whatever was typed; nothing is raised."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synopse.read import Mapping, Scalar, Sequence, decode, read_yaml


def read(text: str) -> Mapping:
    tree, found = read_yaml(text, "f.yaml")
    assert found == [] and isinstance(tree, Mapping)
    return tree


def test_values_know_their_line_and_column() -> None:
    tree = read("a: b\nc:\n  - d\n  - é: ok\n")
    items = tree.get("c")
    assert isinstance(items, Sequence)
    assert str(items.items[0].span) == "f.yaml:3:5"
    inner = items.items[1]
    assert isinstance(inner, Mapping) and str(inner.entries[0][1].span) == "f.yaml:4:8"


def test_words_stay_the_words_they_are() -> None:
    tree = read("a: no\nb: on\nc: 2025-03\nd: 1e3\ne: 012\nf: 1_000\n")
    assert [value.text for _, value in tree.entries if isinstance(value, Scalar)] == [
        "no", "on", "2025-03", "1e3", "012", "1_000"]  # fmt: skip


def test_a_place_inside_a_block_is_that_of_the_source() -> None:
    value = read("x: 1\ntext: |\n  Une ligne.\n  Voir @clé ici.\n").get("text")
    assert isinstance(value, Scalar)
    at = value.text.index("@clé")
    span = value.place(at, at + 4)
    assert (span.line, span.column, span.end_line, span.end_column) == (4, 8, 4, 12)


def test_a_place_inside_quotes_with_escapes_is_that_of_the_source() -> None:
    value = read('text: "un \\"mot\\" et @clé"\n').get("text")
    assert isinstance(value, Scalar)
    at = value.text.index("@clé")
    assert value.place(at).column == 22


def test_a_place_inside_a_folded_text_is_that_of_the_source() -> None:
    value = read("text: un texte\n  qui continue @ici\n").get("text")
    assert isinstance(value, Scalar)
    assert (value.place(value.text.index("@")).line, value.place(value.text.index("@")).column) == (2, 16)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    text, found = decode(data, "f.yaml")
    tree, wrong = read_yaml(text, "f.yaml")
    for diagnostic in found + wrong:
        assert diagnostic.span.line >= 1 and diagnostic.span.column >= 1
    assert tree is None or tree.span.file == "f.yaml"


@given(st.text(alphabet="abé:- \n\t'\"[]{}*&!%@`|>#,?~=", max_size=80))
@settings(max_examples=500, deadline=None)
@example("!!%%|!?{:")
def test_no_text_of_yamls_own_signs_raises(text: str) -> None:
    _tree, found = read_yaml(text, "f.yaml")
    assert all(diagnostic.span.file == "f.yaml" for diagnostic in found)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_what_a_hint_shows_is_read_as_the_text_it_is(text: str) -> None:
    from synopse.read.encoding import without_controls
    from synopse.read.traps import as_quoted

    clean, found = without_controls(
        text.replace("\r", "").replace("\x85", "").replace("\u2028", "").replace("\u2029", ""), "f"
    )
    clean = " ".join(clean.split())
    if found or not clean:
        return
    tree, wrong = read_yaml("x: " + as_quoted(clean) + "\n", "f.yaml")
    assert wrong == [] and isinstance(tree, Mapping)
    value = tree.get("x")
    assert isinstance(value, Scalar) and value.text.strip() == clean


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_is_read_as_a_space_and_told_at_its_place(character: str) -> None:
    clean, found = decode(f"a: b\nq: un{character}mot\n".encode(), "f.yaml")
    assert clean == "a: b\nq: un mot\n"
    assert [(each.code, each.span.line, each.span.column) for each in found] == [("line-separator", 2, 6)]
