"""A session in; what is wrong with the templates, by rendering all that a build would render, out. Nothing is written.

A template may fail in a branch that only some papers take, so nothing less than rendering finds it. What was rendered
without a mistake, here or by a build, is not rendered again while what it read is as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from synopse.bib.styles import style
from synopse.build.facts import part_digests
from synopse.diagnostics import Diagnostic, Rejected
from synopse.ground.cache import cache_of
from synopse.ground.notes import Work, working
from synopse.ground.store import Store
from synopse.render.compose import fiche_view, frame_view, part_view

if TYPE_CHECKING:
    from synopse.build.session import Session

Rendering = Callable[[], object]


def rehearse(session: Session) -> list[Diagnostic]:
    """Every mistake of a template that a build of this session would meet."""
    kept = Store(cache_of(session.root), "rehearsed.jsonl")
    found: list[Diagnostic] = []
    for step, rendering in _renderings(session):
        if not kept.why(step, session.facts) or not session.store.why(step, session.facts):
            continue
        with working() as work:
            wrong = _mistakes(rendering)
        found += wrong
        if not wrong:
            _keep(kept, step, work, session)
    return list(dict.fromkeys(found))


def _mistakes(rendering: Rendering) -> list[Diagnostic]:
    try:
        rendering()
    except Rejected as rejected:
        return list(rejected.diagnostics)
    return []


def _keep(kept: Store, step: str, work: Work, session: Session) -> None:
    with contextlib.suppress(OSError):  # where the cache cannot be written to, it is rendered again
        kept.keep(step, work, session.facts)


def _renderings(session: Session) -> Iterator[tuple[str, Rendering]]:
    """Each rendering of a build, by the name of its step."""
    for fiche in session.project.fiches.values():
        yield f"fiche:{fiche.file}", partial(_fiche, session, fiche.file)
    names = list(part_digests(session))
    for number, name in enumerate(names, 1):
        yield f"part:{name}", partial(_part, session, number)
    yield "document", partial(_frame, session)
    yield "labels", partial(_labels, session)
    yield "pictures", partial(session.document.pictures, names, [])


def _fiche(session: Session, file: str) -> None:
    corpus = session.project.corpus
    paper = corpus.of_file(file)
    if paper is not None:
        view = fiche_view(corpus, paper)
        for pieces in session.pieces.values():
            pieces.fiche(view)


def _part(session: Session, number: int) -> None:
    part, prose, _ = session.part(number)
    view = part_view(session.project.corpus, number, part, prose)
    for pieces in session.pieces.values():
        pieces.part(view)


def _frame(session: Session) -> None:
    view, _ = frame_view(session.project, session.has_changes)
    for pieces in session.pieces.values():
        pieces.frame(view)


def _labels(session: Session) -> None:
    report = session.project.corpus.report
    session.document.labels_file(
        report.lang, style(report.bibliography.style_name), list(session.project.corpus.by_key)
    )
