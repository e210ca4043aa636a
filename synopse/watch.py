"""`doit watch`: a change of a source in, the page in a blink out: checks, the fiche's preview, then the whole report.

Two engines wait with the preamble read, one for the preview and one for the report. What was read and parsed stays in
memory between two changes; a build made stale by a new change is stopped.
"""

from __future__ import annotations

import queue
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from synopse import guard, tasks
from synopse.console import say, show, step
from synopse.diagnostics import Rejected, has_errors
from synopse.files import is_source_name, text_of
from synopse.labels import ask_labels
from synopse.pages import begin_preview, finish_preview
from synopse.plan import make_plan
from synopse.project import Memory
from synopse.session import Session
from synopse.typeset.build import Builder
from synopse.typeset.preview import Preview
from synopse.typeset.process import Stale
from synopse.typeset.rooms import EngineMissing

QUIET = 15
"""Milliseconds without a further event after which a burst of saves is taken as one change."""
REST = 1.0
"""Seconds without a change after which the workbook and the provenance are made."""
FEW = 20
"""In a report of more fiches the page alone is worked at until it is there: the whole takes much longer anyway."""
WATCHED = ("sources", "bib", "templates")


class Watch:
    """Watches one project until it is told to stop."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changes: queue.Queue[set[str]] = queue.Queue()
        self.ending = threading.Event()
        self.memory = Memory()
        self.session: Session | None = None
        self.plan: dict[str, str] = {}
        self.preview: Preview | None = None
        self.builder: Builder | None = None
        self.preamble = ""
        self.previewing: threading.Thread | None = None
        self.begun = self.made = 0.0

    def run(self) -> None:
        """Builds once, then at every change; ends at Ctrl-C with no engine left."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.ending.set())
        listener = threading.Thread(target=self._listen, daemon=True)
        listener.start()
        say("watching sources, bib and templates; Ctrl-C ends")
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
        say("ended")

    def _listen(self) -> None:
        from watchfiles import watch

        folders = [self.root / name for name in WATCHED if (self.root / name).exists()]
        for events in watch(*folders, debounce=400, step=QUIET, stop_event=self.ending, raise_interrupt=False):
            names = {Path(path).relative_to(self.root).as_posix() for _, path in events}
            names = {name for name in names if is_source_name(name)}
            if names:
                self.changes.put(names)

    def _waiting_changes(self) -> set[str]:
        found: set[str] = set()
        while True:
            try:
                found |= self.changes.get_nowait()
            except queue.Empty:
                return found

    def _stale(self) -> bool:
        return not self.changes.empty() or self.ending.is_set()

    def _build(self, changed: set[str]) -> None:
        """One change, from the reading to the page; what is overtaken by a further change is left."""
        self.begun = time.monotonic()
        guard.lock(self.root)
        try:
            if self.session is not None and not any(name.startswith("templates/") for name in changed):
                self._preview_first(changed)
                if self.previewing is not None and len(self.session.project.retained) > FEW:
                    self.previewing.join()
            session = Session(self.root, self.memory)
            found = session.problems
            if self._stale():
                return
            show(self.root, found)
            if has_errors(found):
                say("the last good PDF stays up")
                return
            self.session = session
            if any(name.startswith("templates/") for name in changed):
                self.plan.clear()
            if self._make(session):
                self.made = time.monotonic()
        except Stale:
            if not self.ending.is_set():
                say("overtaken by a newer change")
        except Rejected as rejected:
            show(self.root, rejected.diagnostics)
        except EngineMissing as missing:
            from synopse.typeset.build import engine_missing

            show(self.root, [engine_missing(str(missing))])
        finally:
            if self.previewing is not None:
                self.previewing.join()
                self.previewing = None
            guard.unlock()
            if not self.ending.is_set():
                self._warm()

    def _make(self, session: Session) -> bool:
        """Makes what the plan says has changed, then the PDF; tells whether all went well."""
        tasks.share(session, self._builder())
        asked, found = ask_labels(session, self._stale)
        show(self.root, found)
        if asked:
            self._builder().renew()
        for name, digest in make_plan(session).items():
            if self.plan.get(name) == digest or name in ("exports", "pdf"):
                continue
            if self._stale():
                raise Stale
            kind, _, key = name.partition(":")
            fiche = session.project.fiches.get(key)
            action: Callable[[], bool] = partial(tasks.fiche, fiche.file) if fiche else tasks.__dict__[kind]
            if not action():
                return False
            self.plan[name] = digest
        return tasks.told(self._builder().pdf)(session)

    def _export(self) -> None:
        """Makes the workbook and the provenance of a report at rest; left where they are at a new change."""
        from synopse.parts import write_exports

        self.made = 0.0
        if self.session is not None:
            guard.lock(self.root)
            try:
                tasks.told(write_exports)(self.session, self._stale)
            finally:
                guard.unlock()

    def _builder(self) -> Builder:
        if self.builder is None:
            self.builder = Builder(self.root, self._stale, lambda: step("save to PDF", time.monotonic() - self.begun))
        return self.builder

    def _preview_first(self, changed: set[str]) -> None:
        """The one fiche that was edited, before anything else is looked at."""
        edited = [name for name in changed if name.startswith("sources/fiches/")]
        if len(changed) != 1 or not edited or self.session is None:
            return
        begun = time.monotonic()
        fresh = self.session.with_fiche(edited[0])
        if fresh is None:
            return
        session, key, found = fresh
        if has_errors(found):
            return
        preview = self._previews(session.epoch)
        current = begin_preview(session, preview, key)

        def finish() -> None:
            if finish_preview(session, preview, current, key):
                step(f"save to preview of {key}", time.monotonic() - begun)

        self.previewing = threading.Thread(target=finish)
        self.previewing.start()

    def _previews(self, epoch: int) -> Preview:
        if self.preview is None:
            self.preview = Preview(self.root / "build" / "tex", self.root / "build", epoch)
        return self.preview

    def _warm(self) -> None:
        """Lets two engines read the preamble; a changed preamble starts them anew."""
        now = "".join(text_of(self.root / f"build/tex/{name}.tex") for name in ("base", "preamble", "preview"))
        if not now:
            return
        if now != self.preamble:
            self._stop_engines()
            self.preamble = now
        epoch = self.session.epoch if self.session else 0
        try:
            self._builder().warm()
            self._previews(epoch).warm()
        except (EngineMissing, OSError):
            return

    def _stop_engines(self) -> None:
        if self.builder is not None:
            self.builder.stop()
        if self.preview is not None:
            self.preview.stop()
