"""The kernel's wall: a program to start in; its process, which reads, writes and runs no more than it may, out.

Landlock (Linux 5.13 and later, landlock(7)) holds a thread and all that it starts. So the program is started by a thread
of its own that has shut itself in. Where the kernel has no Landlock, the program is started as it is: the walls inside
the engine (walls.lua, openin_any, openout_any) stand everywhere.
"""

from __future__ import annotations

import ctypes
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""Numbers of the three system calls, the same on every architecture since Linux 5.13 (syscalls(2))."""
_NO_NEW_PRIVILEGES = 38
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights to files each version of Landlock knows; later ones as the last."""
_TCP, _SCOPES = 0b11, 0b11
"""To bind and to connect (version 4); abstract sockets and signals to processes outside (version 6)."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a program may read, write (and read), and run: files, or folders with all that is in them."""

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    runs: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def version() -> int:
    """The version of Landlock that the kernel has; 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))


@lru_cache(maxsize=1)
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def start_in(room: Room, start: Callable[[], subprocess.Popen[Any]]) -> subprocess.Popen[Any]:
    """The process that `start` makes, shut in `room`. Raises what `start` raises."""
    if not version():
        return start()
    made: list[subprocess.Popen[Any]] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            _shut_in(room)
            made.append(start())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work, name="walled", daemon=True)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return made[0]


def _shut_in(room: Room) -> None:
    """Holds this thread, and all that it will start, to `room`. Raises `OSError` where the kernel refuses."""
    libc, known = _libc(), version()
    every = (1 << _RIGHTS_BY_VERSION.get(known, 16)) - 1
    attributes = struct.pack("=QQQ", every, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    rules = _checked(libc.syscall(_CREATE, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0)))
    try:
        for paths, rights in (
            (room.reads, _READ_FILE | _READ_DIR),
            (room.writes, every & ~_EXECUTE),
            (room.runs, _EXECUTE | _READ_FILE),
        ):
            for path in paths:
                _allow(rules, path, rights & every)
        _checked(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _checked(libc.syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)))
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    """Adds the rights to a file or folder; to none where there is nothing of that name."""
    with _opened(path) as (place, is_folder):
        if place is not None:
            rule = struct.pack("=Qi", rights if is_folder else rights & _OF_FILES, place)
            _checked(_libc().syscall(_ADD, ctypes.c_int(rules), ctypes.c_int(1), rule, ctypes.c_uint32(0)))


@contextmanager
def _opened(path: str) -> Iterator[tuple[int | None, bool]]:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        yield None, False
        return
    try:
        yield place, os.path.isdir(path)
    finally:
        os.close(place)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)


@lru_cache(maxsize=16)
def loader(program: str) -> tuple[str, ...]:
    """What the kernel runs to run `program`: itself, and what its first bytes name (`#!`, or the ELF interpreter)."""
    real = os.path.realpath(program)
    try:
        with open(real, "rb") as file:
            head = file.read(8192)
    except OSError:
        return (real,)
    if head.startswith(b"#!"):
        words = head.split(b"\n")[0][2:].split()
        if not words:
            return (real,)
        interpreter = os.fsdecode(words[0])
        if Path(interpreter).name == "env" and len(words) > 1:
            import shutil

            named = shutil.which(os.fsdecode(words[1]))
            return (real, *loader(interpreter), *(loader(named) if named else ()))
        return (real, *loader(interpreter))
    return (real, *_elf_interpreter(head))


def _elf_interpreter(head: bytes) -> tuple[str, ...]:
    """The dynamic loader that a 64-bit ELF file names (elf(5), PT_INTERP)."""
    if head[:5] != b"\x7fELF\x02" or len(head) < 64:
        return ()
    order = "<" if head[5] == 1 else ">"
    offset, size, count = struct.unpack_from(order + "Q", head, 32)[0], *struct.unpack_from(order + "HH", head, 54)
    for n in range(count):
        at = offset + n * size
        if at + 56 <= len(head) and struct.unpack_from(order + "I", head, at)[0] == 3:
            begin, length = (
                struct.unpack_from(order + "Q", head, at + 8)[0],
                struct.unpack_from(order + "Q", head, at + 32)[0],
            )
            path = os.fsdecode(head[begin : begin + length].rstrip(b"\0"))
            return (os.path.realpath(path), path)
    return ()
