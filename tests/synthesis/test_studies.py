"""Several studies of one paper, arms of a study, several reports of one: tables and counts go by the study."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.build.facts import part_digests
from synopse.build.session import Session
from synopse.render.compose import fiche_view, frame_view, part_view
from synopse.render.html.join import _numbered
from synopse.render.html.text import file_token, place_token
from synopse.synthesis.table import Table
from synopse.synthesis.values import evaluate, namespace

FORM = """
sections:
  - id: about
    title: About
    fields:
      - {id: design, type: choice, choices: [rct, cohort, other]}
      - {id: n, type: number}
      - {id: methods, type: terms}
      - {id: remarks, type: items}
      - {id: aim}
"""
VOCABULARY = "terms:\n  methods: [SFT, RLHF, CoT]\nthemes: [{id: cost, title: Cost}, {id: bias, title: Bias}]\n"
PARTS: list[dict[str, Any]] = [
    {"kind": "characteristics", "columns": ["design", "n", "methods"]},
    {"kind": "matrix", "field": "methods", "id": "methods"},
    {"kind": "matrix", "field": "design", "id": "designs"},
    {"kind": "numbers", "field": "n"},
    {"kind": "recurrence", "field": "remarks"},
    {"kind": "coverage"},
    {"kind": "compare", "fields": ["aim"]},
]


def review(
    root: Path,
    fiches: dict[str, dict[str, Any]],
    synthesis: list[dict[str, Any]] = PARTS,
    more: str = "",
    bib: str = "",
) -> Session:
    """A review with these fiches."""
    report = {"title": "T", "lang": "en", "fiches": list(fiches), "synthesis": synthesis}
    files = {
        "sources/form.yaml": FORM,
        "sources/vocabulary.yaml": VOCABULARY,
        "sources/report.yaml": yaml.safe_dump(report, sort_keys=False) + more,
        "bib/a.bib": "".join(
            f"@misc{{{key}, author={{{key.title()}, A}}, title={{On {key}}}, year=2024}}\n" for key in fiches
        )
        + bib,
    }
    for key, fiche in fiches.items():
        files[f"sources/fiches/{key}.yaml"] = yaml.safe_dump(
            {"key": key, "status": "partial", **fiche}, sort_keys=False
        )
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return Session(root)


def drawn(seed: int) -> dict[str, dict[str, Any]]:
    """Fiches by chance, some of which report several studies."""
    chance = random.Random(seed)

    def values() -> dict[str, Any]:
        made: dict[str, Any] = {}
        if chance.random() < 0.7:
            made["design"] = chance.choice(["rct", "cohort"])
        if chance.random() < 0.7:
            made["n"] = chance.randrange(1, 500)
        if chance.random() < 0.7:
            made["methods"] = chance.sample(["SFT", "RLHF", "CoT"], chance.randrange(1, 4))
        if chance.random() < 0.7:
            made["remarks"] = [{"text": "A remark", "theme": chance.choice(["cost", "bias"])}]
        return made

    fiches = {}
    for number in range(chance.randrange(2, 6)):
        fiche = values()
        if chance.random() < 0.5:
            fiche["studies"] = [
                {"id": f"s{at}", "title": f"Study {at}", **values()} for at in range(chance.randrange(1, 4))
            ]
        fiches[f"p{number}"] = fiche
    return fiches


def studies(fiches: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each study with all that is said of it, by hand: what the paper says of all its studies, and its own."""
    found = {}
    for key, fiche in fiches.items():
        shared = {name: value for name, value in fiche.items() if name != "studies"}
        if "studies" not in fiche:
            found[key] = shared
        for study in fiche.get("studies", ()):
            found[f"{key}/{study['id']}"] = shared | study
    return found


def tables(session: Session) -> dict[str, Table]:
    """The tables by id, once nothing is wrong."""
    assert not [each for each in session.problems if each.severity == "error"]
    return {part.id: part for part in session.synthesis[0] if isinstance(part, Table)}


