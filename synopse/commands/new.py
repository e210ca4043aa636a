"""`doit new`: a fiche to fill, for a reference that has none or for BibTeX that is pasted."""

from __future__ import annotations

import select
import sys

from synopse.build.goals import close_record
from synopse.build.run import Run, doit_action
from synopse.diagnostics import Diagnostic


@doit_action
def new(run: Run, key: str = "") -> list[Diagnostic]:
    """`doit new`: a fiche to fill for a reference, or the references that have none yet."""
    from synopse.commands.skeleton import new_fiches

    entries = pasted(run, wait=not key or run.session.project.library.get(key) is None)
    run.read_anew()
    return new_fiches(run.session.project, key, entries)


def pasted(run: Run, wait: bool) -> bytes:
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
    close_record()
    run.lock.give_back()
    try:
        return stream.buffer.read()
    finally:
        run.lock.take()
