"""What a build that is given up leaves behind: no thread, no process, and no picture under another's name."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from synopse.build.session import Session
from synopse.diagnostics import Diagnostic, Span
from synopse.ground.store import Store
from synopse.typeset import biber, labels, pictures
from synopse.typeset.beside import awaited, beside, wait_for_end
from synopse.typeset.builder import Builder
from synopse.typeset.engine import Pass
from synopse.typeset.job import Job
from synopse.typeset.passes import PassLoop
from synopse.typeset.process import Stale, begin, run_folder
from tests.typeset.test_process import gone


class NoPlaces:
    """Sources in which nothing is found."""

    def of_character(self, character: str) -> Span:
        return Span("sources")

    def of_fiche(self, key: str) -> None:
        return None

    def of_reference(self, key: str) -> None:
        return None


def job_of(root: Path, shapes: dict[str, str]) -> Job:
    """A report as far as pictures go: some shapes, and a template."""
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates/figures.tex").write_text("%")
    store = Store(root / "build")
    job = Job(root, 0, 120.0, NoPlaces(), lambda names: "\n".join(names) + "\n", list, store)
    (job.tex / "figures").mkdir(parents=True, exist_ok=True)
    (job.tex / "references.bib").write_text("")
    for name, text in shapes.items():
        (job.tex / "figures" / f"{name}.tex").write_text(text)
    return job


@pytest.fixture
def slow_engine(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """An engine that draws for a minute; the folders in which it was started."""
    folders: list[Path] = []

    def start(tex: Path, build: Path, name: str, **_: Any) -> Pass:
        folders.append(run_folder(build, name))
        return Pass(begin(["sleep", "60"], folders[-1], os.environ), folders[-1], "figures")

    monkeypatch.setattr(pictures, "start", start)
    return folders


def test_pictures_of_a_build_that_is_overtaken_are_no_longer_drawn(
    tmp_path: Path, slow_engine: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(self: PassLoop, *_: Any) -> None:
        while not slow_engine:
            time.sleep(0.01)
        raise Stale

    monkeypatch.setattr(PassLoop, "warm", lambda self: None)
    monkeypatch.setattr(PassLoop, "run", overtaken)
    job = job_of(tmp_path, {"one": "1", "two": "2"})
    builder, threads, begun = Builder(tmp_path, job.store), threading.active_count(), time.monotonic()
    with pytest.raises(Stale):
        builder.pdf(job)
    assert time.monotonic() - begun < 5 and threading.active_count() == threads
    assert builder.drawing is None and gone(slow_engine[0]) and not slow_engine[0].exists()
    assert not list((tmp_path / "build/tex/figures").glob("*.pdf"))
    assert job.store.named("picture:") == []


def test_stopping_a_builder_stops_what_it_draws(tmp_path: Path, slow_engine: list[Path]) -> None:
    job = job_of(tmp_path, {"one": "1"})
    builder = Builder(tmp_path, job.store)
    builder.draw(job)
    while not slow_engine:
        time.sleep(0.01)
    begun = time.monotonic()
    builder.stop()
    assert time.monotonic() - begun < 5 and gone(slow_engine[0])


def test_a_record_never_stands_beside_a_picture_that_it_is_not_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program may be ended between the two files; the shapes may then become again what they were."""
    job = job_of(tmp_path, {"one": "first"})
    folder = job.tex / "figures"
    (folder / "one.pdf").write_bytes(b"picture of first")
    job.store.keep_made("picture:one", {"of": pictures.Pictures(job).key}, [folder / "one.pdf"])
    assert not pictures.Pictures(job).stale
    (folder / "one.tex").write_text("second")
    drawing = pictures.Pictures(job)

    def ended(path: Path, content: Any) -> bool:
        if path.suffix == ".pdf":
            path.write_bytes(b"picture of second")
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(pictures, "write_whole", ended)
    monkeypatch.setattr("pypdf.PdfReader", lambda stream: SimpleNamespace(pages=[None]))
    monkeypatch.setattr("pypdf.PdfWriter", lambda: SimpleNamespace(add_page=lambda page: None, write=lambda s: None))
    with pytest.raises(KeyboardInterrupt):
        drawing._split(b"")
    (folder / "one.tex").write_text("first")
    assert pictures.Pictures(job).stale


