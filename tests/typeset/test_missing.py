"""What to install is said for the system that is there, with or without the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from synopse.typeset.missing import ELSEWHERE, LINES, how_to_install
from tests.conftest import ROOT


def packages(line: str) -> list[str]:
    return line.split("--no-install-recommends")[-1].replace("sudo dnf install", "").split()


@pytest.mark.parametrize("program", LINES)
def test_what_to_install_is_said_for_the_system_that_is_there(program: str) -> None:
    assert how_to_install({program}.__contains__) == f"run: {LINES[program]}"


def test_elsewhere_it_is_said_in_words() -> None:
    assert how_to_install(lambda name: None) == ELSEWHERE


def test_install_sh_installs_the_same_packages() -> None:
    """But for those of languages, which it takes from the languages' own files."""
    script = (ROOT / "install.sh").read_text("utf-8")
    listed = re.search(r'TEX_PACKAGES="([^"]+)"', script)
    assert listed and [each for each in packages(LINES["apt-get"]) if "-lang-" not in each] == listed[1].split()
    fedora = re.search(r'Fedora: sudo dnf install (.*?)" >&2', script, re.DOTALL)
    assert fedora and all(
        each in re.sub(r'["\\]', " ", fedora[1]).split() for each in packages(LINES["dnf"]) if "-lang" not in each
    )


def test_no_message_of_the_program_speaks_of_the_script_of_the_repository() -> None:
    speaking = [path for path in Path(ROOT / "synopse").rglob("*.py") if "install.sh" in path.read_text("utf-8")]
    assert speaking == []
