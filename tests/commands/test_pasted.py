"""doit new: pasted entries come into bib/ as they were typed, and nothing broken, nothing twice, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from synopse.bib.library import read_library
from synopse.commands.pasted import PASTED, add
from tests.conftest import doit

GOOD = """@article{vaswani2017,
  author   = {Vaswani, Ashish and others},
  title    = {Attention Is All You Need},
  journal  = jmlr, year = 2017,
  abstract = {The dominant models {\\o}f sequences.},
  keywords = {attention}, file = {:C\\:/papers/a.pdf:PDF},
  my-note  = {kept as it was typed}
}"""
OTHER = "@misc{shannon1948, author = {Shannon, Claude}, title = {A Mathematical Theory of Communication}, year = 1948}"
BROKEN = "@misc{broken2020, author = {Never Closed, title = {Or}, year = 2020"
MACRO = '@string{jmlr = "Journal of Machine Learning Research"}'
IN_LIBRARY = "@misc{turing1950, author = {Turing, Alan}, title = {Computing Machinery and Intelligence}, year = 1950, doi = {10.1093/mind/LIX.236.433}}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib/library.bib").write_text(IN_LIBRARY + "\n", "utf-8")
    return tmp_path


def pasted(root: Path, text: str) -> tuple[tuple[str, ...], list[str], dict[str, str]]:
    """The keys of the pasted papers, the codes of what is wrong, and the files that have come into bib/."""
    before = {path.name: path.read_bytes() for path in (root / "bib").iterdir()}
    files = {f"bib/{name}": data for name, data in before.items()}
    added = add(root, read_library(files)[0], text.encode())
    after = {path.name: path.read_bytes() for path in (root / "bib").iterdir()}
    assert before.items() <= after.items()  # no file that was there is touched
    sound = read_library({f"bib/{name}": data for name, data in after.items()})[1]
    assert not [each for each in sound if each.severity == "error"]
    come = {name: data.decode() for name, data in after.items() if name not in before}
    return added.keys, [each.code for each in added.found if each.severity != "note"], come


@pytest.mark.parametrize(
    ("text", "keys", "codes", "come"),
    [
        (GOOD, ("vaswani2017",), ["bib-string"], {"vaswani2017.bib": GOOD + "\n"}),
        (f"\n{MACRO}\n{GOOD}\n\n", ("vaswani2017",), [], {"vaswani2017.bib": f"{MACRO}\n{GOOD}\n"}),
        (
            f"A word.\n{GOOD}\n{OTHER}",
            ("vaswani2017", "shannon1948"),
            ["bib-string"],
            {"vaswani2017.bib": f"A word.\n{GOOD}\n{OTHER}\n"},
        ),
        (f"{OTHER}\n{BROKEN}", ("shannon1948",), ["bib-syntax"], {"shannon1948.bib": OTHER + "\n"}),
        (
            f"{BROKEN}\n\n{MACRO}\n{OTHER}",
            ("shannon1948",),
            ["bib-syntax"],
            {"shannon1948.bib": f"{MACRO}\n\n{OTHER}\n"},
        ),
        (BROKEN, (), ["bib-syntax"], {}),
        ("no entry at all", (), ["bib-syntax"], {}),
        (IN_LIBRARY.replace("turing1950", "other"), ("turing1950",), [], {}),
        (IN_LIBRARY, ("turing1950",), [], {}),
        (f"{IN_LIBRARY}\n{OTHER}", ("turing1950", "shannon1948"), [], {"shannon1948.bib": OTHER + "\n"}),
        (OTHER.replace("shannon1948", "turing1950"), (), ["duplicate-reference"], {}),
        (OTHER.replace("shannon1948", "library"), ("library",), [], {"library-2.bib": OTHER.replace("shannon1948", "library") + "\n"}),
        (OTHER.replace("shannon1948", "a/b:c"), ("a/b:c",), [], {"a-b-c.bib": OTHER.replace("shannon1948", "a/b:c") + "\n"}),
    ],
)  # fmt: skip
def test_what_is_sound_and_new_is_kept_to_the_letter(
    root: Path, text: str, keys: tuple[str, ...], codes: list[str], come: dict[str, str]
) -> None:
    assert pasted(root, text) == (keys, codes, come)


def test_latin_1_becomes_utf_8_and_says_the_same(root: Path) -> None:
    added = add(root, read_library({})[0], OTHER.replace("Claude", "Clàude").encode("latin-1"))
    assert added.keys == ("shannon1948",)
    assert "Clàude" in (root / "bib/shannon1948.bib").read_text("utf-8")


def test_every_pasted_paper_has_a_fiche_and_mistakes_are_told(project: Path) -> None:
    done = doit(project, "new", input=f"{OTHER}\n{BROKEN}\n")
    assert done.returncode != 0 and f"{PASTED}:2:1: error[bib-syntax]" in done.stdout
    assert (project / "bib/shannon1948.bib").read_text("utf-8") == OTHER + "\n"
    assert (project / "sources/fiches/shannon1948.yaml").exists()
    assert not (project / "bib/broken2020.bib").exists()
    assert doit(project, "check").returncode == 0


@pytest.mark.slow
def test_input_that_comes_late_is_waited_for_and_nobody_waits_for_it(project: Path) -> None:
    command = [sys.executable, "-m", "doit", "new"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=project, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stderr is not None and process.stdin is not None
    assert "waiting for BibTeX" in process.stderr.readline()
    assert doit(project, "references", timeout=60).returncode == 0  # another doit meanwhile
    before = (project / "build/.doit.db").read_bytes()
    process.stdin.write(OTHER[:30])
    process.stdin.flush()
    time.sleep(0.3)
    said, _ = process.communicate(OTHER[30:] + "\n", timeout=60)
    assert process.returncode == 0 and "bib/shannon1948.bib" in said
    assert (project / "build/.doit.db").read_bytes() == before


def test_a_fiche_for_a_reference_that_is_there_waits_for_no_input(project: Path) -> None:
    (project / "sources/fiches/park2025seeing.yaml").unlink()
    reading, writing = os.pipe()  # as of a program that keeps it open and never writes
    command = [sys.executable, "-m", "doit", "new", "--key", "park2025seeing"]
    done = subprocess.run(command, cwd=project, stdin=reading, capture_output=True, text=True, timeout=60, check=False)
    os.close(writing)
    os.close(reading)
    assert done.returncode == 0 and (project / "sources/fiches/park2025seeing.yaml").exists()
