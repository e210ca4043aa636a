"""The main file, the preamble, the body and the chapters of a session: everything that is not a fiche or the synthesis."""

from __future__ import annotations

import unicodedata

from synopse.build.facts import any_has, letters_of
from synopse.build.pages import has_formulas
from synopse.build.session import Session
from synopse.diagnostics import Diagnostic
from synopse.ground.notes import note
from synopse.markup.fonts import Font, fallbacks
from synopse.markup.tree import Block
from synopse.project.printed import other_keys, printed_keys
from synopse.render.latex.writer import Latex
from synopse.synthesis.values import filled


def assemble(session: Session) -> tuple[dict[str, str], list[Diagnostic]]:
    """Marked LaTeX by file name, and what is wrong with the values."""
    project, document = session.checked_project(), session.document
    report = project.corpus.report
    found: list[Diagnostic] = []

    def with_values(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        done, wrong = filled(blocks, project.corpus)
        found.extend(wrong)
        return done

    introduction = with_values(project.texts.chapter(report.introduction)) if report.introduction else ()
    chapters: dict[str, list[str]] = {}
    for chapter in report.chapters:
        text = project.chapter_text(chapter)
        if text is not None:
            place = "appendix" if chapter.appendix else chapter.after
            blocks = with_values(project.texts.chapter(text))
            chapters.setdefault(place, []).append(document.chapter(chapter.title, blocks))
    body = document.body(
        introduction,
        lambda place: Latex("".join(chapters.get(place, ()))),
        synthesis=bool(report.synthesis),
        changes=_told_changes(session),
        keys=list(dict.fromkeys(project.library.canonical(key) for key in printed_keys(project))),
        apart=report.bibliography.apart and bool(project.corpus.papers) and bool(other_keys(project)),
    )
    main = document.report_file()
    fonts, bidi, maths = _needs(session, body)
    preamble = document.preamble(fonts, maths=maths, landscape=_has_turned_pages(session), bidi=bidi)
    files = {"preamble.tex": preamble, "body.tex": body, "report.tex": main, "preview.tex": document.preview_file()}
    files |= {"base.tex": document.base_file(), "format.tex": document.format_file()}
    return files, found


def _told_changes(session: Session) -> bool:
    """Whether the section that `doit changes` has written is printed."""
    note("changes")
    return session.project.corpus.report.changes and (session.tex / "changes.tex").exists()


def _needs(session: Session, body: str) -> tuple[list[Font], bool, bool]:
    """The fallback fonts, whether any script runs right to left, and whether there are formulas: from all the LaTeX."""
    note("letters", "maths")
    characters = {*letters_of(session.store), *body}
    fonts, _ = fallbacks(character for character in characters if character > "\x7f")
    bidi = any(unicodedata.bidirectional(character) in ("R", "AL") for character in characters)
    return fonts, bidi, any_has(session.store, "maths") or has_formulas(body)


def _has_turned_pages(session: Session) -> bool:
    note("turned")
    return any_has(session.store, "turned")
