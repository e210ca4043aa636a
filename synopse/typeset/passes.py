"""The pass loop: as many runs of the engine and of biber as reach the fixed point, and no more.

A pass is needed again only when a file that the next pass would read (labels, contents, outlines, bibliography) came
out other than it went in. biber is needed only when its control file or the .bib has changed. While one engine works
the next one already reads the preamble; a first pass, which cannot be the last, writes no PDF.
"""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.ground.files import text_of, write_whole
from synopse.ground.store import Store
from synopse.typeset.biber import BIBER, Formatted, read_by_biber, run_biber
from synopse.typeset.engine import TIME_LIMIT, Pass, start
from synopse.typeset.format import FormatStore
from synopse.typeset.installed import keep_of
from synopse.typeset.process import sweep

if TYPE_CHECKING:
    from concurrent.futures import Future

READ_AGAIN = ("aux", "toc", "lot", "lof", "out")
"""Files that a pass writes and the next one reads."""
MOST_PASSES = 6
Step = Callable[[str, float], None]


@dataclass
class PassResult:
    """The outcome of a run: the folder of the last pass, whether it went well, what engine and biber said, what was run."""

    folder: Path
    ok: bool
    log: str = ""
    """TeX's log, or what the engine printed where it died before there was one."""
    biber: list[str] = field(default_factory=list)
    timed_out: bool = False
    steps: list[tuple[str, float]] = field(default_factory=list)
    status: int = 0
    """How the engine's process ended: below 0, the signal that ended it."""
    moving: tuple[str, ...] = ()
    """Where the last of `MOST_PASSES` passes left other page numbers or labels than it read: lines of what it left."""


