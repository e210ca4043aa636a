"""The edge to the disk: what counts as a source, names that never meet, files whole and with the person's rights."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from synopse.ground.files import copy_whole, fiches_in, is_source_name, latex_name, reason, sources_in, write_whole

LEFT_BY_PROGRAMS = [
    ".#tie.yaml",
    "#tie.yaml#",
    "._tie.yaml",
    ".tie.yaml.swp",
    ".tie.yaml.swo",
    "tie.yaml~",
    ".tie.yaml.swx",
    "4913",
    "tie.yaml.bak",
    "tie.yaml.part",
    ".DS_Store",
]


@pytest.mark.parametrize("name", LEFT_BY_PROGRAMS)
def test_what_an_editor_or_the_system_leaves_is_no_source(name: str) -> None:
    assert not is_source_name(name) and not is_source_name(f"sources/fiches/{name}")


@pytest.mark.parametrize("name", ["tie.yaml", "Tie.YML", "étude 2.yaml", "a.b.yaml", "49131", "x~y.yaml"])
def test_a_persons_own_file_is_a_source(name: str) -> None:
    assert is_source_name(name)


def test_fiches_are_found_whatever_their_ending_and_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sources/fiches"
    (folder / "rct").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.yaml", "A.YML", "rct/b.yaml", "notes.txt", "x.yaaml", ".git/c.yaml", *LEFT_BY_PROGRAMS[1:]):
        (folder / name).write_text("key: a\n")
    os.symlink("me@host.1234", folder / ".#b.yaml")
    os.symlink("nowhere.yaml", folder / "gone.yaml")
    assert [path.relative_to(folder).as_posix() for path in fiches_in(tmp_path)] == [
        "A.YML", "b.yaml", "gone.yaml", "rct/b.yaml"]  # fmt: skip
    assert sources_in(tmp_path / "no such folder", ".bib") == []


def test_no_two_files_give_one_name() -> None:
    files = ["q.yaml", "q.yml", "Q.yaml", "a/q.yaml", "b/q.yaml", "a-q.yaml", "a b.yaml", "a-b.yaml", "a_b.yaml",
             "é.yaml", "e.yaml", "e\u0301.yaml", "q.YAML", "漢.yaml", "字.yaml", "x" * 200 + ".yaml", "x" * 201 + ".yaml"]  # fmt: skip
    names = [latex_name(f"sources/fiches/{file}") for file in files]
    assert len({name.casefold() for name in names}) == len(files)
    assert names[0] == "q" and all(name.isascii() and len(name) < 120 for name in names)
    assert all(not set(name) & set(" ~#%&{}\\$^_=/") for name in names)


@pytest.mark.parametrize(("umask", "rights"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)])
def test_a_new_file_has_the_rights_that_the_umask_leaves(tmp_path: Path, umask: int, rights: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "a" / "note.yaml", "x")
        copy_whole(tmp_path / "a" / "note.yaml", tmp_path / "b" / "note.pdf")
    finally:
        os.umask(before)
    assert (tmp_path / "a/note.yaml").stat().st_mode & 0o777 == rights
    assert (tmp_path / "b/note.pdf").stat().st_mode & 0o777 == rights


def test_a_file_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "private"
    path.write_text("old")
    path.chmod(0o600)
    write_whole(path, "new")
    assert path.stat().st_mode & 0o777 == 0o600 and path.read_text() == "new"


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    with pytest.raises(OSError):
        copy_whole(tmp_path / "nowhere.pdf", tmp_path / "old.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["old.pdf"]
    assert (tmp_path / "old.pdf").read_bytes() == b"old"


def test_two_writers_of_one_file_never_mix(tmp_path: Path) -> None:
    source = {letter: tmp_path / letter for letter in "ab"}
    for letter, path in source.items():
        path.write_bytes(letter.encode() * 300_000)
    writers = [threading.Thread(target=copy_whole, args=(source[x], tmp_path / "out")) for x in "ab" * 8]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    data = (tmp_path / "out").read_bytes()
    assert len(data) == 300_000 and len(set(data)) == 1
    assert not list(tmp_path.glob(".*.part"))


def test_why_a_file_cannot_be_read_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "x.bib").mkdir()
    os.symlink("nowhere", tmp_path / "link.yaml")
    os.symlink("loop.yaml", tmp_path / "loop.yaml")
    said = {}
    for name in ("x.bib", "link.yaml", "loop.yaml", "none", "x" * 300):
        try:
            (tmp_path / name).read_bytes()
        except OSError as error:
            said[name[:9]] = reason(error, tmp_path / name)
    assert said == {
        "x.bib": "it is a folder, not a file",
        "link.yaml": "it is a link to nowhere, which is not there",
        "loop.yaml": "its links lead in a circle",
        "none": "it is not there",
        "x" * 9: "its name is too long",
    }


@pytest.mark.parametrize("lasting", [True, False])
def test_a_file_is_on_the_disk_before_it_bears_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    """So that a power cut leaves the old file or the new one, never an empty one (fsync(2))."""
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noting_fsync(handle: int) -> None:
        order.append("on the disk")
        fsync(handle)

    def noting_replace(old: str, new: str) -> None:
        order.append("named")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "replace", noting_replace)
    write_whole(tmp_path / "file", "words", lasting=lasting)
    assert order == (["on the disk", "named"] if lasting else ["named"])
    order.clear()
    copy_whole(tmp_path / "file", tmp_path / "copy")
    assert order == ["on the disk", "named"]
