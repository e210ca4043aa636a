"""The program without its repository: its wheel in an environment of its own; new reviews, PDFs, edits, updates.

The environment is empty but for what the wheel says that it needs: those packages are links to the ones that these tests
have, so that nothing is fetched, and what the wheel forgets to ask for is not there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from synopse import __version__
from synopse.locale import Catalogue
from tests.conftest import ROOT, pdf_text

pytestmark = pytest.mark.slow

IN_THE_WHEEL = ("synopse", "templates", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
NEWS = "### For your review\n\n- A line that tells what is new.\n"
OTHERS = {"pico": "fr", "scoping": "de"}
"""The forms and languages of further reviews; the first is of literature, in English."""
EDITED = {"en": ("The first result", "The very first result"), "fr": ("Le premier résultat", "Le tout premier résultat"),
          "de": ("Das erste Ergebnis", "Das allererste Ergebnis")}  # fmt: skip


def wheel(folder: Path, version: str, changed: dict[str, tuple[str, str]]) -> Path:
    """Builds the wheel of the program as it is, but for its version and the texts that are changed in some files."""
    source = folder / f"source-{version}"
    source.mkdir()
    for name in IN_THE_WHEEL:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    for name, (old, new) in ({"synopse/__init__.py": (f'"{__version__}"', f'"{version}"')} | changed).items():
        text = (source / name).read_text("utf-8")
        assert old in text, name
        (source / name).write_text(text.replace(old, new, 1), "utf-8")
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "-w", str(folder / version), str(source)], check=True)
    (made,) = (folder / version).glob("synopse-*.whl")
    return made


def needed(made: Path) -> set[str]:
    """The names of all packages that a wheel asks for, and that those ask for."""
    with zipfile.ZipFile(made) as file:
        (name,) = (name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        asked = HeaderParser().parsestr(file.read(name).decode()).get_all("Requires-Dist", [])
    found: set[str] = set()
    waiting = [Requirement(each) for each in asked]
    while waiting:
        each = waiting.pop()
        if each.name not in found and (each.marker is None or each.marker.evaluate({"extra": ""})):
            found.add(each.name)
            waiting += map(Requirement, distribution(each.name).requires or ())
    return found


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel of a program, and what that needs."""

    folder: Path

    def install(self, made: Path) -> None:
        """Puts a wheel in, in the place of the one before."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.folder / "bin/python"), "install", "-q"]
        subprocess.run([*pip, "--no-index", "--no-deps", "--force-reinstall", str(made)], check=True)

    def run(self, where: Path, *words: str, good: bool = True, **environ: str) -> str:
        """Runs a command of the environment, and gives all that it says."""
        usual = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
        path = f"{self.folder / 'bin'}{os.pathsep}{usual['PATH']}"
        done = subprocess.run(
            [str(self.folder / "bin" / words[0]), *words[1:]],
            cwd=where,
            env=usual | {"PATH": path, "VIRTUAL_ENV": str(self.folder)} | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        assert (done.returncode == 0) == good, done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The program's wheel, one of a newer version that makes the same, and one with another template."""
    folder = tmp_path_factory.mktemp("wheels")
    heading = f"## {__version__}"
    news = {"CHANGELOG.md": (heading, f"## 90.1.0\n\n{NEWS}\n{heading}")}
    template = {"templates/fiche.tex": ("\n%%", "\n\\relax{}\n%%")}
    return {
        "first": wheel(folder, __version__, {}),
        "same": wheel(folder, "90.1.0", news),
        "template": wheel(folder, "90.2.0", news | template),
    }


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, wheels: dict[str, Path]) -> Installed:
    """An environment with the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    there = Path(sysconfig.get_paths()["purelib"])
    for name in needed(wheels["first"]):
        for top in {file.parts[0] for file in distribution(name).files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():  # a folder may be of two packages
                (packages / top).symlink_to(there / top)
    installed = Installed(folder)
    installed.install(wheels["first"])
    return installed


def test_the_wheel_holds_all_that_the_program_reads_and_no_more(wheels: dict[str, Path]) -> None:
    held = set(zipfile.ZipFile(wheels["first"]).namelist())
    read = {f"synopse/templates/{path.name}" for path in (ROOT / "templates").glob("*.tex")}
    files = (path for path in (ROOT / "synopse").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    read |= {path.relative_to(ROOT).as_posix() for path in files}
    assert read == {name for name in held if ".dist-info/" not in name}
    assert any(name.endswith("/LICENSE") for name in held)


def test_the_environment_has_the_program_of_the_wheel(program: Installed, tmp_path: Path) -> None:
    where = program.run(tmp_path, "python", "-c", "import synopse; print(synopse.__file__)")
    assert where.startswith(str(program.folder))
    assert "No module" in program.run(tmp_path, "python", "-c", "import pytest", good=False)
    assert program.run(tmp_path, "synopse", "--version") == f"synopse {__version__}\n"


def test_without_a_review_the_way_to_one_is_said(program: Installed, tmp_path: Path) -> None:
    assert "Begin one with: synopse init my-review" in program.run(tmp_path, "synopse", good=False)


def edit(folder: Path, lang: str) -> None:
    """Changes a word of the first fiche."""
    fiche = folder / "sources/fiches/example2019.yaml"
    old, new = EDITED[lang]
    text = fiche.read_text("utf-8")
    assert old in text
    fiche.write_text(text.replace(old, new), "utf-8")


def steps(said: str) -> set[str]:
    """The names of the tasks and engines that ran."""
    return set(re.findall(r"^ +(\S.*?)  +[\d.]+ s$", said, re.MULTILINE))


def engines(said: str) -> set[str]:
    """The programs of TeX among them."""
    return {each for each in steps(said) if re.match("lualatex|biber|pictures|labels", each)}


@dataclass(frozen=True)
class Life:
    """What a review went through, and what was said each time."""

    folder: Path
    said: dict[str, str]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory, program: Installed, wheels: dict[str, Path]) -> Iterator[Life]:
    """A new review, built, built again, edited, built by two newer versions of the program and looked at by the old one."""
    folder = tmp_path_factory.mktemp("elsewhere") / "ma revue"
    said = {"init": program.run(folder.parent, "synopse", "init", folder.name, LANG="en_GB.UTF-8")}
    said["check"] = program.run(folder / "sources/fiches", "synopse", "check")
    said["first"] = program.run(folder, "synopse")
    said["again"] = program.run(folder / "sources", "synopse")
    edit(folder, "en")
    said["edit"] = program.run(folder, "python", "-m", "doit")
    said["version"] = (folder / ".synopse/version").read_text("utf-8")
    program.install(wheels["same"])
    before = (folder / "build/report.pdf").stat().st_mtime_ns
    said["same"] = program.run(folder, "synopse")
    said["typeset"] = "" if (folder / "build/report.pdf").stat().st_mtime_ns == before else "anew"
    said["same again"] = program.run(folder, "synopse")
    said["newer version"] = (folder / ".synopse/version").read_text("utf-8")
    program.install(wheels["template"])
    said["template"] = program.run(folder, "synopse")
    said["clean"] = program.run(folder, "synopse", "clean")
    program.install(wheels["first"])
    said["older"] = program.run(folder, "synopse", "sources")
    yield Life(folder, said)


def test_a_new_review_has_no_problem_and_its_first_build_is_a_pdf(life: Life) -> None:
    assert "cd 'ma revue' && synopse" in life.said["init"] and "no problem found" in life.said["check"]
    assert "pdf" in steps(life.said["first"]) and "warning" not in life.said["first"]


def test_a_build_with_nothing_to_do_says_nothing(life: Life) -> None:
    assert life.said["again"] == "" and life.said["same again"] == ""


def test_an_edit_makes_that_fiche_and_the_pdf_again(life: Life) -> None:
    made = steps(life.said["edit"])
    assert {each for each in made if each.startswith("fiche:")} == {"fiche:example2019"} and "pdf" in made


def test_an_update_that_makes_the_same_typesets_nothing_and_tells_what_is_new(life: Life) -> None:
    told = life.said["same"].splitlines()
    assert told[0] == f"this review was last built with synopse {__version__}; this is 90.1.0; what has changed for it:"
    assert told[1] == "  90.1.0: A line that tells what is new."
    assert not engines(life.said["same"]) and not life.said["typeset"]
    assert (life.said["version"], life.said["newer version"]) == (f"{__version__}\n", "90.1.0\n")


def test_an_update_of_a_template_typesets_what_comes_out_otherwise(life: Life) -> None:
    made = steps(life.said["template"])
    assert any(each.startswith("lualatex") for each in made) and "fiche:sample2021" in made
    assert not made & {"labels", "pictures"}
    assert "nothing has changed for it" in life.said["template"]


def test_an_older_program_says_so_though_build_is_gone(life: Life) -> None:
    assert "build/ is removed" in life.said["clean"]
    assert f"last built with synopse 90.2.0; this is {__version__}, which is older" in life.said["older"]


@pytest.mark.parametrize(("form", "lang"), OTHERS.items())
def test_a_review_in_another_language_and_form_lives_through_the_same_without_a_dodo(
    program: Installed, wheels: dict[str, Path], life: Life, tmp_path: Path, form: str, lang: str
) -> None:
    babel = Catalogue(lang)["tex.babel"]
    if not subprocess.run(["kpsewhich", f"{babel}.ldf"], capture_output=True, check=False).stdout:
        pytest.skip(f"TeX has no {lang}")
    program.install(wheels["first"])
    program.run(tmp_path, "synopse", "init", "mine", "--form", form, LC_ALL=f"{lang}_XX.UTF-8")
    folder = tmp_path / "mine"
    (folder / "dodo.py").unlink()
    assert "no problem found" in program.run(folder / "bib", "synopse", "check")
    said = program.run(folder, "synopse")
    assert "pdf" in steps(said) and "warning" not in said
    edit(folder, lang)
    said = program.run(folder / "sources", "synopse")
    assert {each for each in steps(said) if each.startswith("fiche:")} == {"fiche:example2019"}
    text = " ".join(pdf_text(folder / "build/report.pdf").split())
    assert Catalogue(lang)["introduction"] in text and EDITED[lang][1] in text
    program.install(wheels["same"])
    said = program.run(folder, "synopse")
    assert "  90.1.0: A line that tells what is new." in said.splitlines() and not engines(said)


def test_the_wheel_says_what_it_is_and_whose(wheels: dict[str, Path]) -> None:
    with zipfile.ZipFile(wheels["first"]) as file:
        (name,) = (name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        said = HeaderParser().parsestr(file.read(name).decode())
    assert (said["License-Expression"], said["Author"]) == ("MIT", "The synopse authors")
    assert "Typing :: Typed" in said.get_all("Classifier", []) and "YAML" in said["Keywords"]
    assert "From reading notes to a comparative report." in said.get_payload()
