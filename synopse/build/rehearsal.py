"""A session in; what is wrong with the templates, by rendering all that a build would render, out. Nothing is written.

A template may fail in a branch that only some papers take, so nothing less than rendering finds it. What was rendered
without a mistake is remembered by the digest of all that it was made from, and not rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from synopse.diagnostics import Diagnostic, Rejected
from synopse.ground.cache import Cache, cache_of, digest
from synopse.ground.templates import templates_in

if TYPE_CHECKING:
    from synopse.build.session import Session

Rendering = Callable[[], object]


def rehearse(session: Session) -> list[Diagnostic]:
    """Every mistake of a template that a build of this session would meet."""
    cache = Cache(cache_of(session.root))
    templates = [path.read_bytes() for path in templates_in(session.root)]
    found: list[Diagnostic] = []
    for name, depends_on, rendering in _renderings(session):
        key = digest(*templates, name.encode(), depends_on.encode())
        found += cache.made("rehearsal", key, partial(_mistakes, rendering))
    cache.save()
    return list(dict.fromkeys(found))


def _mistakes(rendering: Rendering) -> list[Diagnostic]:
    try:
        rendering()
    except Rejected as rejected:
        return list(rejected.diagnostics)
    return []


def _renderings(session: Session) -> Iterator[tuple[str, str, Rendering]]:
    """Each rendering of a build: its name, the digest of what it depends on, and what does it."""
    from synopse.build.assemble import assemble
    from synopse.build.plan import make_plan, part_digests

    plan, document = make_plan(session), session.document
    for paper in session.project.corpus.papers:
        yield f"fiche:{paper.key}", plan[f"fiche:{paper.key}"], partial(document.fiche, paper)
    for number, (name, used) in enumerate(part_digests(session).items(), 1):
        yield f"part:{name}", used, partial(_part, session, number)
    names = list(part_digests(session))
    yield "synthesis", plan["synthesis"], partial(document.synthesis, names)
    yield "document", plan["document"], partial(assemble, session)
    yield "pictures", plan["synthesis"], partial(document.pictures, names, [])


def _part(session: Session, number: int) -> None:
    from synopse.build.plan import heading_context
    from synopse.render.pictures import draw
    from synopse.synthesis.table import Figure

    part, prose, _ = session.part(number)
    nested, first = heading_context(session.project.corpus.report, number)
    session.document.part(part, prose, nested=nested, first=first)
    if isinstance(part, Figure) and part.table.rows:
        session.document.picture(draw(part, session.project.words))
