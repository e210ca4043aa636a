"""The pieces of a report at the edge: files out, as the writers give them; and the preview of one fiche."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from synopse.diagnostics.console import show
from synopse.ground.keys import safe_key
from synopse.ground.notes import put

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.render.writer import Files
    from synopse.typeset.engine import Pass
    from synopse.typeset.preview import Preview


def write(session: Session, files: Files) -> None:
    """Writes the files that a writer has given."""
    for name, content in files.items():
        put(session.build / name, content)


def begin_preview(session: Session, preview: Preview, key: str) -> Pass:
    """Renders one fiche and lets the engine set it."""
    from synopse.model.fiche import fiche_texts
    from synopse.project.texts import cited
    from synopse.render.compose import fiche_view

    corpus = session.checked_project().corpus
    paper = corpus.by_key[key]
    write(session, session.document.fiche(fiche_view(corpus, paper)))
    keys = {safe_key(each.key) for t in fiche_texts(paper.fiche) for each in cited(session.project.texts.blocks(t))}
    return preview.begin(
        key, keys, lambda place: session.document.place(paper.fiche.file, place.chapter, place.section - 1, place.page)
    )


def finish_preview(
    session: Session, preview: Preview, current: Pass, key: str, stale: Callable[[], bool] | None = None
) -> bool:
    """Waits for the page; shows what is wrong; tells whether the PDF was made. Raises `process.Stale`."""
    from synopse.typeset.engine import TIME_LIMIT
    from synopse.typeset.log import read_log

    try:
        result = preview.finish(current, key, TIME_LIMIT, stale)
        if not result.ok:
            found = read_log(session.build, result, session.job.sources)
            show(session.root, [each for each in found if each.code != "unknown-citation"])
        return result.ok
    finally:
        current.stop()
