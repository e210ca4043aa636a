"""The TeX that is installed: its versions, and the size and date of each file that says so.

What a build keeps of its passes is of one TeX: `keep_of` drops what another one left. A build that has nothing to do looks
at those dates alone (`ground.door`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from synopse.ground.stamps import PROGRAMS, program, stamp
from synopse.ground.store import Store
from synopse.typeset.known import Versions

_FILES = {
    "latex": ("latex.ltx", r"\\edef\\fmtversion\s*\{([^{}]+)\}"),
    "biblatex": ("biblatex.sty", r"\\def\\abx@version\{([^{}]+)\}"),
    "koma": ("scrkbase.sty", r"v(\S+) KOMA-Script"),
    "bookmark": ("bookmark.sty", r"\\ProvidesPackage\{bookmark\}%?\s*\[\S+ v(\S+)"),
}
"""For each part whose bookkeeping is known (`known.py`): the file that says its version, and where in it."""
_FORMAT = "lualatex.fmt"
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Installed:
    """The versions, and for each file that they come from its size and date."""

    versions: Versions
    stamps: tuple[tuple[str, str], ...]


def installed() -> Installed:
    """What is there now; looked up again only where one of the programs is another. Nothing raised: what is missing has no version."""
    return _looked_up(tuple(program(name) for name in PROGRAMS))


@lru_cache(maxsize=2)
def _looked_up(programs: tuple[tuple[str, str], ...]) -> Installed:
    names = [name for name, _ in _FILES.values()]
    paths = {Path(path).name: path for path in _found(_FORMAT, *names)}
    said = {part: _version(paths.get(name), pattern) for part, (name, pattern) in _FILES.items()}
    stamps = [*programs, *((path, stamp(path)) for path in sorted(paths.values()))]
    return Installed(Versions(**said), tuple(stamps))


def _found(*names: str) -> list[str]:
    finder = shutil.which("kpsewhich")
    if finder is None:
        return []
    command = [finder, "--engine=luahbtex", *names]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [line for line in said.split("\n") if os.path.isabs(line)]


def _version(path: str | None, pattern: str) -> str:
    if path is None:
        return ""
    try:
        with open(path, encoding="latin-1") as file:
            match = re.search(pattern, file.read(_HEAD))
    except OSError:
        return ""
    return match[1] if match else ""


TEX = "tex"
"""The step under which the store remembers which TeX made what is kept."""


def keep_of(store: Store) -> Versions:
    """The versions of the TeX that is there; what another TeX left in `build` is dropped.

    Labels, contents and bibliography may be written otherwise by another version, and the pictures drawn otherwise.
    """
    now, kept = installed(), store.records.get(TEX)
    if kept is not None and kept.read == dict(now.stamps):
        return now.versions
    if kept is not None:
        shutil.rmtree(store.folder / "aux", ignore_errors=True)
        store.distrust("labels", "biber", "typeset", *store.named("picture:"))
    store.keep_made(TEX, dict(now.stamps))
    return now.versions
