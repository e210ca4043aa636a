"""The one way to what lies outside a build: files, folders, variables, the program. What is read, or only looked at, is noted,
with what tells whether it is still so.

What was noted is kept with the step that read it (`store.py`), so that the next doit asks whether that step is up to date and the
watch knows which folders to watch. Nobody writes down what a step reads. After the `World` of typst, through which alone its
compiler reads.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from synopse.ground.files import NOTES, fiches_folder, look_at, sources_in
from synopse.ground.stamps import place_of, stamp
from synopse.ground.templates import FOLDER, templates_by_name

FILE, NAMES, LOOK, VARIABLE, PROGRAM = "file", "names", "look", "variable", "program"
PLACE, TOOL, TEMPLATES = "place", "tool", "templates"
SEPARATOR = "\0"
"""Between names in one value: no name of a file holds it."""
BELOW = "*"
"""Before the endings that are looked for in folders inside as well."""


class Door:
    """Reads for one making of a review, and notes each thing that was read: `seen`, by kind and name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: dict[str, str] = {}

    def read(self, path: Path) -> bytes:
        """The bytes of a file. Raises `OSError`; that it could not be read is noted as well."""
        name = f"{FILE} {self._name(path)}"
        before = _stamp(path)
        self.seen[name] = before  # a file that changes while it is read is another one at the next look
        data = path.read_bytes()
        self.seen[name] = f"{before} {_digest(data)}"
        return data

    def is_there(self, path: Path) -> bool:
        """Whether there is a file, or a link, of this name."""
        there = os.path.lexists(path)
        if not there:
            self.seen[f"{FILE} {self._name(path)}"] = ""
        return there

    def names(self, folder: Path, *endings: str, below: bool = False) -> list[Path]:
        """The files of a folder that are a person's own (`files.sources_in`)."""
        found = sources_in(folder, *endings, below=below)
        kind = (BELOW if below else "") + ",".join(endings)
        self.seen[f"{NAMES} {kind} {self._name(folder)}"] = SEPARATOR.join(self._name(path) for path in found)
        return found

    def fiches(self) -> list[Path]:
        """The files of the fiches."""
        return self.names(self.root / fiches_folder(), *NOTES, below=True)

    def look(self, folder: Path, *endings: str) -> str:
        """A digest of the files in and below a folder, by their sizes and dates (`files.look_at`)."""
        found = look_at(folder, *endings)
        self.seen[f"{LOOK} {','.join(endings)} {self._name(folder)}"] = found
        return found

    def templates(self) -> dict[Path, Path]:
        """The templates, and what lies beside them, by their names: the review's own and the program's."""
        found = templates_by_name(self.root)
        self.seen[TEMPLATES] = SEPARATOR.join(self._name(path) for path in found.values())
        return found

    def variable(self, name: str) -> str:
        """A variable of the environment; empty where it is not set."""
        value = os.environ.get(name, "")
        self.seen[f"{VARIABLE} {name}"] = value
        return value

    def program(self) -> None:
        """Notes which program this is."""
        from synopse.ground.program import program_digest, program_look

        self.seen[PROGRAM] = f"{program_look()} {program_digest().hex()}"

    def tools(self, names: Sequence[str], stamps: Mapping[str, str]) -> None:
        """Notes the other programs that are run, and the files that decide what they make, each with its size and date."""
        self.seen |= {f"{PLACE} {name}": place_of(name) for name in names}
        self.seen |= {f"{TOOL} {path}": known for path, known in stamps.items()}

    def folders(self) -> tuple[str, ...]:
        """The folders of the review in which something was read or looked for: what a watch watches."""
        after = {FILE: 1, NAMES: 2, LOOK: 2}
        kinds = ((name, name.split(" ", 1)[0]) for name in self.seen)
        paths = {name.split(" ", after[kind])[-1] for name, kind in kinds if kind in after}
        return tuple(sorted({path.split("/")[0] for path in {*paths, FOLDER} if not os.path.isabs(path)}))

    def changed(self) -> str:
        """What is no longer as it was read, in words; empty where all is."""
        return changed(self.root, self.seen)

    def _name(self, path: Path) -> str:
        return _named(self.root, path)


def _named(root: Path, path: Path) -> str:
    """A path as it is noted: from the review's folder, where it lies in it."""
    text, start = str(path), f"{root}{os.sep}"
    if text.startswith(start):  # what follows does the same, for hundreds of files too slowly
        return text[len(start) :].replace(os.sep, "/")
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def changed(root: Path, seen: Mapping[str, str]) -> str:
    """The first of the things noted that is no longer so, in words; empty where all are."""
    return next(_changes(root, seen), "")


def _changes(root: Path, seen: Mapping[str, str]) -> Iterator[str]:
    for name, was in seen.items():
        kind, _, rest = name.partition(" ")
        said = _CHECKS[kind](root, rest, was)
        if said:
            yield said


def _file(root: Path, name: str, was: str) -> str:
    path = root / name
    now = _stamp(path)
    before, _, known = was.rpartition(" ") if was.count(" ") == STAMPED else (was, "", "")
    if now == before:
        return ""
    if not now:
        return f"{name} is gone"
    if not before:
        return f"{name} is new"
    try:
        same = known and _digest(path.read_bytes()) == known
    except OSError:
        same = False
    return "" if same else f"{name} has changed"


def _names(root: Path, rest: str, was: str) -> str:
    kind, _, folder = rest.partition(" ")
    endings = tuple(each for each in kind.removeprefix(BELOW).split(",") if each)
    return _other_names(root, sources_in(root / folder, *endings, below=kind.startswith(BELOW)), was)


def _other_names(root: Path, paths: Iterable[Path], was: str) -> str:
    now, before = [_named(root, path) for path in paths], [name for name in was.split(SEPARATOR) if name]
    if now == before:
        return ""
    come, gone = set(now) - set(before), set(before) - set(now)
    if come:
        return f"{next(name for name in now if name in come)} is new"
    return f"{next(name for name in before if name in gone)} is gone" if gone else "files were renamed"


def _look(root: Path, rest: str, was: str) -> str:
    endings, _, folder = rest.partition(" ")
    now = look_at(root / folder, *(each for each in endings.split(",") if each))
    return "" if now == was else f"an image in {folder}/ has come, changed or gone"


def _templates(root: Path, rest: str, was: str) -> str:
    return _other_names(root, templates_by_name(root).values(), was)


def _variable(root: Path, name: str, was: str) -> str:
    return "" if os.environ.get(name, "") == was else f"the variable {name} is another"


def _program(root: Path, rest: str, was: str) -> str:
    from synopse.ground.program import program_digest, program_look

    look, _, digest = was.partition(" ")
    return "" if program_look() == look or program_digest().hex() == digest else "the program has changed"


def _is_elsewhere(root: Path, name: str, was: str) -> str:
    return "" if place_of(name) == was else f"{name} is another program"


def _tool(root: Path, path: str, was: str) -> str:
    return "" if stamp(path) == was else f"{path} has changed"


_CHECKS: dict[str, Callable[[Path, str, str], str]] = {
    FILE: _file,
    NAMES: _names,
    LOOK: _look,
    VARIABLE: _variable,
    PROGRAM: _program,
    PLACE: _is_elsewhere,
    TOOL: _tool,
    TEMPLATES: _templates,
}
STAMPED = 4
"""How many blanks there are in a file's stamp with its digest."""


def _stamp(path: Path) -> str:
    """What tells a file from another one at a glance; empty where there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return ""
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
