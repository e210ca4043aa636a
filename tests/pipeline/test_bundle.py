"""Bundles for arXiv, Overleaf and journals: a stranger's machine makes of them what the report says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest

from synopse.render.latex.bundle import TARGETS
from tests.conftest import ROOT, doit

pytestmark = pytest.mark.slow
FORM = """
sections:
  - id: notes
    title: {fr: Notes, en: Notes}
    fields:
      - {id: remarks, type: items, title: {fr: Remarques, en: Remarks}}
"""
REPORT = r"""
title: "Bundles & others: 100 % of co_op #1"
lang: en
fiches: [k1, k2]
introduction: |
  Some `code -- x`, “quotes”, 5 % of $\frac{a}{b} \le \sum_i x_i$. See [@k1; @k2, p. 3].

  שלום עולם in text, العربية جميلة جدا, 漢字かな交じり文, 한국어, ไทย, हिन्दी, ₿ ✓ ∀x ⟨a⟩ → ⇒ ☃.

  A link <https://example.org/a_b%20c?x=1&y=2#z>, a --- b -- c, !`?`, ,,x'' <<y>>.

  | A | B    |
  |---|------|
  | 1 | שלום |

  : Legend of it

  ```
  def f(x):  # comment % here
      return "\n"
  ```

  ![A dot](dot.png)
synthesis:
  - {id: papers, kind: characteristics, title: Papers}
  - {id: when, kind: timeline, title: When}
"""
BIB = r"""
@article{k1, author={אבן, דוד and Müller, Jörg}, title={ספר של שלום}, year=2024, journal={中文 期刊}, doi={10.1000/a_b}}
@book{k2, author={Ωmega, Ś.}, title={Ünïcode -- ``q'' and $x^2$}, year=2020, publisher={P}}
"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with signs that LaTeX reads otherwise, and letters of many scripts."""
    root = tmp_path_factory.mktemp("hostile")
    for name, text in {
        "sources/form.yaml": FORM,
        "sources/report.yaml": REPORT,
        "sources/fiches/k1.yaml": "key: k1\nremarks:\n  - |\n    A \\ with % and # ~ ^ _ { } $ & — fine\n  - עולם שלום ABC עולם\n",
        "sources/fiches/k2.yaml": "key: k2\nremarks: [one]\n",
        "bib/all.bib": BIB,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "sources/dot.png").write_bytes(DOT)
    shutil.copy(ROOT / "dodo.py", root)
    return made(root)


