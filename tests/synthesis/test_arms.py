"""What arms alone give of a study is never called missing; what a paper says of all its studies at once is one value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.build.session import Session
from synopse.build.web import _paper
from synopse.locale import LANGUAGES
from synopse.synthesis.table import Figure, Part, Table
from synopse.synthesis.values import evaluate, namespace, shown

FORM = """
sections:
  - id: about
    title: About
    fields:
      - {id: people, type: number, title: People}
      - {id: bias, type: choice, choices: [low, high], title: Risk of bias}
      - {id: begun, type: date, title: Begun}
      - {id: aim, title: Aim}
      - {id: results, type: items, title: Results}
      - {id: limits, type: items, title: Limits}
"""
ARMS: list[dict[str, Any]] = [
    {"id": "drug", "title": "Drug", "people": 150, "bias": "low", "begun": 2016, "aim": "To heal"},
    {"id": "placebo", "people": 160, "bias": "high", "begun": 2017, "aim": "To please"},
]
PARTS: list[dict[str, Any]] = [
    {"kind": "numbers", "field": "people"},
    {"kind": "recurrence", "field": "bias"},
    {"kind": "bars", "field": "bias"},
    {"kind": "matrix", "field": "bias"},
    {"kind": "heatmap", "field": "bias"},
    {"kind": "gaps", "field": "bias", "rows": "bias"},
    {"kind": "timeline", "field": "begun"},
    {"kind": "compare", "fields": ["aim", "people", "bias"]},
    {"kind": "characteristics", "columns": ["people", "bias", "begun"]},
    {"kind": "coverage"},
    {"kind": "recurrence", "field": "aim"},
]


def review(
    root: Path, fiches: dict[str, dict[str, Any]], synthesis: list[dict[str, Any]] = PARTS, lang: str = "en"
) -> Session:
    """A review with these fiches."""
    report = {"title": "T", "lang": lang, "fiches": list(fiches), "synthesis": synthesis}
    files = {
        "sources/form.yaml": FORM,
        "sources/vocabulary.yaml": "themes: [{id: cost, title: Cost}]\n",
        "sources/report.yaml": yaml.safe_dump(report, sort_keys=False),
        "bib/a.bib": "".join(
            f"@misc{{{key}, author={{{key.title()}, A}}, title={{On {key}}}, year=2024}}\n" for key in fiches
        ),
    }
    for key, fiche in fiches.items():
        files[f"sources/fiches/{key}.yaml"] = yaml.safe_dump(
            {"key": key, "status": "partial", **fiche}, sort_keys=False
        )
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return Session(root)


def parts_of(session: Session) -> dict[str, Part]:
    """The parts by id, once nothing is wrong."""
    assert not [each for each in session.problems if each.severity == "error"]
    return {part.id: part for part in session.synthesis[0]}


def table_of(part: Part) -> Table:
    """The table of a part, or that of its picture."""
    assert isinstance(part, (Table, Figure))
    return part.table if isinstance(part, Figure) else part


def note_of(part: Part) -> str:
    """What a part says below."""
    return "".join(getattr(each, "text", "") for each in table_of(part).note)


def rows_of(part: Part) -> list[list[str]]:
    """The words of each row."""
    return [
        [cell.text or ("" if cell.number is None else str(cell.number)) for cell in row.cells]
        for row in table_of(part).rows
    ]


def value(session: Session, expression: str) -> str:
    """What prose says for a value."""
    corpus = session.project.corpus
    return shown(evaluate(expression, namespace(corpus)), corpus)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_arms_alone_give_is_nowhere_called_missing(lang: str, tmp_path: Path) -> None:
    session = review(tmp_path, {"p1": {"arms": ARMS}}, lang=lang)
    words = session.project.words
    for part in parts_of(session).values():
        said = " ".join([table_of(part).lead, note_of(part), *(cell for row in rows_of(part) for cell in row)])
        assert words["not-filled"] not in said
        assert words.said("lead.choice.none", field=words.quoted("Risk of bias")) not in said
        assert words.said("timeline.undated", n=1) not in said
        assert table_of(part).facts.get("n") != 0 or part.id == "recurrence-aim"  # no text has a theme
    numbers = table_of(parts_of(session)["numbers-people"])
    assert [column.title for column in numbers.columns][1:4] == [
        words["column.papers"],
        words["column.kept-out"],
        words["column.missing"],
    ]
    assert [cell.number for cell in numbers.rows[0].cells][1:4] == [0, 1, 0]
    assert words.said("kept-out.by-arm", n=1) in note_of(numbers)


def test_a_study_counts_once_for_each_different_choice_of_its_arms(tmp_path: Path) -> None:
    session = review(tmp_path, {"p1": {"arms": [*ARMS, {"id": "third", "bias": "high"}]}, "p2": {"bias": "low"}})
    made = parts_of(session)
    assert rows_of(made["bars-bias"]) == [["low", "2"], ["high", "1"]]
    assert [row[:3] for row in rows_of(made["recurrence-bias"])] == [["low", "2", "100%"], ["high", "1", "50%"]]
    assert rows_of(made["heatmap-bias"]) == [["low", "1", "1"], ["high", "1", "0"]]
    assert table_of(made["recurrence-bias"]).lead == "Risk of bias: low (2) and high (1)."
    for name in ("bars-bias", "recurrence-bias", "matrix-bias", "heatmap-bias", "gaps-bias-bias"):
        assert note_of(made[name]) == "One study stands under several values, as its arms differ."
    assert value(session, "field('bias').count") == "2"
    assert value(session, "field('bias').count('high')") == "1"
    corpus = session.project.corpus.by_study
    assert _paper(corpus, corpus.papers[0])["v"]["bias"] == ["low", "high"]


def test_numbers_of_arms_are_kept_out_and_told_so(tmp_path: Path) -> None:
    session = review(tmp_path, {"p1": {"arms": ARMS}, "p2": {"people": 10}, "p3": {}})
    numbers = parts_of(session)["numbers-people"]
    assert rows_of(numbers) == [["People", "1", "1", "1", "10", "10", "10"]]
    assert note_of(numbers) == "Not counted: People, one given by arm only."
    assert "two studies of three give" in table_of(numbers).lead
    assert [value(session, f"field('people').{part}") for part in ("count", "numbers", "kept_out", "missing")] == [
        "2",
        "1",
        "1",
        "1",
    ]


def test_a_study_whose_arms_have_several_dates_has_a_row_for_each_in_a_timeline(tmp_path: Path) -> None:
    same: list[dict[str, Any]] = [{"id": "a", "begun": 2015}, {"id": "b", "begun": 2015}]
    session = review(tmp_path, {"p1": {"arms": ARMS}, "p2": {"arms": same}, "p3": {"begun": 2018}, "p4": {}})
    timeline = parts_of(session)["timeline-begun"]
    assert [row[:2] for row in rows_of(timeline)] == [
        ["P2 (2024)", "2015"],
        ["P1 (2024), Drug", "2016"],
        ["P1 (2024), placebo", "2017"],
        ["P3 (2024)", "2018"],
    ]
    assert table_of(timeline).lead == "Three studies are dated (2015 – 2018)."
    assert note_of(timeline) == "Without a date that could be drawn: one study."
    assert (value(session, "field('begun').first"), value(session, "field('begun').last")) == ("2015", "2018")
    alone = parts_of(review(tmp_path, {"p1": {"arms": ARMS}}))["timeline-begun"]
    assert table_of(alone).lead == "One study is dated (2016 – 2017)."


def test_what_arms_alone_give_stands_in_the_row_of_their_study_behind_their_names(tmp_path: Path) -> None:
    arms: list[dict[str, Any]] = [{**ARMS[0], "bias": "high"}, ARMS[1]]
    synthesis: list[dict[str, Any]] = [
        *PARTS,
        {"kind": "characteristics", "id": "arms", "columns": ["people"], "arms": True},
    ]
    made = parts_of(review(tmp_path, {"p1": {"arms": arms}}, synthesis))
    assert rows_of(made["characteristics"]) == [
        ["P1 (2024)", "Drug: 150\nplacebo: 160", "high", "Drug: 2016\nplacebo: 2017"]
    ]
    assert rows_of(made["arms"]) == [["P1 (2024)", ""], ["– Drug", "150"], ["– placebo", "160"]]
    (compare,) = (part for name, part in made.items() if name.startswith("compare"))
    assert rows_of(compare) == [["P1 (2024)", "Drug: To heal\nplacebo: To please", "Drug: 150\nplacebo: 160", "high"]]
    assert table_of(compare).facts["lead"] == "lead.compare.all"
    assert "To please" in rows_of(made["recurrence-aim"])[0][3]


def test_a_part_keeps_a_study_for_what_one_of_its_arms_gives(tmp_path: Path) -> None:
    synthesis = [
        {"kind": "characteristics", "id": name, "where": {name: asked}}
        for name, asked in (("people", "160"), ("bias", "high"), ("begun", "2017"), ("aim", "To please"))
    ]
    made = parts_of(review(tmp_path, {"p1": {"arms": ARMS}, "p2": {"bias": "low"}}, synthesis))
    assert {name: [row.paper for row in table_of(part).rows] for name, part in made.items()} == {
        name: ["p1"] for name in ("people", "bias", "begun", "aim")
    }


def test_what_one_arm_alone_gives_is_partial_and_not_empty(tmp_path: Path) -> None:
    coverage = parts_of(review(tmp_path, {"p1": {"arms": [{"id": "a", "bias": "low"}, {"id": "b"}]}, "p2": {}}))[
        "coverage"
    ]
    assert [cell.mark for cell in table_of(coverage).rows[0].cells[1:3]] == ["partial", "empty"]


TWO: list[dict[str, Any]] = [{"id": "a"}, {"id": "b"}]


def test_a_number_that_a_paper_gives_for_all_its_studies_counts_once(tmp_path: Path) -> None:
    session = review(tmp_path, {"p1": {"people": 135, "studies": TWO}, "p2": {"people": 5}})
    made = parts_of(session)
    assert rows_of(made["numbers-people"]) == [["People", "2", "1", "0", "5", "70", "135"]]
    assert note_of(made["numbers-people"]) == "Not counted: People, one counted with another study of the paper."
    assert "three studies of three" in table_of(made["numbers-people"]).lead.replace("all", "three studies of three")
    assert value(session, "field('people').sum") == "140"
    assert (value(session, "field('people').numbers"), value(session, "field('people').count")) == ("2", "3")
    assert [row[1] for row in rows_of(made["characteristics"])] == ["135", "135", "5"]
    assert not [each for each in session.problems if each.code == "number-of-all"]


def test_a_remark_that_a_paper_makes_of_all_its_studies_is_one_remark(tmp_path: Path) -> None:
    fiches: dict[str, dict[str, Any]] = {
        "p1": {"results": ["One"], "studies": TWO},
        "p2": {"results": ["Two", "Three"]},
    }
    session = review(tmp_path, fiches)
    assert value(session, "field('results').remarks") == "3"
    assert value(session, "field('results').count") == "3"


def test_a_paper_that_says_one_thing_of_all_its_studies_does_not_disagree_with_itself(tmp_path: Path) -> None:
    remark = [{"text": "Cheap", "theme": "cost"}]
    synthesis: list[dict[str, Any]] = [
        {"kind": "agreement", "fields": ["results"], "against": ["limits"], "id": "facing"}
    ]
    both = {"results": remark, "limits": remark}
    one = review(tmp_path, {"p1": {**both, "studies": TWO}, "p2": {}}, synthesis)
    assert rows_of(parts_of(one)["facing"]) == []
    own: list[dict[str, Any]] = [{"id": "a", "results": remark}, {"id": "b", "limits": remark}]
    two = review(tmp_path, {"p1": {"studies": own}, "p2": {}}, synthesis)
    assert len(rows_of(parts_of(two)["facing"])) == 1


@pytest.mark.parametrize(
    ("studies", "told"),
    [
        ([{"id": "a", "people": 40}, {"id": "b", "title": "Second"}], 1),
        ([{"id": "a", "people": 40}, {"id": "b", "people": 95}], 0),
        (TWO, 0),
        ([{"id": "a"}], 0),
    ],
)
def test_a_number_of_the_paper_that_is_taken_for_some_of_its_studies_is_told(
    studies: list[dict[str, Any]], told: int, tmp_path: Path
) -> None:
    session = review(tmp_path, {"p1": {"people": 135, "studies": studies}, "p2": {}})
    found = [each for each in session.problems if each.code == "number-of-all"]
    assert len(found) == told
    for each in found:
        assert each.severity == "warning" and "Second" in each.message and each.span.line == 3
