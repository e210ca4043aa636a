"""The engine's walls, tried by real attempts: to read, write, reach the network or run a program from inside a document.

`pytest -s` prints the table: for each attempt, which wall alone stops it on this system. All walls, and the keepers
without the kernel's, must stop each attempt; what TeX's own settings or the kernel alone stop is told, not asked for.
"""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from synopse.typeset import engine, rooms, walls
from synopse.typeset.format import FormatStore
from tests.typeset.listening import listening

pytestmark = pytest.mark.slow

SECRET = "HOSTILE-SECRET"
LUA = {
    # reading
    "read by io.open": "said(io.open('{out}/secret.tex'):read('a'))",
    "read by io.open, upwards": "said(io.open('{up}/secret.tex'):read('a'))",
    "read by io.open, through a link": "said(io.open('{link}'):read('a'))",
    "read by io.lines": "for line in io.lines('{out}/secret.tex') do said(line) end",
    "read by io.saved_lines": "for line in io.saved_lines('{out}/secret.tex') do said(line) end",
    "read by io.input": "io.input('{out}/secret.tex') said(io.read('a'))",
    "read by dofile": "dofile('{out}/secret.lua')",
    "read by loadfile": "loadfile('{out}/secret.lua')()",
    "read by require": "require('{out}/secret')",
    "read by a search path": "package.path = '{out}/?.lua' require('secret')",
    "read by a link of its own": "lfs.link('{out}/secret.tex', 'mine', true) said(io.open('mine'):read('a'))",
    "read by a hard link of its own": "lfs.link('{out}/secret.tex', 'mine2') said(io.open('mine2'):read('a'))",
    "read by a rename into its folder": "os.rename('{out}/movable.tex', 'mine3') said(io.open('mine3'):read('a'))",
    "read by another current folder": "lfs.chdir('{out}') said(io.open('secret.tex'):read('a'))",
    "list by lfs.dir": "for name in lfs.dir('{out}') do said('{secret} ' .. name) end",
    "look by lfs.attributes": "if lfs.attributes('{out}/secret.tex', 'size') then said('{secret}') end",
    "look by lfs.isfile": "if lfs.isfile('{out}/secret.tex') then said('{secret}') end",
    "look by kpse.find_file": "if kpse.find_file('{out}/secret.tex') then said('{secret}') end",
    "look by kpse.lookup": "if kpse.lookup('secret.tex', {{path = '{out}'}}) then said('{secret}') end",
    "look by another kpse": "if kpse.new('luatex'):lookup('{out}/secret.tex') then said('{secret}') end",
    "read into the PDF by pdf.immediateobj": "if pdf.immediateobj('streamfile', '{out}/secret.tex') then said('{secret}') end",
    "read a PDF by pdfe.open": "if pdfe.open('{out}/secret.pdf') then said('{secret}') end",
    "read a font by fontloader": "if fontloader.open('{out}/secret.otf') then said('{secret}') end",
    "read by a callback that reads": "luatexbase.add_to_callback('open_read_file', function() local f = io.open('{out}/secret.tex')"
    " return {{reader = function() return f:read() end}} end, 'x')"
    " tex.print([[\\tryread{{report}}]])",
    "look behind by debug": "local _, f = debug.getupvalue(io.open, 1) said(f('{out}/secret.tex'):read('a'))",
    "look behind by the registry": "said(debug.getregistry()._LOADED.io.open('{out}/secret.tex'):read('a'))",
    "read another's environment": "if os.getenv('HOSTILE_TOKEN') then said('{secret}') end",
    # writing
    "write by io.open": "io.open('{out}/hostile1', 'w'):write('x')",
    "write by io.open, upwards": "io.open('{up}/hostile2', 'a'):write('x')",
    "write over a file": "io.open('{out}/victim1', 'r+'):write('xxxx')",
    "write by io.output": "io.output('{out}/hostile3') io.write('x')",
    "write by a rename": "io.open('own', 'w'):write('x') os.rename('own', '{out}/hostile4')",
    "remove a file": "os.remove('{out}/victim2')",
    "make a folder": "lfs.mkdir('{out}/hostile5')",
    "remove a folder": "lfs.rmdir('{out}/emptied')",
    "make a link outside": "lfs.link('/etc/passwd', '{out}/hostile6', true)",
    "set a file's time": "lfs.touch('{out}/victim3', 1, 1)",
    "write where fonts are kept for all": "io.open('{shared}/hostile7', 'w'):write('x')",
    # the network
    "open a socket": "local s = require('socket') s.connect('127.0.0.1', {port})",
    "open a socket by its core": "local s = require('socket.core') local t = s.tcp() t:connect('127.0.0.1', {port})",
    # programs
    "run by os.execute": "os.execute('touch {out}/hostile-ran1')",
    "run by io.popen": "io.popen('touch {out}/hostile-ran2'):read('a')",
    "run by os.spawn": "os.spawn({{'touch', '{out}/hostile-ran3'}})",
    "run by os.kpsepopen": "os.kpsepopen('touch {out}/hostile-ran4', 'r'):read('a')",
    "run machine code": "if package.loadlib('libc.so.6', 'system') then said('{secret}') end",
    "run machine code by ffi": "local ffi = require('ffi') ffi.cdef('int system(const char *);')"
    " ffi.C.system('touch {out}/hostile-ran5')",
}
LAST = {  # at such an attempt an engine may stop, where it does not come through: each has a run of its own
    "read by \\openin": r"\tryread{{{out}/secret.tex}}",
    "read by \\openin, upwards": r"\tryread{{{up}/secret.tex}}",
    "run by \\write18": r"\immediate\write18{{touch {out}/hostile-ran11}}",
    "run the maker of a font": r"{{\font\none=hostilenone \relax}}",
    "read by \\openin, through a link": r"\tryread{{link.tex}}",
    "write by \\openout": r"\immediate\openout\hostileout={out}/hostile11 \immediate\write\hostileout{{x}}\immediate\closeout\hostileout",
    "write by \\openout, upwards": r"\immediate\openout\hostileout={up}/hostile12 \immediate\write\hostileout{{x}}\immediate\closeout\hostileout",
    "run by a pipe to write to": r'\immediate\openout\hostileout=|"touch {out}/hostile-ran12" ',
    "read by a callback of TeX": "\\directlua{{luatexbase.add_to_callback('find_read_file', function()"
    " return '{out}/secret.tex' end, 'x')}}\\tryread{{x}}",
    "read by \\input": r"\InputIfFileExists{{{out}/secret.tex}}{{}}{{}}",
    "read by \\input, upwards": r"\InputIfFileExists{{{up}/secret.tex}}{{}}{{}}",
    "read by \\input of a pipe": r'\InputIfFileExists{{|"cat {out}/secret.tex"}}{{}}{{}}',
    "read a picture by img.scan": "\\directlua{{img.scan{{filename = '{out}/secret.png'}} texio.write_nl('{secret}')}}",
    "read a picture by \\includegraphics": r"\includegraphics{{{out}/secret.png}}\immediate\write-1{{{secret}}}",
    "read a PDF by \\includegraphics": r"\includegraphics{{{out}/secret.pdf}}\immediate\write-1{{{secret}}}",
    "open TeX's own wall": "\\directlua{{pcall(os.setenv, 'openin_any', 'a')}}\\tryread{{{out}/secret.tex}}",
    "run by os.exec": "\\directlua{{os.exec({{'touch', '{out}/hostile-ran20'}})}}",
}
PREAMBLE = r"""\documentclass{article}\usepackage{graphicx}\newread\hostile\newwrite\hostileout
\def\tryread#1{\openin\hostile=#1 \ifeof\hostile\else\read\hostile to\hostileline\message{\hostileline}\fi\closein\hostile}
\def\step#1{\immediate\write-1{}\immediate\write-1{ATTEMPT #1}\def\hostileline{}}
\begin{document}\directlua{hostilehome = lfs.currentdir()}x
"""
RESTORE = """\\directlua{pcall(lfs.chdir, hostilehome) pcall(io.output, 'mine4') pcall(io.input, 'report.log')
for _, name in ipairs{'find_read_file', 'open_read_file'} do pcall(luatexbase.remove_from_callback, name, 'x') end}"""
"""After each attempt: as before, should it have come through."""
OPEN = """texconfig.formatname = os.getenv("SYNOPSE_FORMAT")
if kpse.in_name_ok_silent_extended then
  kpse.in_name_ok_silent_extended = function() return true end
  kpse.out_name_ok_silent_extended = function() return true end
end
"""
"""Instead of the keepers: Lua as freely as LuaTeX 1.15 gives it, which later ones need for luaotfload to work at all."""
WALLS = {
    "all": (True, True),
    "keepers alone": (True, False),
    "kernel alone": (False, True),
    "TeX alone": (False, False),
}


