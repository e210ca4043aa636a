"""The files of the synthesis: written where something changed, restored where one is missing, removed with their part."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.parts import why_synthesis, write_exports, write_parts
from synopse.ground.store import Store
from tests.synthesis.corpus import FICHES, SYNTHESIS, small


def dates(root: Path) -> dict[str, int]:
    """When each file of the synthesis was written."""
    patterns = ("tex/synthesis/*.tex", "tables/*.csv", "tex/figures/*.tex")
    return {str(path): path.stat().st_mtime_ns for pattern in patterns for path in (root / "build").glob(pattern)}


def test_an_edit_writes_the_parts_that_show_it_alone(tmp_path: Path) -> None:
    assert write_parts(small(tmp_path)) == []
    before = dates(tmp_path)
    edited = FICHES | {"alpha2023": FICHES["alpha2023"].replace("Bien écrite.", "Très bien écrite.")}
    assert write_parts(small(tmp_path, edited)) == []
    after = dates(tmp_path)
    assert {Path(path).name for path in after if after[path] != before[path]} == {
        "compare-forces-limites.tex",
        "compare-forces-limites.csv",
        "disagreements.tex",
        "disagreements.csv",
    }


def test_a_file_that_is_missing_is_written_again(tmp_path: Path) -> None:
    write_parts(small(tmp_path))
    every = dates(tmp_path)
    lost = tmp_path / "build/tables/coverage.csv"
    lost.unlink()
    session = small(tmp_path)
    assert why_synthesis(session.store, session.facts) == "build/tables/coverage.csv is not there"
    write_parts(session)
    assert not why_synthesis(session.store, session.facts) and dates(tmp_path).keys() == every.keys()
    assert {path for path, date in dates(tmp_path).items() if date != every[path]} == {str(lost)}


@pytest.mark.parametrize(
    "damage", [b"", b"\x00\xff garbage", b"[1, 2]", b'{"step": "part:coverage", "read": ', b'{"step": 3}']
)
def test_a_damaged_store_makes_again_what_it_does_not_hold(tmp_path: Path, damage: bytes) -> None:
    write_parts(small(tmp_path))
    before = {path: Path(path).read_bytes() for path in dates(tmp_path)}
    path = tmp_path / "build/store.jsonl"
    path.write_bytes(path.read_bytes()[:-40] + damage)
    assert write_parts(small(tmp_path)) == []
    path.write_bytes(damage)
    for name in before:
        Path(name).write_bytes(b"another")
    session = small(tmp_path)
    assert write_parts(session) == [] and len(session.store.named("part:")) == SYNTHESIS.count("kind:")
    assert {path: Path(path).read_bytes() for path in dates(tmp_path)} == before


def test_the_files_of_a_part_go_with_it(tmp_path: Path) -> None:
    write_parts(small(tmp_path))
    write_parts(small(tmp_path, synthesis="  - {kind: coverage}\n"))
    assert {Path(path).name for path in dates(tmp_path)} == {"coverage.tex", "coverage.csv"}


def test_the_exports_are_left_at_a_new_change_and_made_by_the_next_build(tmp_path: Path) -> None:
    session = small(tmp_path)
    write_exports(session, stale=lambda: True)
    assert not (tmp_path / "build/tables.xlsx").exists()
    write_exports(session)
    made = (tmp_path / "build/provenance.json").stat().st_mtime_ns
    assert (tmp_path / "build/tables.xlsx").exists()
    write_exports(small(tmp_path))
    assert (tmp_path / "build/provenance.json").stat().st_mtime_ns == made
    (tmp_path / "build/tables.xlsx").unlink()
    write_exports(small(tmp_path))
    assert (tmp_path / "build/tables.xlsx").exists()


def test_a_heading_without_id_never_takes_the_place_of_a_part_with_one(tmp_path: Path) -> None:
    synthesis = (
        "  - {kind: heading, title: Un}\n  - {kind: coverage, id: heading-1}\n  - {kind: heading, title: Deux}\n"
    )
    session = small(tmp_path, synthesis=synthesis)
    assert write_parts(session) == [] and not session.project.broken
    record = session.store.named("part:")
    assert [f"part:{part.id}" for part in session.synthesis[0]] == record and len(record) == 3
    assert "tables/heading-1.csv" in session.store.records["part:heading-1"].files


def test_a_part_that_was_written_when_another_one_failed_is_written_again(tmp_path: Path) -> None:
    """A mistake in one part and an edit of another, then both taken back: nothing of the edit may stay."""
    first = SYNTHESIS
    write_parts(small(tmp_path))
    before = {path: Path(path).read_bytes() for path in dates(tmp_path)}
    edited = first.replace("kind: coverage", "kind: coverage, text: Un mot de plus", 1)
    wrong = edited + "  - {kind: coverage, id: wrong, text: '{{ nothing.known }}'}\n"
    assert write_parts(small(tmp_path, synthesis=wrong)) != []
    assert write_parts(small(tmp_path, synthesis=first)) == []
    assert {path: Path(path).read_bytes() for path in dates(tmp_path)} == before


def test_a_part_whose_writing_was_cut_short_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parts(small(tmp_path))
    before = {path: Path(path).read_bytes() for path in dates(tmp_path)}
    edited = SYNTHESIS.replace("kind: coverage", "kind: coverage, text: Un mot de plus", 1)

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Store, "keep", cut_short)
        write_parts(small(tmp_path, synthesis=edited))
    assert write_parts(small(tmp_path)) == []
    assert {path: Path(path).read_bytes() for path in dates(tmp_path)} == before
