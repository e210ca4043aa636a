"""The map of a review's pipeline: what can be made, from what, and where it goes. `doit list` explains each task.

A `dodo.py` and the command `synopse` take the tasks from here. What this module imports is imported by a doit that has
nothing to do, so it is little.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from synopse.build import goals, lock
from synopse.build.reporter import reporter_of
from synopse.build.run import Run
from synopse.commands.check import check
from synopse.commands.clean import clean
from synopse.commands.new import new
from synopse.commands.on_demand import (
    assign,
    bundle,
    changes,
    comments,
    compare,
    consensus,
    deposit,
    office,
    status,
    watch,
)
from synopse.commands.preview import no_such_fiche, preview
from synopse.commands.schema import schema
from synopse.ground.files import fiches_in
from synopse.ground.keys import doit_key
from synopse.ground.letters import composed
from synopse.ground.program import program_look

BUILT = ["sources", "references", "fiche", "synthesis", "document", "pdf", "exports", "html"]
"""The tasks that doit makes where none is named."""
Tasks = dict[str, Any] | Iterator[dict[str, Any]]


def tasks(root: Path, words: Sequence[str] | None = None) -> dict[str, Any]:
    """The tasks and settings of the review in `root`, by the names under which doit looks for them in a `dodo.py`.

    Where doit is at work, it comes to stand in `root` and holds the review's lock, unless it only shows something. So it
    is where `words`, the command line, are given; without them it is where doit itself reads the `dodo.py`, and nothing is
    done where somebody else looks at that file.
    """
    from doit import get_initial_workdir

    program_look()  # before anything else of the program is read
    run, record = Run(root), lock.DATABASE
    given = list(sys.argv[1:] if words is None else words)
    if words is not None or get_initial_workdir() is not None:
        os.chdir(root)
        if goals.works(given):
            lock.prepare(run.lock)
        else:
            record = lock.record(root)
    if any(word.startswith(("-n", "--process")) for word in given):
        _let_processes_be_forked()
    settings = {
        "reporter": reporter_of(run),
        "backend": "json",
        "dep_file": record,
        "verbosity": 2,
        "default_tasks": BUILT,
    }
    made = TaskMap(run, given)
    if given[:1] == ["forget"]:
        made.forget(given[1:])
    found = {name: getattr(made, name) for name in dir(made) if name.startswith("task_")}
    return {"DOIT_CONFIG": settings, **found}


def _let_processes_be_forked() -> None:
    """Lets doit share its tasks out (`doit -n 4`): its processes are copies of this one, and no tasks can be sent to fresh ones.

    Since Python 3.14 they would be fresh ones where nothing is said (library reference, `multiprocessing.set_start_method`).
    """
    import multiprocessing

    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)


def key_of(path: Path) -> str:
    """The key of a fiche, by a glance at its first lines; the reader proper checks it."""
    try:
        with open(path, "rb") as file:
            start = file.read(4096)
    except OSError:  # the reader says what is wrong with it
        return path.stem
    pattern = rb"""^key:[ \t]+(?:'([^'\n]*)'|"([^"\n]*)"|([^\s'"#](?:[^\n#]|(?<=\S)#)*))"""
    match = re.search(pattern, start, re.MULTILINE)
    key = next((group for group in match.groups() if group), b"") if match else b""
    return composed(key.decode("utf-8", "replace").strip()) or path.stem


def asked_for(name: str) -> bool:
    """Whether the command line speaks of a task, or lists them: its many subtasks are not made for nothing."""
    words = sys.argv[1:]
    return any(word.startswith(name) for word in words) or bool({"list", "info", "help"} & set(words[:1]))


def asked_in_vain(name: str, known: Collection[str]) -> list[str]:
    """The keys that the command line asks for as `name:KEY` and that no fiche has."""
    keys = [word.removeprefix(f"{name}:") for word in sys.argv[1:] if word.startswith(f"{name}:")]
    return [key for key in dict.fromkeys(keys) if key and key not in known and "=" not in key]


class UpToDate:
    """What doit asks whether a task need not run; in `doit info` it says why it would."""

    __signature__ = inspect.Signature()
    """It takes nothing: doit looks for that in each of hundreds of tasks, and finds it here at once."""

    def __init__(self, why: Callable[[], str]) -> None:
        self.why = why

    def __call__(self) -> bool:
        return not self.why()

    def __repr__(self) -> str:
        return self.why() or "up to date"


