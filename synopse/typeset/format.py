"""A preamble read once: the report's `base.tex` in; a TeX format that holds it out, for every later pass to start from.

The class, biblatex and hyperref take a third of a short pass to read. `lualatex -ini` reads them once and dumps what they
defined (TeXbook, ch. 24, `\\dump`). A format is only a faster start: it is made after a build that had none, by a process of
its own for which nobody waits (`make_aside`), in the user's cache folder, and trusted only after a small document came out of it
with the same bytes as without it. Whatever goes wrong, builds go on without a format and nothing is said.

A format is named by the digest of the files that make it and of the engine that reads it; it is good for as long as every
file that TeX read to make it is still the same (the recorder's list, `-recorder`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from synopse.ground.files import own_files, text_of, write_whole
from synopse.ground.settings import cache_root
from synopse.ground.stamps import stamp
from synopse.typeset import process as processes
from synopse.typeset.installed import installed
from synopse.typeset.rooms import ENGINE, GUARD, environment, found, room

MADE_FROM = ("base.tex", "format.tex")
"""The generated files that a format is made from."""
CARRY = r"\directlua{synopse_carry()}"
"""Brings what the format that is started from keeps in Lua into the new one; before any template is read."""
MOST_KEPT = 6
"""Formats that stay in the cache folder, each of some 13 MB: the newest."""
LIMIT = 60.0
"""Seconds that one run of the engine may take here."""
NICENESS = 19
"""How far the process of `make_aside` stands back behind everything else (nice(2))."""
LOCK = "making.lock"
"""Who holds it (flock(2)) makes a format: one at a time is made."""
LEFT = 3600.0
"""Seconds after which a folder of a making is of one that was killed."""
TRIAL = r"""\input{preamble}
\begin{document}
\tableofcontents
\chapter{One}\section{Two}\label{a}
A word, a \textbf{bold} and an \emph{other} one\footnote{A note.}, \href{https://example.org}{a link}, page~\pageref{a},
\begin{longtable}{ll}\toprule a&b\\\midrule c&d\\\bottomrule\end{longtable}
\color{synopseaccent}\subsection{Three}\autocite{nothing}\printbibliography
\end{document}
"""
"""A document that uses what the format holds. It needs no biber: a citation without an entry prints its key."""


class FormatStore:
    """The formats of one user, in a folder of the user's cache.

    `SYNOPSE_CACHE` names another folder; where it is empty, no format is made or used.
    """

    def __init__(self, tex: Path, epoch: int = 0, folder: Path | None = None) -> None:
        """`tex` is the folder of the generated LaTeX; `epoch` the date inside a PDF, in seconds."""
        self.tex, self.epoch = tex, epoch
        self.folder = folder or cache_folder()

    def name(self) -> str:
        """Names the format of the LaTeX as it is now: by its files, TeX's and this one."""
        state = hashlib.blake2b(digest_size=16)
        state.update(repr(installed().stamps).encode())
        for path in (*(self.tex / name for name in MADE_FROM), *own_files(self.tex), GUARD, Path(__file__)):
            with contextlib.suppress(OSError):
                state.update(path.read_bytes())
        return state.hexdigest()

    def usable(self) -> Path | None:
        """The format to start the engine from, or nothing where there is none that can be trusted."""
        if self.folder is None or not all((self.tex / name).exists() for name in MADE_FROM):
            return None
        base = self.folder / self.name()
        if not base.with_suffix(".fmt").exists() or text_of(base.with_suffix(".trust")) != "same bytes":
            return None
        return base.with_suffix(".fmt") if _as_read(base.with_suffix(".json")) else None

    def wanted(self) -> bool:
        """Whether a format of this LaTeX is to be made: none was tried yet, or what it was made from has changed since."""
        if self.folder is None or not all((self.tex / name).exists() for name in MADE_FROM):
            return False
        base = self.folder / self.name()
        return not (text_of(base.with_suffix(".trust")) and _as_read(base.with_suffix(".json")))

    def distrust(self) -> None:
        """Takes the format out of use for good, after a pass that failed with it and went well without it."""
        if self.folder is not None:
            _settle(self.folder / self.name(), "failed")

    def make(self, stale: Callable[[], bool]) -> None:
        """Makes the format and tries it, where it is wanted. Begins where it was left.

        Returns early once `stale` turns true, and then judges nothing. Raises nothing: a folder that cannot be written to costs the
        gain alone.
        """
        if self.folder is None or not self.wanted():
            return
        base = self.folder / self.name()
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix="making-") as work:
                if not (base.with_suffix(".fmt").exists() and _as_read(base.with_suffix(".json"))):
                    base.with_suffix(".trust").unlink(missing_ok=True)
                    self._dump(Path(work), base, stale)
                if base.with_suffix(".fmt").exists() and not stale():
                    self._try(Path(work), base, stale)
            _keep_newest(self.folder)

    def _dump(self, work: Path, base: Path, stale: Callable[[], bool]) -> None:
        """Lets the engine read `format.tex` and dump; keeps the format with the list of what was read.

        Since LuaTeX 1.17 Lua's `debug` library is there only with `--luadebug`; older ones pass the option by. The
        keepers take it away once they have read what a format takes along (walls.lua).
        """
        ok = self._run(
            work, ["--luadebug", "-ini", "-recorder", "-jobname=format", f"&{ENGINE}", CARRY + r"\input{format}"], stale
        )
        if ok is None or stale():
            return
        made = work / "format.fmt"
        write_whole(base.with_suffix(".json"), json.dumps(_read_files(work / "format.fls", work)))
        if ok and made.exists():
            made.replace(base.with_suffix(".fmt"))
        else:
            _settle(base, "failed")

    def _try(self, work: Path, base: Path, stale: Callable[[], bool]) -> None:
        """Sets a small document with the format and without it: only the same bytes make it trusted."""
        (work / "trial.tex").write_text(TRIAL, "utf-8")
        pdfs: list[bytes] = []
        for options in ([f"-fmt={base.with_suffix('.fmt')}"], []):
            ok = self._run(work, [*options, "-jobname=trial", r"\input{trial}"], stale)
            if ok is None or stale():
                return
            pdf = work / "trial.pdf"
            if not ok or not pdf.exists():
                break
            pdfs.append(pdf.read_bytes())
            for path in work.glob("trial.*"):
                if path.suffix != ".tex":
                    path.unlink()
        _settle(base, "same bytes" if len(pdfs) == 2 and pdfs[0] == pdfs[1] else "failed")

    def _run(self, work: Path, arguments: list[str], stale: Callable[[], bool]) -> bool | None:
        """Runs the engine in `work`, behind its walls; nothing where it was stopped or too slow."""
        engine = found(ENGINE)
        command = [
            engine,
            f"--lua={GUARD}",
            "-interaction=nonstopmode",
            "-halt-on-error",
            "-no-shell-escape",
            "--nosocket",
            *arguments,
        ]
        shut_in = room(engine, self.tex, work, str(self.folder))
        process = processes.begin(command, work, environment(self.tex, work, self.epoch), shut_in)
        try:
            return process.returncode == 0 if processes.wait(process, LIMIT, stale) else None
        except processes.Stale:
            return None


