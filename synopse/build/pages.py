"""Rendered files at the edge: marked LaTeX in, a file and its line map out; and the preview of one fiche."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.diagnostics.console import show
from synopse.ground.files import latex_name
from synopse.ground.keys import safe_key
from synopse.ground.notes import found_so_far, put, tell

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.typeset.engine import Pass
    from synopse.typeset.preview import Preview


def write_latex(current: Session, name: str, marked: str) -> None:
    """Writes a rendered file under `build/tex`, its line map under `build/lines`, and the images that its texts show."""
    from synopse.render.latex.linemap import without_marks

    text, places = without_marks(marked)
    put(current.tex / name, text.rstrip("\n") + "\n")
    put(current.build / "lines" / f"{name}.json", places.to_json())
    note_letters(text)
    for image in dict.fromkeys(_IMAGE.findall(text)):
        source = current.project.texts.images.get(image)
        if source is not None:
            _bring(source, current.tex, image)


_IMAGE = re.compile(r"\{(images/[0-9a-f]+\.[a-z]+)\}")


def note_letters(latex: str) -> None:
    """Tells of a text what decides which fonts and packages the document loads: letters beyond ASCII, and formulas."""
    if not latex.isascii():
        letters = {letter for letter in set(latex) if letter > "\x7f"} | set(found_so_far("letters", ""))
        tell("letters", "".join(sorted(letters)))
    if has_formulas(latex):
        tell("maths", True)


def has_formulas(latex: str) -> bool:
    """Whether a text may hold formulas."""
    return r"\(" in latex or r"\[" in latex or "$" in latex.replace(r"\$", "")


def _bring(source: Path, tex: Path, name: str) -> None:
    """Puts an image where LaTeX finds it; one that was changed since the text was read is left, for the next build."""
    from synopse.project.texts import image_name

    data = source.read_bytes()
    if image_name(data, source.suffix.lower()) == name:
        put(tex / name, data)


def begin_preview(session: Session, preview: Preview, key: str) -> Pass:
    """Renders one fiche and lets the engine set it."""
    from synopse.model.fiche import fiche_texts
    from synopse.project.texts import cited

    paper = session.checked_project().corpus.by_key[key]
    write_latex(session, f"fiches/{latex_name(paper.fiche.file)}.tex", session.document.fiche(paper))
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
