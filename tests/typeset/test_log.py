"""What the engine and biber say, told at the line of the person's source."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.typeset.log import read_log
from synopse.typeset.passes import PassResult
from tests.conftest import copy_project, doit


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose LaTeX is made, and nothing typeset."""
    project = copy_project(tmp_path_factory.mktemp("log") / "project")
    assert doit(project, "document").returncode == 0
    return project


def told(project: Path, log: str, ok: bool = True, biber: list[str] | None = None) -> list[tuple[str, str, str]]:
    session = Session(project)
    found = read_log(project / "build", PassResult(project / "build/run", ok, log, biber or []), session.job.sources)
    return [(str(d.span), d.code, d.message) for d in found]


def line_of(project: Path, name: str, words: str) -> int:
    lines = (project / name).read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_line_too_wide_is_told_at_its_remark_with_its_width(rendered: Path) -> None:
    line = line_of(rendered, "build/tex/fiches/tie2025posttraining.tex", "Coût élevé de calcul")
    source = line_of(rendered, "sources/fiches/tie2025posttraining.yaml", "Coût élevé de calcul")
    log = f"\nsynopse-overfull ../../tex/fiches/tie2025posttraining.tex {line}-{line + 1} 12.3pt [4] [5])\n"
    ((place, code, message),) = told(rendered, log)
    assert place.startswith(f"sources/fiches/tie2025posttraining.yaml:{source}:")
    assert (code, message) == ("overfull-line", "a line is 12.3 pt wider than the text")
    assert told(rendered, log.replace("12.3pt", "1.9pt")) == []


def test_an_undefined_command_is_told_at_its_remark(rendered: Path) -> None:
    line = line_of(rendered, "build/tex/fiches/tie2025posttraining.tex", "Coût élevé de calcul")
    log = f"../../tex/fiches/tie2025posttraining.tex:{line}: Undefined control sequence.\nl.{line} Soit \\foo\n   x\n"
    ((place, code, message),) = told(rendered, log, ok=False)
    assert "tie2025posttraining.yaml:" in place and code == "undefined-command" and "\\foo" in message


def test_a_character_that_no_installed_font_has_names_the_package(rendered: Path) -> None:
    log = "Missing character: There is no ’ (U+2019) in font [LinLibertine_R.otf]:mode=node;!\n"
    ((place, code, message),) = told(rendered, log)
    assert code == "missing-glyph" and "U+2019" in message and place.startswith("sources/")


def test_a_package_or_font_that_is_missing_says_how_to_get_it(rendered: Path) -> None:
    log = "../../tex/preamble.tex:4: LaTeX Error: File `csquotes.sty' not found.\n"
    ((place, code, _),) = told(rendered, log, ok=False)
    assert code == "tex-missing" and place.startswith("templates/preamble.tex:")


def test_bibers_warning_is_told_at_its_entry(rendered: Path) -> None:
    ((place, code, _),) = told(rendered, "", biber=["WARN - Entry 'hadi2023llms' has a strange field"])
    line = line_of(rendered, "bib/papers.bib", "@misc{hadi2023llms")
    assert (place, code) == (f"bib/papers.bib:{line}:1", "biber")
