"""A fiche as data: short fields apart from long ones, what is empty told once, each or not, the citation once."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.markup.text import plain, plain_blocks
from synopse.render.compose import SHORT, fiche_view
from synopse.render.latex.linemap import without_marks
from synopse.render.view import FicheView
from synopse.synthesis.table import Table
from tests.render.pieces import fiche_text, frame, part_text
from tests.synthesis.corpus import FICHES, FORM, small

LONG = "Une question qui tient sur plus d’une ligne, parce que l’on y dit tout ce que l’on cherche, et pourquoi."


def view(root: Path, key: str = "alpha2023", fiche: str = "", **report: str) -> FicheView:
    """The view of one fiche of the small review, with options in its report."""
    fiches = FICHES | ({key: fiche} if fiche else {})
    small(root, fiches)
    path = root / "sources/report.yaml"
    path.write_text("".join(f"{name}: {value}\n" for name, value in report.items()) + path.read_text("utf-8"), "utf-8")
    corpus = Session(root).project.corpus
    return fiche_view(corpus, corpus.by_key[key])


def words(found: FicheView) -> dict[str, str]:
    """The short fields of a fiche, in words."""
    fields = (field for section in found.sections for field in section.short)
    return {field.label: plain_blocks(field.blocks) for field in fields}


def test_numbers_dates_choices_bare_terms_and_a_line_of_words_stand_in_the_table(tmp_path: Path) -> None:
    fiche = """key: alpha2023
