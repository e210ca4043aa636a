"""What was read before, by content: pickles in `build/cache`, one file a kind. A damaged one is made again.

The files are the product's own, written whole; a change of the product's code changes every key.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from synopse.files import write_whole


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Changes whenever a file of the package does."""
    folder = Path(__file__).parent
    stats = [(str(path), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*.py"))]
    return hashlib.blake2b(repr(stats).encode(), digest_size=8).digest()


def digest(*parts: bytes) -> str:
    """A short name for the content of `parts`, and the code that reads it."""
    state = hashlib.blake2b(_code(), digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


class Cache:
    """Values by kind and key. `save` keeps those that were asked for in this run, and forgets the others."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.old: dict[str, dict[str, Any]] = {}
        self.new: dict[str, dict[str, Any]] = {}
        self.changed: set[str] = set()

    def made(self, kind: str, key: str, make: Callable[[], Any]) -> Any:
        """The value of `key`, made now unless it was before."""
        if kind not in self.old:
            self.old[kind] = self._read(kind)
        known = self.old[kind]
        if key not in known:
            known[key] = make()
            self.changed.add(kind)
        self.new.setdefault(kind, {})[key] = known[key]
        return known[key]

    def _read(self, kind: str) -> dict[str, Any]:
        if self.folder is None:
            return {}
        try:
            code, values = pickle.loads((self.folder / f"{kind}.pickle").read_bytes())
        except Exception:  # whatever a damaged pickle raises, the value is made again
            return {}
        return values if code == _code() and isinstance(values, dict) else {}

    def save(self) -> None:
        """Writes the kinds in which something is new. A folder that cannot be written to costs time, nothing else."""
        if self.folder is None:
            return
        for kind in self.changed:
            data = pickle.dumps((_code(), self.new[kind]), protocol=5)
            try:
                write_whole(self.folder / f"{kind}.pickle", data)
            except OSError:
                return
        self.changed.clear()
