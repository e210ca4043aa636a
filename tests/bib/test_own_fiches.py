"""What a new fiche says of its paper is what its record says: nothing that we wrote ourselves differs."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from synopse.bib.drift import differences
from synopse.bib.from_fiche import from_citation
from synopse.bib.library import read_library
from synopse.bib.listing import who
from synopse.bib.reference import Reference
from synopse.commands.skeleton import skeleton
from synopse.diagnostics import Span
from synopse.locale import LANGUAGES, catalogue
from synopse.model.fiche import AsRead, Fiche
from synopse.model.form import Form
from tests.bib.entries import files
from tests.conftest import scalar

HERE = Path(__file__).parents[1]
BIBS = sorted([*HERE.glob("bib/library/*.bib"), *HERE.glob("libraries/*/*.bib"), *HERE.parent.glob("bib/*.bib")])


@lru_cache(maxsize=1)
def records() -> list[Reference]:
    """Every record of the repository's .bib files, and some by chance."""
    texts = [path.read_bytes() for path in BIBS] + [text.encode() for text in files(5, 400, 50)]
    return [each for text in texts for each in read_library({"a.bib": text})[0].references.values()]


def written(reference: Reference, lang: str) -> AsRead:
    """The citation of a new fiche as it is read back."""
    said = yaml.safe_load(skeleton(reference, Form(sections=()), catalogue(lang))).get("citation") or {}
    read = {item: scalar(text) for item, text in said.items()}
    return AsRead(read.get("authors"), read.get("date"), read.get("title"), read.get("source"))


def test_the_editors_of_a_citation_are_editors_in_the_reference_that_it_makes() -> None:
    citation = AsRead(authors=scalar("Anna Meier (Hrsg.)"), title=scalar("Titel"))
    made = from_citation(Fiche("a", Span("a.yaml"), "todo", citation, {}, Span("a.yaml")))
    assert made is not None and made.role == "editor" and who(made, catalogue("de"), 3) == "Anna Meier (Hrsg.)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_fiche_never_differs_from_its_record(lang: str) -> None:
    other = catalogue("fr" if lang == "de" else "de")
    for reference in records():
        read = written(reference, lang)
        assert differences(read, reference, catalogue(lang)) == [], reference.key
        assert differences(replace(read, date=None), reference, other) == [], reference.key
