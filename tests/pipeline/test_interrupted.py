"""Nothing lost: kills, a full disk, a folder that cannot be written to, a damaged record, two doits at once."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import copy_project, doit
from tests.pipeline.test_watch import none_left

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("SYNOPSE_KILLS", "6"))


def edit(project: Path, number: int) -> None:
    fiche = project / "sources/fiches/tie2025posttraining.yaml"
    lines = fiche.read_text("utf-8").split("\n")
    lines = [
        f'  - text: "Coût élevé de calcul, fois {number}."' if "Coût élevé de calcul" in line else line
        for line in lines
    ]
    fiche.write_text("\n".join(lines), "utf-8")


def test_a_build_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    """`SYNOPSE_KILLS=50` runs the whole."""
    project = copy_project(tmp_path / "killed")
    assert doit(project).returncode == 0
    sources = {p: p.read_bytes() for p in (project / "bib").rglob("*") if p.is_file()}
    chance = random.Random(7)
    for number in range(KILLS):
        before = (project / "build/report.pdf").read_bytes()
        edit(project, number)
        running = subprocess.Popen([sys.executable, "-m", "doit"], cwd=project, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 3.6))
        running.send_signal(chance.choice([signal.SIGKILL, signal.SIGINT]))
        running.wait(20)
        after = (project / "build/report.pdf").read_bytes()
        assert after == before or after.endswith(b"%%EOF\n")
        done = doit(project)
        assert done.returncode == 0, done.stdout
    assert {p: p.read_bytes() for p in (project / "bib").rglob("*") if p.is_file()} == sources
    fresh = copy_project(tmp_path / "fresh")
    for path in (project / "sources").rglob("*.yaml"):
        (fresh / path.relative_to(project)).write_bytes(path.read_bytes())
    assert doit(fresh).returncode == 0
    assert (fresh / "build/report.pdf").read_bytes() == (project / "build/report.pdf").read_bytes()
    assert none_left(tmp_path)


def test_a_full_disk_is_told_and_leaves_the_last_pdf(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "full")
    assert doit(project).returncode == 0
    before = (project / "build/report.pdf").read_bytes()
    edit(project, 1)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = doit(project, preexec_fn=small_files)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert "error[" in done.stdout
    assert (project / "build/report.pdf").read_bytes() == before
    assert doit(project).returncode == 0


def test_a_build_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "readonly")
    (project / "build").write_text("a file where the folder should be")
    done = doit(project)
    assert done.returncode != 0
    assert "error[build-folder]" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("damage", [b"", b"\x00\xff garbage", b"[1, 2]", b'{"half": '])
def test_a_damaged_record_of_tasks_is_set_aside(project: Path, damage: bytes) -> None:
    (project / "build").mkdir()
    (project / "build/.doit.db").write_bytes(damage)
    done = doit(project, "references")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "note[task-database]" in done.stderr
    assert (project / "build/references.bib").exists()


def test_a_second_doit_waits_for_the_first(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "two")
    first = subprocess.Popen([sys.executable, "-m", "doit"], cwd=project, stdout=subprocess.PIPE, text=True)
    time.sleep(0.7)
    second = doit(project)
    assert "waiting" in second.stderr
    assert first.wait(60) == 0 and second.returncode == 0
    assert "lualatex" not in second.stdout
