"""A mistake that is mended is gone: after every mend all is well, and the PDF is that of a cold build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import doit, pdf_text

pytestmark = pytest.mark.slow
WRONG = "\\undefinedxyz\n"


def with_mistake(text: str, before: str) -> str:
    """The text with a command that LaTeX does not have, before the first `before`; at the end where that is empty."""
    return text.replace(before, WRONG + before, 1) if before else text + WRONG


MISTAKES = {"templates/fiche.tex": "", "templates/figures.tex": "\\begin{document}"}


def test_a_mistake_that_is_mended_leaves_nothing_behind(built: Path, tmp_path: Path) -> None:
    """Each mistake is made and mended twice, for the first mend may have made anew what the second one finds."""
    project = tmp_path / "mended"
    shutil.copytree(built, project)
    good = (project / "build/report.pdf").read_bytes()
    for name, before in MISTAKES.items():
        path = project / name
        text = path.read_text("utf-8")
        for _ in range(2):
            path.write_text(with_mistake(text, before), "utf-8")
            wrong = doit(project)
            assert wrong.returncode != 0 and "error[" in wrong.stdout, name
            assert (project / "build/report.pdf").read_bytes() == good
            path.write_text(text, "utf-8")
            mended = doit(project)
            assert mended.returncode == 0 and "error[" not in mended.stdout, mended.stdout
            assert (project / "build/report.pdf").read_bytes() == good
            assert "xyz" not in (project / "build/report.log").read_text("utf-8", "replace")


def test_the_look_of_the_pictures_is_taken_up(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "coloured"
    shutil.copytree(built, project)
    template = project / "templates/figures.tex"
    text = template.read_text("utf-8")
    good, pictures = (project / "build/report.pdf").read_bytes(), project / "build/tex/figures"
    before = {path.name: path.read_bytes() for path in pictures.glob("*.pdf")}
    template.write_text(text.replace("synopseaccent}{RGB}{24,60,110}", "synopseaccent}{RGB}{110,60,24}"), "utf-8")
    assert doit(project).returncode == 0
    assert all((pictures / name).read_bytes() != data for name, data in before.items()) and before
    assert (project / "build/report.pdf").read_bytes() != good
    template.write_text(text, "utf-8")
    assert doit(project).returncode == 0
    assert (project / "build/report.pdf").read_bytes() == good


def test_a_package_and_a_logo_of_ones_own_lie_beside_the_templates(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "own"
    shutil.copytree(built, project)
    good = (project / "build/report.pdf").read_bytes()
    package, body = project / "templates/house.sty", project / "templates/body.tex"
    base = project / "templates/base.tex"
    shutil.copy(next((project / "build/tex/figures").glob("*.pdf")), project / "templates/logo.pdf")
    package.write_text("\\ProvidesPackage{house}\\newcommand{\\house}{MAISON}\n", "utf-8")
    first = {path: path.read_text("utf-8") for path in (base, body)}
    base.write_text(first[base] + "\n\\usepackage{house}\n", "utf-8")
    words = "\\house\\includegraphics[width=2cm]{logo}\n\\tableofcontents"
    body.write_text(first[body].replace("\\tableofcontents", words, 1), "utf-8")
    for name in ("MAISON", "DEMEURE"):
        package.write_text(package.read_text("utf-8").replace("MAISON", name), "utf-8")
        done = doit(project)
        assert done.returncode == 0, done.stdout
        assert name in pdf_text(project / "build/report.pdf")
    for path, text in first.items():
        path.write_text(text, "utf-8")
    package.unlink()
    (project / "templates/logo.pdf").unlink()
    assert doit(project).returncode == 0
    assert (project / "build/report.pdf").read_bytes() == good
    assert not (project / "build/tex/house.sty").exists() and not (project / "build/tex/logo.pdf").exists()
