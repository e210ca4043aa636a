"""What was read of a paper, and where each remark can be found, as they are printed."""

from __future__ import annotations

from pathlib import Path

from synopse.build.session import Session
from synopse.markup.text import plain
from synopse.markup.tree import Link, Paragraph
from synopse.render.compose import fiche_view
from synopse.render.latex.linemap import without_marks
from synopse.render.view import FicheView, ItemView
from tests.render.pieces import fiche_text
from tests.synthesis.corpus import BIB, small

FICHE = r"""status: partial
read:
  - {extent: abstract, version: v1, date: 2025-02-26, link: 'https://a.org/v1?a=1&b=2'}
  - {extent: about, version: 50 % de notes}
question: {text: Quoi ?, page: 2, source: v1}
techniques:
  - SFT
  - {terms: [RLHF, CoT], source: v1}
  - {term: Distillation, text: Une note., page: 3-4, section: 4.2}
  - RLHF
forces:
  - {text: Un, source: note_2025}
  - {text: Deux, section: src/a_b.md, source: 50 % de notes}
  - Trois
"""
NOTE = "@misc{note_2025, author={Ayin, Noé}, title={Note}, date={2025}}\n"


def located(root: Path) -> tuple[Session, FicheView]:
    session = small(root, {"alpha2023": FICHE}, synthesis="  - {kind: coverage}\n", bib=BIB + NOTE)
    return session, fiche_view(session.project.corpus, session.project.corpus.papers[0])


def items(view: FicheView, section: str) -> list[ItemView]:
    (found,) = (each for each in view.sections if each.id == section)
    return [item for field in found.fields for item in field.items]


def said(item: ItemView) -> tuple[str, str]:
    (paragraph,) = item.blocks
    assert isinstance(paragraph, Paragraph)
    return plain(paragraph.children), plain(item.where)


def test_the_card_of_a_paper_says_what_was_read_of_it_before_the_state_of_the_fiche(tmp_path: Path) -> None:
    _, view = located(tmp_path)
    labels = [line.label for line in view.whole_card]
    assert labels[-2:] == ["Texte lu", "Fiche"]
    line = view.whole_card[-2]
    assert plain(line.text) == "v1 (26 février 2025)\u00a0: résumé\u00a0; 50 % de notes\u00a0: texte sur l’étude"
    assert line.span is not None and (line.span.file, line.span.line) == ("sources/fiches/alpha2023.yaml", 4)


def test_a_fiche_that_says_nothing_of_what_was_read_has_no_such_line(tmp_path: Path) -> None:
    session = small(tmp_path)
    view = fiche_view(session.project.corpus, session.project.corpus.papers[0])
    assert "Texte lu" not in [line.label for line in view.whole_card]


def test_page_section_and_source_stand_behind_each_text_remark_and_term(tmp_path: Path) -> None:
    _, view = located(tmp_path)
    (section,) = (each for each in view.sections if each.id == "methode")
    assert plain(section.short[0].where) == "p.\u00a02, v1"
    assert [said(item) for item in items(view, "methode")] == [
        ("SFT", ""),
        ("RLHF, CoT", "v1"),
        ("Distillation\u00a0: Une note.", "pp.\u00a03–4, §\u00a04.2"),
        ("RLHF", ""),
    ]
    assert [said(item) for item in items(view, "avis")] == [
        ("Un", "Ayin, 2025"),
        ("Deux", "src/a_b.md, 50 % de notes"),
        ("Trois", ""),
    ]
    (link,) = (each for each in items(view, "methode")[1].where if isinstance(each, Link))
    assert link.target == "https://a.org/v1?a=1&b=2"


def test_in_latex_it_stands_in_small_letters_and_nothing_in_it_is_a_command(tmp_path: Path) -> None:
    session, _ = located(tmp_path)
    text, _ = without_marks(fiche_text(session, session.project.corpus.papers[0]))
    assert text.count(r"\synopsewhere{") == 5
    assert r"Deux\synopsewhere{" in text and r"50 \% de notes" in text
    assert r"a\_b.md" in text and r"\href{https://a.org/v1?a=1\&b=2}" in text


def test_a_reference_that_is_a_source_is_in_the_bibliography(tmp_path: Path) -> None:
    session, _ = located(tmp_path)
    assert {each.key for each in session.references} == {"alpha2023", "note_2025"}
