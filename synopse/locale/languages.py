"""The languages of a report: a file each in this folder, found by its name (`fr.json`), in; their words out.

A file holds all that the program knows of its language, and nothing else names one. Its first entries say how others
call the language: `cldr` for Babel, `tex.*` for babel and the TeX distribution. `typed.*` are words that a person may
write, parted by `|`; they are understood in every report, since a paper's words are not always the report's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
"""The languages that have a file."""


@cache
def words_of(lang: str) -> dict[str, str]:
    """All entries of a language's file."""
    words: dict[str, str] = json.loads((FOLDER / f"{lang}.json").read_text("utf-8"))
    return words


START = tuple(sorted((lang for lang in LANGUAGES if words_of(lang)["start"]), key=lambda lang: words_of(lang)["start"]))
"""The languages that every installation can typeset: `start` in their files says in which order they come."""
DEFAULT = START[0]
"""The language of a report that names none."""
IN_ORDER = (*START, *(lang for lang in LANGUAGES if lang not in START))
"""All languages, those that are tried first first."""


def typed(name: str, lang: str) -> list[str]:
    """What a person may write for `typed.NAME` in a language."""
    return [each for part in words_of(lang)[f"typed.{name}"].split("|") if (each := part.strip())]


def all_typed(name: str) -> Iterator[tuple[str, str]]:
    """What a person may write for `typed.NAME`: each language with each of its phrases."""
    for lang in IN_ORDER:
        yield from ((lang, each) for each in typed(name, lang))
