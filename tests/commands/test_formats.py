"""A format that a command does not know is told; it is never taken for another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from synopse.build.run import Run
from synopse.commands.comments import comments
from synopse.commands.compare import compare
from synopse.commands.office import docx
from tests.synthesis.corpus import small


@pytest.mark.parametrize("word", ["xml", "jsn", "", "TEXT"])
def test_an_unknown_format_is_told(tmp_path: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    small(tmp_path)
    commands: list[Callable[[], bool]] = [
        lambda: compare(Run(tmp_path), word),
        lambda: comments(Run(tmp_path), word),
        lambda: docx(Run(tmp_path), word),
    ]
    for command in commands:
        assert command() is False
        said = capsys.readouterr()
        assert f'"{word}" is not a format' in said.out + said.err
