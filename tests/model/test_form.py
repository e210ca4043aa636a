"""The ids of a form: any sane one works as a fiche's key, and none meets the product's own attributes."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.model.base import validated
from synopse.model.fiche import fiche_model, read_fiche
from synopse.model.form import Form
from synopse.model.schema import schemas
from synopse.model.vocabulary import Vocabulary
from synopse.read import Scalar, read_yaml

IDS = ["_x", "model_config", "model_fields", "copy", "json", "schema", "dict", "validate", "shorthand", "span", "places",
       "construct", "from_orm", "class", "def", "None", "field_0", "field_1", "__init__", "__dict__", "durée du suivi", "durée-du-suivi",
       "durée_du_suivi", "étude", "漢字", "8", "N", "no", "l'art", "a.b", "a/b", "root", "values", "empty", "key_span"]  # fmt: skip


def form_of(ids: list[str]) -> Form:
    fields = "".join(f"      - {{id: '{name.replace(chr(39), chr(39) * 2)}'}}\n" for name in ids)
    tree, wrong = read_yaml(f"sections:\n  - id: s\n    title: S\n    fields:\n{fields}", "form.yaml")
    assert tree is not None and wrong == []
    form, wrong = validated(Form, tree)
    assert form is not None and wrong == [], wrong
    return form


def filled(ids: list[str]) -> dict[str, str]:
    """What a fiche says in each field, all fields filled with their own ids."""
    form = form_of(ids)
    lines = "".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'valeur {n}'\n" for n, name in enumerate(ids))
    tree, wrong = read_yaml("key: a\n" + lines, "a.yaml")
    assert tree is not None and wrong == []
    fiche, wrong = read_fiche(tree, fiche_model(form), form)
    assert fiche is not None and wrong == [], wrong
    return {name: value.text for name, value in fiche.values.items() if isinstance(value, Scalar)}


def test_any_sane_id_names_a_field_without_a_word_on_the_terminal() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert filled(IDS) == {name: f"valeur {number}" for number, name in enumerate(IDS)}
        assert '"model_config"' in schemas(form_of(IDS), Vocabulary(), "fr")["fiche"]


@given(
    st.lists(
        st.from_regex(r"[A-Za-zéà_0-9]{1,12}([ ._-][A-Za-zéà_0-9]{1,6}){0,2}", fullmatch=True), unique=True, max_size=6
    )
)
@settings(max_examples=60, deadline=None)
def test_ids_of_letters_digits_and_single_signs_all_work(ids: list[str]) -> None:
    ids = [name for name in ids if name not in ("key", "status", "citation", "text", "term", "terms", "page", "theme")]
    assert filled(ids) == {name: f"valeur {number}" for number, name in enumerate(ids)}


@pytest.mark.parametrize("name", ["de\u0301but", "d\u00e9but"])
def test_an_id_is_one_in_both_forms_of_unicode(name: str) -> None:
    form = form_of([name])
    for written in ("de\u0301but", "d\u00e9but"):
        tree, _ = read_yaml(f"key: a\n{written}: x\n", "a.yaml")
        assert tree is not None
        fiche, wrong = read_fiche(tree, fiche_model(form), form)
        assert fiche is not None and wrong == [] and list(fiche.values) == ["d\u00e9but"]
