"""Choices, terms and themes counted: whatever the papers say, the tables, the pictures and the sentences agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.markup.text import plain_blocks
from synopse.synthesis.table import Table
from tests.synthesis.corpus import tables
from tests.synthesis.measured import FICHES, review

KEYS = list(FICHES)
CHOICES = {"rct": "Essai randomisé", "cohorte": "Cohorte", "cas": "Cas-témoins"}
SYNTHESIS = """
  - {kind: matrix, field: plan, text: "{{ field('plan').count('rct') }} {{ field('plan').share('Cohort') }} {{ field('plan').count }}"}
  - {kind: bars, field: plan}
  - {kind: heatmap, field: plan}
  - {kind: recurrence, field: plan}
  - {kind: gaps, rows: plan, field: issues}
"""


def counted(table: Table, column: int) -> dict[str, Any]:
    """The numbers of a column by the head of their row."""
    return {row.cells[0].text: row.cells[column].number for row in table.rows}


@given(
    st.lists(
        st.sampled_from(["", "rct", "Essai randomisé", "RANDOMISED TRIAL", "cohorte", "Cas-témoins"]),
        min_size=6,
        max_size=6,
    )
)
@settings(max_examples=10, deadline=None)
def test_every_kind_and_every_sentence_counts_a_choice_alike(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[str]
) -> None:
    ids = {
        "rct": "rct",
        "Essai randomisé": "rct",
        "RANDOMISED TRIAL": "rct",
        "cohorte": "cohorte",
        "Cas-témoins": "cas",
    }
    fiches = {
        key: "status: todo\nissues: [Coût]\n" + (f"plan: {text}" if text else "")
        for key, text in zip(KEYS, chosen, strict=True)
    }
    session = review(tmp_path_factory.mktemp("choices"), SYNTHESIS, fiches=fiches)
    every = tables(session)
    truth = {title: sum(ids.get(text) == name for text in chosen) for name, title in CHOICES.items()}
    used = {title: count for title, count in truth.items() if count}
    filled = sum(truth.values())
    assert counted(every["bars-plan"], 1) == used
    assert counted(every["matrix-plan"], -2) == used | {"Total": filled}
    marks = [[bool(cell.mark) for cell in row.cells[1:7]] for row in every["matrix-plan"].rows[:-1]]
    assert [sum(row) for row in marks] == list(counted(every["matrix-plan"], -2).values())[:-1]
    assert [[cell.number for cell in row.cells[1:]] for row in every["heatmap-plan"].rows] == [
        [int(m) for m in row] for row in marks
    ]
    rest = {"non renseigné": 6 - filled} if filled < 6 else {}
    assert counted(every["recurrence-plan"], 1) == used | rest
    assert counted(every["gaps-issues-plan"], -1) == truth
    assert counted(every["gaps-issues-plan"], 1) == truth
    _, prose, found = session.part(1)
    share = round(100 * truth["Cohorte"] / 6)
    assert (
        found == [] and plain_blocks(prose).replace("\u00a0", " ") == f"{truth['Essai randomisé']} {share} % {filled}"
    )
    lead = every["bars-plan"].lead
    for title, count in used.items():
        assert f"{title} ({count})" in lead
    assert ("ne le di" in lead) == (0 < filled < 6)


@given(
    st.lists(st.lists(st.sampled_from(["Mortalité", "Douleur", "Coût", "x"]), max_size=4), min_size=6, max_size=6),
    st.integers(1, 4),
)
@settings(max_examples=10, deadline=None)
def test_folded_rows_hide_no_use(tmp_path_factory: pytest.TempPathFactory, named: list[list[str]], least: int) -> None:
    fiches = {key: f"status: todo\nissues: [{', '.join(terms)}]" for key, terms in zip(KEYS, named, strict=True)}
    synthesis = "".join(
        f"  - {{kind: {kind}, field: issues, least: {least}}}\n" for kind in ("matrix", "heatmap", "bars")
    )
    every = tables(review(tmp_path_factory.mktemp("folded"), synthesis, fiches=fiches))
    pairs = sum(len(set(terms)) for terms in named)
    matrix = every["matrix-issues"]
    assert sum(row.cells[-2].number or 0 for row in matrix.rows[:-1]) == matrix.rows[-1].cells[-2].number == pairs
    uses = sum(map(len, named))
    assert sum(cell.number or 0 for row in every["heatmap-issues"].rows for cell in row.cells[1:]) == uses
    assert all(0 < (row.cells[1].number or 0) <= 6 for row in every["bars-issues"].rows)


def test_the_order_of_the_form_is_there_on_request(tmp_path: Path) -> None:
    fiches = {key: f"status: todo\nrisque: {risk}" for key, risk in zip(KEYS, ("high", "high", "low"), strict=False)}
    synthesis = "".join(
        f"  - {{kind: {kind}, field: risque, sort: {sort}, id: {kind}-{sort}}}\n"
        for kind in ("matrix", "heatmap", "bars", "recurrence")
        for sort in ("frequency", "vocabulary")
    )
    for name, table in tables(review(tmp_path, synthesis, fiches=fiches)).items():
        first, second = (row.cells[0].text for row in table.rows[:2])
        assert (first, second) == (("Faible", "Élevé") if name.endswith("vocabulary") else ("Élevé", "Faible"))
