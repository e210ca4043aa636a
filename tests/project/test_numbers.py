"""One sign has one meaning in the numbers of a field, or it is told."""

from __future__ import annotations

import pytest

from synopse.diagnostics import Span
from synopse.model.fiche import Fiche
from synopse.model.form import Field, Form, Section
from synopse.model.values import read_number
from synopse.project.numbers import mixed_signs
from tests.conftest import scalar

AGE = Field(id="age", type="number")
FORM = Form(sections=(Section(id="s", title={"": "S"}, fields=(AGE,)),))


def told(lang: str, *texts: str) -> list[str]:
    """The hints for numbers of one field, a fiche each."""
    values = [read_number(scalar(text), AGE, lang) for text in texts]
    fiches = [Fiche("a", Span("a.yaml"), "todo", None, {"age": value}, Span("a.yaml")) for value in values]
    return [each.hints[0] for each in mixed_signs(fiches, FORM, lang)]


@pytest.mark.parametrize(
    ("lang", "texts", "hints"),
    [
        ("de", ("61.5", "61.555"), ["write 61555 or 61,555, which have one reading"]),
        ("de", ("61.555", "1.234"), []),
        ("de", ("61,5", "61.555"), []),
        ("en", ("61,5", "1,234"), ["write 1234 or 1.234, which have one reading"]),
        ("en", ("61.5", "1,234"), []),
        ("fr", ("61.5", "61,555"), []),
    ],
)
def test_a_sign_that_means_two_things_in_a_field_is_told(lang: str, texts: tuple[str, ...], hints: list[str]) -> None:
    assert told(lang, *texts) == hints
