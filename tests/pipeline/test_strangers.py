"""Where a stranger's words come in (a text, a key, a field of a .bib, a template), and what they could do there, all tried.

Each of the four sources tries to read a file outside, to write one, to open a socket and to run a command, in a whole
build. `pytest -s` prints what stopped each. The engine's own walls are tried one by one in tests/typeset/test_walls.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from synopse.ground.keys import wrong_in_key
from tests.conftest import copy_project, doit, pdf_text
from tests.typeset.listening import listening

pytestmark = pytest.mark.slow

SECRET = "HOSTILESECRET"
CODE = {
    "read outside": (r"\input{{{out}/secret.tex}}", r"\directlua{{tex.print(io.open('{out}/secret.tex'):read('a'))}}"),
    "write outside": (
        r"\immediate\openout15={out}/hostile1 ",
        r"\directlua{{io.open('{out}/hostile2','w'):write('x')}}",
    ),
    "open a socket": (r"\directlua{{require('socket').connect('127.0.0.1',{port})}}",),
    "run a command": (r"\write18{{touch {out}/hostile3}}", r"\directlua{{os.execute('touch {out}/hostile4')}}"),
}
"""As LaTeX: what a text, a key and a field may hold, and what must be no more than letters there."""
KEYS = {
    "read outside": ("../../../../outside/secret", "^^5cinput ../secret", "secret|../../outside/secret"),
    "write outside": ("../../../../outside/hostile5", "a/../../../../../outside/hostile6"),
    "open a socket": ("http://127.0.0.1:{port}/x",),
    "run a command": (
        "|touch {out}/hostile7",
        "$(touch {out}/hostile8)",
        "`touch {out}/hostile9`",
        "a;touch hostile10",
    ),
}
"""As names of files, for a shell and for TeX: keys that a person may have, since they hold nothing that ends a key."""
TEMPLATE = {
    "read outside": (
        r"\directlua{{pcall(function() tex.print(io.open('{out}/secret.tex'):read('a')) end)}}",
        r"\IfFileExists{{{out}/secret.tex}}{{\input{{{out}/secret.tex}}}}{{}}",
        r"\directlua{{pcall(function() local _, f = debug.getupvalue(io.open, 1) tex.print(f('{out}/secret.tex'):read('a')) end)}}",
    ),
    "write outside": (
        r"\directlua{{pcall(function() io.open('{out}/hostile11', 'w'):write('x') end)}}",
        r"\directlua{{pcall(os.rename, '{out}/secret.tex', '{out}/hostile12')}}",
    ),
    "open a socket": (
        r"\directlua{{pcall(function() require('socket').connect('127.0.0.1', {port}) end)}}",
        r"\directlua{{pcall(function() require('socket.core').tcp():connect('127.0.0.1', {port}) end)}}",
    ),
    "run a command": (
        r"\immediate\write18{{touch {out}/hostile13}}",
        r"\directlua{{pcall(os.execute, 'touch {out}/hostile14')}}",
        r"\directlua{{pcall(io.popen, 'touch {out}/hostile15')}}",
    ),
}
"""As a template may have it, so that the engine goes on where it is refused. Jinja's part: tests/render/test_environment.py."""
WHERE = ("base.tex", "body.tex", "fiche.tex", "figures.tex", "labels.tex", "preview.tex")
"""Templates that engines of every kind read: for labels, pictures, passes, a preview, a format."""


@dataclass(frozen=True)
class Outside:
    """A folder and a port that nobody may touch."""

    folder: Path
    port: int
    calls: list[str]

    def said(self, code: str) -> str:
        """An attempt, aimed at them."""
        return code.format(out=self.folder, port=self.port)

    def is_whole(self) -> bool:
        """Whether nothing was done to them."""
        return [path.name for path in self.folder.iterdir()] == ["secret.tex"] and not self.calls


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.tex").write_text(SECRET)
    with listening() as (port, calls):
        yield Outside(folder, port, calls)


def letters(text: str) -> str:
    """A text without spaces and the hyphens of line ends, its quotes straight."""
    return re.sub(r"[\s\u00ad\u200b]", "", re.sub("[“”‘’]", "'", text))


def told(source: str, harm: str, attempts: int, stopped: str) -> None:
    print(f"  {source:<12} {harm:<15} {attempts} tried: {stopped}")


