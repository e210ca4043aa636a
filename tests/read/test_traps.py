"""What YAML refuses is told with what was likely meant: a key set in too far, a list that is not closed, a missing space."""

from __future__ import annotations

import pytest

from synopse.read import Mapping, Scalar, Sequence, read_yaml
from synopse.read.tree import Node


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


IN_FLOW = [
    ("- {text: Véase [@a2021, cap. 3] y más, theme: m}", "- {text: 'Véase [@a2021, cap. 3] y más', theme: m}"),
    ("m: [A, {term: B, text: See [@x] now, page: 3}, C]", "m: [A, {term: B, text: 'See [@x] now', page: 3}, C]"),
    ("- {text: Ranked # 1, page: 3}", "- {text: 'Ranked # 1', page: 3}"),
    ("- {text: Note: see, theme: x}", "- {text: 'Note: see', theme: x}"),
    ("- {text: *foo* bar, theme: [a, b]}", "- {text: '*foo* bar', theme: [a, b]}"),
    ("- {text: @doe says 'so', theme: x}", "- {text: \"@doe says 'so'\", theme: x}"),
    ("- {id: t1, title: First [x], design: rct}", "- {id: t1, title: 'First [x]', design: rct}"),
    ("- {text: a [b, theme: x}", "- {text: 'a [b', theme: x}"),
    ("- {text: {{ n }} x, theme: y}  # c", "- {text: '{{ n }} x', theme: y}  # c"),
    ("- [{text: a [b]}, {text: 'c', page: 1}, {text: d {e}}]", "- [{text: 'a [b]'}, {text: 'c', page: 1}, {text: 'd {e}'}]"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fixed"), IN_FLOW)
def test_of_a_mapping_in_braces_the_text_alone_is_shown_in_quotes_and_nothing_is_lost(line: str, fixed: str) -> None:
    read, found = read_yaml(line + "\n- b\n" if line[0] == "-" else line + "\n", "f.yaml")
    assert [hint for each in found for hint in each.hints] == [f"write the text in quotes:\n{fixed}"]
    meant, wrong = read_yaml(fixed + "\n- b\n" if line[0] == "-" else fixed + "\n", "f.yaml")
    assert wrong == [] and words(read) == words(meant)


def words(node: Node | None) -> object:
    """A tree without its places."""
    if isinstance(node, Sequence):
        return [words(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: words(value) for key, value in node.entries}
    return node.text if node else None
