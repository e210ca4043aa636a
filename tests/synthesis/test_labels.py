"""Labels that are computed before the style can be asked, and the orders that go by names and titles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.synthesis.corpus import small, tables


def labels(root: Path, lang: str = "en", **options: Any) -> dict[str, str]:
    session = small(root, synthesis="  - {kind: heading, title: x}\n", lang=lang, **options)
    return {paper.key: paper.label for paper in session.project.corpus.papers}


@pytest.mark.parametrize(
    ("authors", "label"),
    [
        ("John Smith and Mary Jones", "Smith and Jones (2020)"),
        ("Guiyao Tie & Zeli Zhao", "Tie and Zhao (2020)"),
        ("Guiyao Tie, Zeli Zhao, et al.", "Tie, Zhao et al. (2020)"),
        ("Smith, J., Jones, M., & Zed, A.", "Smith et al. (2020)"),
        ("Tie G; Zhao Z", "Tie and Zhao (2020)"),
        ("World Health Organization", "World Health Organization (2020)"),
        ("Ana de la Cruz", "de la Cruz (2020)"),
    ],
)
def test_a_paper_without_record_is_named_by_the_authors_as_they_were_read(
    tmp_path: Path, authors: str, label: str
) -> None:
    fiche = f"status: todo\ncitation: {{title: A title, authors: '{authors}', date: 2020}}"
    assert labels(tmp_path, fiches={"one": fiche}, bib="")["one"] == label


def test_a_paper_without_author_is_named_by_its_title_and_not_by_its_key(tmp_path: Path) -> None:
    bib = """@misc{noauthor_entretien_1991, title={Entretien avec le directeur de la banque centrale : une conversation}, date={1991}}
    @misc{noauthor_long, title={Une enquête nationale sur les conditions de vie des ménages ruraux}, date={1992}}
    @collection{edited, editor={Faure, Élie}, title={Un recueil}, date={1993}}
    @book{translated, translator={Roux, Al}, title={Un livre}, date={1994}}"""
    keys = ["noauthor_entretien_1991", "noauthor_long", "edited", "translated"]
    assert labels(tmp_path, fiches=dict.fromkeys(keys, "status: todo"), bib=bib) == {
        "noauthor_entretien_1991": "Entretien avec le directeur de la banque… (1991)",
        "noauthor_long": "Une enquête nationale sur les conditions de… (1992)",
        "edited": "Faure (1993)",
        "translated": "Roux (1994)",
    }


def test_editors_are_told_from_authors_in_the_lines_that_name_them(tmp_path: Path) -> None:
    bib = "@collection{edited, editor={Faure, Élie and Roux, Al}, title={Un recueil}, date={1993}}"
    synthesis = "  - {kind: characteristics, columns: [authors]}\n"
    session = small(tmp_path, {"edited": "status: todo"}, synthesis, bib=bib, lang="en")
    assert tables(session)["characteristics"].rows[0].cells[1].text == "Faure and Roux (eds.)"


def test_papers_and_terms_are_sorted_as_a_reader_expects(tmp_path: Path) -> None:
    names = {"z": "Zhao, Al", "e": "Élie, Bo", "o": "Œhler, Cy", "d": "de Vries, Di"}
    titles = {"z": "Écoles", "e": "Zoos", "o": "école", "d": "Abbés"}
    bib = "\n".join(f"@misc{{{key}, author={{{names[key]}}}, title={{{titles[key]}}}, date={{2020}}}}" for key in names)
    fiches = {
        "z": "status: todo\ntechniques: [zèbre]",
        "e": "status: todo\ntechniques: [écho]",
        "o": "status: todo\ntechniques: [Eau]",
        "d": "status: todo\ntechniques: [œuf]\nmetriques: [été, Zoo, entrée]",
    }
    synthesis = (
        "  - {kind: characteristics, order: author, id: by-author}\n"
        "  - {kind: characteristics, order: title, id: by-title}\n"
        "  - {kind: matrix, field: techniques, id: terms}\n  - {kind: gaps, rows: techniques, field: metriques, id: map}\n"
    )
    session = small(tmp_path, fiches, synthesis, bib=bib)
    made = tables(session)
    first = {name: [row.cells[0].text for row in made[name].rows if not row.total] for name in made}
    assert first["by-author"] == ["Élie (2020)", "Œhler (2020)", "de Vries (2020)", "Zhao (2020)"]
    assert first["by-title"] == ["de Vries (2020)", "Œhler (2020)", "Zhao (2020)", "Élie (2020)"]
    assert first["terms"] == first["map"] == ["Eau", "écho", "œuf", "zèbre"]
    assert [column.title for column in made["map"].columns[1:-1]] == ["entrée", "été", "Zoo"]