def test_a_text_a_key_and_a_field_read_write_reach_and_run_nothing(tmp_path: Path, outside: Outside) -> None:
    project = copy_project(tmp_path / "a/b/review")
    codes = [outside.said(code) for codes in CODE.values() for code in codes]
    keys = [outside.said(key) for keys in KEYS.values() for key in keys]
    remarks = "".join(f"  - |\n    ZT{number} {code}\n" for number, code in enumerate(codes))
    (project / "sources/fiches/park2025seeing.yaml").write_text(
        f"key: park2025seeing\nstatus: partial\nforces:\n{remarks}", "utf-8"
    )
    entries = []
    for number, key in enumerate(keys):
        assert wrong_in_key(key) == ""
        code = codes[number % len(codes)]
        (project / f"sources/fiches/stranger{number}.yaml").write_text(
            f"key: '{key}'\nstatus: todo\ncitation: {{title: A title, authors: Ann Other, date: 2024}}\n"
            if number % 2
            else f"key: '{key}'\nstatus: todo\n",
            "utf-8",
        )
        fields = (f"note = {{ZF{number} {code}}}", f"howpublished = {{{code}}}", f"url = {{https://x.org/{code}}}",
                  f"author = {{{code} and Other, Ann}}", f"date = {{20{10 + number}}}")  # fmt: skip
        entries.append(f"@misc{{{key},\n  title = {{Title {number}}},\n  {(',' + chr(10) + '  ').join(fields)}\n}}\n")
    (project / "bib/stranger.bib").write_text("".join(entries), "utf-8")
    report = project / "sources/report.yaml"
    listed = "".join(f"  - '{key}'\n" for key in keys)
    report.write_text(
        re.sub(r"^fiches:\n", lambda _: f"fiches:\n{listed}", report.read_text("utf-8"), flags=re.M), "utf-8"
    )
    done = doit(project)
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stdout[-3000:]
    assert outside.is_whole()
    assert not [path for path in tmp_path.rglob("hostile*") if path.is_file()]
    printed = letters(pdf_text(project / "build/report.pdf"))
    assert SECRET not in printed
    for number, code in enumerate(codes):
        assert f"ZT{number}{letters(code)}" in printed, code
    for number in range(len(keys)):
        assert f"ZF{number}" in printed
    assert "warning[bib-command]: the LaTeX command \\input is not known" in done.stdout
    for harm, tried in CODE.items():
        told("a text", harm, len(tried), "printed to the letter")
        told("a field", harm, 4 * len(tried), "its command is told and not printed")
        refused = sorted({wrong_in_key(outside.said(code)) for code in tried})
        assert all(refused)
        told("a key", harm, len(tried), f"refused: {'; '.join(refused)}")
        told("a key", harm, len(KEYS[harm]), "LaTeX, biber and files know it by another name")


def test_a_template_reads_writes_reaches_and_runs_nothing(tmp_path: Path, outside: Outside) -> None:
    project = copy_project(tmp_path / "a/b/review")
    attempts = "".join(f"{outside.said(code)}%\n" for codes in TEMPLATE.values() for code in codes)
    for name in WHERE:
        path = project / "templates" / name
        text = path.read_text("utf-8")
        head, begin, rest = text.partition("\\begin{document}\n")
        tried = f"{attempts}\\immediate\\write-1{{TRIED {name}}}%\n"
        path.write_text(head + begin + tried + rest if begin else text + tried, "utf-8")
    done = doit(project, env=os.environ | {"SYNOPSE_CACHE": str(tmp_path / "cache")})
    assert done.returncode == 0, done.stdout[-3000:]
    log = (project / "build/report.log").read_text("utf-8")
    assert "TRIED base.tex" in log and "TRIED body.tex" in log and "TRIED fiche.tex" in log
    done = doit(project, "preview:tie2025posttraining", env=os.environ | {"SYNOPSE_CACHE": str(tmp_path / "cache")})
    assert done.returncode == 0, done.stdout[-3000:]
    assert outside.is_whole()
    for pdf in ("report.pdf", "preview/tie2025posttraining.pdf"):
        assert SECRET not in letters(pdf_text(project / "build" / pdf))
    for harm, codes in TEMPLATE.items():
        told("a template", harm, len(codes) * len(WHERE), "the walls (tests/typeset/test_walls.py)")
