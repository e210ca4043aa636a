"""Programs beside this one: they end when it does, when they hang and when they are no longer wanted; folders of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from synopse.typeset.process import Stale, begin, end, run_folder, sweep, wait

STARTS = """
import os, sys, threading, time
from pathlib import Path
from synopse.typeset.process import begin

def start():
    begin(["sh", "-c", "sleep 60 & sleep 60"], Path(sys.argv[1]), os.environ, waiting=True)

if sys.argv[2] == "thread":
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
else:
    start()
print("begun", flush=True)
time.sleep(60)
"""


def at_work(folder: Path) -> list[str]:
    """The command lines of the processes whose working folder is `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder.resolve():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def at_work_below(folder: Path) -> list[str]:
    """The command lines of the processes that work in `folder` or below it. An engine's own names no folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve().is_relative_to(folder.resolve()):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def gone(folder: Path) -> bool:
    over = time.monotonic() + 5
    while at_work(folder) and time.monotonic() < over:
        time.sleep(0.01)
    return not at_work(folder)


@pytest.mark.parametrize("where", ["main", "thread"])
def test_a_process_and_its_children_end_with_the_program_that_began_them_even_by_sigkill(
    tmp_path: Path, where: str
) -> None:
    command = [sys.executable, "-c", STARTS, str(tmp_path), where]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None and program.stdout.readline() == "begun\n"
    time.sleep(0.1)
    assert len(at_work(tmp_path)) >= 2  # the thread that began it may be gone: the process is not
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert gone(tmp_path)


def test_a_process_that_is_ended_takes_its_children_along_and_the_guardian_forgets_it(tmp_path: Path) -> None:
    process = begin(["sh", "-c", "sleep 60 & sleep 60"], tmp_path, os.environ)
    end(process)
    assert gone(tmp_path)
    end(process)  # once more does nothing


def test_one_that_hangs_is_ended_and_one_that_is_not_wanted_any_more_too(tmp_path: Path) -> None:
    assert wait(begin(["sleep", "0.01"], tmp_path, os.environ), 5)
    assert not wait(begin(["sleep", "60"], tmp_path, os.environ), 0.1)
    changed = threading.Event()
    threading.Timer(0.1, changed.set).start()
    before = time.monotonic()
    with pytest.raises(Stale):
        wait(begin(["sleep", "60"], tmp_path, os.environ), 60, changed.is_set)
    assert time.monotonic() - before < 2
    assert gone(tmp_path)


def test_every_start_has_a_folder_of_its_own_and_only_those_of_dead_processes_are_swept(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from synopse.typeset.process import run_folder\n"
    code += "[print(run_folder(Path(sys.argv[1]), 'pass')) for _ in range(3)]; sys.stdout.flush(); input()"
    command = [sys.executable, "-c", code, str(tmp_path)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin is not None and other.stdout is not None
    theirs = {Path(other.stdout.readline().strip()) for _ in range(3)}
    own = {run_folder(tmp_path, "pass"), run_folder(tmp_path, "pass")}
    (tmp_path / "run" / "pass1").mkdir()  # as an earlier version named them
    sweep(tmp_path)
    assert set((tmp_path / "run").iterdir()) == own | theirs and len(theirs) == 3
    other.communicate("\n")
    sweep(tmp_path)
    assert set((tmp_path / "run").iterdir()) == own
