"""The command `synopse` is doit: each of its words works, and its status says whether all went well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from synopse.cli import main
from tests.conftest import ROOT

RUN = [sys.executable, "-c", "import sys; from synopse.cli import main; sys.exit(main())"]


def synopse(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*RUN, *words], cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new review that holds nothing yet."""
    folder = tmp_path_factory.mktemp("review") / "mine"
    assert main(["init", str(folder), "--form", "empty", "--lang", "en"]) == 0
    return folder


@pytest.mark.parametrize(
    "words",
    [("help",), ("check",), ("clean",), ("forget",), ("reset-dep", "sources"), ("ignore", "exports")],
    ids=" ".join,
)
def test_every_word_of_doit_works_in_a_folder_under_a_review(review: Path, words: tuple[str, ...]) -> None:
    done = synopse(review / "sources", *words)
    assert done.returncode == 0 and done.stderr == "", done.stdout + done.stderr


@pytest.mark.parametrize("words", [("nothing-of-this-name",), ("preview:nobody",)], ids=" ".join)
def test_what_cannot_be_done_ends_in_a_status_and_no_traceback(review: Path, words: tuple[str, ...]) -> None:
    done = synopse(review, *words)
    assert done.returncode > 0 and "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
