"""The pieces of a session as its writers give them, for tests that look at one."""

from __future__ import annotations

from synopse.build.session import Session
from synopse.diagnostics import Diagnostic
from synopse.render.compose import fiche_view, frame_view
from synopse.render.view import PartView
from synopse.synthesis.corpus import Paper


def frame(session: Session) -> tuple[dict[str, str], list[Diagnostic]]:
    """The LaTeX around the pieces, by name, and what is wrong with its values."""
    view, found = frame_view(session.project, session.has_changes)
    files = session.document.frame(view)
    return {name.removeprefix("tex/"): str(text) for name, text in files.items() if name.startswith("tex/")}, found


def fiche_text(session: Session, paper: Paper) -> str:
    """The marked LaTeX of a paper's section."""
    return session.document.fiche_text(fiche_view(session.project.corpus, paper))


def part_text(session: Session, number: int) -> tuple[str, bool]:
    """The marked LaTeX of a part of the synthesis, and whether it has turned pages."""
    part, prose, _ = session.part(number)
    return session.document.part_text(PartView(part, prose, nested=True, first=False))
