"""What each task's result depends on, as digests: one small file a task in `build/plan`, on which doit's tasks depend.

A file is written only when its digest has changed, so that a task is made again only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from synopse.build.session import Session
    from synopse.model.report import Report
    from synopse.synthesis.corpus import Paper

PLAN = "build/plan"
PLANS = ("references", "synthesis", "document", "exports", "pdf")
"""The tasks of which there is one."""


def part_digests(session: Session) -> dict[str, str]:
    """For each part of the synthesis, by id and in order, the digest of all that its files are made from."""
    return session.once("digests of parts", _part_digests)


def _part_digests(session: Session) -> dict[str, str]:
    from synopse.ground.cache import digest
    from synopse.project.project import IMAGES, TEMPLATES
    from synopse.synthesis.ingredients import ingredients
    from synopse.synthesis.make import part_id

    project = session.checked_project()
    corpus = project.corpus
    fiches = {key: read.digests for key, read in project.read.items()}
    sources = [project.digests.get(name, "").encode() for name in ("form.yaml", "vocabulary.yaml", TEMPLATES)]
    images = project.digests[IMAGES]
    quoted = any(project.read[paper.key].images for paper in corpus.papers)
    found = {}
    for number, wanted in enumerate(corpus.report.synthesis, 1):
        used = ingredients(corpus, wanted, fiches, project.library.digests)
        stands = f"{corpus.lang} {heading_context(corpus.report, number)}"
        shown = images if quoted or any("![" in text.text for text in wanted.texts) else ""
        found[part_id(wanted, number)] = digest(*sources, shown.encode(), stands.encode(), used.encode())
    return found


def heading_context(report: Report, number: int) -> tuple[bool, bool]:
    """Whether the synthesis uses headings, and whether part `number` (from 1) comes right after one, or first of all."""
    nested = any(wanted.kind == "heading" for wanted in report.synthesis)
    return nested, number == 1 or report.synthesis[number - 2].kind == "heading"


def make_plan(session: Session) -> dict[str, str]:
    """The digest of each task's inputs, from what was read."""
    return session.once("plan", _make_plan)


def _make_plan(session: Session) -> dict[str, str]:
    from synopse.ground.cache import digest
    from synopse.ground.files import text_of
    from synopse.project.printed import printed_keys
    from synopse.project.project import TEMPLATES
    from synopse.project.references import wanted_keys
    from synopse.project.uses import report_texts

    project = session.checked_project()
    corpus, report, read = project.corpus, project.corpus.report, project.read
    records = project.library.digests

    def joined(*parts: object) -> str:
        return digest(*(str(part).encode("utf-8", "surrogatepass") for part in parts))

    def record(paper: Paper) -> str:
        return records.get(paper.reference.key, "") if paper.reference else ""

    lines = {paper.key: joined(paper.label, record(paper), read[paper.key].digests.about) for paper in corpus.papers}
    counted = joined(*lines.values(), *(sorted(read[key].digests.filed.items()) for key in lines))
    form, vocabulary = project.digests["form.yaml"], project.digests.get("vocabulary.yaml", "")
    settings = joined(report.lang, report.provenance, form, project.digests[TEMPLATES])
    plan: dict[str, str] = {}
    for key, line in lines.items():
        values = (counted, vocabulary) if read[key].values else ()
        plan[f"fiche:{key}"] = joined(settings, line, project.digests[key], *values)
    cited = sorted(wanted_keys(project))
    own = [read[key].digests.about for key in cited if key not in records and key in read]
    plan["references"] = joined(cited, own, project.digests["bib"], repr(report.bibliography))
    parts = part_digests(session)
    plan["synthesis"] = joined(parts)
    letters = "".join(sorted({letter for each in read.values() for letter in each.letters}))
    chapters = [project.digests.get(chapter.file.text, "") for chapter in report.chapters if chapter.file]
    values = (counted, vocabulary) if any("{{" in text.text for text, _ in report_texts(project)) else ()
    maths = any(each.maths for each in read.values())
    told = text_of(session.tex / "changes.tex") if report.changes else ""
    written = (settings, project.digests["report.yaml"], told, *chapters, *lines.values(), *values)
    called = sorted(corpus.called.items())  # bookmarks say a citation in words
    plan["document"] = joined(*written, plan["references"], printed_keys(project), letters, maths, called)
    plan["exports"] = joined(parts, vocabulary, *(project.digests[key] for key in lines), project.digests["bib"])
    plan["pdf"] = joined(plan)
    return plan


def write_plan(session: Session) -> None:
    """Writes `build/plan`. The plan of a fiche bears the name of its file, which is known before it is read."""
    from synopse.ground.files import fiches_in, latex_name, write_whole

    plan, folder = make_plan(session), session.root / PLAN
    remove_gone(session.root)
    keys = {fiche.file: key for key, fiche in session.project.fiches.items()}
    for name in PLANS:
        write_whole(folder / name, plan[name])
    for path in fiches_in(session.root):
        file = path.relative_to(session.root).as_posix()
        write_whole(folder / "fiches" / latex_name(file), plan.get(f"fiche:{keys.get(file, '')}", "not printed"))


def same_program(task: Any, values: dict[str, Any]) -> bool:
    """An `uptodate` check of doit: false after the program itself has changed, or a package that it works with."""
    from synopse.ground.program import program_digest, program_look

    task.value_savers.append(lambda: {"look": program_look(), "program": program_digest().hex()})
    return values.get("look") == program_look() or values.get("program") == program_digest().hex()


def same_images(task: Any, values: dict[str, Any]) -> bool:
    """An `uptodate` check of doit: false after an image of the sources has come, changed or gone."""
    from pathlib import Path

    from synopse.ground.files import IMAGES, look_at

    look = look_at(Path("sources"), *IMAGES)
    task.value_savers.append(lambda: {"images": look})
    return values.get("images") == look


def remove_gone(root: Path) -> None:
    """Removes what was made from the file of a fiche that is no longer there."""
    from synopse.ground.files import fiches_in, latex_name

    there = {latex_name(path.relative_to(root).as_posix()) for path in fiches_in(root)}
    for folder, ending in (("tex/fiches", ".tex"), ("lines/fiches", ".tex.json"), ("plan/fiches", "")):
        for path in (root / "build" / folder).glob(f"*{ending}"):
            if path.name.removesuffix(ending) not in there:
                path.unlink()
