"""The actions of `dodo.py`: each makes files from what the session has read. A problem is told, never raised."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.console import say, show
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem

if TYPE_CHECKING:
    from synopse.session import Session
    from synopse.typeset.build import Builder

ROOT = Path.cwd()
_shared: dict[str, Any] = {}


def session() -> Session:
    """The session of this run of doit."""
    if "session" not in _shared:
        from synopse.session import Session

        _shared["session"] = Session(ROOT)
    found: Session = _shared["session"]
    return found


def builder() -> Builder:
    """The builder of this run of doit; its engine reads the preamble while the sources are read."""
    if "builder" not in _shared:
        from synopse.typeset.build import Builder

        _shared["builder"] = Builder(ROOT)
    found: Builder = _shared["builder"]
    return found


def forget() -> None:
    """Drops what was read, for a run that follows in the same process."""
    _shared.clear()


def told(action: Callable[..., list[Diagnostic] | None]) -> Callable[..., bool]:
    """An action of doit: shows the diagnostics that `action` gives or raises; false where one is an error."""

    @wraps(action)
    def run(*arguments: Any, **options: Any) -> bool:
        try:
            found = action(*arguments, **options) or []
        except Rejected as rejected:
            found = rejected.diagnostics
        except OSError as error:
            found = [_no_room(error)]
        show(ROOT, found)
        if has_errors(found):
            stop_engines()
            return False
        return True

    return run


def _no_room(error: OSError) -> Diagnostic:
    path = Path(error.filename) if error.filename else ROOT / "build"
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else "build"
    return problem("build-folder", f"{name} cannot be written: {error.strerror}", Span(name), "the last PDF is intact")


def stop_engines() -> None:
    """Ends the engines that wait."""
    if "builder" in _shared:
        _shared["builder"].stop()


@told
def sources() -> list[Diagnostic]:
    """Reads and checks everything, and writes the plan that the other tasks go by."""
    from synopse.files import write_whole
    from synopse.plan import PLAN, make_plan

    if _typesets():
        builder().warm()
    current = session()
    if not current.project.broken:
        plan = make_plan(current)
        write_whole(ROOT / PLAN, json.dumps(plan, indent=0))
    return current.project.diagnostics


def _typesets() -> bool:
    """Whether this run of doit goes on to the PDF: a run with no task named, or that names it."""
    named = [word for word in sys.argv[1:] if not word.startswith("-") and "=" not in word]
    return not named or named == ["run"] or bool({"pdf", "all"} & set(named))


def check(format: str = "text") -> bool:
    """`doit check`: every problem of the sources, without typesetting."""
    from synopse.checks import value_checks

    found = list(session().project.diagnostics)
    if not session().project.broken:
        try:
            found += value_checks(session())
        except Rejected as rejected:
            found += rejected.diagnostics
    show(ROOT, found, format, always=True)
    return not has_errors(found)


def _write(name: str, marked: str) -> None:
    """Writes a rendered file under `build/tex`, and its line map under `build/lines`."""
    from synopse.files import write_whole
    from synopse.render.linemap import without_marks

    text, places = without_marks(marked)
    current = session()
    write_whole(current.tex / name, text.rstrip("\n") + "\n")
    write_whole(current.build / "lines" / f"{name}.json", places.to_json())


@told
def fiche(key: str) -> None:
    """The LaTeX of one paper."""
    current = session()
    paper = current.sound().corpus.by_key.get(key)
    if paper is not None:
        _write(f"fiches/{key}.tex", current.document.fiche(paper))


@told
def references() -> None:
    """`build/references.bib`, its copy for LaTeX, and the twins that the report asks for."""
    from synopse.bib.write import write_bib, write_bibtex
    from synopse.files import write_whole

    current = session()
    text = write_bib(current.references)
    write_whole(current.build / "references.bib", text)
    write_whole(current.tex / "references.bib", text)
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
    """The chapter of the synthesis, every table as CSV, the workbook, the provenance, and the pictures' LaTeX."""
    from synopse.export.csv import write_csv
    from synopse.export.provenance import write_provenance
    from synopse.export.values import tables_of
    from synopse.export.xlsx import write_xlsx
    from synopse.files import write_whole

    current = session()
    words = current.sound().words
    parts, found = current.synthesis
    prose, wrong = current.prose()
    if has_errors(found + wrong):
        return found + wrong
    text, landscape = current.document.synthesis(parts, prose)
    _write("synthesis.tex", text)
    write_whole(current.build / "landscape", "yes" if landscape else "no")
    tables = {table.id: table for table in tables_of(parts)}
    for table in tables.values():
        write_whole(current.build / "tables" / f"{table.id}.csv", write_csv(table, words))
    for path in (current.build / "tables").glob("*.csv"):
        if path.stem not in tables:
            path.unlink()
    write_whole(current.build / "tables.xlsx", write_xlsx(list(tables.values()), words))
    provenance = write_provenance(parts, current.project.retained, words)
    write_whole(current.build / "provenance.json", provenance)
    builder().draw(current)
    return found + wrong


@told
def document() -> list[Diagnostic]:
    """The main file, the preamble, the body and the chapters."""
    from synopse.render.assemble import assemble

    files, images, found = assemble(session())
    for name, marked in files.items():
        _write(name, marked)
    for name, source in images.items():
        target = session().tex / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return found


@told
def pdf() -> list[Diagnostic]:
    """The PDF, in as many passes as it takes; what went wrong is told at the source's line."""
    return builder().pdf(session())


def clean() -> None:
    """Removes `build/` whole; doit's own record goes when doit has closed it."""
    import atexit

    folder = ROOT / "build"
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not path.name.startswith(".doit.db"):
            path.unlink(missing_ok=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    say("build/ is removed")


def tables_there() -> bool:
    """Whether every table of the last synthesis is still in `build/tables`."""
    from synopse.plan import read_plan

    names = read_plan(ROOT).get("tables", [])
    return all((ROOT / "build" / "tables" / f"{name}.csv").exists() for name in names)