@pytest.mark.parametrize("seed", range(40))
def test_every_count_goes_by_the_study(seed: int, tmp_path: Path) -> None:
    fiches = drawn(seed)
    every = studies(fiches)
    session = review(tmp_path, fiches)
    made = tables(session)
    rows = made["characteristics"].rows
    assert [row.paper for row in rows] == list(every)
    for row, study in zip(rows, every.values(), strict=True):
        assert row.cells[1].text == study.get("design", "") and row.cells[2].number == study.get("n")
        assert row.cells[3].text == ", ".join(study.get("methods", ()))
    for name, field in (("methods", "methods"), ("designs", "design")):
        table = made[name]
        assert [column.paper for column in table.columns if column.paper] == list(every)
        counted = Counter(
            each
            for study in every.values()
            for each in (study.get(field, ()) if field == "methods" else filter(None, [study.get(field)]))
        )
        shown = {
            row.cells[0].text: row.cells[-2].number
            for row in table.rows
            if not row.total and row.cells[0].text in counted
        }
        assert shown == dict(counted)
    figures = sorted(study["n"] for study in every.values() if "n" in study)
    if figures:
        (row,) = made["numbers-n"].rows
        assert Decimal(figures[0]) in [cell.number for cell in row.cells] and Decimal(figures[-1]) in [
            cell.number for cell in row.cells
        ]
    themes = Counter(study["remarks"][0]["theme"] for study in every.values() if "remarks" in study)
    shown = {row.cells[0].text: row.cells[1].number for row in made["recurrence-remarks"].rows}
    assert {name.lower(): count for name, count in shown.items()} == dict(themes)
    names = namespace(session.project.corpus)
    assert evaluate("papers.count", names) == len(every)
    assert evaluate("field('n').count", names).value == sum("n" in study for study in every.values())
    assert made["coverage"].facts["papers"] == len(every)


@pytest.mark.parametrize("seed", range(20))
def test_the_page_can_count_each_study_again(seed: int, tmp_path: Path) -> None:
    """Each place that counts leads by its token to one study, or paper; so the page's script counts what Python counts."""
    fiches = drawn(seed)
    session = review(tmp_path, fiches)
    made = tables(session)
    corpus = session.project.corpus.by_study
    token_of = {
        f"{file_token(paper.fiche.file)}{f'.{paper.number}' if paper.study else ''}": paper.key
        for paper in corpus.papers
    }
    assert len(token_of) == len(corpus.papers)
    for table in (made["methods"], made["designs"]):
        for row in (row for row in table.rows if not row.total):
            total = row.cells[-2]
            if not total.spans:
                continue
            found = {token_of[place_token(span).partition("-")[0]] for span in total.spans}
            assert len(found) == total.number
            for column, cell in zip(table.columns, row.cells, strict=True):
                if column.paper and cell.mark:
                    assert {token_of[place_token(span).partition("-")[0]] for span in cell.spans} == {column.paper}


def test_a_part_may_ask_for_a_paper_or_one_of_its_studies(tmp_path: Path) -> None:
    fiches: dict[str, dict[str, Any]] = {
        "p1": {"studies": [{"id": "a", "design": "rct"}, {"id": "b", "design": "cohort"}]},
        "p2": {"design": "rct"},
    }
    synthesis: list[dict[str, Any]] = [
        {"kind": "characteristics", "id": "whole", "papers": ["p1"]},
        {"kind": "characteristics", "id": "one", "papers": ["p2", "p1/b"]},
        {"kind": "characteristics", "id": "kept", "where": {"design": "rct"}},
        {"kind": "characteristics", "id": "by-key", "where": {"key": "p1/a"}},
    ]
    made = tables(review(tmp_path, fiches, synthesis))
    assert {name: [row.paper for row in table.rows] for name, table in made.items()} == {
        "whole": ["p1/a", "p1/b"], "one": ["p2", "p1/b"], "kept": ["p1/a", "p2"], "by-key": ["p1/a"]}  # fmt: skip
    assert [row.cells[0].text for row in made["whole"].rows] == ["P1 (2024), a", "P1 (2024), b"]