@dataclass(frozen=True)
class Outside:
    """A place that no document may touch, and what is in it."""

    folder: Path
    port: int
    calls: list[str]
    shared: list[Path]

    def fill(self) -> None:
        """Makes it as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "emptied").mkdir(parents=True)
        for name in ("secret.tex", "movable.tex"):
            (self.folder / name).write_text(SECRET + "\n")
        (self.folder / "secret.lua").write_text(f"texio.write_nl('{SECRET}')\n")
        (self.folder / "secret.png").write_bytes(_png())
        (self.folder / "secret.pdf").write_bytes(_pdf())
        shutil.copy(_font(), self.folder / "secret.otf")
        for n in (1, 2, 3):
            (self.folder / f"victim{n}").write_text("whole")
        self.calls.clear()

    def harmed(self) -> list[str]:
        """What was done to it: names that stand in the attempts."""
        done = [path.stem for path in self.folder.rglob("hostile*")]
        for shared in self.shared:
            if (shared / "hostile7").exists():
                (shared / "hostile7").unlink()
                done.append("hostile7")
        for n in (1, 2, 3):
            victim = self.folder / f"victim{n}"
            if not victim.exists() or victim.read_text() != "whole" or victim.stat().st_mtime < 10:
                done.append(victim.name)
        done += [name for name in ("emptied", "movable.tex") if not (self.folder / name).exists()]
        return done + ([str(self.port)] if self.calls else [])


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def _pdf() -> bytes:
    from pypdf import PdfWriter

    writer, data = PdfWriter(), io.BytesIO()
    writer.add_blank_page(10, 10)
    writer.write(data)
    return data.getvalue()


def _font() -> Path:
    command = ["kpsewhich", "lmroman10-regular.otf"]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """A folder beside the document's, a listening socket, a secret in the environment, a `mktextfm` that is a trap."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "mktextfm").write_text(f"#!/bin/sh\ntouch {tmp_path}/outside/hostile-ran13\n")
    (programs / "mktextfm").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.setenv("HOSTILE_TOKEN", SECRET)
    shared = [Path(path) for path in rooms.kpse_paths("TEXMFCACHE") if Path(path).is_dir()]
    with listening() as (port, calls):
        yield Outside(tmp_path / "outside", port, calls, shared)


