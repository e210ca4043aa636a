"""Earlier states of the sources: kept where clean does not reach, unless git keeps them; thinned as they grow old."""

from __future__ import annotations

import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from synopse.build.snapshots import STAMP, folder_of, in_git, keep, same, states, thinned, when
from tests.conftest import doit


@pytest.fixture
def review(tmp_path: Path) -> Path:
    root = tmp_path / "home" / "review"
    (root / "sources/fiches").mkdir(parents=True)
    (root / "bib/files").mkdir(parents=True)
    (root / "sources/report.yaml").write_text("title: A\n")
    (root / "bib/a.bib").write_text("@misc{a}\n")
    (root / "bib/files/a.pdf").write_text("a paper that the reference manager keeps\n")
    return root


def test_a_state_is_kept_once_with_all_that_was_written_and_no_papers(review: Path) -> None:
    assert keep(review, "2026-01-01T100000")
    assert not keep(review, "2026-01-01T110000")
    (review / "sources/plan.png").write_text("an image")
    assert keep(review, "2026-01-01T120000")
    assert [path.name for path in states(review)] == ["2026-01-01T120000", "2026-01-01T100000"]
    latest = states(review)[0]
    assert sorted(path.relative_to(latest).as_posix() for path in latest.rglob("*") if path.is_file()) == [
        "bib/a.bib",
        "sources/plan.png",
        "sources/report.yaml",
    ]
    assert same(review, latest)
    (review / "sources/report.yaml").write_text("title: B\n")
    assert not same(review, latest) and (latest / "sources/report.yaml").read_text() == "title: A\n"


def test_two_states_of_one_second_leave_the_later_one(review: Path) -> None:
    name = datetime(2026, 1, 2, 3, 4, 5).strftime(STAMP)
    report = review / "sources/report.yaml"
    for text in ("title: Un\n", "title: Deux\n"):
        report.write_text(text, "utf-8")
        assert keep(review, name)
    (kept,) = states(review)
    assert (kept / "sources/report.yaml").read_text("utf-8") == "title: Deux\n"
    assert [path.name for path in kept.parent.iterdir()] == [name]


def test_states_that_follow_each_other_closely_wait(review: Path) -> None:
    assert keep(review, "2026-01-01T100000")
    (review / "sources/report.yaml").write_text("title: B\n")
    assert not keep(review, "2026-01-01T100500", apart=timedelta(minutes=10))
    assert keep(review, "2026-01-01T101000", apart=timedelta(minutes=10))


def test_the_latest_stay_and_older_ones_grow_sparse() -> None:
    start = datetime(2026, 12, 31, 18)
    names = [(start - timedelta(hours=6 * n)).strftime(STAMP) for n in range(4 * 400)]
    kept = thinned([*names, "before the review"])
    assert "before the review" in kept and set(names[:10]) <= kept
    assert len({name[:10] for name in kept if "2026-12-01" < name < "2027"}) == 31
    assert len([name for name in kept if name < "2026-11"]) == len({n[:7] for n in names if n < "2026-11"})
    assert thinned(kept) == kept  # what stays now is not dropped for its age alone a moment later
    assert thinned([]) == set()


def test_only_a_git_that_tracks_the_sources_keeps_their_history(review: Path) -> None:
    def git(folder: Path, *words: str) -> None:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    assert not in_git(review)
    git(review.parent, "init", "-q")  # as of someone who keeps the settings of a whole home folder in git
    (review.parent / ".profile").write_text("")
    git(review.parent, "add", ".profile")
    assert not in_git(review) and keep(review)
    git(review, "add", "sources")
    assert in_git(review) and not keep(review, "2099-01-01T000000")


def test_snapshots_of_an_earlier_version_are_brought_along_and_clean_leaves_them(project: Path) -> None:
    old = project / "build/snapshots/2026-01-01T100000/sources"
    old.mkdir(parents=True)
    (old / "report.yaml").write_text("title: A\n")
    assert doit(project, "clean").returncode == 0
    assert not (project / "build").exists()
    assert [path.name for path in folder_of(project).iterdir()] == ["2026-01-01T100000"]


def test_a_snapshot_is_told_by_its_day_and_hour_and_any_other_state_by_its_name() -> None:
    assert when("2026-11-30T042443") == "2026-11-30 04:24"
    assert [when(name) for name in ("HEAD~1", "mine", "2026-01-01")] == ["HEAD~1", "mine", "2026-01-01"]
