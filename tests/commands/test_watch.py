"""The watch without its engines: what goes wrong ends nothing, and build/ is that of the sources whoever else was at work."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from synopse.build.run import Run
from synopse.build.snapshots import states
from synopse.commands import watch as module
from synopse.commands.watch import Watch, edited_fiche
from synopse.typeset.builder import Builder
from tests.build.test_lock import Holder
from tests.conftest import doit
from tests.pipeline.test_up_to_date import (
    cold,
    image_in_a_chapter,
    image_in_a_fiche,
    image_in_the_introduction,
    made,
    png,
    replaced,
)

pytestmark = pytest.mark.slow

FICHE = "sources/fiches/tie2025posttraining.yaml"


@pytest.fixture
def watch(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """A watch that sets no PDF, and is told of changes by hand."""
    monkeypatch.setattr(Watch, "_warm", lambda self: None)
    monkeypatch.setattr(Watch, "_preview_first", lambda self, changed: None)
    monkeypatch.setattr(Builder, "draw", lambda self, session: None)
    monkeypatch.setattr(Builder, "pdf", lambda self, session: [])
    (project / "build").mkdir()
    made = Watch(Run(project))
    yield made
    made.lock.give_back()


FAULTS: list[Callable[[], Exception]] = [
    lambda: ValueError("not enough values to unpack"),
    lambda: OSError(28, "No space left on device", "build/tex/body.tex"),
    lambda: RuntimeError("dictionary changed size during iteration"),
    lambda: RecursionError(),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_the_next_change_is_built(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Callable[[], Exception]
) -> None:
    def fails(*_: Any) -> bool:
        raise fault()

    with monkeypatch.context() as patched:
        patched.setattr(Watch, "_make", fails)
        watch._build({FICHE})
    assert "error[" in capsys.readouterr().out
    watch._build({FICHE})
    assert "error[" not in capsys.readouterr().out
    assert (watch.root / "build/tex/body.tex").exists()


def test_a_file_that_cannot_be_read_ends_nothing(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    (watch.root / "bib/x.bib").mkdir()
    (watch.root / "sources/fiches/gone.yaml").symlink_to("nowhere.yaml")
    watch._build({FICHE})
    said = capsys.readouterr().out
    assert "error[" in said and "internal" not in said
    (watch.root / "bib/x.bib").rmdir()
    (watch.root / "sources/fiches/gone.yaml").unlink()
    watch._build({FICHE})
    assert "error[" not in capsys.readouterr().out


def test_a_template_that_is_saved_while_a_fiche_has_a_mistake_is_taken_up_once_it_is_mended(watch: Watch) -> None:
    watch._build({"templates/"})
    fiche, template = watch.root / FICHE, watch.root / "templates/fiche.tex"
    replaced(fiche, "status:", "statut:")
    replaced(template, "\\synopseat", "MOTNOUVEAU\\synopseat")
    watch._build({FICHE, "templates/fiche.tex"})
    replaced(fiche, "statut:", "status:")
    watch._build({FICHE})
    assert all(b"MOTNOUVEAU" in path.read_bytes() for path in (watch.root / "build/tex/fiches").glob("*.tex"))


def test_a_template_whose_build_was_overtaken_is_taken_up_by_the_next(watch: Watch) -> None:
    watch._build({"templates/"})
    replaced(watch.root / "templates/fiche.tex", "\\synopseat", "MOTNOUVEAU\\synopseat")
    watch.changes.put({FICHE})
    watch._build({"templates/fiche.tex"})
    watch._build(watch._waiting_changes())
    assert all(b"MOTNOUVEAU" in path.read_bytes() for path in (watch.root / "build/tex/fiches").glob("*.tex"))


def test_the_watch_ends_though_another_doit_holds_the_lock(watch: Watch) -> None:
    holder = Holder(watch.root)
    holder.holds()
    threading.Timer(0.3, watch.ending.set).start()
    watch._build({FICHE})
    assert not (watch.root / "build/tex").exists()
    holder.goes()


@pytest.mark.slow
def test_what_another_doit_has_made_in_between_is_not_taken_for_ones_own(watch: Watch, tmp_path: Path) -> None:
    watch._build({"templates/"})
    fiche = watch.root / FICHE
    first = fiche.read_text("utf-8")
    fiche.write_text(first.replace("Coût élevé", "Coût démesuré"), "utf-8")
    assert doit(watch.root, "document").returncode == 0
    fiche.write_text(first, "utf-8")
    watch._build({FICHE})
    assert made(watch.root) == cold(watch.root, tmp_path / "cold")


@pytest.mark.slow
def test_what_the_watch_has_made_in_between_is_not_taken_for_doits(watch: Watch, tmp_path: Path) -> None:
    assert doit(watch.root, "document").returncode == 0
    fiche = watch.root / FICHE
    first = fiche.read_text("utf-8")
    fiche.write_text(first.replace("Coût élevé", "Coût démesuré"), "utf-8")
    watch._build({FICHE})
    fiche.write_text(first, "utf-8")
    assert doit(watch.root, "document").returncode == 0
    assert made(watch.root) == cold(watch.root, tmp_path / "cold")
    assert doit(watch.root, "document").stdout == ""


def test_good_builds_are_kept_as_snapshots_now_and_then_and_at_the_end(watch: Watch) -> None:
    fiche = watch.root / FICHE
    watch._build({"templates/"})
    assert len(states(watch.root)) == 1
    replaced(fiche, "Coût élevé", "Coût mesuré")
    watch._build({FICHE})
    assert len(states(watch.root)) == 1  # the last one is young
    replaced(fiche, "status:", "statut:")
    watch._build({FICHE})
    watch._keep(timedelta())
    assert len(states(watch.root)) == 1  # what does not build is not kept
    replaced(fiche, "statut:", "status:")
    watch._build({FICHE})
    next(iter(states(watch.root))).rename(watch.root / ".synopse/snapshots/2026-01-01T000000")
    watch._keep(timedelta())
    kept = states(watch.root)
    assert len(kept) == 2 and "Coût mesuré" in (kept[0] / FICHE).read_text("utf-8")


def test_a_build_folder_that_is_removed_is_made_again_whole(watch: Watch) -> None:
    watch._build({"templates/"})
    before = made(watch.root)
    shutil.rmtree(watch.root / "build")
    (watch.root / "build").mkdir()
    watch._build({FICHE})
    assert made(watch.root) == before


def test_a_fiche_that_is_saved_by_way_of_another_file_is_the_one_that_was_edited(project: Path) -> None:
    beside, other = "sources/fiches/sedAbCdEf", "sources/fiches/park2025seeing.yaml"
    assert edited_fiche(project, {FICHE}) == FICHE
    assert edited_fiche(project, {FICHE, beside}) == FICHE
    assert edited_fiche(project, {FICHE, other}) == edited_fiche(project, {beside}) == ""
    assert edited_fiche(project, {"sources/report.yaml"}) == edited_fiche(project, {FICHE, "sources/report.yaml"}) == ""


SHOWS: list[Callable[[Path], None]] = [image_in_a_fiche, image_in_the_introduction, image_in_a_chapter]


@pytest.mark.parametrize("shows", SHOWS)
def test_another_image_is_seen_and_a_missing_one_is_told(
    watch: Watch, capsys: pytest.CaptureFixture[str], shows: Callable[[Path], None]
) -> None:
    shows(watch.root)
    watch._build({"templates/"})
    picture = watch.root / "sources/dot.png"
    picture.write_bytes(png(2))
    watch._build({"sources/dot.png"})
    shown = b"".join(path.read_bytes() for path in (watch.root / "build/tex").rglob("*.tex"))
    images = [path for path in (watch.root / "build/tex/images").iterdir() if path.name.encode() in shown]
    assert [path.read_bytes() for path in images] == [png(2)]
    capsys.readouterr()
    picture.unlink()
    watch._build({"sources/dot.png"})
    assert "error[image-missing]" in capsys.readouterr().out


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", ["begin_preview", "finish_preview"])
def test_a_fault_in_the_preview_ends_nothing(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: str,
    fault: Callable[[], Exception],
) -> None:
    def fails(*_: Any) -> bool:
        raise fault()

    monkeypatch.setattr(Watch, "_warm", lambda self: None)
    monkeypatch.setattr(Builder, "draw", lambda self, job: None)
    monkeypatch.setattr(Builder, "pdf", lambda self, job: [])
    monkeypatch.setattr(module, "begin_preview", lambda *_: None)
    (project / "build").mkdir()
    watch = Watch(Run(project))
    try:
        watch._build({"templates/"})
        replaced(project / FICHE, "Coût élevé", "Coût mesuré")
        monkeypatch.setattr(module, where, fails)
        if where == "begin_preview":
            monkeypatch.setattr(module, "finish_preview", lambda *_: True)
        watch._build({FICHE})
        watch._build({FICHE})
        assert b"mesur" in (project / "build/tex/fiches/tie2025posttraining.tex").read_bytes()
        if where == "finish_preview":
            assert "error[" in capsys.readouterr().out
    finally:
        watch.lock.give_back()