def made(root: Path) -> Path:
    """The root of a report that has been made."""
    done = doit(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def bundle(root: Path, target: str) -> str:
    """Makes a bundle; what was said."""
    done = doit(root, "bundle", "--for", target)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def compiled_by_latexmk(root: Path, target: str, folder: Path) -> Path:
    """The PDF that latexmk makes of the zip in an empty folder, as Overleaf would."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(root / f"build/bundle/{target}.zip") as archive:
        archive.extractall(folder)
    how = [] if (folder / "latexmkrc").exists() else ["-xelatex"]
    command = ["latexmk", *how, "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
    fonts = os.environ | {"OSFONTDIR": "/usr/share/fonts//"}  # where TeX Live has them, Debian has them for the system
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, errors="replace", env=fonts)
    assert done.returncode == 0, done.stdout[-2000:]
    return folder / "main.pdf"


def words(pdf: Path) -> set[str]:
    """The words of a PDF in letters of Europe; one that the end of a line parts is two."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    text = unicodedata.normalize("NFKC", re.sub(r"-\n", "-", text))
    return set(re.findall(r"[a-zà-öø-ÿα-ω0-9]+", text.casefold()))


@pytest.mark.parametrize("target", TARGETS)
def test_the_shipped_report_comes_out_the_same(built: Path, target: str, tmp_path: Path) -> None:
    judge(built, target, tmp_path)


@pytest.mark.parametrize("target", ["arxiv", "overleaf"])
def test_hostile_texts_and_many_scripts_come_out_the_same(hostile: Path, target: str, tmp_path: Path) -> None:
    said = judge(hostile, target, tmp_path)
    assert "bundle-font" in said and "Amiri-Regular.ttf" in said
    text = subprocess.run(
        ["pdftotext", f"build/bundle/{target}.pdf", "-"], cwd=hostile, capture_output=True, text=True, check=True
    ).stdout
    assert "हिन्दी" in text and "漢字かな交じり文" in text and "한국어" in text
    assert not re.search("[\ue000-\uf8ff]", text)


def judge(root: Path, target: str, folder: Path) -> str:
    """A bundle is tried, and comes out the same by another program's reading too."""
    said = bundle(root, target)
    assert "makes" in said and "untried" not in said
    names = {path.name for path in (root / f"build/bundle/{target}").iterdir()}
    assert {"main.tex", "references.bib"} <= names and ("main.bbl" in names) == TARGETS[target].bbl
    for path in (root / f"build/bundle/{target}").glob("*.tex"):
        assert not re.search(r"(?<!\\)%[^\n]", path.read_text("utf-8")), path
    if target == "journal":  # the engine and the files of arXiv's
        return said
    ours = words(root / "build/report.pdf")
    theirs = words(compiled_by_latexmk(root, target, folder / "empty"))
    parted = {word for word in ours - theirs if any({word[:at], word[at:]} <= theirs for at in range(1, len(word)))}
    assert {word for word in ours - theirs - parted if len(word) > 2} == set()
    return said


def test_a_bundle_is_of_the_same_bytes_each_time(hostile: Path) -> None:
    zips = []
    for _ in range(2):
        bundle(hostile, "journal")
        zips.append((hostile / "build/bundle/journal.zip").read_bytes())
    assert zips[0] == zips[1]


def test_what_does_not_come_out_the_same_is_told(hostile: Path, tmp_path: Path) -> None:
    root = tmp_path / "changed"
    shutil.copytree(hostile, root)
    (root / "templates").mkdir(exist_ok=True)
    chapter = (ROOT / "templates/body.tex").read_text("utf-8")
    lost = r"\ifdefined\directlua Only LuaTeX says so, and at some length.\par\fi"
    (root / "templates/body.tex").write_text(
        chapter.replace("\\tableofcontents", f"{lost}\n\\tableofcontents"), "utf-8"
    )
    assert doit(root).returncode == 0
    done = doit(root, "bundle", "--for", "arxiv")
    assert done.returncode != 0 and "bundle-differs" in done.stdout + done.stderr
    assert "onlyluatexsaysso,andatsomelength" in done.stdout + done.stderr


def test_a_bundle_that_does_not_compile_is_told_with_the_reason(hostile: Path, tmp_path: Path) -> None:
    root = tmp_path / "broken"
    shutil.copytree(hostile, root)
    (root / "templates").mkdir(exist_ok=True)
    chapter = (ROOT / "templates/body.tex").read_text("utf-8")
    (root / "templates/body.tex").write_text(
        chapter.replace("\\tableofcontents", "\\directlua{}\n\\tableofcontents"), "utf-8"
    )
    assert doit(root).returncode == 0
    done = doit(root, "bundle", "--for", "arxiv")
    assert done.returncode != 0 and "bundle-failed" in done.stdout + done.stderr
    assert "Undefined control sequence" in done.stdout + done.stderr


def test_a_letter_that_no_font_of_the_target_has_is_told_at_its_place(hostile: Path, tmp_path: Path) -> None:
    root = tmp_path / "letter"
    shutil.copytree(hostile, root)
    fiche = root / "sources/fiches/k2.yaml"
    fiche.write_text("key: k2\nremarks:\n  - An 𒀀 of cuneiform\n", "utf-8")
    assert doit(root).returncode == 0
    done = doit(root, "bundle", "--for", "arxiv")
    said = done.stdout + done.stderr
    assert done.returncode != 0 and "bundle-letter" in said and "sources/fiches/k2.yaml:3:" in said


@pytest.mark.parametrize("word", ["", "arXiv", "hal"])
def test_a_target_that_is_not_known_is_told(hostile: Path, word: str) -> None:
    done = doit(hostile, "bundle", *(["--for", word] if word else []))
    assert done.returncode != 0 and "--for" in done.stdout + done.stderr
