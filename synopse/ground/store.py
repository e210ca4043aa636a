"""What was made, of what: one record a step, in one file; and, of each step, why it would have to be made again.

A record says which facts the step read, with the digest of each, and which files it made, with what tells each file from any
other. It is written once the files are there, and what it says is compared with what is there: so a build that was killed,
a file that somebody has changed, and two programs that build in turn leave nothing that would be trusted wrongly.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synopse.ground.files import write_whole
from synopse.ground.notes import Work
from synopse.ground.stamps import stamp

Digest = Callable[[str], str | None]
"""Gives the digest of a fact, by its name, as it is now: empty for a fact that there is not, none where it is as it was noted."""
NO_FILE = (0, 0)
MOST_LINES = 2
"""The file is written anew once it has so many lines for each record: those of records that were replaced are in it too."""


_WORDS = {"fiche": "the fiche {}", "about": "what the fiche {} says of itself", "record": "the reference {} in bib/",
          "label": "what a citation of {} prints", "listed": "whether the report lists {}", "chapter": "sources/{}",
          "template": "templates/{}", "part": "what the part {} is made from", "images": "an image in sources/",
          "form": "sources/form.yaml", "vocabulary": "sources/vocabulary.yaml", "bib": "bib/", "papers": "the list of papers",
          "letters": "the scripts that are printed", "latex": "the LaTeX", "tex": "the TeX distribution",
          "counted": "what values in prose count", "called": "what citations print",
          "order": "the order of the references", "csl": "the CSL style in sources/",
          "attached": "what is attached to the PDF", "pieces": "the pieces of the web page"}  # fmt: skip


def in_words(fact: str) -> str:
    """That a fact is another, as a person would say it: `fiche:tie2025` is the fiche tie2025."""
    kind, _, rest = fact.partition(":")
    known = _WORDS.get(kind)
    subject = known.format(rest) if known else fact.replace("report.", "report.yaml, ", 1)
    return f"{subject} has changed"


@dataclass(frozen=True, slots=True)
class Record:
    """A step that was made: the facts it read, by name; the files it made, by path; and what it found out."""

    read: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)


class Store:
    """The records of what lies in one folder. Paths are kept from that folder, so that it can be moved.

    The file grows by a line at each step. What other processes write to it is seen at the next question, so that doit may
    share its tasks out (`doit -n 4`) and the watch may stand beside another doit.
    """

    def __init__(self, folder: Path, name: str = "store.jsonl") -> None:
        self.folder, self.path = folder, folder / name
        self._lock = threading.RLock()
        self._records: dict[str, Record] | None = None
        self._lines = 0
        self._cut_short = False
        self._seen = NO_FILE

    @property
    def records(self) -> dict[str, Record]:
        """The records by step. What cannot be read of the file is left out: those steps are made again."""
        with self._lock:
            if self._records is None or self._seen != self._state():
                self._records = self._read()
            return self._records

    def _state(self) -> tuple[int, int]:
        """Which file it is, and how long: it is only ever appended to, or another takes its place."""
        try:
            state = os.stat(self.path)
        except OSError:
            return NO_FILE
        return state.st_ino, state.st_size

    def _read(self) -> dict[str, Record]:
        found: dict[str, Record] = {}
        self._lines, self._seen = 0, NO_FILE
        try:
            with self.path.open("rb") as stream:
                data = stream.read()
                self._seen = os.fstat(stream.fileno()).st_ino, len(data)
        except OSError:
            data = b""
        self._cut_short = not data.endswith(b"\n") and bool(data)
        for line in data.split(b"\n"):
            with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
                row = json.loads(line)
                self._lines += 1
                found.pop(row["step"], None)
                if "read" in row:
                    found[row["step"]] = Record(row["read"], row["files"], row["found"])
        return found

    def why(self, step: str, digest: Digest) -> str:
        """Why a step would have to be made again, in words; empty where it is up to date."""
        record = self.records.get(step)
        if record is None:
            return "it was never made"
        for name, was in record.read.items():
            if digest(name) not in (was, None):
                return in_words(name)
        return self.lost(record)

    def lost(self, record: Record) -> str:
        """Which file of a record is not what the step has made, in words; empty where all are."""
        for name, was in record.files.items():
            now = stamp(os.path.join(self.folder, name))
            if now != was:
                shown = f"{self.folder.name}/{name}"
                return f"{shown} was changed" if now else f"{shown} is not there"
        return ""

    def is_made(self, step: str, **read: str) -> bool:
        """Whether a step was made from just these facts, and all its files are there."""
        return not self.why(step, lambda name: read.get(name, "")) and self.records[step].read == read

    def found(self, step: str, name: str, default: Any = None) -> Any:
        """What a step found out, by name."""
        record = self.records.get(step)
        return default if record is None else record.found.get(name, default)

    def keep(self, step: str, work: Work, digest: Digest) -> None:
        """Records a step that was made. Files that it made before and no more are removed. Raises `OSError`."""
        read = {name: digest(name) or "" for name in sorted(work.read)}
        self.keep_made(step, read, work.files, work.found)

    def keep_made(
        self, step: str, read: Mapping[str, str], files: Iterable[Path] = (), found: Mapping[str, Any] | None = None
    ) -> None:
        """The same, for a step that knows what it was made from."""
        stamps = {os.path.relpath(path, self.folder).replace(os.sep, "/"): stamp(path) for path in files}
        record = Record(read, stamps, found or {})
        with self._lock:
            known = self.records
            before = known.get(step, Record())
            self._records = {**known, step: record}  # a new one, for another thread may be going through the old
            self._append({"step": step, "read": read, "files": stamps, "found": found or {}})
            self._remove(before.files.keys() - stamps.keys())

    def forget(self, *steps: str) -> None:
        """Takes the records of steps away, and the files that only they made. Raises `OSError`."""
        with self._lock:
            for record in self._take_away(steps):
                self._remove(set(record.files))

    def distrust(self, *steps: str) -> None:
        """Takes the records of steps away, and leaves their files: the steps are made again."""
        with self._lock:
            self._take_away(steps)

    def _take_away(self, steps: Iterable[str]) -> list[Record]:
        taken = []
        for step in steps:
            known = self.records
            if step in known:
                taken.append(known[step])
                self._records = {name: record for name, record in known.items() if name != step}
                self._append({"step": step})
        return taken

    def named(self, start: str) -> list[str]:
        """The steps whose names begin so."""
        return [step for step in self.records if step.startswith(start)]

    def forget_others(self, start: str, but: Collection[str]) -> None:
        """Forgets the steps whose names begin so, all but some. Raises `OSError`."""
        self.forget(*(step for step in self.named(start) if step not in but))

    def _remove(self, names: Collection[str]) -> None:
        """Removes files of which no record speaks any more."""
        kept = {name for each in self.records.values() for name in each.files} if names else set()
        for name in names:
            if name not in kept:
                (self.folder / name).unlink(missing_ok=True)

    def _append(self, row: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._lines > MOST_LINES * len(self._records or {}) + 16:
            self._rewrite()
            return
        before = "\n" if self._cut_short else ""  # what was cut short is nobody's line
        line = f"{before}{json.dumps(row, separators=(',', ':'))}\n".encode()
        with self.path.open("ab") as stream:
            stream.write(line)
            stream.flush()
            state = os.fstat(stream.fileno())
        began = state.st_size - len(line)
        if (self._seen == NO_FILE and not began) or self._seen == (state.st_ino, began):
            self._seen = state.st_ino, state.st_size  # else another process has written too: the next question reads it
        self._cut_short = False
        self._lines += 1

    def _rewrite(self) -> None:
        rows = [
            {"step": step, "read": dict(each.read), "files": dict(each.files), "found": dict(each.found)}
            for step, each in (self._records or {}).items()
        ]
        text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
        write_whole(self.path, text)
        self._lines, self._cut_short, self._seen = len(rows), False, self._state()
