"""A citation style that cannot be used is told at its line, before the engine runs; a style rules what it sets itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from synopse.bib.styles import find_files, installed_styles, known_styles, style
from synopse.build.session import Session
from synopse.diagnostics import Diagnostic
from tests.synthesis.corpus import small
from tools.citation_styles import tex_version

needs_tex = pytest.mark.skipif(shutil.which("kpsewhich") is None, reason="needs a TeX distribution")


def told(root: Path, name: str) -> list[Diagnostic]:
    small(root, synthesis="  - {kind: heading, title: x}\n")
    path = root / "sources/report.yaml"
    path.write_text(path.read_text("utf-8") + f"bibliography:\n  all: false\n  style: {name}\n", "utf-8")
    line = path.read_text("utf-8").count("\n")
    found = [d for d in Session(root).project.diagnostics if "style" in d.code]
    assert all((d.span.file, d.span.line, d.span.column) == ("sources/report.yaml", line, 10) for d in found)
    return found


@needs_tex
@pytest.mark.parametrize(("typed", "meant"), [("authoryaer", "authoryear"), ("numerik", "numeric"), ("iee", "ieee")])
def test_a_misspelt_style_is_told_at_its_line_with_the_one_that_is_meant(
    tmp_path: Path, typed: str, meant: str
) -> None:
    (found,) = told(tmp_path, typed)
    assert (found.code, found.severity) == ("unknown-style", "error")
    assert f'"{typed}"' in found.message and meant in found.hints[0]


@needs_tex
def test_a_style_that_is_not_installed_is_told_with_styles_that_work(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "zzzz-unheard-of")
    assert found.code == "unknown-style" and "these work: " in found.hints[0] and "authoryear" in found.hints[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "'a}b'", "'two words'", "a,b"])
def test_what_can_be_no_name_of_a_style_never_reaches_the_engine(tmp_path: Path, name: str) -> None:
    assert [d.code for d in told(tmp_path, name)] == ["unknown-style"]


@needs_tex
@pytest.mark.parametrize(
    "name", ["authoryear", "ieee", "nejm", "apa", "chicago-authordate", "philosophy-classic", "mla"]
)
def test_a_style_that_works_is_not_told_of(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name) == []


def test_a_style_that_is_refused_says_why_and_which_work(tmp_path: Path) -> None:
    name, (reason, _) = next(iter(known_styles()["refused"].items()))
    (found,) = told(tmp_path, name)
    assert found.code == "refused-style" and found.severity == "error"
    assert reason in found.message and "these work: " in found.hints[0]


def test_without_tex_a_style_is_taken_at_its_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert told(tmp_path, "my-own-style") == []


def test_a_style_of_biblatex_itself_leaves_the_reports_options_open() -> None:
    assert style("authoryear").rules == style("numeric").rules == frozenset()
    assert style("verbose-ibid").rules == {"pagetracker"}


@needs_tex
def test_a_style_rules_what_its_own_files_set() -> None:
    assert {"maxcitenames", "maxbibnames", "giveninits"} <= style("ieee").rules
    assert {"maxcitenames", "mincitenames", "uniquelist"} <= style("philosophy-classic").rules
    assert "maxbibnames" in style("nejm").rules


@needs_tex
def test_every_installed_style_has_been_tried_and_is_in_the_table_once() -> None:
    known = known_styles()
    tried = [name for names in known["works"].values() for name in names] + [*known["refused"], *known["lacks"]]
    assert len(tried) == len(set(tried))
    assert set(known["own"]) <= set(tried) and set(known["loaded"]) <= set(tried)
    if known["tried"] == tex_version():
        assert sorted(set(installed_styles()) - set(tried)) == []


@needs_tex
def test_another_edition_of_a_refused_style_is_given_a_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_styles()
    name, (reason, _) = next(iter(known["refused"].items()))
    changed = known | {"refused": known["refused"] | {name: [reason, "another edition"]}}
    monkeypatch.setattr("synopse.bib.styles.known_styles", lambda: changed)
    assert told(tmp_path, name) == []


@needs_tex
def test_files_that_are_not_there_are_left_out() -> None:
    assert set(find_files(["numeric.bbx", "nothing-of-this-name.bbx"])) == {"numeric.bbx"}


def test_the_table_is_written_as_its_maker_writes_it() -> None:
    path = Path(__file__).parents[2] / "synopse/bib/styles.json"
    assert path.read_text("utf-8") == json.dumps(known_styles(), ensure_ascii=False, indent=1) + "\n"
