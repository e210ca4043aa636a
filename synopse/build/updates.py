"""Which version of the program made a review last (`.synopse/version`), and what a newer one changes for it.

It is told before the first build by another version, never after a surprise, and noted once that build has gone well. The
file outlives `doit clean`, and git does not pass it over.
"""

from __future__ import annotations

from pathlib import Path

from synopse import __version__
from synopse.build.lock import own_folder
from synopse.diagnostics.console import say
from synopse.ground.files import text_of, write_whole
from synopse.ground.review import Review

NOTED_SINCE = "2.0.0"
"""The first version that notes itself: what was built without a note was built by an earlier one."""


def last_version(root: Path) -> str:
    """The version that last built the review; nothing where it was never built here. `1.0.0` where none is noted."""
    noted = text_of(Review(root).own / "version").strip()
    built = Review(root).pdf.exists() or Review(root).snapshots.exists()
    return noted or ("1.0.0" if built else "")


def news(before: str, now: str = __version__) -> list[str]:
    """What to say to a review that `before` has built last, a line each; nothing where that is `now`."""
    from synopse.ground.changelog import changes_since, numbered

    if not before or numbered(before) == numbered(now):
        return []
    if numbered(before) > numbered(now):
        return [f"this review was last built with synopse {before}; this is {now}, which is older"]
    changes = [f"  {version}: {line}" for version, line in changes_since(before) if numbered(version) <= numbered(now)]
    told = "what has changed for it:" if changes else "nothing has changed for it"
    return [f"this review was last built with synopse {before}; this is {now}; {told}", *changes]


def tell_news(root: Path) -> None:
    """Says what this version changes for the review, where another one built it last."""
    for line in news(last_version(root)):
        say(line)


def note_version(root: Path) -> None:
    """Notes that this version has built the review. Raises `OSError`."""
    if text_of(Review(root).own / "version").strip() != __version__:
        write_whole(own_folder(root) / "version", f"{__version__}\n")
