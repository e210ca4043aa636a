"""Names: decoded first, split after, by the rules of BibTeX as biber applies them; and what is no list of names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.bib.latex import Remark
from synopse.bib.name_writing import write_names
from synopse.bib.names import read_names
from synopse.bib.reference import Name, Names
from synopse.bib.write import escape_bib


def people(value: str) -> list[tuple[str, ...]]:
    """Family, given name, particle, suffix of each, without what is empty at the end."""
    parts = [(name.family, name.given, name.particle, name.suffix) for name in read_names(value).names]
    return [tuple(part for n, part in enumerate(each) if any(each[n:])) for each in parts]


def told(value: str) -> list[str]:
    found: list[Remark] = []
    read_names(value, found.append)
    return [f"{each.message} / {each.hint}" for each in found]


SOUND = {
    r"Smith, A. and \"Oz, O.": [("Smith", "A."), ("Öz", "O.")],
    r"Smith, A. and \v{S}rut, M.": [("Smith", "A."), ("Šrut", "M.")],
    r"Mu\~noz, A. AND A. Pe\~na": [("Muñoz", "A."), ("Peña", "A.")],
    r"{\'E}mile Zola and {\v S}rut, {\'E}.": [("Zola", "Émile"), ("Šrut", "É.")],
    r"{\`a} Becket, Thomas and \o stergaard Bo": [("Becket", "Thomas", "à"), ("Bo", "", "østergaard")],
    r"{van der Berg}, Jan and von Neumann, J.": [("van der Berg", "Jan"), ("Neumann", "J.", "von")],
    "Jean de La Fontaine and Jean De La Fontaine": [("La Fontaine", "Jean", "de"), ("Fontaine", "Jean De La")],
    "Maria de los Angeles Perez y Lopez": [("Angeles Perez y Lopez", "Maria", "de los")],
    "King, Jr., Martin Luther and Ford, III, Henry": [
        ("King", "Martin Luther", "", "Jr."),
        ("Ford", "Henry", "", "III"),
    ],
    "{Barnes and Noble} and {Barnes} and Noble": [("Barnes and Noble",), ("Barnes",), ("Noble",)],
    "Knuth, Donald~E. and Foo~Bar": [("Knuth", "Donald\u00a0E."), ("Foo\u00a0Bar",)],
    "D'Angelo, A. and O'Neill, B.": [("D’Angelo", "A."), ("O’Neill", "B.")],
    "山田 太郎 and 山田, 太郎": [("太郎", "山田"), ("山田", "太郎")],
    "Foo {von} Bar and {de} Cruz, J": [("Bar", "Foo von"), ("de Cruz", "J")],
    'family=Foo, given=Hans Peter, given-i=HP and "family={Foo, Inc}", given=A': [
        ("Foo", "Hans Peter"),
        ("Foo, Inc", "A"),
    ],
    r"{Smith \& Sons} and Bell {\textless}Labs{\textgreater}": [("Smith & Sons",), ("<Labs>", "Bell")],
    "Smith, John and\n\tDoe, Jane": [("Smith", "John"), ("Doe", "Jane")],
}


@pytest.mark.parametrize(("value", "expected"), SOUND.items())
def test_names_are_decoded_before_they_are_split(value: str, expected: list[tuple[str, ...]]) -> None:
    assert people(value) == expected
    assert told(value) == []


NO_LISTS = {
    "Doe E, Roe G, Poe KA, Moe M": "{Doe, E and Roe, G and Poe, KA and Moe, M}",
    "Doe E, Roe G, Poe KA": "{Doe, E and Roe, G and Poe, KA}",
    "Doe E, Roe G": "{Doe, E and Roe, G}",
    "van der Berg JP, Roe G": "{van der Berg, JP and Roe, G}",
    "Hunt, Ann A., Jr, undefined": "{Hunt, Jr, Ann A.}",
    "Hunt, undefined": "{Hunt}",
    "Tom Brown, Ben Mann, Nick Ryder": "{Brown, Tom and Mann, Ben and Ryder, Nick}",
    "Tom Brown, Ben Mann, Nick Ryder, Jared Kaplan": "{Brown, Tom and Mann, Ben and Ryder, Nick and Kaplan, Jared}",
    "Smith, J., Doe, K., Roe, L.": "{Smith, J. and Doe, K. and Roe, L.}",
    "Smith, John; Doe, Jane": "{Smith, John and Doe, Jane}",
    "Smith J; Doe K": "{Smith, J and Doe, K}",
    "King, Martin Luther, Jr.": "{King, Jr., Martin Luther}",
    "Smith, John et al.": "{Smith, John and others}",
    "Department of Health, Education, and Welfare, USA": "{{Department of Health, Education, and Welfare, USA}}",
    "Foo,, Bar": "{Foo, Bar}",
}


@pytest.mark.parametrize(("value", "text"), NO_LISTS.items())
def test_a_list_of_names_that_is_none_is_told_with_its_likely_reading(value: str, text: str) -> None:
    (said,) = told(value)
    assert said.endswith(f"write {text}")
    assert write_names(read_names(value), str) == text[1:-1]
    assert told(text[1:-1]) == []


@pytest.mark.parametrize("value", ["García Márquez, Gabriel", "Ford, III, Henry", "Smith, John and Doe, Jane and others",
                                   "van den Berg, J. P.", "{Doe E, Roe G, Poe KA}", "Lee, Ann", "Davis, Jr., Sammy", "WHO"])  # fmt: skip
def test_a_sound_list_is_not_suspected(value: str) -> None:
    assert told(value) == []


@pytest.mark.parametrize(
    "value", ["A and and B", "and A", "A and", "a, b, c, d, e", ",", " , ", "{}", "undefined", "and", ";;", "{a"]
)
def test_whatever_stands_in_a_name_field_gives_names(value: str) -> None:
    assert all(name.family for name in read_names(value).names)


def test_initials_that_braces_make_are_kept() -> None:
    (name,) = read_names("Smith, {Jean Paul} Luc").names
    assert (name.given, name.initials) == ("Jean Paul Luc", "JL")
    assert read_names(write_names(read_names("Smith, {Jean Paul} Luc"), escape_bib)).names == (name,)


@pytest.mark.parametrize(
    ("given", "initials"), [("Ming{-}Wei", "M"), ("Jean-Paul", ""), ("{Ch}arles", ""), ("J.-P. {A B}", "{J-P}A")]
)
def test_initials_are_kept_only_where_braces_change_them(given: str, initials: str) -> None:
    assert read_names(f"Smith, {given}").names[0].initials == initials


def test_others_in_any_spelling() -> None:
    assert [read_names(f"A, B and {word}").others for word in ("others", "Others", "et al.", "et al")] == [True] * 4
    assert told("A, B and others") == [] and "and others" in told("A, B and et al.")[0]


part = st.text(alphabet="aéÖñßžłçÅ漢БxYZ-’", min_size=1, max_size=8).filter(
    lambda t: t.strip("-’") and t.lower() not in ("and", "others")
)
words = st.lists(part, min_size=1, max_size=3).map(" ".join)
capital = part.map(lambda t: "X" + t)


@given(
    st.lists(
        st.tuples(capital, words, st.sampled_from(["", "von", "de la", "Van"]), st.sampled_from(["", "Jr.", "III"])),
        min_size=1,
    )
)
@settings(max_examples=60, deadline=None)
def test_written_names_are_read_back(made: list[tuple[str, str, str, str]]) -> None:
    names = tuple(Name(family, given, particle, suffix) for family, given, particle, suffix in made)
    written = write_names(Names(names), escape_bib)
    assert read_names(written).names == names


HOMONYMS = {
    "Wei Wang 0001 and Li Chen": [("Wang", "Wei"), ("Chen", "Li")],
    r"Lars {\AA}str{\"o}m 0002": [("Åström", "Lars")],
    "0001, Wei Wang and Li Chen": [("Wang", "Wei"), ("Chen", "Li")],
    "Wang 0012, Wei and Chen, Li 0003": [("Wang", "Wei"), ("Chen", "Li")],
    "Wei Wang~{0001} and others": [("Wang", "Wei")],
    "J. R. Smith Jr. 0003": [("Jr.", "J. R. Smith")],
}


@pytest.mark.parametrize(("value", "expected"), HOMONYMS.items())
def test_a_number_by_which_dblp_tells_homonyms_apart_is_taken_off_and_told(
    value: str, expected: list[tuple[str, ...]]
) -> None:
    assert people(value) == expected
    notes = told(value)
    assert len(notes) == len(re.findall("00", value))
    assert all("DBLP" in note and note.endswith("/ take the number out") for note in notes)
    again = write_names(read_names(value), escape_bib)
    assert "00" not in again and told(again) == []


@pytest.mark.parametrize(
    "value", ["{Wei Wang 0001}", "Working Group 2024", "Agent 0007", "0001", "{R2D2 0001}", "Wei Wang 00012"]
)
def test_a_number_that_belongs_to_a_name_stays(value: str) -> None:
    (name,) = read_names(value).names
    assert re.sub("[{}]", "", value) in (name.full, f"{name.given} {name.family}".strip())
    assert not any("DBLP" in note for note in told(value))


@pytest.mark.parametrize(
    ("text", "family", "meant"),
    [("Smith J and Roe, C.", "J", "{Smith, J}"), ("Doe A.B.", "A.B.", "{Doe, A.B.}"), ("van der Berg JP", "JP", "{van der Berg, JP}"),
     ("Doe J-P", "J-P", "{Doe, J-P}"), ("Martin Luther King Jr.", "Jr.", "{King, Jr., Martin Luther}"), ("John Smith III", "III", "{Smith, III, John}")],
)  # fmt: skip
def test_a_last_word_that_is_hardly_a_family_name_is_told_and_read_as_bibtex_reads_it(
    text: str, family: str, meant: str
) -> None:
    told: list[Remark] = []
    first = read_names(text, told.append).names[0]
    assert first.family.endswith(family)
    assert [remark.code for remark in told] == ["bib-names"] and meant in told[0].hint


@pytest.mark.parametrize("text", ["J. Smith", "Smith, J.", "{Smith J}", "J S Bach", "IBM Corp", "OpenAI", "Wei Li", "Gilberto Câmara", "Organization",
                                  "Sr. Maria", "{World Bank}", "Ludwig van Beethoven", "Jean d'Alembert", "MIT CSAIL", "{World Bank} Group",
                                  "David Bureau", "{} {}", "Dominique Conseil", "Câmara-Silva Ana", "Gilberto Ribeiro da Câmara", "Steven A. Bank", "S. Group", "World Health Organization,"])  # fmt: skip
def test_a_usual_name_is_not_doubted(text: str) -> None:
    told: list[Remark] = []
    read_names(text, told.append)
    assert told == []


def test_several_such_names_are_told_once() -> None:
    told: list[Remark] = []
    read_names("Smith J and Doe AB and Roe C and others", told.append)
    assert len(told) == 1 and "so 2 more" in told[0].message


@pytest.mark.parametrize(
    ("text", "family", "hint"),
    [("World Health Organization", "Organization", "{{World Health Organization}}"), ("R Core Team", "Team", "{{R Core Team}}"),
     ("Roe, C. and Bundesministerium für Gesundheit", "Gesundheit", "{{Bundesministerium für Gesundheit}}"),
     ("Robert Koch-Institut and Roe, C.", "Koch-Institut", "{{Robert Koch-Institut}}"), ("World Bank II", "II", "{{World Bank II}}"),
     ("{\\'E}cole normale supérieure", "supérieure", "{{École normale supérieure}}"), ("Banco de España", "España", "{{Banco de España}}"), ("Bureau Veritas", "Veritas", "{{Bureau Veritas}}"),
     ("Ministry of Health and Welfare", "Health", "{{Ministry of Health and Welfare}}"), ("European Central Bank", "Bank", "{{European Central Bank}}")],
)  # fmt: skip
def test_a_body_without_braces_is_told_and_read_as_bibtex_reads_it(text: str, family: str, hint: str) -> None:
    told: list[Remark] = []
    names = read_names(text, told.append).names
    assert family in [name.family for name in names] and not any(name.corporate for name in names)
    assert (
        [remark.code for remark in told] == ["bib-names"] and hint in told[0].hint and f'"{family}"' in told[0].message
    )


def test_several_bodies_without_braces_are_told_once() -> None:
    told: list[Remark] = []
    read_names("Robert Koch-Institut and Bundesministerium für Gesundheit", told.append)
    assert len(told) == 1 and "so 1 more" in told[0].message


SEVERAL = {
    "A. Smith & B. Jones": "Smith, A. and Jones, B.",
    r"A. Smith \& B. Jones": "Smith, A. and Jones, B.",
    "Smith, A. & Jones, B.": "Smith, A. and Jones, B.",
    "A. Smith, B. Jones & C. Brown": "Smith, A. and Jones, B. and Brown, C.",
    "A. Smith et B. Jones": "Smith, A. and Jones, B.",
    "Anna Meier und Bert Huber": "Meier, Anna and Huber, Bert",
    "A. Smith / B. Jones": "Smith, A. and Jones, B.",
    "A. Smith/B. Jones": "Smith, A. and Jones, B.",
    "A. Smith with B. Jones": "Smith, A. and Jones, B.",
    "García, A. y López, B.": "García, A. and López, B.",
    "A. García y B. López": "García, A. and López, B.",
    "Smith J & Doe K": "Smith, J and Doe, K",
    "van der Berg, J. & Roe, G.": "van der Berg, J. and Roe, G.",
}


@pytest.mark.parametrize(("value", "meant"), SEVERAL.items())
@pytest.mark.parametrize("rest", ["", " and Poe, E. A.", " and others"])
def test_several_people_without_an_and_are_told_with_the_list_that_bibtex_wants(
    value: str, meant: str, rest: str
) -> None:
    (said,) = told(value + rest)
    assert f"write {{{meant}}}" in said and "people, and is one" in said
    assert len(read_names(value + rest).names) == 1 + ("Poe" in rest)
    assert told(meant + rest) == []


@pytest.mark.parametrize(
    "value", [r"Ernst \& Young", r"{Johnson \& Johnson}", r"Procter \& Gamble Company", r"{A. Smith \& B. Jones}", r"Simon \& Schuster",
              "Müller/Schmidt", r"J. P. Morgan \& Co.", "Maria Perez y Lopez", "Ortega y Gasset, José", "Ortega y Gasset, Jr., José", "José Ortega y Gasset", "{{A. Smith und B. Jones}}", "{Smith et al}"]
)  # fmt: skip
def test_a_body_with_an_and_in_its_name_is_not_taken_for_several_people(value: str) -> None:
    assert not any("people" in each for each in told(value))


def test_the_hint_for_a_body_can_be_pasted() -> None:
    (said,) = told("Harley Bell & Don David")
    assert r"for a body, {{Harley Bell \& Don David}}" in said
    assert told(r"{{Harley Bell \& Don David}}") == []


def test_a_body_with_a_bare_sign_is_still_told_to_escape_it() -> None:
    (said,) = told("Ernst & Young")
    assert said.endswith(r"write \&")
    both = told("Ernst & Young and A. Smith & B. Jones")
    assert [each.endswith(r"write \&") for each in both] == [True, False]


@pytest.mark.parametrize(
    "others", ["3 others", "12 more", "3 more authors", "3 weitere", "2 autres", "5 other authors"]
)
def test_a_number_of_others_is_others_and_told(others: str) -> None:
    assert read_names(f"Smith, J. and {others}") == read_names("Smith, J. and others")
    assert told(f"Smith, J. and {others}") == [f'"{others}" is read as "and others" / write {{… and others}}']


@pytest.mark.parametrize("value", ["3M Company", "50 Cent", "Team 12", "2 Chainz", "4 authors press"])
def test_a_name_with_a_number_is_not_a_number_of_others(value: str) -> None:
    assert not read_names(value).others
