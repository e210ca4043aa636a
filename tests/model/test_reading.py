"""What was read of a paper, and where what a remark says can be found."""

from __future__ import annotations

import pytest

from synopse.model.fiche import Remark, TermUse
from synopse.model.reading import FAR
from synopse.model.remark import Locator
from synopse.read.tree import Scalar
from tests.model.test_fiche import fiche, values


@pytest.mark.parametrize(
    ("typed", "extents"),
    [
        ("read: abstract", ["abstract"]),
        ("read: {extent: whole, version: v1}", ["whole"]),
        ("read:\n  extent: sections\n  link: https://arxiv.org/abs/1", ["sections"]),
        ("read:\n  - record\n  - {extent: about, version: une note}", ["record", "about"]),
        ("read: []", []),
        ("read:", []),
        ("", []),
    ],
)
def test_what_was_read_is_a_word_a_mapping_or_a_list_of_them(typed: str, extents: list[str]) -> None:
    assert [reading.extent for reading in values(typed).read] == extents


def test_a_text_that_was_read_has_a_version_a_date_an_address_and_the_title_that_it_bears() -> None:
    (v3,) = values(
        "read: {extent: abstract, version: v3, date: 2025-05-26, link: https://arxiv.org/abs/1v3, title: T, authors: A}"
    ).read
    assert v3.date is not None and v3.date.value is not None
    assert (v3.date.value.iso, [text.text for text in v3.texts]) == (
        "2025-05-26",
        ["v3", "2025-05-26", "https://arxiv.org/abs/1v3", "T", "A"],
    )
    assert (v3.span.line, v3.link and v3.link.span.line) == (3, 3)


@pytest.mark.parametrize("far", range(len(FAR)))
def test_a_paper_was_read_as_far_as_its_furthest_version_was(far: int) -> None:
    said = "".join(f"  - {extent}\n" for extent in ("about", *FAR[: far + 1]))
    assert values(f"read:\n{said}").extent == FAR[far]


@pytest.mark.parametrize("said", ["", "read: about", "read: [about, {extent: about, version: dépôt}]"])
def test_a_text_about_the_paper_says_nothing_of_how_far_it_was_read(said: str) -> None:
    assert values(said).extent is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("read: résumé", "wrong-choice"),
        ("read: {version: v1}", "missing-field"),
        ("read: {extent: abstract, date: hier soir}", "not-a-date"),
        ("read: {extent: abstract, page: 3}", "unknown-field"),
        ("read: [[abstract]]", "text-for-mapping"),
    ],
)
def test_what_cannot_be_said_of_a_reading_is_told(typed: str, code: str) -> None:
    found, wrong = fiche(typed)
    assert found is None and [each.code for each in wrong] == [code]


def test_a_complete_fiche_of_a_paper_that_was_read_in_part_is_told_where_it_says_so() -> None:
    def codes(read: str, status: str = "complete") -> list[str]:
        typed = f"question: Quoi ?\n{read}"
        found, wrong = fiche(typed) if status == "partial" else fiche(typed, status)
        assert found is not None
        return [each.code for each in wrong]

    assert codes("read: [record, abstract]") == ["read-in-part"]
    assert codes("read: [abstract, whole]") == codes("read: about") == codes("") == []
    assert codes("read: abstract", "partial") == []


LOCATED = "page: 14, section: 4.2, source: https://arxiv.org/abs/1"


def test_a_text_an_item_and_a_term_may_each_say_where_it_can_be_found() -> None:
    found = values(
        f"question: {{text: Quoi ?, {LOCATED}}}\nforces:\n  - {{text: a, {LOCATED}, theme: t}}\n"
        f"datasets:\n  - {{term: A, {LOCATED}}}\n  - {{term: B, text: b, {LOCATED}}}"
    )
    uses = found.terms("datasets")
    located: list[Remark | TermUse] = [
        *found.remarks("question"),
        *found.remarks("forces"),
        *uses,
        *found.remarks("datasets"),
    ]
    assert len(located) == 5
    for each in located:
        assert isinstance(each.locator.source, Scalar)
        assert (each.page, each.locator.section, each.locator.source.text) == ("14", "4.2", "https://arxiv.org/abs/1")


def test_a_text_is_what_it_was_before_it_said_where_it_can_be_found() -> None:
    plain, located = values("question: Quoi ?"), values("question:\n  text: Quoi ?\n  page: 3")
    (one,), (other,) = plain.remarks("question"), located.remarks("question")
    assert isinstance(plain.values["question"], Scalar) and isinstance(located.values["question"], Scalar)
    assert (one.text.text, one.locator, bool(one.locator)) == ("Quoi ?", Locator(), False)
    assert (other.text.text, other.page, other.span.line) == ("Quoi ?", "3", 4)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("question:\n  Source : les auteurs", "Source : les auteurs"),
        ("forces:\n  - Section : la quatrième\n  - b", "Section : la quatrième"),
        ("forces:\n  - Source : les auteurs\n  - b", "Source : les auteurs"),
    ],
)
def test_a_text_with_a_colon_behind_a_word_of_its_own_stays_a_text(typed: str, words: str) -> None:
    found, wrong = fiche(typed)
    assert found is not None and [each.code for each in wrong] == ["yaml-colon-key"]
    assert words in [remark.text.text for name in ("question", "forces") for remark in found.remarks(name)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("forces:\n  - source: https://arxiv.org/abs/1", "missing-field"),
        ("question: {text: a, theme: t}", "unknown-field"),
        ("question: {text: , source: b}", "missing-field"),
        ("question: {source: b}", "yaml-brace"),
        ("forces:\n  - {text: a, source: [b]}", "yaml-bracket"),
    ],
)
def test_a_source_without_its_text_is_told(typed: str, code: str) -> None:
    found, wrong = fiche(typed)
    assert found is None and [each.code for each in wrong] == [code]


def test_two_remarks_that_differ_in_their_source_alone_are_two() -> None:
    (one,) = values("forces: [{text: a, source: https://a.org}]").remarks("forces")
    (other,) = values("forces: [{text: a, source: https://b.org}]").remarks("forces")
    assert isinstance(one, Remark) and one != other
