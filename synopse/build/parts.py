"""The synthesis at the edge: a session in; the files of each part whose ingredients have changed, and the exports, out.

A part has the files of each writer, and its table as CSV (`build/tables`). Each part is a step of its own in the store.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from synopse.build.facts import part_digests
from synopse.build.pages import write
from synopse.diagnostics import Diagnostic, has_errors
from synopse.ground.notes import note, put, working

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.ground.store import Digest, Store
    from synopse.synthesis.table import Part


def write_parts(session: Session) -> list[Diagnostic]:
    """Writes the parts that are new or changed; removes those that are gone."""
    store, names = session.store, list(part_digests(session))
    found: list[Diagnostic] = []
    for number, name in enumerate(names, 1):
        if not store.why(f"part:{name}", session.facts):
            continue
        wrong = session.part(number)[2]
        found += wrong
        if not has_errors(wrong):
            with working() as work:
                _write(session, number)
            store.keep(f"part:{name}", work, session.facts)
    if has_errors(found):
        return found
    store.forget_others("part:", {f"part:{name}" for name in names})
    if store.why("synthesis", session.facts):
        with working() as work:
            note("report.synthesis")
        store.keep("synthesis", work, session.facts)
    return found


def why_synthesis(store: Store, facts: Digest) -> str:
    """Why the synthesis would be made again: which parts there are, or one of them; empty where all is up to date."""
    steps = ("synthesis", *store.named("part:"))
    return next(filter(None, (store.why(step, facts) for step in steps)), "")


def _write(session: Session, number: int) -> None:
    from synopse.export.csv import write_csv
    from synopse.render.compose import part_view

    part, prose, _ = session.part(number)
    corpus = session.project.corpus
    view = part_view(corpus, number, part, prose)
    for pieces in session.pieces.values():
        write(session, pieces.part(view))
    table = _table_of(part)
    if table is not None:
        put(session.build / "tables" / f"{part.id}.csv", write_csv(table, corpus.words, corpus.cited))


def _table_of(part: Part) -> Any:
    from synopse.export.values import tables_of

    return next(iter(tables_of([part])), None)


def write_exports(session: Session, stale: Callable[[], bool] | None = None) -> list[Diagnostic]:
    """Writes the workbook and the provenance, unless they are there. Left where they were once `stale` turns true."""
    from synopse.export.provenance import write_provenance
    from synopse.export.values import tables_of
    from synopse.export.xlsx import write_xlsx

    if not session.store.why("exports", session.facts):
        return []
    with working() as work:
        parts: list[Part] = []
        corpus = session.project.corpus
        for number in range(1, len(corpus.report.synthesis) + 1):
            if stale is not None and stale():
                return []
            parts.append(session.part(number)[0])
        fiches = [paper.fiche for paper in corpus.papers]
        provenance = write_provenance(parts, fiches, corpus.words, corpus.cited)
        put(session.build / "provenance.json", provenance)
        if stale is not None and stale():
            return []
        put(session.build / "tables.xlsx", write_xlsx(tables_of(parts), corpus.words, corpus.cited))
    session.store.keep("exports", work, session.facts)
    return []