class PassLoop:
    """Typesets one document of the folder `tex` into that of the `store`; keeps what passes read again in its `aux`."""

    def __init__(self, tex: Path, store: Store, epoch: int, told: Step = lambda name, seconds: None) -> None:
        self.tex, self.store, self.build, self.epoch, self.told = tex, store, store.folder, epoch, told
        self.known, self.kept = keep_of(store), self.build / "aux"
        self.next: Pass | None = None
        self.over: list[Path] = []
        self.stale: Callable[[], bool] | None = None
        self.formats = FormatStore(tex, epoch)
        self.format = self.formats.usable()
        self.steps: list[tuple[str, float]] = []
        self.biber_lines: list[str] = []
        self.failed_on = ""

    @property
    def cold(self) -> bool:
        """Whether nothing is known of an earlier build, so that the first pass cannot be the last."""
        return not (self.kept / "report.aux").exists() or not (self.kept / "report.bbl").exists()

    def warm(self, draft: bool | None = None) -> None:
        """Starts an engine that reads the preamble and waits."""
        if self.next is not None and not self.next.alive:
            self.next.stop()
            self.next = None
        if self.next is None:
            self.next = self._start(self.cold if draft is None else draft)

    def _start(self, draft: bool) -> Pass:
        return start(self.tex, self.build, "pass", draft=draft, waiting=True, epoch=self.epoch, format=self.format)

    def ahead(self) -> None:
        """Takes the waiting engine past the beginning of the document, with the labels and the bibliography of now.

        To be called where they will most likely be right: after an edit, not before biber has run.
        """
        if self.next is not None and self.next.given is None and not self.cold:
            self.next.given = self._give(self.next.folder)
            self.next.advance()

    def run(self, limit: float = TIME_LIMIT, pictures: Future[Any] | None = None) -> PassResult:
        """Runs passes until nothing changes, while the pictures are drawn in parallel. The engines it started have ended when it returns.

        The folder of the last pass stays until `forget` is called. Raises `process.Stale`.
        """
        sweep(self.build)
        result: PassResult | None = None
        try:
            result = self._run(limit, pictures)
            if not result.ok and not result.timed_out and self.format is not None:
                result = self._without_format(limit, pictures)
            return result
        finally:
            self.stop()
            self.forget(result.folder if result else None)

    def _without_format(self, limit: float, pictures: Future[Any] | None) -> PassResult:
        """Runs again without the format, so that a mistake is never the format's; one that was at fault is dropped."""
        self.stop()
        self.format = None
        result = self._run(limit, pictures)
        if result.ok:
            self.formats.distrust()
        return result

    def stop(self) -> None:
        """Ends the engines that wait, or work ahead."""
        if self.next is not None:
            self.next.stop()
            self.next = None

    def _run(self, limit: float, pictures: Future[Any] | None) -> PassResult:
        result: PassResult | None = None
        moving: tuple[str, ...] = ()
        for number in range(1, MOST_PASSES + 1):
            self.warm()
            current, self.next = self.next, None
            assert current is not None
            self.over.append(current.folder)
            given = current.given if current.given is not None else self._give(current.folder)
            current.release(pictures)
            draft = number == 1 and self.cold
            if draft:
                self.warm(draft=False)
            begun = current.released
            in_time = current.wait(limit, self.stale)
            self._tell(f"lualatex, pass {number}" + (" (draft)" if draft else ""), begun)
            status = current.process.returncode
            ok = in_time and status == 0 and (draft or current.made("pdf").exists())
            result = PassResult(current.folder, ok, current.log(), self.biber_lines, not in_time, self.steps, status)
            if not ok:
                return result
            moving = self._take(current, given)
            if not moving and not draft:
                return result
        assert result is not None
        return replace(result, moving=moving)

    def _give(self, folder: Path) -> dict[str, str]:
        """Puts what earlier passes left into the folder of the next one."""
        given = {}
        for suffix in (*READ_AGAIN, "bbl"):
            source = self.kept / f"report.{suffix}"
            text = text_of(source)
            if source.exists():
                forecast = (
                    self.known.forecast_refcontexts(text, text_of(self.kept / "report.bbl")) if suffix == "aux" else ""
                )
                write_whole(folder / source.name, text + forecast)
            elif suffix == "aux":
                write_whole(folder / source.name, self.known.labels_ahead(labels_of(self.tex)))
            given[suffix] = text if suffix == "bbl" else self.known.without_bookkeeping(text)
        return given

    def _take(self, current: Pass, given: dict[str, str]) -> tuple[str, ...]:
        """Keeps what the pass left, and runs biber where needed; the lines for which another pass would come out otherwise."""
        left = {}
        for suffix in READ_AGAIN:
            text = text_of(current.made(suffix))
            left[suffix] = self.known.without_bookkeeping(text)
            write_whole(self.kept / f"report.{suffix}", text)
        self._biber(current)
        left["bbl"] = text_of(self.kept / "report.bbl")
        return tuple(line for suffix, text in left.items() for line in changed_lines(given[suffix], text))

    def _biber(self, current: Pass) -> None:
        """Runs biber if what it reads has changed; keeps the bibliography that it makes."""
        key = read_by_biber(current.made("bcf"), self.tex / "references.bib")
        if self.store.is_made(BIBER, of=key):
            self.biber_lines = kept_warnings(self.kept)
            return
        if key == self.failed_on:
            return
        begun = time.monotonic()
        made = self._run_biber(current, key)
        self._tell("biber", begun)
        self.biber_lines = made.lines
        bbl, lines = self.kept / "report.bbl", self.kept / "biber.txt"
        write_whole(bbl, made.bbl)
        write_whole(lines, "\n".join(made.lines))
        if made.failed:  # whatever stopped it may be gone at the next build, which must ask it again
            self.failed_on = key
            self.store.distrust(BIBER)
        else:
            self.store.keep_made(BIBER, {"of": key}, [bbl, lines])

    def _run_biber(self, current: Pass, key: str) -> Formatted:
        current.made("bbl").unlink(missing_ok=True)
        lines = run_biber(self.tex, current.folder, current.jobname, self.epoch, self.stale)
        return Formatted(key, text_of(current.made("bbl")), lines)

    def _tell(self, name: str, begun: float) -> None:
        seconds = time.monotonic() - begun
        self.steps.append((name, seconds))
        self.told(name, seconds)

    def forget(self, but: Path | None = None) -> None:
        """Removes the folders of the passes that are over, all `but` one."""
        for folder in self.over:
            if folder != but:
                shutil.rmtree(folder, ignore_errors=True)
        self.over = [folder for folder in self.over if folder == but]


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that only one of two texts has, or another number of times; one empty line where their order alone differs."""
    if before == after:
        return []
    had, has = Counter(before.splitlines()), Counter(after.splitlines())
    return [*(has - had), *(line for line in had - has if line not in has)] or [""]


def kept_warnings(kept: Path) -> list[str]:
    """What biber said when it ran last, a line each."""
    return [line for line in text_of(kept / "biber.txt").split("\n") if line]


_LABEL = re.compile(r"\\label\{([^{}#\\%&~^]+)\}")


def labels_of(tex: Path) -> list[str]:
    """The labels that the document sets."""
    return sorted({label for path in tex.rglob("*.tex") for label in _LABEL.findall(text_of(path))})
