"""The main file, the preamble, the body and the chapters of a session: everything that is not a fiche or the synthesis."""

from __future__ import annotations

import unicodedata

from synopse.build.session import Session
from synopse.diagnostics import Diagnostic
from synopse.ground.files import latex_name, text_of
from synopse.markup.fonts import Font, fallbacks
from synopse.markup.tree import Block
from synopse.project.printed import other_keys, printed_keys
from synopse.render.latex.writer import Latex
from synopse.synthesis.make import part_id
from synopse.synthesis.values import filled


def assemble(session: Session) -> tuple[dict[str, str], list[Diagnostic]]:
    """Marked LaTeX by file name, and what is wrong with the values."""
    project, document = session.checked_project(), session.document
    report = project.report
    assert report is not None
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
        changes=report.changes and (session.build / "tex" / "changes.tex").exists(),
        keys=list(dict.fromkeys(project.library.canonical(key) for key in printed_keys(project))),
        apart=report.bibliography.apart and bool(project.retained) and bool(other_keys(project)),
    )
    main = document.report_file()
    fonts, bidi, maths = _needs(session, body)
    landscape = _is_landscape(session)
    preamble = document.preamble(fonts, maths=maths, landscape=landscape, bidi=bidi)
    files = {"preamble.tex": preamble, "body.tex": body, "report.tex": main, "preview.tex": document.preview_file()}
    files |= {"base.tex": document.base_file(), "format.tex": document.format_file()}
    return files, found


def _needs(session: Session, body: str) -> tuple[list[Font], bool, bool]:
    """The fallback fonts, whether any script runs right to left, and whether there are formulas: from all the LaTeX."""
    corpus = session.checked_project().corpus
    names = [f"fiches/{latex_name(paper.fiche.file)}.tex" for paper in corpus.papers]
    names += [f"synthesis/{part_id(wanted, number)}.tex" for number, wanted in enumerate(corpus.report.synthesis, 1)]
    names += ["changes.tex"] if corpus.report.changes else []
    texts = [body, *(text_of(session.tex / name) for name in (*names, "references.bib"))]
    characters: set[str] = set()
    for text in texts:
        if not text.isascii():
            characters |= set(text)
    fonts, _ = fallbacks(characters)
    bidi = any(unicodedata.bidirectional(character) in ("R", "AL") for character in characters)
    maths = any(r"\(" in text or r"\[" in text or "$" in text.replace(r"\$", "") for text in texts)
    return fonts, bidi, maths


def _is_landscape(session: Session) -> bool:
    try:
        return (session.build / "landscape").read_text("utf-8") == "yes"
    except OSError:
        return False