def test_an_arm_adds_its_terms_and_remarks_to_its_study_and_has_rows_where_asked(tmp_path: Path) -> None:
    arms: list[dict[str, Any]] = [
        {"id": "drug", "title": "Drug", "n": 60, "methods": ["SFT"], "remarks": [{"text": "One", "theme": "cost"}]},
        {"id": "placebo", "n": 58, "methods": ["CoT"]},
    ]
    fiches: dict[str, dict[str, Any]] = {"p1": {"n": 118, "methods": ["SFT"], "arms": arms}, "p2": {"n": 10}}
    synthesis: list[dict[str, Any]] = [
        *PARTS,
        {"kind": "characteristics", "id": "arms", "columns": ["n", "methods"], "arms": True},
    ]
    made = tables(review(tmp_path, fiches, synthesis))
    rows = [[cell.text or (cell.number and str(cell.number)) or "" for cell in row.cells] for row in made["arms"].rows]
    assert rows == [
        ["P1 (2024)", "118", "SFT, CoT"],
        ["– Drug", "60", "SFT"],
        ["– placebo", "58", "CoT"],
        ["P2 (2024)", "10", ""],
    ]
    assert made["arms"].facts["n"] == 2 and len(made["characteristics"].rows) == 2
    shown = {row.cells[0].text: row.cells[-2].number for row in made["methods"].rows if not row.total}
    assert shown == {"SFT": 1, "CoT": 1}  # a study counts once, whichever of its arms names a term


def test_the_fiche_shows_each_study_and_arm_under_a_heading(tmp_path: Path) -> None:
    fiches: dict[str, dict[str, Any]] = {
        "p1": {
            "design": "rct",
            "studies": [{"id": "a", "title": "First trial", "n": 12, "aim": "To see"}],
            "arms": [{"id": "x", "n": 3}],
        },
        "p2": {},
    }
    session = review(tmp_path, fiches)
    corpus = session.project.corpus
    sections = fiche_view(corpus, corpus.by_key["p1"]).sections
    assert [section.title for section in sections] == ["About", "Study: First trial", "Arm: x"]
    assert [field.label for field in (*sections[1].short, *sections[1].fields)] == ["n", "aim"]


def test_reports_of_one_study_are_cited_with_it_and_have_no_fiche_of_their_own(tmp_path: Path) -> None:
    bib = "@misc{later, author={Later, B}, title={Five years on}, year=2026}\n"
    selection = "selection: {identified: {a: 3}, removed: {}, screened: 3, excluded: 0, assessed: 3, reasons: [], included: 2, reports: 3}\n"
    fiches: dict[str, dict[str, Any]] = {"p1": {"reports": ["later"]}, "p2": {}}
    session = review(tmp_path, fiches, [], selection, bib)
    assert not [each for each in session.problems if each.severity != "note"]
    corpus = session.project.corpus
    card = {line.label: line.text for line in fiche_view(corpus, corpus.by_key["p1"]).whole_card}
    assert "Later (2026)" in str(card["Also reported in"])
    assert "later" in {each.key for each in session.references}
    wrong = review(tmp_path, fiches, [], selection.replace("reports: 3", "reports: 4"), bib)
    assert "selection-included" in {each.code for each in wrong.problems}
    wrong = review(tmp_path, fiches | {"later": {}}, [], "", "")
    assert "reported-twice" in {each.code for each in wrong.problems}
    wrong = review(tmp_path, {"p1": {"reports": ["nowhere"]}, "p2": {}}, [])
    assert "unknown-citation" in {each.code for each in wrong.problems}


def test_two_studies_of_one_id_are_an_error_and_an_unknown_field_is_told(tmp_path: Path) -> None:
    session = review(
        tmp_path, {"p1": {"studies": [{"id": "a"}, {"id": "a"}]}, "p2": {"studies": [{"id": "b", "sample": 3}]}}
    )
    assert {"duplicate-id", "unknown-field"} <= {each.code for each in session.problems if each.severity == "error"}


def test_an_edit_in_a_study_makes_the_parts_that_show_it_again(tmp_path: Path) -> None:
    fiches: dict[str, dict[str, Any]] = {
        "p1": {"studies": [{"id": "a", "title": "One", "design": "rct", "aim": "To see"}, {"id": "b"}]},
        "p2": {},
    }
    before = part_digests(review(tmp_path, fiches))
    fiches["p1"]["studies"][0]["aim"] = "To know"
    after = part_digests(review(tmp_path, fiches))
    assert {name for name in before if before[name] != after[name]} == {"compare-aim"}
    fiches["p1"]["studies"][0]["title"] = "First"
    renamed = part_digests(review(tmp_path, fiches))
    assert all(after[name] != renamed[name] for name in after)


