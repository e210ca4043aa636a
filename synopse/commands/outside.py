"""What the command `synopse` does without a review, or with what a review takes from the program: `init`, `templates`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from synopse import __version__
from synopse.ground.files import write_whole
from synopse.ground.review import NO_REVIEW, Review
from synopse.ground.templates import FOLDER, program_templates


def main(words: list[str]) -> int:
    """Runs `init`, `templates`, `help` or `--version`; gives the exit status."""
    parser = argparse.ArgumentParser("synopse", description="From reading notes to a comparative report.")
    parser.add_argument("--version", action="version", version=f"synopse {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    beginning = commands.add_parser("init", help="begin a review in a folder of its own")
    if words[:1] == ["init"]:
        from synopse.commands.init import add_options

        add_options(beginning)
    taking = commands.add_parser("templates", help="list the program's templates, or take one out to change it")
    taking.add_argument("--take", metavar="NAME", help="copies the template NAME into the review's templates/")
    taking.add_argument("--as", dest="name", metavar="FILE", help="the name of the copy, where it is to be another")
    commands.add_parser("help", help="say this")
    given = parser.parse_args(words)
    if given.command == "init":
        from synopse.commands.init import init

        return init(given)
    if given.command == "templates":
        return templates(given.take, given.name)
    parser.print_help()
    return 0


def templates(taken: str | None, name: str | None = None) -> int:
    """Lists the program's templates, or copies one into the review's folder, where it wins over the program's own."""
    folder = program_templates()
    names = sorted(path.name for path in folder.glob("*.tex"))
    if taken is None:
        print("\n".join(names))
        return 0
    if taken not in names:
        from synopse.diagnostics.model import did_you_mean

        hint = did_you_mean(taken, names) or "synopse templates lists them"
        print(f'there is no template "{taken}"; {hint}', file=sys.stderr)
        return 2
    review = Review.around(Path.cwd())
    if review is None:
        sys.stderr.write(NO_REVIEW)
        return 2
    target = review.root / FOLDER / (name or taken)
    if target.exists():
        print(f"{FOLDER}/{target.name} is there already, and is left as it is", file=sys.stderr)
        return 1
    write_whole(target, (folder / taken).read_bytes())
    print(f"{FOLDER}/{target.name} is yours to change; it wins over the program's own")
    return 0
