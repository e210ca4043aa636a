"""`doit clean`: `build/` is removed."""

from __future__ import annotations

import atexit
import shutil

from synopse.build import snapshots
from synopse.build.run import Run
from synopse.diagnostics.console import say
from synopse.ground.cache import cache_of


def clean(run: Run) -> None:
    """Removes `build/` whole; doit's own record goes when doit has closed it. What cannot be made again is elsewhere."""
    run.lock.making()  # a watch is to see that nothing of what it made is there
    snapshots.folder_of(run.root)  # and what an earlier version kept in build/ is brought there
    folder = run.review.build
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not path.name.startswith(".doit.db"):
            path.unlink(missing_ok=True)
    shutil.rmtree(cache_of(run.root), ignore_errors=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    say("build/ is removed")
