"""The sentences above tables: for 0, 1, 2, all and ties they agree, and every number in them is one of the table's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from synopse.locale import LANGUAGES, catalogue
from synopse.synthesis.table import Table
from tests.synthesis.corpus import small, tables

MATRIX = "  - {kind: matrix, field: techniques}\n"
TERMS: dict[str, list[list[str]]] = {
    "none": [[], [], []],
    "one": [["SFT"], [], []],
    "spread": [["SFT"], ["CoT"], ["LoRA"]],
    "two": [["SFT", "CoT"], ["SFT"], []],
    "ties": [["SFT", "CoT"], ["SFT", "CoT"], ["LoRA"]],
    "all": [["SFT", "CoT"], ["SFT", "CoT"], ["SFT"]],
}
SAID = {
    "fr": {
        "none": "Sous « Techniques », aucun terme n’est encore nommé.",
        "one": "Sous « Techniques », un seul terme est nommé, SFT, dans une étude sur trois.",
        "spread": "Sous « Techniques », trois termes sont nommés, chacun dans une seule étude.",
        "two": "Sous « Techniques », un terme sur deux est nommé dans plusieurs études ; le plus fréquent, SFT, l’est dans deux études sur trois.",
        "ties": "Sous « Techniques », deux termes sur trois sont nommés dans plusieurs études ; les plus fréquents, SFT et CoT, le sont dans deux études sur trois.",
        "all": "Sous « Techniques », les deux termes sont nommés dans plusieurs études ; le plus fréquent, SFT, l’est dans trois études sur trois.",
    },
    "en": {
        "none": "Under “Techniques”, no term is named yet.",
        "one": "Under “Techniques”, a single term is named: SFT, by one of three studies.",
        "spread": "Under “Techniques”, three terms are named, each by a single study.",
        "two": "Under “Techniques”, one term of two is named by several studies; the most frequent, SFT, by two of three.",
        "ties": "Under “Techniques”, two terms of three are named by several studies; the most frequent, SFT and CoT, by two of three.",
        "all": "Under “Techniques”, both terms are named by several studies; the most frequent, SFT, by three of three.",
    },
    "de": {
        "one": "Unter „Techniques“ wird ein einziger Begriff genannt: SFT (in einer von drei Studien).",
        "two": "Unter „Techniques“ wird ein Begriff von zwei in mehreren Studien genannt, am häufigsten SFT (in zwei von drei Studien).",
        "ties": "Unter „Techniques“ werden zwei Begriffe von drei in mehreren Studien genannt, am häufigsten SFT und CoT (in zwei von drei Studien).",
    },
    "es": {"two": "En «Techniques», un término de dos aparece en varios estudios; el más frecuente, SFT, en dos de tres."},
    "it": {"two": "In «Techniques», un termine su due compare in più studi; il più frequente, SFT, in due su tre."},
    "pt": {"two": "Em «Techniques», um termo de dois surge em vários estudos; o mais frequente, SFT, em dois de três."},
}  # fmt: skip


def matrix(root: Path, terms: list[list[str]], lang: str) -> Table:
    fiches = {
        key: f"status: todo\ntechniques: [{', '.join(own)}]" if own else "status: todo"
        for key, own in zip(("alpha2023", "beta2024", "gamma2024"), terms, strict=True)
    }
    return tables(small(root, fiches, MATRIX, lang=lang))["matrix-techniques"]


@pytest.mark.parametrize(("lang", "case"), [(lang, case) for lang, said in SAID.items() for case in said])
def test_a_sentence_agrees_with_what_was_counted(tmp_path: Path, lang: str, case: str) -> None:
    lead = matrix(tmp_path, TERMS[case], lang).lead.replace("\u00a0", " ").replace("\u202f", " ")
    assert lead == SAID[lang][case]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", TERMS)
def test_every_number_in_a_sentence_is_one_of_the_table(tmp_path: Path, lang: str, case: str) -> None:
    table = matrix(tmp_path, TERMS[case], lang)
    spelled = [catalogue(lang)[name].split() for name in ("spelled", "spelled.f")]
    said = {
        n
        for names in spelled
        for n, name in enumerate(names)
        if n > 1 and re.search(rf"\b{name}\b", table.lead, re.IGNORECASE)
    } | {int(n) for n in re.findall(r"\b\d+\b", table.lead)}
    own = [row for row in table.rows if not row.total]
    counts = [int(row.cells[-2].number or 0) for row in own]
    shared = sum(count > 1 for count in counts)
    assert said <= {len(own), shared, max(counts, default=0), 3}, table.lead


NUMBERS = {
    "none": (0, 0), "one": (0, 1), "range": (1, 3), "even": (2, 2), "all": (3, 3)
}  # fmt: skip
MEASURES = {
    "fr": {
        "none": "Deux mesures sont résumées, qu’aucune étude sur trois ne donne.",
        "one": "Deux mesures sont résumées, données chacune par zéro à une étude sur trois.",
        "range": "Deux mesures sont résumées, données chacune par une à trois études sur trois.",
        "even": "Deux mesures sont résumées, données chacune par deux études sur trois.",
        "all": "Deux mesures sont résumées, données chacune par trois études sur trois.",
    },
    "en": {
        "none": "Two measures are summed up, each given by no study of three.",
        "one": "Two measures are summed up, each given by zero to one study of three.",
        "range": "Two measures are summed up, each given by one to three studies of three.",
        "even": "Two measures are summed up, each given by two studies of three.",
    },
    "de": {"range": "Zwei Messgrößen werden zusammengefasst; jede steht in einer bis drei von drei Studien."},
    "es": {"range": "Se resumen dos medidas, cada una dada por uno a tres estudios de tres."},
    "it": {"range": "Sono riassunte due misure, ciascuna data da uno a tre studi su tre."},
    "pt": {"range": "Resumem-se duas medidas, cada uma dada por um a três estudos de três."},
}
ALONE = {
    "fr": ("que ne donne aucune étude sur trois", "que donne une étude sur trois", "que donnent deux études sur trois"),
    "en": ("which no study of three gives", "which one study of three gives", "which two studies of three give"),
    "de": ("sie steht in keiner von drei Studien", "sie steht in einer von drei Studien", "sie steht in zwei von drei Studien"),
    "es": ("que no da ningún estudio de tres", "que da un estudio de tres", "que dan dos estudios de tres"),
    "it": ("che non è data da alcuno studio su tre", "data da uno studio su tre", "data da due studi su tre"),
    "pt": ("que nenhum estudo de três apresenta", "que um estudo de três apresenta", "que dois estudos de três apresentam"),
}  # fmt: skip
FIELDS = """\
sections:
  - id: numbers
    title: Nombres
    fields:
      - {id: effectif, title: Effectif, type: number}
      - {id: dose, title: Dose, type: number}
