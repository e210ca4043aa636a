"""One fiche alone, as it stands in the report: the labels and the bibliography that it needs, and nothing more.

Its cost does not grow with the report: the .aux and .bbl that the engine reads are cut down to this fiche's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from synopse.ground.files import copy_whole, text_of, write_whole
from synopse.ground.keys import file_key, safe_key
from synopse.ground.store import Store
from synopse.render.latex.linemap import without_marks
from synopse.typeset.engine import Pass, start
from synopse.typeset.format import FormatStore
from synopse.typeset.installed import keep_of
from synopse.typeset.passes import PassResult

JOBNAME = "preview"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fiche stands in the report: its chapter and section numbers, and its page."""

    chapter: int = 0
    section: int = 0
    page: int = 1


def place_in(aux: str, key: str) -> Place:
    """The place that the last build gave a fiche; the beginning where there was none."""
    match = re.search(
        r"^\\newlabel\{fiche:" + re.escape(safe_key(key)) + r"\}\{\{(\d+)\.(\d+)\}\{(\d+)\}", aux, re.MULTILINE
    )
    return Place(*(int(group) for group in match.groups())) if match else Place()


class Preview:
    """Typesets single fiches. An engine waits for the next one, past the beginning of the document."""

    def __init__(self, tex: Path, store: Store, epoch: int) -> None:
        self.tex, self.store, self.build, self.epoch = tex, store, store.folder, epoch
        self.waiting: Pass | None = None

    def warm(self, keys: set[str] | None = None) -> None:
        """Starts an engine that reads the preamble, then labels and bibliography (of `keys` alone, where given)."""
        if self.waiting is not None and self.waiting.alive:
            return
        self.stop()
        current = start(
            self.tex,
            self.build,
            "preview",
            main="preview",
            jobname=JOBNAME,
            waiting=True,
            epoch=self.epoch,
            format=FormatStore(self.tex).usable(),
        )
        aux, bbl = text_of(self.build / "aux" / "report.aux"), text_of(self.build / "aux" / "report.bbl")
        known = keep_of(self.store)
        small = bbl if keys is None else known.cut_bbl(bbl, keys)
        write_whole(current.made("aux"), known.small_aux(aux, small))
        write_whole(current.made("bbl"), small)
        current.advance()
        self.waiting = current

    def stop(self) -> None:
        """Ends the engine that waits."""
        if self.waiting is not None:
            self.waiting.stop()
            self.waiting = None

    def begin(self, key: str, cited: set[str], place_of: Callable[[Place], str]) -> Pass:
        """Lets the engine set the fiche `key`, which cites `cited`; `place_of` renders its place in the report."""
        self.warm({safe_key(key), *cited})
        current, self.waiting = self.waiting, None
        assert current is not None
        marked = place_of(place_in(text_of(self.build / "aux" / "report.aux"), key))
        write_whole(current.folder / "place.tex", without_marks(marked)[0])
        current.release()
        return current

    def finish(self, current: Pass, key: str, limit: float, stale: Callable[[], bool] | None = None) -> PassResult:
        """Waits for the engine, and puts the page, or the log of what went wrong, into `build/preview`.

        Raises `process.Stale` once `stale` turns true.
        """
        in_time = current.wait(limit, stale)
        log, status = current.log(), current.process.returncode
        ok = in_time and status == 0 and current.made("pdf").exists()
        if ok:
            copy_whole(current.made("pdf"), self.build / "preview" / f"{file_key(key)}.pdf")
        else:
            write_whole(self.build / "preview" / f"{file_key(key)}.log", log)
        return PassResult(current.folder, ok, log, [], not in_time, status=status)
