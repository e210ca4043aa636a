"""What the commands of several readers share: who may see all readings, and when a project can be asked for them."""

from __future__ import annotations

from synopse.build.session import Session
from synopse.diagnostics import Rejected, Span, problem
from synopse.ground.settings import reader
from synopse.project.project import Project


def must_see_all() -> None:
    """Raises `Rejected` for a reader who works blind (`synopse --reader ANA`), who is told of no other's notes."""
    if reader():
        message = f'"{reader()}" reads alone: this would show what others wrote'
        raise Rejected([problem("blind-reader", message, Span(""), "run it without --reader")])


def readable(session: Session) -> Project:
    """The project, whose report may lack fiches and hold mistakes as long as report and form can be read. Raises `Rejected`."""
    project = session.project
    if project.report is None or project.form is None:
        raise Rejected(project.diagnostics)
    return project
