"""What a step of a build reads and makes, noted as it happens: names of facts, files, and what else it found.

A step works inside `working()`. What it asks for notes the name of a fact (`note`), such as `form` or `fiche:tie2025`; what it
writes goes through `put`. So nobody keeps a list of what a step depends on, and nobody forgets an entry of it. After the tracked
functions of typst's comemo (https://github.com/typst/comemo). Each thread has its own step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from synopse.ground.files import write_whole

T = TypeVar("T")


@dataclass(slots=True)
class Work:
    """What one step has read, by the names of facts; the files that it has made; and what it has found out, by name."""

    read: set[str] = field(default_factory=set)
    files: list[Path] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)


_AT_WORK: ContextVar[Work | None] = ContextVar("synopse_work", default=None)


def note(*facts: str) -> None:
    """Notes that the step at work, if there is one, depends on these facts."""
    work = _AT_WORK.get()
    if work is not None:
        work.read.update(facts)


def put(path: Path, content: str | bytes) -> bool:
    """Writes a file whole (`files.write_whole`), as one of those that the step at work makes. Raises `OSError`."""
    work = _AT_WORK.get()
    if work is not None:
        work.files.append(path)
    return write_whole(path, content)


def tell(name: str, value: Any) -> None:
    """Notes something that the step at work has found out, as a value of JSON: other steps may ask the store for it."""
    work = _AT_WORK.get()
    if work is not None:
        work.found[name] = value


def found_so_far(name: str, default: Any) -> Any:
    """What the step at work has told under a name."""
    work = _AT_WORK.get()
    return default if work is None else work.found.get(name, default)


@contextmanager
def working() -> Iterator[Work]:
    """A step of its own: what is noted inside is noted for it alone."""
    work = Work()
    token = _AT_WORK.set(work)
    try:
        yield work
    finally:
        _AT_WORK.reset(token)


@contextmanager
def standing_for(*facts: str) -> Iterator[None]:
    """Notes these facts in the place of all that is read inside, where they say it more closely. None: nothing is noted."""
    note(*facts)
    token = _AT_WORK.set(None)
    try:
        yield
    finally:
        _AT_WORK.reset(token)


class Noted(Generic[T]):
    """A field of a frozen dataclass that notes a fact each time it is read; `fact` gives its name for one object."""

    def __init__(self, fact: Callable[[Any], str]) -> None:
        self.fact = fact

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, of: Any, kind: type | None = None) -> T:
        if of is None:  # dataclasses look for a default here: there is none
            raise AttributeError(self.name)
        note(self.fact(of))
        value: T = of.__dict__[self.name]
        return value

    def __set__(self, of: Any, value: T) -> None:
        of.__dict__[self.name] = value


class NotingEach:
    """Stands for an object, and notes which of its attributes are read: `report.lang` for `lang` of what is called `report`."""

    def __init__(self, of: Any, name: str) -> None:
        self.__dict__.update(_of=of, _name=name)

    def __getattr__(self, attribute: str) -> Any:
        note(f"{self.__dict__['_name']}.{attribute}")
        return getattr(self.__dict__["_of"], attribute)

    def __setattr__(self, attribute: str, value: Any) -> None:
        raise AttributeError(f"{attribute} is only read")
