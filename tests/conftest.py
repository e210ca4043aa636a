"""What tests share: a small project to build in, and one real build of the shipped report for the whole run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from synopse.diagnostics import Span
from synopse.read.tree import Scalar

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("dodo.py", "synopse", "templates", "sources", "bib", "pyproject.toml", "docs")

KILLED = """import os, signal
from synopse.build.run import Run
Run.{} = lambda self: os.kill(os.getpid(), signal.SIGKILL)
"""
"""Lines for a `dodo.py`, before its last one: a step at which the program is killed."""


def scalar(text: str, file: str = "sources/fiches/a.yaml") -> Scalar:
    """A text as the reader would give it, standing alone in its file."""
    return Scalar(text, Span(file, 1, 1), None, text)


def copy_project(target: Path) -> Path:
    """The shipped project in a folder of its own, without what was built."""
    target.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy(source, target / name)
    return target


def doit(
    project: Path,
    *arguments: str,
    timeout: float = 300,
    input: str | None = None,
    env: Mapping[str, str] | None = None,
    preexec_fn: Callable[[], object] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs doit in a project as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "doit", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        input=input,
        env=env,
        preexec_fn=preexec_fn,
    )


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps for a user is kept in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SYNOPSE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The shipped report, built once with real TeX and biber in a folder whose name has a space and an accent."""
    project = copy_project(tmp_path_factory.mktemp("whole") / "mon étude")
    begun = time.monotonic()
    done = doit(project)
    assert done.returncode == 0, done.stdout + done.stderr
    (project.parent / "said.txt").write_text(done.stdout, "utf-8")
    (project.parent / "seconds.txt").write_text(str(time.monotonic() - begun), "utf-8")
    yield project


@pytest.fixture(scope="session")
def pace(built: Path) -> float:
    """Seconds that a whole build takes on this machine, as busy as it is: what a limit of time is measured by."""
    return float((built.parent / "seconds.txt").read_text("utf-8"))


@pytest.fixture(scope="session", autouse=True)
def formats_are_made_however_busy_the_machine_is() -> Iterator[None]:
    """Where tests make a format themselves they wait for it, and it stands back behind nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("synopse.typeset.format.LIMIT", 600.0)
        patch.setattr("synopse.typeset.format.NICENESS", 0)
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of the shipped project."""
    return copy_project(tmp_path / "project")


def pdf_text(pdf: Path) -> str:
    """The text of a PDF, as `pdftotext` reads it."""
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