def test_the_chapter_of_papers_counts_studies_and_an_empty_table_has_no_number(tmp_path: Path) -> None:
    fiches: dict[str, dict[str, Any]] = {"p1": {"studies": [{"id": "a"}, {"id": "b"}]}, "p2": {"aim": "To see"}}
    synthesis: list[dict[str, Any]] = [{"kind": "differences", "id": "none"}, {"kind": "compare", "fields": ["aim"]}]
    session = review(tmp_path, fiches, synthesis)
    view, _ = frame_view(session.project, False)
    assert view.studies == 3 and len(view.papers) == 2
    page = session.pieces["html"].frame(view)["html/frame.html"]
    assert "3 studies" in str(page).replace("three", "3")
    parts = []
    for number, name in enumerate(("none", "compare-aim"), 1):
        part, own, _ = session.part(number)
        files = session.pieces["html"].part(part_view(session.project.corpus, number, part, own))
        parts.append(str(files[f"html/synthesis/{name}.html"]))
    numbered, numbers = _numbered(
        "\n".join(['<h2><span class="no" data-n="chapter"></span>S</h2>', *parts]), session.project.words
    )
    assert (
        numbers["table:none"][1] == "1.1" and numbers["table:compare-aim"][1] == "1.1" and "Table\u00a01.1" in numbered
    )


GIVEN: list[tuple[str, dict[str, Any], list[str]]] = [
    ("by the studies", {"studies": [{"id": "a", "design": "rct", "n": 3}, {"id": "b", "design": "rct", "n": 4}]}, []),
    (
        "by one study",
        {"studies": [{"id": "a", "title": "First", "design": "rct", "n": 3}, {"id": "b", "title": "Second", "n": 4}]},
        ["Plan (Second)"],
    ),
    ("by no study", {"studies": [{"id": "a", "n": 3}, {"id": "b", "n": 4}]}, ["Plan"]),
    ("by the arms", {"arms": [{"id": "a", "design": "rct", "n": 3}, {"id": "b", "design": "rct", "n": 4}]}, []),
    ("by one arm", {"n": 3, "arms": [{"id": "a", "design": "rct"}, {"id": "b"}]}, ["Plan (b)"]),
    ("terms by one arm", {"n": 3, "design": "rct", "arms": [{"id": "a", "methods": ["SFT"]}, {"id": "b"}]}, []),
]


PLAN = """
sections:
  - {id: about, title: About, fields: [{id: aim}]}
  - {id: plan, title: Plan, fields: [{id: design, type: choice, choices: [rct, cohort]}, {id: methods, type: terms}]}
  - {id: more, title: More, fields: [{id: n, type: number, title: Number}, {id: remarks, type: items, title: Remarks}]}
"""


@pytest.mark.parametrize(("name", "given", "lacking"), GIVEN, ids=[name for name, *_ in GIVEN])
def test_what_studies_and_arms_fill_in_is_filled_in_to_the_check_the_fiche_and_coverage_alike(
    name: str, given: dict[str, Any], lacking: list[str], tmp_path: Path
) -> None:
    fiche = {"status": "complete", "aim": "To see", "remarks": ["One"], **given}
    review(tmp_path, {"p1": fiche, "p2": {}})
    (tmp_path / "sources/form.yaml").write_text(PLAN, "utf-8")
    session = Session(tmp_path)
    made = tables(session)["coverage"]
    corpus = session.project.corpus
    assert list(fiche_view(corpus, corpus.by_key["p1"]).missing) == lacking
    marks = [row.cells[1].mark for row in made.rows[:3]]
    required = "methods" if "terms" in name else "design"
    assert marks[0] == "complete" and (marks[2] == "complete")
    of = f"id: {required}, required: true"
    (tmp_path / "sources/form.yaml").write_text(PLAN.replace(f"id: {required}", of), "utf-8")
    told = [each for each in Session(tmp_path).problems if each.code == "missing-field"]
    assert len(told) == len(lacking)
    report = tmp_path / "sources/report.yaml"
    report.write_text(report.read_text("utf-8") + "empty: each\n", "utf-8")
    (tmp_path / "sources/form.yaml").write_text(PLAN, "utf-8")
    corpus = Session(tmp_path).project.corpus
    sections = fiche_view(corpus, corpus.by_key["p1"]).sections
    shown = [each.title for each in sections if each.empty and not each.title.startswith("Arm")]
    assert shown == [each for each in lacking if "(" not in each]


