"""Which references a report lists, and under which heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.project.printed import printed_keys
from synopse.project.references import report_bib
from tests.render.pieces import frame
from tests.synthesis.corpus import small

BARE_FORM = "sections: [{id: s, title: S, fields: [{id: gist, type: text, title: Gist}]}]"
DRAWN_FORM = (
    "sections: [{id: r, title: R, draws: reference}, {id: s, title: S, fields: [{id: gist, type: text, title: Gist}]}]"
)
BIB = "\n".join(
    f"@misc{{{key}, author = {{{key.title()}, Ann}}, title = {{Title {key}}}, date = {{2020}}}}" for key in "abcdef"
)


def session(root: Path, report: str, fiches: dict[str, str], form: str = BARE_FORM) -> Session:
    small(
        root,
        {key: f"status: todo\n{text}" for key, text in fiches.items()},
        form=form,
        bib=BIB,
        vocabulary="themes: []",
    )
    (root / "sources/report.yaml").write_text("title: T\nlang: en\n" + report, "utf-8")
    return Session(root)


def body(made: Session) -> str:
    files, found = frame(made)
    assert found == []
    return files["body.tex"]


def test_the_retained_papers_are_listed_though_nothing_cites_them(tmp_path: Path) -> None:
    made = session(tmp_path, "fiches: [b, a]", {"a": "gist: x", "b": "gist: y"})
    assert printed_keys(made.project) == ["b", "a"]
    text = body(made)
    assert "\\nocite{b}%\n\\nocite{a}%" in text and "\\addchap{Bibliography}" in text


def test_where_nothing_is_to_be_listed_there_is_no_heading(tmp_path: Path) -> None:
    made = session(tmp_path, "introduction: Nothing.\nfiches: []", {"a": "gist: x"})
    text = body(made)
    assert "addchap" not in text and "printbibliography" not in text and "nocite" not in text


def test_references_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    report = """introduction: See [@f] and @c.
chapters:
  - {title: Last, appendix: true, text: "[@e]"}
  - {title: After, after: introduction, text: "[@d]"}
fiches: [b, a]"""
    fiches = {"a": "gist: x [@f; @e]", "b": "gist: y [@c]"}
    made = session(tmp_path, report, fiches)
    assert printed_keys(made.project) == ["f", "c", "d", "b", "a", "e"]


def test_where_the_record_is_drawn_after_the_notes_it_comes_after_what_they_cite(tmp_path: Path) -> None:
    form = "sections: [{id: s, title: S, fields: [{id: gist, type: text, title: Gist}]}, {id: r, title: R, draws: reference}]"
    made = session(tmp_path, "fiches: [a]", {"a": "gist: x [@f]"}, form)
    assert printed_keys(made.project) == ["f", "a"]


def test_what_only_an_unlisted_fiche_cites_is_not_listed(tmp_path: Path) -> None:
    made = session(tmp_path, "fiches: [a]", {"a": "gist: x", "b": "gist: y [@c]"})
    assert printed_keys(made.project) == ["a"]


@pytest.mark.parametrize("cited", ["", "introduction: See [@f].\n"])
def test_the_retained_papers_stand_apart_on_request_where_there_are_others(tmp_path: Path, cited: str) -> None:
    made = session(tmp_path, f"{cited}bibliography: {{apart: true}}\nfiches: [b, a]", {"a": "gist: x", "b": "gist: y"})
    assert printed_keys(made.project) == ["b", "a", *(["f"] if cited else [])]
    text = body(made)
    assert ("\\section*{Other references}" in text) == ("\\section*{Retained studies}" in text) == bool(cited)
    assert ("keyword=retained" in text) == bool(cited)
    own = report_bib(made.project, made.references)
    assert own.count("keywords = {retained}") == own.count("presort  = {a}") == 2


def test_with_all_the_rest_of_the_library_is_listed_after_what_is_cited(tmp_path: Path) -> None:
    made = session(tmp_path, "introduction: '[@f]'\nbibliography: {all: true}\nfiches: [b]", {"b": "gist: y"})
    assert printed_keys(made.project) == ["f", "b", "a", "c", "d", "e"]


def test_short_titles_are_for_the_report_alone(tmp_path: Path) -> None:
    from synopse.bib.write import write_bib

    made = session(tmp_path, "fiches: [a, b]", {"a": "gist: x", "b": "gist: y"})
    (tmp_path / "bib/a.bib").write_text(
        "@misc{a, title={A Long Way Round: {DNA} and the \\emph{Origin} of Many Things in a Small World}, date={1999}}\n"
        "@misc{b, title={A Long Way Round and the Origin of Many Things in a Small World}, shorttitle={Way}, date={1999}}",
        "utf-8",
    )
    made = Session(tmp_path)
    own = report_bib(made.project, made.references)
    assert "shorttitle = {A Long Way Round}" in own and "shorttitle = {Way}" in own
    assert "A Long Way Round}," not in write_bib(made.references)
