"""What lies in a project's build/ is run only if this person's own synopse has written it."""

from __future__ import annotations

import marshal
import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2.bccache import bc_magic

from synopse.ground import signed
from synopse.ground.cache import Cache
from synopse.ground.program import program_digest
from synopse.ground.signed import SIZE, read_signed, write_signed
from synopse.locale import catalogue
from synopse.render.latex.environment import make_environment


class Planted:
    """A pickle that runs a command when it is read."""

    def __init__(self, sign: Path) -> None:
        self.sign = sign

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return os.system, (f"touch '{self.sign}'",)


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A person with a cache folder of their own."""
    monkeypatch.setenv("SYNOPSE_CACHE", str(tmp_path / "cache of a person"))
    signed._key.cache_clear()
    yield tmp_path / "cache of a person"
    signed._key.cache_clear()


@pytest.mark.parametrize("before", [b"", b"\0" * SIZE, bytes(range(1, SIZE + 1))])
def test_a_pickle_that_somebody_put_there_is_not_run(tmp_path: Path, before: bytes) -> None:
    folder, sign = tmp_path / "build/cache", tmp_path / "it ran"
    folder.mkdir(parents=True)
    data = pickle.dumps((program_digest(), {"key": Planted(sign)}))
    (folder / "static.pickle").write_bytes(before + data)
    assert Cache(folder).made("static", "key", lambda: "made") == "made"
    assert not sign.exists()
    pickle.loads(data)
    assert sign.exists()  # it would have


def test_a_compiled_template_that_somebody_put_there_is_not_run(tmp_path: Path) -> None:
    templates, folder, sign = tmp_path / "templates", tmp_path / "compiled", tmp_path / "it ran"
    templates.mkdir()
    (templates / "a.tex").write_text("sound")
    words = catalogue("en")
    make_environment([templates], words, folder).get_template("a.tex")
    kept = next(folder.iterdir())
    bytecode = make_environment([templates], words, folder).bytecode_cache
    assert bytecode is not None
    checksum = pickle.dumps(bytecode.get_source_checksum("sound"))
    evil = bc_magic + checksum + marshal.dumps(compile(f"open({str(sign)!r}, 'w')", "a", "exec"))
    for data in (evil, kept.read_bytes()[:SIZE] + evil):
        kept.write_bytes(data)
        assert "sound" in make_environment([templates], words, folder).get_template("a.tex").render()
    assert not sign.exists()


def test_what_was_written_is_read_and_what_was_touched_is_not(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_signed(path, b"some bytes")
    assert read_signed(path) == b"some bytes"
    whole = path.read_bytes()
    for place in (0, SIZE, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read_signed(path) is None
    path.write_bytes(whole[: SIZE - 1])
    assert read_signed(path) is None and read_signed(tmp_path / "nowhere") is None


def test_another_person_has_another_key_that_only_they_can_read(
    tmp_path: Path, person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_signed(tmp_path / "kept", b"some bytes")
    assert stat.S_IMODE((person / "key").stat().st_mode) == 0o600
    assert [path.name for path in person.iterdir()] == ["key"]
    monkeypatch.setenv("SYNOPSE_CACHE", str(tmp_path / "of another"))
    signed._key.cache_clear()
    assert read_signed(tmp_path / "kept") is None


def test_processes_that_begin_together_have_one_key(person: Path) -> None:
    code = "from synopse.ground import signed; print(signed._key().hex())"
    command = [sys.executable, "-c", code]
    together = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {process.communicate()[0] for process in together}
    assert [process.returncode for process in together] == [0] * 4
    assert len(said) == 1 and len(said.pop().strip()) == 2 * SIZE


def test_where_no_key_can_be_kept_all_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("SYNOPSE_CACHE", str(tmp_path / "a file"))
    signed._key.cache_clear()
    cache = Cache(tmp_path / "build")
    assert cache.made("kind", "key", lambda: 1) == 1
    cache.save()
    assert Cache(tmp_path / "build").made("kind", "key", lambda: 2) == 1  # for as long as this process lives
