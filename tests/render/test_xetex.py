"""What XeTeX is told of letters that the text font lacks, or that run from right to left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.markup.fonts import SHAPED, TEX_LIVE, fallbacks, font_for, script_of
from synopse.render.latex.xetex import classes, is_leftward, with_directions


def test_letters_of_the_text_font_are_in_no_class() -> None:
    assert classes("abcéœŁΩя—«»½") == []


def test_a_class_holds_letters_of_one_font_one_script_and_one_direction() -> None:
    made = classes("aאבהिคข漢字한")
    assert len({each.name for each in made}) == len(made)
    for each in made:
        letters = [chr(int(point, 16)) for point in each.points]
        assert {is_leftward(letter) for letter in letters} == {each.leftward}
        assert {font_for(letter, TEX_LIVE) for letter in letters if each.file} <= set(fallbacks(letters, TEX_LIVE)[0])
        if each.script:
            assert {script_of(letter) for letter in letters} == {each.script}
    assert ("", True) in {(each.file, each.leftward) for each in made}  # Libertine has Hebrew


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_every_letter_that_a_font_has_is_in_one_class_or_set_simply(text: str) -> None:
    points = [point for each in classes(text) for point in each.points]
    assert len(points) == len(set(points))
    _, missing = fallbacks(text, TEX_LIVE)
    assert not {f"{ord(letter):04X}" for letter in missing} & set(points)


@pytest.mark.parametrize(
    ("typed", "set_so"),
    [
        ("a עולם b", "a עולם b"),
        ("a שלום עולם b", r"a \synopsertl{שלום עולם} b"),
        ("שלום, עולם.", r"\synopsertl{שלום, עולם}."),
        (r"\textbf{שלום עולם}", r"\textbf{\synopsertl{שלום עולם}}"),
        (r"שלום \emph{עולם}", r"שלום \emph{עולם}"),
        ("no letters", "no letters"),
    ],
)
def test_a_phrase_that_runs_leftward_is_marked_as_one(typed: str, set_so: str) -> None:
    assert with_directions(typed) == set_so


def test_every_shaped_script_has_letters_whose_names_begin_with_it() -> None:
    for name in SHAPED:
        assert any(script_of(chr(point)) == name for point in range(0x590, 0x1F000)), name
