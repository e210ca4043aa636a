"""The actions of `dodo.py`: each makes files from what the session has read. A problem is told, never raised."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse import run
from synopse.console import show
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.files import bring_along, look_at, reason
from synopse.pages import write_latex

if TYPE_CHECKING:
    from synopse.session import Session
    from synopse.typeset.build import Builder

ROOT = Path.cwd()
WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""What only writing meets: a full disk, a share of it that is used up, a disk that is read-only."""
_shared: dict[str, Any] = {}


def session() -> Session:
    """The session of this run of doit. What is read lives to the run's end, so no time goes to looking for garbage."""
    if "session" not in _shared:
        from synopse.session import Session

        gc.disable()
        atexit.register(gc.freeze)  # nor at the end
        _shared["session"] = Session(ROOT)
    found: Session = _shared["session"]
    return found


def read_anew() -> None:
    """Forgets what was read: the sources may have changed meanwhile."""
    _shared.pop("session", None)


def builder() -> Builder:
    """The builder of this run of doit; its engine reads the preamble while the sources are read."""
    if "builder" not in _shared:
        from synopse.typeset.build import Builder

        _shared["builder"] = Builder(ROOT)
        atexit.register(stop_engines)
    found: Builder = _shared["builder"]
    return found


def share(session: Session, builder: Builder) -> None:
    """Gives the actions the session and the builder of a run that is not doit's own: the watch's."""
    _shared.update(session=session, builder=builder)


def told(action: Callable[..., list[Diagnostic] | None]) -> Callable[..., bool]:
    """An action of doit: shows the diagnostics that `action` gives or raises; false where one is an error."""

    @wraps(action)
    def action_of_doit(*arguments: Any, **options: Any) -> bool:
        try:
            found = action(*arguments, **options) or []
        except Rejected as rejected:
            found = rejected.diagnostics
        except OSError as error:
            found = [os_problem(error, ROOT)]
        except BaseException:  # Ctrl-C above all: Python would wait for what is at work beside
            stop_engines()
            raise
        show(ROOT, found)
        if has_errors(found):
            stop_engines()
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


def stop_engines() -> None:
    """Ends the engines that wait."""
    if "builder" in _shared:
        _shared["builder"].stop()


@told
def sources() -> list[Diagnostic]:
    """Reads and checks everything, and writes the plan that the other tasks go by."""
    from synopse.labels import ask_labels
    from synopse.plan import write_plan

    if run.goes_on_to("pdf"):
        builder().warm()
    while True:
        before, found = _look(), session().problems
        if _look() == before:
            break
        read_anew()  # a save came while they were read: what doit notes of them must be what was read
    if has_errors(found):
        return found
    bring_along(ROOT)
    asked, more = ask_labels(session())
    if asked and run.goes_on_to("pdf"):
        builder().renew()
    write_plan(session())
    return found + more


def _look() -> list[str]:
    return [look_at(ROOT / name) for name in ("sources", "bib", "templates")]


@told
def fiche(file: str) -> None:
    """The LaTeX of the paper whose fiche is `file`; an empty file for a fiche that the report does not list."""
    from synopse.files import latex_name

    current = session()
    papers = (paper for paper in current.sound().corpus.papers if paper.fiche.file == file)
    paper = next(papers, None)
    text = current.document.fiche(paper) if paper is not None else ""
    write_latex(current, f"fiches/{latex_name(file)}.tex", text)


@told
def references() -> None:
    """`build/references.bib`, its copy for LaTeX, and the twins that the report asks for."""
    from synopse.bib.bibtex import write_bibtex
    from synopse.bib.write import write_bib
    from synopse.files import write_whole

    current = session()
    write_whole(current.build / "references.bib", write_bib(current.references))
    write_whole(current.tex / "references.bib", current.bibliography)
    report = current.sound().report
    assert report is not None
    twin, csl = current.build / "references-bibtex.bib", current.build / "references.json"
    twin.unlink(missing_ok=True)
    csl.unlink(missing_ok=True)
    if report.bibliography.bibtex:
        write_whole(twin, write_bibtex(current.references))
    if report.bibliography.csl:
        from synopse.bib.csl import write_csl

        write_whole(csl, write_csl(current.references))


@told
def synthesis() -> list[Diagnostic]:
    """The parts of the synthesis that have changed, each with its table as CSV; the pictures begin to be drawn."""
    from synopse.parts import write_parts

    found = write_parts(session())
    if not has_errors(found) and run.goes_on_to("pdf"):
        builder().draw(session())
    return found


@told
def exports() -> list[Diagnostic]:
    """The workbook and the provenance of every cell."""
    from synopse.parts import write_exports

    return write_exports(session())


@told
def document() -> list[Diagnostic]:
    """The main file, the preamble, the body and the chapters."""
    from synopse.render.assemble import assemble

    files, found = assemble(session())
    for name, marked in files.items():
        write_latex(session(), name, marked)
    return found


@told
def pdf() -> list[Diagnostic]:
    """The PDF, in as many passes as it takes; what went wrong is told at the source's line.

    Workbook and provenance are made while the engine works.
    """
    from synopse.parts import write_exports
    from synopse.typeset.beside import awaited, beside

    current, ended = session(), threading.Event()
    current.sound()  # read before there are two threads that would both read it
    exported = beside(lambda: write_exports(current, ended.is_set))
    try:
        found = builder().pdf(current) + awaited(exported)
    finally:
        ended.set()
    if not has_errors(found):
        from synopse.snapshots import keep

        keep(ROOT)
    return found


def parts_there() -> bool:
    """Whether every file of the last synthesis is still there."""
    from synopse.parts import all_there

    return all_there(ROOT)
