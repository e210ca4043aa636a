"""The map of the pipeline: what can be made, from what, and where it goes. `doit list` explains each task."""

import os
import re
import sys
from pathlib import Path

from doit import get_initial_workdir

from synopse import commands, guard, run, tasks
from synopse.console import Reporter
from synopse.files import NOTES, fiches_in, latex_name, sources_in, templates_in
from synopse.keys import doit_key
from synopse.plan import PLAN, PLANS, same_images, same_program
from synopse.typeset.stamps import same_tex

ROOT = tasks.ROOT = Path(__file__).resolve().parent
RECORD = guard.DATABASE
if get_initial_workdir() is not None:  # doit is at work: this file is not only looked at
    os.chdir(ROOT)
    if run.works(sys.argv[1:]):
        guard.prepare(ROOT)
    else:
        RECORD = guard.record(ROOT)

NOTED = fiches_in(ROOT)
FICHES = [path.relative_to(ROOT) for path in NOTED if path.is_file()]
WRITTEN = [
    *sources_in(ROOT / "sources", *NOTES),
    *sources_in(ROOT / "sources", ".md", below=True),
    *NOTED,
    *sources_in(ROOT / "bib", ".bib"),
    *templates_in(ROOT),
]
SOURCES = [path.relative_to(ROOT) for path in WRITTEN if path.is_file()]
LATEX, PLANNED = Path("build/tex"), Path(PLAN)
PARTS, LANDSCAPE = Path("build/synthesis.json"), Path("build/landscape")
CHANGES = [LATEX / "changes.tex"] if (ROOT / LATEX / "changes.tex").exists() else []

DOIT_CONFIG = {
    "reporter": Reporter,
    "backend": "json",
    "dep_file": RECORD,
    "verbosity": 2,
    "default_tasks": ["sources", "references", "fiche", "synthesis", "document", "pdf", "exports"],
}


def key_of(path):
    """The key of a fiche, by a glance at its first lines; the reader proper checks it."""
    try:
        with open(ROOT / path, "rb") as file:
            start = file.read(4096)
    except OSError:  # the reader says what is wrong with it
        return path.stem
    pattern = rb"""^key:[ \t]+(?:'([^'\n]*)'|"([^"\n]*)"|([^\s'"#](?:[^\n#]|(?<=\S)#)*))"""
    match = re.search(pattern, start, re.MULTILINE)
    key = next((group for group in match.groups() if group), b"") if match else b""
    return key.decode("utf-8", "replace").strip() or path.stem


KEYS = {key_of(path): path for path in reversed(FICHES)}
TASKS = {doit_key(key) for key in KEYS}


def task_check():
    """Show every mistake of the sources, without typesetting (--format text, json or github; --all in full)."""
    return {
        "actions": [commands.check],
        "params": [
            {"name": "format", "long": "format", "short": "f", "default": "text"},
            {"name": "whole", "long": "all", "short": "a", "type": bool, "default": False},
        ],
        "uptodate": [False],
        "meta": {"silent": True},  # nothing but what was found goes to the output, for programs read it
    }


def task_sources():
    """Read and check the sources."""
    return {
        "actions": [tasks.sources],
        "file_dep": SOURCES,
        "uptodate": [same_program, same_images, same_tex, len(SOURCES) == len(WRITTEN)],
        "targets": [PLANNED / name for name in PLANS],
    }


def task_references():
    """Make build/references.bib, the clean bibliography to cite from."""
    return {
        "actions": [tasks.references],
        "task_dep": ["sources"],
        "file_dep": [PLANNED / "references"],
        "targets": ["build/references.bib", LATEX / "references.bib"],
    }


def task_fiche():
    """Make the LaTeX of each fiche."""
    yield {"name": None, "doc": "Make the LaTeX of each fiche."}
    for key, path in sorted(KEYS.items()):
        yield {
            "name": doit_key(key),
            "doc": f"Make the LaTeX of {path}.",
            "actions": [(tasks.fiche, [path.as_posix()])],
            "task_dep": ["sources"],
            "file_dep": [path, PLANNED / "fiches" / latex_name(path.as_posix())],
            "targets": [LATEX / f"fiches/{latex_name(path.as_posix())}.tex"],
        }
    for key in commands.asked_in_vain("fiche", TASKS):
        yield {"name": key, "actions": [(commands.no_such_fiche, [key])]}


def task_synthesis():
    """Make the synthesis: its chapter, a part a file, and build/tables/*.csv."""
    return {
        "actions": [tasks.synthesis],
        "task_dep": ["sources"],
        "file_dep": [PLANNED / "synthesis"],
        "uptodate": [tasks.parts_there],
        "targets": [LATEX / "synthesis.tex", PARTS, LANDSCAPE],
    }


def task_document():
    """Make the main file, the preamble and the chapters."""
    return {
        "actions": [tasks.document],
        "task_dep": ["sources", "references", "fiche", "synthesis"],
        "file_dep": [
            PLANNED / "document",
            LANDSCAPE,
            *CHANGES,
        ],
        "targets": [LATEX / "report.tex", LATEX / "preamble.tex", LATEX / "body.tex"],
    }


def task_exports():
    """Make build/tables.xlsx and build/provenance.json."""
    return {
        "actions": [tasks.exports],
        "task_dep": ["sources"],
        "file_dep": [PLANNED / "exports"],
        "targets": ["build/tables.xlsx", "build/provenance.json"],
    }


def task_preview():
    """Typeset one fiche alone into build/preview/KEY.pdf."""
    yield {"name": None, "doc": "Typeset one fiche alone into build/preview/KEY.pdf."}
    for key in sorted(KEYS) if commands.asked_for("preview") else ():
        yield {
            "name": doit_key(key),
            "actions": [(commands.preview, [key])],
            "task_dep": ["document"],
            "uptodate": [False],
        }
    for key in commands.asked_in_vain("preview", TASKS):
        yield {"name": key, "actions": [(commands.no_such_fiche, [key])]}


def task_watch():
    """Build at every change of sources, bib or templates, until Ctrl-C."""
    return {"actions": [commands.watch], "uptodate": [False]}


def task_new():
    """Write a fiche to fill (--key KEY), or list the references that have none; takes a BibTeX entry on its input."""
    return {
        "actions": [commands.new],
        "params": [{"name": "key", "long": "key", "short": "k", "default": ""}],
        "uptodate": [False],
    }


def task_changes():
    """Tell what is new, changed and gone since a git revision or a snapshot (--since REV)."""
    return {
        "actions": [commands.changes],
        "params": [{"name": "since", "long": "since", "short": "s", "default": ""}],
        "uptodate": [False],
    }


def task_schema():
    """Write the JSON Schemas for editors into docs/schema."""
    return {"actions": [commands.schema], "uptodate": [False]}


def task_pdf():
    """Typeset build/report.pdf."""
    names = [
        "report",
        "preamble",
        "body",
        "synthesis",
        *(f"fiches/{latex_name(path.as_posix())}" for path in KEYS.values()),
    ]
    return {
        "actions": [tasks.pdf],
        "task_dep": ["document"],
        "file_dep": [LATEX / f"{name}.tex" for name in names]
        + [LATEX / "references.bib", PARTS, PLANNED / "pdf", *CHANGES],
        "uptodate": [same_tex],
        "targets": ["build/report.pdf", "build/aux/good/key"],
        "clean": [commands.clean],
    }
