"""The edge to the disk: which files are sources, their safe names, files written whole or not at all, and what failed."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from synopse.ground.letters import composed
from synopse.ground.settings import reader

FICHES, READINGS = "sources/fiches", "sources/readings"
"""Where the fiches lie, and the folders of the readers."""
NOTES = (".yaml", ".yml")
"""The endings of a fiche's file, whatever their case."""
IMAGES = (".pdf", ".png", ".jpg", ".jpeg")
"""The endings of the images that a text may show."""
GENERATED = (".tex", ".bib")
"""The endings of what is made at the top of `build/tex`. Templates bear the first."""
LONGEST_NAME = 100
"""A file system takes names of 255 bytes; what is made from a fiche's file bears its name and more."""
_PART = re.compile(r"\.[0-9a-f]{12}\.part")
"""What a file is called while it is written."""
_SET_ASIDE = ("~", ".bak", ".swp", ".swo", ".tmp", ".part", ".orig", ".crdownload")


def is_source_name(name: str) -> bool:
    """Whether a file of this name is a person's own: not what an editor or the system keeps beside it.

    Vim's `.x.yaml.swp` and `4913`, Emacs's `.#x.yaml` and `#x.yaml#`, macOS's `._x.yaml`, and copies set aside.
    """
    base = name.rsplit("/", 1)[-1]
    return bool(base) and not base.startswith((".", "#")) and not base.endswith(_SET_ASIDE) and base != "4913"


def sources_in(folder: Path, *endings: str, below: bool = False) -> list[Path]:
    """The files of `folder` that are a person's own and have one of the `endings`, sorted; `below` looks deeper too.

    A link that leads nowhere and a folder of such a name are among them: reading them says what is wrong.
    """
    found: list[Path] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    for entry in entries:
        if not is_source_name(entry.name) or entry.name == "__MACOSX":
            continue
        if entry.name.lower().endswith(endings):
            found.append(folder / entry.name)
        elif below and entry.is_dir():
            found += sources_in(folder / entry.name, *endings, below=True)
    return found


def as_named(path: Path) -> Path:
    """The path of a file as the disk has its name, whose letters may stand there with their marks apart."""
    if path.name.isascii() or os.path.lexists(path):
        return path
    try:
        names = [name for name in os.listdir(path.parent) if composed(name) == composed(path.name)]
    except OSError:
        return path
    return path.with_name(min(names)) if names else path


def look_at(folder: Path, *endings: str) -> str:
    """A digest of which files lie in and below `folder`, with their sizes and dates; of those with an ending, if any.

    It tells quickly that something has changed. A file that is put back as it was is another one for it.
    """
    state = hashlib.blake2b(digest_size=16)
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(endings or ""):
                path = os.path.join(place, name)
                try:
                    stat = os.stat(path)
                except OSError:
                    continue
                here = os.path.relpath(path, folder)
                stamp = (here, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
                state.update(repr(stamp).encode("utf-8", "surrogateescape"))
    return state.hexdigest()


def fiches_folder() -> str:
    """Where the fiches lie, from a review's folder; for a reader who works blind, that reader's own notes."""
    name = reader()
    return f"{READINGS}/{name}" if name else FICHES


def fiches_in(root: Path) -> list[Path]:
    """The files of the fiches, those in folders of their own included."""
    return sources_in(root / fiches_folder(), *NOTES, below=True)


def latex_name(file: str) -> str:
    """The name, without ending, of the files made from a fiche's file: plain ASCII that TeX and doit take as it is.

    Two files never share one: `q.yaml` and `q.yml`, `a/q.yaml` and `b/q.yaml`, `Q.yaml` and `q.yaml` (which one folder
    cannot hold on macOS and Windows) differ by a digest of the whole name.
    """
    own = file.removeprefix(f"{fiches_folder()}/")
    stem = own.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    plain = re.sub(r"[^a-z0-9.+-]", "-", stem.lower())[:LONGEST_NAME]
    if own == f"{plain}.yaml":
        return plain
    return f"{plain}-{hashlib.blake2b(own.encode('utf-8', 'surrogateescape'), digest_size=4).hexdigest()}"


def write_whole(path: Path, content: str | bytes, *, lasting: bool = True) -> bool:
    """Writes `content` beside `path`, then renames: a reader sees the old file or the new one, never a part.

    Text is written in UTF-8. A file that already holds `content` keeps its date, so that what depends on it is
    not made again. Tells whether the file was written. Raises `OSError` (disk full, no right to write).
    A `lasting` file is on the disk before it bears its name, so that a power cut leaves no empty one (fsync(2)).
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    _beside(path, lambda stream: stream.write(data), lasting)
    return True


def copy_whole(source: Path, target: Path) -> None:
    """Copies a finished file beside `target`, then renames."""

    def fill(stream: BinaryIO) -> None:
        with source.open("rb") as whole:
            shutil.copyfileobj(whole, stream)

    _beside(target, fill, lasting=True)


def sweep(folder: Path) -> None:
    """Takes away what writes left that were killed. Only for whoever alone writes in the folder."""
    for place, _, names in os.walk(folder):
        for name in names:
            if _PART.fullmatch(name):
                Path(place, name).unlink(missing_ok=True)


def _beside(path: Path, fill: Callable[[BinaryIO], object], lasting: bool) -> None:
    """Fills a file beside `path` under a name that no other process has, then gives it the name.

    A new file has the rights that the umask leaves, one that was there keeps its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.urandom(6).hex()}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            if path.exists():
                os.chmod(temporary, path.stat().st_mode & 0o777)
            fill(stream)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def own_files(tex: Path) -> list[Path]:
    """What was brought along with the templates, as it lies at the top of the folder of the generated LaTeX."""
    return sorted(path for path in tex.glob("*.*") if path.suffix not in GENERATED and not path.name.startswith("."))


def version(path: Path) -> str:
    """What tells a file from the one that was there before it; empty where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"


def text_of(path: Path) -> str:
    """The text of a file that may not be there; then it is empty."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


_REASONS = {
    errno.ENOENT: "it is not there",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EACCES: "there is no right to do so",
    errno.EPERM: "there is no right to do so",
    errno.ELOOP: "its links lead in a circle",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk reports an error",
}


def reason(error: OSError, path: Path | None = None) -> str:
    """Why a file could not be read or written, in plain words; a link that leads nowhere is called so."""
    if error.errno == errno.ENOENT and path is not None and path.is_symlink():
        return f"it is a link to {os.readlink(path)}, which is not there"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
