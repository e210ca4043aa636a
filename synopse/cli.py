"""The command `synopse`: doit with the tasks of the review that the folder belongs to, with or without a dodo.py."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from synopse.ground.review import NO_REVIEW, Review
from synopse.ground.settings import READER


def main(words: Sequence[str] | None = None) -> int:
    """Runs the words of the command line; the program's own where there are none. Gives the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        given = _as_reader(given)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if given[:1] in (["--version"], ["init"], ["templates"]):
        return _of_the_program(given)
    review = Review.around(Path.cwd())
    if review is None:
        if given[:1] in (["help"], ["--help"], ["-h"]):
            return _of_the_program(["help"])
        sys.stderr.write(NO_REVIEW)
        return 2
    from doit.cmd_base import ModuleTaskLoader
    from doit.doit_cmd import DoitMain

    from synopse.commands.tasks import tasks

    status = DoitMain(ModuleTaskLoader(tasks(review.root, given))).run(given)
    return int(status or 0)  # doit's own commands, such as clean and forget, give none where all went well


def _as_reader(given: list[str]) -> list[str]:
    """The words without `--reader NAME`, which makes this run one of a reader who works blind. Raises `ValueError`."""
    for at, word in enumerate(given):
        if word == "--reader" or word.startswith("--reader="):
            name = word.partition("=")[2] if "=" in word else "".join(given[at + 1 : at + 2])
            if not re.fullmatch(r"[^\W_][\w-]*", name):
                raise ValueError("--reader is followed by the initials of a reader, as sources/readings has them")
            os.environ[READER] = name
            return given[:at] + given[at + (1 if "=" in word else 2) :]
    return given


def _of_the_program(given: list[str]) -> int:
    from synopse.commands import outside

    return outside.main(given)
