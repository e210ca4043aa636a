"""What decides on a further pass, and what a preview needs of the report's bibliography."""

from __future__ import annotations

from pathlib import Path

from synopse.typeset.biber import read_by_biber
from synopse.typeset.passes import contexts, settled
from synopse.typeset.preview import Place, cut_bbl, place_in

AUX = "\\abx@aux@refcontext{nyt/global//global/global}\n\\newlabel{fiche:a}{{3.2}{7}{T}{section.3.2}{}}\n"
BBL = "\\datalist\n    \\entry{a}{misc}{}\n      \\field{x}{y}\n    \\endentry\n    \\entry{b}{misc}{}\n    \\endentry\n\\enddatalist\n"


def test_what_biblatex_notes_for_itself_asks_for_no_pass() -> None:
    noted = "\\abx@aux@read@bbl@mdfivesum{AB}\n\\abx@aux@defaultrefcontext{0}{a}{nyt}\n\\gdef \\@abspage@last{3}\n"
    assert settled(AUX + noted) == settled(AUX)
    assert settled(AUX.replace("{7}", "{8}")) != settled(AUX)


def test_the_contexts_of_new_entries_are_known_before_the_pass_that_would_note_them() -> None:
    assert contexts(AUX, BBL) == (
        "\\abx@aux@defaultrefcontext{0}{a}{nyt/global//global/global}\n"
        "\\abx@aux@defaultrefcontext{0}{b}{nyt/global//global/global}\n"
    )
    assert contexts(AUX + contexts(AUX, BBL), BBL) == ""


def test_a_preview_reads_its_own_entries_alone() -> None:
    assert "\\entry{a}" not in cut_bbl(BBL, {"b"}) and "\\entry{b}" in cut_bbl(BBL, {"b"})


def test_a_preview_has_the_numbers_of_the_report() -> None:
    assert place_in(AUX, "a") == Place(3, 2, 7)
    assert place_in(AUX, "b") == Place()


def test_a_citation_that_is_noted_again_asks_for_no_pass() -> None:
    cite = "\\abx@aux@cite{0}{a}\n\\abx@aux@segm{0}{0}{a}\n"
    assert settled(AUX + cite) == settled(AUX + cite + cite)
    assert settled(AUX + cite) != settled(AUX + cite.replace("{a}", "{b}"))


def test_biber_is_asked_again_for_another_order_but_not_for_a_key_cited_twice(tmp_path: Path) -> None:
    def key(*cited: str) -> str:
        rows = [f'    <bcf:citekey order="{n}" intorder="1">{each}</bcf:citekey>\n' for n, each in enumerate(cited, 1)]
        (tmp_path / "report.bcf").write_text("<bcf:section>\n" + "".join(rows) + "</bcf:section>\n", "utf-8")
        return read_by_biber(tmp_path / "report.bcf", tmp_path / "references.bib")

    assert key("a", "b") == key("a", "b", "a") == key("a", "a", "b")
    assert key("a", "b") != key("b", "a") and key("a", "b") != key("a")
