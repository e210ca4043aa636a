"""What LaTeX allows in some places only, a person may write anywhere: the writer goes by where a text stands."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.locale import catalogue
from synopse.markup.breaks import Break, breaks, cuts
from synopse.markup.cited import cited_as
from synopse.markup.grammar import Mode
from synopse.markup.parse import parse
from synopse.markup.text import plain_blocks
from synopse.markup.tree import Link, Paragraph, Text, walk
from synopse.render.latex.escape import escape, escape_line
from synopse.render.latex.writer import LatexWriter
from tests.conftest import scalar

WRITER = LatexWriter(catalogue("fr"))


def latex(text: str, mode: Mode = "text") -> str:
    """The LaTeX of a text, without its marks of place."""
    return re.sub("\x01[^\x03]*\x03", "", WRITER.blocks(parse(scalar(text), "fr", mode)[0]))


def codes(text: str, mode: Mode = "text") -> list[str]:
    """The codes of what is told of a text."""
    return [each.code for each in parse(scalar(text), "fr", mode)[1]]


def test_a_bracket_after_an_item_or_a_row_is_no_option() -> None:
    assert r"\synopseitem{}{[}à vérifier{]} un point" in latex("- [à vérifier] un point\n- deux")
    assert "\n{}{[}1{]} & b" in latex("| a | b |\n|---|---|\n| [1] | b |")
    assert "\n{}* & b" in latex("| a | b |\n|---|---|\n| * | b |")


@pytest.mark.parametrize("depth", [5, 7, 12, 25, 50])
def test_lists_nest_as_deep_as_commonmark_has_them(depth: int) -> None:
    text = "\n".join("  " * level + f"- niveau{level}" for level in range(depth))
    written = latex(text)
    assert codes(text) == [] and written.count(r"\begin{synopselist}") == depth
    assert all(f"niveau{level}" in written for level in range(depth))


def test_what_nests_deeper_than_can_be_read_is_told() -> None:
    assert codes("\n".join("  " * level + "- a" for level in range(90))) == ["deep-nesting"]


def test_a_footnote_in_a_heading_stays_out_of_contents_and_bookmarks() -> None:
    written = latex("# Titre^[note]", "chapter")
    assert written == r"\section[{\texorpdfstring{Titre}{Titre}}]{Titre\footnote{note}}"


@pytest.mark.parametrize(("title", "bookmark"), [
    ("a -- b", r"a -\/- b"), ("a --- b", r"a -\/-\/- b"), ("a ?` b", r"a ?\/` b"), ("a !` b", r"a !\/` b"), ("a - b", "a - b"),
])  # fmt: skip
def test_dashes_and_marks_of_a_title_stay_as_they_are_in_the_bookmarks(title: str, bookmark: str) -> None:
    written = WRITER.heading("chapter", (Text(title),))
    assert written == (
        rf"\chapter{{{title}}}"
        if title == bookmark
        else rf"\chapter[{{\texorpdfstring{{{title}}}{{{bookmark}}}}}]{{{title}}}"
    )


def test_a_citation_in_a_heading_is_called_in_the_bookmarks_as_the_style_calls_it() -> None:
    cited = cited_as({"tie2025": "Tie et al. (2025)"}, catalogue("fr"))
    paragraph = parse(scalar("Selon [voir @tie2025, p. 12]^[note]"), "fr", "line")[0][0]
    assert isinstance(paragraph, Paragraph)
    assert LatexWriter(catalogue("fr"), cited).bookmark(paragraph.children) == "Selon (voir Tie et al. 2025, p.~12)"


def test_a_footnote_in_a_footnote_is_set_after_it() -> None:
    written = latex("Un[^1].\n\n[^1]: voir[^2]\n\n[^2]: deux")
    assert r"\footnote{voir\footnotemark[" in written and r"\stepcounter{footnote}\footnotetext{deux}" in written


def test_a_footnote_that_is_lost_or_circular_is_told() -> None:
    assert codes("Un.\n\n[^1]: jamais") == ["unused-footnote"]
    assert codes("Un[^1].\n\n[^1]: a\n\n[^1]: b") == ["duplicate-footnote"]
    assert codes("Un[^1].\n\n[^1]: encore[^1]") == ["footnote-loop"]


def test_a_formula_of_its_own_lines_stands_in_the_line_of_a_caption() -> None:
    blocks, _ = parse(scalar("Loi $$x^2$$"), "fr", "line")
    assert isinstance(blocks[0], Paragraph)
    assert r"\[" not in WRITER.captioned(blocks[0].children)[1]
    assert r"\[x^2\]" in latex("Loi\n\n$$x^2$$")


def test_a_matrix_in_the_bold_head_of_a_table_ends_no_cell() -> None:
    assert r"\textbf{{\(\begin{pmatrix}a&b\end{pmatrix}\)}}" in latex(
        "| $\\begin{pmatrix}a&b\\end{pmatrix}$ |\n|---|\n| c |"
    )


@pytest.mark.parametrize("text", ["-", "*", ">", "1.", "+", "- -", "[^1]: seule"])
def test_a_text_that_markdown_makes_nothing_of_is_printed_as_it_stands(text: str) -> None:
    assert plain_blocks(parse(scalar(text))[0]) == text


@pytest.mark.parametrize("title", ["1. Contexte", "- un tiret", "> cité", "# dièse"])
def test_a_title_is_a_line_of_words_whatever_it_begins_with(title: str) -> None:
    assert plain_blocks(parse(scalar(title), "fr", "line")[0]) == title


def test_addresses_and_identifiers_get_no_hyphen_and_addresses_are_links() -> None:
    assert escape("org.kubeflow") == r"\synopseword{org.\synopsebreak{}kubeflow}"
    links = [each for each in walk(parse(scalar("Voir https://x.org/a_b'c."))[0]) if isinstance(each, Link)]
    assert [each.target for each in links] == ["https://x.org/a_b'c"]
    assert escape("post-entraînement") == "post-entraînement"


def test_a_doi_leads_to_its_resolver_and_a_place_of_the_report_is_a_target() -> None:
    links = [
        each.target for each in walk(parse(scalar("[x](doi:10.1000/182) [y](#tie2025)"))[0]) if isinstance(each, Link)
    ]
    assert links == ["https://doi.org/10.1000/182", "#tie2025"]
    assert r"\hyperref[to:tie2025]{y}" in latex("[y](#tie2025)")


def test_a_row_with_more_cells_than_the_head_is_told() -> None:
    assert codes("| a | b |\n|---|---|\n| 1 | 2 | 3 |") == ["table-cells"]
    assert codes("| a | b |\n|---|---|\n| 1 | 2 \\| 3 |\n| 4 |") == []


def test_a_line_of_code_breaks_with_a_mark_and_keeps_its_indentation() -> None:
    indent, line = escape_line("\tfoo(bar,  baz)")
    assert indent == 4 and line.count(r"\synopsegap{}") == 2
    assert escape_line("x" * 200)[1].count(r"\synopsefold{}") > 100


def test_fourteen_columns_never_ask_for_more_than_the_page() -> None:
    table = "|" + "Baden-Württemberg|" * 14 + "\n|" + "---|" * 14 + "\n|" + "Karlsruhe|" * 14
    for shares in re.findall(r"\\begin\{longtable\}\{(.*)\}", latex(table)):
        widths = [float(share) for share in re.findall(r"p\{([\d.]+)\\linewidth\}", shares)]
        assert sum(widths) + 3.0 / 222 * (len(widths) - 1) <= 1.01


@given(st.text(alphabet="aé\u0301ภาษไทเี数字、「」مرحاहिन्द\u200dx/._-1", min_size=1, max_size=60))
def test_no_break_parts_a_letter_from_its_marks(word: str) -> None:
    assert not any(word[at] in "、」" for at in breaks(word))
    for at in {*breaks(word), *cuts(word)}:
        assert unicodedata.category(word[at]) not in ("Mn", "Mc", "Me")
        assert not (0x600 <= ord(word[at - 1]) <= 0x8FF and 0x600 <= ord(word[at]) <= 0x8FF)


@pytest.mark.parametrize(("lang", "bookmark"), [("fr", "On «\u00a0deep\u00a0» learning"), ("en", "On “deep” learning")])
def test_a_quotation_in_a_heading_has_the_quotes_of_the_language_in_the_bookmarks(lang: str, bookmark: str) -> None:
    blocks = parse(scalar('# On "deep" *learning*'), lang, "chapter")[0]
    written = LatexWriter(catalogue(lang)).blocks(blocks).replace("~", "\u00a0")
    assert f"{{{bookmark}}}" in written


def test_a_line_of_chinese_or_japanese_may_end_between_any_two_signs_but_those_that_are_forbidden() -> None:
    """JIS X 4051: no line begins with a closing sign or a small kana, and none ends with an opening one."""
    word = "漢字かな交じり文は「表記法」である。ラッパとコーヒー"
    forbidden = {at for at in range(1, len(word)) if word[at] in "」。ッー" or word[at - 1] in "「"}
    assert set(breaks(word)) == set(range(1, len(word))) - forbidden
    assert all(breaks(word)[at] is Break.FREE for at in breaks(word))


def test_a_line_of_thai_may_end_before_no_vowel_that_hangs_on_a_letter() -> None:
    word = "การวิเคราะห์อภิมานของการทดลองแบบสุ่ม"
    places = breaks(word)
    assert places and all(unicodedata.category(word[at]) != "Mn" and word[at - 1] not in "เแโใไ" for at in places)


def test_an_identifier_may_end_a_line_before_its_capitals_where_nothing_else_fits() -> None:
    word = "TFJobOperatorConfigurationManager"
    places = breaks(word)
    assert [word[at:] for at in places] == ["OperatorConfigurationManager", "ConfigurationManager", "Manager"]
    assert set(places.values()) == {Break.LAST}
    assert breaks("PostgreSQL") == breaks("Anticonstitutionnellement") == {}


def test_the_notes_of_a_picture_are_set_after_it_those_of_its_caption_first() -> None:
    caption, legend = (parse(scalar(f"Mot^[note {name}] {name}"), "fr", "line")[0][0] for name in ("A", "B"))
    assert isinstance(caption, Paragraph) and isinstance(legend, Paragraph)
    words, notes = WRITER.legend(legend.children, caption.children)
    assert r"\footnote{" not in words and r"\value{footnote}+2" in words
    assert notes.index("note A") < notes.index("note B") and notes.count(r"\footnotetext") == 2
    words, notes = WRITER.legend(legend.children, ())
    assert r"\value{footnote}+1" in words and notes.count(r"\footnotetext") == 1


def test_a_long_word_of_code_may_end_a_line_anywhere_for_it_takes_no_hyphen() -> None:
    assert (
        latex("`Donaudampfschifffahrtsgesellschaft`").count(r"\synopsecut{}")
        == len("Donaudampfschifffahrtsgesellschaft") - 1
    )
    assert r"\synopsecut" not in latex("`bert_base_uncased`") and r"\synopsehyphen" not in latex(f"`{'a' * 80}`")
