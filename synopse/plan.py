"""What each task's result depends on, as digests: `build/plan.json`. doit makes a task again when its digest changes.

Reading it needs nothing but the standard library, so that a build with nothing to do stays quick.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synopse.session import Session

PLAN = "build/plan.json"


def read_plan(root: Path) -> dict[str, Any]:
    """The plan of the last reading; empty where there is none."""
    try:
        plan = json.loads((root / PLAN).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return plan if isinstance(plan, dict) else {}


def make_plan(session: Session) -> dict[str, str]:
    """The digest of each task's inputs, from what was read."""
    from synopse.cache import digest

    project = session.sound()
    corpus = project.corpus
    report = project.digests["report.yaml"]
    form, vocabulary = project.digests["form.yaml"], project.digests.get("vocabulary.yaml", "")
    retained = [project.digests[fiche.key] for fiche in project.retained]
    everything = digest(*(part.encode() for part in (report, form, vocabulary, project.digests["bib"], *retained)))
    assert project.report is not None
    settings = repr((project.report.lang, project.report.provenance, form)).encode()
    plan: dict[str, str] = {}
    for paper in corpus.papers:
        values = project.read[paper.key].values
        parts = [settings, paper.label.encode(), repr(paper.reference).encode(), project.digests[paper.key].encode()]
        plan[f"fiche:{paper.key}"] = digest(*parts, everything.encode() if values else b"")
    references = repr(session.references) + repr(project.report.bibliography)
    plan["references"] = digest(references.encode())
    plan["synthesis"] = everything
    chapters = [project.digests.get(chapter.file.text, "") for chapter in project.report.chapters if chapter.file]
    plan["document"] = digest(everything.encode(), *(chapter.encode() for chapter in chapters))
    return plan


class Planned:
    """An `uptodate` check of doit: true while the digest of `name` is the one that the task was made with."""

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name = root, name

    def __call__(self, task: Any, values: dict[str, Any]) -> bool:
        """Called by doit after the tasks that this one depends on have run."""
        now = _plan_of(self.root).get(self.name, "")
        task.value_savers.append(lambda: {"planned": _plan_of(self.root).get(self.name, "")})
        return bool(now) and values.get("planned") == now


def same_version(task: Any, values: dict[str, Any]) -> bool:
    """An `uptodate` check of doit: false after the product itself has changed."""
    from synopse import __version__

    task.value_savers.append(lambda: {"version": __version__})
    return values.get("version") == __version__


_read: dict[str, tuple[int, dict[str, Any]]] = {}


def _plan_of(root: Path) -> dict[str, Any]:
    """The plan, read again only when its file has changed."""
    try:
        stamp = (root / PLAN).stat().st_mtime_ns
    except OSError:
        return {}
    known = _read.get(str(root))
    if known is None or known[0] != stamp:
        _read[str(root)] = known = (stamp, read_plan(root))
    return known[1]
