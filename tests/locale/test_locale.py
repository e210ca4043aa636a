"""Places in a work, as the language prints them."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue

PAGES = [
    ("14", "p.\u00a014"),
    ("273-275", "pp.\u00a0273–275"),
    ("273–275", "pp.\u00a0273–275"),
    ("273 - 275", "pp.\u00a0273–275"),
    ("273--275", "pp.\u00a0273–275"),
    ("p. 14", "p.\u00a014"),
    ("pp. 14-16", "pp.\u00a014–16"),
    ("page 14", "p.\u00a014"),
    ("12, 14", "pp.\u00a012, 14"),
    ("12 et 14", "pp.\u00a012 et 14"),
    ("12, 14-16", "pp.\u00a012, 14–16"),
    ("xii-xiv", "pp.\u00a0xii–xiv"),
    ("xii", "p.\u00a0xii"),
    ("S3-S5", "pp.\u00a0S3–S5"),
    ("e1002", "p.\u00a0e1002"),
    ("14a", "p.\u00a014a"),
    ("275-8", "pp.\u00a0275–8"),
    ("A-3", "p.\u00a0A-3"),
    ("5-2", "p.\u00a05-2"),
    ("résumé", "résumé"),
    ("abstract", "abstract"),
    ("ch. 3", "ch. 3"),
    ("fig. 2", "fig. 2"),
    ("§ 4", "§ 4"),
    ("table 3", "table 3"),
    ("annexe A", "annexe A"),
    ("fig2", "fig2"),
    ("ch3", "ch3"),
    ("A-3 à A-5", "pp.\u00a0A-3–A-5"),
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("written", "printed"), PAGES)
def test_pages_are_one_or_several_and_what_is_no_page_stays(lang: str, written: str, printed: str) -> None:
    assert catalogue(lang).pages(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("4", "§\u00a04"),
        ("4.2", "§\u00a04.2"),
        ("§ 4.2", "§\u00a04.2"),
        ("A.1", "§\u00a0A.1"),
        ("B", "§\u00a0B"),
        ("IV", "§\u00a0IV"),
        ("1 Introduction", "§\u00a01 Introduction"),
        ("Limitations", "Limitations"),
        ("§ Limitations", "Limitations"),
        ("README.md", "README.md"),
        ("src/analysis/README.md", "src/analysis/README.md"),
        ("2025-notes.txt", "2025-notes.txt"),
        ("Notable Trends in 2025", "Notable Trends in 2025"),
    ],
)
def test_a_numbered_section_has_its_sign_and_a_title_stays_as_it_is(written: str, printed: str) -> None:
    assert catalogue("fr").section(written) == printed == catalogue("de").section(written)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "41%"), ("fr", "41~%"), ("de", "41~%"), ("es", "41~%"), ("it", "41%"), ("pt", "41%")]
)
def test_a_percent_sign_stands_as_its_language_has_it_and_another_unit_apart(lang: str, said: str) -> None:
    words = catalogue(lang)
    assert words.with_unit("41", "%").replace("\u00a0", "~") == said
    assert words.with_unit("41", "mg") == "41\u00a0mg" and words.with_unit("41", "") == "41"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 8, 13), (3, 8, 38), (1, 200, 1), (199, 200, 100), (1, 3, 33), (2, 3, 67), (0, 5, 0), (5, 5, 100)],
)
def test_a_share_is_rounded_half_up(part: int, whole: int, said: int) -> None:
    assert catalogue("en").percent(part, whole) == f"{said}%" == catalogue("en").percent_of(part / whole)
