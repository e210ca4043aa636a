"""References from prose to tables, pictures, fiches and sections by their numbers: read, checked, said in the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.markup.tree import Cite, Ref, walk
from synopse.render.latex.linemap import without_marks
from tests.conftest import scalar
from tests.render.pieces import frame
from tests.synthesis.corpus import small


def introduced(root: Path, text: str, lang: str = "fr") -> Session:
    """The small review with an introduction."""
    small(root)
    path = root / "sources/report.yaml"
    path.write_text(
        f"introduction: |\n  {text}\n" + path.read_text("utf-8").replace("lang: fr", f"lang: {lang}"), "utf-8"
    )
    return Session(root)


@pytest.mark.parametrize(
    ("written", "latex"),
    [
        ("[@tab:coverage]", r"\hyperref[table:coverage]{tableau~\ref*{table:coverage}}"),
        ("@tbl:coverage", r"\hyperref[table:coverage]{tableau~\ref*{table:coverage}}"),
        ("[@fig:timeline]", r"\hyperref[figure:timeline]{figure~\ref*{figure:timeline}}"),
        ("[@fiche:alpha2023]", r"\hyperref[to:alpha2023]{section~\ref*{to:alpha2023}}"),
        ("[@sec:synthesis]", r"\hyperref[to:synthesis]{section~\ref*{to:synthesis}}"),
        ("[@sec:coverage]", r"\hyperref[to:coverage]{section~\ref*{to:coverage}}"),
    ],
)
def test_a_reference_is_a_link_with_the_number_in_the_readers_language(
    tmp_path: Path, written: str, latex: str
) -> None:
    session = introduced(tmp_path, f"Comme dit {written}, on voit.")
    assert [each for each in session.problems if each.code in ("unknown-target", "unknown-citation")] == []
    assert latex in frame(session)[0]["body.tex"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("[@tab:timeline]", "write [@fig:timeline]"),
        ("[@fig:coverage]", "write [@tab:coverage]"),
        ("[@tab:coverag]", "coverage"),
        ("[@fiche:alpha2032]", "alpha2023"),
        ("[@sec:nowhere]", "the report's are"),
    ],
)
def test_a_reference_that_names_nothing_or_another_thing_is_told_at_its_place(
    tmp_path: Path, written: str, hint: str
) -> None:
    (found,) = [each for each in introduced(tmp_path, f"Voir {written}.").problems if each.code == "unknown-target"]
    assert hint in found.hints[0] and (found.span.file, found.span.line) == ("sources/report.yaml", 2)


@pytest.mark.parametrize("written", ["[@table2020]", "[@tab2020]", "[voir @fig:a, p. 3]", "[@fig:a; @b]", "[@other:a]"])
def test_what_only_looks_like_a_reference_stays_a_citation(tmp_path: Path, written: str) -> None:
    session = introduced(tmp_path, "Un mot.")
    inlines = list(walk(session.project.texts.blocks(scalar(written))))
    assert any(isinstance(each, Cite) for each in inlines) and not any(isinstance(each, Ref) for each in inlines)


def test_a_table_without_rows_can_be_referred_to(tmp_path: Path) -> None:
    small(tmp_path, {}, synthesis="  - {kind: coverage}\n")
    session = Session(tmp_path)
    from tests.render.pieces import part_text

    assert r"\label{table:coverage}" in without_marks(part_text(session, 1)[0])[0]


def test_the_abstract_stands_in_each_of_its_languages_with_keywords_and_version(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "sources/report.yaml"
    more = 'version: 1.2\ndate: 2025-04\nkeywords: [un, deux]\nabstract: {fr: "Un « mot » ?", en: A "word".}\n'
    path.write_text(more + path.read_text("utf-8"), "utf-8")
    session = Session(tmp_path)
    assert session.problems == [each for each in session.problems if each.severity != "error"]
    files, found = frame(session)
    body, preamble = files["body.tex"], files["preamble.tex"]
    assert found == [] and "Version 1.2 · avril 2025" in body
    assert (
        body.index(r"\section*{Résumé}")
        < body.index(r"\begin{otherlanguage}{english}")
        < body.index(r"\section*{Abstract}")
    )
    assert (
        "A “word”." in body
        and r"\babelprovide[import=en]{english}" in preamble
        and "pdfkeywords={un, deux}" in preamble
    )


def test_an_abstract_in_no_known_language_is_told(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "sources/report.yaml"
    path.write_text("abstract: {xx: Rien.}\n" + path.read_text("utf-8"), "utf-8")
    assert "wrong-choice" in {each.code for each in Session(tmp_path).problems}


@pytest.mark.parametrize("where", ["body", "appendix", "none"])
def test_fiches_stand_where_they_are_asked_for_and_links_to_them_lead_somewhere(tmp_path: Path, where: str) -> None:
    small(tmp_path)
    path = tmp_path / "sources/report.yaml"
    path.write_text(f"fiches_in: {where}\n" + path.read_text("utf-8"), "utf-8")
    body = frame(Session(tmp_path))[0]["body.tex"]
    assert (r"\input{fiches/alpha2023}" in body) is (where != "none")
    assert (r"\phantomsection\label{fiche:alpha2023}" in body) is (where == "none")
    assert (r"\appendix" in body) is (where == "appendix")
    if where == "appendix":
        assert body.index(r"\appendix") < body.index(r"\input{fiches/alpha2023}")
