"""The variables of the environment in; what is wrong with those that are set out. The usual value serves in their place."""

from __future__ import annotations

from collections.abc import Mapping

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.settings import DATE, LIMIT, USUAL_LIMIT, seconds_of, source_date


def wrong_settings(environ: Mapping[str, str]) -> list[Diagnostic]:
    """What is wrong with the variables that are set."""
    found = []
    given = environ.get(LIMIT, "").strip()
    if given and seconds_of(given) is None:
        message = f'{LIMIT} is "{given}", which is no number of seconds: {USUAL_LIMIT:g} are used'
        found.append(problem("bad-setting", message, Span(LIMIT), f"write {LIMIT}=300, or unset it"))
    given = environ.get(DATE, "").strip()
    if given and source_date(environ) is None:
        message = f'{DATE} is "{given}", which is no number of seconds since 1970: it is not used'
        found.append(problem("bad-setting", message, Span(DATE), f"write {DATE}=$(date +%s), or unset it"))
    return found
