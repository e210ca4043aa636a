"""The one way in: whatever was read, looked for or not found is known again, and a change of it is told in words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from synopse.ground.door import Door, changed


@pytest.fixture
def review(tmp_path: Path) -> Path:
    for folder in ("sources/fiches/more", "bib", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    for name in (
        "sources/report.yaml",
        "sources/fiches/a.yaml",
        "sources/fiches/more/b.yaml",
        "bib/x.bib",
        "sources/dot.png",
    ):
        (tmp_path / name).write_text("text")
    return tmp_path


def reads(review: Path) -> Door:
    """What a reading of a review asks for."""
    door = Door(review)
    for path in door.fiches():
        door.read(path)
    door.read(review / "sources/report.yaml")
    assert not door.is_there(review / "sources/vocabulary.yaml")
    door.names(review / "bib", ".bib")
    door.look(review / "sources", ".png")
    door.templates()
    door.variable("SYNOPSE_OF_THE_TEST")
    door.program()
    with pytest.raises(OSError):
        door.read(review / "sources/none.md")
    return door


EDITS: list[tuple[Callable[[Path], object], str]] = [
    (lambda root: (root / "sources/report.yaml").write_text("texT"), "sources/report.yaml has changed"),
    (lambda root: (root / "sources/fiches/a.yaml").unlink(), "sources/fiches/a.yaml is gone"),
    (lambda root: (root / "sources/fiches/c.yaml").write_text(""), "sources/fiches/c.yaml is new"),
    (lambda root: (root / "sources/fiches/more/c.YML").write_text(""), "sources/fiches/more/c.YML is new"),
    (lambda root: (root / "sources/vocabulary.yaml").write_text(""), "sources/vocabulary.yaml is new"),
    (lambda root: (root / "sources/none.md").write_text(""), "sources/none.md is new"),
    (lambda root: (root / "bib/y.bib").write_text(""), "bib/y.bib is new"),
    (lambda root: (root / "sources/dot.png").write_text("tex2"), "an image in sources/ has come, changed or gone"),
    (lambda root: (root / "templates/fiche.tex").write_text(""), "templates/fiche.tex is new"),
    (lambda root: shutil.rmtree(root / "sources/fiches"), "sources/fiches/a.yaml is gone"),
]


@pytest.mark.parametrize(("edit", "said"), EDITS, ids=[said for _, said in EDITS])
def test_a_change_of_what_was_read_is_told(review: Path, edit: Callable[[Path], object], said: str) -> None:
    door = reads(review)
    assert door.changed() == ""
    edit(review)
    assert door.changed() == said == changed(review, dict(door.seen))


def test_another_date_is_no_change_and_another_word_of_the_same_date_is(review: Path) -> None:
    door, path = reads(review), review / "sources/report.yaml"
    os.utime(path, (1, 1))
    assert door.changed() == ""
    path.write_text("texT")
    os.utime(path, (1, 1))
    assert door.changed() == "sources/report.yaml has changed"


def test_what_an_editor_keeps_beside_a_source_is_no_change(review: Path) -> None:
    door = reads(review)
    for name in ("sources/fiches/.a.yaml.swp", "sources/fiches/a.yaml~", "bib/notes.txt", "sources/.hidden.yaml"):
        (review / name).write_text("")
    assert door.changed() == ""


def test_a_variable_and_the_folders_to_watch_are_known(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = reads(review)
    assert door.folders() == ("bib", "sources", "templates")
    monkeypatch.setenv("SYNOPSE_OF_THE_TEST", "1")
    assert door.changed() == "the variable SYNOPSE_OF_THE_TEST is another"
