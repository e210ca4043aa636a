"""`where:` and values in prose ask for papers by any word that a value is known by; what no paper could have is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from synopse.markup.text import plain_blocks
from synopse.synthesis.values import evaluate, namespace
from tests.synthesis.corpus import tables
from tests.synthesis.measured import FICHES, review

EVERY = list(FICHES)


KEPT = [
        ("{plan: rct}", ["adam2020", "cole2021"]), ("{plan: Essai randomisé}", ["adam2020", "cole2021"]),
        ("{plan: RANDOMISED trial}", ["adam2020", "cole2021"]), ("{plan: [rct, Cohort]}", EVERY[:4]),
        ("{issues: Mortalité}", ["adam2020", "bell2021", "earl2023"]), ("{issues: décès}", ["adam2020", "bell2021", "earl2023"]),
        ("{issues: DÉCÈS}", ["adam2020", "bell2021", "earl2023"]), ("{n: '1234'}", ["adam2020"]), ("{n: 1234}", ["adam2020"]),
        ("{n: 1 234 patients}", ["adam2020"]), ("{n: 900.0}", ["bell2021"]), ("{n: NR}", ["dale2022"]), ("{n: not reported}", ["dale2022"]),
        ("{n: 10 à 20}", ["earl2023"]), ("{n: plus de 100}", ["cole2021"]), ("{dose: '868,5 mg'}", ["adam2020"]), ("{dose: 2.4}", ["dale2022"]),
        ("{debut: 2006-07}", ["adam2020"]), ("{debut: juillet 2006}", ["adam2020"]), ("{debut: July 2006}", ["adam2020"]),
        ("{debut: 2006}", ["adam2020"]), ("{debut: 2008–2010}", ["bell2021"]), ("{debut: ND}", ["dale2022"]),
        ("{status: complete}", ["adam2020", "cole2021", "earl2023"]), ("{status: complète}", ["adam2020", "cole2021", "earl2023"]),
        ("{status: to do}", ["dale2022", "ford2024"]), ("{key: ford2024}", ["ford2024"]), ("{key: [ford2024, adam2020]}", ["adam2020", "ford2024"]),
        ("{theme: taille}", ["adam2020", "earl2023"]), ("{theme: Follow-up}", ["earl2023"]), ("{forces: Taille}", ["adam2020", "earl2023"]),
        ("{forces: Long.}", ["earl2023"]), ("{question: quoi ?}", ["adam2020"]), ("{plan: rct, status: complete}", ["adam2020", "cole2021"]),
    ]  # fmt: skip


def kept(root: Path, wheres: list[str], lang: str) -> list[list[str]]:
    """The keys of the papers that each condition keeps."""
    parts = "".join(f"  - {{kind: coverage, where: {where}, id: p{n}}}\n" for n, where in enumerate(wheres))
    session = review(root, parts, lang)
    assert not session.project.broken, session.project.diagnostics
    return [[column.paper for column in table.columns if column.paper] for table in tables(session).values()]


def test_papers_are_kept_by_any_word_that_a_value_is_known_by(tmp_path: Path) -> None:
    found = kept(tmp_path, [where for where, _ in KEPT], "fr")
    assert {where: keys for (where, _), keys in zip(KEPT, found, strict=True)} == dict(KEPT)


def test_what_an_english_report_prints_keeps_the_same_papers(tmp_path: Path) -> None:
    wheres = ["{n: '1,234 patients'}", "{debut: 2006-07}", "{debut: juillet 2006}", "{plan: Randomised trial, n: 1234}"]
    assert kept(tmp_path, wheres, "en") == [["adam2020"]] * 4


@pytest.mark.parametrize(
    ("where", "code", "at", "said"),
    [
        ("{plam: rct}", "synthesis-field", "plam", 'did you mean "plan"?'),
        ("{plan: rtc}", "where-value", "rtc", 'did you mean "rct"?'),
        ("{plan: [rct, Cohorts]}", "where-value", "Cohorts", 'did you mean "Cohort"?'),
        ("{issues: Mortalite}", "where-value", "Mortalite", 'did you mean "Mortalité"?'),
        ("{status: complet}", "where-value", "complet", 'did you mean "complete"?'),
        ("{theme: tailles}", "where-value", "tailles", "did you mean"),
        ("{forces: suivis}", "where-value", "suivis", 'did you mean "suivi"?'),
        ("{key: adam2021}", "where-value", "adam2021", 'did you mean "adam2020"?'),
        ("{n: beaucoup}", "where-value", "beaucoup", "10–20"),
        ("{n: 1.234}", "where-value", "1.234", "write 1,234 or 1234"),
        ("{debut: un jour}", "where-value", "un jour", ""),
    ],
)
def test_what_no_paper_could_have_is_told_at_its_place(
    where: str, code: str, at: str, said: str, tmp_path: Path
) -> None:
    session = review(tmp_path, f"  - {{kind: coverage, where: {where}}}\n")
    (error,) = [each for each in session.project.diagnostics if each.severity == "error"]
    assert error.code == code and said in " ".join(error.hints)
    line = (tmp_path / "sources/report.yaml").read_text("utf-8").split("\n")[error.span.line - 1]
    assert line[error.span.column - 1 :].startswith(at)


def test_a_part_that_keeps_no_paper_is_told_and_says_so(tmp_path: Path) -> None:
    where = "{plan: cas, status: complete}"
    session = review(
        tmp_path, f"  - {{kind: characteristics, where: {where}}}\n  - {{kind: numbers, where: {{n: 7}}}}\n"
    )
    found = [each for each in session.project.diagnostics if each.code == "no-papers"]
    assert [each.message for each in found] == [
        "no paper of the report has plan: cas and status: complete: this part shows none",
        "no paper of the report has n: 7: this part shows none",
    ]
    line = (tmp_path / "sources/report.yaml").read_text("utf-8").split("\n")[found[0].span.line - 1]
    assert line[found[0].span.column - 1 :].startswith(where)
    for table in tables(session).values():
        assert table.lead == "Aucune étude à montrer ici."


def said(root: Path, text: str, lang: str = "fr") -> str:
    """A text with its values."""
    session = review(root, f'  - {{kind: coverage, text: "{text}"}}\n', lang)
    _, prose, found = session.part(1)
    assert found == [], found
    return plain_blocks(prose).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ field('plan').count('rct') }} sur {{ field('plan').count }}", "2 sur 4"),
        (
            "{{ field('plan').share('Cohort') }} ; {{ field('plan').papers('cohorte') }}",
            "33 % ; Bell (2021) et Dale (2022)",
        ),
        ("{{ field('issues').count('décès') }}, {{ field('issues').count }}", "3, 4"),
        (
            "{{ field('forces').count('suivi') }}, {{ field('n').count('NR') }}, {{ field('debut').count('2006') }}",
            "1, 1, 1",
        ),
        (
            "{{ field('n').median }}, {{ field('n').sum }}, {{ field('n').min }}, {{ field('n').max }}",
            "1 067, 2 134, 900, 1 234",
        ),
        ("{{ field('dose').minimum }}, {{ field('dose').maximum }}", "2,40, 900"),
        ("{{ field('n').numbers }}, {{ field('n').kept_out }}, {{ field('n').missing }}", "2, 3, 1"),
        ("{{ field('debut').first }}, {{ field('debut').last }}", "juillet 2006, mars 2015"),
        ("{{ selection.identified }}, {{ selection.identified('Scopus') }}, {{ selection.removed }}", "60, 20, 10"),
        (
            "{{ selection.screened }}, {{ selection.excluded }}, {{ selection.sought }}, {{ selection.not_retrieved }}",
            "50, 30, 20, 2",
        ),
        (
            "{{ selection.assessed }}, {{ selection.reasons }}, {{ selection.reasons('hors sujet') }}, {{ selection.included }}",
            "18, 15, 10, 3",
        ),
        (
            "{{ theme('taille').count }}, {{ theme('Suivi').papers }}, {{ term('issues', 'décès').name }}",
            "2, Earl (2023), Mortalité",
        ),
    ],
)
def test_prose_counts_choices_and_reckons_with_numbers(text: str, words: str, tmp_path: Path) -> None:
    assert said(tmp_path, text) == words


@pytest.mark.parametrize(
    ("expression", "message", "hint"),
    [
        ("field('plan').count('rtc')", '"rtc" is not a choice of "plan"', 'did you mean "rct"?'),
        ("field('plam').count", 'the form has no field "plam"', 'did you mean "plan"?'),
        ("field('plan').median", '"median" is not known', "known here: count, share, papers, title, terms, remarks"),
        ("field('n').medians", '"medians" is not known', 'did you mean "median"?'),
        ("term('issues', 'Mortalite')", 'no term of "issues" is called "Mortalite"', 'did you mean "Mortalité"?'),
        ("theme('tialle').count", 'no theme is called "tialle"', 'did you mean "taille"?'),
        ("selection.screend", '"screend" is not known', 'did you mean "screened"?'),
        ("selection.identified('Scopsu')", '"Scopsu" is no part of "identified"', 'did you mean "Scopus"?'),
        ("selection", "the name stands for several values", "known here: identified, removed"),
        ("here.lead", '"lead" is not known', ""),
    ],
)
def test_a_name_that_prose_cannot_use_is_told_with_those_that_there_are(
    expression: str, message: str, hint: str, tmp_path: Path
) -> None:
    session = review(tmp_path, f'  - {{kind: coverage, text: "Il y a {{{{ {expression} }}}}."}}\n')
    (error,) = session.part(1)[2]
    assert error.code == "unknown-value" and error.message.startswith(message) and hint in " ".join(error.hints)


def test_a_number_that_no_paper_gives_yet_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    session = review(
        tmp_path,
        "  - {kind: coverage, text: \"{{ field('n').median }}\"}\n",
        fiches={"adam2020": "status: todo\nn: NR"},
    )
    (error,) = session.part(1)[2]
    assert error.message == 'no paper gives a number for "n" yet'


def test_terms_of_another_list_are_hinted_at_from_that_list(tmp_path: Path) -> None:
    from tests.synthesis.corpus import small

    form = "sections:\n  - id: s\n    title: S\n    fields: [{id: ia, type: terms, vocabulary: modeles}]\n"
    synthesis = "  - {kind: coverage, text: \"{{ term('ia', 'Transformr').count }}\"}\n"
    vocabulary = "terms: {modeles: [Transformer, GPT], ia: [Autre]}\n"
    session = small(
        tmp_path, {"a": "status: todo"}, synthesis, vocabulary, "@misc{a, title={T}, author={A, B}, date={2020}}", form
    )
    (error,) = session.part(1)[2]
    assert error.hints == ('did you mean "Transformer"?',)


def test_soft_dates_and_quarters_are_said_in_prose_and_above_the_timeline_as_the_report_prints_them(
    tmp_path: Path,
) -> None:
    fiches = FICHES | {
        "adam2020": "status: todo\ndebut: fin des années 1990",
        "earl2023": "status: todo\ndebut: 2023-Q2",
    }
    session = review(tmp_path, "  - {kind: timeline, field: debut}\n", fiches=fiches)
    names = namespace(session.project.corpus)
    assert evaluate("field('debut').first", names) == "fin des années 1990"
    assert evaluate("field('debut').last", names) == "2e trimestre 2023"
    facts = tables(session)["timeline-debut"].facts
    assert (facts["first"], facts["last"]) == ("fin des années 1990", "2e trimestre 2023")


def test_a_term_that_the_vocabulary_lacks_is_found_in_any_case(tmp_path: Path) -> None:
    fiches = {key: re.sub(r"^issues:.*\n?", "", text, flags=re.MULTILINE) for key, text in FICHES.items()}
    fiches["adam2020"] += "\nissues: [photovoice]\n"
    fiches["bell2021"] += "\nissues: [Photovoice]\n"
    session = review(tmp_path, "  - {kind: coverage, where: {issues: photovoice}}\n", "fr", fiches)
    (table,) = tables(session).values()
    assert [column.paper for column in table.columns if column.paper] == ["adam2020", "bell2021"]
