"""A session in; what is wrong with the templates, by rendering all that a build would render, out. Nothing is written.

A template may fail in a branch that only some papers take, so nothing less than rendering finds it. What was rendered
without a mistake, here or by a build, is not rendered again while what it read is as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from synopse.build.facts import heading_context, part_digests
from synopse.diagnostics import Diagnostic, Rejected
from synopse.ground.cache import cache_of
from synopse.ground.notes import Work, working
from synopse.ground.store import Store

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
    from synopse.build.assemble import assemble

    corpus, document = session.project.corpus, session.document
    for fiche in session.project.fiches.values():
        yield f"fiche:{fiche.file}", partial(_fiche, session, fiche.file)
    for number, name in enumerate(part_digests(session), 1):
        yield f"part:{name}", partial(_part, session, number)
    names = list(part_digests(session))
    yield "synthesis", partial(document.synthesis, names)
    yield "document", partial(assemble, session)
    yield "labels", partial(document.labels_file, [paper.key for paper in corpus.papers])
    yield "pictures", partial(document.pictures, names, [])


def _fiche(session: Session, file: str) -> None:
    paper = session.project.corpus.of_file(file)
    if paper is not None:
        session.document.fiche(paper)


def _part(session: Session, number: int) -> None:
    from synopse.render.pictures import draw
    from synopse.synthesis.table import Figure

    part, prose, _ = session.part(number)
    nested, first = heading_context(session.project.corpus.report, number)
    session.document.part(part, prose, nested=nested, first=first)
    if isinstance(part, Figure) and part.table.rows:
        session.document.picture(draw(part, session.project.words))
