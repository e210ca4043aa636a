"""What was made by another program is made again: by other code, other words, other packages; not by another date."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from synopse.ground.program import PACKAGES, room_digest
from tests.conftest import ROOT

SAYS = "from synopse.ground.program import *; print(program_digest().hex(), program_look())"


def said(program: Path, *folders: Path) -> tuple[str, str]:
    """The digest of a program's files and packages, and the quick look at them, as a process of its own sees them."""
    path = os.pathsep.join(str(folder) for folder in (program, *folders))
    environ = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-S", "-c", SAYS], env=environ, cwd=program, capture_output=True, text=True, check=True
    )
    digest, look = done.stdout.split()
    return digest, look


@pytest.fixture
def program(tmp_path: Path) -> Path:
    root = tmp_path / "program"
    for name in ("__init__.py", "ground/__init__.py", "ground/program.py"):
        (root / "synopse" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / "synopse" / name, root / "synopse" / name)
    (root / "synopse/locale").mkdir()
    (root / "synopse/locale/en.json").write_text('{"year": "Year"}')
    return root


@pytest.mark.parametrize("name", ["synopse/__init__.py", "synopse/locale/en.json"])
def test_a_change_that_keeps_size_and_date_is_another_program(program: Path, name: str) -> None:
    before, path = said(program), program / name
    stat = path.stat()
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    after = said(program)
    assert after[0] != before[0] and after[1] != before[1]


@pytest.mark.parametrize("name", ["templates/a.tex", "starter/a.yaml", "CHANGELOG.md"])
def test_what_lies_beside_the_code_is_not_the_program(program: Path, name: str) -> None:
    before, path = said(program), program / "synopse" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("any")
    assert said(program) == before


def test_what_typesets_changes_with_its_own_room_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "synopse/typeset", tmp_path / "typeset")
    (tmp_path / "locale").mkdir()

    def digest() -> bytes:
        room_digest.cache_clear()
        return room_digest("typeset", "pypdf")

    monkeypatch.setattr("synopse.ground.program._folder", lambda: str(tmp_path))
    before = digest()
    (tmp_path / "locale/en.json").write_text("{}")
    assert digest() == before
    (tmp_path / "typeset/walls.lua").write_text("")
    assert digest() != before
    room_digest.cache_clear()


def test_another_date_or_another_place_is_the_same_program(program: Path, tmp_path: Path) -> None:
    before = said(program)
    os.utime(program / "synopse/__init__.py", (1, 1))
    assert said(program)[0] == before[0] and said(program)[1] != before[1]
    shutil.copytree(program, tmp_path / "clone")
    assert said(tmp_path / "clone")[0] == before[0]


def test_a_new_file_and_another_version_of_a_package_are_another_program(program: Path, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    (packages / "PyYAML-6.0.1.dist-info").mkdir(parents=True)
    (packages / "unrelated-1.0.dist-info").mkdir()
    before = said(program, packages)
    (packages / "unrelated-1.0.dist-info").rename(packages / "unrelated-2.0.dist-info")
    assert said(program, packages) == before
    (packages / "PyYAML-6.0.1.dist-info").rename(packages / "PyYAML-6.0.2.dist-info")
    newer = said(program, packages)
    assert newer[0] != before[0] and newer[1] != before[1]
    (program / "synopse/more.py").write_text("")
    assert said(program, packages)[0] != newer[0]


def test_every_package_that_the_program_needs_counts() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {entry.split(">")[0].split("<")[0].split("=")[0].strip().replace("-", "_").lower() for entry in wanted}
    assert names <= PACKAGES and names | {"pydantic_core"} == PACKAGES
