"""One doit at a time: the lock, however its file fares; who made something last."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from synopse.build.lock import Lock
from tests.conftest import KILLED, doit

HOLDS = """
import sys
from pathlib import Path
from synopse.build.lock import Lock
root = Path(sys.argv[1])
lock = Lock(root)
lock.take()
log = root / "log"
with log.open("a") as stream:
    stream.write("+")
sys.stdout.write("held\\n"); sys.stdout.flush()
sys.stdin.readline()
if "remove" in sys.argv:
    (root / ".synopse" / "lock").unlink()
with log.open("a") as stream:
    stream.write("-")
"""


class Holder:
    """A process that takes the lock, and gives it back when told."""

    def __init__(self, root: Path, *words: str) -> None:
        command = [sys.executable, "-c", HOLDS, str(root), *words]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def holds(self) -> None:
        assert self.process.stdout is not None and self.process.stdout.readline() == "held\n"

    def goes(self) -> None:
        self.process.communicate("\n")


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[Lock]:
    made = Lock(tmp_path)
    yield made
    made.give_back()


def test_three_that_wait_hold_the_lock_one_after_the_other_though_its_file_is_removed(tmp_path: Path) -> None:
    """Each removes the file as it goes: who waited for that file has the lock of nothing, and takes the new one."""
    first = Holder(tmp_path, "remove")
    first.holds()
    others = [Holder(tmp_path, "remove"), Holder(tmp_path, "remove")]
    for other in others:
        assert other.process.stderr is not None and "waiting" in other.process.stderr.readline()
    first.goes()
    for other in others:
        assert other.process.stdin is not None
        other.process.stdin.write("\n")
        other.process.stdin.flush()
    for other in others:
        other.process.wait(10)
    assert (tmp_path / "log").read_text() == "+-+-+-"


def test_who_waits_for_the_lock_can_be_told_to_stop(tmp_path: Path, lock: Lock) -> None:
    holder = Holder(tmp_path)
    holder.holds()
    ended = threading.Event()
    threading.Timer(0.2, ended.set).start()
    begun = time.monotonic()
    assert not lock.take(ended.is_set)
    assert time.monotonic() - begun < 2
    holder.goes()
    assert lock.take(lambda: False)


def test_who_made_something_last_is_known(tmp_path: Path, lock: Lock) -> None:
    lock.take()
    assert not lock.undisturbed()
    lock.making()
    assert lock.undisturbed()
    lock.give_back()
    holder = Holder(tmp_path)  # holds it, and makes nothing
    holder.holds()
    holder.goes()
    lock.take()
    assert lock.undisturbed()
    (tmp_path / ".synopse" / "lock").write_text("another")
    assert not lock.undisturbed()


def test_the_folder_of_the_lock_is_passed_over_by_git(tmp_path: Path, lock: Lock) -> None:
    lock.take()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    said = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout == ""


def test_commands_that_only_look_wait_for_nobody_and_write_nothing(project: Path) -> None:
    holder = Holder(project)
    holder.holds()
    (project / "build").mkdir()
    (project / "build/.doit.db").write_text('{"half": ')  # as another doit may be writing it at this moment
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if "__pycache__" not in path.parts}
    for words in (["list", "--all", "--status"], ["info", "pdf"]):
        done = doit(project, *words, timeout=20)
        assert done.returncode in (0, 1) and done.stderr == "", (words, done.stderr)
        assert done.stdout != "", words
    after = {path: path.stat().st_mtime_ns for path in project.rglob("*") if "__pycache__" not in path.parts}
    assert after == before
    holder.goes()


def test_a_look_at_dodo_has_no_effect(project: Path, tmp_path: Path) -> None:
    code = "import os, sys; sys.path.insert(0, sys.argv[1]); hook = sys.excepthook; import dodo; "
    code += "assert sys.excepthook is hook; print(os.getcwd()); print(len(list(dodo.task_fiche())))"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-c", code, str(project)]
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=True)
    assert done.stdout == f"{elsewhere}\n6\n"
    assert not (project / "build").exists() and not (project / ".synopse").exists()


@pytest.mark.parametrize(
    ("words", "works"),
    [
        ([], True),
        (["-n", "4"], True),
        (["-f", "dodo.py", "list"], False),
        (["--file", "dodo.py", "pdf"], True),
        (["x=1", "list"], False),
        (["list"], False),
        (["info", "pdf"], False),
        (["help"], False),
        (["dumpdb"], False),
        (["tabcompletion", "-s", "zsh"], False),
        (["pdf", "list"], True),
        (["clean"], True),
        (["forget"], True),
        (["--continue"], True),
    ],
)
def test_the_words_of_the_command_line_are_read_as_doit_reads_them(words: list[str], works: bool) -> None:
    from synopse.build.goals import works as makes_something

    assert makes_something(words) is works


def test_a_step_at_which_the_program_was_killed_is_made_again(project: Path) -> None:
    assert doit(project, "references").returncode == 0
    bib, pipeline = project / "bib/papers.bib", project / "dodo.py"
    bib.write_text(bib.read_text("utf-8") + "@misc{later, title = {Later}}\n", "utf-8")
    before = pipeline.read_text("utf-8")
    pipeline.write_text(before.replace("globals()", f"{KILLED.format('references')}globals()", 1), "utf-8")
    assert doit(project, "references").returncode < 0
    pipeline.write_text(before, "utf-8")
    assert "  references " in doit(project, "references").stdout
