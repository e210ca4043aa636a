"""The shape of the code: rooms, each of which imports only from those below it; modules that a reader takes in at once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ["ground", "diagnostics", "locale", "read", "markup", "model", "bib", "synthesis", "project", "export", "render", "typeset",
         "build", "commands"]  # fmt: skip
"""From the lowest to the highest."""
PACKAGE = ROOT / "synopse"
MODULES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".lua"))
LONGEST = 400


def imported(path: Path) -> set[str]:
    """The modules of the program that a file imports, wherever it does, but for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "synopse":
            found |= {node.module} if "." in node.module else {f"synopse.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("synopse")}
    return found


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_those_below_it(room: str) -> None:
    below = [*ROOMS[: ROOMS.index(room) + 1], "", "__version__"]
    upwards = {
        f"{path.relative_to(PACKAGE)} -> {module}"
        for path in (PACKAGE / room).rglob("*.py")
        for module in imported(path)
        if room_of(module) not in below
    }
    assert upwards == set()


def test_every_package_is_one_of_the_rooms_and_two_modules_stand_beside_them() -> None:
    assert sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")) == sorted(ROOMS)
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "cli.py"]


def test_no_module_is_longer_than_a_reader_takes_in() -> None:
    long = {path.relative_to(PACKAGE).as_posix() for path in MODULES if path.read_text("utf-8").count("\n") > LONGEST}
    assert long == set()


def test_the_wheel_carries_every_package() -> None:
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
    assert set(told) == there | {"synopse.templates"}


def test_no_process_runs_code_of_ours_between_fork_and_exec() -> None:
    """`preexec_fn` is unsafe where there are threads (Python, subprocess)."""
    assert not [path.name for path in MODULES if re.search(r"\bpreexec_fn\s*=", path.read_text("utf-8"))]
