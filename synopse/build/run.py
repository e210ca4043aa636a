"""One making of a review: its steps, each of which makes files from what was read. A problem is told, never raised."""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import os
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from synopse.build.goals import Goals
from synopse.build.lock import Lock
from synopse.build.pages import write_latex
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.diagnostics.console import show
from synopse.ground.cache import note_review
from synopse.ground.files import look_at, reason
from synopse.ground.templates import bring_along

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.typeset.builder import Builder

P = ParamSpec("P")
WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""What only writing meets: a full disk, a share of it that is used up, a disk that is read-only."""


def doit_action(action: Callable[Concatenate[Run, P], list[Diagnostic] | None]) -> Callable[Concatenate[Run, P], bool]:
    """Wraps what gives diagnostics of a run: shows them, and answers false, which fails the task, if any is an error."""

    @wraps(action)
    def action_of_doit(run: Run, /, *arguments: P.args, **options: P.kwargs) -> bool:
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
    """One making of a review: its session, its builder, its lock, and its steps as actions of doit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock, self.goals = Lock(root), Goals()
        self._session: Session | None = None
        self._builder: Builder | None = None

    @property
    def session(self) -> Session:
        """What this run has read. It lives to the run's end, so no time goes to looking for garbage."""
        if self._session is None:
            from synopse.build.session import Session

            gc.disable()
            atexit.register(gc.freeze)  # nor at the end
            self._session = Session(self.root)
        return self._session

    def read_anew(self) -> None:
        """Forgets what was read: the sources may have changed meanwhile."""
        self._session = None

    @property
    def builder(self) -> Builder:
        """What typesets; its engine reads the preamble while the sources are read."""
        if self._builder is None:
            from synopse.typeset.builder import Builder

            self._builder = Builder(self.root)
            atexit.register(self.stop_engines)
        return self._builder

    def share(self, session: Session, builder: Builder) -> None:
        """Gives the steps the session and the builder of one who reads and typesets again and again: the watch."""
        self._session, self._builder = session, builder

    def stop_engines(self) -> None:
        """Ends the engines that wait."""
        if self._builder is not None:
            self._builder.stop()

    @doit_action
    def sources(self) -> list[Diagnostic]:
        """Reads and checks everything, and writes the plan that the other tasks go by."""
        from synopse.build.labels import ask_labels
        from synopse.build.plan import write_plan
        from synopse.build.updates import tell_news

        tell_news(self.root)
        if self.goals.include("pdf"):
            self.builder.warm()
        while True:
            before, found = self._look(), self.session.problems
            if self._look() == before:
                break
            self.read_anew()  # a save came while they were read: what doit notes of them must be what was read
        if has_errors(found):
            return found
        bring_along(self.root)
        asked, more = ask_labels(self.session)
        if asked and self.goals.include("pdf"):
            self.builder.renew()
        with contextlib.suppress(OSError):  # where the cache cannot be written to, nothing is kept
            note_review(self.root)
        write_plan(self.session)
        return found + more

    def _look(self) -> list[str]:
        return [look_at(self.root / name) for name in ("sources", "bib", "templates")]

    @doit_action
    def fiche(self, file: str) -> None:
        """The LaTeX of the paper whose fiche is `file`; an empty file for a fiche that the report does not list."""
        from synopse.ground.files import latex_name

        current = self.session
        papers = (paper for paper in current.checked_project().corpus.papers if paper.fiche.file == file)
        paper = next(papers, None)
        text = current.document.fiche(paper) if paper is not None else ""
        write_latex(current, f"fiches/{latex_name(file)}.tex", text)

    @doit_action
    def references(self) -> None:
        """`build/references.bib`, its copy for LaTeX, and the twins that the report asks for."""
        from synopse.bib.bibtex import write_bibtex
        from synopse.bib.write import write_bib
        from synopse.ground.files import write_whole

        current = self.session
        write_whole(current.build / "references.bib", write_bib(current.references))
        write_whole(current.tex / "references.bib", current.bibliography)
        report = current.checked_project().report
        assert report is not None
        twin, csl = current.build / "references-bibtex.bib", current.build / "references.json"
        twin.unlink(missing_ok=True)
        csl.unlink(missing_ok=True)
        if report.bibliography.bibtex:
            write_whole(twin, write_bibtex(current.references))
        if report.bibliography.csl:
            from synopse.bib.csl import write_csl

            write_whole(csl, write_csl(current.references))

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
    def document(self) -> list[Diagnostic]:
        """The main file, the preamble, the body and the chapters."""
        from synopse.build.assemble import assemble

        files, found = assemble(self.session)
        for name, marked in files.items():
            write_latex(self.session, name, marked)
        return found

    @doit_action
    def pdf(self) -> list[Diagnostic]:
        """The PDF, in as many passes as it takes; what went wrong is told at the source's line.

        Workbook and provenance are made while the engine works.
        """
        from synopse.build.parts import write_exports
        from synopse.typeset.beside import awaited, beside

        current, ended = self.session, threading.Event()
        current.checked_project()  # read before there are two threads that would both read it
        exported = beside(lambda: write_exports(current, ended.is_set))
        try:
            found = self.builder.pdf(current.job) + awaited(exported)
        finally:
            ended.set()
        if not has_errors(found):
            from synopse.build.snapshots import keep
            from synopse.build.updates import note_version

            keep(self.root)
            note_version(self.root)
        return found

    def parts_there(self) -> bool:
        """Whether every file of the last synthesis is still there."""
        from synopse.build.parts import all_there

        return all_there(self.root)
