"""Every figure of the README's table of speed, as ratios within one run against a rival.

    python benchmarks/run.py [--runs 5] [--largest 500] [--only noop edit500 cold edit format watch page whole500] [--folder FOLDER]
                             [--review .]

The reports are made of `benchmarks/review`, the fiches of the first table, which stay as they are; `--review .` takes those that ship.

Rivals: an empty dodo.py, one bare pass of lualatex over the same LaTeX, latexmk from nothing, and Typst on the same text.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import platform
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.generate import KEPT, generate  # noqa: E402

DOIT = [sys.executable, "-m", "doit"]
FONTS = {"OSFONTDIR": "/usr/share/fonts//"}


@dataclass
class Line:
    """A line of the table: what was measured, against what, the median ratio, and the most that it may be."""

    what: str
    value: float
    unit: str
    most: float
    detail: str


def no_format_is_made(cache: Path | None = None) -> None:
    """Waits until the process that makes a format after a build has ended."""
    lock = (cache or Path(os.environ["SYNOPSE_CACHE"])) / "formats" / "making.lock"
    time.sleep(1.0)
    if lock.exists():
        with lock.open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)


def timed(command: list[str], folder: Path, **environment: str) -> float:
    """Seconds that a command takes; an error of the command ends the benchmark."""
    begun = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=os.environ | environment, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(f"{command} failed in {folder}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds


class Bench:
    """The projects and the measures."""

    def __init__(self, folder: Path, runs: int, largest: int, review: Path = KEPT) -> None:
        self.review = review
        self.folder, self.runs, self.largest, self.smallest = folder, runs, largest, 0
        self.count = 0
        self.ready: set[Path] = set()
        self.lines: list[Line] = []

    def project(self, size: int) -> Path:
        """The built project of `size` fiches."""
        target = self.folder / f"p{size}"
        if target not in self.ready:
            generate(target, size, self.review)
            timed(DOIT, target)
            no_format_is_made()
            self.ready.add(target)
        return target

    def web(self, size: int) -> Path:
        """A project of `size` fiches whose web page is made, and no PDF."""
        target = self.folder / f"w{size}"
        if target not in self.ready:
            generate(target, size, self.review)
            timed([*DOIT, "html"], target)
            self.ready.add(target)
        return target

    def median(self, measure: Callable[[], float]) -> float:
        """The median of the runs."""
        return statistics.median(measure() for _ in range(self.runs))

    def pairs(self, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float, float]:
        """The median ratio of runs taken in turn, and the two medians."""
        pairs = [(ours(), theirs()) for _ in range(self.runs)]
        return (
            statistics.median(a / b for a, b in pairs),
            statistics.median(a for a, _ in pairs),
            statistics.median(b for _, b in pairs),
        )

    def ratio(self, what: str, most: float, ours: Callable[[], float], theirs: Callable[[], float]) -> None:
        """Adds a line for a ratio."""
        value, mine, other = self.pairs(ours, theirs)
        self.add(Line(what, value, "x", most, f"{mine:.2f} s against {other:.2f} s"))

    def add(self, line: Line) -> None:
        """Adds a line, and shows it."""
        self.lines.append(line)
        print(f"{line.what:<62} {line.value:6.2f} {line.unit:<2} (at most {line.most:g}; {line.detail})", flush=True)

    # what is measured

    def edit(self, project: Path) -> Path:
        """Changes one word of one remark, so that no label, citation or page moves."""
        self.count += 1
        fiche = project / "sources/fiches/tie2025posttraining.yaml"
        word = ("calcul", "calculs")[self.count % 2]
        text = re.sub(r"Coût élevé de calculs? du", f"Coût élevé de {word} du", fiche.read_text("utf-8"))
        fiche.write_text(text, "utf-8")
        return fiche

    def bare(self, project: Path) -> float:
        """One pass of lualatex over the LaTeX of the last build, with its labels and bibliography."""
        folder = self.folder / f"bare-{project.name}"
        if folder not in self.ready:
            self.ready.add(folder)
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(project / "build/tex", folder)
            for path in (project / "build/aux").glob("report.*"):
                shutil.copy(path, folder)
        command = ["lualatex", "-interaction=batchmode", "-synctex=-1", "-no-shell-escape", "report.tex"]
        return timed(command, folder, **FONTS)

    def latexmk(self, project: Path) -> float:
        """latexmk from nothing on the same LaTeX."""
        folder = self.folder / "latexmk"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(project / "build/tex", folder)
        return timed(["latexmk", "-lualatex", "-interaction=nonstopmode", "-silent", "report.tex"], folder, **FONTS)

    def cold(self, project: Path, **environment: str) -> float:
        """doit from nothing, but for a format in the user's cache folder."""
        shutil.rmtree(project / "build", ignore_errors=True)
        shutil.rmtree(Path(os.environ["SYNOPSE_CACHE"]) / "reviews", ignore_errors=True)
        return timed(DOIT, project, **environment)

    def first_ever(self, project: Path) -> float:
        """doit from nothing, the cache folder being empty too."""
        cache = self.folder / "empty-cache"
        shutil.rmtree(cache, ignore_errors=True)
        taken = self.cold(project, SYNOPSE_CACHE=str(cache))
        no_format_is_made(cache)  # nothing goes on beside the rival
        return taken

    def passes(self, project: Path) -> int:
        """The passes of the engine in a cold build."""
        shutil.rmtree(project / "build", ignore_errors=True)
        said = subprocess.run(DOIT, cwd=project, capture_output=True, text=True, check=True).stdout
        return len(re.findall(r"lualatex, pass", said))

    def after_edit(self, project: Path, *task: str, **environment: str) -> float:
        """doit after an edit of one word."""
        self.edit(project)
        return timed([*DOIT, *task], project, **environment)

    def typst(self, project: Path) -> float:
        """Typst on the same text, in a process of its own: in one process it would remember the same text whole."""
        source = self.folder / f"{project.name}.typ"
        if not source.exists():
            source.write_text(as_typst(project), "utf-8")
        code = "import sys, time, typst; t = time.perf_counter(); typst.compile(sys.argv[1], output=sys.argv[2]); "
        code += "print(time.perf_counter() - t)"
        command = [sys.executable, "-c", code, str(source), str(source.with_suffix(".pdf"))]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def saved_page(self, project: Path) -> float:
        """The watch at work: seconds from a save to the web page that holds it."""
        page = project / "build/report.html"
        with self.watching(project):
            time.sleep(4)
            word = f"calcul{self.count}x{time.time_ns()}"
            fiche = project / "sources/fiches/tie2025posttraining.yaml"
            was = fiche.read_text("utf-8")
            begun = time.perf_counter()
            fiche.write_text(was.replace("Coût élevé de", f"Coût élevé {word} de", 1), "utf-8")
            while word not in page.read_text("utf-8") and time.perf_counter() < begun + 60:
                time.sleep(0.005)
            taken = time.perf_counter() - begun
            fiche.write_text(was, "utf-8")
        return taken

    def filters(self, page: Path) -> float:
        """Milliseconds in which a page answers to a choice of papers, in Chromium: until all is laid out anew."""
        from tests.pipeline.browser import browser, opened

        with browser() as chrome:
            opened(chrome, page)
            chrome.execute_script("document.querySelector('#tools button').click()")
            measure = (
                "const b = [...document.querySelectorAll('#facets input[type=checkbox]')][arguments[0]], t = performance.now();"
                "b.click(); document.body.getBoundingClientRect(); const d = performance.now() - t; b.click(); return d;"
            )
            return statistics.median(float(chrome.execute_script(measure, number)) for number in range(1, 10))

    @contextmanager
    def watching(self, project: Path) -> Iterator[Callable[[], tuple[float, float]]]:
        """A watch at work; gives a function that edits and tells the seconds to the preview and to the whole PDF."""
        log = self.folder / f"watch-{project.name}.log"
        with log.open("w") as stream:
            process = subprocess.Popen([*DOIT, "watch"], cwd=project, stdout=stream)

        def wait(pattern: str, count: int) -> float:
            end = time.perf_counter() + 180
            while time.perf_counter() < end:
                if len(re.findall(pattern, log.read_text("utf-8", "replace"))) >= count:
                    return time.perf_counter()
                time.sleep(0.01)
            raise SystemExit(f"the watch said nothing of {pattern}:\n{log.read_text('utf-8')[-2000:]}")

        builds = 1
        wait("save to PDF", builds)

        def once() -> tuple[float, float]:
            nonlocal builds
            time.sleep(4 if project.name == "p5" else 8)
            self.edit(project)
            begun = time.perf_counter()
            builds += 1
            page = wait("save to preview", builds - 1) - begun
            return page, wait("save to PDF", builds) - begun

        try:
            yield once
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def versions() -> list[str]:
    """The first lines of what the engine and biber say of themselves."""
    said = [
        subprocess.run([name, "--version"], capture_output=True, text=True, check=True).stdout
        for name in ("lualatex", "biber")
    ]
    return [text.strip().splitlines()[0] for text in said]


