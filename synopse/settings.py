"""Variables of the environment in, the values that are used out; one that cannot be used is told, and the usual one serves."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path

from synopse.diagnostics import Diagnostic, Span, problem

LIMIT, DATE = "SYNOPSE_TIME_LIMIT", "SOURCE_DATE_EPOCH"
USUAL_LIMIT = 120.0
"""Seconds that one pass of the engine may take, for each hundred fiches begun."""
LATEST = 253402300799
"""The last second of the year 9999: PDF's dates have four digits (ISO 32000-1, § 7.9.4)."""


def cache_root() -> Path:
    """The folder of this program in the user's cache; `SYNOPSE_CACHE` names another."""
    given = os.environ.get("SYNOPSE_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("synopse")


def time_limit(environ: Mapping[str, str]) -> float:
    """The seconds that a pass may take: `SYNOPSE_TIME_LIMIT` where it is such a number."""
    return _seconds(environ.get(LIMIT, "")) or USUAL_LIMIT


def _seconds(given: str) -> float | None:
    try:
        seconds = float(given)
    except ValueError:
        return None
    return seconds if seconds > 0 and math.isfinite(seconds) else None


def source_date(environ: Mapping[str, str]) -> int | None:
    """The date that the environment gives what is built, in seconds (reproducible-builds.org, SOURCE_DATE_EPOCH)."""
    given = environ.get(DATE, "").strip()
    return int(given) if re.fullmatch("[0-9]{1,12}", given) and int(given) <= LATEST else None


def wrong_settings(environ: Mapping[str, str]) -> list[Diagnostic]:
    """What is wrong with the variables that are set."""
    found = []
    given = environ.get(LIMIT, "").strip()
    if given and _seconds(given) is None:
        message = f'{LIMIT} is "{given}", which is no number of seconds: {USUAL_LIMIT:g} are used'
        found.append(problem("bad-setting", message, Span(LIMIT), f"write {LIMIT}=300, or unset it"))
    given = environ.get(DATE, "").strip()
    if given and source_date(environ) is None:
        message = f'{DATE} is "{given}", which is no number of seconds since 1970: it is not used'
        found.append(problem("bad-setting", message, Span(DATE), f"write {DATE}=$(date +%s), or unset it"))
    return found
