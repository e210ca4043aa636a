"""A title has one form wherever it stands: values filled, quotes of print, emphasis kept, capitals as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.locale import LANGUAGES, catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Quoted, Styled, Text
from synopse.render.latex.linemap import without_marks
from synopse.synthesis.kinds import kinds
from synopse.synthesis.table import Figure, Heading, Table
from tests.render.pieces import frame, part_text
from tests.reports.make import write_report
from tests.synthesis.corpus import FICHES, FORM, VOCABULARY, small

TITLE = "L'art des {{ papers.count }} études *utiles*"
PRINTED = "L’art des 3 études utiles"
PARTS = "".join(
    f'  - {{kind: {kind}, title: "{TITLE}"}}\n'
    for kind in (
        "heading", "coverage", "timeline", "differences", "numbers", "prisma", "matrix, field: techniques", "bars, field: plan",
        "compare, fields: [forces]", "recurrence, field: limites",
    )
)  # fmt: skip


def with_report(root: Path, **lines: str) -> Session:
    """The small project with further lines in its report."""
    small(root, synthesis=PARTS)
    path = root / "sources/report.yaml"
    text = path.read_text("utf-8").replace("title: Essai\n", "")
    path.write_text("".join(f"{name}: {value}\n" for name, value in lines.items()) + text, "utf-8")
    return Session(root)


def test_the_title_of_a_part_is_the_same_as_heading_caption_and_words(tmp_path: Path) -> None:
    parts, found = small(tmp_path, synthesis=PARTS).synthesis
    assert found == [] and len(parts) == 10
    for part in parts:
        assert part.title == PRINTED and plain(part.heading) == PRINTED
        assert any(isinstance(inline, Styled) for inline in part.heading)
        if not isinstance(part, Heading):
            assert part.caption == part.heading
        if isinstance(part, Figure):
            assert part.alt.startswith(PRINTED + ". ")


def test_a_part_prints_its_title_in_one_form(tmp_path: Path) -> None:
    session = small(tmp_path, synthesis=PARTS)
    for number in range(1, 11):
        part = session.part(number)[0]
        latex = without_marks(part_text(session, number)[0])[0]
        assert latex.count(r"L’art des 3 études \emph{utiles}") >= (1 if isinstance(part, Heading) else 2)
        assert "papers.count" not in latex and "*utiles*" not in latex and "L'art" not in latex


def test_title_page_chapters_and_metadata_have_their_values(tmp_path: Path) -> None:
    chapters = f'[{{title: "{TITLE}", text: Un texte.}}]'
    session = with_report(tmp_path, title=f'"{TITLE}"', subtitle=f'"{TITLE}"', chapters=chapters)
    files, found = frame(session)
    assert found == []
    body = files["body.tex"]
    assert body.count(r"L’art des 3 études \emph{utiles}") >= 3
    assert "papers.count" not in body and "L'art" not in body
    assert PRINTED in files["preamble.tex"]


@pytest.mark.parametrize("title", ["1. Méthode", "- Un tiret", "> 80 % de gain", "# 1", "| a | b |", "2020. Une année"])
def test_no_title_is_lost_because_it_would_begin_a_list(tmp_path: Path, title: str) -> None:
    session = small(
        tmp_path, synthesis=f"  - {{kind: coverage, title: '{title}', caption: '{title}', note: '{title}'}}\n"
    )
    (part,), found = session.synthesis
    assert isinstance(part, Table) and found == []
    assert (part.title, plain(part.caption), plain(part.note)) == (title, title, title)


def test_a_value_that_no_one_knows_is_told_in_every_title(tmp_path: Path) -> None:
    wrong = '"Les {{ papers.cuont }}"'
    session = with_report(tmp_path, title=wrong, subtitle=wrong, chapters=f"[{{title: {wrong}, text: a}}]")
    path = tmp_path / "sources/report.yaml"
    more = f"  - {{kind: heading, title: {wrong}}}\n  - {{kind: timeline, alt: {wrong}, caption: {wrong}, id: t}}\n"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    found = [each for each in Session(tmp_path).problems if each.code == "unknown-value"]
    assert len(found) == 6 and {each.span.file for each in found} == {"sources/report.yaml"}
    assert session.root == tmp_path


def test_a_value_in_a_title_of_the_form_is_refused(tmp_path: Path) -> None:
    form = FORM.replace("title: Forces}", "title: 'Les {{ papers.count }} forces'}")
    vocabulary = VOCABULARY.replace("title: Biais}", "title: 'Les {{ papers.count }} biais'}")
    found = small(tmp_path, form=form, vocabulary=vocabulary).problems
    assert [(each.code, each.span.file) for each in found if each.code == "value-in-form"] == [
        ("value-in-form", "sources/form.yaml"),
        ("value-in-form", "sources/vocabulary.yaml"),
    ]


def test_a_value_in_a_remark_is_filled_wherever_the_remark_is_quoted(tmp_path: Path) -> None:
    fiches = FICHES | {"alpha2023": FICHES["alpha2023"].replace("Bien écrite.", "Une des {{ papers.count }} études.")}
    synthesis = "  - {kind: compare, fields: [forces], where: {plan: essai}}\n"
    session = small(tmp_path, fiches, synthesis=synthesis)
    (part,), _ = session.synthesis
    assert isinstance(part, Table) and len(part.rows) == 1
    assert part.rows[0].cells[1].text.endswith("Une des 3 études.")  # of the report, as in the fiche itself


@pytest.mark.parametrize(
    ("lang", "title"),
    [("fr", "Techniques d’IA (LLM)"), ("en", "AI techniques (LLM)"), ("fr", "ÉTUDE du pH"), ("en", "RNA")],
)
def test_no_sentence_changes_the_capitals_of_a_title(tmp_path: Path, lang: str, title: str) -> None:
    form = FORM
    for old in ("Techniques", "Forces", "Limites", "Plan", "Effectif"):
        form = form.replace(f"title: {old}", f'title: "{title}"')
    kinds = ("matrix, field: techniques", "compare, fields: [forces, limites]", "recurrence, field: limites", "bars, field: plan",
             "heatmap, fields: [forces, limites]", "gaps, rows: techniques, field: plan", "numbers", "matrix, field: plan")  # fmt: skip
    session = small(tmp_path, form=form, synthesis="".join(f"  - {{kind: {kind}}}\n" for kind in kinds), lang=lang)
    parts, _ = session.synthesis
    said = "\n".join(part.lead for part in parts if not isinstance(part, Heading))
    assert title in said and title.lower() not in said.replace(title, "")


@pytest.mark.parametrize(("lang", "inside"), [("fr", "«\u00a0deep\u00a0»"), ("en", "“deep”")])
def test_plain_words_bear_the_quotes_of_the_language(tmp_path: Path, lang: str, inside: str) -> None:
    words = small(tmp_path, lang=lang).project.words
    assert plain((Text("On "), Quoted((Text("deep"),)), Text(" learning")), words) == f"On {inside} learning"


@pytest.mark.parametrize(
    ("typed", "fr", "en"),
    [
        ("L'art d'un 'mot'", "L’art d’un “mot”", "L’art d’un ‘mot’"),
        ('Un "mot" ici', "Un «\u00a0mot\u00a0» ici", "Un “mot” ici"),
        ('5" et 6"', '5" et 6"', '5" et 6"'),
        ("the authors' view", "the authors’ view", "the authors’ view"),
    ],
)
def test_titles_of_the_form_have_the_quotes_of_print(typed: str, fr: str, en: str) -> None:
    from synopse.model.form import titled

    assert (titled({"": typed}, "fr"), titled({"": typed}, "en")) == (fr, en)


def test_a_citation_in_an_alternative_text_is_called_as_the_style_calls_it(tmp_path: Path) -> None:
    session = small(
        tmp_path, synthesis="  - {kind: timeline, alt: 'Selon @alpha2023', title: 'D’après [@alpha2023]'}\n"
    )
    session.call({"alpha2023": "Alpha (2023)"})
    (part,) = session.synthesis[0]
    assert isinstance(part, Figure)
    assert (part.alt, part.title) == ("Selon Alpha (2023)", "D’après (Alpha 2023)")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_two_parts_without_a_title_of_their_own_are_called_the_same(tmp_path: Path, lang: str) -> None:
    parts, found = Session(write_report("pico", lang, tmp_path / "pico")).synthesis
    titles = [part.title for part in parts]
    assert not any(each.severity == "error" for each in found)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_usual_title_of_every_kind_that_is_about_fields_names_them(lang: str) -> None:
    words = catalogue(lang)
    for kind in kinds().values():
        if kind.make and {"field", "fields"} & {*kind.takes}:
            name = f"title.{kind.name}"
            assert "{named}" in words[f"{name}.named" if f"{name}.named" in words else name], kind.name


def test_two_timelines_have_two_titles(tmp_path: Path) -> None:
    parts = "  - kind: timeline\n  - {kind: timeline, field: debut}\n  - {kind: agreement, fields: [forces], against: [limites]}\n"
    found = small(tmp_path, synthesis=parts, lang="de").synthesis[0]
    assert [plain(part.caption) for part in found if not isinstance(part, Heading)] == [
        "Zeitleiste der Studien",
        "Zeitleiste der Studien: Début",
        "Übereinstimmungen und Widersprüche: Forces / Limites",
    ]
