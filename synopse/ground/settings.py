"""Variables of the environment in, the values that are used out; where one cannot be used, the usual value serves."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path

LIMIT, DATE, READER = "SYNOPSE_TIME_LIMIT", "SOURCE_DATE_EPOCH", "SYNOPSE_READER"
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
    return seconds_of(environ.get(LIMIT, "")) or USUAL_LIMIT


def seconds_of(given: str) -> float | None:
    """A number of seconds; nothing where the text is none."""
    try:
        seconds = float(given)
    except ValueError:
        return None
    return seconds if seconds > 0 and math.isfinite(seconds) else None


def source_date(environ: Mapping[str, str]) -> int | None:
    """The date that the environment gives what is built, in seconds (reproducible-builds.org, SOURCE_DATE_EPOCH)."""
    given = environ.get(DATE, "").strip()
    return int(given) if re.fullmatch("[0-9]{1,12}", given) and int(given) <= LATEST else None


def reader() -> str:
    """The reader who works blind, of whose notes alone this run knows; empty where nobody does (`synopse --reader`)."""
    return os.environ.get(READER, "")