def run(code: str, base: Path, outside: Outside) -> str:
    """Runs an engine on a document of attempts; gives all that it wrote down."""
    tex = base / "build/tex"
    tex.mkdir(parents=True, exist_ok=True)
    link = tex / "link.tex"
    link.unlink(missing_ok=True)
    link.symlink_to(outside.folder / "secret.tex")
    (tex / "report.tex").write_text(PREAMBLE + code + "\n\\end{document}\n")
    current = engine.start(tex, base / "build", "pass")
    assert current.wait(120)
    log = current.log()
    current.stop()
    return log


def names_of(outside: Outside) -> dict[str, str]:
    """What the attempts are aimed at."""
    return {
        "out": str(outside.folder),
        "up": "../../../../outside",
        "link": "../../tex/link.tex",
        "secret": SECRET,
        "port": str(outside.port),
        "shared": str(outside.shared[0] if outside.shared else outside.folder / "none"),
    }


def came_through(base: Path, outside: Outside) -> set[str]:
    """The attempts that came through the walls that stand."""
    names = names_of(outside)
    lua = {name: "local function said(what) texio.write_nl(what) end " + code for name, code in LUA.items()}
    codes = {name: f"\\directlua{{pcall(function() {code.format(**names)} end)}}" for name, code in lua.items()}
    last = {name: code.format(**names) for name, code in LAST.items()}
    outside.fill()
    log = run("\n".join(f"\\step{{{n}}}{code}\n{RESTORE}" for n, code in enumerate(codes.values())), base, outside)
    assert f"ATTEMPT {len(codes) - 1}" in log, f"with {rooms.GUARD.name}: {log[-2000:]}"
    through = set()
    for n, said in re.findall(r"^ATTEMPT (\d+)$(.*?)(?=^ATTEMPT|\Z)", log, re.MULTILINE | re.DOTALL):
        if SECRET in said:
            through.add([*codes][int(n)])
    for name, code in last.items():
        if re.search(rf"^{SECRET}", run(code, base, outside), re.MULTILINE):
            through.add(name)
    for mark in outside.harmed():
        made_it = {name for name, code in (codes | last).items() if re.search(rf"{re.escape(mark)}\b", code)}
        through |= made_it or {"run the maker of a font"}
    return through


