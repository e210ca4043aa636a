"""`doit watch`: builds at every save: checks, then the page of the edited fiche, then the whole report.

Two engines wait with the preamble read, one for the preview and one for the report. What was read and parsed stays in
memory between two changes; a build made stale by a new change is stopped. Nothing but Ctrl-C ends the watch: what goes
wrong is told, and the next change is built as if it were the first.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.build import snapshots
from synopse.build.goals import close_record
from synopse.build.labels import ask_labels
from synopse.build.pages import begin_preview, finish_preview
from synopse.build.run import Run, doit_action, os_problem
from synopse.build.session import Session
from synopse.build.updates import note_version, tell_news
from synopse.commands.listen import Listener
from synopse.diagnostics import Diagnostic, Rejected, has_errors
from synopse.diagnostics.console import say, show, step
from synopse.ground.files import own_files, version
from synopse.project.project import Memory
from synopse.typeset.builder import Builder
from synopse.typeset.missing import program_missing
from synopse.typeset.preview import Preview
from synopse.typeset.process import Stale
from synopse.typeset.rooms import EngineMissing

if TYPE_CHECKING:
    from synopse.commands.serve import PageServer

REST = 1.0
"""Seconds without a change after which the workbook and the provenance are made."""
PREVIEW_ALONE_ABOVE = 20
"""With more fiches than this, the preview is finished before the full build starts, which takes much longer anyway."""
PATIENCE = 2.0
"""Seconds that a page may take though a newer change waits: who types on still sees one now and then."""
APART = timedelta(minutes=10)
"""Between two snapshots of sources that build."""


def edited_fiche(root: Path, changed: set[str]) -> str:
    """The one fiche among what has changed, if it is all that did; what an editor wrote beside it is gone by then."""
    there = [name for name in changed if (root / name).exists()]
    return there[0] if len(there) == 1 and there[0].startswith("sources/fiches/") else ""


class Watch:
    """Watches one review until it is told to stop."""

    def __init__(self, run: Run, open: bool = False) -> None:
        """`open` serves the web page to this machine, and opens it."""
        self.making, self.lock, self.root = run, run.lock, run.root
        self.open = open
        self.changes: queue.Queue[set[str]] = queue.Queue()
        self.ending = threading.Event()
        self.memory = Memory()
        self.session: Session | None = None
        self.preview: Preview | None = None
        self.builder: Builder | None = None
        self.heads: list[str] = []
        self.previewing: threading.Thread | None = None
        self.begun = self.made = 0.0
        self.unkept = False
        self.place = (0, 0)

    def run(self) -> None:
        """Builds once, then at every change; ends at Ctrl-C with no engine left."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.ending.set())
        Listener(self.root, self._watched, self.changes.put, self.ending).start()
        tell_news(self.root)
        say("watching sources, bib and templates; Ctrl-C ends")
        server = self._serve() if self.open else None
        try:
            self._build({"templates/"})
            while not self.ending.is_set():
                try:
                    changed = self.changes.get(timeout=0.2)
                except queue.Empty:
                    if self.made and time.monotonic() > self.made + REST:
                        self._export()
                    continue
                self._build(changed | self._waiting_changes())
        finally:
            self.ending.set()
            self._stop_engines()
            if server is not None:
                server.stop()
        self._keep(timedelta())
        say("ended")

    def _serve(self) -> PageServer:
        """Serves the page, and opens it in the person's browser."""
        import webbrowser

        from synopse.commands.serve import PageServer

        server = PageServer(self.making.review.build / "report.html")
        say(f"the page is at {server.address}")
        webbrowser.open(server.address)
        return server

    def _waiting_changes(self) -> set[str]:
        found: set[str] = set()
        while True:
            try:
                found |= self.changes.get_nowait()
            except queue.Empty:
                return found

    def _stale(self) -> bool:
        return not self.changes.empty() or self.ending.is_set()

    def _working(self, work: Callable[[], object]) -> None:
        """Does `work` under the project's lock, and tells what goes wrong."""
        try:
            if not self.lock.take(self.ending.is_set):
                return
            if not self.lock.undisturbed() or self._place() != self.place:
                self._stop_engines()  # another doit has made something, or build/ was removed
            self.lock.making()
            work()
        except Stale:
            if not self.ending.is_set():
                say("overtaken by a newer change")
        except Rejected as rejected:
            show(self.root, rejected.diagnostics)
        except EngineMissing as missing:
            show(self.root, [program_missing(str(missing))])
        except OSError as error:
            show(self.root, [os_problem(error, self.root)])
        except Exception as error:
            self._tell_fault(error)
        finally:
            self.place = self._place()
            self.lock.give_back()

    def _place(self) -> tuple[int, int]:
        """Which folder the LaTeX lies in: another one, where somebody has removed `build/` meanwhile."""
        try:
            stat = self.making.review.tex.stat()
        except OSError:
            return 0, 0
        return stat.st_dev, stat.st_ino

    def _tell_fault(self, error: Exception) -> None:
        """A fault of ours, in one line. Nothing of what was remembered is relied on any more."""
        say(f"watch: error[internal]: {type(error).__name__}: {error}")
        if os.environ.get("SYNOPSE_DEBUG"):
            say("".join(traceback.format_exception(error)))
        self.memory, self.session = Memory(), None

    def _build(self, changed: set[str]) -> None:
        """One change, from the reading to the page; what is overtaken by a further change is left."""
        self.begun, self.unkept = time.monotonic(), False
        self._working(partial(self._make_all, changed))
        if not self.ending.is_set():
            self._warm()

    def _make_all(self, changed: set[str]) -> None:
        try:
            self._preview_first(changed)
            if (
                self.previewing is not None
                and self.session
                and len(self.session.project.retained) > PREVIEW_ALONE_ABOVE
            ):
                self.previewing.join()
            session = Session(self.root, self.memory, self.making.store)
            found = session.problems
            if self._stale():
                return
            show(self.root, found)
            if has_errors(found):
                say("the last good PDF stays up")
                return
            self.session = session
            if self._make(session):
                self.made, self.unkept = time.monotonic(), True
                if not self._stale():
                    self._keep(APART)
        finally:
            if self.previewing is not None:
                self.previewing.join()
                self.previewing = None

    def _make(self, session: Session) -> bool:
        """Makes the steps that are not up to date, then the PDF; tells whether all went well."""
        making = self.making
        making.share(session, self._builder())
        asked, found = ask_labels(session, self._stale)
        show(self.root, found)
        if asked:
            self._builder().renew()
        making.note_sources(session)
        for name, make in self._steps(session):
            if not making.why(name):
                continue
            if self._stale():
                raise Stale
            if not make():
                return False
        return typeset(making, session)

    def _steps(self, session: Session) -> Iterator[tuple[str, Callable[[], bool]]]:
        """The steps before the PDF, in their order, with what makes each."""
        making = self.making
        yield "references", making.references
        for fiche in session.project.fiches.values():
            yield f"fiche:{fiche.file}", partial(making.fiche, fiche.file)
        yield "synthesis", making.synthesis
        yield "document", making.document
        yield "html", making.html

    def _watched(self) -> tuple[str, ...]:
        """The folders to watch: those in which something was read or looked for."""
        return self.session.door.folders() if self.session else ("bib", "sources", "templates")

    def _export(self) -> None:
        """Makes the workbook and the provenance of a report at rest; left where they are at a new change."""
        session, self.made = self.session, 0.0
        if session is not None:
            self._working(lambda: export(self.making, session, self._stale))

    def _keep(self, apart: timedelta) -> None:
        """Keeps the sources of a good build as a snapshot, if the last one is older than `apart`."""
        if self.unkept and self.changes.empty():
            with contextlib.suppress(OSError):  # such as a full disk, of which the build tells
                self.unkept = not snapshots.keep(self.root, apart=apart)

    def _builder(self) -> Builder:
        if self.builder is None:
            self.builder = Builder(
                self.root, self.making.store, self._stale, lambda: step("save to PDF", time.monotonic() - self.begun)
            )
        return self.builder

    def _preview_first(self, changed: set[str]) -> None:
        """The one fiche that was edited, before anything else is looked at."""
        edited = edited_fiche(self.root, changed)
        if not edited or self.session is None:
            return
        begun = time.monotonic()
        fresh = self.session.with_fiche(edited)
        if fresh is None:
            return
        session, key, found = fresh
        if has_errors(found):
            return
        preview = self._previews(session.epoch)
        try:
            current = begin_preview(session, preview, key)
        except (OSError, Rejected, EngineMissing):  # the build meets it as well, and tells
            return

        def overtaken() -> bool:
            return self.ending.is_set() or (not self.changes.empty() and time.monotonic() > begun + PATIENCE)

        def finish() -> None:
            try:
                if finish_preview(session, preview, current, key, overtaken):
                    step(f"save to preview of {key}", time.monotonic() - begun)
            except Stale:
                pass
            except OSError as error:
                show(self.root, [os_problem(error, self.root)])
            except Exception as error:
                self._tell_fault(error)

        self.previewing = threading.Thread(target=finish)
        self.previewing.start()

    def _previews(self, epoch: int) -> Preview:
        if self.preview is None:
            self.preview = Preview(self.making.review.tex, self.making.store, epoch)
        return self.preview

    def _warm(self) -> None:
        """Lets two engines read the preamble; a changed preamble starts them anew."""
        tex = self.making.review.tex
        named = [tex / f"{name}.tex" for name in ("base", "preamble", "preview")]
        heads = [version(path) for path in (*named, *own_files(tex))]
        if heads != self.heads:
            self._stop_engines()
            self.heads = heads
        epoch = self.session.epoch if self.session else 0
        with contextlib.suppress(EngineMissing, OSError):
            if all(heads):
                self._builder().warm()
                self._previews(epoch).warm()

    def _stop_engines(self) -> None:
        if self.builder is not None:
            self.builder.stop()
        if self.preview is not None:
            self.preview.stop()


@doit_action
def typeset(run: Run, session: Session) -> list[Diagnostic]:
    """Typesets the report, and shows what is wrong."""
    found = run.typeset(session)
    if not has_errors(found):
        note_version(run.root)
    return found


@doit_action
def export(run: Run, session: Session, stale: Callable[[], bool]) -> list[Diagnostic]:
    """Makes the workbook and the provenance, and shows what is wrong."""
    from synopse.build.parts import write_exports

    return write_exports(session, stale)


def watch(run: Run, open: bool = False) -> bool:
    """`doit watch`: builds at every change until Ctrl-C; with `--open` the web page is served and opened."""
    close_record()
    run.lock.give_back()
    Watch(run, open).run()
    return True
