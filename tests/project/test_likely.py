"""Mistakes that people make between the sources: what is said of each is what they meant, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.diagnostics import Diagnostic
from synopse.synthesis.table import Table
from tests.render.pieces import frame
from tests.synthesis.corpus import BIB, FICHES, SYNTHESIS, VOCABULARY, small

COMMA = VOCABULARY.replace("techniques:\n", 'techniques:\n    - "Grilles, rubriques"\n    - "A, B, C"\n    - A\n')


def said(root: Path, code: str, fiche: str = "", **changed: str) -> list[Diagnostic]:
    """What a small project is told under one code; `fiche` is the whole first fiche."""
    first = next(iter(FICHES))
    found = small(root, {**FICHES, first: fiche} if fiche else FICHES, **changed).problems
    return [each for each in found if each.code == code and (not fiche or each.span.file.endswith(f"/{first}.yaml"))]


@pytest.mark.parametrize(
    ("terms", "shown", "name"),
    [
        ("[Grilles, rubriques]", '"Grilles" and "rubriques" are taken for 2 terms', "Grilles, rubriques"),
        ("[grilles, Rubriques]", '"grilles" and "Rubriques" are taken for 2 terms', "grilles, Rubriques"),
        ("[A, B, C]", '"A" and "B" and "C" are taken for 3 terms', "A, B, C"),
        ("[A, Grilles, rubriques]", '"Grilles" and "rubriques" are taken for 2 terms', "Grilles, rubriques"),
    ],
)
def test_a_comma_that_parts_a_known_name_in_a_list_is_told_once(
    tmp_path: Path, terms: str, shown: str, name: str
) -> None:
    (found,) = said(tmp_path, "unknown-term", f"status: partial\ntechniques: {terms}", vocabulary=COMMA)
    assert found.message.startswith(shown) and found.hints == (
        f'in a list, put a name with a comma in quotes: "{name}"',
    )


def test_terms_that_are_each_unknown_are_told_one_by_one(tmp_path: Path) -> None:
    found = said(tmp_path, "unknown-term", "status: partial\ntechniques: [Grilles, autres]", vocabulary=COMMA)
    assert len(found) == 2


def test_a_list_of_terms_that_no_field_draws_on_is_told_with_the_field_that_is_meant(tmp_path: Path) -> None:
    (found,) = said(tmp_path, "unused-terms", vocabulary=VOCABULARY.replace("  techniques:", "  technique:"))
    assert found.span.file == "sources/vocabulary.yaml" and found.hints == ('did you mean "techniques"?',)
    assert said(tmp_path / "sound", "unused-terms") == []


def test_a_fiche_that_is_not_there_is_offered_only_where_its_reference_is(tmp_path: Path) -> None:
    session = small(tmp_path, {})
    report = tmp_path / "sources/report.yaml"
    report.write_text(report.read_text("utf-8").replace("fiches: []", "fiches: [nowhere2020, only2020]"), "utf-8")
    bib = BIB + "@article{only2020, author={Un, A}, title={T}, date={2020}}\n"
    (tmp_path / "bib/a.bib").write_text(bib, "utf-8")
    from synopse.build.session import Session

    assert session.root == tmp_path
    hints = [each.hints[0] for each in Session(tmp_path).problems if each.code == "unknown-fiche"]
    assert hints[0].startswith("bib/ has no such reference either") and hints[1] == "doit new --key only2020 writes one"


def test_a_field_that_is_called_by_its_title_is_told_its_key(tmp_path: Path) -> None:
    (found,) = said(tmp_path, "unknown-field", "status: partial\nTechniques: [SFT]")
    assert found.hints == ('this is the title of the field "techniques": write techniques',)


@pytest.mark.parametrize(("target", "known"), [("#nulle-part", False), ("#tie2052", False), ("#synthesis", True), ("#timeline", True), ("#KEY", True)])  # fmt: skip
def test_a_link_that_leads_to_no_place_of_the_report_is_told_and_one_that_does_is_not(
    tmp_path: Path, target: str, known: bool
) -> None:
    target = target.replace("KEY", list(FICHES)[1])
    found = said(tmp_path, "unknown-target", f"status: partial\nlimites:\n  - 'Voir [là]({target}).'")
    assert [each.span.line for each in found] == ([] if known else [4])


@pytest.mark.parametrize("nothing", ["-", "*", ">", "1.", "—", "[^1]: Une note seule.", "- -", "#"])
def test_a_remark_of_a_lone_sign_is_counted_and_printed_as_it_was_typed(tmp_path: Path, nothing: str) -> None:
    remark = f"  - {{text: '{nothing}', theme: cout}}\n"
    fiche = f"status: partial\nforces:\n{remark}limites:\n{remark}"
    session = small(tmp_path, {**FICHES, next(iter(FICHES)): fiche})
    parts, _ = session.synthesis
    told = [part for part in parts if isinstance(part, Table) and part.kind in ("recurrence", "agreement", "compare")]
    shown = [cell.text for part in told for row in part.rows for cell in row.cells]
    assert any(nothing in text for text in shown), shown


def test_a_review_before_its_first_fiche_makes_every_kind_and_no_empty_list(tmp_path: Path) -> None:
    session = small(tmp_path, {}, synthesis=SYNTHESIS)
    assert [each for each in session.problems if each.severity == "error"] == []
    parts, _ = session.synthesis
    assert parts
    files, found = frame(session)
    body = files["body.tex"]
    assert [each for each in found if each.severity == "error"] == []
    assert r"\begin{enumerate}" not in body or r"\item" in body
