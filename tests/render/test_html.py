"""The web page, piece by piece and whole: words to the letter, safe addresses, numbers, nothing that comes from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.diagnostics import Span
from synopse.locale import catalogue
from synopse.markup.text import key_in_brackets
from synopse.markup.tree import Code, Footnote, Inline, Link, ListOf, Math, Paragraph, Quoted, Styled, Text
from synopse.markup.typography import curled, held
from synopse.render.html.join import Page, asset, joined
from synopse.render.html.text import HtmlWriter, anchor, escape, identifier, safe_address
from tests.synthesis.corpus import FICHES, small

HOSTILE = ["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "<!-- --> -->", "&lt;b&gt;",
           "]]>", "' onfocus='x", "<!--part:themes-->", "{{ papers.count", "\u2028", "</script><script>", "a\x00b", "\\u003c"]  # fmt: skip


def text_of(page: str) -> str:
    """The words of HTML, as a reader sees them."""
    bare = re.sub(r"<(script|style|math|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", bare)))


def writer() -> HtmlWriter:
    return HtmlWriter(catalogue("fr"), key_in_brackets, {})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_out_as_typed(text: str) -> None:
    inlines: tuple[Inline, ...] = (Text(text), Styled("emph", (Text(text),)), Code(text))
    made = writer().inlines(inlines)
    printed, typed = (each.replace("\x00", "\ufffd") for each in (held(curled(text, "fr")), text))
    assert html.unescape(re.sub(r"</?(?:em|code)>", "", made)) == printed * 2 + typed


def test_words_stand_with_the_typography_of_their_language_and_addresses_as_they_are() -> None:
    address = "https://example.org/l'eau"
    said = (Text("L'eau est-elle sûre ? "), Styled("emph", (Text('"oui"'),)), Link(address, (Text(address),)))
    made = html.unescape(re.sub("<[^>]+>", "", writer().inlines(said)))
    assert made == f"L’eau est-elle sûre\u00a0? «\u00a0oui\u00a0»{address}"
    assert set(re.findall(r"<(\w+)", made)) <= {"em", "code"}


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_words_alone(text: str) -> None:
    assert not re.search(r"[<>\"']", escape(text))


@pytest.mark.parametrize(
    ("target", "kept"),
    [("https://example.org/a?b=c&d", True), ("mailto:a@b.org", True), ("javascript:alert(1)", False), (" JAVASCRIPT:x", False),
     ("data:text/html,x", False), ("vbscript:x", False), ("file:///etc/passwd", False), ("page.html", True)],
)  # fmt: skip
def test_a_page_leads_to_safe_addresses_alone(target: str, kept: bool) -> None:
    assert bool(safe_address(target)) is kept
    made = writer().inlines((Link(target, (Text("là"),)),))
    assert ("href" in made) is kept and "là" in made


def test_no_two_names_have_one_id() -> None:
    names = ["a b", "a-b", "a_b", "A-b", "é", "e", "a:b", "a/b", "", "-"]
    assert len({identifier(name) for name in names}) == len(names)
    assert anchor("#fiche:tie2025") == anchor("#tie2025") == "to-tie2025"


def test_quotes_notes_formulas_and_lists_are_those_of_the_web() -> None:
    made = writer()
    note = Footnote((Paragraph((Text("Une note."),), Span("a")),))
    said = made.inlines((Quoted((Text("dit"),)), note, Math(r"\frac{a}{b}")))
    assert "«" in said and 'role="doc-noteref"' in said and "<math" in said and "<mfrac>" in said
    assert "Une note." in made.footnotes()
    listed = made.blocks((ListOf(((Paragraph((Text("un"),), Span("a")),),), 3, Span("a")),))
    assert listed == '<ol start="3"><li>un</li></ol>'


def page(root: Path, lang: str = "fr", **changed: str) -> str:
    """The page of the small report, whose fiches may be changed."""
    from synopse.build.web import write_page

    session = small(root, FICHES | changed, lang=lang)
    made(session)
    assert write_page(session) == []
    return (root / "build/report.html").read_text("utf-8")


def made(session: object) -> None:
    """Writes the pieces of HTML, as the steps do."""
    from synopse.build.pages import write
    from synopse.build.session import Session
    from synopse.render.compose import fiche_view, frame_view, part_view

    assert isinstance(session, Session)
    corpus, pieces = session.checked_project().corpus, session.pieces["html"]
    for paper in corpus.papers:
        write(session, pieces.fiche(fiche_view(corpus, paper)))
    for number in range(1, len(corpus.report.synthesis) + 1):
        part, prose, _ = session.part(number)
        write(session, pieces.part(part_view(corpus, number, part, prose)))
    write(session, pieces.frame(frame_view(session.project, False)[0]))


def test_the_page_holds_every_remark_and_every_cell(tmp_path: Path) -> None:
    whole = page(tmp_path)
    said = text_of(whole)
    session = small(tmp_path)
    for part, _, _ in (session.part(n) for n in range(1, len(session.project.corpus.report.synthesis) + 1)):
        table = getattr(part, "table", part)
        for row in getattr(table, "rows", ()):
            for cell in row.cells:
                for line in cell.text.split("\n"):
                    assert re.sub(r"\s+", " ", line.strip()) in said, (part.id, line)
    for paper in session.project.corpus.papers:
        for name in session.project.corpus.form.fields:
            for remark in paper.fiche.remarks(name):
                if remark.text and "[@" not in remark.text.text and "*" not in remark.text.text:
                    assert remark.text.text.split("\n")[0].strip(" .")[:20] in said


def test_nothing_comes_from_elsewhere_and_only_the_pages_own_script_runs(tmp_path: Path) -> None:
    whole = page(tmp_path)
    assert not re.findall(r'<(?:script|img|link|iframe|source|video)[^>]*(?:src|href)="(?!data:)[^"]*"', whole)
    policy = re.search(r'content="(default-src [^"]*)"', whole)
    assert policy is not None and "unsafe" not in policy[1] and "default-src 'none'" in policy[1]
    for tag, name in (("style", "page.css"), ("script", "page.js")):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", whole, re.DOTALL)
        assert inside is not None and inside[1] == asset(name)
        assert base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode() in policy[1]
    assert not re.search(r'\sstyle="', whole) and not re.search(
        r"\son\w+=", re.sub(r"<script>.*?</script>", "", whole, flags=re.DOTALL)
    )
    assert len(asset("page.js").encode()) < 20_000


def test_ids_are_given_once_and_every_link_within_the_page_leads_somewhere(tmp_path: Path) -> None:
    whole = page(tmp_path)
    ids = re.findall(r'\sid="([^"]*)"', whole)
    assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1]
    assert set(re.findall(r'href="#([^"]*)"', whole)) <= set(ids)


def test_hostile_fiches_keep_the_page_whole(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if not re.search("[\x00\u2028]|{{", text)]
    quoted = "\n".join(f"  - {json.dumps(text)}" for text in texts)
    whole = page(
        tmp_path,
        alpha2023=f"status: todo\nquestion: {json.dumps(texts[0])}\nforces:\n{quoted}\ntechniques: [{json.dumps(texts[1])}]",
    )
    assert whole.count("<script") == 3 and "<img" not in whole and whole.rstrip().endswith("</html>")
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', whole, re.DOTALL)
    assert data is not None and json.loads(data[1])["papers"]
    said = text_of(whole)
    for text in ("alert(1)", "onmouseover", "]]>"):
        assert text in said


@pytest.mark.parametrize("told", ["none", "plain", "vscode"])
def test_files_and_lines_are_told_where_they_are_asked_for_alone(tmp_path: Path, told: str) -> None:
    whole = page(tmp_path)
    assert "sources/fiches" not in whole and str(tmp_path) not in whole
    report = tmp_path / "sources/report.yaml"
    text = report.read_text("utf-8")
    from synopse.build.session import Session
    from synopse.build.web import write_page

    report.write_text(f"{text}html: {{sources: {told}}}\n", "utf-8")
    session = Session(tmp_path)
    made(session)
    write_page(session)
    whole = (tmp_path / "build/report.html").read_text("utf-8")
    assert ("sources/fiches/alpha2023.yaml:" in whole) is (told != "none")
    assert ("vscode://file/" in whole) is (told == "vscode")


def test_tables_and_pictures_are_numbered_in_their_chapter_and_references_know_them() -> None:
    frame = (
        '<h2 id="to-a"><span class="no" data-n="chapter" data-name="a"></span>A</h2>'
        '<h3 id="to-b"><span class="no" data-n="section" data-name="b"></span>B</h3>'
        '<b class="n" data-name="table:x" data-n="table"></b><b class="n" data-name="figure:y" data-n="figure"></b>'
        '<b class="n" data-name="table:z" data-n="table"></b>'
        '<a data-ref="table:z">tableau </a><a data-ref="b">section </a><a data-ref="nowhere">x </a>'
        '<h2 id="to-c"><span class="no" data-n="appendix" data-name="c"></span>C</h2><b class="n" data-n="table"></b>'
    )
    made = joined(Page("T", catalogue("fr"), frame, lambda kind, name: ""))
    assert text_of(made.partition("<main")[2]).count("Tableau\u00a01.2") + text_of(made).count("Tableau 1.2") >= 1
    assert '<a href="#t-z">tableau 1.2</a><a href="#to-b">section 1.1</a>x ?' in made
    assert "Tableau A.1" in text_of(made).replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["fr", "en", "de", "es", "it", "pt"])
def test_the_page_is_in_the_reports_language(tmp_path: Path, lang: str) -> None:
    whole = page(tmp_path, lang)
    assert f'<html lang="{lang}">' in whole
    data = re.search(r'id="data">(.*?)</script>', whole, re.DOTALL)
    assert data is not None
    said = json.loads(data[1])["words"]
    assert said["filter"] == catalogue(lang)["html.filter"] and all(said.values())


BROKEN = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><citation><layout><text variable="title"/></layout></citation>
<bibliography><layout prefix="As "><text variable="title"/><choose><if type="article-journal"><text macro="none"/></if></choose></layout>
</bibliography></style>"""


def test_what_is_wrong_with_a_style_of_references_is_told_while_another_serves(tmp_path: Path) -> None:
    from synopse.build.references import is_told, told_of
    from synopse.build.session import Session
    from synopse.build.web import write_page

    small(tmp_path)
    report, style = tmp_path / "sources/report.yaml", tmp_path / "sources/own.csl"
    report.write_text(f"{report.read_text('utf-8')}html: {{csl: own.csl}}\n", "utf-8")

    def told(text: str) -> tuple[list[str], str]:
        style.write_text(text, "utf-8")
        session = Session(tmp_path)
        made(session)
        found = write_page(session)
        again = Session(tmp_path)
        assert write_page(again) == found == told_of(again) and is_told(again.store) is bool(found)
        return [each.code for each in found], (tmp_path / "build/report.html").read_text("utf-8")

    codes, shown = told(BROKEN)
    assert codes == ["csl-style"] and '<li id="ref-alpha2023">As ' not in shown
    codes, shown = told(BROKEN.replace('<text macro="none"/>', ""))
    assert codes == [] and '<li id="ref-alpha2023">As ' in shown
    codes, shown = told("no style")
    assert codes == ["csl-style"]
