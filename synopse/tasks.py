"""The actions of `dodo.py`: each makes files from what the session has read. A problem is told, never raised."""

from __future__ import annotations

import atexit
import shutil
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.console import say, show
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.typeset.engine import Stale

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
        atexit.register(stop_engines)
    found: Builder = _shared["builder"]
    return found


def share(session: Session, builder: Builder) -> None:
    """Gives the actions the session and the builder of a run that is not doit's own: the watch's."""
    _shared.update(session=session, builder=builder)


def told(action: Callable[..., list[Diagnostic] | None]) -> Callable[..., bool]:
    """An action of doit: shows the diagnostics that `action` gives or raises; false where one is an error."""

    @wraps(action)
    def run(*arguments: Any, **options: Any) -> bool:
        try:
            found = action(*arguments, **options) or []
        except Rejected as rejected:
            found = rejected.diagnostics
        except Stale:
            raise
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
    from synopse.checks import value_checks
    from synopse.plan import write_plan

    if _typesets():
        builder().warm()
    current = session()
    found = list(current.project.diagnostics)
    if not current.project.broken:
        found += value_checks(current)
        if not has_errors(found):
            write_plan(current)
    return found


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


def write_latex(current: Session, name: str, marked: str) -> None:
    """Writes a rendered file under `build/tex`, and its line map under `build/lines`."""
    from synopse.files import write_whole
    from synopse.render.linemap import without_marks

    text, places = without_marks(marked)
    write_whole(current.tex / name, text.rstrip("\n") + "\n")
    write_whole(current.build / "lines" / f"{name}.json", places.to_json())


@told
def fiche(file: str) -> None:
    """The LaTeX of the paper whose fiche is `file`; an empty file for a fiche that the report does not list."""
    from synopse.plan import latex_name

    current = session()
    papers = (paper for paper in current.sound().corpus.papers if paper.fiche.file == file)
    paper = next(papers, None)
    text = current.document.fiche(paper) if paper is not None else ""
    write_latex(current, f"fiches/{latex_name(file)}.tex", text)


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
    from synopse.plan import PLAN

    current = session()
    words = current.sound().words
    parts, found = current.synthesis
    prose, wrong = current.prose()
    if has_errors(found + wrong):
        return found + wrong
    text, landscape = current.document.synthesis(parts, prose)
    write_latex(current, "synthesis.tex", text)
    write_whole(current.build / "landscape", "yes" if landscape else "no")
    tables = {table.id: table for table in tables_of(parts)}
    write_whole(ROOT / PLAN / "tables", "\n".join(tables))
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
        write_latex(session(), name, marked)
    for name, source in images.items():
        target = session().tex / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return found


@told
def pdf() -> list[Diagnostic]:
    """The PDF, in as many passes as it takes; what went wrong is told at the source's line."""
    found = builder().pdf(session())
    if not has_errors(found) and not _in_git():
        from synopse.changes import snapshot

        snapshot(session(), time.strftime("%Y-%m-%dT%H%M%S"))
    return found


def _in_git() -> bool:
    """Whether git keeps the project's history; where it does not, each build keeps a snapshot of the sources."""
    return any((folder / ".git").exists() for folder in (ROOT, *ROOT.parents))


@told
def preview(key: str) -> list[Diagnostic] | None:
    """`build/preview/KEY.pdf`: one fiche with the numbers that it has in the report."""
    from synopse.typeset.build import engine_missing
    from synopse.typeset.engine import EngineMissing
    from synopse.typeset.preview import Preview
    from synopse.watch import begin_preview, finish_preview

    current = session()
    if key not in current.sound().corpus.by_key:
        raise Rejected([problem("unknown-fiche", f'the report lists no fiche "{key}"', Span("sources/report.yaml"))])
    try:
        preview = Preview(current.tex, current.build, current.epoch)
        made = finish_preview(current, preview, begin_preview(current, preview, key), key)
    except EngineMissing as missing:
        return [engine_missing(str(missing))]
    if not made:
        return [problem("tex-error", "the preview was not made", Span("build/run/preview/preview.log"))]
    say(f"  build/preview/{key}.pdf")
    return None


def watch() -> bool:
    """`doit watch`: builds at every change until Ctrl-C."""
    from synopse import guard
    from synopse.watch import Watch

    guard.unlock()
    Watch(ROOT).run()
    return True


def schema() -> bool:
    """`doit schema`: the JSON Schemas that editors use for completion."""
    from synopse.files import write_whole
    from synopse.model.schema import schemas

    project = session().project
    if project.form is None:
        show(ROOT, project.diagnostics)
        return False
    for name, text in schemas(project.form, project.vocabulary, project.words.lang).items():
        write_whole(ROOT / "docs" / "schema" / f"{name}.json", text)
        say(f"  docs/schema/{name}.json")
    return True


def new(key: str = "") -> bool:
    """`doit new`: a fiche to fill for a reference, or the references that have none yet."""
    from synopse.skeleton import new_fiche

    found = new_fiche(session().project, key, pasted())
    show(ROOT, found)
    return not has_errors(found)


def pasted() -> str:
    """What was piped or pasted on standard input; empty at a terminal, and where nothing comes."""
    import select

    try:
        if sys.stdin is None or sys.stdin.isatty():
            return ""
        ready, _, _ = select.select([sys.stdin], [], [], 0.2)
        return sys.stdin.read() if ready else ""
    except (OSError, ValueError):
        return ""


def changes(since: str = "") -> bool:
    """`doit changes --since REV`: what is new, changed and gone, as LaTeX and Markdown."""
    from synopse.changes import write_changes

    found = write_changes(session(), since)
    show(ROOT, found)
    return not has_errors(found)


def asked_for(name: str) -> bool:
    """Whether the command line speaks of a task, or lists them: its many subtasks are not made for nothing."""
    words = sys.argv[1:]
    return any(word.startswith(name) for word in words) or bool({"list", "info", "help"} & set(words[:1]))


def clean() -> None:
    """Removes `build/` whole; doit's own record goes when doit has closed it."""
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
    from synopse.plan import PLAN

    try:
        names = (ROOT / PLAN / "tables").read_text("utf-8").split()
    except OSError:
        return False
    return all((ROOT / "build" / "tables" / f"{name}.csv").exists() for name in names)
