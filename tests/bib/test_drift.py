"""Drift: what a fiche says of its paper against the record, and the dates that people write."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.bib.drift import differences
from synopse.bib.library import read_library
from synopse.bib.reference import Reference
from synopse.bib.stated import bare, same_people
from synopse.locale import catalogue
from synopse.locale.dates import PartialDate, iso_date, read_date
from synopse.model.fiche import AsRead
from tests.conftest import scalar

BIB = rb"""@misc{a, author={Tie, Guiyao and Zhao, Zeli and de la Cruz, Ana}, title={A Survey of its {LLMs}: Part One},
date={2025-03-08}, eprint={2503.06072}, eprinttype={arxiv}}"""
RECORD = read_library({"a.bib": BIB})[0].references["a"]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("Guiyao Tie, et al.", True),
        ("Tie et al.", True),
        ("Tie, Zhao, de la Cruz", True),
        ("G. Tie et coll.", True),
        ("Guiyao Tie", False),
        ("Zhao et al.", False),
        ("Guiyao Tie, Zeli Zhao et Ana de la Cruz", True),
        ("", True),
    ],
)
def test_et_al_leaves_the_other_authors_open(said: str, same: bool) -> None:
    assert same_people(said, RECORD.authors) is same


@pytest.mark.parametrize(
    ("said", "items"),
    [
        (AsRead(title=scalar("« A survey of its LLMs — Part one »")), []),
        (AsRead(title=scalar("A Survey of LLMs: Part One")), ["title"]),
        (AsRead(date=scalar("mars 2025")), []),
        (AsRead(date=scalar("2025")), []),
        (AsRead(date=scalar("avril 2025")), ["date"]),
        (AsRead(date=scalar("9 mars 2025")), ["date"]),
        (AsRead(source=scalar("arxiv.org")), []),
        (AsRead(source=scalar("Nature")), ["source"]),
        (AsRead(doi=scalar("10.1/x")), []),
    ],
)
def test_only_what_differs_at_the_precision_given_is_told(said: AsRead, items: list[str]) -> None:
    assert [each.item for each in differences(said, RECORD, catalogue("fr"))] == items


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025", PartialDate(2025)),
        ("2025-03", PartialDate(2025, 3)),
        ("2025-02-30", None),
        ("2025-13", None),
        ("2024/2025", PartialDate(2024, end=PartialDate(2025))),
        ("mars 2025", None),
    ],
)
def test_an_iso_date_is_as_precise_as_it_was_written(text: str, date: PartialDate | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("mars 2025", PartialDate(2025, 3)),
        ("8 mars 2025", PartialDate(2025, 3, 8)),
        ("1er août 2024", PartialDate(2024, 8, 1)),
        ("March 12, 2025", PartialDate(2025, 3, 12)),
        ("février 2025", PartialDate(2025, 2)),
        ("printemps", None),
    ],
)
def test_dates_in_words_are_understood(text: str, date: PartialDate | None) -> None:
    assert read_date(text) == date


def as_read(**said: str) -> AsRead:
    return AsRead(**{name: scalar(text) for name, text in said.items()})  # type: ignore[arg-type]


def told(record: Reference = RECORD, **said: str) -> tuple[str, str]:
    """The two sides of the one difference, with the words that the other side does not have between stars."""
    (found,) = differences(as_read(**said), record, catalogue("fr"))
    sides = []
    for side, text in enumerate((found.said, found.record)):
        for start, end in sorted((pair[side] for pair in found.pairs), reverse=True):
            text = f"{text[:start]}*{text[start:end]}*{text[end:]}" if start < end else text
        sides.append(text)
    return sides[0], sides[1]


def record(title: str = "T", authors: str = "Tie, Ann", date: str = "2025") -> Reference:
    bib = f"@misc{{a, author={{{authors}}}, title={{{title}}}, date={{{date}}}}}"
    return read_library({"a.bib": bib.encode()})[0].references["a"]


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        ("Survey of Applications", "Survey of its Applications", ("Survey of Applications", "Survey of *its* Applications")),
        ("Benefits of it", "Benefits of its use", ("Benefits of *it*", "Benefits of *its use*")),
        ("A Large-Scale Study", "A Large Scale Survey", ("A Large-Scale *Study*", "A Large Scale *Survey*")),
        ("Law & Order", "Law and Order", ("*Law & Order*", "*Law and Order*")),
        ("Models, Data, Uses", "Models, Data and Uses", ("Models, *Data, Uses*", "Models, *Data and Uses*")),
        ("An e-mail study", "An email study here", ("An e-mail study", "An email study *here*")),
    ],
)  # fmt: skip
def test_the_words_of_a_title_that_differ_are_marked_and_never_punctuation_or_an_and_alone(
    said: str, kept: str, shown: tuple[str, str]
) -> None:
    assert told(record(kept), title=said) == shown


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        ("2025", "2023", ("*2025*", "*2023*")),
        ("9 mars 2025", "2025-03-08", ("*9* mars 2025", "*8* mars 2025")),
        ("March 9, 2025", "2025-03-08", ("March *9*, 2025", "*8* mars 2025")),
        ("2025-03-09", "2025-03-08", ("2025-03-*09*", "*8* mars 2025")),
        ("2025-03-03", "2025-03-08", ("*2025-03-03*", "*8 mars 2025*")),
        ("avril 2025", "2025-03-08", ("*avril* 2025", "8 *mars* 2025")),
        ("1er avril 2024", "2025-03-08", ("*1*er *avril* *2024*", "*8* *mars* *2025*")),
        ("été 2024", "2023", ("*été 2024*", "*2023*")),
        ("bientôt", "2023", ("*bientôt*", "*2023*")),
    ],
)
def test_the_parts_of_a_date_that_differ_are_marked(said: str, kept: str, shown: tuple[str, str]) -> None:
    assert told(record(date=kept), date=said) == shown


EVERY = "Guiyao Tie, Zeli Zhao et Ana de la Cruz"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Guiyao Tie, Wenhao Yu, Zeli Zhao, Ana de la Cruz", ("Guiyao Tie, *Wenhao Yu*, Zeli Zhao, Ana de la Cruz", EVERY)),
        ("Guiyao Tie, Zeli Zhao", ("Guiyao Tie, Zeli Zhao", "Guiyao Tie, Zeli Zhao et *Ana de la Cruz*")),
        ("Tie, G. & Zhao, Z.", ("Tie, G. & Zhao, Z.", "Guiyao Tie, Zeli Zhao et *Ana de la Cruz*")),
        ("G. Tie et E. Song et A. de la Cruz", ("G. Tie et *E. Song* et A. de la Cruz", "Guiyao Tie, *Zeli Zhao* et Ana de la Cruz")),
        ("Tie, G., Song, E., de la Cruz, A.", ("Tie, G., *Song, E.*, de la Cruz, A.", "Guiyao Tie, *Zeli Zhao* et Ana de la Cruz")),
        ("Zhao, Tie, de la Cruz", ("*Zhao*, Tie, de la Cruz", "*Guiyao Tie*, Zeli Zhao et Ana de la Cruz")),
        ("Dan Song et al.", ("*Dan Song* et al.", "*Guiyao Tie*, Zeli Zhao et Ana de la Cruz")),
        ("Tie, Song et al.", ("Tie, *Song* et al.", EVERY)),
        ("Zhao et al.", ("*Zhao* et al.", "*Guiyao Tie*, Zeli Zhao et Ana de la Cruz")),
    ],
)  # fmt: skip
def test_the_names_that_one_list_of_authors_lacks_are_marked(said: str, shown: tuple[str, str]) -> None:
    assert told(authors=said) == shown


FAMILIES = [f"{first}{second}" for first in ("Ab", "Cor", "Dul", "Fen") for second in ("arin", "esco", "ilov", "ordu")]


def people(count: int) -> list[str]:
    return [f"{FAMILIES[n % 16]}{'x' * (n // 16)}, {'BCD'[n % 3]}or" for n in range(count)]


@given(st.integers(2, 16), st.data())
@settings(max_examples=60, deadline=None)
def test_a_whole_list_that_is_shorter_than_the_record_shows_every_name_that_it_lacks(
    count: int, data: st.DataObject
) -> None:
    names = people(count)
    missing = data.draw(st.sets(st.integers(1, count - 1), min_size=1))
    spoken = [" ".join(reversed(name.split(", "))) for name in names]
    said = ", ".join(name for n, name in enumerate(spoken) if n not in missing)
    mine, theirs = told(record(authors=" and ".join(names)), authors=said)
    assert mine == said and re.findall(r"\*([^*]+)\*", theirs) == [spoken[n] for n in sorted(missing)]


def test_of_a_very_long_list_what_is_left_out_is_marked_where_it_is_lacked() -> None:
    spoken = [" ".join(reversed(name.split(", "))) for name in people(120)]
    kept = record(authors=" and ".join(people(120)))
    mine, theirs = told(kept, authors=", ".join(spoken[:119]))
    assert "*" not in mine and theirs.endswith(f"{spoken[98]} *et al.*")
    mine, theirs = told(kept, authors=", ".join([*spoken[:50], *spoken[51:]]))
    assert "*" not in mine and theirs.count("*") == 2 and f"*{spoken[50]}*" in theirs


@given(
    st.sampled_from(["title", "authors", "date", "source", "doi"]),
    st.text(alphabet="Aab c,;&.-–é1 2et", min_size=1, max_size=24).filter(bare),
)
@settings(max_examples=150, deadline=None)
def test_whatever_differs_something_is_marked_that_is_a_word(item: str, text: str) -> None:
    kept = (
        RECORD
        if item != "doi"
        else read_library({"a.bib": b"@misc{a, author={A, B}, title={T}, doi={10.1/x}}"})[0].references["a"]
    )
    for each in differences(as_read(**{item: text}), kept, catalogue("fr")):
        words = [any(bare(word) not in ("", "et") for word in pair) for pair in each.words]
        assert any(words) and (item == "authors" or all(words)), each  # a list of authors may say « et » and no more


IQWIG = "Institut für Qualität und Wirtschaftlichkeit im Gesundheitswesen (IQWiG)"


@pytest.mark.parametrize(
    ("said", "field", "names", "same"),
    [
        ("Anna Meier (Hrsg.)", "editor", "Meier, Anna", True),
        ("Meier, A. (ed.)", "editor", "Meier, Anna", True),
        ("Meier, A., Roe, B., eds.", "editor", "Meier, Anna and Roe, Bo", True),
        ("Anna Meier (Hg.) und Bo Roe (Hg.)", "editor", "Meier, Anna and Roe, Bo", True),
        ("Anna Meier et al. (éds)", "editor", "Meier, Anna and Roe, Bo", True),
        ("Bo Roe (Hrsg.)", "editor", "Meier, Anna", False),
        ("Meier, Ed", "author", "Meier, Ed", True),
        (IQWIG, "author", f"{{{IQWIG}}}", True),
        (f"{IQWIG} et Anna Meier", "author", f"{{{IQWIG}}} and Meier, Anna", True),
        (f"{IQWIG} and Bo Roe", "author", f"{{{IQWIG}}} and Meier, Anna", False),
        (f"{IQWIG} et al.", "author", f"{{{IQWIG}}} and Meier, Anna", True),
        ("Anna Meier", "author", "Meier, Anna and Roe, Bo", False),
    ],
)
def test_the_role_of_people_and_what_a_body_is_called_are_no_difference(
    said: str, field: str, names: str, same: bool
) -> None:
    bib = f"@book{{a, {field}={{{names}}}, title={{T}}, date={{2025}}}}".encode()
    reference = read_library({"a.bib": bib})[0].references["a"]
    assert (differences(as_read(authors=said), reference, catalogue("en")) == []) is same
