"""The command `synopse`: doit with the tasks of the review that the folder belongs to, with or without a dodo.py."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from synopse.ground.review import NO_REVIEW, Review


def main(words: Sequence[str] | None = None) -> int:
    """Runs the words of the command line; the program's own where there are none. Gives the exit status."""
    given = list(sys.argv[1:] if words is None else words)
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


def _of_the_program(given: list[str]) -> int:
    from synopse.commands import outside

    return outside.main(given)
