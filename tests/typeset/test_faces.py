"""A letter that one face of the text font lacks is printed by another: bold italic has no Cyrillic, code little beyond Latin."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.markup.fonts import fallbacks, in_every_face
from synopse.render.latex.document import luaotfload_fallback
from tests.conftest import doit, pdf_text

SAMPLES = ("Україна", "ёлка", "ἀρχή", "Ș și ț", "ə", "∮F", "ﬁche")
"""Words that the text font has, and not each of its faces."""


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_other_faces_are_asked_where_one_lacks_a_letter(sample: str) -> None:
    assert fallbacks(sample) == ([], []) and not in_every_face(sample)
    assert [each.file for each in luaotfload_fallback([], sample)] == ["LinLibertine_R.otf"]


def test_a_text_that_every_face_has_asks_for_no_other_font() -> None:
    assert luaotfload_fallback([], "L’été « Łódź » – €\u202f… naïve Dvořák\u00a0!") == []


@pytest.mark.slow
def test_every_word_is_printed_in_every_face(project: Path) -> None:
    faces = ("{}", "**{}**", "*{}*", "***{}***", "`{}`", "**`{}`**")
    lines = [f"A{n}B{m} {face.format(word)} C" for n, word in enumerate(SAMPLES) for m, face in enumerate(faces)]
    headings = [f"## H{n} *{word}* `{word}`" for n, word in enumerate(SAMPLES)]
    (project / "sources/faces.md").write_text("\n\n".join([*lines, *headings]), "utf-8")
    report = project / "sources/report.yaml"
    report.write_text(
        report.read_text("utf-8") + "\nchapters:\n  - {title: Fontes, file: faces.md, after: introduction}\n", "utf-8"
    )
    done = doit(project)
    assert done.returncode == 0, done.stdout
    said = "".join(pdf_text(project / "build/report.pdf").split())
    for n, word in enumerate(SAMPLES):
        for m in range(len(faces)):
            assert (
                f"A{n}B{m}{''.join(word.split())}C" in said.replace("fi", "ﬁ")
                or f"A{n}B{m}{''.join(word.split())}C" in said
            )
