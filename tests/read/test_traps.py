"""What YAML refuses is told with what was likely meant: a key set in too far, a list that is not closed, a missing space."""

from __future__ import annotations

import pytest

from synopse.read import Mapping, Scalar, read_yaml


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("n: 12\n  outils: [A]\n", "yaml-colon", 'if "outils" is a key, begin its line where the keys above begin'),
        ("n: 12\noutils: [A, B\nm: 3\n", "yaml-bracket", "if it is a list or a mapping, close it: [A, B]"),
        ("n: 12\noutils: {a: B\nm: 3\n", "yaml-brace", "if it is a list or a mapping, close it: {a: B}"),
        ("n: 12\nniveau:[A]\nm: 3\n", "yaml-syntax", 'put a space after the colon: "niveau: [A]"'),
        ("n: 12\nniveau:haut\nm: 3\n", "yaml-syntax", 'put a space after the colon: "niveau: haut"'),
    ],
)
def test_a_slip_of_the_keyboard_is_told_with_what_was_meant(text: str, code: str, hint: str) -> None:
    _, found = read_yaml(text, "f.yaml")
    assert found[0].code == code
    assert found[0].span.line == 2
    assert any(each.startswith(hint) for each in found[0].hints), found[0].hints


@pytest.mark.parametrize(
    "text", ["n: plus de 150\n  outils: [A]\n", "n: Essai: deux bras: fin\n", "n: a\n  b: c\n  d: e\n"]
)
def test_a_value_that_was_read_on_holds_what_was_typed_and_no_sign_of_ours(text: str) -> None:
    tree, found = read_yaml(text, "f.yaml")
    assert found and isinstance(tree, Mapping)
    value = tree.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.text == " ".join(text.removeprefix("n: ").split())


def test_a_mapping_that_is_not_closed_is_told_at_its_own_line_alone() -> None:
    text = "resultats:\n  - {text: Un, theme: validite\n  - {text: Deux, theme: retroaction}\nforces: []\n"
    _, found = read_yaml(text, "f.yaml")
    assert {each.span.line for each in found} == {2}
    assert found[0].hints[0] == "if it is a list or a mapping, close it: {text: Un, theme: validite}"
