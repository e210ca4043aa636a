"""The shipped fiches: four whose every remark names its source, and the user's own, word for word."""

from __future__ import annotations

import re

import pytest

from synopse.bib.origin import origin_of
from synopse.model.fiche import citation_texts, fiche_sources, fiche_texts, fiche_words
from synopse.project.project import Project, load
from synopse.project.sources import is_citable
from tests.conftest import ROOT

FILLED_FROM_RECORDS = ("park2025seeing", "matarazzo2025survey", "liu2025personalized", "hadi2023llms")
INTRODUCTION, FICHE = (ROOT / "tests/seed/meta-analyse-llm.txt").read_text("utf-8").split("1. Citation complète :")


@pytest.fixture(scope="module")
def shipped() -> Project:
    return load(ROOT)


def lines(text: str) -> list[str]:
    """The lines that hold words, their spaces and list marks aside."""
    return [line.strip().removeprefix("- ") for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("key", FILLED_FROM_RECORDS)
def test_every_remark_and_term_names_its_source(shipped: Project, key: str) -> None:
    said = list(fiche_words(shipped.fiches[key]))
    assert len(said) > 40
    assert [text.text if text else "a term" for text, locator in said if locator.source is None] == []


@pytest.mark.parametrize("key", FILLED_FROM_RECORDS)
def test_a_source_is_a_text_that_was_read_a_reference_or_an_address(shipped: Project, key: str) -> None:
    fiche = shipped.fiches[key]
    keys = {each.text.strip() for each in fiche_sources(fiche) if is_citable(shipped, each.text.strip())}
    assert [each.text for each in fiche_sources(fiche) if origin_of(each, fiche.read, keys) is None] == []


@pytest.mark.parametrize("key", FILLED_FROM_RECORDS)
def test_what_was_read_of_a_paper_is_named_and_leads_somewhere(shipped: Project, key: str) -> None:
    """Each text has a name; its link may be missing where a reference of the library stands for it."""
    read = shipped.fiches[key].read
    assert all(each.version is not None for each in read)
    assert [each.version.text for each in read if each.link is None and each.version] in ([], ["note de lecture 493"])
    assert is_citable(shipped, "carnet493")


@pytest.mark.parametrize("key", FILLED_FROM_RECORDS)
def test_a_fiche_is_partial_until_the_whole_paper_was_read(shipped: Project, key: str) -> None:
    fiche = shipped.fiches[key]
    assert (fiche.status == "complete") == (fiche.extent == "whole")


def test_the_users_fiche_holds_the_words_of_the_users_document_and_no_others(shipped: Project) -> None:
    """Each text is taken out of the document once, and what is left are the heads of its sections and lists."""
    fiche = shipped.fiches["tie2025posttraining"]
    terms = {term.text for name in fiche.values for use in fiche.terms(name) for term in use.terms}
    left = FICHE
    for text in (*citation_texts(fiche), *fiche_texts(fiche)):
        for line in lines(text.text) if text.text not in terms else ():
            assert line in left, f"the document does not say: {line}"
            left = left.replace(line, "", 1)
    heads = [re.sub(r"^\d\. |[\s:\"]+$", "", line) for line in lines(left)]
    assert heads == [
        *("Auteurs", "Année", "Titre", "Source"),
        "Problématique étudiée",
        "Méthodologie et approche proposée",
        "Résultats principaux",
        *("Datasets utilisés, architectures, métriques d’évaluation", "Datasets"),
        *("Architectures mentionnées", "Métriques d’évaluation"),
        *("Forces, limitations et reproductibilité", "Forces", "Limitations", "Reproductibilité"),
        "Tendances et méthodes innovantes observées",
        "Limites et défis récurrents identifiés",
        "Perspectives d'avenir proposées",
    ]


def test_the_introduction_is_the_users_word_for_word(shipped: Project) -> None:
    assert shipped.report is not None and shipped.report.introduction is not None
    assert lines(shipped.report.introduction.text) == lines(INTRODUCTION)[1:], "the document's first line is its head"
