"""One module for each kind of table or picture: a corpus and what is wanted in, a `Table` out. Each says what it is by `KIND`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from synopse.synthesis.kind import Kind


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order in which a person is told of them: those of the modules of this folder."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found: list[Kind] = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.rank, kind.name))}