"""


def measures(root: Path, given: tuple[int, int], lang: str, fields: str = "effectif, dose") -> Table:
    """The table of numbers where so many of the three fiches give the one and the other."""
    fiches = {
        key: "status: todo" + "".join(f"\n{name}: {n + 5}" for name, count in zip(("effectif", "dose"), given, strict=True) if n < count)
        for n, key in enumerate(("alpha2023", "beta2024", "gamma2024"))
    }  # fmt: skip
    part = f"  - {{kind: numbers, id: numbers, fields: [{fields}]}}\n"
    return tables(small(root, fiches, part, form=FIELDS, lang=lang))["numbers"]


@pytest.mark.parametrize(("lang", "case"), [(lang, case) for lang, said in MEASURES.items() for case in said])
def test_the_sentence_on_measures_says_how_many_studies_give_them(tmp_path: Path, lang: str, case: str) -> None:
    table = measures(tmp_path, NUMBERS[case], lang)
    assert table.lead.replace("\u00a0", " ") == MEASURES[lang][case]
    assert (table.facts["least"], table.facts["most"]) == NUMBERS[case]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_on_one_measure_says_how_many_studies_give_it(tmp_path: Path, lang: str) -> None:
    for count, said in enumerate(ALONE[lang]):
        assert said in measures(tmp_path / str(count), (count, 0), lang, "effectif").lead.replace("\u00a0", " ")


def test_measures_without_units_have_no_column_of_units(tmp_path: Path) -> None:
    heads = [column.title for column in measures(tmp_path, (2, 3), "en").columns]
    assert heads == ["Measure", "Studies", "Missing", "Minimum", "Median", "Maximum"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_are_words_up_to_ten_and_digits_where_one_is_above(lang: str) -> None:
    words = catalogue(lang)
    few = words.said("lead.timeline", n=9, first="x", last="y")
    assert not re.search(r"\d", few) and words["spelled"].split()[9] in few
    assert "11" in words.said("lead.timeline", n=11, first="x", last="y")
    mixed = words.said("lead.matrix", n=12, shared=3, tops=1, top_count=2, papers=12, field="F", top="T")
    assert {"12", "3", "2"} <= set(re.findall(r"\d+", mixed))
    assert len(words["spelled"].split()) == len(words["spelled.f"].split()) == 11
