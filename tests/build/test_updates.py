"""A review says which version built it last; what another one changes is told before it builds, and once it has, no more."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from synopse import __version__
from synopse.build.updates import last_version, news, note_version, tell_news
from synopse.ground.review import OWN


def test_a_review_that_was_never_built_is_told_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell_news(tmp_path)
    assert capsys.readouterr().out == "" and not list(tmp_path.iterdir())


def test_what_changed_is_told_until_this_version_has_built_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note_version(tmp_path)
    (tmp_path / ".synopse/version").write_text("1.0.0\n")
    for _ in range(2):
        tell_news(tmp_path)
        first, *lines = capsys.readouterr().out.splitlines()
        assert (
            first == f"this review was last built with synopse 1.0.0; this is {__version__}; what has changed for it:"
        )
        assert lines and all(line.startswith("  2.") for line in lines)
    note_version(tmp_path)
    tell_news(tmp_path)
    assert capsys.readouterr().out == "" and last_version(tmp_path) == __version__


@pytest.mark.parametrize("there", ["build/report.pdf", ".synopse/snapshots/a"])
def test_what_was_built_without_a_note_was_built_by_the_version_before(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(parents=True)
    (tmp_path / there).touch()
    assert last_version(tmp_path) == "1.0.0"


def test_an_older_program_says_so() -> None:
    assert news("9.0.0") == [f"this review was last built with synopse 9.0.0; this is {__version__}, which is older"]


def test_lines_of_a_version_to_come_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert news("1.0.0", "1.5.0") == [
        "this review was last built with synopse 1.0.0; this is 1.5.0; nothing has changed for it"
    ]


def test_the_note_outlives_build_and_git_keeps_it_alone(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    note_version(tmp_path)
    (tmp_path / OWN / "lock").touch()
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    said = subprocess.run([*git, "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True).stdout
    assert said == "?? .synopse/version\n"
