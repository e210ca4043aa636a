"""A session in; `build/report.docx`, or the same as ODT, EPUB or JATS, out. pandoc writes it from the report's own tree.

pandoc comes with the extra `docx` (`pip install 'synopse[docx]'`), as does what draws pictures for word processors that know no SVG.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.build.references import references_of
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.files import write_whole
from synopse.render.compose import fiche_view, frame_view, part_view

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.render.pandoc.document import Office

FORMATS = {"docx": "docx", "odt": "odt", "epub": "epub3", "jats": "jats_archiving"}
"""The formats by the ending of the file, with pandoc's name of each."""
ENDINGS = {"jats": "jats.xml"}


def write_office(
    session: Session, to: str = "docx", zotero: bool = False, before: dict[str, str] | None = None
) -> list[Diagnostic]:
    """Writes the report in one of `FORMATS`. `zotero` writes citations that Zotero keeps; `before` what texts said, for tracked changes."""
    try:
        import pypandoc
        import resvg_py  # noqa: F401 - told before anything is made
    except ImportError:
        return [_missing()]
    tree, found = document_tree(session, zotero, before or {})
    target = session.build / f"report.{ENDINGS.get(to, to)}"
    own = session.root / "templates" / f"reference.{to}"
    arguments = ["--toc", "--standalone", "--mathml"] + ([f"--reference-doc={own}"] if own.is_file() else [])
    with tempfile.TemporaryDirectory() as folder, _dated(session.epoch), _drawn_here():
        made = Path(folder) / target.name
        pypandoc.convert_text(json.dumps(tree), FORMATS[to], format="json", outputfile=str(made), extra_args=arguments)
        data = made.read_bytes()
        write_whole(target, with_pngs(data) if to == "docx" else data)
    return found


def _missing() -> Diagnostic:
    message = "pandoc, which writes Word files, or resvg, which draws their pictures, is not here"
    return problem("extra-missing", message, Span("sources/report.yaml"), "pip install 'synopse[docx]'")


@contextmanager
def _dated(epoch: int) -> Iterator[None]:
    """Gives pandoc the report's date."""
    kept = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    try:
        yield
    finally:
        if kept is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = kept


@contextmanager
def _drawn_here() -> Iterator[None]:
    """Keeps back what pandoc says of a picture that it draws with `rsvg-convert` alone: `with_pngs` draws it."""

    def is_other(record: logging.LogRecord) -> bool:
        return "Could not convert image" not in record.getMessage()

    log = logging.getLogger("pypandoc")
    log.addFilter(is_other)
    try:
        yield
    finally:
        log.removeFilter(is_other)


_BLIP = re.compile(r'<a:blip>(?P<between>(?:(?!</a:blip>).)*?svgBlip[^>]*r:embed="(?P<id>[^"]+)")', re.DOTALL)


def with_pngs(data: bytes) -> bytes:
    """A Word file whose pictures are SVG, with a PNG beside each: word processors that know no SVG show that."""
    import resvg_py

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {info: archive.read(info) for info in archive.infolist()}
    names = {info.filename: info for info in files}
    relations = files[names["word/_rels/document.xml.rels"]].decode("utf-8")
    pictures = dict(re.findall(r'Id="([^"]+)"[^>]*Target="(media/[^"]+\.svg)"', relations))
    pictures |= {id: target for target, id in re.findall(r'Target="(media/[^"]+\.svg)"[^>]*Id="([^"]+)"', relations)}
    if not pictures:
        return data
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    added = "".join(
        f'<Relationship Type="{kind}" Id="{id}p" Target="{target[:-3]}png"/>' for id, target in pictures.items()
    )
    files[names["word/_rels/document.xml.rels"]] = relations.replace(
        "</Relationships>", f"{added}</Relationships>"
    ).encode("utf-8")
    text = files[names["word/document.xml"]].decode("utf-8")
    text = _BLIP.sub(lambda match: f'<a:blip r:embed="{match["id"]}p">{match["between"]}', text)
    files[names["word/document.xml"]] = text.encode("utf-8")
    types = files[names["[Content_Types].xml"]].decode("utf-8")
    if 'Extension="png"' not in types:
        types = types.replace("<Override ", '<Default Extension="png" ContentType="image/png"/><Override ', 1)
        files[names["[Content_Types].xml"]] = types.encode("utf-8")
    for target in pictures.values():
        svg = files[names[f"word/{target}"]].decode("utf-8")
        info = zipfile.ZipInfo(f"word/{target[:-3]}png", names[f"word/{target}"].date_time)
        files[info] = bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=96, zoom=3))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in files.items():
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def document_tree(
    session: Session, zotero: bool = False, before: dict[str, str] | None = None
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The report as pandoc's tree, whose pictures lie in `build/office`; and what is wrong with the style of its references."""
    project = session.checked_project()
    corpus = project.corpus
    office = _office(session, zotero, before or {})
    frame, found = frame_view(project, False)
    fiches = {}
    for paper in corpus.papers:
        view = fiche_view(corpus, paper)
        fiches[view.name] = view
    parts = {}
    for number in range(1, len(corpus.report.synthesis) + 1):
        part, prose, wrong = session.part(number)
        found += wrong
        parts[part.id] = part_view(corpus, number, part, prose)
    entries, more = references_of(session)
    return office.whole(frame, fiches, parts, [(key, entry) for key, entry, _ in entries]), found + more


def _office(session: Session, zotero: bool, before: dict[str, str]) -> Office:
    from synopse.render.pandoc.document import Office

    folder = session.build / "office"

    def picture(name: str, svg: str) -> Path:
        write_whole(folder / f"{name}.svg", svg)
        return folder / f"{name}.svg"

    corpus = session.project.corpus
    office = Office(corpus.words, corpus.cited, session.project.texts.images, picture, before)
    if zotero:
        from synopse.bib.csl import write_csl

        items = json.loads(write_csl(session.references, lang=corpus.words.lang))
        office.writer.field = {each["id"]: json.dumps(each, ensure_ascii=False) for each in items}
    return office
