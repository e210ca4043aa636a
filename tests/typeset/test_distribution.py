"""What a build would miss of TeX, and what is wrong with its templates, is told before any engine runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from synopse.bib.styles import find_files
from synopse.build import distribution
from synopse.build.session import Session
from tests.conftest import ROOT
from tests.diagnostics.cases import first_lines, write_project

needs_tex = pytest.mark.skipif(shutil.which("kpsewhich") is None, reason="the TeX distribution is not there")


@pytest.fixture
def session(tmp_path: Path) -> Callable[..., Session]:
    """A session of the small project with the shipped templates; `changed` are files with another content."""

    def made(**changed: str) -> Session:
        shutil.copytree(ROOT / "templates", tmp_path / "templates", dirs_exist_ok=True)
        write_project(tmp_path, {name.replace("__", "/"): text.encode() for name, text in changed.items()})
        return Session(tmp_path)

    return made


def with_template(session: Session, name: str, line: str) -> Session:
    """The session with a line added to the end of a template."""
    path = session.root / "templates" / f"{name}.tex"
    path.write_text(path.read_text("utf-8").rstrip("\n") + f"\n{line}\n", "utf-8")
    return Session(session.root)


@needs_tex
def test_nothing_is_missing_for_the_shipped_templates(session: Callable[..., Session]) -> None:
    assert session().before_the_engine() == []


@needs_tex
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (r"\usepackage{nosuchpackage}", "the package nosuchpackage.sty is not installed"),
        (r"\usepackage[a,<< lang >>]{amsmath, nosuch}", "the package nosuch.sty is not installed"),
        (r"\RequirePackage{nosuch}", "the package nosuch.sty is not installed"),
        (r"\setmainfont{NoSuchFont.otf}", "the font NoSuchFont.otf is not installed"),
        (r"%\usepackage{nosuch}", ""),
        (r"%# \usepackage{nosuch}", ""),
    ],
)
def test_a_package_or_font_that_is_not_installed_is_told_at_its_line(
    session: Callable[..., Session], line: str, told: str
) -> None:
    count = (ROOT / "templates/preamble.tex").read_text("utf-8").rstrip("\n").count("\n") + 2
    found = distribution.missing_from_distribution(with_template(session(), "preamble", line))
    unsure = told.startswith("the font") and shutil.which("fc-list") is None  # nothing is said of fonts then
    wanted = [f"templates/preamble.tex:{count}:1: error[tex-missing]: {told}"] if told and not unsure else []
    assert first_lines(found) == wanted


def test_a_program_that_is_not_there_is_told(session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert first_lines(distribution.missing_from_distribution(session())) == [
        "build:1:1: error[tex-missing]: biber is not installed",
        "build:1:1: error[tex-missing]: lualatex is not installed",
    ]


@needs_tex
def test_a_font_for_a_script_is_told_where_the_script_stands(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distribution, "find_files", lambda names: {n: Path(n) for n in names if "Noto" not in n})
    monkeypatch.setattr(distribution, "fonts_of_the_system", lambda: frozenset[str]())
    current = session(sources__fiches__a_yaml="")
    (current.root / "sources/fiches/a.yaml").write_text("key: a\nstatus: partial\nquestion: Le mot 漢字.\n", "utf-8")
    (told,) = first_lines(distribution.missing_from_distribution(Session(current.root)))
    assert told.startswith("sources/fiches/a.yaml:3:18: error[tex-missing]: the font Noto")


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("fiche", "<< fiche.titel >>", "'fiche' is undefined"),
        ("fiche", "<< label.titel >>", "has no attribute 'titel'"),
        ("body", "%% if x", "Unexpected end of template"),
        ("table", "<< sheets.nothing >>", "has no attribute 'nothing'"),
        ("part", "%% include 'nowhere.tex'", 'there is no template "nowhere.tex"'),
        ("preamble", "<< nothing >>", "'nothing' is undefined"),
        ("synthesis", "<< nothing >>", "'nothing' is undefined"),
        ("picture", "<< nothing >>", "'nothing' is undefined"),
    ],
)
def test_a_mistake_of_a_template_is_told_at_its_line(
    session: Callable[..., Session], template: str, line: str, message: str
) -> None:
    current = session()
    report = current.root / "sources/report.yaml"
    report.write_text(report.read_text("utf-8") + "synthesis:\n  - {kind: coverage}\n  - {kind: timeline}\n", "utf-8")
    found = with_template(current, template, line).before_the_engine()
    told = [line for line in first_lines(found) if "template-error" in line]
    assert told and message in told[0]
    assert f"templates/{template}.tex:" in told[0]


def test_what_was_rendered_without_a_mistake_is_not_rendered_again(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session().before_the_engine() == []
    monkeypatch.setattr("synopse.build.rehearsal._mistakes", lambda rendering: pytest.fail("rendered again"))
    assert session().before_the_engine() == []


@needs_tex
def test_a_language_that_tex_lacks_is_told_at_its_line_with_the_package_to_install(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    found_of_tex = find_files
    monkeypatch.setattr(
        distribution, "find_files", lambda names: {k: v for k, v in found_of_tex(names).items() if k != "ngerman.ldf"}
    )
    report = session().root / "sources/report.yaml"
    lines = [line for line in report.read_text("utf-8").split("\n") if not line.startswith("lang:")]
    report.write_text("\n".join(["lang: de", *lines]), "utf-8")
    found = distribution.missing_from_distribution(Session(report.parent.parent))
    assert first_lines(found) == [
        "sources/report.yaml:1:7: error[tex-missing]: the TeX distribution has no ngerman, the report's language"
    ]
    assert "texlive-lang-german" in found[0].hints[0]