def make_aside(store: FormatStore) -> None:
    """Begins to make the format in a process of its own, which goes on when this one ends; where it is wanted alone.

    Nobody waits for it, so it delays nothing. It ends by itself: once the format is tried, where the LaTeX changes under it, and
    where another one is at it already.
    """
    if not store.wanted():
        return
    where = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    with contextlib.suppress(OSError):
        subprocess.Popen(
            [sys.executable, "-m", __name__, str(store.tex.absolute()), str(store.folder), str(store.epoch)],
            cwd="/",
            env=os.environ | {"PYTHONPATH": where},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def main(tex: str, folder: str, epoch: str) -> None:
    """The process that `make_aside` begins."""
    import fcntl

    os.nice(NICENESS)
    store = FormatStore(Path(tex), int(epoch), Path(folder))
    with contextlib.suppress(OSError):
        Path(folder).mkdir(parents=True, exist_ok=True)
        with (Path(folder) / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            begun = _stamps(store.tex)
            store.make(lambda: _stamps(store.tex) != begun)


def _stamps(tex: Path) -> list[str]:
    """What a format is made from in the LaTeX, at a glance: where that changes under it, nothing is judged of it."""
    return [stamp(path) for path in (*(tex / name for name in MADE_FROM), *own_files(tex))]


def cache_folder() -> Path | None:
    """The folder of formats in the user's cache; nothing where formats are turned off by an empty `SYNOPSE_CACHE`."""
    return None if os.environ.get("SYNOPSE_CACHE") == "" else cache_root() / "formats"


def _settle(base: Path, verdict: str) -> None:
    """Writes down whether the format is trusted; one that failed is deleted, and not tried again."""
    with contextlib.suppress(OSError):
        write_whole(base.with_suffix(".trust"), verdict)
        if verdict == "failed":
            base.with_suffix(".fmt").unlink(missing_ok=True)


def _read_files(recorder: Path, work: Path) -> dict[str, str]:
    """The files outside `work` and the LaTeX folder that the engine read, each with its size and date."""
    found = {}
    for line in text_of(recorder).splitlines():
        kind, _, name = line.partition(" ")
        if kind == "INPUT" and os.path.isabs(name) and not Path(name).is_relative_to(work):
            found[name] = stamp(name)
    return found


def _as_read(record: Path) -> bool:
    """Whether every file that went into the format is still as it was."""
    try:
        files = json.loads(record.read_text("utf-8"))
        return bool(files) and all(stamp(name) == known for name, known in files.items())
    except (OSError, ValueError, AttributeError):
        return False


def _keep_newest(folder: Path) -> None:
    """Removes the oldest formats beyond `MOST_KEPT`, and what an earlier making left when it was killed."""
    now = time.time()
    for path in folder.glob("making-*"):
        if now - path.stat().st_mtime > LEFT:
            shutil.rmtree(path, ignore_errors=True)
    formats = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in formats[MOST_KEPT:]:
        for suffix in (".trust", ".fmt", ".json"):
            path.with_suffix(suffix).unlink(missing_ok=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