def as_typst(project: Path) -> str:
    """The report's words as a Typst document: headings, paragraphs, lists and the text of every table's cells."""
    import csv

    from synopse.build.session import Session
    from synopse.markup.text import plain_blocks
    from synopse.model.fiche import fiche_texts

    def literal(text: str) -> str:
        return re.sub(r"([\\#*_$<>@`\[\]~=+/-])", r"\\\1", text)

    session = Session(project)
    parts = ['#set page(paper: "a4", numbering: "1")', '#set text(lang: "fr", size: 11pt)', "#outline()"]
    for paper in session.project.corpus.papers:
        parts.append(f"= {literal(paper.label)}")
        parts += [literal(plain_blocks(session.project.texts.blocks(text))) for text in fiche_texts(paper.fiche)]
        parts.append("#pagebreak()")
    for path in sorted((project / "build/tables").glob("*.csv")):
        rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        cells = ", ".join(f"[{literal(cell)}]" for row in rows for cell in row)
        parts.append(f"= {literal(path.stem)}\n#table(columns: {len(rows[0])}, {cells})")
    return "\n\n".join(parts)


def measure(bench: Bench, only: list[str]) -> None:
    """Every line of the table, or those named."""
    empty = bench.folder / "empty"
    empty.mkdir(parents=True, exist_ok=True)
    (empty / "dodo.py").write_text("", "utf-8")

    def wanted(name: str) -> bool:
        return not only or name in only

    small = bench.project(5)
    if wanted("noop"):
        for size, most in ((5, 1.5), (500, 2.0)):
            if size > bench.largest:
                continue
            project = bench.project(size)
            timed(DOIT, project)
            bench.ratio(f"no-op doit, {size} fiches, against an empty dodo.py", most,
                        partial(timed, DOIT, project), partial(timed, DOIT, empty))  # fmt: skip
    if wanted("edit500"):
        project = bench.project(500)
        idle = bench.median(lambda: timed(DOIT, project))
        done = bench.median(lambda: bench.after_edit(project, "document"))
        bench.add(Line("read, check and render, one edited fiche of 500, over the no-op", done - idle, "s", 0.5,
                       f"{done:.2f} s against {idle:.2f} s"))  # fmt: skip
    if wanted("cold"):
        for size in (5, 50):
            project = bench.project(size)
            bench.ratio(f"cold build, {size} fiches, against latexmk", 0.65,
                        partial(bench.cold, project), partial(bench.latexmk, project))  # fmt: skip
    if wanted("edit"):
        for size in (5, 50):
            project = bench.project(size)
            bench.ratio(f"one-word edit, doit, {size} fiches, against one bare pass", 1.15,
                        partial(bench.after_edit, project), partial(bench.bare, project))  # fmt: skip
    if wanted("format"):
        bench.ratio("one-word edit, doit, 5 fiches, with a format against without", 0.8,
                    lambda: bench.after_edit(small), lambda: bench.after_edit(small, SYNOPSE_CACHE=""))  # fmt: skip
        bench.ratio("first build ever, 5 fiches, a format made after it against none", 1.05,
                    lambda: bench.first_ever(small), lambda: bench.cold(small, SYNOPSE_CACHE=""))  # fmt: skip
        passes = bench.passes(small)
        bench.add(Line("passes of a cold build, 5 fiches", passes, "", 2, ", ".join(versions())))
    if wanted("watch"):
        bare = bench.median(lambda: bench.bare(small))
        for size in (5, 50, 500):
            if not bench.smallest <= size <= bench.largest:
                continue
            project = bench.project(size)
            timed(DOIT, project)
            with bench.watching(project) as once:
                pairs = [once() for _ in range(bench.runs)]
            page, whole = (statistics.median(pair[n] for pair in pairs) for n in (0, 1))
            if size == 5:
                bench.add(Line("watch, save to whole PDF, 5 fiches, against one bare pass", whole / bare, "x", 0.5,
                               f"{whole:.2f} s against {bare:.2f} s"))  # fmt: skip
            bench.add(Line(f"watch, save to the page, {size} fiches, against a bare pass of 5", page / bare, "x", 0.2,
                           f"{page:.2f} s against {bare:.2f} s"))  # fmt: skip
            if size > 5:
                rival = bench.median(partial(bench.typst, project))
                bench.add(Line(f"watch, save to the page, {size} fiches, against Typst on the whole text", page / rival, "x",
                               1.0, f"{page:.2f} s against {rival:.2f} s"))  # fmt: skip
    if wanted("page"):
        from synopse.build.references import references_of
        from synopse.build.session import Session
        from synopse.build.web import page_of_session
        from synopse.render.html.join import joined

        size = min(500, bench.largest)
        project = bench.web(size)
        web = project / "build/report.html"
        megabytes = web.stat().st_size / 1e6
        bench.add(Line(f"the web page of {size} fiches", megabytes, "MB", 5.0, f"{web.stat().st_size} bytes"))
        session = Session(project)
        session.checked_project()

        def again() -> float:
            begun = time.perf_counter()
            joined(page_of_session(session, references_of(session)[0]))
            return time.perf_counter() - begun

        bench.add(
            Line(f"the web page of {size} fiches, made of its pieces", bench.median(again), "s", 2.0, "references kept")
        )
        answered = bench.filters(web)
        bench.add(
            Line(
                f"the web page of {size} fiches answers to a choice",
                answered,
                "ms",
                100.0,
                "the median of nine, Chromium",
            )
        )
        saved = bench.median(lambda: bench.saved_page(small))
        bench.add(Line("watch, save to the web page, 5 fiches", saved, "s", 0.3, "read by another process"))
    if wanted("whole500"):
        project = bench.project(500)
        rival = bench.bare(project)
        ours = bench.cold(project)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        bench.add(Line("everything from nothing, 500 fiches, against one bare pass", ours / rival, "x", 2.2,
                       f"{ours:.1f} s against {rival:.1f} s, one run; the largest process {memory:.0f} MB"))  # fmt: skip


def main() -> None:
    """Runs the benchmark and prints the table in Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--largest", type=int, default=500, help="leave out reports of more fiches")
    parser.add_argument("--smallest", type=int, default=0, help="watch: leave out reports of fewer fiches")
    parser.add_argument("--review", type=Path, default=KEPT, help="the folder of the review whose fiches are taken")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument(
        "--folder", type=Path, help="keep the projects here for another run, instead of in a folder for once"
    )
    options = parser.parse_args()
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "synopse")], check=True)  # as install.sh does
    with tempfile.TemporaryDirectory() as once:
        os.environ["SYNOPSE_CACHE"] = str((options.folder or Path(once)) / "cache")
        bench = Bench(options.folder or Path(once), options.runs, options.largest, options.review.resolve())
        bench.smallest = options.smallest
        measure(bench, options.only)
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
          f"Python {platform.python_version()}; the median of {options.runs} runs taken in turn\n")  # fmt: skip
    print("| what | measured | at most | seconds |\n| --- | --- | --- | --- |")
    for line in bench.lines:
        print(f"| {line.what} | {line.value:.2f} {line.unit} | {line.most:g} {line.unit} | {line.detail} |")


if __name__ == "__main__":
    main()
