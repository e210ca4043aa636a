"""What a citation prints, for every table, heading, picture and file: a session in, labels by key, kept in the store, out.

The style itself is asked (`typeset.labels`), anew only where the references, their order or the style have changed. The
bibliography that comes of it is kept for the passes. Where the style cannot be asked, labels are computed
(`synthesis.labels`), and a warning says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from synopse.bib.styles import style as named_style
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.cache import typeset_digest
from synopse.ground.files import write_whole
from synopse.ground.notes import Work, working
from synopse.markup.tree import Math, walk_inlines
from synopse.project.printed import printed_keys
from synopse.typeset.biber import BIBER

if TYPE_CHECKING:
    from synopse.bib.reference import Reference
    from synopse.build.session import Session
    from synopse.ground.store import Store
    from synopse.typeset.labels import Answers

STEP = "labels"
"""The step that asks the style: what it found are the `labels`, and the digest of the `question`."""


def kept_labels(store: Store) -> dict[str, str]:
    """The labels that the style gave last, by key."""
    labels = store.found(STEP, "labels")
    return labels if isinstance(labels, dict) else {}


class Kept(NamedTuple):
    """What the style said last: the labels and the citations apart by key, and the keys in the order of the list."""

    labels: dict[str, str]
    apart: dict[str, str]
    order: tuple[str, ...]


NOTHING = Kept({}, {}, ())


def kept(store: Store) -> Kept:
    """All that the style said last."""
    apart, order = store.found(STEP, "apart", {}), store.found(STEP, "order", [])
    return Kept(kept_labels(store), dict(apart), tuple(order))


def ask_labels(session: Session, stale: Callable[[], bool] | None = None) -> tuple[bool, list[Diagnostic]]:
    """Asks the style, unless all that decides its answer is as it was; whether it was asked, and what is wrong.

    Raises `process.Stale` where `stale` turns true meanwhile.
    """
    from synopse.ground.stamps import unchanged
    from synopse.typeset.installed import TEX, keep_of

    store = session.store
    tex = store.records.get(TEX)
    if not unchanged(tex.read if tex else None):
        keep_of(store)
    if not store.why(STEP, session.facts):
        return False, []
    with working() as work:
        keys = printed_keys(session.checked_project())
        texts = _texts(session, keys)
        question = typeset_digest(*(text.encode("utf-8", "surrogatepass") for text in (*texts, session.bibliography)))
    if store.found(STEP, "question") == question or not keys:
        _keep(session, work, question, kept(store) if keys else NOTHING)
        return False, []
    begun = time.monotonic()
    answers, found = _asked(session, keys, texts, stale)
    if answers is not None:
        others = session.project.words["author.others"]

        def said(labels: dict[str, str]) -> dict[str, str]:
            return {
                key: _with_formulas(label, session.project.library.get(key)).replace(
                    others.replace("\u00a0", " "), others
                )
                for key, label in labels.items()
            }  # « u. a. » breaks at its space as little in a table as where the style prints it

        _keep(session, work, question, Kept(said(answers.labels), said(answers.apart), answers.order))
        _keep_bibliography(store, answers)
    from synopse.diagnostics.console import step

    step("  labels", time.monotonic() - begun)
    session.call(*(kept(store) if answers else NOTHING))
    return True, found


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


def _texts(session: Session, keys: list[str]) -> tuple[str, str]:
    """The marked LaTeX of the class and the packages, and of the file that asks."""
    report = session.project.corpus.report
    style = named_style(report.bibliography.style_name)
    return session.document.base_file(style), session.document.labels_file(report.lang, style, keys)


def _asked(
    session: Session, keys: list[str], texts: tuple[str, str], stale: Callable[[], bool] | None
) -> tuple[Answers | None, list[Diagnostic]]:
    from synopse.render.latex.linemap import without_marks
    from synopse.typeset.format import FormatStore
    from synopse.typeset.labels import Asking, Question
    from synopse.typeset.rooms import EngineMissing

    base, asking = (without_marks(text)[0] for text in texts)
    for name, text in (("base.tex", base), ("format.tex", without_marks(session.document.format_file())[0])):
        write_whole(session.tex / name, text.rstrip("\n") + "\n")
    write_whole(session.tex / "references.bib", session.bibliography)
    question = Question(asking, keys, session.tex)
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


def _keep(session: Session, work: Work, question: str, said: Kept) -> None:
    work.found.update(question=question, labels=said.labels, apart=said.apart, order=said.order)
    session.store.keep(STEP, work, session.facts)


def _keep_bibliography(store: Store, answers: Answers) -> None:
    """Leaves the bibliography where the passes look for it: they need no biber of their own while it is the right one."""
    if store.is_made(BIBER, of=answers.key):
        return
    aux = store.folder / "aux"
    write_whole(aux / "report.bbl", answers.bbl)
    write_whole(aux / "biber.txt", "\n".join(answers.biber))
    store.keep_made(BIBER, {"of": answers.key}, [aux / "report.bbl", aux / "biber.txt"])