def test_where_one_picture_has_changed_all_are_drawn_for_they_share_their_fonts(tmp_path: Path) -> None:
    job = job_of(tmp_path, {"one": "first", "two": "second"})
    folder = job.tex / "figures"
    for name in ("one", "two"):
        (folder / f"{name}.pdf").write_bytes(b"picture")
        job.store.keep_made(f"picture:{name}", {"of": pictures.Pictures(job).key}, [folder / f"{name}.pdf"])
    assert not pictures.Pictures(job).stale
    (folder / "two.tex").write_text("another", "utf-8")
    drawing = pictures.Pictures(job)
    assert drawing.stale and drawing.names == ["one", "two"]


def test_biber_is_stopped_by_a_newer_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long_work = ["sh", "-c", "sleep 60 & wait"]
    monkeypatch.setattr(biber, "begin", lambda command, folder, *_, **__: begin(long_work, folder, os.environ))
    folder = run_folder(tmp_path / "build", "pass")
    begun = time.monotonic()
    with pytest.raises(Stale):
        biber.run_biber(tmp_path, folder, "report", 0, lambda: time.monotonic() > begun + 0.3)
    assert time.monotonic() - begun < 5 and gone(folder)


def test_what_two_threads_ask_for_is_made_once(tmp_path: Path) -> None:
    session, made = Session(tmp_path), []

    def make(of: Session) -> object:
        time.sleep(0.1)
        made.append(object())
        return made[-1]

    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(session.once("project", make))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and found == made * 4


def test_work_beside_gives_its_value_or_its_error_and_can_be_left(tmp_path: Path) -> None:
    assert awaited(beside(lambda: 3)) == 3
    with pytest.raises(ZeroDivisionError):
        awaited(beside(lambda: 1 // 0), lambda: False)
    with pytest.raises(TimeoutError):

        def too_late() -> None:
            raise TimeoutError

        awaited(beside(too_late), lambda: False)
    going = threading.Event()
    work = beside(lambda: going.wait(60))
    with pytest.raises(Stale):
        awaited(work, lambda: True)
    going.set()
    wait_for_end(work)


def test_the_same_diagnostics_come_from_the_thread_that_draws(tmp_path: Path) -> None:
    job = job_of(tmp_path, {})
    found: list[Diagnostic] = awaited(beside(pictures.Pictures(job).draw))
    assert found == []


def test_an_asking_of_the_style_is_stopped_by_a_newer_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First while its engine works, then while biber does, which an engine waits for."""
    folders: list[Path] = []

    def start(tex: Path, build: Path, name: str, **_: Any) -> Pass:
        folders.append(run_folder(build, name))
        return Pass(begin(["sleep", "60"], folders[-1], os.environ), folders[-1], "labels")

    monkeypatch.setattr(labels, "start", start)
    asking = labels.Asking(labels.Question("", ["a"], tmp_path), tmp_path / "build", 0)
    for works in ("engine", "biber"):
        if works == "biber":
            monkeypatch.setattr(Pass, "wait", lambda self, limit, stale=None: True)
            monkeypatch.setattr(labels, "read_by_biber", lambda *_: "")
            monkeypatch.setattr(
                biber, "begin", lambda command, folder, *_, **__: begin(["sleep", "60"], folder, os.environ)
            )
            monkeypatch.setattr(labels, "run_biber", biber.run_biber)
        begun = time.monotonic()
        with pytest.raises(Stale):
            asking.ask(lambda: time.monotonic() > begun + 0.3)  # noqa: B023
        assert time.monotonic() - begun < 10 and all(gone(folder) for folder in folders)
