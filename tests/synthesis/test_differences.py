"""The table of differences: what its sentence counts apart, and what stands in bold in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.locale import LANGUAGES, catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Styled
from synopse.synthesis.table import Cell, Table
from tests.synthesis.corpus import small, tables

CITED = "citation: {title: Une étude neuve, date: avril 2024}\n"
VERSION = "read:\n  - {extent: abstract, version: v3, title: Une étude nouvelle, authors: 'Ann Alpha, Dee Four'}\n"
SAYING = {
    "none": {},
    "citation": {"alpha2023": CITED},
    "versions": {"alpha2023": VERSION, "beta2024": VERSION.replace("Une étude nouvelle", "Autre").split(", authors")[0] + "}\n"},
    "both": {"alpha2023": CITED + VERSION, "gamma2024": VERSION},
}  # fmt: skip


def differences(root: Path, case: str, lang: str = "fr") -> Table:
    fiches = {key: "status: todo\n" + SAYING[case].get(key, "") for key in ("alpha2023", "beta2024", "gamma2024")}
    return tables(small(root, fiches, "  - {kind: differences}\n", lang=lang))["differences"]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("none", "Aucune citation telle que lue ne s’écarte de la notice."),
        ("citation", "La citation telle que lue s’écarte de la notice en deux points, pour une étude sur trois ; les deux sont conservées."),
        ("versions", "Aucune citation telle que lue ne s’écarte de la notice ; le titre ou les auteurs d’une autre version lue s’en écartent en trois points, pour deux études sur trois ; les deux textes sont conservés."),
        ("both", "La citation telle que lue s’écarte de la notice en deux points, pour une étude sur trois, et le titre ou les auteurs d’une autre version lue, en quatre points, pour deux études ; les deux textes sont conservés."),
    ],
)  # fmt: skip
def test_the_sentence_tells_the_citation_from_another_version_that_was_read(
    tmp_path: Path, case: str, said: str
) -> None:
    assert differences(tmp_path, case).lead.replace("\u00a0", " ") == said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", SAYING)
def test_every_language_counts_both_and_their_rows_are_all(tmp_path: Path, lang: str, case: str) -> None:
    table = differences(tmp_path, case, lang)
    facts = table.facts
    versions = sum("(v3)" in row.cells[1].text for row in table.rows)
    assert (facts["versions"], facts["cited"]) == (versions, len(table.rows) - versions)
    spelled = catalogue(lang)["spelled"].split()
    for count in (versions, len(table.rows) - versions):
        assert count < 2 or f" {spelled[count]} " in table.lead.replace("\u00a0", " "), table.lead


def bold(cell: Cell) -> list[str]:
    return [plain((inline,)) for part in cell.parts for inline in part if isinstance(inline, Styled)]


def test_the_words_names_and_dates_that_differ_are_bold_and_no_others(tmp_path: Path) -> None:
    rows = {
        row.cells[1].text: (bold(row.cells[2]), bold(row.cells[3])) for row in differences(tmp_path, "both").rows[:4]
    }
    assert rows == {
        "Titre": (["neuve"], []),
        "Date": (["avril", "2024"], ["mars", "2023"]),
        "Titre (v3)": (["nouvelle"], []),
        "Auteurs (v3)": (["Dee Four"], ["Bo Two", "Cy Three"]),
    }
