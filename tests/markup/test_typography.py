"""No line ends inside guillemets, before a high sign or in "et al.", whatever space was typed there."""

from __future__ import annotations

import pytest

from synopse.markup.typography import held


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("plus « humaines ».", "plus «~humaines~»."),
        ("Vrai ; faux : non ! oui ?", "Vrai~; faux~: non~! oui~?"),
        ("Keller et al. (2018)", "Keller et~al. (2018)"),
        ("(« ainsi »)", "(«~ainsi~»)"),
        ("met al. et allons", "met al. et allons"),
        ("a :b ;c", "a :b ;c"),
        ("rien", "rien"),
    ],
)
def test_a_space_before_a_sign_that_begins_no_line_holds(typed: str, printed: str) -> None:
    assert held(typed).replace("\u00a0", "~") == printed
