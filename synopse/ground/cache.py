"""What was read before, by content: pickles in the person's own cache folder, signed (signed.py). A damaged one is made again.

Nothing that Python would run is read from a review's folder: a review may come by mail.

A kind has two files: all that was known when it was last written whole, and what has come since, which alone is
written after an edit. A change of the program changes every key.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from synopse.ground.program import program_digest, room_digest
from synopse.ground.settings import cache_root
from synopse.ground.signed import read_signed, write_signed

REVIEW = "review"
"""The file that holds the path of the review whose cache it is."""
MOST_APPENDED = 16
"""The file of all values is written anew once more new ones than this, or than an eighth of all, lie in the other file."""


def digest(*parts: bytes) -> str:
    """A short name for the content of `parts`, and the program that reads it."""
    state = hashlib.blake2b(program_digest(), digest_size=16)
    _add(state, parts)
    return state.hexdigest()


def typeset_digest(*parts: bytes) -> str:
    """A short name for what TeX is given, and what of the program gives it: the rest of the program may change."""
    state = hashlib.blake2b(room_digest("typeset", "pypdf"), digest_size=16)
    _add(state, parts)
    return state.hexdigest()


def _add(state: hashlib.blake2b, parts: Iterable[bytes]) -> None:
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)


def cache_of(root: Path) -> Path:
    """The folder in the person's cache for what is kept of the review in `root`."""
    where = str(root.resolve())
    name = hashlib.blake2b(where.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return cache_root() / "reviews" / name


def note_review(root: Path) -> None:
    """Notes whose folder it is, and removes those of reviews that are no longer there. Raises `OSError`."""
    folder = cache_of(root)
    if (folder / REVIEW).exists():
        return
    for note in folder.parent.glob(f"*/{REVIEW}"):
        if not Path(note.read_text("utf-8", "surrogateescape")).is_dir():
            shutil.rmtree(note.parent, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REVIEW).write_text(str(root.resolve()), "utf-8", "surrogateescape")


class Cache:
    """Values by kind and key, in files under `folder`, or in memory alone where there is none.

    `save` keeps the values that were asked for since it was last called, and forgets the others.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.whole: dict[str, dict[str, Any]] = {}
        self.since: dict[str, dict[str, Any]] = {}
        self.asked: dict[str, dict[str, Any]] = {}
        self.changed: set[str] = set()

    def made(self, kind: str, key: str, make: Callable[[], Any]) -> Any:
        """The value of `key`, made now unless it was before."""
        if kind not in self.whole:
            self.whole[kind], self.since[kind] = self._read(kind), self._read(f"{kind}.since")
        whole, since = self.whole[kind], self.since[kind]
        if key not in whole and key not in since:
            since[key] = make()
            self.changed.add(kind)
        value = whole[key] if key in whole else since[key]
        self.asked.setdefault(kind, {})[key] = value
        return value

    def _read(self, name: str) -> dict[str, Any]:
        if self.folder is None:
            return {}
        collecting = gc.isenabled()
        gc.disable()  # many objects and no cycle among them: looking for cycles takes longer than the reading
        try:
            code, values = pickle.loads(read_signed(self.folder / f"{name}.pickle") or b"")
        except Exception:  # whatever a damaged pickle raises, the value is made again
            return {}
        finally:
            if collecting:
                gc.enable()
        return values if code == program_digest() and isinstance(values, dict) else {}

    def save(self) -> None:
        """Writes the kinds in which something is new. A folder that cannot be written to costs time, nothing else."""
        for kind in self.changed:
            whole, asked = self.whole[kind], self.asked[kind]
            since = {key: value for key, value in asked.items() if key not in whole}
            if self.folder is None or not whole or len(since) > max(MOST_APPENDED, len(whole) // 8):
                whole, since = asked, {}
                self._write(kind, whole)
            self._write(f"{kind}.since", since)
            self.whole[kind], self.since[kind] = whole, since
        self.changed.clear()
        self.asked.clear()

    def _write(self, name: str, values: dict[str, Any]) -> None:
        if self.folder is None:
            return
        try:
            write_signed(self.folder / f"{name}.pickle", pickle.dumps((program_digest(), values), protocol=5))
        except OSError:
            return