status: complete
question: Une question courte.
techniques: [SFT, CoT]
metriques: [Coût, {term: Précision, text: au mieux}]
forces: [Courte.]
effectif: 120
plan: essai
debut: mars 2019
"""
    found = view(tmp_path, fiche=fiche)
    assert words(found) == {
        "Question": "Une question courte.",
        "Techniques": "SFT, CoT",
        "Effectif": "120\u00a0patients",
        "Plan": "Essai randomisé",
        "Début": "mars 2019",
    }
    long = [field.label for section in found.sections for field in section.fields]
    assert long == ["Métriques", "Forces"]


def test_the_first_fiche_of_a_page_each_stands_below_the_heading_of_its_chapter(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "sources/report.yaml"
    path.write_text("page_per_fiche: true\n" + path.read_text("utf-8"), "utf-8")
    session = Session(tmp_path)
    body = without_marks(frame(session)[0]["body.tex"])[0]
    after = body.split(r"\label{fiches}", 1)[1].split(r"\input{fiches/", 1)[0]
    assert r"\gdef\synopsefirstfiche{}" in after
    fresh = r"\ifdefined\synopsefirstfiche\global\let\synopsefirstfiche\undefined\else\clearpage\fi"
    for paper in session.project.corpus.papers:
        assert fresh in fiche_text(session, paper)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("[CoT, SFT, {term: RLHF, text: Retour humain., page: 5}, Foo, CoT]", ["CoT, SFT", "RLHF\u00a0: Retour humain.", "Foo, CoT"]),
        ("[{terms: [RLHF, Autre], text: Retour humain}]", ["RLHF, Autre\u00a0: Retour humain"]),
        ("[{term: RLHF, text: 'Le *RLHF*, par retour humain.'}]", ["Le RLHF, par retour humain."]),
        ("[{term: SFT, text: Un fine-tuning court.}]", ["Un fine-tuning court."]),
        ("[{terms: [SFT, Réseau], text: 'Des réseaux, du sft.'}]", ["Des réseaux, du sft."]),
        ("[{term: SFT, text: Le SFTX.}]", ["SFT\u00a0: Le SFTX."]),
        ("[{term: RLHF, text: '*Humain*'}]", ["RLHF\u00a0: Humain"]),
        ('[{term: RLHF, text: "- a\\n- b"}]', ["RLHF\u00a0:\na\nb"]),
        ("[{term: RLHF, page: 3}]", ["RLHF"]),
        ("[fine-tuning]", ["fine-tuning"]),
    ],
)  # fmt: skip
def test_each_term_stands_in_its_place_before_what_is_remarked_of_it_and_nothing_is_added(
    tmp_path: Path, typed: str, printed: list[str]
) -> None:
    found = view(tmp_path, fiche=f"key: alpha2023\nstatus: partial\ntechniques: {typed}\n")
    (field,) = (field for section in found.sections for field in (*section.short, *section.fields))
    said = [plain_blocks(item.blocks) for item in field.items] or [plain_blocks(field.blocks)]
    assert said == printed


def test_no_bullet_stands_above_a_remark_that_is_a_table_and_the_lists_around_it_are_whole(tmp_path: Path) -> None:
    drawn = '"| a | b |\\n|---|---|\\n| 1 | 2 |"'
    for remarks, lists in (("{0}", 0), ("Un, {0}, Deux", 2), ("{0}, {0}, Un", 1), ("Un, Deux", 1)):
        fiche = f"key: alpha2023\nstatus: partial\nforces: [{remarks.format(drawn)}]\n"
        session = small(tmp_path, FICHES | {"alpha2023": fiche.removeprefix("key: alpha2023\n")})
        text = without_marks(fiche_text(session, session.project.corpus.by_key["alpha2023"]))[0]
        assert text.count(r"\begin{synopselist}") == text.count(r"\end{synopselist}") == lists
        assert text.count(r"\synopseitem{}") == remarks.count("Un") + remarks.count("Deux")
        assert text.count(r"\begin{longtable}") == remarks.count("{0}")


@pytest.mark.parametrize(
    ("text", "short"),
    [("x" * SHORT, True), ("x" * (SHORT + 1), False), (LONG, False), ("Un mot[^1].\\n\\n[^1]: Une note.", False),
     ("- un\\n- deux", False), ("Un *mot* et $x^2$.", False), ("Un *mot* `juste`.", True)],
)  # fmt: skip
def test_a_text_is_short_where_it_is_a_line_of_words(tmp_path: Path, text: str, short: bool) -> None:
    found = view(tmp_path, fiche=f'key: alpha2023\nstatus: partial\nquestion: "{text}"\n')
    assert ("Question" in words(found)) is short
    assert [field.label for section in found.sections for field in section.fields] == ([] if short else ["Question"])


def test_what_is_not_filled_in_is_told_once_each_or_not(tmp_path: Path) -> None:
    fiche = "key: alpha2023\nstatus: partial\nquestion: Courte ?\n"
    once = view(tmp_path / "a", fiche=fiche)
    assert once.missing == ("Techniques", "Métriques", "Avis", "Mesures")
    assert [section.title for section in once.sections] == ["Référence", "Méthode"]
    each = view(tmp_path / "b", fiche=fiche, empty="each")
    assert each.missing == () and [section.empty for section in each.sections] == [False, False, True, True]
    assert [(field.label, field.missing) for field in each.sections[1].short][1:] == [
        ("Techniques", True),
        ("Métriques", True),
    ]
    hidden = view(tmp_path / "c", fiche=fiche, empty="hide")
    assert hidden.missing == () and len(hidden.sections) == 2


def test_the_citation_stands_once_with_what_was_read_otherwise_beside_it(tmp_path: Path) -> None:
    fiches = FICHES | {"alpha2023": FICHES["alpha2023"].replace("mars 2023", "avril 2023")}
    found = view(tmp_path, fiche=fiches["alpha2023"])
    section = found.sections[0]
    assert found.card == () and section.card and not section.fields
    card = {line.label: plain(line.text) for line in section.card}
    assert len(card) == len(section.card) and card["Citation lue"].startswith("Année\u00a0: avril 2023 · ")
    without = FORM.replace("    draws: reference\n", "")
    small(tmp_path / "b", fiches, form=without)
    corpus = Session(tmp_path / "b").project.corpus
    assert fiche_view(corpus, corpus.by_key["alpha2023"]).card == section.card


def test_what_was_read_as_the_record_says_it_is_not_printed_twice(tmp_path: Path) -> None:
    fiche = FICHES["alpha2023"].split("citation:")[0] + "citation: {title: Une étude}\n"
    assert "Citation lue" not in {line.label for line in view(tmp_path, fiche=fiche).sections[0].card}


SAID = [
    (
        "{authors: Maria Jose Garcia Lopez et al., title: Frágiles; ¿mejora?, date: 2021}",
        [],
        "Auteurs\u00a0: Maria Jose Garcia Lopez et al. · Année\u00a0: 2021 · Titre\u00a0: «\u00a0Frágiles; ¿mejora?\u00a0»",
    ),
    (
        "{authors: Maria Jose Garcia Lopez et al., date: mai 2021}",
        [],
        "Auteurs\u00a0: Maria Jose Garcia Lopez et al. · Année\u00a0: mai 2021",
    ),
    ('{title: "Frágiles: ¿mejora?", date: 2021}', [], ""),
    (
        "{date: 2022, title: Fragiles ¿mejora?}",
        ["date"],
        "Année\u00a0: 2022 · Titre\u00a0: «\u00a0Fragiles ¿mejora?\u00a0»",
    ),
    ("{date: mai 2022}", ["date"], "Année\u00a0: mai 2022"),
    (
        "{authors: Ana Ruiz, source: Revista}",
        ["authors", "source"],
        "Auteurs\u00a0: Ana Ruiz · Source\u00a0: Revista",
    ),
    ("{doi: 10.1000/x}", [], "DOI\u00a0: 10.1000/x"),
]


@pytest.mark.parametrize(("citation", "differing", "shown"), SAID)
def test_the_card_the_table_of_differences_and_the_check_judge_alike(
    citation: str, differing: list[str], shown: str, tmp_path: Path
) -> None:
    bib = (
        "@article{k1, author={García-López, María José and Pérez, Ñico}, title={Frágiles: ¿mejora?}, year=2021,"
        " journaltitle={Gaceta}}\n"
    )
    fiches = {"k1": f"status: partial\ncitation: {citation}\nquestion: Quoi ?"}
    session = small(tmp_path, fiches, "  - {kind: differences}\n", bib=bib)
    corpus = session.project.corpus
    card = {line.label: plain(line.text) for line in fiche_view(corpus, corpus.by_key["k1"]).whole_card}
    assert card.get("Citation lue", "") == shown
    (part,) = session.synthesis[0]
    assert isinstance(part, Table) and part.facts["n"] == len(differing)
    assert [each.code for each in session.problems].count("citation-differs") == len(differing)


def test_a_picture_of_nothing_is_its_sentence_alone(tmp_path: Path) -> None:
    session = small(tmp_path, {}, synthesis="  - {kind: timeline}\n  - {kind: characteristics}\n")
    texts = [without_marks(part_text(session, number)[0])[0] for number in (1, 2)]
    assert all("includegraphics" not in text and "longtable" not in text for text in texts)
    assert r"\label{figure:timeline}" in texts[0] and r"\label{table:characteristics}" in texts[1]
