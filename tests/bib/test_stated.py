"""Names as a person lists them, in all the ways that people do; and back from the line that we print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.bib.reference import Name, Names
from synopse.bib.stated import readings, same_people, stated_names, stated_role
from synopse.locale import catalogue

CASES = [
    ("John Smith and Mary Jones", ["John|Smith", "Mary|Jones"]),
    ("Guiyao Tie & Zeli Zhao", ["Guiyao|Tie", "Zeli|Zhao"]),
    ("Guiyao Tie et Zeli Zhao", ["Guiyao|Tie", "Zeli|Zhao"]),
    ("Guiyao Tie, Zeli Zhao et al.", ["Guiyao|Tie", "Zeli|Zhao", "…"]),
    ("Smith, J. & Jones, M.", ["J.|Smith", "M.|Jones"]),
    ("Smith, J., Jones, M. K., & Zed, A.", ["J.|Smith", "M. K.|Jones", "A.|Zed"]),
    ("Smith, John and Jones, Mary", ["John|Smith", "Mary|Jones"]),
    ("Smith, John, and Mary Jones", ["John|Smith", "Mary|Jones"]),
    ("Tie G, Zhao ZL, Poe KA", ["G|Tie", "ZL|Zhao", "KA|Poe"]),
    ("Smith J.", ["J.|Smith"]),
    ("Tie, Guiyao; Zhao, Zeli; et al.", ["Guiyao|Tie", "Zeli|Zhao", "…"]),
    ("Doe, Jane", ["Jane|Doe"]),
    ("García Márquez, Gabriel", ["Gabriel|García Márquez"]),
    ("Knuth, Donald Ervin", ["Donald Ervin|Knuth"]),
    ("Ann Lee, Bo Chan", ["Ann|Lee", "Bo|Chan"]),
    ("Tie, Zhao, de la Cruz", ["|Tie", "|Zhao", "|de la Cruz"]),
    ("de la Cruz, Ana Maria", ["Ana Maria|de la Cruz"]),
    ("Ana de la Cruz et Ludwig van Beethoven", ["Ana|de la Cruz", "Ludwig|van Beethoven"]),
    ("Hervé Le Guyader", ["Hervé|Le Guyader"]),
    ("Jean DUPONT, Marie-Claire LE GOFF", ["Jean|DUPONT", "Marie-Claire|LE GOFF"]),
    ("DUPONT Jean", ["Jean|DUPONT"]),
    ("John Smith, Jr., Mary Jones", ["John|Smith Jr.", "Mary|Jones"]),
    ("Martin Luther King, Jr", ["Martin Luther|King Jr"]),
    ("J. R. R. Tolkien", ["J. R. R.|Tolkien"]),
    ("Tie et coll.", ["|Tie", "…"]),
    ("Smith, John, et al.", ["John|Smith", "…"]),
    ("World Health Organization", ["World Health Organization"]),
    ("{Smith, Jones and Sons}", ["Smith, Jones and Sons"]),
    ("Ministry of Health and Welfare", ["Ministry of Health and Welfare"]),
    (
        "Institut national de la santé et de la recherche médicale",
        ["Institut national de la santé et de la recherche médicale"],
    ),
    ("WHO and UNICEF", ["|WHO", "|UNICEF"]),
    ("O'Neil, Pat and Zed, Al", ["Pat|O’Neil", "Al|Zed"]),
    ("张三, 李四", ["|张三", "|李四"]),
    ("", []),
]


def _shown(names: Names) -> list[str]:
    parts = [n.family if n.corporate else f"{n.given}|{f'{n.short} {n.suffix}'.strip()}" for n in names.names]
    return parts + (["…"] if names.others else [])


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text or "nothing" for text, _ in CASES])
def test_names_are_read_in_the_ways_that_people_write_them(text: str, expected: list[str]) -> None:
    assert _shown(stated_names(text)) == expected


@given(st.text(max_size=60))
def test_any_text_has_a_reading(text: str) -> None:
    assert readings(text)


_FAMILIES = st.sampled_from(["Smith", "Zhao", "Élie", "O’Neil", "Müller-Lüdenscheidt", "Faure", "Xu", "Ng"])
_GIVEN = st.sampled_from(["John", "Ana Maria", "J.", "J. R.", "Jean-Pierre", "Zoë"])
_PEOPLE = st.lists(
    st.builds(Name, _FAMILIES, _GIVEN, st.sampled_from(["", "", "de la", "van"])), min_size=1, max_size=5
)


@given(_PEOPLE, st.booleans(), st.sampled_from(["fr", "en"]))
def test_the_line_that_we_print_is_read_back_the_same(people: list[Name], others: bool, lang: str) -> None:
    printed = catalogue(lang).people([name.full for name in people], 99, others)
    assert stated_names(printed) == Names(tuple(people), others)


@given(_PEOPLE, st.sampled_from([" and ", "; "]))
def test_family_names_first_are_read_as_such(people: list[Name], between: str) -> None:
    printed = between.join(f"{name.short}, {name.given}" for name in people)
    assert stated_names(printed) == Names(tuple(people))


RECORD = Names((Name("Tie", "Guiyao"), Name("Zhao", "Zeli"), Name("Cruz", "Ana", "de la")))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Tie G, Zhao Z, de la Cruz A", True),
        ("Tie, G., Zhao, Z., & de la Cruz, A.", True),
        ("Tie, Guiyao and Zhao, Zeli and de la Cruz, Ana", True),
        ("Tie Guiyao, Zhao Zeli, Cruz Ana", True),
        ("Guiyao Tie & Zeli Zhao", False),
        ("Tie, G., Zhao, Z., & Cruz, B.", False),
        ("Zhao Z, Tie G, de la Cruz A", False),
        ("Tie and Zhao et al.", True),
    ],
)
def test_a_citation_is_held_against_its_record_in_the_persons_favour(text: str, same: bool) -> None:
    assert same_people(text, RECORD) is same


@pytest.mark.parametrize(
    ("text", "role", "names"),
    [
        ("Anna Meier (Hrsg.)", "editor", ["Anna|Meier"]),
        ("Smith, J., Jones, M., eds.", "editor", ["J.|Smith", "M.|Jones"]),
        ("Anna Meier, Bo Roe (sous la dir. de)", "editor", ["Anna|Meier", "Bo|Roe"]),
        ("Ana García (trad.)", "translator", ["Ana|García"]),
        ("Smith, Ed", "author", ["Ed|Smith"]),
        ("{Group (ed.)}", "author", ["Group (ed.)"]),
    ],
)
def test_the_role_that_stands_with_names_is_no_name(text: str, role: str, names: list[str]) -> None:
    assert (stated_role(text), _shown(stated_names(text))) == (role, names)
