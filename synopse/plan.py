"""What each task's result depends on, as digests: one small file a task in `build/plan`, on which doit's tasks depend.

A file is written only when its digest has changed, so that a task is made again only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synopse.session import Session

PLAN = "build/plan"


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


def write_plan(session: Session) -> None:
    """Writes `build/plan`. The plan of a fiche bears the name of its file, which is known before it is read."""
    from synopse.files import write_whole

    plan, folder = make_plan(session), session.root / PLAN
    keys = {fiche.file.rsplit("/", 1)[-1]: key for key, fiche in session.project.fiches.items()}
    for name in ("references", "synthesis", "document"):
        write_whole(folder / name, plan[name])
    for path in sorted((session.root / "sources" / "fiches").glob("*.y*ml")):
        key = keys.get(path.name, "")
        write_whole(folder / "fiches" / path.stem, plan.get(f"fiche:{key}", "not printed"))


def same_version(task: Any, values: dict[str, Any]) -> bool:
    """An `uptodate` check of doit: false after the product itself has changed."""
    from synopse import __version__

    task.value_savers.append(lambda: {"version": __version__})
    return values.get("version") == __version__
