"""What the actions tell of files that could not be read or written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from synopse.build.run import os_problem

CASES = [
    (errno.EISDIR, "bib/old.bib", "bib/old.bib cannot be read: it is a folder, not a file"),
    (errno.EACCES, "sources/form.yaml", "sources/form.yaml cannot be read: there is no right to do so"),
    (errno.ENOENT, "templates/part.tex", "templates/part.tex cannot be read: it is not there"),
    (errno.EACCES, "build/tex/report.tex", "build/tex/report.tex cannot be written: there is no right to do so"),
    (errno.ENOSPC, "sources/fiches/a.yaml", "sources/fiches/a.yaml cannot be written: the disk is full"),
    (errno.EROFS, "build", "build cannot be written: the disk is read-only"),
]


@pytest.mark.parametrize(("number", "name", "message"), CASES)
def test_a_file_that_fails_is_told_as_read_or_written(tmp_path: Path, number: int, name: str, message: str) -> None:
    for filename in (str(tmp_path / name), name, os.fsencode(tmp_path / name)):
        found = os_problem(OSError(number, os.strerror(number), filename), tmp_path)
        assert found.message == message and found.span.file == name


def test_an_error_without_a_file_is_told_of_the_build(tmp_path: Path) -> None:
    assert os_problem(OSError(errno.ENOSPC, "x"), tmp_path).message == "build cannot be written: the disk is full"
