"""doit watch with a second doit at work, with mistakes and mendings, and ended at any moment: with real engines."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import copy_project, doit
from tests.pipeline.test_up_to_date import INPUTS, replaced
from tests.pipeline.test_watch import Sources, none_left, watching
from tests.typeset.test_process import at_work

pytestmark = pytest.mark.slow
ROUNDS = int(os.environ.get("SYNOPSE_ROUNDS", "4"))
FICHE = "sources/fiches/tie2025posttraining.yaml"
ENDLESS = '%% if "BOUCLE" in sections|string\n\\def\\x{\\x}\\x\n%% endif\n'


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """The shipped report, built, in a folder of its own."""
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


def cold_pdf(project: Path, target: Path) -> bytes:
    copy_project(target)
    for name in INPUTS:
        shutil.rmtree(target / name)
        shutil.copytree(project / name, target / name)
    done = doit(target)
    assert done.returncode == 0, done.stdout
    return (target / "build/report.pdf").read_bytes()


def test_a_watch_and_a_doit_in_another_terminal_do_not_meet(project: Path, tmp_path: Path) -> None:
    """`SYNOPSE_ROUNDS=50` runs the whole. In each round both are at work, and an edit may be taken back."""
    sources, chance = Sources(project, seed=3), random.Random(4)
    others: list[subprocess.CompletedProcess[str]] = []
    with watching(project) as watch:
        for _ in range(ROUNDS):
            file = chance.choice(sources.fiches)
            before = file.read_bytes()
            other = threading.Thread(target=lambda: others.append(doit(project)))
            if chance.random() < 0.5:
                other.start()
            sources.edit()
            if not other.ident:
                time.sleep(chance.uniform(0, 1))
                other.start()
            time.sleep(chance.uniform(0, 2))
            if chance.random() < 0.3:
                file.write_bytes(before)
            other.join()
        fiche = project / FICHE
        fiche.write_text(fiche.read_text("utf-8") + "# saved once more\n", "utf-8")
        watch.rest(time.monotonic())
        assert "error[" not in watch.text(), watch.text()[-3000:]
    for done in others:
        assert done.returncode == 0 and "error[" not in done.stdout, done.stdout
    expected = cold_pdf(project, tmp_path / "cold")
    assert (project / "build/report.pdf").read_bytes() == expected
    assert doit(project).returncode == 0
    assert (project / "build/report.pdf").read_bytes() == expected
    assert doit(project).stdout == ""


def test_a_mistake_that_is_mended_in_the_watch_leaves_nothing_behind(project: Path) -> None:
    good = (project / "build/report.pdf").read_bytes()
    template = project / "templates/fiche.tex"
    text = template.read_text("utf-8")
    with watching(project) as watch:
        for number in (1, 2):
            template.write_text(text + "\\undefinedxyz\n", "utf-8")
            watch.wait(r"error\[undefined-command\]", number)
            template.write_text(text, "utf-8")
            watch.rest(time.monotonic())
            assert watch.said(r"error\[") == number, watch.text()[-2000:]
            assert (project / "build/report.pdf").read_bytes() == good


def test_a_page_that_hangs_neither_holds_up_what_mends_it_nor_the_end(project: Path) -> None:
    template, fiche = project / "templates/fiche.tex", project / FICHE
    template.write_text(template.read_text("utf-8") + ENDLESS, "utf-8")
    first = fiche.read_text("utf-8")
    with watching(project) as watch:
        time.sleep(3)
        replaced(fiche, "Coût élevé", "BOUCLE")
        time.sleep(1)
        fiche.write_text(first.replace("Coût élevé", "Coût mesuré"), "utf-8")
        watch.rest(time.monotonic(), limit=60)
        replaced(fiche, "Coût mesuré", "BOUCLE")
        time.sleep(1.5)
        begun = time.monotonic()
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(20) == 0
        assert time.monotonic() - begun < 10
    assert none_left(project)


def test_clean_under_a_waiting_watch_is_no_harm(project: Path) -> None:
    with watching(project) as watch:
        time.sleep(2)
        assert doit(project, "clean").returncode == 0
        fiche = project / FICHE
        replaced(fiche, "Coût élevé", "Coût mesuré")
        watch.rest(time.monotonic())
        assert "error[" not in watch.text(), watch.text()[-2000:]
        assert (project / "build/report.pdf").exists()


@pytest.mark.parametrize("words", [[], ["watch"], ["preview:tie2025posttraining"]])
def test_no_engine_outlives_a_doit_that_is_killed(project: Path, words: list[str]) -> None:
    chance = random.Random(len(words))
    for _ in range(2):
        fiche = project / FICHE
        fiche.write_text(fiche.read_text("utf-8").replace("Coût", "Coût très", 1), "utf-8")
        running = subprocess.Popen([sys.executable, "-m", "doit", *words], cwd=project, stdout=subprocess.DEVNULL)
        over = time.monotonic() + 60
        while not any(at_work(path) for path in (project / "build/run").glob("*")) and time.monotonic() < over:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5))
        running.send_signal(signal.SIGKILL)
        running.wait(20)
        assert none_left(project)
    assert doit(project).returncode == 0
    left = [path.name for path in (project / "build/run").iterdir()]
    assert left == []


def test_ctrl_c_ends_a_doit_that_draws_at_once(project: Path) -> None:
    """Python waits for the threads of its pools; those that draw are none of them."""
    template = project / "templates/figures.tex"
    text = template.read_text("utf-8")
    template.write_text(text.replace("\\begin{document}", "\\def\\x{\\x}\\begin{document}\\x"), "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "doit"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    over = time.monotonic() + 60
    while not list((project / "build/run").glob("figures-*")) and time.monotonic() < over:
        time.sleep(0.01)
    time.sleep(1)
    begun = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert time.monotonic() - begun < 15 and b"Traceback" not in said and b"interrupted" in said
    assert none_left(project)


def test_many_processes_of_doit_make_the_same(project: Path, tmp_path: Path) -> None:
    replaced(project / FICHE, "Coût élevé", "Coût mesuré")
    done = doit(project, "-n", "4")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "build/report.pdf").read_bytes() == cold_pdf(project, tmp_path / "cold")
    assert none_left(project)
