"""The folder that others compile: flat names, nothing but what is used, no comments, and what its target asks for."""

from __future__ import annotations

import json
import re
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from synopse.render.latex.bundle import MAIN, TARGETS, bundled, pixels_of, refused, without_comments

BODY = rb"""A body.% and a comment
\input{fiches/one}
\input{synthesis}
"""
FILES = {
    "body.tex": BODY,
    "base.tex": b"never used",
    "fiches/one.tex": rb"\synopseimage{images/0af.png}{Alt \% text}{}{}" + b"\n",
    "fiches/two.tex": b"not listed\n",
    "synthesis.tex": b"\\ifdefined\\synopsewait\\synopsewait\\fi\n\\input{synthesis/part_1}%\n",
    "synthesis/part_1.tex": rb"\includegraphics[alt={a}]{figures/part_1}" + b"\n",
    "synthesis/old.tex": b"",
    "figures/part_1.pdf": b"%PDF-1",
    "figures/part_1.tex": b"shapes",
    "figures/old.pdf": b"%PDF-0",
    "images/0af.png": b"\x89PNG",
    "images/unused.jpg": b"\xff\xd8",
    "references.bib": b"@misc{k}\n",
    "logo.pdf": b"%PDF-2",
    "own.sty": b"\\ProvidesPackage{own}",
    "left.cls": b"",
}
MAIN_TEXT = "%% a line\n\\usepackage{own}\n\\begin{document}\n\\input{body}\n\\end{document}\n"


def test_one_file_holds_all_that_the_report_says_and_names_are_flat() -> None:
    made = bundled(MAIN_TEXT, FILES, TARGETS["arxiv"])
    assert set(made) == {"main.tex", "figure-part_1.pdf", "image-1.png", "references.bib", "own.sty", "00README.json"}
    text = made["main.tex"].decode()
    assert text == (
        "\\usepackage{own}\n\\begin{document}\nA body.%\n\\synopseimage{image-1.png}{Alt \\% text}{}{}\n"
        "\\includegraphics[alt={a}]{figure-part_1.pdf}%\n\\end{document}\n"
    )


def test_overleaf_has_a_file_for_each_fiche_and_part() -> None:
    made = bundled(MAIN_TEXT, FILES, TARGETS["overleaf"])
    assert set(made) == {
        "main.tex", "body.tex", "fiche-one.tex", "synthesis.tex", "part-part_1.tex", "figure-part_1.pdf", "image-1.png",
        "references.bib", "own.sty", "latexmkrc"}  # fmt: skip
    assert b"\\input{fiche-one}" in made["body.tex"] and b"synopsewait" not in made["synthesis.tex"]
    assert b"$pdf_mode = 4" in made["latexmkrc"]


def test_arxiv_is_told_the_compiler_and_runs_biber_itself() -> None:
    told = json.loads(bundled(MAIN_TEXT, FILES, TARGETS["arxiv"])["00README.json"])
    assert told["spec_version"] == 1 and told["process"] == {"compiler": "xelatex"}
    assert told["sources"] == [{"filename": f"{MAIN}.tex", "usage": "toplevel"}]
    assert not TARGETS["arxiv"].bbl and TARGETS["journal"].bbl


def test_the_same_inputs_give_the_same_files() -> None:
    for target in TARGETS.values():
        again = dict(reversed(FILES.items()))
        assert list(bundled(MAIN_TEXT, FILES, target).items()) == list(bundled(MAIN_TEXT, again, target).items())


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("a % b", "a %"),
        (r"100\% sure % why", r"100\% sure %"),
        (r"new line\\% note", r"new line\\%"),
        (r"a \\\% b", r"a \\\% b"),
        ("% whole\nb", "b"),
        ("  % whole\nb", "b"),
        ("%\nb", "%\nb"),
        ("a%\nb", "a%\nb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\n\n\na", "a"),
    ],
)
def test_comments_go_and_what_they_hide_stays_hidden(typed: str, left: str) -> None:
    assert without_comments(typed) == left


@example("a%\n\n\na")
@given(st.lists(st.sampled_from(["a", "%", r"\%", r"\\", " ", "\n", "{", "}", r"\input"]), max_size=30).map("".join))
def test_without_comments_tex_reads_the_same(text: str) -> None:
    def read(latex: str) -> str:
        """As TeX reads lines: a comment ends its line, and the next line begins after its blanks."""
        out, hidden = [], False
        for line in latex.split("\n"):
            kept = re.sub(r"(?<!\\)((?:\\\\)*)%.*", r"\1", line.lstrip(" "))
            hidden = kept != line.lstrip(" ")
            out.append(
                "\n\n" if not line.strip(" ") else kept + ("" if hidden else "\n")
            )  # an empty line ends the paragraph
        return re.sub(r"\n{3,}", "\n\n", "".join(out)).strip("\n")

    assert read(without_comments(text)) == read(text)


def test_what_arxiv_does_not_take_is_told() -> None:
    large = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 7000, 5000)
    files = {"my logo.png": b"", "été.pdf": b"", "image-1.png": large, "a.pdf": bytes(51_000_000)}
    assert [code for code, _ in refused(files, TARGETS["arxiv"])] == [
        "bundle-name", "bundle-name", "bundle-picture", "bundle-size"]  # fmt: skip
    assert [code for code, _ in refused(files, TARGETS["journal"])] == ["bundle-name", "bundle-name", "bundle-size"]
    assert not list(refused({"main.tex": b"", "a+b_c=1,2.pdf": b""}, TARGETS["arxiv"]))


def test_the_pixels_of_an_image_are_read_from_its_header() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03"
    assert pixels_of(jpeg) == 1200
    assert pixels_of(b"%PDF-1.5") == pixels_of(b"\xff\xd8") == pixels_of(b"") == 0
