"""What tells a file, and the TeX that is there, from another one at a glance: sizes and dates, without a process or a heavy import."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping

PROGRAMS = ("lualatex", "biber")


def program(name: str) -> tuple[str, str]:
    """The file that is run under a name, and its stamp."""
    path = place_of(name)
    return path, stamp(path)


def place_of(name: str) -> str:
    """The file that is run under a name; the name itself where there is none."""
    return os.path.realpath(shutil.which(name) or name)


def stamp(path: str | os.PathLike[str]) -> str:
    """A file's size and date, which a copy keeps; empty where there is none."""
    try:
        state = os.stat(path)
    except OSError:
        return ""
    return f"{state.st_size} {state.st_mtime_ns}"


def unchanged(kept: Mapping[str, str] | None) -> bool:
    """Whether TeX is still the one of these files and stamps; false where none are known."""
    if not kept or not all(program(name)[0] in kept for name in PROGRAMS):
        return False
    return all(stamp(path) == known for path, known in kept.items())
