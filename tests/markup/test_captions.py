"""Tables that a person drew: the caption below them, the widths that their dashes ask for."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue
from synopse.markup.captions import widths_of
from synopse.markup.parse import parse
from synopse.markup.text import plain, plain_blocks
from synopse.markup.tree import Paragraph, PipeTable
from synopse.render.latex.linemap import without_marks
from synopse.render.latex.writer import LatexWriter
from tests.conftest import scalar

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def table(text: str) -> tuple[PipeTable, int]:
    """The table of a text, and how many blocks follow it."""
    blocks, found = parse(scalar(text), "fr", "text")
    assert found == [] and isinstance(blocks[0], PipeTable)
    return blocks[0], len(blocks) - 1


@pytest.mark.parametrize(
    "below", ["\n: Une *légende*, et plus\n", ": Une *légende*, et plus\n", "\n\n:   Une *légende*, et plus"]
)
def test_a_line_with_a_colon_below_a_table_is_its_caption(below: str) -> None:
    found, more = table(TABLE + below)
    assert plain(found.caption) == "Une légende, et plus" and len(found.rows) == 1 and more == 0


@pytest.mark.parametrize(
    "below", ["| : a | |\n", "| : a\n", "\nUn texte.\n", "\n:rien\n", "\n::: deux\n", "| : a | b |\n", ""]
)
def test_any_other_line_is_not(below: str) -> None:
    found, _ = table(TABLE + below)
    assert found.caption == ()


def test_only_the_first_line_is_the_caption_and_a_colon_without_a_table_is_a_text() -> None:
    found, more = table(TABLE + "\n: Une\n\n: Deux\n")
    assert plain(found.caption) == "Une" and more == 1
    blocks, _ = parse(scalar(": Un texte"), "fr", "text")
    assert isinstance(blocks[0], Paragraph) and plain_blocks(blocks) == ": Un texte"


def test_no_word_of_a_caption_is_lost_in_print_or_in_plain_words() -> None:
    blocks, _ = parse(scalar(TABLE + "\n: Une légende à 50 % [^1]\n\n[^1]: Sa note.\n"), "fr", "text")
    assert "Une légende à 50 %" in plain_blocks(blocks) and "Sa note." in plain_blocks(blocks)
    latex, _ = without_marks(LatexWriter(catalogue("fr")).blocks(blocks))
    assert r"\caption[{Une légende à 50 \%" in latex and latex.count(r"\toprule") == 2 and "Sa note." in latex


@pytest.mark.parametrize(
    ("line", "widths"),
    [
        ("|---|---|", ()),
        ("|:---|----:|", (4, 5)),
        ("|:-:|---|", ()),
        ("--- | ---------", (3, 9)),
        ("|:-:|:-:|", ()),
        ("| a | b |", ()),
    ],
)
def test_dashes_ask_for_widths_where_they_differ(line: str, widths: tuple[int, ...]) -> None:
    assert widths_of(line) == widths


@pytest.mark.parametrize("before", ["", "> ", "- "])
def test_wide_columns_go_by_their_dashes(before: str) -> None:
    words = "mot " * 60
    rows = ["| a | b |", "|---|---------|", f"| {words} | {words} |"]
    text = "\n".join(
        (before if number == 0 or before == "> " else " " * len(before)) + row for number, row in enumerate(rows)
    )
    blocks, _ = parse(scalar(text), "fr", "text")
    latex, _ = without_marks(LatexWriter(catalogue("fr")).blocks(blocks))
    import re

    first, second = (float(each) for each in re.findall(r"p\{(0\.\d+)\\linewidth\}", latex))
    assert 2.4 < second / first < 3.6
