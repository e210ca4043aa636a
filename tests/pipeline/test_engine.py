"""What a person is told of an engine that dies, and of one that hangs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from synopse.typeset.log import last_words, why_failed
from tests.conftest import doit


@pytest.mark.slow
def test_what_an_engine_said_that_died_before_its_log_began_reaches_the_person(project: Path) -> None:
    """Without a format the engine ends before TeX opens a log: all that it says, it prints."""
    done = doit(project, env=os.environ | {"TEXFORMATS": "/nowhere"})
    assert done.returncode != 0
    assert "can't find the format file `lualatex.fmt'" in done.stdout, done.stdout[-1500:]
    assert not list(project.glob("build/run/*/report.log"))
    logs = [project / "build" / name for name in ("report.log", "figures.log")]
    assert "lualatex.fmt" in "".join(log.read_text("utf-8") for log in logs if log.exists())


def test_the_line_that_says_why_is_found_among_what_an_engine_printed() -> None:
    printed = (
        "This is LuaHBTeX, Version 1.18.0 (TeX Live 2025/dev/Debian)\n restricted system commands enabled.\n"
        "luaotfload | init : FATAL ERROR while loading\n"
        ".../luaotfload-multiscript.lua:54: attempt to index a nil value (local 'f')\nstack traceback:\n\t[C]: in ?\n"
    )
    assert "FATAL ERROR while loading" in last_words(printed, 1)
    assert last_words("", 1) == "the engine stopped without a word"
    assert last_words("This is LuaHBTeX\nand no more", 1).endswith("and no more")


def test_an_engine_that_the_system_ended_is_told_by_its_signal() -> None:
    assert "SIGSEGV" in last_words("whatever", -11)
    assert "memory" in last_words("", -9)


def test_the_first_error_of_a_log_is_why_a_picture_failed() -> None:
    log = "(../../tex/figures.tex\n../../tex/figures.tex:40: Undefined control sequence.\nl.40 \\nothing\n"
    assert why_failed(log, 1) == "Undefined control sequence"
