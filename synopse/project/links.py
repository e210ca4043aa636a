"""The links of a report that lead to its own places: what they may lead to, and those that lead nowhere, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.markup.tree import Block, Link, Ref, walk
from synopse.project.uses import report_texts
from synopse.synthesis.kinds import kinds

if TYPE_CHECKING:
    from synopse.project.project import Project

CHAPTERS = ("introduction", "papers", "fiches", "synthesis", "bibliography")
"""The chapters that every report may have; each bears its name as a label (templates/body.tex)."""
Linked = tuple[str, Span]
REF = "@"
"""Before a reference by number: `@table themes`; no key and no id begins so."""
_ASKED = {"table": "tab", "figure": "fig", "section": "sec", "fiche": "fiche"}


def inner_links(blocks: tuple[Block, ...]) -> Iterator[Linked]:
    """The places of the document that a text links to, as they were written, without the `#`."""
    for inline in walk(blocks):
        if isinstance(inline, Link) and inline.target.startswith("#"):
            yield inline.target[1:], inline.span or Span("")
        elif isinstance(inline, Ref):
            yield f"{REF}{inline.kind} {inline.target}", inline.span


def targets(project: Project) -> dict[str, str]:
    """Everything that a link may name, and what it is: the key of a listed fiche, the id of a part, a chapter."""
    found = dict.fromkeys(CHAPTERS, "chapter")
    for part in project.report.synthesis if project.report else ():
        kind = kinds().get(part.kind)
        if kind is None:  # which is told elsewhere
            continue
        if part.kind != "heading" or part.id:
            found[part.name] = "heading" if kind.make is None else "figure" if kind.drawing else "table"
    return found | {fiche.key: "fiche" for fiche in project.retained}


def check_links(project: Project) -> Iterator[Diagnostic]:
    """Links that lead nowhere."""
    known = targets(project)
    for name, span in _all_links(project):
        if name.startswith(REF):
            asked, _, target = name.removeprefix(REF).partition(" ")
            yield from _wrong_ref(asked, target, span, known)
            continue
        kind, _, rest = name.partition(":")
        if name in known or (kind == "fiche" and known.get(rest) == "fiche"):
            continue
        hint = did_you_mean(name, known) or "write # and the key of a fiche, or the id of a table or picture"
        yield problem("unknown-target", f'the report has no fiche, table or chapter "{name}"', span, hint)


def _wrong_ref(kind: str, target: str, span: Span, known: dict[str, str]) -> Iterator[Diagnostic]:
    """What is wrong with a reference by number: it names nothing, or a thing of another kind."""
    there = known.get(target)
    if there == kind or (there is not None and kind == "section"):
        return
    shown = f"[@{_ASKED[kind]}:{target}]"
    if there is None:
        of_kind = [name for name, what in known.items() if what == kind or kind == "section"]
        hint = did_you_mean(target, of_kind) or f"the report's are: {', '.join(of_kind) or 'none'}"
        yield problem("unknown-target", f'{shown}: the report has no {kind} "{target}"', span, hint)
    else:
        asked = next((short for name, short in _ASKED.items() if name == there), "sec")
        yield problem("unknown-target", f"{shown}: {target} is a {there}", span, f"write [@{asked}:{target}]")


def _all_links(project: Project) -> Iterable[Linked]:
    for text, mode in report_texts(project):
        if "](#" in text.text or "@" in text.text:
            yield from inner_links(project.texts.blocks(text, mode))
    for read in project.read.values():
        yield from read.linked