def test_no_attempt_comes_through_the_walls(outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To read, write, reach the network or run a program: with all walls, and with the keepers alone."""
    open_door = tmp_path / "open.lua"
    open_door.write_text(OPEN)
    guard, version = rooms.GUARD, walls.version()
    result = {}
    for which, (keepers, kernel) in WALLS.items():
        monkeypatch.setattr(engine, "GUARD", guard if keepers else open_door)
        monkeypatch.setattr(rooms, "GUARD", guard if keepers else open_door)
        monkeypatch.setattr(walls, "version", lambda at=version if kernel else 0: at)
        result[which] = came_through(tmp_path / "review", outside)
    print(f"\n{_engine()}, Landlock {version or 'not there'}: what stops each attempt")
    for name in (*LUA, *LAST):
        stopped = [which.removesuffix(" alone") for which in [*WALLS][1:] if name not in result[which]]
        print(f"  {name:<42} {'; '.join(stopped) or 'NOTHING'}")
    assert result["all"] == set()
    assert result["keepers alone"] == set()
    if version:
        assert not {name for name in result["kernel alone"] if name.startswith("write")}


def test_no_attempt_comes_through_where_a_format_is_made_or_started_from(
    built: Path, outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A format is made from a template, and TeX reads `\\everyjob` of it before the document: both behind the keepers alone."""
    monkeypatch.setattr(walls, "version", lambda: 0)
    tex = Path(shutil.copytree(built / "build/tex", tmp_path / "review/build/tex"))
    (tex / "link.tex").symlink_to(outside.folder / "secret.tex")
    heard = rooms.font_cache() / "heard"
    heard.unlink(missing_ok=True)
    said = f"local function said(what) local f = io.open('{heard}', 'a') f:write('{{name}}: ', what, '\\string\\n') f:close() end "
    lines = []
    for name, code in (LUA | {"tried to the end": "said('{secret}')"}).items():
        if "tryread" not in code:
            whole = (said + code).format(**names_of(outside), name=name.replace("'", ""))
            lines.append(f"\\directlua{{pcall(function() {whole} end) package.path = hostilepath}}%\n")
    hostile = "\\def\\hostile{\\directlua{hostilepath = package.path}%\n" + "".join(lines) + "}\n"
    base = (tex / "base.tex").read_text("utf-8")
    (tex / "base.tex").write_text(
        base + hostile + "\\hostile\\everyjob\\expandafter{\\the\\everyjob\\hostile}\n", "utf-8"
    )
    outside.fill()
    FormatStore(tex, folder=tmp_path / "formats").make(lambda: False)
    told = heard.read_text("utf-8").splitlines()
    heard.unlink()
    assert told == [f"tried to the end: {SECRET}"] * 3  # it is made, started from, and compared with a start without it
    assert outside.harmed() == []


def _engine() -> str:
    said = subprocess.run(["lualatex", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split("\n")[0].removeprefix("This is ")
