"""A session in; what its PDF is made to as an archive, and what is attached to it, out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.ground.files import IMAGES, READINGS, fiches_folder, sources_in
from synopse.markup.typography import curled
from synopse.typeset.archive import Archive, Attachment, zipped

if TYPE_CHECKING:
    from synopse.build.session import Session

BIBTEX, ZIP = "text/x-bibtex", "application/zip"


def archive_of(session: Session) -> Archive | None:
    """What the PDF says of itself and takes along; nothing where the report asks for no standard."""
    corpus = session.project.corpus
    report = corpus.report
    if report.pdf.standard == "none":
        return None
    return Archive(
        report.pdf.standard,
        corpus.title,
        report.lang,
        tuple(author.text for author in report.authors),
        tuple(curled(each.text, report.lang) for each in report.keywords),
        tuple(_attachments(session)) if report.pdf.standard == "a-3u" else (),
        time.strftime("D:%Y%m%d%H%M%SZ", time.gmtime(session.epoch)),
    )


def _attachments(session: Session) -> Iterator[Attachment]:
    words, asked = session.project.words, session.project.corpus.report.pdf.attach
    if "references" in asked:
        path = session.build / "references.bib"
        if path.exists():
            yield Attachment(path.name, path.read_bytes(), BIBTEX, "Data", words["attached.references"])
    if "tables" in asked:
        tables = {path.name: path.read_bytes() for path in (session.build / "tables").glob("*.csv")}
        if tables:
            yield Attachment("tables.zip", zipped(tables), ZIP, "Data", words["attached.tables"])
    if "sources" in asked:
        yield Attachment("sources.zip", zipped(dict(sources_of(session))), ZIP, "Source", words["attached.sources"])


def sources_of(session: Session) -> Iterator[tuple[str, bytes]]:
    """The report, the form, the vocabulary, the fiches that are retained, chapters and images: what the report is made from."""
    project = session.project
    left_out = {fiche.file for fiche in project.fiches.values()} - {fiche.file for fiche in project.retained}
    read = (name.removeprefix("file ") for name in session.door.seen if name.startswith("file sources/"))
    images = sources_in(session.root / "sources", *IMAGES, below=True)
    names = {*read, *(path.relative_to(session.root).as_posix() for path in images)} - left_out
    own, shown = fiches_folder(), shows_readings(session)
    for name in sorted(names):
        if name.startswith(f"{READINGS}/") and not name.startswith(f"{own}/") and not shown:
            continue
        path: Path = session.root / name
        if path.is_file():
            yield name, path.read_bytes()


def shows_readings(session: Session) -> bool:
    """Whether the report itself tells what its readers wrote, or how far they agree."""
    from synopse.synthesis.kinds import kinds

    asked = session.project.corpus.report.synthesis
    return any(kinds()[each.kind].of_readings for each in asked if each.kind in kinds())
