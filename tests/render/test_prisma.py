"""The flow of a selection: its arithmetic, its boxes and their words, none of which is divided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from synopse.locale import LANGUAGES, catalogue
from synopse.render.measure import width
from synopse.render.page import PORTRAIT
from synopse.render.pictures import TALLEST, draw
from synopse.render.shapes import SMALLEST, Picture
from synopse.synthesis.table import Figure
from tests.conftest import ROOT
from tests.synthesis.corpus import small

WHOLE = re.search(r"```yaml\n(selection:\n.*?)```", (ROOT / "docs/report.md").read_text("utf-8"), re.DOTALL)
LEVEL = "  levels:\n    - {title: Read in full, screened: 260, excluded: 0}\n"


def picture(root: Path, selection: str, lang: str = "en") -> tuple[Picture, list[str]]:
    """The diagram of a selection, and the codes of what is told of it."""
    session = small(root, synthesis="  - {kind: prisma}\n", lang=lang, selection=selection)
    (figure,) = session.synthesis[0]
    assert isinstance(figure, Figure)
    (made,) = draw(figure, catalogue(lang))
    return made, told(root, selection)


def told(root: Path, selection: str) -> list[str]:
    """The codes of what is told of a selection."""
    session = small(root, synthesis="  - {kind: prisma}\n", lang="en", selection=selection)
    return [each.code for each in session.problems if each.code.startswith(("selection", "wrong"))]


def boxes(made: Picture) -> list[str]:
    return [shape.text.replace("\n", " ").replace("\u00a0", " ") for shape in made.shapes if shape.kind == "box"]


def documented() -> str:
    assert WHOLE is not None
    return WHOLE[1]


def test_every_box_of_the_published_template_is_there_in_its_own_words(tmp_path: Path) -> None:
    made, codes = picture(tmp_path, documented())
    assert codes == ["selection-included"]  # the three fiches are not fifteen
    assert boxes(made) == [
        "Records identified from: MEDLINE (n = 700) Embase (n = 540)",
        "Records removed before screening: duplicates (n = 240)",
        "Records identified from: citation searching (n = 9)",
        "Studies included in previous version of review (n = 4)",
        "Records screened (n = 1,000)",
        "Records excluded (n = 740)",
        "Reports sought for retrieval (n = 260)",
        "Reports not retrieved (n = 10)",
        "Reports sought for retrieval (n = 9)",
        "Reports not retrieved (n = 0)",
        "Reports assessed for eligibility (n = 250)",
        "Reports excluded: wrong outcome (n = 235)",
        "Reports assessed for eligibility (n = 9)",
        "Reports excluded: no comparison (n = 6)",
        "Studies included in review (n = 15) Reports of included studies (n = 18)",
        "Total studies included in review (n = 19)",
        "Studies included in quantitative synthesis (n = 11)",
    ]


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es", "it", "pt"])
def test_boxes_stand_on_the_page_apart_from_each_other(tmp_path: Path, lang: str) -> None:
    made, _ = picture(tmp_path, documented(), lang)
    placed = [shape for shape in made.shapes if shape.kind == "box"]
    assert made.size >= SMALLEST
    for shape in placed:
        assert shape.x >= 7 and shape.x + shape.w <= PORTRAIT + 0.01 and shape.y - shape.h >= -TALLEST
    for one in placed:
        for other in placed:
            beside = one.x + one.w <= other.x or other.x + other.w <= one.x
            above = one.y - one.h >= other.y or other.y - other.h >= one.y
            assert one is other or beside or above


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("assessed: 250", "assessed: 240"), "selection-sum"),
        (("reports: 18", "reports: 17"), "selection-sum"),
        (("synthesised: 11", "synthesised: 90"), "selection-sum"),
        (("count: 6}", "count: 5}"), "selection-sum"),
        (("  screened: 1000", "  without: [boxes]\n  screened: 1000"), "wrong-choice"),
        (("  excluded: 740", "  excluded: 740\n  excluded_for: [{reason: too old, count: 700}]"), "selection-sum"),
    ],
)
def test_a_sum_that_is_wrong_is_told(tmp_path: Path, edit: tuple[str, str], code: str) -> None:
    assert edit[0] in documented()
    assert code in told(tmp_path, documented().replace(*edit))


def test_boxes_are_left_out_and_levels_added(tmp_path: Path) -> None:
    asked = documented().replace(
        "  sought: 260\n", f"{LEVEL}  without: [removed, sought, not_retrieved]\n  sought: 260\n"
    )
    made, codes = picture(tmp_path, asked)
    assert codes == ["selection-included"]
    shown = boxes(made)
    assert "Read in full (n = 260)" in shown
    assert not [box for box in shown if re.search("removed|sought|not retrieved", box)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_of_every_stage_is_as_high_as_its_name_is_long(tmp_path: Path, lang: str) -> None:
    made, _ = picture(
        tmp_path, "selection: {identified: {MEDLINE: 9}, screened: 9, excluded: 6, assessed: 3, included: 3}\n", lang
    )
    stages = [shape for shape in made.shapes if shape.kind == "stage"]
    assert len(stages) == 3
    assert all(shape.h >= width(shape.text, SMALLEST, "head") for shape in stages)
