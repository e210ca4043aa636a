"""`doit status`: how far each reader is with each paper, and when that was last changed; with a bar for all of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synopse.build.run import Run, doit_action
from synopse.commands.formats import TOLD, must_be_one
from synopse.commands.reading import readable
from synopse.diagnostics import Diagnostic
from synopse.diagnostics.console import say
from synopse.ground.files import READINGS, write_whole
from synopse.ground.settings import reader
from synopse.model.fiche import Fiche
from synopse.project.project import Project

READING = {"todo": "to read", "partial": "reading", "complete": "done"}
"""The state of one reading by the status of its note."""
STATES = ("mistake", "to read", "reading", "done", "compared", "settled")
"""The states of a paper, from nothing to all: it is as far as its least reader, until all have read it."""
BAR = 30


@doit_action
def status(run: Run, format: str = "text") -> list[Diagnostic]:
    """Tells it in the terminal, or as JSON; also `build/status.json`."""
    must_be_one(format, TOLD)
    session = run.session
    project = readable(session)
    data = as_data(project, dates_of(run.root))
    text = json.dumps(data, ensure_ascii=False, indent=1)
    write_whole(session.build / "status.json", text + "\n")
    say(text if format == "json" else as_text(data))
    return []


def as_data(project: Project, dates: Mapping[str, str]) -> dict[str, Any]:
    """The state of each paper and of each reading of it; of a reader who works blind, of that one alone."""
    alone = reader()
    readings = {key: {alone: fiche} for key, fiche in project.fiches.items()} if alone else project.readings
    report = project.report
    assert report is not None
    papers = {}
    unread = unread_by_key(project)
    for key in dict.fromkeys(each.text.strip() for each in report.fiches):
        own = readings.get(key, {})
        names = [alone] if alone else list(dict.fromkeys([*project.assigned.get(key, ()), *own]))
        names += [name for name in unread.get(key, ()) if name not in names]
        each = {
            name: {"state": "mistake"}
            if name in unread.get(key, ()) and name not in own
            else _reading(own.get(name), dates)
            for name in names
        }
        papers[key] = {"state": _state(None if alone else project.fiches.get(key), each), "readings": each}
    readers = [alone] if alone else [each.id for each in project.corpus.readers]
    return {"papers": papers, "readers": readers}


def _reading(fiche: Fiche | None, dates: Mapping[str, str]) -> dict[str, str]:
    if fiche is None:
        return {"state": "to read"}
    return {"state": READING[fiche.status], "file": fiche.file, "changed": dates.get(fiche.file, "")}


def _state(fiche: Fiche | None, readings: Mapping[str, Mapping[str, str]]) -> str:
    """How far a paper is: as its least reading; once all are done, compared where it was settled in part, and settled."""
    if not readings:
        return READING[fiche.status] if fiche else "to read"
    if fiche is not None and fiche.consensus is not None:
        return "compared" if fiche.decide else "settled"
    return min((each["state"] for each in readings.values()), key=STATES.index)


def unread_by_key(project: Project) -> dict[str, list[str]]:
    """The readers of each paper whose notes have a mistake that keeps them from being read."""
    from synopse.commands.tasks import key_of

    found: dict[str, list[str]] = {}
    for file in dict.fromkeys(each.span.file for each in project.unread_readings):
        name = file.removeprefix(f"{READINGS}/").partition("/")[0]
        found.setdefault(key_of(project.root / file), []).append(name)
    return found


def dates_of(root: Path) -> dict[str, str]:
    """The day of the last commit of each reading; empty where there is no git, or nothing was committed."""
    command = ["git", "log", "--format=%x00%as", "--name-only", "--relative", "--", READINGS]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, errors="replace")
    except OSError:
        return {}
    found: dict[str, str] = {}
    day = ""
    for line in done.stdout.splitlines() if done.returncode == 0 else ():
        if line.startswith("\0"):
            day = line[1:]
        elif line:
            found.setdefault(line, day)
    return found


def as_text(data: Mapping[str, Any]) -> str:
    """A line a paper, a column a reader, the bar below."""
    papers, readers = data["papers"], data["readers"]
    wide = max((len(key) for key in papers), default=5)
    columns = {name: max(len(name), len("2025-01-01 reading")) for name in readers}
    lines = ["  ".join(["".ljust(wide), "paper".ljust(8), *(name.ljust(columns[name]) for name in readers)]).rstrip()]
    for key, paper in papers.items():
        cells = [_cell(paper["readings"].get(name)).ljust(columns[name]) for name in readers]
        lines.append("  ".join([key.ljust(wide), paper["state"].ljust(8), *cells]).rstrip())
    counts = {state: sum(paper["state"] == state for paper in papers.values()) for state in STATES}
    lines += ["", bar(counts)]
    return "\n".join(lines)


def _cell(reading: Mapping[str, str] | None) -> str:
    if reading is None:
        return "–"
    return " ".join(each for each in (reading.get("changed", ""), reading["state"]) if each)


def bar(counts: Mapping[str, int]) -> str:
    """How many papers are settled of all, as a bar and in words."""
    whole, settled = sum(counts.values()), counts["settled"]
    full = round(BAR * settled / whole) if whole else 0
    said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    return f"[{'#' * full}{'.' * (BAR - full)}] {settled} of {whole} settled ({said})"
