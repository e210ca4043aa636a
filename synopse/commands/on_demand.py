"""Commands that a doit with nothing to do needs nothing of: each module is read only where its command is asked for."""

from __future__ import annotations

from synopse.build.run import Run


def changes(run: Run, since: str = "") -> bool:
    """`doit changes`."""
    from synopse.commands.changes import changes as told

    return told(run, since)


def office(run: Run, to: str = "docx", zotero: bool = False, since: str = "") -> bool:
    """`doit docx`."""
    from synopse.commands.office import docx as written

    return written(run, to, zotero, since)


def comments(run: Run, format: str = "text", files: list[str] | None = None) -> bool:
    """`doit comments`."""
    from synopse.commands.comments import comments as told

    return told(run, format, files)


def deposit(run: Run) -> bool:
    """`doit deposit`."""
    from synopse.commands.deposit import deposit as gathered

    return gathered(run)


def bundle(run: Run, whose: str = "") -> bool:
    """`doit bundle`."""
    from synopse.commands.bundle import bundle as gathered

    return gathered(run, whose)


def compare(run: Run, format: str = "text", keys: list[str] | None = None) -> bool:
    """`doit compare`."""
    from synopse.commands.compare import compare as told

    return told(run, format, keys)


def consensus(run: Run, keys: list[str] | None = None) -> bool:
    """`doit consensus`."""
    from synopse.commands.consensus import consensus as settled

    return settled(run, keys)


def assign(run: Run, each: str = "2", seed: str = "1", take: str = "") -> bool:
    """`doit assign`."""
    from synopse.commands.assign import assign as given

    return given(run, each, seed, take)


def status(run: Run, format: str = "text") -> bool:
    """`doit status`."""
    from synopse.commands.status import status as told

    return told(run, format)


def watch(run: Run, open: bool = False) -> bool:
    """`doit watch`."""
    from synopse.commands.watch import watch as begun

    return begun(run, open)
