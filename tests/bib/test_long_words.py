"""Words of a .bib that are longer than a line: they break as in any other text, and nothing is added to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.bib.library import read_library
from synopse.bib.write import escape_breakable, fields_of, write_bib
from tests.bib.judge import PLAIN, printed

WORDS = ["Methionylthreonylthreonylglutaminylarginyltyrosylglutamylserylleucylphenylalanylalanyl", "org.kubeflow.trainer.operator.v1.TFJobOperator",
         "漢字仮名交じり文は日本語の文章を書き表すための表記法のひとつである", "a/long/path/of/an/archive/without/any/space/in/it", "__init__" * 8]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_long_word_of_a_title_may_break_and_is_read_back_the_same(word: str) -> None:
    library, _ = read_library({"a.bib": f"@misc{{k, title={{A {word.replace('_', chr(92) + '_')} b}}}}".encode()})
    assert r"\allowbreak{}" in fields_of(library.references["k"], escape_breakable)["title"]
    again, found = read_library({"a.bib": write_bib(library.references.values(), escape=escape_breakable).encode()})
    assert found == [] and again.references["k"].title == library.references["k"].title


def test_a_word_of_a_language_is_left_to_its_own_hyphens() -> None:
    library, _ = read_library({"a.bib": b"@misc{k, title={Anticonstitutionnellement, a state-of-the-art-approach}}"})
    assert r"\allowbreak" not in write_bib(library.references.values(), escape=escape_breakable)


@pytest.mark.slow
def test_the_same_words_are_printed(tmp_path: Path) -> None:
    library, _ = read_library(
        {
            "a.bib": "\n".join(
                f"@misc{{k{n}, title={{{word.replace('_', chr(92) + '_')}}}}}" for n, word in enumerate(WORDS)
            ).encode()
        }
    )
    page = printed(
        [(write_bib(library.references.values(), escape=escape_breakable), list(library.references))], tmp_path, *PLAIN
    )
    assert [word for n, word in enumerate(WORDS) if word not in page.words[f"1:k{n}"].replace(" ", "")] == []


def test_the_bibliography_that_a_person_cites_from_holds_no_marks() -> None:
    library, _ = read_library({"a.bib": f"@misc{{k, title={{{WORDS[1]}}}}}".encode()})
    assert r"\allowbreak" not in write_bib(library.references.values())
