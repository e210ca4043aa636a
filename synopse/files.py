"""Writing at the edge: a file is written whole or not at all, and left alone when it would not change."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> bool:
    """Writes `content` beside `path`, then renames: a reader sees the old file or the new one, never a part.

    Text is written in UTF-8. A file that already holds `content` keeps its date, so that what depends on it is
    not made again. Tells whether the file was written. Raises `OSError` (disk full, no right to write).
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True
