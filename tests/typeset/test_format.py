"""A dumped preamble makes passes shorter and changes nothing: it is trusted for its bytes, and left aside in silence."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from synopse.typeset.format import LOCK, FormatStore
from tests.conftest import ROOT, doit

pytestmark = pytest.mark.slow


def never() -> bool:
    return False


@pytest.fixture
def tex(built: Path, tmp_path: Path) -> Path:
    """The LaTeX of the shipped report, to be changed at will."""
    shutil.copytree(built / "build/tex", tmp_path / "tex")
    return tmp_path / "tex"


@pytest.fixture(scope="module")
def made(built: Path, tmp_path_factory: pytest.TempPathFactory) -> FormatStore:
    """A format of the shipped report, made once for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(built / "build/tex", folder / "tex")
    store = FormatStore(folder / "tex", folder=folder / "formats")
    assert store.usable() is None
    store.make(never)
    return store


def test_a_format_is_trusted_once_a_small_document_has_the_same_bytes_with_it(made: FormatStore) -> None:
    path = made.usable()
    assert path is not None and path.stat().st_size > 1_000_000
    written = path.stat().st_mtime_ns
    made.make(never)
    assert path.stat().st_mtime_ns == written


def test_a_format_is_not_used_once_something_that_it_was_made_from_has_changed(made: FormatStore) -> None:
    path = made.usable()
    assert path is not None
    record = path.with_suffix(".json")
    known = record.read_text("utf-8")
    assert "biblatex.sty" in known and "scrreprt.cls" in known
    files = json.loads(known)
    upgraded = next(name for name in files if name.endswith("biblatex.sty"))
    record.write_text(json.dumps(files | {upgraded: f"{upgraded} 1 1"}), "utf-8")
    assert made.usable() is None
    record.write_text(known, "utf-8")
    assert made.usable() == path
    base = made.tex / "base.tex"
    text = base.read_text("utf-8")
    base.write_text(text + "% another\n", "utf-8")
    assert made.usable() is None
    base.write_text(text, "utf-8")
    assert made.usable() == path


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(r"\nosuchcommand", id="it cannot be dumped"),
        pytest.param(r"\newcount\made\ifdefined\directlua\made=\directlua{tex.print(status.ini_version and 1 or 2)}\fi"
                     r"\AtBeginDocument{Read in mode \number\made.\par}", id="it prints something else"),
    ],
)  # fmt: skip
def test_a_preamble_that_does_not_bear_dumping_is_left_aside(tex: Path, tmp_path: Path, line: str) -> None:
    (tex / "base.tex").write_text((tex / "base.tex").read_text("utf-8") + line + "\n", "utf-8")
    store = FormatStore(tex, folder=tmp_path / "formats")
    store.make(never)
    assert store.usable() is None
    assert not list((tmp_path / "formats").glob("*.fmt"))


def test_making_a_format_ends_at_once_when_it_is_told_to(tex: Path, tmp_path: Path) -> None:
    store = FormatStore(tex, folder=tmp_path / "formats")
    store.make(lambda: True)
    assert store.usable() is None and not list((tmp_path / "formats").iterdir())


def test_a_build_without_a_format_leaves_one_to_be_made_and_waits_for_nothing(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert doit(project, env=os.environ | {"SYNOPSE_CACHE": str(cache)}).returncode == 0
    store = FormatStore(project / "build/tex", folder=cache / "formats")
    ends = time.monotonic() + 120
    while store.wanted() and time.monotonic() < ends:
        time.sleep(0.1)
    assert store.usable() is not None


def test_nothing_is_judged_of_a_format_whose_report_went_away_meanwhile(tex: Path, tmp_path: Path) -> None:
    folder, command = tmp_path / "formats", [sys.executable, "-m", "synopse.typeset.format"]
    making = subprocess.Popen([*command, str(tex), str(folder), "0"], cwd=ROOT)
    while not list(folder.glob("making-*")):
        time.sleep(0.02)
    shutil.rmtree(tex)
    assert making.wait(60) == 0
    assert [path.name for path in folder.iterdir()] == [LOCK]


def test_two_formats_are_not_made_at_once(tex: Path, tmp_path: Path) -> None:
    folder, command = tmp_path / "formats", [sys.executable, "-m", "synopse.typeset.format"]
    folder.mkdir()
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert subprocess.run([*command, str(tex), str(folder), "0"], cwd=ROOT, check=False).returncode == 0
    assert [path.name for path in folder.iterdir()] == [LOCK]


def test_a_report_has_the_same_bytes_with_a_format_without_and_with_a_broken_one(project: Path, tmp_path: Path) -> None:
    def build(cache: str) -> bytes:
        done = doit(project, env=os.environ | {"SYNOPSE_CACHE": cache})
        assert done.returncode == 0, done.stdout
        assert "format" not in done.stdout
        return (project / "build/report.pdf").read_bytes()

    def edit(old: str, new: str) -> None:
        path = project / "sources/fiches/tie2025posttraining.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    first = build("")
    edit("Manque", "Absence")
    without = build("")
    edit("Absence", "Manque")
    cache = tmp_path / "cache"
    FormatStore(project / "build/tex", folder=cache / "formats").make(never)
    assert build(str(cache)) == first
    edit("Manque", "Absence")
    assert build(str(cache)) == without
    (fmt,) = (cache / "formats").glob("*.fmt")
    fmt.write_bytes(fmt.read_bytes()[:4000])
    edit("Absence", "Manque")
    assert build(str(cache)) == first
    assert not fmt.exists()
