"""The `synopse` command: doit in the project's folder, for those who would rather type one word."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs doit with the arguments given."""
    from doit.doit_cmd import DoitMain

    return int(DoitMain().run(sys.argv[1:]))
