"""What a citation prints, for every table, heading, picture and file: a session in, `build/labels.json` out.

The style itself is asked (`typeset.labels`), anew only where the references, their order or the style have changed. The
bibliography that comes of it is kept for the passes. Where the style cannot be asked, labels are computed
(`synthesis.labels`), and a warning says so.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.cache import digest, typeset_digest
from synopse.ground.files import text_of, write_whole
from synopse.markup.tree import Math, walk_inlines
from synopse.project.printed import printed_keys
from synopse.render.latex.template_files import read_template

if TYPE_CHECKING:
    from synopse.bib.reference import Reference
    from synopse.build.session import Session
    from synopse.typeset.labels import Answers

KEPT = "build/labels.json"
TEMPLATES = ("base", "citing", "cited", "labels")
"""The templates that decide what a citation prints."""


def kept_labels(root: Path) -> dict[str, str]:
    """The labels that the style gave last, by key."""
    labels = _record(root).get("labels")
    return labels if isinstance(labels, dict) else {}


def _record(root: Path) -> dict[str, Any]:
    try:
        record = json.loads((root / KEPT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def ask_labels(session: Session, stale: Callable[[], bool] | None = None) -> tuple[bool, list[Diagnostic]]:
    """Asks the style, unless all that decides its answer is as it was; whether it was asked, and what is wrong.

    Raises `process.Stale` where `stale` turns true meanwhile.
    """
    _drop_of_another_tex(session.build)
    record, keys = _record(session.root), printed_keys(session.checked_project())
    of = _ingredients(session, keys)
    if record.get("of") == of:
        return False, []
    question = _question(session, keys)
    if record.get("question") == question or not keys:
        _keep(session, of, question, kept_labels(session.root) if keys else {})
        return False, []
    begun = time.monotonic()
    answers, found = _asked(session, keys, stale)
    if answers is not None:
        others = session.project.words["author.others"]
        labels = {
            key: _with_formulas(label, session.project.library.get(key)).replace(others.replace("\u00a0", " "), others)
            for key, label in answers.labels.items()
        }  # « u. a. » breaks at its space as little in a table as where the style prints it
        _keep(session, of, question, labels)
        _keep_bibliography(session.build / "aux", answers)
    from synopse.diagnostics.console import step

    step("  labels", time.monotonic() - begun)
    session.call(kept_labels(session.root) if answers else {})
    return True, found


def _drop_of_another_tex(build: Path) -> None:
    from synopse.typeset.stamps import same_tex

    if not same_tex(build=str(build)):
        from synopse.typeset.installed import keep_of

        keep_of(build)


def _with_formulas(label: str, reference: Reference | None) -> str:
    """The label with the formulas of its title in the place of the signs that stand for them, as plain text."""
    from synopse.typeset.labels import FORMULA

    if FORMULA not in label:
        return label
    from pylatexenc.latex2text import LatexNodes2Text

    inlines = walk_inlines(reference.title) if reference else ()
    formulas = [LatexNodes2Text().latex_to_text(f"${each.latex}$") for each in inlines if isinstance(each, Math)]
    for formula in formulas:
        label = label.replace(FORMULA, formula, 1)
    return label.replace(FORMULA, "")


def _ingredients(session: Session, keys: list[str]) -> str:
    """A digest of all that decides the labels, quick to make: the places of the records are in it as well."""
    project = session.checked_project()
    assert project.report is not None
    templates = [read_template(session.root, name) for name in TEMPLATES]
    library = project.library
    records = library.digests
    own = {fiche.key: repr(fiche.citation) for fiche in project.fiches.values() if library.get(fiche.key) is None}
    settings = project.report.bibliography
    parts = [project.report.lang, settings.style_name, str(settings.apart), *keys]
    parts += [records.get(library.canonical(key)) or own.get(key, "") for key in keys]
    return digest(*templates, *(part.encode("utf-8", "surrogatepass") for part in parts))


def _question(session: Session, keys: list[str]) -> str:
    """A digest of what the engine and biber are given."""
    document = session.document
    texts = (document.base_file(), document.labels_file(keys), session.bibliography)
    return typeset_digest(*(text.encode("utf-8", "surrogatepass") for text in texts))


def _asked(
    session: Session, keys: list[str], stale: Callable[[], bool] | None
) -> tuple[Answers | None, list[Diagnostic]]:
    from synopse.build.pages import write_latex
    from synopse.render.latex.linemap import without_marks
    from synopse.typeset.format import FormatStore
    from synopse.typeset.labels import Asking, Question
    from synopse.typeset.rooms import EngineMissing

    document = session.document
    for name, text in (("base.tex", document.base_file()), ("format.tex", document.format_file())):
        write_latex(session, name, text)
    write_whole(session.tex / "references.bib", session.bibliography)
    question = Question(without_marks(document.labels_file(keys))[0], keys, session.tex)
    format = FormatStore(session.tex, session.epoch).usable()
    try:
        answers = Asking(question, session.build, session.epoch, format).ask(stale)
        if format is not None and not answers.labels:
            answers = Asking(question, session.build, session.epoch).ask(stale)
    except EngineMissing as missing:
        return None, [_computed(f"{missing} is not installed")]
    if not answers.labels:
        return None, [_computed(_reason(answers))]
    return answers, []


def _reason(answers: Answers) -> str:
    import re

    error = re.search(r"^(?:!|\S+:\d+:) *(.+)$", answers.log, re.MULTILINE)
    return (error[1] if error else "") or "; ".join(answers.biber[:1]) or "the engine stopped without saying why"


def _computed(why: str) -> Diagnostic:
    message = f"the style could not be asked what its citations print ({why}): tables name authors and year"
    return problem("labels-computed", message, Span("sources/report.yaml"))


def _keep(session: Session, of: str, question: str, labels: dict[str, str]) -> None:
    record = {"of": of, "question": question, "labels": labels}
    write_whole(session.root / KEPT, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _keep_bibliography(aux: Path, answers: Answers) -> None:
    """Leaves the bibliography where the passes look for it: they need no biber of their own while it is the right one."""
    if text_of(aux / "biber.key") == answers.key and (aux / "report.bbl").exists():
        return
    (aux / "biber.key").unlink(missing_ok=True)
    write_whole(aux / "report.bbl", answers.bbl)
    write_whole(aux / "biber.txt", "\n".join(answers.biber))
    write_whole(aux / "biber.key", answers.key)
