"""Changes of a project's files: a root and what gives the names of its folders in; each burst of changes, as a set of paths, out.

The system tells of changes at once (inotify, FSEvents). Where it cannot, for its limit of watches is reached, the files
are looked at twice a second. A folder that comes, goes, or is put in another's place is noticed, and so is a change of
the file that a link leads to, of which the system does not tell.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from synopse.diagnostics.console import say
from synopse.ground.files import is_source_name, look_at

QUIET = 15
"""Milliseconds without a further event after which a burst of saves is taken as one change."""
LONGEST = 400
"""Milliseconds that a burst may last."""
LOOK = 1000
"""Milliseconds between two looks at the folders themselves, and at what links lead to."""
POLL = 300
"""Milliseconds between two looks at all files, where the system tells nothing."""


class Listener(threading.Thread):
    """Calls `changed` with the paths, from the root, of what has changed, until `ended` is set. Nothing else ends it."""

    def __init__(
        self,
        root: Path,
        names: Callable[[], tuple[str, ...]],
        changed: Callable[[set[str]], None],
        ended: threading.Event,
    ) -> None:
        super().__init__(daemon=True)
        self.root, self.names, self.changed, self.ended = root, names, changed, ended
        self.polling = False

    def run(self) -> None:
        """Listens; at a fault it begins anew, and what changed meanwhile may be anything."""
        while not self.ended.is_set():
            try:
                self._listen()
            except Exception as error:
                if not self.polling:
                    say(f"the system tells nothing of changes ({_words(error)}): the files are looked at instead")
                else:
                    self.ended.wait(LOOK / 1000)
                self.polling = True
            if not self.ended.is_set():
                self.changed({f"{name}/" for name in self.names()})

    def _listen(self) -> None:
        """Listens until a folder comes or goes."""
        from watchfiles import Change, watch

        folders, links, before = self._folders(), self._links(), self._look()
        if not folders:
            while not self.ended.wait(LOOK / 1000) and not self._folders():
                pass
            return
        for events in watch(
            *folders,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=self.ended,
            raise_interrupt=False,
            force_polling=self.polling or None,
            poll_delay_ms=POLL,
        ):
            paths = {path for change, path in events if change is not Change.modified or not os.path.isdir(path)}
            found = {os.path.relpath(path, self.root).replace(os.sep, "/") for path in paths}
            found = {name for name in found if is_source_name(name)}
            if not events:
                known, links = links, self._links()
                found |= {name for name, stamp in links.items() if known.get(name) != stamp}
                if before and before != self._look():  # a save before the system had begun to tell of them
                    found |= {f"{name}/" for name in self.names()}
                before = []
            if found:
                self.changed(found)
            if self._folders() != folders:
                return

    def _look(self) -> list[str]:
        return [look_at(self.root / name) for name in self.names()]

    def _folders(self) -> dict[str, tuple[int, int]]:
        """The folders that are there, each as the very one that it is."""
        found = {}
        for name in self.names():
            try:
                stat = os.stat(self.root / name)
            except OSError:
                continue
            found[str(self.root / name)] = (stat.st_dev, stat.st_ino)
        return found

    def _links(self) -> dict[str, tuple[int, int, int]]:
        """The files that are links, with what tells that the file behind one has changed."""
        found = {}
        for name in self.names():
            for folder, _, files in os.walk(self.root / name):
                for path in (os.path.join(folder, file) for file in files if is_source_name(file)):
                    if os.path.islink(path):
                        try:
                            stat = os.stat(path)
                        except OSError:
                            continue
                        stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
                        found[os.path.relpath(path, self.root).replace(os.sep, "/")] = stamp
        return found


def _words(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0]
