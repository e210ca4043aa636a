"""`doit check`: everything that is wrong in the sources, without typesetting."""

from __future__ import annotations

import sys

from synopse.build.references import told_of
from synopse.build.run import Run, os_problem
from synopse.diagnostics import has_errors
from synopse.diagnostics.console import say, show, show_program
from synopse.diagnostics.model import did_you_mean


def check(run: Run, format: str = "text", whole: bool = False) -> bool:
    """`doit check`: every problem of the sources, without typesetting; the `whole` list with `--all`."""
    from synopse.diagnostics.printer import FORMATS

    if format not in FORMATS:
        hint = did_you_mean(format, FORMATS) or f"one of: {', '.join(FORMATS)}"
        print(f'doit check: "{format}" is no format; {hint}', file=sys.stderr)
        return False
    try:
        found = [*run.session.problems, *run.session.before_the_engine()]
        if not has_errors(found):
            found += told_of(run.session)
    except OSError as error:
        found = [os_problem(error, run.root)]
    if format != "text":
        show_program(found, format, whole)
    elif found:
        show(run.root, found, whole)
    else:
        say("no problem found")
    return not has_errors(found)