class TaskMap:
    """The tasks of one review, each as doit asks for it: a method `task_NAME` that gives a task, or its subtasks."""

    def __init__(self, run: Run, words: Sequence[str] = ()) -> None:
        self.run, root = run, run.root
        self.home = run.review.build.relative_to(root).as_posix()
        noted = fiches_in(root)
        self.keys = {key_of(path): path.relative_to(root) for path in reversed(noted) if path.is_file()}
        self.names = {doit_key(key) for key in self.keys}
        self.says_why = words[:1] == ["list"] and bool({"-s", "--status"} & set(words))
        if self.says_why and run.why("sources"):
            self.read_to_tell()

    def _made(self, step: str, action: Any, needs: list[str], doc: str = "", **more: Any) -> dict[str, Any]:
        """A task that makes a step: it is up to date while the step is. `doit list --status` says why it would run.

        Without a `doc` it is what the method of the step says.
        """
        why = self.run.why(step) if self.says_why else ""
        said = doc or getattr(self, f"task_{step}").__doc__
        return {
            "actions": [action],
            "task_dep": needs,
            "uptodate": [UpToDate(lambda: self.run.why(step))],
            "doc": f"{said} Would run: {why}." if why else said,
            **more,
        }

    def read_to_tell(self) -> None:
        """Reads the sources, so that each task can say what it would be made again for; not where they have errors."""
        from synopse.diagnostics import has_errors

        with contextlib.suppress(OSError):
            if not has_errors(self.run.session.problems):
                return
        self.run.read_anew()

    def forget(self, words: Sequence[str]) -> None:
        """Lets the steps of some tasks be made again at the next build, as `doit forget` asks; all where none is named."""
        store, named = self.run.store, [word for word in words if not word.startswith("-")]
        groups = {"fiche": ("fiche:",), "synthesis": ("synthesis", "part:"), "pdf": ("pdf", "typeset", "archive")}
        steps = {f"fiche:{doit_key(key)}": f"fiche:{path.as_posix()}" for key, path in self.keys.items()}
        starts = [start for name in named for start in groups.get(name, (steps.get(name, name),))]
        store.distrust(*(step for step in store.records if not named or step.startswith(tuple(starts))))

    def task_check(self) -> Tasks:
        """Show every mistake of the sources, without typesetting (--format text, json or github; --all in full)."""
        return {
            "actions": [(check, [self.run])],
            "params": [
                {"name": "format", "long": "format", "short": "f", "default": "text"},
                {"name": "whole", "long": "all", "short": "a", "type": bool, "default": False},
            ],
            "uptodate": [False],
            "meta": {"silent": True},  # nothing but what was found goes to the output, for programs read it
        }

    def task_sources(self) -> Tasks:
        """Read and check the sources."""
        return self._made("sources", self.run.sources, [])

    def task_references(self) -> Tasks:
        """Make build/references.bib, the clean bibliography to cite from."""
        return self._made("references", self.run.references, ["sources"], targets=[f"{self.home}/references.bib"])

    def task_fiche(self) -> Iterator[dict[str, Any]]:
        """Make the LaTeX of each fiche."""
        yield {"name": None, "doc": "Make the LaTeX of each fiche."}
        for key, path in sorted(self.keys.items()):
            file = path.as_posix()
            action = (self.run.fiche, [file])
            yield self._made(f"fiche:{file}", action, ["sources"], f"Make the LaTeX of {file}.", name=doit_key(key))
        for key in asked_in_vain("fiche", self.names):
            yield {"name": key, "actions": [(no_such_fiche, [self.run, key])]}

    def task_synthesis(self) -> Tasks:
        """Make the parts of the synthesis, and build/tables/*.csv."""
        return self._made("synthesis", self.run.synthesis, ["sources"])

    def task_document(self) -> Tasks:
        """Make the main file, the preamble and the chapters."""
        return self._made("document", self.run.document, ["sources", "references", "fiche", "synthesis"])

    def task_exports(self) -> Tasks:
        """Make build/tables.xlsx and build/provenance.json."""
        targets = [f"{self.home}/tables.xlsx", f"{self.home}/provenance.json"]
        return self._made("exports", self.run.exports, ["sources"], targets=targets)

    def task_html(self) -> Tasks:
        """Make build/report.html, the report as one web page to explore."""
        return self._made("html", self.run.html, ["document"], targets=[f"{self.home}/report.html"])

    def task_docx(self) -> Tasks:
        """Write build/report.docx for Word (--to odt, epub, jats; --zotero; --since REV as tracked changes); needs the extra docx."""
        return {
            "actions": [(office, [self.run])],
            "params": [
                {"name": "to", "long": "to", "short": "t", "default": "docx"},
                {"name": "zotero", "long": "zotero", "short": "z", "type": bool, "default": False},
                {"name": "since", "long": "since", "short": "s", "default": ""},
            ],
            "task_dep": ["document"],
            "uptodate": [False],
        }

    def task_comments(self) -> Tasks:
        """Tell the comments and changes of a Word file at the lines of the sources (--format text or json)."""
        return {
            "actions": [(comments, [self.run])],
            "params": [{"name": "format", "long": "format", "short": "f", "default": "text"}],
            "pos_arg": "files",
            "uptodate": [False],
            "meta": {"silent": True},
        }

    def task_deposit(self) -> Tasks:
        """Gather what an archive takes into build/deposit: report, tables, sources, and what describes them."""
        return {
            "actions": [(deposit, [self.run])],
            "task_dep": ["pdf", "exports", "html"],
            "targets": [f"{self.home}/deposit.zip"],
            "uptodate": [False],
        }

    def task_bundle(self) -> Tasks:
        """Write the LaTeX for others to compile into build/bundle (--for arxiv, overleaf or journal), and try it."""
        return {
            "actions": [(bundle, [self.run])],
            "params": [{"name": "whose", "long": "for", "short": "f", "default": ""}],
            "task_dep": ["pdf"],
            "uptodate": [False],
        }

    def task_compare(self) -> Tasks:
        """Tell where readers differ (sources/readings/READER/KEY.yaml), and how far they agree (--format text or json)."""
        return {
            "actions": [(compare, [self.run])],
            "params": [{"name": "format", "long": "format", "short": "f", "default": "text"}],
            "pos_arg": "keys",
            "uptodate": [False],
            "meta": {"silent": True},
        }

    def task_consensus(self) -> Tasks:
        """Write what the readers of a paper agree in into its fiche, and ask for the rest (doit consensus KEY)."""
        return {
            "actions": [(consensus, [self.run])],
            "pos_arg": "keys",
            "uptodate": [False],
            "meta": {"silent": True},
        }

    def task_assign(self) -> Tasks:
        """Give each paper its readers, at random and balanced (--each 2, --seed 1; --take ANA makes today's fiches her readings)."""
        return {
            "actions": [(assign, [self.run])],
            "params": [
                {"name": "each", "long": "each", "short": "e", "default": "2"},
                {"name": "seed", "long": "seed", "short": "s", "default": "1"},
                {"name": "take", "long": "take", "short": "t", "default": ""},
            ],
            "uptodate": [False],
            "meta": {"silent": True},
        }

    def task_status(self) -> Tasks:
        """Tell how far each reader is with each paper (--format text or json)."""
        return {
            "actions": [(status, [self.run])],
            "params": [{"name": "format", "long": "format", "short": "f", "default": "text"}],
            "uptodate": [False],
            "meta": {"silent": True},
        }

    def task_preview(self) -> Iterator[dict[str, Any]]:
        """Typeset one fiche alone into build/preview/KEY.pdf."""
        yield {"name": None, "doc": "Typeset one fiche alone into build/preview/KEY.pdf."}
        for key in sorted(self.keys) if asked_for("preview") else ():
            yield {
                "name": doit_key(key),
                "actions": [(preview, [self.run, key])],
                "task_dep": ["document"],
                "uptodate": [False],
            }
        for key in asked_in_vain("preview", self.names):
            yield {"name": key, "actions": [(no_such_fiche, [self.run, key])]}

    def task_watch(self) -> Tasks:
        """Build at every change of sources, bib or templates, until Ctrl-C (--open shows the web page, which follows)."""
        return {
            "actions": [(watch, [self.run])],
            "params": [{"name": "open", "long": "open", "short": "o", "type": bool, "default": False}],
            "uptodate": [False],
        }

    def task_new(self) -> Tasks:
        """Write a fiche to fill (--key KEY), or list the references that have none; takes a BibTeX entry on its input."""
        return {
            "actions": [(new, [self.run])],
            "params": [{"name": "key", "long": "key", "short": "k", "default": ""}],
            "uptodate": [False],
        }

    def task_changes(self) -> Tasks:
        """Tell what is new, changed and gone since a git revision or a snapshot (--since REV)."""
        return {
            "actions": [(changes, [self.run])],
            "params": [{"name": "since", "long": "since", "short": "s", "default": ""}],
            "uptodate": [False],
        }

    def task_schema(self) -> Tasks:
        """Write the JSON Schemas for editors into docs/schema."""
        return {"actions": [(schema, [self.run])], "uptodate": [False]}

    def task_pdf(self) -> Tasks:
        """Typeset build/report.pdf."""
        return self._made(
            "pdf", self.run.pdf, ["document"], targets=[f"{self.home}/report.pdf"], clean=[(clean, [self.run])]
        )
