"""What the engine says of its boxes, as labels; and the engine itself, asked for names and titles of every script."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.bib.styles import style
from synopse.locale import catalogue
from synopse.render.latex.environment import make_environment, render
from synopse.render.latex.linemap import without_marks
from synopse.typeset.labels import Asking, Question, as_label, listed_keys, read_answers
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Smith et  Jones (2020b)", "Smith et Jones (2020b)"),
        (" Smith [3] ", "Smith [3]"),
        ("Smith\ue00012\ue001", "Smith¹²"),
        ("Smith\ue0003,4\ue001", "Smith³,⁴"),
        ("Smith\ue000\ue0003a\ue001\ue001", "Smith³ᵃ"),
        ("Smith\ue000Éa\ue001", "SmithÉa"),
        ("«   Un titre   » (1991)", "«\u00a0Un titre\u00a0» (1991)"),
        (", Un titre", "Un titre"),
        ("E\u0301lie (2020)", "Élie (2020)"),
        ("", ""),
    ],
)
def test_the_words_of_a_box_become_a_plain_label(said: str, label: str) -> None:
    assert as_label(said) == label


def test_a_key_without_an_entry_or_an_answer_has_no_label() -> None:
    bbl = "    \\entry{a}{misc}{}\n    \\endentry\n    \\keyalias{b}{a}\n    \\entry{c}{misc}{}\n"
    text = "0 Ann (2020)\n1 Ann (2020)\n2 \n3 d\n9 too many\nnot a line\n"
    assert read_answers(text, ["a", "b", "c", "d"], bbl) == {"a": "Ann (2020)", "b": "Ann (2020)"}


def test_what_is_printed_apart_from_the_sentence_and_the_order_of_the_list_are_read_beside_the_labels() -> None:
    bbl = "    \\entry{c}{misc}{}\n    \\endentry\n    \\entry{a}{misc}{}\n    \\keyalias{b}{a}\n"
    text = "0 Ann (2020)\n0+ (Ann 2020)\n1 Ann (2020)\n1+ \n"
    assert read_answers(text, ["a", "b", "c"], bbl) == {"a": "Ann (2020)", "b": "Ann (2020)"}
    assert read_answers(text, ["a", "b", "c"], bbl, "+") == {"a": "(Ann 2020)"}
    assert listed_keys(["a", "b", "c"], bbl) == ("c", "a")


BIB = r"""
@misc{han, author={张三 and 李四}, title={Han}, date={2020}}
@misc{hyphen, author={Müller-Lüdenscheidt, Kai-Uwe and O'Neil, P.}, title={Hyphen}, date={2020}}
@misc{title, title={Mean $x^2$ and \emph{in vivo} office affix \textsuperscript{13}C values}, date={2020}}
@misc{arabic, author={{نجيب محفوظ}}, title={Arabic}, date={2020}}
@misc{signs, author={{AT\&T} and {R\&D \#1 50\% \_x}}, title={Signs}, date={2020/2021}}
@misc{short, author={Ng, A.}, shorthand={NGX}, title={Short}, date={2021}}
@misc{ligature, author={Fffi, Office}, title={Ligature}, date={2021}, pubstate={inpress}}
@misc{same, author={Fffi, Office}, title={Same}, date={2021}}
"""
KEYS = ["han", "hyphen", "title", "arabic", "signs", "short", "ligature", "same"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "authoryear",
            ["张三 and 李四 (2020)", "Müller-Lüdenscheidt and O'Neil (2020)",
             "Mean \ufffc and in vivo office affix ¹³C values (2020)", "نجيب محفوظ (2020)",
             "AT&T and R&D #1 50% _x (2020–2021)", "Ng (NGX)", "Fffi (2021a)", "Fffi (2021b)"],
        ),
        # One that names an author once where works of his follow each other, and one that cites in notes alone.
        ("mla", [None, "Müller-Lüdenscheidt and O'Neil", None, "نجيب محفوظ", None, None, "Fffi, Ligature", "Fffi, Same"]),
        ("footnote-dw", [None, "Müller-Lüdenscheidt/O'Neil, Hyphen", None, None, None, None, "Fffi, Ligature", "Fffi, Same"]),
    ],
)  # fmt: skip
def test_the_style_says_what_it_calls_a_work(name: str, expected: list[str | None], tmp_path: Path) -> None:
    environment, loaded = make_environment([ROOT / "templates"], catalogue("en")), style(name)
    (tmp_path / "tex").mkdir()
    (tmp_path / "tex/base.tex").write_text(without_marks(render(environment, "base.tex", style=loaded))[0], "utf-8")
    (tmp_path / "tex/references.bib").write_text(BIB, "utf-8")
    text = render(environment, "labels.tex", babel="english", lang="en", style=loaded, keys=KEYS)
    answers = Asking(Question(without_marks(text)[0], KEYS, tmp_path / "tex"), tmp_path, 0).ask()
    assert answers.bbl and answers.biber == ()
    said = [answers.labels.get(key) for key in KEYS]
    assert [label if wanted else None for label, wanted in zip(said, expected, strict=True)] == expected
    assert (
        answers.apart.get("same", "") == {"authoryear": "(Fffi 2021b)", "mla": "(Fffi, Same)", "footnote-dw": ""}[name]
    )
    assert sorted(answers.order) == sorted(KEYS)
