"""What is appended to a PDF for archives: what the report says of itself, what is attached, and nothing where it is not asked for."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import page
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject

from synopse.typeset.archive import Archive, Attachment, archived, zipped
from synopse.typeset.icc import srgb
from tests.conftest import doit


def blank() -> bytes:
    """A PDF of an empty page."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


ARCHIVE = Archive(
    "a-3u",
    "Où l’on lit <cinq> études & plus",
    "fr",
    ("Ada Lovelace", "Émilie du Châtelet"),
    ("modèles", "synthèse"),
    (Attachment("été.zip", zipped({"b.yaml": b"2", "a.yaml": b"1"}), "application/zip", "Source", "Les fiches"),),
)


def test_the_same_inputs_give_the_same_bytes_and_the_pages_stay_as_they_are() -> None:
    pdf = blank()
    made = archived(pdf, ARCHIVE)
    assert made == archived(pdf, ARCHIVE) and made.startswith(pdf)


def test_metadata_says_what_the_report_says() -> None:
    reader = PdfReader(io.BytesIO(archived(blank(), ARCHIVE)))
    said, xmp = reader.metadata, reader.xmp_metadata
    assert said is not None and xmp is not None
    assert said.title == ARCHIVE.title == (xmp.dc_title or {})["x-default"]
    assert said.author == "Ada Lovelace, Émilie du Châtelet" == ", ".join(xmp.dc_creator or [])
    assert xmp.pdf_keywords == "modèles, synthèse"
    names = reader.trailer["/ID"]
    assert isinstance(names, ArrayObject) and names[0] == names[1]


@pytest.mark.parametrize("standard", ["a-3u", "a-2u"])
def test_a_validator_finds_nothing_wrong(standard: str) -> None:
    attached = ARCHIVE.attachments if standard == "a-3u" else ()
    made = archived(blank(), Archive(standard, "T", "en", attachments=attached))  # type: ignore[arg-type]
    profile = page.ValidationProfile.PDF_A_3U if standard == "a-3u" else page.ValidationProfile.PDF_A_2U
    assert [each.message for each in page.validate_pdf_bytes(made, profile=profile).failures] == []


def test_attachments_come_out_as_they_went_in() -> None:
    reader = PdfReader(io.BytesIO(archived(blank(), ARCHIVE)))
    assert {name: data[0] for name, data in reader.attachments.items()} == {"été.zip": ARCHIVE.attachments[0].data}


def test_the_profile_is_one_of_colours_for_screens() -> None:
    data = srgb()
    assert len(data) == int.from_bytes(data[:4], "big") and data[12:20] == b"mntrRGB " and data[36:40] == b"acsp"


@pytest.mark.slow
def test_a_report_may_ask_for_no_attachment_or_no_standard(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(built, project)
    report = project / "sources/report.yaml"
    text = report.read_text("utf-8")
    engine = (project / "build/aux/good/report.pdf").read_bytes()
    report.write_text(f"{text}\npdf: {{attach: [references]}}\n", "utf-8")
    done = doit(project)
    assert done.returncode == 0 and "lualatex" not in done.stdout, done.stdout
    assert set(PdfReader(project / "build/report.pdf").attachments) == {"references.bib"}
    report.write_text(f"{text}\npdf: {{standard: none}}\n", "utf-8")
    assert doit(project).returncode == 0
    assert (project / "build/report.pdf").read_bytes() == engine


@pytest.mark.slow
def test_a_comment_in_a_fiche_is_attached_without_an_engine(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(built, project)
    fiche = project / "sources/fiches/tie2025posttraining.yaml"
    fiche.write_text(fiche.read_text("utf-8") + "# a comment of one's own\n", "utf-8")
    done = doit(project)
    assert done.returncode == 0 and "lualatex" not in done.stdout, done.stdout
    assert b"a comment of one's own" in PdfReader(project / "build/report.pdf").attachments["sources.zip"][0]
    assert doit(project).stdout == ""
