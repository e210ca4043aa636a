"""Writing at the edge: a file is written whole or not at all, and left alone when it would not change; safe names."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
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


def latex_name(file: str) -> str:
    """The name, without ending, of the LaTeX file of a fiche's file: plain ASCII that TeX and doit take as it is."""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    plain = re.sub(r"[^A-Za-z0-9.+-]", "-", stem)
    return plain if plain == stem else f"{plain}-{hashlib.blake2b(stem.encode(), digest_size=4).hexdigest()}"


def text_of(path: Path) -> str:
    """The text of a file that may not be there; then it is empty."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def copy_whole(source: Path, target: Path) -> None:
    """Copies a finished file beside `target`, then renames."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, partial)
    partial.replace(target)
