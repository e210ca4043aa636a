"""One making of a review: its steps, each of which makes files from what was read. A problem is told, never raised."""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from synopse.build.goals import Goals
from synopse.build.lock import Lock
from synopse.build.pages import write
from synopse.build.references import is_told
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.diagnostics.console import show
from synopse.ground.cache import note_review
from synopse.ground.door import changed
from synopse.ground.files import reason, sweep
from synopse.ground.notes import note, put, working
from synopse.ground.review import Review
from synopse.ground.settings import reader
from synopse.ground.store import Digest, Store
from synopse.ground.templates import bring_along

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.typeset.builder import Builder

P = ParamSpec("P")
SOURCES = "sources"
"""The step that reads all that a person wrote: what it read decides whether anything is to be done."""
WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""What only writing meets: a full disk, a share of it that is used up, a disk that is read-only."""


def doit_action(action: Callable[Concatenate[Run, P], list[Diagnostic] | None]) -> Callable[Concatenate[Run, P], bool]:
    """Wraps what gives diagnostics of a run: shows them, and answers false, which fails the task, if any is an error."""

    @wraps(action)
    def action_of_doit(run: Run, /, *arguments: P.args, **options: P.kwargs) -> bool:
        run.begin()
        try:
            found = action(run, *arguments, **options) or []
        except Rejected as rejected:
            found = rejected.diagnostics
        except OSError as error:
            found = [os_problem(error, run.root)]
        except BaseException:  # Ctrl-C above all: Python would wait for what is at work beside
            run.stop_engines()
            raise
        show(run.root, found)
        if has_errors(found):
            run.stop_engines()
            return False
        return True

    return action_of_doit


def os_problem(error: OSError, root: Path) -> Diagnostic:
    """A file that could not be read or written, told as what it is: which file, which of the two, and why."""
    path = Path(os.fsdecode(error.filename)) if error.filename else None
    path = root / path if path is not None and not path.is_absolute() else path
    name = path.relative_to(root).as_posix() if path and path.is_relative_to(root) else str(path or "build")
    made = name == "build" or name.startswith("build/") or path is None or error.errno in WRITING
    done = "written" if made else "read"
    hint = "the last PDF is intact" if made else ""
    return problem("build-folder", f"{name} cannot be {done}: {reason(error, path)}", Span(name), hint)


class Run:
    """One making of a review: what was read, what is remembered, its builder, its lock, and its steps as actions of doit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock, self.goals = Lock(root), Goals()
        self.review = Review(root)
        self.store = Store(self.review.build)
        self._begun = False
        self._session: Session | None = None
        self._builder: Builder | None = None
        self._told_of_page = False

    def begin(self) -> None:
        """Before the first step: takes away what a build that was killed was writing. Not where doit has shared its tasks out."""
        if not self._begun and multiprocessing.parent_process() is None:
            with contextlib.suppress(OSError):
                sweep(self.review.build)
        self._begun = True

    @property
    def session(self) -> Session:
        """What this run has read. It lives to the run's end, so no time goes to looking for garbage."""
        if self._session is None:
            gc.disable()
            atexit.register(gc.freeze)  # nor at the end
            from synopse.build.session import Session

            self._session = Session(self.root, store=self.store)
        return self._session

    def read_anew(self) -> None:
        """Forgets what was read: the sources may have changed meanwhile."""
        self._session = None

    @property
    def builder(self) -> Builder:
        """What typesets; its engine reads the preamble while the sources are read."""
        if self._builder is None:
            from synopse.typeset.builder import Builder

            self._builder = Builder(self.root, self.store)
            atexit.register(self.stop_engines)
        return self._builder

    def share(self, session: Session, builder: Builder) -> None:
        """Gives the steps the session and the builder of one who reads and typesets again and again: the watch."""
        self._session, self._builder = session, builder

    def stop_engines(self) -> None:
        """Ends the engines that wait."""
        if self._builder is not None:
            self._builder.stop()

    @property
    def facts(self) -> Digest:
        """The digests of facts: of what this run has read, or of what the last one had, where this one has read nothing yet."""
        if self._session is None:
            from synopse.build.facts import StoredFacts

            return StoredFacts(self.store)
        return self._session.facts

    def why(self, step: str) -> str:
        """Why a step would be made, in words; empty where it is up to date."""
        if step == SOURCES:
            record = self.store.records.get(SOURCES)
            if record is None:
                return "they were never read"
            return changed(self.root, record.read) or self.store.lost(record)
        if step == "synthesis":
            from synopse.build.parts import why_synthesis

            return why_synthesis(self.store, self.facts)
        if step == "html" and not self._told_of_page and is_told(self.store):
            return "something is wrong with its style of references"
        return self.store.why(step, self.facts)

    @contextlib.contextmanager
    def _making(self, step: str) -> Iterator[None]:
        """A step at work: what it read and made is remembered once it has ended well."""
        with working() as work:
            yield
        self.store.keep(step, work, self.session.facts)

    @doit_action
    def sources(self) -> list[Diagnostic]:
        """Reads and checks everything, and asks the style what its citations print."""
        from synopse.build.labels import ask_labels
        from synopse.build.updates import tell_news

        tell_news(self.root)
        if self.goals.include("pdf"):
            self.builder.warm()
        while True:
            found = self.session.problems
            if not self.session.door.changed():
                break
            self.read_anew()  # a save came while they were read: one state of them is what is made
        if has_errors(found):
            return found
        asked, more = ask_labels(self.session)
        if asked and self.goals.include("pdf"):
            self.builder.renew()
        with contextlib.suppress(OSError):  # where the cache cannot be written to, nothing is kept
            note_review(self.root)
        self.note_sources(self.session)
        return found + more

    def note_sources(self, session: Session) -> None:
        """Remembers what was read, brings along what lies beside the templates, and forgets what is no longer asked for."""
        from synopse.ground.stamps import PROGRAMS

        with working() as work:
            bring_along(self.root)
        tex = self.store.records.get("tex")
        if tex is not None:
            session.door.tools(PROGRAMS, tex.read)
        self.store.forget_others("fiche:", {f"fiche:{fiche.file}" for fiche in session.project.fiches.values()})
        self.store.keep_made(SOURCES, session.door.seen, work.files, {"facts": session.facts.noted()})

    @doit_action
    def fiche(self, file: str) -> None:
        """The LaTeX of the paper whose fiche is `file`; an empty file for a fiche that the report does not list.

        Nothing for one that has gone since the tasks of this run were listed.
        """
        from synopse.ground.files import latex_name
        from synopse.render.compose import fiche_view

        current = self.session
        if file not in {each.file for each in current.checked_project().fiches.values()}:
            return
        with self._making(f"fiche:{file}"):
            corpus = current.checked_project().corpus
            paper = corpus.of_file(file)
            view = fiche_view(corpus, paper) if paper is not None else None
            for pieces in current.pieces.values():
                write(current, pieces.fiche(view) if view is not None else pieces.no_fiche(latex_name(file)))

    @doit_action
    def references(self) -> None:
        """`build/references.bib`, its copy for LaTeX, and the twins that the report asks for."""
        from synopse.bib.bibtex import write_bibtex
        from synopse.bib.write import write_bib
        from synopse.render.latex.needs import tell_needs

        current = self.session
        with self._making("references"):
            wanted = current.checked_project().corpus.report.bibliography
            put(current.build / "references.bib", write_bib(current.references))
            put(current.tex / "references.bib", current.bibliography)
            tell_needs(current.bibliography)
            if wanted.bibtex:
                put(current.build / "references-bibtex.bib", write_bibtex(current.references))
            if wanted.csl:
                from synopse.bib.csl import write_csl

                put(
                    current.build / "references.json",
                    write_csl(current.references, lang=current.project.corpus.words.lang),
                )

    @doit_action
    def synthesis(self) -> list[Diagnostic]:
        """The parts of the synthesis that have changed, each with its table as CSV; the pictures begin to be drawn."""
        from synopse.build.parts import write_parts

        found = write_parts(self.session)
        if not has_errors(found) and self.goals.include("pdf"):
            self.builder.draw(self.session.job)
        return found

    @doit_action
    def exports(self) -> list[Diagnostic]:
        """The workbook and the provenance of every cell."""
        from synopse.build.parts import write_exports

        return write_exports(self.session)

    @doit_action
    def html(self) -> list[Diagnostic]:
        """`build/report.html`, the report as one web page."""
        from synopse.build.web import write_page

        self._told_of_page = True
        return write_page(self.session)

    @doit_action
    def document(self) -> list[Diagnostic]:
        """The report around its pieces: main file, preamble, body and chapters."""
        from synopse.render.compose import frame_view

        current = self.session
        with self._making("document"):
            view, found = frame_view(current.checked_project(), current.has_changes)
            for pieces in current.pieces.values():
                write(current, pieces.frame(view))
        if has_errors(found):
            self.store.distrust("document")
        return found

    @doit_action
    def pdf(self) -> list[Diagnostic]:
        """The PDF, in as many passes as it takes; what went wrong is told at the source's line.

        Workbook, provenance and web page are made while the engine works.
        """
        from synopse.typeset.beside import awaited, beside

        current, ended = self.session, threading.Event()
        current.checked_project()  # read before there are two threads that would both read it
        exported = beside(lambda: self._beside(current, ended.is_set))
        try:
            found = self.typeset(current) + awaited(exported)
        finally:
            ended.set()
        if not has_errors(found):
            from synopse.build.snapshots import keep
            from synopse.build.updates import note_version

            if not reader():
                keep(self.root)
            note_version(self.root)
        return found

    def _beside(self, session: Session, stale: Callable[[], bool]) -> list[Diagnostic]:
        """What is made beside the engine, where it is a goal of this run."""
        from synopse.build.parts import write_exports
        from synopse.build.web import write_page

        self._told_of_page = self.goals.include("html")
        found = write_page(session, stale) if self._told_of_page else []
        return found + write_exports(session, stale)

    def typeset(self, session: Session) -> list[Diagnostic]:
        """Typesets the report; what is wrong. Raises `process.Stale` where the builder is told that it is."""
        build = self.review.build
        with working() as work:
            note("latex", "tex", "attached")
            found = self.builder.pdf(session.job)
        if not has_errors(found):
            work.files = [build / name for name in ("report.pdf", "report.log", "report.synctex")]
            self.store.keep("pdf", work, session.facts)
        return found
