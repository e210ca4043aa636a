"""The actions of `dodo.py` that a person asks for by name: check, preview, watch, new, changes, schema, clean."""

from __future__ import annotations

import atexit
import shutil
import sys

from synopse import tasks
from synopse.console import say, show
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.tasks import session, told


def check(format: str = "text") -> bool:
    """`doit check`: every problem of the sources, without typesetting."""
    found = list(session().project.diagnostics)
    if not session().project.broken:
        try:
            found += session().value_checks()
        except Rejected as rejected:
            found += rejected.diagnostics
    show(tasks.ROOT, found, format, always=True)
    return not has_errors(found)


@told
def preview(key: str) -> list[Diagnostic] | None:
    """`build/preview/KEY.pdf`: one fiche with the numbers that it has in the report."""
    from synopse.pages import begin_preview, finish_preview
    from synopse.typeset.build import engine_missing
    from synopse.typeset.engine import EngineMissing
    from synopse.typeset.preview import Preview

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
    Watch(tasks.ROOT).run()
    return True


def schema() -> bool:
    """`doit schema`: the JSON Schemas that editors use for completion."""
    from synopse.files import write_whole
    from synopse.model.schema import schemas

    project = session().project
    if project.form is None:
        show(tasks.ROOT, project.diagnostics)
        return False
    for name, text in schemas(project.form, project.vocabulary, project.words.lang).items():
        write_whole(tasks.ROOT / "docs" / "schema" / f"{name}.json", text)
        say(f"  docs/schema/{name}.json")
    return True


def new(key: str = "") -> bool:
    """`doit new`: a fiche to fill for a reference, or the references that have none yet."""
    from synopse.skeleton import new_fiche

    found = new_fiche(session().project, key, pasted())
    show(tasks.ROOT, found)
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
    show(tasks.ROOT, found)
    return not has_errors(found)


def asked_for(name: str) -> bool:
    """Whether the command line speaks of a task, or lists them: its many subtasks are not made for nothing."""
    words = sys.argv[1:]
    return any(word.startswith(name) for word in words) or bool({"list", "info", "help"} & set(words[:1]))


def clean() -> None:
    """Removes `build/` whole; doit's own record goes when doit has closed it."""
    folder = tasks.ROOT / "build"
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not path.name.startswith(".doit.db"):
            path.unlink(missing_ok=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    say("build/ is removed")
