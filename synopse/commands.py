"""The actions of `dodo.py` that a person asks for by name: check, preview, watch, new, changes, schema, clean."""

from __future__ import annotations

import atexit
import select
import shutil
import sys
from collections.abc import Collection

from synopse import guard, run, tasks
from synopse.console import say, show, show_program
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.diagnostics.model import did_you_mean
from synopse.keys import file_key
from synopse.tasks import session, told


def check(format: str = "text", whole: bool = False) -> bool:
    """`doit check`: every problem of the sources, without typesetting; the `whole` list with `--all`."""
    from synopse.diagnostics.printer import FORMATS

    if format not in FORMATS:
        hint = did_you_mean(format, FORMATS) or f"one of: {', '.join(FORMATS)}"
        print(f'doit check: "{format}" is no format; {hint}', file=sys.stderr)
        return False
    try:
        found = [*session().problems, *session().before_the_engine()]
    except OSError as error:
        found = [tasks.os_problem(error, tasks.ROOT)]
    if format != "text":
        show_program(found, format, whole)
    elif found:
        show(tasks.ROOT, found, whole)
    else:
        say("no problem found")
    return not has_errors(found)


@told
def preview(key: str) -> list[Diagnostic] | None:
    """`build/preview/KEY.pdf`: one fiche with the numbers that it has in the report."""
    from synopse.pages import begin_preview, finish_preview
    from synopse.typeset.distribution import program_missing
    from synopse.typeset.preview import Preview
    from synopse.typeset.rooms import EngineMissing

    current = session()
    if key not in current.sound().corpus.by_key:
        message, hint = f'the report lists no fiche "{key}"', f'add "- {key}" to fiches:'
        raise Rejected([problem("unknown-fiche", message, Span("sources/report.yaml"), hint)])
    try:
        preview = Preview(current.tex, current.build, current.epoch)
        made = finish_preview(current, preview, begin_preview(current, preview, key), key)
    except EngineMissing as missing:
        return [program_missing(str(missing))]
    if not made:
        return [problem("tex-error", "the preview was not made", Span(f"build/preview/{file_key(key)}.log"))]
    say(f"  build/preview/{file_key(key)}.pdf")
    return None


@told
def no_such_fiche(key: str) -> list[Diagnostic]:
    """`doit preview:KEY` and `doit fiche:KEY` where no file holds the fiche: says which one may be meant."""
    fiches = session().project.fiches
    places = {name: fiche.key_span for name, fiche in fiches.items()}
    hint = did_you_mean(key, fiches, places) or "doit list --all shows the tasks of every fiche"
    return [problem("unknown-fiche", f'no fiche has the key "{key}"', Span("sources/fiches"), hint)]


def watch() -> bool:
    """`doit watch`: builds at every change until Ctrl-C."""
    from synopse.watch import Watch

    run.close_record()
    guard.unlock()
    Watch(tasks.ROOT).run()
    return True


@told
def schema() -> list[Diagnostic] | None:
    """`doit schema`: the JSON Schemas that editors use for completion."""
    from synopse.files import write_whole
    from synopse.model.schema import schemas

    project = session().project
    if project.form is None:
        return project.diagnostics
    for name, text in schemas(project.form, project.vocabulary, project.words.lang).items():
        write_whole(tasks.ROOT / "docs" / "schema" / f"{name}.json", text)
        say(f"  docs/schema/{name}.json")
    return None


@told
def new(key: str = "") -> list[Diagnostic]:
    """`doit new`: a fiche to fill for a reference, or the references that have none yet."""
    from synopse.skeleton import new_fiches

    entries = pasted(wait=not key or session().project.library.get(key) is None)
    tasks.read_anew()
    return new_fiches(session().project, key, entries)


def pasted(wait: bool) -> bytes:
    """What is piped or pasted on standard input; nothing at a terminal.

    What comes late (`curl … | doit new`) is waited for; meanwhile another doit may work. Without `wait`, input that has
    not begun to come is not asked for.
    """
    stream = sys.stdin
    try:
        if stream is None or stream.closed or stream.isatty():
            return b""
        ready, _, _ = select.select([stream], [], [], 0.2)
    except (OSError, ValueError):
        return b""
    if not ready:
        if not wait:
            return b""
        print("waiting for BibTeX on standard input, until its end", file=sys.stderr, flush=True)
    run.close_record()
    guard.unlock()
    try:
        return stream.buffer.read()
    finally:
        guard.lock(tasks.ROOT)


@told
def changes(since: str = "") -> list[Diagnostic]:
    """`doit changes --since REV`: what is new, changed and gone, as LaTeX and Markdown."""
    from synopse.changes import write_changes

    return write_changes(session(), since)


def asked_for(name: str) -> bool:
    """Whether the command line speaks of a task, or lists them: its many subtasks are not made for nothing."""
    words = sys.argv[1:]
    return any(word.startswith(name) for word in words) or bool({"list", "info", "help"} & set(words[:1]))


def asked_in_vain(name: str, known: Collection[str]) -> list[str]:
    """The keys that the command line asks for as `name:KEY` and that no fiche has."""
    keys = [word.removeprefix(f"{name}:") for word in sys.argv[1:] if word.startswith(f"{name}:")]
    return [key for key in dict.fromkeys(keys) if key and key not in known and "=" not in key]


def clean() -> None:
    """Removes `build/` whole; doit's own record goes when doit has closed it. What cannot be made again is elsewhere."""
    from synopse import snapshots

    guard.making(tasks.ROOT / guard.DATABASE)  # a watch is to see that nothing of what it made is there
    snapshots.folder_of(tasks.ROOT)  # and what an earlier version kept in build/ is brought there
    folder = tasks.ROOT / "build"
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not path.name.startswith(".doit.db"):
            path.unlink(missing_ok=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    say("build/ is removed")
