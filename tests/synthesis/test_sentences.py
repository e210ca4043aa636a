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
        "all": "Under “Techniques”, all two terms are named by several studies; the most frequent, SFT, by three of three.",
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_are_words_up_to_ten_and_digits_where_one_is_above(lang: str) -> None:
    words = catalogue(lang)
    few = words.said("lead.timeline", n=9, first="x", last="y")
    assert not re.search(r"\d", few) and words["spelled"].split()[9] in few
    assert "11" in words.said("lead.timeline", n=11, first="x", last="y")
    mixed = words.said("lead.matrix", n=12, shared=3, tops=1, top_count=2, papers=12, field="F", top="T")
    assert {"12", "3", "2"} <= set(re.findall(r"\d+", mixed))
    assert len(words["spelled"].split()) == len(words["spelled.f"].split()) == 11
