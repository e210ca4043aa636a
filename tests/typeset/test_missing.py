"""What to install is said for the system that is there, with or without the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from synopse.typeset.missing import ELSEWHERE, LINES, how_to_install
from tests.conftest import ROOT


def packages(said: str) -> list[str]:
    """The packages that a line installs."""
    return sorted(re.sub(r".*(?:--no-install-recommends|dnf install|--cask) ", "", said).split())


@pytest.mark.parametrize(("program", "package"), [("apt-get", "biber"), ("dnf", "biber"), ("brew", "mactex-no-gui")])
def test_what_to_install_is_said_for_the_system_that_is_there(program: str, package: str) -> None:
    said = how_to_install({program}.__contains__)
    assert re.match(rf"run: (sudo )?{program} install ", said) and package in packages(said) and "{" not in said
    assert set(LINES) == {"apt-get", "dnf", "brew"}


def test_elsewhere_it_is_said_in_words() -> None:
    assert how_to_install(lambda name: None) == ELSEWHERE


def test_install_sh_names_the_same_packages(tmp_path: Path) -> None:
    script = (ROOT / "install.sh").read_text("utf-8").split('case "${1:-}" in')[0].replace('cd "$(dirname "$0")"', "")
    (tmp_path / "functions.sh").write_text(f"{script}\nadd_languages report\nsay_what_is_missing\n", "utf-8")
    (tmp_path / "synopse").symlink_to(ROOT / "synopse")
    done = subprocess.run(["bash", "functions.sh"], cwd=tmp_path, capture_output=True, text=True, check=True)
    for program in ("apt-get", "dnf"):
        (line,) = (line for line in done.stderr.splitlines() if program in line)
        assert packages(line) == packages(how_to_install({program}.__contains__))


def test_no_message_of_the_program_speaks_of_the_script_of_the_repository() -> None:
    speaking = [path for path in Path(ROOT / "synopse").rglob("*.py") if "install.sh" in path.read_text("utf-8")]
    assert speaking == []
