"""Letters whose marks stand apart, as macOS and many PDFs have them, name the same things as those that are one sign."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.ground.files import as_named
from synopse.ground.letters import composed
from synopse.read.tree import Mapping, Scalar
from synopse.read.yaml import read_yaml
from tests.diagnostics.cases import problems, write_project

REVIEW = {
    "sources/form.yaml": """sections:
  - id: s
    title: Abschnitt
    fields:
      - {id: größe, type: terms}
      - {id: mängel, type: items}
      - {id: förderung, type: choice, choices: [öffentlich, privat]}
""",
    "sources/vocabulary.yaml": "terms:\n  größe: [Ernährung]\nthemes: [kräftig]\n",
    "bib/a.bib": "@misc{müller, author={Un, Ü}, title={Titre}, date={2025}}\n@misc{b, author={De, Ux}, title={T}, date={2024}}\n",
    "sources/report.yaml": """title: V
lang: de
fiches: [müller, b]
chapters: [{title: Über, file: über.md}]
synthesis: [{id: x, title: T, kind: matrix, field: größe, where: {förderung: öffentlich}}]
""",
    "sources/über.md": "Wie [@müller] sagt.\n",
    "sources/fiches/b.yaml": "key: b\nstatus: partial\ngröße: [Ernährung]\nmängel: [{text: eins, theme: kräftig}]\n",
    "sources/fiches/a.yaml": "key: müller\nstatus: partial\ngröße: [Ernährung]\nförderung: öffentlich\n"
    "mängel: [{text: eins, theme: kräftig}]\n",
}


def apart(text: str) -> str:
    """The text with the marks of its letters apart."""
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("changed", [(), *((name,) for name in REVIEW), tuple(REVIEW)], ids=str)
def test_a_review_with_marks_apart_says_what_one_with_whole_letters_says(
    tmp_path: Path, changed: tuple[str, ...]
) -> None:
    files = {name: (apart(text) if name in changed else text).encode() for name, text in REVIEW.items()}
    root = write_project(tmp_path, {"sources/fiches/a.yaml": b"(absent)"} | files)
    assert not problems(root)
    project = Session(root).project
    assert [fiche.key for fiche in project.retained] == ["müller", "b"]
    assert {name for paper in project.corpus.papers for name, _, _ in project.corpus.term_uses(paper, "größe")} == {
        "Ernährung"
    }


def test_a_file_is_found_however_the_disk_has_its_name(tmp_path: Path) -> None:
    for text in ("größe.md", apart("größe.md")):
        folder = tmp_path / str(len(text))
        folder.mkdir()
        (folder / text).write_text("x", "utf-8")
        assert as_named(folder / "größe.md").read_text("utf-8") == "x"
        assert as_named(folder / apart("größe.md")).read_text("utf-8") == "x"
    assert not as_named(tmp_path / "größe.md").exists()


def test_a_place_after_letters_with_marks_apart_is_that_of_the_file() -> None:
    tree, _ = read_yaml(apart("frage: öde wörter $x"), "f")
    assert isinstance(tree, Mapping)
    text = tree.get("frage")
    assert isinstance(text, Scalar)
    start = text.text.index("$")
    assert text.text == "öde wörter $x"
    assert text.place(start).column == len(apart("frage: öde wörter ")) + 1


@pytest.mark.parametrize("text", ["\ufa19", "\u212b", "\u0958", "x\u0304", "\u1e9b\u0323", "é"])
def test_signs_that_stand_for_themselves_are_not_changed(text: str) -> None:
    assert composed(text) == text