def test_a_number_that_others_read_otherwise_is_told_in_a_study_and_in_an_arm(tmp_path: Path) -> None:
    parts = {"studies": [{"id": "a", "n": "1.000"}], "arms": [{"id": "b", "n": "2.000", "aim": {"To see": "how"}}]}
    codes = [each.code for each in review(tmp_path, {"p1": parts, "p2": {}}).problems]
    assert codes.count("other-reading") == 2 and codes.count("yaml-colon-key") == 1


FLOW = "selection: {{identified: {{a: {n}}}, removed: {{}}, screened: {n}, excluded: 0, assessed: {n}, reasons: [], {end}}}\n"
ENDS = [
    ("included: 2", 'warning "included" is 2, and the fiches that the report lists are 2, with 3 studies'),
    ("included: 3, reports: 2", ""),
    ("included: 3, reports: 3", 'warning "reports" is 3, and the fiches with the reports that they name are 2'),
    ("included: 4, reports: 2", 'warning "included" is 4, and the fiches that the report lists are 2, with 3 studies'),
]


@pytest.mark.parametrize(("end", "told"), ENDS)
def test_the_flow_ends_with_studies_and_their_reports_and_not_with_fiches(end: str, told: str, tmp_path: Path) -> None:
    fiches: dict[str, dict[str, Any]] = {"p1": {"studies": [{"id": "a"}, {"id": "b"}]}, "p2": {}}
    flow = FLOW.format(n=end.partition("reports: ")[2] or 2, end=end)
    found = [each for each in review(tmp_path, fiches, [], flow).problems if each.code.startswith("selection")]
    messages = [f"{each.severity.value} {each.message}" for each in found if each.code == "selection-included"]
    assert messages == ([told] if told else [])
    if end == "included: 2":
        assert "write included: 3 and reports: 2" in str(found[0].hints)


def test_the_sentence_on_complete_notes_counts_notes_and_not_studies(tmp_path: Path) -> None:
    several = [{"id": "a", "n": 1}, {"id": "b", "n": 2}]
    fiches: dict[str, dict[str, Any]] = {"p1": {"status": "complete", "studies": several}, "p2": {}}
    facts = tables(review(tmp_path, fiches))["characteristics"].facts
    assert (facts["n"], facts["complete"], facts.get("lead")) == (3, 1, None)
    facts = tables(review(tmp_path, fiches | {"p2": {"status": "complete"}}))["characteristics"].facts
    assert (facts["complete"], facts["lead"]) == (2, "lead.characteristics.all")


SECTION = """
sections:
  - {id: about, title: About, fields: [{id: aim}]}
  - {id: plan, title: Plan, fields: [{id: n, type: number, title: Number}, {id: design, type: choice, choices: [rct], title: Design}]}
"""


@pytest.mark.parametrize(
    ("parts", "lacking"),
    [
        ({"studies": [{"id": "a", "n": 3}, {"id": "b", "n": 4}]}, ["Design"]),
        ({"studies": [{"id": "a", "n": 3, "design": "rct"}, {"id": "b", "n": 4}]}, ["Design (b)"]),
        ({"studies": [{"id": "a", "n": 3}, {"id": "b"}]}, ["Plan (b)", "Design (a)"]),
        ({"arms": [{"id": "a", "n": 3}, {"id": "b", "n": 4}]}, ["Design"]),
        ({"arms": [{"id": "a", "n": 3}, {"id": "b"}]}, ["Plan (b)", "Design (a)"]),
        ({"studies": [{"id": "a"}, {"id": "b"}]}, ["Plan"]),
    ],
)
def test_a_field_that_is_empty_is_told_where_all_else_of_its_section_stands_in_studies_or_arms(
    parts: dict[str, Any], lacking: list[str], tmp_path: Path
) -> None:
    review(tmp_path, {"p1": {"aim": "To see", **parts}}, [])
    (tmp_path / "sources/form.yaml").write_text(SECTION, "utf-8")
    corpus = Session(tmp_path).project.corpus
    assert list(fiche_view(corpus, corpus.by_key["p1"]).missing) == lacking
    report = tmp_path / "sources/report.yaml"
    report.write_text(report.read_text("utf-8") + "empty: each\n", "utf-8")
    corpus = Session(tmp_path).project.corpus
    sections = [each for each in fiche_view(corpus, corpus.by_key["p1"]).sections if each.title == "Plan"]
    shown = [field.label for each in sections for field in each.short if field.missing]
    assert shown == {"Plan": [], "Plan (b)": ["Number (b)", "Design"]}.get(lacking[0], lacking)
