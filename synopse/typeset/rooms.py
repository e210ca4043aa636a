"""Where TeX is and what a document may touch: the engine's and biber's environment, and the folders they are shut in.

An engine reads the trees of TeX, the machine's fonts and the generated LaTeX; it writes in its own folder and into a
font cache that only such engines read. See ARCHITECTURE.md, "Walls", for which wall holds what on which system.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from synopse.ground.settings import cache_root
from synopse.typeset.walls import Room, loader

FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
ENGINE = "lualatex"
GUARD = Path(__file__).with_name("walls.lua")
"""What the engine reads before anything else: the keepers of Lua's functions."""
_MACHINE = [
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share",
    "/usr/local/share/perl",
    "/etc/perl",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/dev/urandom",
]
"""What any program needs: libraries, Perl's modules (for biber), the time zone. No person's file is there."""
_KEPT = re.compile(
    r"(HOME|PATH|USER|LOGNAME|LANG|LANGUAGE|TZ|TZDIR|SYSTEMROOT|LOCPATH|LOCALE_ARCHIVE|PERL5LIB"
    r"|(LD|DYLD)_[A-Z_]+|LC_\w+|\w*TEX\w*|KPATHSEA\w*|SELFAUTO\w+|\w+INPUTS|\w+FONTS)\Z"
)
"""Variables that say where TeX, its files and libraries are. Others, among them secrets, are not the engine's to read."""

_NO_FONT_MAKERS = {f"MKTEX{what}": "0" for what in ("PK", "TFM", "MF", "FMT", "TEX")}


class EngineMissing(Exception):
    """The engine is not installed."""


def environment(tex: Path, run: Path, epoch: int) -> dict[str, str]:
    """What the engine and biber find: the LaTeX of `tex`, the machine's fonts, one date, and paranoid file access.

    `openin_any`, `openout_any`: kpathsea manual, § 5.2 "Safe filenames". `MKTEX…`: TeX runs no script to make a font.
    """
    inputs, own, cache = os.path.relpath(tex, run), _both(tex, run), str(font_cache())
    kept = {name: value for name, value in os.environ.items() if _KEPT.match(name)}
    if is_packed(shutil.which("biber") or ""):
        kept["PAR_GLOBAL_TEMP"] = str(_unpacked())
    return (
        kept
        | _NO_FONT_MAKERS
        | {
            "TEXINPUTS": f".:{inputs}:",
            "BIBINPUTS": f".:{inputs}:",
            "OSFONTDIR": ":".join(f"{folder}//" for folder in _fonts()),
            "SOURCE_DATE_EPOCH": str(epoch),
            "FORCE_SOURCE_DATE": "1",
            "openin_any": "p",
            "openout_any": "p",
            "shell_escape": "f",
            "TEXMFOUTPUT": "",
            "CLUAINPUTS": "",
            "TMPDIR": os.path.abspath(run),
            "TEXMFCACHE": cache,
            "max_print_line": "10000",
            "LC_ALL": "C.UTF-8",
            "SYNOPSE_FORMAT": ENGINE,
            "SYNOPSE_READ": "\n".join((*own, *trees(), *_fonts(), cache)),
            "SYNOPSE_WRITE": "\n".join((*_both(run), cache)),
            "SYNOPSE_OWN": "\n".join(own),
        }
    )


def room(program: str, tex: Path, run: Path, *more: str) -> Room:
    """What `program`, an engine or biber by its whole path, may read (and `more`), write and run."""
    reads = (*_MACHINE, *trees(), *_fonts(), str(GUARD), str(tex), *more)
    unpacked = (str(_unpacked()),) if is_packed(program) else ()
    writes = (str(run), str(font_cache()), "/dev/null", *unpacked)
    return Room(reads, writes, (*loader(program), *unpacked))


def found(program: str) -> str:
    """The whole path of a program of the TeX distribution. Raises `EngineMissing`."""
    path = shutil.which(program)
    if path is None:
        raise EngineMissing(program)
    return path


@lru_cache(maxsize=1)
def trees() -> tuple[str, ...]:
    """The folders of the TeX distribution, as kpathsea knows them. Raises `EngineMissing`."""
    command = [found("kpsewhich"), "--expand-braces=$TEXMF:$TEXMFCNF"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    named = dict.fromkeys(each.removeprefix("!!").rstrip("/") for each in said.split(":"))
    return tuple(path for path in named if os.path.isabs(path) and not _holds_homes(path))


def _holds_homes(path: str) -> bool:
    """Whether a folder is too wide to be a tree of TeX: that of a person's files, or one above it."""
    home = os.path.expanduser("~")
    return path in ("", "/usr", "/etc", "/var", "/opt") or home == path or home.startswith(path + "/")


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, ...]:
    folders = [os.path.expanduser(folder) for folder in FONT_FOLDERS]
    return tuple(folder for folder in folders if os.path.isdir(folder))


def _both(*folders: Path) -> tuple[str, ...]:
    """Folders as they are called, and as they are where a link leads to them."""
    return tuple(dict.fromkeys(name for each in folders for name in (os.path.abspath(each), os.path.realpath(each))))


@lru_cache(maxsize=1)
def font_cache() -> Path:
    """The folder of luaotfload's cache for these engines alone, made and filled from the person's own cache.

    A cache holds Lua: one that documents write must not be read by an engine without walls.
    """
    engine = Path(os.path.realpath(found(ENGINE))).stat()
    folder = cache_root() / f"fonts-{engine.st_mtime_ns:x}-{engine.st_size:x}"
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for known in kpse_paths("TEXMFCACHE"):
            source = Path(known) / "luatex-cache"
            if source.is_dir():
                shutil.copytree(source, folder / "luatex-cache", dirs_exist_ok=True)
                break
    return folder


def kpse_paths(variable: str) -> list[str]:
    """The folders that a variable of kpathsea names. Raises `EngineMissing`."""
    command = [found("kpsewhich"), f"--var-value={variable}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().split(":")


@lru_cache(maxsize=4)
def is_packed(program: str) -> bool:
    """Whether a program is biber as one packed file (PAR, as TUG and MacTeX ship it), which unpacks itself and runs that."""
    try:
        with open(program, "rb") as file:
            return Path(program).name.startswith("biber") and file.read(2) != b"#!"
    except OSError:
        return False


def _unpacked() -> Path:
    folder = cache_root() / "biber"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
