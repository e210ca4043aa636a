"""This run of doit: which command was asked for, which tasks it goes on to; and the file that doit itself keeps.

That file (`build/.doit.db`) decides nothing: what is up to date is asked of the store (`ground.store`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

READING = frozenset({"list", "info", "help", "dumpdb", "tabcompletion"})
"""Commands of doit that only show something: they wait for nobody, and write nothing."""


def works(words: Sequence[str]) -> bool:
    """Whether doit, called with these words, makes or removes something. They are read as doit itself reads them."""
    from doit.cmd_base import DodoTaskLoader
    from doit.cmdparse import CmdOption, CmdParse, CmdParseError

    rest = list(words)
    with contextlib.suppress(CmdParseError):  # at options of `run`, which need not be named
        _, rest = CmdParse([CmdOption(option) for option in DodoTaskLoader.cmd_options]).parse_only(rest)
    named = [word for word in rest if word.startswith("-") or "=" not in word]
    return not (named and named[0] in READING)


class Goals:
    """What one run of doit goes on to: the tasks that were selected, and all that they need."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def begin(self, tasks: Mapping[str, Any], selected: Iterable[str]) -> None:
        """Notes the tasks that were selected, and all that they need."""
        ahead = list(selected)
        while ahead:
            name = ahead.pop()
            if name not in self._names:
                self._names.add(name)
                ahead += [*tasks[name].task_dep, *tasks[name].setup_tasks]

    def include(self, name: str) -> bool:
        """Whether the task `name` is among what this run makes, or finds up to date."""
        return name in self._names


def close_record() -> None:
    """Writes doit's file, which is not written again by this run: while the lock is given back, others write it."""
    from doit.globals import Globals

    if Globals.dep_manager is not None:
        Globals.dep_manager.close()
