"""A person's text: what is understood, what is literal, and where each part stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.locale import catalogue
from synopse.markup.citations import parse_group
from synopse.markup.grammar import Mode
from synopse.markup.keys import known_keys
from synopse.markup.parse import parse, parsed
from synopse.markup.text import plain_blocks
from synopse.markup.tree import Block, Heading, Locator, Paragraph
from synopse.render.latex.writer import LatexWriter
from tests.conftest import scalar


def latex(text: str, lang: str = "fr", mode: Mode = "text") -> str:
    """The LaTeX of a text, without its marks of place."""
    import re

    blocks, found = parse(scalar(text), lang, mode)
    assert found == []
    return re.sub("\x01[^\x03]*\x03", "", LatexWriter(catalogue(lang)).blocks(blocks))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* **b** `c_d` ~~e~~", r"\emph{a} \textbf{b} \synopsecode{c\_d} \synopsestrike{e}"),
        ('"mot" et l\'autre', "«~mot~» et l’autre"),
        ("50 % de A & B_c # \\x {y}", r"50 \% de A \& \synopseword{B\_c} \# \textbackslash{}x \{y\}"),
        ("\\*non\\* et 5\\$", r"*non* et 5\$"),
        ("&amp; <b> &#35;", r"\&amp; <b> \&\#35;"),
        ("[ici](https://x.org/a_b?c=%20)", r"\href{https://x.org/a\_b?c=\%20}{ici}"),
        ("# pas un titre", r"\# pas un titre"),
        ("    pas du code", "pas du code"),
        ("a $x^2$ b", r"a \(x^2\) b"),
        ("$$\\frac{a}{b}$$", r"\[\frac{a}{b}\]"),
        ("coûte 5 $ ou 10 $", r"coûte 5 \$ ou 10 \$"),
        ("un@exemple.org", r"\synopseword{un@\synopsebreak{}exemple.\synopsebreak{}org}"),
        ("[@a] [@a, p. 12] [-@a]", r"\autocite{a} \autocite[][{\pno~12}]{a} \autocite*{a}"),
        ("[voir @a; @b, chap. 3]", r"\autocites[{voir}][]{a}[][{chap.~3}]{b}\relax{}"),
        ("@a [p. 3-5] dit", r"\textcite[][{\ppno~3–5}]{a} dit"),
        ("mot[^1]\n\n[^1]: La note.", r"mot\footnote{La note.}"),
    ],
)
def test_inline_text_becomes_latex(text: str, written: str) -> None:
    assert latex(text) == written


def test_lists_quotes_and_tables_become_latex() -> None:
    assert latex("- a\n- b") == "\\begin{synopselist}{}\n\\synopseitem{}a\n\\synopseitem{}b\n\\end{synopselist}"
    assert latex("0. a\n1. b").startswith("\\begin{synopselist}{1.}\n\\synopseitem{0.}a\n\\synopseitem{1.}b")
    assert latex("3) a\n4) b").startswith("\\begin{synopselist}{4)}\n\\synopseitem{3)}a\n\\synopseitem{4)}b")
    assert latex("> dit\n> encore") == "\\begin{synopsequote}\ndit encore\n\\end{synopsequote}"
    table = latex("| a | b |\n|---|--:|\n| 1 | 2 & 3 |")
    assert "\\textbf{a} & \\textbf{b} \\\\" in table and "1 & 2 \\& 3 \\\\" in table


@pytest.mark.parametrize("mode", ["text", "chapter", "line"])
@pytest.mark.parametrize("sign", [">", "+", "-", "*", "3.", "3)", "> >", "- -", "1. >"])
def test_a_sign_before_the_words_of_one_line_is_of_the_text(sign: str, mode: Mode) -> None:
    for text in (f"{sign} 100 people were seen", f"{sign} 100 people were seen\n"):
        blocks, found = parse(scalar(text), "en", mode)
        assert found == [] and isinstance(blocks[0], Paragraph) and plain_blocks(blocks) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["2*3*4 mg", "2**3**4", "2*x*y", "l'étudiant*e*s", "f(a*b*c)", "[2*3*4 mg](https://x.org)", "10*5* a", "Ж*а*ж"],
)
def test_a_star_within_a_word_or_a_number_is_a_star(text: str) -> None:
    blocks, found = parse(scalar(text), "en")
    words = text.replace("'", "’").removeprefix("[").removesuffix("](https://x.org)")
    assert found == [] and plain_blocks(blocks) == words


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*k*th", r"\emph{k}th"),
        ("**A**bout", r"\textbf{A}bout"),
        ("*2*3 mg*", r"\emph{2*3 mg}"),
        ("漢*強*漢", r"\emph{強}"),
        ("(*p*)-value", r"(\emph{p})-value"),
    ],
)
def test_emphasis_that_begins_with_a_word_is_emphasis(text: str, written: str) -> None:
    assert written in latex(text, "en")


def test_words_that_are_struck_are_seen_to_be_so_where_there_is_no_style() -> None:
    assert plain_blocks(parse(scalar("a ~~wrong~~ word"), "en")[0]) == "a ~~wrong~~ word"


def test_headings_and_rules_are_for_chapters_alone() -> None:
    assert latex("# Titre\n\n---", mode="chapter") == "\\section{Titre}\n\n\\synopserule{}"
    blocks, found = parse(scalar("# Titre\n\n---\n"), "fr")
    assert not any(isinstance(block, Heading) for block in blocks)
    assert [each.code for each in found] == ["unread-block"]


@pytest.mark.parametrize(
    ("marks", "levels"),
    [("##", [1]), ("## ###", [1, 2]), ("# ###", [1, 2]), ("## # ##", [1, 1, 2]), ("# #### ## ### #", [1, 2, 2, 3, 1])],
)
def test_headings_of_a_chapter_begin_with_a_section_and_go_down_by_one(marks: str, levels: list[int]) -> None:
    blocks, _ = parse(scalar("\n\n".join(f"{mark} a\n\nText" for mark in marks.split())), "en", "chapter")
    assert [block.level for block in blocks if isinstance(block, Heading)] == levels


def test_english_quotes_are_english() -> None:
    assert latex('"word" it\'s', "en") == "“word” it’s"


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("@a, p. 12", Locator("page", "12", "p.")),
        ("@a, pp. 12-14", Locator("page", "12–14", "pp.")),
        ("@a, 12", Locator("page", "12")),
        ("@a, chapitre 3", Locator("chapter", "3", "chapitre")),
        ("@a, § 4", Locator("section", "4", "§")),
        ("@a, fig. 2", Locator("figure", "2", "fig.")),
        ("@a, vol. II", Locator("volume", "II", "vol.")),
    ],
)
def test_locators_are_understood_in_french_and_english(text: str, locator: Locator) -> None:
    keys = parse_group(text)
    assert keys is not None and keys[0].locator == locator


@pytest.mark.parametrize(
    ("text", "kind", "value", "rest"),
    [
        ("pp. xii-xv", "page", "xii–xv", ""),
        ("xiv", "page", "xiv", ""),
        ("S14", "page", "S14", ""),
        ("12-14, 18 et passim", "page", "12–14", ", 18 et passim"),
        ("p. 12 sq.", "page", "12", "sq."),
        ("p. 3.2a", "page", "3.2a", ""),
        ("vol. II, p. 3", "volume", "II", ", p. 3"),
        ("annexe B", "appendix", "B", ""),
        ("P. 12", "page", "12", ""),
    ],
)
def test_a_locator_is_a_number_or_a_whole_roman_numeral(text: str, kind: str, value: str, rest: str) -> None:
    keys = parse_group(f"@a, {text}")
    assert keys is not None and keys[0].locator is not None
    assert (keys[0].locator.kind, keys[0].locator.value, keys[0].suffix) == (kind, value, rest)


@pytest.mark.parametrize(
    "words",
    ["passim", "section", "page de titre", "lignes directrices", "dix pages", "dix", "mix", "di", "civil", "page vingt",
     "annexe Bleue", "chapitre dernier", "A", "vide", "l’introduction", "notes", "lire aussi ceci"],
)  # fmt: skip
def test_a_word_is_no_locator_whatever_its_letters(words: str) -> None:
    keys = parse_group(f"@a, {words}")
    assert keys is not None and (keys[0].locator, keys[0].suffix) == (None, words)


@pytest.mark.parametrize(
    "key",
    [
        "at&t2020",
        "a=b2020",
        "duquette_share--income_2019",
        "a#1",
        "100%a",
        "müller~a",
        "DBLP:conf/x/Y20",
        "a.b",
        "café",
    ],
)
def test_a_key_of_any_reference_manager_is_cited_as_it_is(key: str) -> None:
    for text in (f"@{key}", f"@{{{key}}}", f"voir @{key}, p. 3"):
        keys = parse_group(text, known_keys([key], {}))
        assert keys is not None and keys[0].key == key, text


def test_any_other_key_is_cited_in_braces() -> None:
    for key in ("l'été", "Di Martino2019", "o(1)", "!a", "a."):
        keys = parse_group(f"@{{{key}}}, p. 4")
        assert keys is not None and (keys[0].key, keys[0].locator) == (key, Locator("page", "4", "p."))


def test_a_bracket_without_a_key_is_no_citation() -> None:
    assert parse_group("mot@exemple.org") is None
    assert plain_blocks(parse(scalar("[voir ici] et [@]"))[0]) == "[voir ici] et [@]"


@given(st.text("abÉé'’ .,:;!?()-–0123456789/=&%\n\u00a0", min_size=1, max_size=40), st.sampled_from(["", "\n"]))
def test_the_short_way_for_texts_without_markup_gives_what_the_parser_gives(text: str, end: str) -> None:
    source = scalar(text + end)
    blocks, found = parse(source)
    through_parser, _ = parsed(source, "fr", "text")
    assert found == [] and _bare_of(blocks) == _bare_of(through_parser)


def _bare_of(blocks: tuple[Block, ...]) -> object:
    """The kinds and words of blocks, and the places where paragraphs begin."""
    return [
        (type(b).__name__, plain_blocks((b,)), (b.span.line, b.span.column) if isinstance(b, Paragraph) else 0)
        for b in blocks
    ]
