"""What the documentation shows is what the program does."""

from __future__ import annotations

import doctest
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from synopse import __version__
from synopse.build.session import Session
from synopse.commands.starter import Wish, starting_files
from synopse.commands.tasks import TaskMap
from synopse.diagnostics import Diagnostic
from synopse.synthesis.kinds import kinds
from synopse.synthesis.kinds.characteristics import BUILT_IN
from tests.conftest import ROOT, copy_project, doit

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS]
RENEW = "python -m tools.reference makes the tables of docs/ anew"


def test_the_walk_of_a_remark_is_as_the_page_for_developers_shows_it() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs/developers.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)


def test_the_page_of_options_is_made_from_the_models_and_describes_each() -> None:
    from tools.reference import page

    made = page()
    assert (ROOT / "docs/reference.md").read_text("utf-8") == made, RENEW
    assert not re.findall(r"^\| `\w+` \|  \|", made, re.MULTILINE)


@pytest.mark.parametrize("page", DOCS, ids=[path.name for path in DOCS])
def test_the_tables_of_a_page_are_made_from_the_program(page: Path) -> None:
    from tools.reference import filled

    text = page.read_text("utf-8")
    assert filled(text) == text, RENEW


def test_the_pages_for_users_describe_every_option_kind_and_command_once() -> None:
    from tools.reference import asked, tables

    shown = [name for page in DOCS for name in asked(page.read_text("utf-8"))]
    assert sorted(shown) == sorted(tables())


def test_the_index_leads_to_every_page() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    assert {page.name for page in DOCS} - {"README.md"} <= set(re.findall(r"\]\(([\w.-]+\.md)\)", index))


def test_each_kind_has_a_picture_that_is_small_and_an_entry_that_shows_it() -> None:
    from tools.pictures_of_kinds import entries

    text = (ROOT / "docs/kinds.md").read_text("utf-8")
    assert list(kinds()) == re.findall(r"^## (\w+)$", text, re.MULTILINE)
    for kind, entry in entries(text).items():
        assert [each["kind"] for each in yaml.safe_load(entry)] == [kind]
        data = (ROOT / f"docs/images/kinds/{kind}.png").read_bytes()
        assert f"![{kind}](images/kinds/{kind}.png)" in text and data.startswith(b"\x89PNG") and len(data) < 40_000
        assert 200 < struct.unpack(">I", data[16:20])[0] < 1000
    assert all(f"`{name}`" in text for name in BUILT_IN)


def begun(folder: Path, form: str = "literature", changed: dict[str, str] | None = None) -> list[Diagnostic]:
    """What is wrong with a new review in English in which some files are others."""
    for name, text in (starting_files(Wish(form, "en")) | (changed or {})).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    session = Session(folder)
    return [*session.problems, *session.synthesis[1]]


SHOWN = [
    (page.name, file, text, bool(within))
    for page in DOCS
    for text, within, file in re.findall(
        r"```yaml\n(# (in )?(sources/\S+)\n.*?)```", page.read_text("utf-8"), re.DOTALL
    )
]


@pytest.mark.parametrize(("page", "file", "text", "within"), SHOWN, ids=[each[0] for each in SHOWN])
def test_a_file_or_a_part_of_one_that_is_shown_has_no_mistake(
    page: str, file: str, text: str, within: bool, tmp_path: Path
) -> None:
    form = "empty" if file.endswith("form.yaml") else "literature"
    whole = f"{starting_files(Wish(form, 'en'))[file]}\n{text}" if within else text
    found = begun(tmp_path, form, {file: whole})
    told = [each for each in found if each.span.file == file and each.code != "citation-differs"]
    assert told == [] and len(SHOWN) > 3


def test_the_entries_that_the_page_of_kinds_shows_have_no_mistake(tmp_path: Path) -> None:
    from tools.pictures_of_kinds import entries, review

    found = begun(tmp_path, changed=review(entries((ROOT / "docs/kinds.md").read_text("utf-8"))))
    assert {each.code for each in found} == {"citation-differs"}


def test_the_values_in_prose_that_are_shown_have_one(tmp_path: Path) -> None:
    text = (ROOT / "docs/report.md").read_text("utf-8")
    values = [value for row in text.split("\n") if row.startswith("| `{{") for value in re.findall(r"\{\{.*?\}\}", row)]
    report = starting_files(Wish("literature", "en"))["sources/report.yaml"]
    prose = report.replace("introduction: |\n", f"introduction: |\n  {' '.join(values)}\n\n", 1)
    assert len(values) > 15 and begun(tmp_path, changed={"sources/report.yaml": prose}) == []


def test_the_citation_file_names_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (cited["version"], cited["license"]) == (__version__, "MIT")


def shown_commands() -> list[str]:
    """Every command in a shell's block of the pages for users, in the order in which the index has them."""
    index = (ROOT / "docs/README.md").read_text("utf-8")
    pages = sorted(DOCS, key=lambda page: index.find(f"({page.name})"))
    blocks = [block for page in pages for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    return list(dict.fromkeys(line for block in blocks for line in block.strip().split("\n")))


@pytest.mark.slow
def test_every_command_that_the_pages_show_works(tmp_path: Path) -> None:
    """But for `synopse` alone, `pip` and `cd`, which `tests/pipeline/test_wheel.py` tries."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/synopse"
    program.write_text(f"#!{sys.executable}\nimport sys\nfrom synopse.cli import main\nsys.exit(main())\n")
    program.chmod(0o755)
    review = tmp_path / "review"
    begun(review)
    for name in ("entries.bib", "library.bib"):
        (review / name).write_text("@misc{new2026, author = {New, Ann}, title = {New}, year = 2026}\n")
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    environ = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "SYNOPSE_CACHE": ""}
    git = "git init -q && git add . && git -c user.name=A -c user.email=a@example.org commit -q -m first"
    subprocess.run(git, shell=True, cwd=review, check=True)
    failed = []
    for line in shown_commands():
        if line.startswith(("pip ", "cd ")) or line == "synopse":
            continue
        if "--key" in line:  # the fiche that it is to write
            (review / f"sources/fiches/{line.split()[-1]}.yaml").unlink()
        done = subprocess.run(line, shell=True, cwd=review, env=environ, capture_output=True, text=True, check=False)
        if done.returncode:
            failed.append((line, done.stdout[-500:], done.stderr[-500:]))
    assert failed == [] and (review / "my-review/dodo.py").exists() and (review / "templates/fiche.tex").exists()


@pytest.mark.parametrize("page", PAGES, ids=[path.name for path in PAGES])
def test_a_link_to_a_file_leads_to_one(page: Path) -> None:
    prose = re.sub(r"^(?: {4}|\t).*$|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "docs/guide.fr.md", "docs/start.md", "docs/command-line.md"])
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
