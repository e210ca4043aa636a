"""What the documentation shows is what the program does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from synopse.commands.tasks import TaskMap
from tests.conftest import ROOT, copy_project, doit

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def test_the_walk_of_a_remark_is_as_the_page_for_developers_shows_it() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs/developers.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)


def test_the_page_of_options_is_made_from_the_models_and_describes_each() -> None:
    from tools.reference import page

    made = page()
    assert (ROOT / "docs/reference.md").read_text("utf-8") == made
    assert not re.findall(r"^\| `\w+` \|  \|", made, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=[path.name for path in PAGES])
def test_a_link_to_a_file_leads_to_one(page: Path) -> None:
    prose = re.sub(r"^(?: {4}|\t).*$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "docs/guide.fr.md"])
def test_every_command_that_is_shown_exists(page: str) -> None:
    named = set(re.findall(r"^(?:    )?(?:doit|synopse) ([a-z]+)\b", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    known = {name.removeprefix("task_") for name in dir(TaskMap) if name.startswith("task_")}
    assert named and named - {"init", "templates", "list", "clean", "info", "help"} <= known


def test_the_fiche_of_the_french_guide_is_one(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (shown,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/guide.fr.md").read_text("utf-8"), re.DOTALL)
    (project / "sources/fiches/tie2025posttraining.yaml").write_text(shown, "utf-8")
    done = doit(project, "check")
    assert "fiches/tie2025posttraining.yaml" not in done.stdout, done.stdout


def test_a_module_that_architecture_names_is_there() -> None:
    named = set(
        re.findall(r"`(?:synopse/)?([a-z]+(?:/[a-z_]+)+\.(?:py|lua))`", (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    )
    there = {name for name in named for home in (ROOT, ROOT / "synopse") if (home / name).exists()}
    assert len(named) > 20 and named == there
