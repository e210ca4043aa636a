"""Options of the kinds: what a kind takes it uses, what it does not take is an error at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.diagnostics import Diagnostic
from synopse.locale import LANGUAGES, catalogue
from synopse.model.form import Form
from synopse.model.report import Synthesis
from synopse.synthesis.check import COLUMNS, _meant
from synopse.synthesis.kind import EVERY
from synopse.synthesis.kinds import kinds
from synopse.synthesis.kinds.characteristics import BUILT_IN
from tests.conftest import ROOT
from tests.synthesis.measured import FORM, review

KINDS = kinds()
VALUES = {
    "caption": "Légende", "text": "Texte", "note": "Note", "alt": "Image", "field": "plan", "fields": "[plan]", "columns": "[n]",
    "rows": "plan", "against": "[forces]", "papers": "[adam2020]", "where": "{plan: rct}", "order": "date", "sort": "vocabulary",
    "least": "2", "arms": "true", "id": "un-id", "title": "Titre",
}  # fmt: skip
SOUND = {
    "heading": "title: T", "matrix": "field: plan", "compare": "fields: [n]", "recurrence": "field: plan", "gaps": "rows: plan, field: risque",
    "agreement": "fields: [forces], against: [issues]", "heatmap": "field: plan", "bars": "field: plan", "bubbles": "rows: plan, field: risque",
}  # fmt: skip


def told(root: Path, *parts: str) -> list[list[Diagnostic]]:
    """What is told of each part of a synthesis."""
    report = review(root, "".join(f"  - {{{part}}}\n" for part in parts)).project
    assert report.report is not None, report.diagnostics
    lines = [part.span.line for part in report.report.synthesis]
    found = [each for each in report.diagnostics if each.span.file == "sources/report.yaml"]
    return [[each for each in found if each.span.line == line and each.code != "duplicate-id"] for line in lines]


def here(root: Path, diagnostic: Diagnostic) -> str:
    """The text at the place of a diagnostic."""
    line = (root / diagnostic.span.file).read_text("utf-8").split("\n")[diagnostic.span.line - 1]
    return line[diagnostic.span.column - 1 :]


def test_the_table_of_kinds_is_whole() -> None:
    options = set(Synthesis.model_fields) - {"span", "places"}
    assert options == set(VALUES) | {"kind"} == {name for each in KINDS.values() for name in (*EVERY, *each.options)}


def test_the_readme_names_every_kind_and_option() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme[readme.index("### Choose the syntheses") : readme.index("### Change the look")]
    for name in (*KINDS, *(option for each in KINDS.values() for option in (*EVERY, *each.options))):
        assert f"`{name}" in table or f"`{{{name}" in table, name
    for kind in KINDS.values():
        row = next(
            line for line in table.split("\n") if line.startswith("| `") and f"`{kind.name}`" in line.split(" | ")[0]
        )
        assert row.split(" | ")[1] in (kind.shows, kind.shows.removesuffix(", as bubbles")), kind.name


@pytest.mark.parametrize("kind", KINDS)
def test_an_option_that_a_kind_does_not_take_is_told_at_its_place(kind: str, tmp_path: Path) -> None:
    others = [name for name in VALUES if name not in (*EVERY, *KINDS[kind].options)]
    start = f"kind: {kind}, " + (SOUND[kind] + ", " if kind in SOUND else "")
    for name, found in zip(others, told(tmp_path, *(f"{start}{name}: {VALUES[name]}" for name in others)), strict=True):
        (error,) = found
        assert (error.code, error.severity) == ("synthesis-option", "error")
        assert error.message == f'the kind "{kind}" takes no "{name}"' and error.hints
        assert here(tmp_path, error).startswith(f"{name}: {VALUES[name]}")


@pytest.mark.parametrize("kind", KINDS)
def test_an_option_that_a_kind_takes_is_no_error(kind: str, tmp_path: Path) -> None:
    own = {"numbers": {"field": "n", "fields": "[n]"}, "timeline": {"field": "debut"}}.get(kind, {})
    parts = []
    for name in KINDS[kind].options:
        given = SOUND.get(kind, "")
        if name == "fields" and kind in ("recurrence", "heatmap", "bars"):
            given = ""
        option = f"{name}: {(VALUES | own)[name]}"
        parts.append(", ".join([f"kind: {kind}", *filter(None, [given]), *([] if f"{name}:" in given else [option])]))
    assert [found for found in told(tmp_path, *parts) if found] == []


FIELDS = {"text": "question", "items": "forces", "terms": "issues", "choice": "plan", "number": "n", "date": "debut"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].types])
def test_a_field_of_a_type_that_a_kind_cannot_use_is_told(kind: str, tmp_path: Path) -> None:
    assert all(f"id: {name}" in FORM for name in FIELDS.values())
    both = kind in ("gaps", "bubbles", "agreement")
    for option, types in KINDS[kind].types.items():
        rest = [each for each in SOUND[kind].split(", ") if not each.startswith(f"{option}:")] if both else []
        listed = "[{}]" if option in ("fields", "against") else "{}"
        parts = [", ".join([f"kind: {kind}", *rest, f"{option}: {listed.format(name)}"]) for name in FIELDS.values()]
        for type_of, found in zip(FIELDS, told(tmp_path, *parts), strict=True):
            if type_of in types:
                assert found == []
                continue
            (error,) = found
            assert error.code == "synthesis-field" and f"of type {type_of}" in error.message
            assert here(tmp_path, error).startswith(FIELDS[type_of])


@pytest.mark.parametrize("kind", ["heatmap", "bars", "recurrence"])
def test_a_choice_is_counted_alone_and_several_fields_for_their_themes(kind: str, tmp_path: Path) -> None:
    fields = ("fields: [forces, issues]", "fields: [plan]", "fields: [forces, plan]", "field: plan, fields: [forces]")
    themes, alone, mixed, both = told(tmp_path, *(f"kind: {kind}, {each}" for each in fields))
    assert themes == alone == []
    assert [(each.code, "takes alone" in each.message) for each in mixed] == [("synthesis-field", True)]
    assert [(each.code, '"field" and "fields"' in each.message) for each in both] == [("synthesis-option", True)]


def test_what_a_kind_needs_is_asked_for(tmp_path: Path) -> None:
    for found in told(tmp_path, *(f"kind: {kind}" for kind in SOUND)):
        assert found and {each.code for each in found} == {"missing-field"}


CODES = ("synthesis-field", "wrong-choice")


def hints(root: Path, part: str) -> str:
    """What is advised where a part names something that is none."""
    review(root, f"  - {{{part}}}\n")
    return " ".join(hint for each in Session(root).problems for hint in each.hints if each.code in CODES)


@pytest.mark.parametrize("column", BUILT_IN)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_a_column_in_any_language_leads_to_its_name(column: str, lang: str) -> None:
    form = Form.model_construct(sections=())
    found = _meant(catalogue(lang)[f"column.{column}"].upper(), form, COLUMNS)
    assert column in found and found.startswith("write ")


def test_a_column_that_is_none_is_told_with_the_columns_that_are_no_fields(tmp_path: Path) -> None:
    assert hints(tmp_path, "kind: characteristics, columns: [Jahr]") == "write year"
    assert hints(tmp_path, "kind: characteristics, columns: [Effectif]") == "write n"
    listed = hints(tmp_path, "kind: characteristics, columns: [zzzzzz]")
    assert all(name in listed for name in (*BUILT_IN, "risque"))
    assert "authors" not in hints(tmp_path, "kind: matrix, field: zzzzzz")


@pytest.mark.parametrize(
    ("typed", "advised"),
    [
        ("jahr", "write date"),
        ("Année", "write date"),
        ("year", "write date"),
        ("título", "write title"),
        ("zzz", "one of: report, date, author, title, key"),
    ],
)
def test_an_order_that_is_called_by_the_title_of_a_column_is_told(typed: str, advised: str, tmp_path: Path) -> None:
    assert hints(tmp_path, f"kind: characteristics, order: '{typed}'") == advised
