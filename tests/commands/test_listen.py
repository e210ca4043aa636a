"""What tells the watch of changes: files, folders that come and go, links; and what it does where the system tells nothing."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from synopse.commands.listen import Listener

NAMES = ("sources", "bib")


class Heard:
    """A listener at work, and what it has told."""

    def __init__(self, root: Path) -> None:
        self.told: queue.Queue[set[str]] = queue.Queue()
        self.ended = threading.Event()
        self.listener = Listener(root, lambda: NAMES, self.told.put, self.ended)
        self.listener.start()
        time.sleep(0.4)

    def of(self, name: str, limit: float = 10) -> bool:
        """Whether it tells of a change of `name`, or of the whole folder."""
        over, whole = time.monotonic() + limit, name.split("/")[0] + "/"
        while time.monotonic() < over:
            try:
                if self.told.get(timeout=0.1) & {name, whole}:
                    return True
            except queue.Empty:
                continue
        return False


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "sources/fiches").mkdir(parents=True)
    (tmp_path / "sources/fiches/a.yaml").write_text("key: a\n")
    return tmp_path


@pytest.fixture
def heard(root: Path) -> Iterator[Heard]:
    found = Heard(root)
    yield found
    found.ended.set()
    found.listener.join(5)
    assert not found.listener.is_alive()


def test_a_save_is_told_and_what_an_editor_keeps_is_not(root: Path, heard: Heard) -> None:
    (root / "sources/fiches/.a.yaml.swp").write_text("x")
    (root / "sources/fiches/a.yaml").write_text("key: b\n")
    assert heard.told.get(timeout=10) == {"sources/fiches/a.yaml"}


@pytest.mark.slow
def test_a_folder_that_comes_and_one_that_is_put_in_its_place_are_noticed(root: Path, heard: Heard) -> None:
    (root / "bib").mkdir()
    (root / "bib/a.bib").write_text("@misc{a}\n")
    assert heard.of("bib/a.bib")
    (root / "bib/a.bib").write_text("@misc{b}\n")
    assert heard.of("bib/a.bib")
    shutil.copytree(root / "sources", root / "other")
    shutil.rmtree(root / "sources")
    (root / "other").rename(root / "sources")
    assert heard.of("sources/fiches/a.yaml")
    time.sleep(0.4)
    (root / "sources/fiches/a.yaml").write_text("key: c\n")
    assert heard.of("sources/fiches/a.yaml")


@pytest.mark.slow
def test_a_change_of_the_file_that_a_link_leads_to_is_noticed(root: Path, tmp_path: Path) -> None:
    library = tmp_path / "zotero.bib"
    library.write_text("@misc{a}\n")
    (root / "bib").mkdir()
    (root / "bib/library.bib").symlink_to(library)
    heard = Heard(root)
    time.sleep(1.2)
    library.write_text("@misc{changed}\n")
    assert heard.of("bib/library.bib")
    heard.ended.set()


@pytest.mark.slow
def test_where_the_system_tells_nothing_the_files_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = watchfiles.watch

    def limited(*folders: str, **options: Any) -> Any:
        if not options["force_polling"]:
            raise OSError('OS file watch limit reached. about ["sources"]')
        return real(*folders, **options)

    monkeypatch.setattr(watchfiles, "watch", limited)
    heard = Heard(root)
    assert heard.of("sources/fiches/a.yaml")  # what changed while nothing was heard may be anything
    time.sleep(1)
    (root / "sources/fiches/a.yaml").write_text("key: changed\n")
    assert heard.of("sources/fiches/a.yaml")
    assert "the files are looked at instead" in capsys.readouterr().out
    heard.ended.set()


@pytest.mark.slow
def test_a_real_limit_of_the_kernel_is_met(root: Path) -> None:
    """In a user namespace of its own, the number of inotify instances can be set to none without harm to others."""
    code = (
        "import sys, threading, time; from pathlib import Path; from synopse.commands.listen import Listener\n"
        "ended = threading.Event(); root = Path(sys.argv[1])\n"
        "Listener(root, lambda: ('sources',), lambda names: print(sorted(names), flush=True), ended).start()\n"
        "time.sleep(1.5); (root / 'sources/new.md').write_text('x'); time.sleep(1.5); ended.set()\n"
    )
    script = 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"'
    command = ["unshare", "-Ur", "sh", "-c", script, "sh", sys.executable, "-c", code, str(root)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=os.environ)
    except FileNotFoundError:
        pytest.skip("no unshare on this system")
    if done.returncode:
        pytest.skip(f"no user namespaces here: {done.stderr.strip()}")
    assert "the files are looked at instead" in done.stdout
    assert "['sources/new.md']" in done.stdout, done.stdout
