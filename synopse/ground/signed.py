"""Files that only this person's synopse has written: bytes in; the same bytes out later, or nothing if anybody else wrote.

What is kept between two runs are pickles and compiled templates, and Python runs what they say. They lie in the person's
cache folder, which others may be able to write to. So each begins with a signature (keyed BLAKE2, RFC 7693) by a key that lies in
the person's own cache folder and in no project.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from synopse.ground.files import write_whole
from synopse.ground.settings import cache_root

SIZE = 32
"""Bytes of a key, and of a signature."""


def read_signed(path: Path) -> bytes | None:
    """What `write_signed` wrote there; nothing where there is no file, or one that is signed by no key of this person."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    content = memoryview(data)[SIZE:]
    return bytes(content) if hmac.compare_digest(_signature(content), data[:SIZE]) else None


def write_signed(path: Path, data: bytes) -> None:
    """Writes the bytes with their signature. Raises `OSError`."""
    write_whole(path, _signature(data) + data, lasting=False)


def _signature(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, key=_key(), digest_size=SIZE).digest()


@lru_cache(maxsize=1)
def _key() -> bytes:
    """The key of this person, made at the first run; one for this process alone where it cannot be kept."""
    folder, fresh = cache_root(), os.urandom(SIZE)
    path = folder / "key"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        mine = folder / f".key-{os.getpid()}-{fresh.hex()[:8]}"
        if not path.exists():
            handle = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(fresh)
            with contextlib.suppress(FileExistsError):  # another process was first: its key is everybody's
                os.link(mine, path)
            mine.unlink()
        kept = path.read_bytes()
        if len(kept) == SIZE and path.stat().st_uid == os.getuid():
            return kept
    return fresh
