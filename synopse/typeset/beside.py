"""Work beside: a function in, a future of what it gives out; its thread keeps no program from ending."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from typing import TypeVar

from synopse.typeset.process import TICK, Stale

T = TypeVar("T")


def beside(make: Callable[[], T]) -> Future[T]:
    """Begins `make` in a thread of its own.

    The threads of `concurrent.futures` are waited for when Python ends, however long they take; this one is not.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            result = make()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=run, daemon=True).start()
    return future


def awaited(future: Future[T], stale: Callable[[], bool] | None = None) -> T:
    """What the work gives, or raises. Raises `process.Stale` once `stale` turns true."""
    while True:
        try:
            return future.result(TICK if stale else None)
        except TimeoutError:
            if future.done():
                return future.result()
            if stale is not None and stale():
                raise Stale from None


def wait_for_end(future: Future[T]) -> None:
    """Waits until the work is done, whatever came of it: for work that was told to end."""
    future.exception()
