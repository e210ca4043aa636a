"""The LaTeX writer: any Unicode text in, the same text out of the PDF; no text can run a command."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.locale import catalogue
from synopse.markup.fonts import UNPRINTED, fallbacks
from synopse.markup.parse import parse
from synopse.markup.tree import Text
from synopse.render.latex.writer import LatexWriter, Scope, escape, escape_url
from tests.conftest import pdf_text, scalar

ACTIVE = r"\{}$&#%_^~"
COMMANDS = (r"\synopsejoin{}", r"\synopsebreak{}", r"\synopsecut{}", "%\n", "{[}", "{]}", r"\textbackslash{}", r"\{", r"\}", r"\$", r"\&", r"\#", r"\%", r"\_", r"\textasciicircum{}",
            r"\textasciitilde{}", r"\,", r"\-", r"\allowbreak{}", r"\nobreak{}", "~")  # fmt: skip


def without_escapes(latex: str) -> str:
    """The LaTeX less every escape that the writer may write."""
    return re.sub("|".join(map(re.escape, COMMANDS)), "", latex)


@given(st.text())
def test_nothing_but_known_escapes_is_ever_written(text: str) -> None:
    rest = re.sub(r"\\synopseword\{([^{}]*)\}", r"\1", without_escapes(escape(text)))
    assert not set(rest) & set(ACTIVE)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", rest)


@given(st.text())
def test_an_address_cannot_end_its_braces(text: str) -> None:
    assert re.fullmatch(r"(?:[A-Za-z0-9:/?=.,;+@!*()'-]|\\[%#&_~])*", escape_url(text))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_of_a_person_becomes_balanced_latex(text: str) -> None:
    blocks, _ = parse(scalar(text))
    latex = LatexWriter(catalogue("fr")).blocks(blocks)
    depth = 0
    for sign in re.findall(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    for command in re.findall(r"\\([A-Za-z]+)", latex):
        assert command not in ("input", "write", "directlua", "csname", "catcode", "openout", "include", "def")


def visible(text: str) -> str:
    """What can be compared: composed letters, no spaces, no characters without a width of their own."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Mn", "Me"))


def samples() -> list[str]:
    """Three hundred texts: every printable ASCII pair that LaTeX could misread, and words of a dozen scripts."""
    signs = "\\{}$&#%_^~`'\"<>-,?!|@*[]()=+/:;."
    pairs = [a + b for a in signs for b in "\\-`'<>,?!{}%^~"]
    words = ["Études — cœur naïve ÆŒ ßþð", "Ελληνική γλώσσα", "русский язык ё", "数字図書館 漢字", "한국어 문서",
             "Łódź ş ț ơ ư ạ", "∑ ∞ ≤ ≥ ≠ → ⇒", "fi ffi fl Th ct", "\\input{/etc/passwd}", "\\directlua{os.exit()}",
             "^^5cinput", "\\end{document}", "%", "{{{", "}}}", "$$$", "a" * 200, "https://x.org/~a_b?c=d&e#f%20"]  # fmt: skip
    return pairs[:280] + words


@pytest.mark.slow
def test_hundreds_of_texts_come_out_of_the_pdf_as_they_went_in(built: Path, tmp_path: Path) -> None:
    texts = samples()
    writer = LatexWriter(catalogue("fr"))
    lines = [
        f"ZQ{number}B {writer.inlines((Text(text),), Scope(literal=True))} E{number}QZ\\par"
        for number, text in enumerate(texts)
    ]
    preamble = (built / "build/tex/preamble.tex").read_text("utf-8")
    fonts = "".join(f'"file:{font.file}:mode=node;",' for font in fallbacks("".join(texts))[0])
    setup = r"\directlua{luaotfload.add_fallback('synopse', {" + fonts + r"})}"
    preamble = preamble.replace("Ligatures=TeXOff]", "Ligatures=TeXOff]", 1)
    preamble = preamble.replace(
        r"\defaultfontfeatures{Ligatures=TeXOff}",
        setup + r"\defaultfontfeatures{Ligatures=TeXOff,RawFeature={fallback=synopse}}",
    ).replace("]{Ligatures=TeXOff}", "]{Ligatures=TeXOff,RawFeature={fallback=synopse}}")
    body = "\n".join(lines)
    (tmp_path / "t.tex").write_text(
        f"{preamble}\n\\begin{{document}}\\raggedright\n{body}\n\\end{{document}}\n", "utf-8"
    )
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "t.tex"]
    shutil.copy(built / "build/tex/base.tex", tmp_path)
    environment = {"OSFONTDIR": "/usr/share/fonts//", "PATH": "/usr/bin:/bin", "HOME": str(Path.home())}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    found = visible(pdf_text(tmp_path / "t.pdf"))
    wrong = []
    for number, text in enumerate(texts):
        match = re.search(rf"ZQ{number}B(.*?)E{number}QZ", found, re.DOTALL)
        if match is None or re.sub(r"^\d*$", "", match[1]) != visible(text):
            wrong.append((text, match and match[1]))
    assert wrong == []


def test_every_character_of_libertine_needs_no_other_font() -> None:
    assert fallbacks("éœ«»—’ŁąΩя") == ([], [])


def test_a_character_that_no_font_has_is_named() -> None:
    assert fallbacks("a\U000e0fff")[1] == ["\U000e0fff"]
    assert not set("\u200b\u00ad") - UNPRINTED


def test_a_script_without_spaces_gets_no_hyphen_in_a_narrow_column() -> None:
    thai, latin = "การวิเคราะห์ข้อมูลเชิงคุณภาพ", "électroencéphalographiquement"
    assert r"\synopsehyphen" in escape(latin, 10) and r"\synopsehyphen" not in escape(thai, 10)
    assert r"\synopsecut{}" in escape(thai, 10)
