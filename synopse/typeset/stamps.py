"""Whether TeX is still the one that made what is in `build`: by sizes and dates alone, without a process or a heavy import."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

RECORD = "aux/installed.json"
"""In `build`: the files that say which TeX made what is kept there, each with its size and date (`installed.py`)."""
PROGRAMS = ("lualatex", "biber")


def program(name: str) -> tuple[str, str]:
    """The file that is run under a name, and its stamp."""
    path = os.path.realpath(shutil.which(name) or name)
    return path, stamp(path)


def stamp(path: str) -> str:
    """A file's size and date; a dash where there is none."""
    try:
        state = os.stat(path)
    except OSError:
        return "-"
    return f"{state.st_size} {state.st_mtime_ns}"


def recorded(build: str) -> dict[str, str]:
    """The stamps of the TeX that made what is in `build`; none where nothing was made."""
    try:
        with open(os.path.join(build, RECORD), encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def same_tex(task: Any = None, values: Any = None, build: str = "build") -> bool:
    """An `uptodate` check of doit: false after an upgrade of TeX. True where nothing was made, so that nothing is to compare."""
    kept = recorded(build)
    there = all(program(name)[0] in kept for name in PROGRAMS)
    return not kept or (there and all(stamp(path) == known for path, known in kept.items()))
