"""One module for each format that a report is written in: the pieces of a report in (`render.view`), files by name out.

Each says what it is by `WRITER`. What a writer is given, and what it has to give, is in `render.writer`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from synopse.render.writer import Writer


@lru_cache(maxsize=1)
def writers() -> dict[str, Writer]:
    """Every writer by its name: those of the modules of this folder."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found: list[Writer] = [module.WRITER for module in modules if hasattr(module, "WRITER")]
    return {writer.name: writer for writer in sorted(found, key=lambda writer: writer.name)}
