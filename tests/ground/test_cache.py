"""What was read before lies in the person's cache folder, and nothing that Python would run in a review's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from synopse.ground.cache import REVIEW, cache_of, note_review
from tests.conftest import doit


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SYNOPSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_two_reviews_have_a_cache_each_and_one_by_two_paths_has_one(tmp_path: Path, person: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to("a")
    assert cache_of(tmp_path / "a") == cache_of(tmp_path / "b") != cache_of(tmp_path / "c")


def test_the_cache_of_a_review_that_is_gone_goes_with_the_next_new_one(tmp_path: Path, person: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    note_review(tmp_path / "a")
    note_review(tmp_path / "b")
    gone = cache_of(tmp_path / "a")
    shutil.rmtree(tmp_path / "a")
    note_review(tmp_path / "c")
    assert not gone.exists() and (cache_of(tmp_path / "b") / REVIEW).exists()


@pytest.mark.slow
def test_a_build_leaves_nothing_that_python_would_run_and_clean_takes_the_cache_too(
    project: Path, person: Path
) -> None:
    assert doit(project, "document").returncode == 0
    endings = {path.suffix for folder in ("build", ".synopse") for path in (project / folder).rglob("*")}
    assert not endings & {".pickle", ".template", ".pyc"}
    assert list(cache_of(project).glob("*.pickle"))
    assert doit(project, "clean").returncode == 0
    assert not cache_of(project).exists()
