"""The words of a picture are printed to the letter, as those of a text are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from synopse.locale import catalogue
from synopse.render.latex.environment import make_environment, render
from synopse.render.latex.escape import escape
from synopse.render.latex.linemap import without_marks
from tests.conftest import ROOT, pdf_text

WORDS = ("a -- b", "a --- b", "``a''", "?`a", "!`b", "<<a>>", ",,a", "fi ffl", "'a'", "a{}b", "50 % & #1 ~ ^ _")


@pytest.mark.slow
def test_a_picture_prints_its_words_to_the_letter(tmp_path: Path) -> None:
    environment = make_environment([ROOT / "templates"], catalogue("en"))
    text = without_marks(render(environment, "figures.tex", fallback=(), names=()))[0]
    lines = "\n\n".join(escape(words) for words in WORDS)
    (tmp_path / "t.tex").write_text(
        text.replace(r"\begin{document}", rf"\begin{{document}}\parindent0pt\hsize50mm\pagestyle{{empty}} {lines}"),
        "utf-8",
    )
    environ = {"OSFONTDIR": "/usr/share/fonts//", "PATH": "/usr/bin:/bin", "HOME": str(Path.home())}
    command = [shutil.which("lualatex") or "lualatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    read = pdf_text(tmp_path / "t.pdf").replace("’", "'").replace("ﬁ", "fi").replace("ﬄ", "ffl")
    assert [line for line in read.split("\n") if line.strip("\f ")] == list(WORDS)
