"""The fiche of a form: what each type of field takes, and what it gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from synopse.diagnostics import Diagnostic
from synopse.locale.dates import PartialDate
from synopse.model.base import validated
from synopse.model.fiche import Fiche, fiche_model, read_fiche
from synopse.model.form import Form
from synopse.model.values import Chosen, Dated, Number
from synopse.read import read_yaml

FORM = """
sections:
  - id: s
    title: {fr: Section, en: Section}
    fields:
      - {id: question, type: text, required: true}
      - {id: forces, type: items}
      - {id: datasets, type: terms}
      - {id: effectif, type: number}
      - {id: debut, type: date}
      - {id: plan, type: choice, choices: [essai, {id: cohorte, title: Une cohorte}]}
"""


def fiche(text: str, status: str = "partial") -> tuple[Fiche | None, list[Diagnostic]]:
    form_tree, wrong = read_yaml(FORM, "form.yaml")
    assert form_tree is not None and wrong == []
    form, wrong = validated(Form, form_tree)
    assert form is not None and wrong == []
    tree, wrong = read_yaml(f"key: a\nstatus: {status}\n{text}", "a.yaml")
    assert tree is not None and wrong == []
    return read_fiche(tree, fiche_model(form), form)


def values(text: str) -> Fiche:
    found, wrong = fiche(text)
    assert found is not None and wrong == []
    return found


def test_a_remark_is_a_text_or_says_where_it_stands_and_what_it_is_about() -> None:
    one, two, three = values(
        "forces:\n  - a\n  - {text: b, page: 14-16, theme: t}\n  - {text: c, theme: [t, u]}"
    ).remarks("forces")
    assert (one.text.text, one.page, one.themes) == ("a", "", ())
    assert (two.page, [t.text for t in two.themes]) == ("14-16", ["t"])
    assert [t.text for t in three.themes] == ["t", "u"] and three.span.line == 6


def test_terms_stand_alone_with_a_remark_or_several_with_one() -> None:
    uses = values("datasets: [A, {term: B, text: note}, {terms: [C, D], text: both}]").terms("datasets")
    assert [[t.text for t in use.terms] for use in uses] == [["A"], ["B"], ["C", "D"]]
    assert [use.text.text if use.text else "" for use in uses] == ["", "note", "both"]


@pytest.mark.parametrize(
    ("text", "value"), [("12", "12"), ("3,5", "3.5"), ("1 234.5", "1234.5"), ("-0.1", "-0.1"), ("012", "12")]
)
def test_numbers_are_read_as_people_write_them(text: str, value: str) -> None:
    number = values(f"effectif: {text}").values["effectif"]
    assert isinstance(number, Number) and number.value == Decimal(value) and number.text.text == text


@pytest.mark.parametrize("text", ["1e3", "1_000", "nan", "inf", "12 patients", "1,2,3"])
def test_what_is_no_number_is_told(text: str) -> None:
    found, wrong = fiche(f"effectif: {text}")
    assert found is None and [d.code for d in wrong] == ["not-a-number"]


def test_a_date_keeps_its_precision() -> None:
    dated = values("debut: 2025-03").values["debut"]
    assert isinstance(dated, Dated) and dated.value == PartialDate(2025, 3)


def test_a_choice_is_one_of_the_forms() -> None:
    choice = values("plan: cohorte").values["plan"]
    assert isinstance(choice, Chosen) and choice.id == "cohorte" and choice.text.text == "cohorte"


def test_empty_fields_are_not_filled() -> None:
    found = values("question:\nforces:\n  -\ndatasets: []")
    assert found.values == {} and [name for name, _ in found.empty] == ["question", "forces", "datasets"]


def test_everything_wrong_is_told_at_once_in_its_place() -> None:
    _, wrong = fiche("question: [a]\nforces: b\neffectif: c\nplan: d\nforce: e")
    assert sorted((d.span.line, d.code) for d in wrong) == [
        (3, "yaml-bracket"), (4, "text-for-list"), (5, "not-a-number"), (6, "wrong-choice"), (7, "unknown-field")]  # fmt: skip


@pytest.mark.parametrize(
    ("remark", "text"),
    [
        ("Forces : analyse  # à relire", "Forces : analyse"),
        ("Forces : analyse\n  # à relire", "Forces : analyse"),
        ("Forces :", "Forces :"),
        ("Forces :  # à relire", "Forces :"),
        ("? Que dire", "? Que dire"),
        ("Note : a  # note", "Note : a"),
        ('Forces : "une analyse"  # note', 'Forces : "une analyse"'),
    ],
)
def test_a_remark_with_a_colon_is_its_own_words_without_the_comment_behind_it(remark: str, text: str) -> None:
    found, wrong = fiche(f"forces:\n  - {remark}\n  - b")
    assert found is not None and [d.code for d in wrong] == ["yaml-colon-key"]
    assert [each.text.text for each in found.remarks("forces")] == [text, "b"]
