"""biber: a control file and a clean .bib in; the formatted bibliography (.bbl) and what biber says out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from synopse.ground.files import copy_whole, text_of
from synopse.typeset import walls
from synopse.typeset.control import refused
from synopse.typeset.installed import installed
from synopse.typeset.process import begin, wait
from synopse.typeset.rooms import environment, found, room

TIME_LIMIT = 300.0
BIBER = "biber"
"""The step under which the store remembers the bibliography of a report."""


def read_by_biber(bcf: Path, bib: Path) -> str:
    """A digest of all that decides what biber makes: its control file and the .bib.

    Of the control file all that biber takes of it (`known.settled_control`).
    """
    state = hashlib.blake2b(digest_size=16)
    references = _bytes(bib)
    state.update(installed().versions.settled_control(_bytes(bcf), aliases(references)))
    state.update(references)
    return state.hexdigest()


_OWN_OR_ALIASES = re.compile(rb"^(?:@\w+\{([^,\s]+),|  ids *= \{([^{}]*)\},)$", re.MULTILINE)


def aliases(references: bytes) -> dict[bytes, bytes]:
    """Of a references.bib as `bib.write` writes it, the key of the entry that each alias (`ids`) stands for."""
    found: dict[bytes, bytes] = {}
    own = b""
    for key, others in _OWN_OR_ALIASES.findall(references):
        own = key or own
        found |= {other: own for other in others.split(b",") if others}
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b"-"


def run_biber(tex: Path, folder: Path, jobname: str, epoch: int, stale: Callable[[], bool] | None = None) -> list[str]:
    """Runs biber in `folder`; gives its warnings and errors, a line each. Raises `EngineMissing`, and `process.Stale`."""
    program = found("biber")
    if not walls.version() and (said := refused(_bytes(folder / f"{jobname}.bcf"))):
        return [f"ERROR - the templates would have biber take {said}: without Landlock it is not started on that"]
    if (tex / "references.bib").exists():  # biber itself would look for it with kpsewhich, which it may not run
        copy_whole(tex / "references.bib", folder / "references.bib")
    command = [program, "--nolog", "--noconf", "--input-encoding=utf8", jobname]
    words = folder / "biber.said"
    with words.open("wb") as output:
        process = begin(command, folder, environment(tex, folder, epoch), room(program, tex, folder), output=output)
    if not wait(process, TIME_LIMIT, stale):
        return ["ERROR - biber did not finish in time and was stopped"]
    said = text_of(words)
    lines = re.findall(r"^(?:WARN|ERROR) - .*$", said, re.MULTILINE)
    if process.returncode and not lines:
        lines = ["ERROR - " + (said.strip().split("\n") or ["biber failed"])[-1]]
    return lines


@dataclass(frozen=True, slots=True)
class Formatted:
    """What a run of biber made: the digest of what it read, the .bbl, its warnings and errors."""

    key: str
    bbl: str
    lines: list[str]

    @property
    def failed(self) -> bool:
        """Whether it made nothing, or less than it was asked for."""
        return not self.bbl or any(line.startswith("ERROR") for line in self.lines)
