"""Earlier states of the sources, for `doit changes`: kept in `.synopse/snapshots` where git does not keep them.

A state cannot be made again, so it lies where `doit clean` does not reach. All of the last day are kept, older ones more
and more sparsely.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from synopse.build import lock as guard
from synopse.ground.review import Review

FOLDERS = ("sources", "bib")
STAMP = "%Y-%m-%dT%H%M%S"
"""How a snapshot is named."""
LATEST = 10
"""So many of the latest are kept in any case."""


def folder_of(root: Path) -> Path:
    """The folder of the snapshots. Those that an earlier version left in `build/` are brought there."""
    folder, old = Review(root).snapshots, Review(root).build / "snapshots"
    if old.is_dir():
        guard.own_folder(root)
        folder.mkdir(exist_ok=True)
        for path in old.iterdir():
            if not (folder / path.name).exists():
                path.replace(folder / path.name)
        shutil.rmtree(old, ignore_errors=True)
    return folder


def states(root: Path) -> list[Path]:
    """The snapshots that there are, the latest first."""
    folder = folder_of(root)
    found = (path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))
    return sorted(found, key=lambda path: path.name, reverse=True)


def keep(root: Path, name: str = "", apart: timedelta = timedelta()) -> bool:
    """Keeps the sources as they are now, unless git does, or the latest snapshot is the same, or not `apart` by so much.

    Tells whether it was kept. Raises `OSError`.
    """
    name = name or datetime.now().strftime(STAMP)
    if in_git(root):
        return False
    latest = next(iter(states(root)), None)
    if latest is not None and (same(root, latest) or _time(name) - _time(latest.name) < apart):
        return False
    folder = folder_of(root)
    guard.own_folder(root)
    folder.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder, prefix="."))
    try:
        for path in _files(root):
            _copy(path, made / path.relative_to(root), latest / path.relative_to(root) if latest else None)
        if (folder / name).is_dir():  # two builds in one second: the later state is the one of that second
            (folder / name).replace(made.with_name(f"{made.name}.old"))
        made.replace(folder / name)
        shutil.rmtree(made.with_name(f"{made.name}.old"), ignore_errors=True)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    wanted = thinned([path.name for path in states(root)])
    for path in states(root):
        if path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)
    return True


def _copy(path: Path, copy: Path, before: Path | None) -> None:
    """Copies a file; where the snapshot before has the same one, the two are one file on the disk."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    if before is not None and before.is_file() and _equal(path, before):
        with contextlib.suppress(OSError):
            os.link(before, copy)
            return
    shutil.copy2(path, copy)


def thinned(names: Collection[str]) -> set[str]:
    """Which snapshots stay: the latest ten, those of the last day, and of older ones the last of each day, for a month,
    and the last of each month. One that a person has named is left."""
    ordered = sorted((name for name in names if _time(name) != datetime.min), reverse=True)
    wanted = set(names) - set(ordered) | set(ordered[:LATEST])
    newest = _time(ordered[0]) if ordered else datetime.min
    seen: set[str] = set()
    for name in ordered:
        age = newest - _time(name)
        if age < timedelta(days=1):
            wanted.add(name)
            continue
        span = name[:10] if age < timedelta(days=31) else name[:7]
        if span not in seen:
            wanted.add(name)
        seen.add(span)
    return wanted


def _time(name: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}", name):
        return datetime.min
    try:
        return datetime.strptime(name, STAMP)
    except ValueError:
        return datetime.min


def when(name: str) -> str:
    """The day and hour that a snapshot is named by, to be read; the name itself where a person, or git, gave it."""
    time = _time(name)
    return name if time == datetime.min else f"{time:%Y-%m-%d %H:%M}"


def in_git(root: Path) -> bool:
    """Whether git keeps the report's history: `report.yaml` is tracked. A `.git` somewhere above says nothing."""
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return False
    command = ["git", "-C", str(root), "ls-files", "--error-unmatch", "--", "sources/report.yaml"]
    try:
        return subprocess.run(command, capture_output=True, check=False, env=_plain()).returncode == 0
    except OSError:
        return False


def _plain() -> dict[str, str]:
    """The environment without what a git hook sets, which would lead git to another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def _files(root: Path) -> Iterator[Path]:
    """What a state consists of: the sources, and the .bib files (not the papers that a reference manager puts beside)."""
    yield from (path for path in sorted(Review(root).sources.rglob("*")) if path.is_file())
    yield from (path for path in sorted(Review(root).bib.glob("*.bib")) if path.is_file())


def same(root: Path, kept: Path) -> bool:
    """Whether a snapshot holds the sources as they are now."""
    now, then = list(_files(root)), list(_files(kept))
    if [path.relative_to(root) for path in now] != [path.relative_to(kept) for path in then]:
        return False
    return all(_equal(first, second) for first, second in zip(now, then, strict=True))


def _equal(path: Path, copy: Path) -> bool:
    """Whether a copy, which has kept the date of its file, is still like it."""
    now, then = path.stat(), copy.stat()
    return now.st_size == then.st_size and (
        now.st_mtime_ns == then.st_mtime_ns or path.read_bytes() == copy.read_bytes()
    )
