"""LaTeX, HTML and siunitx of a .bib field, as inlines: tables of what exports write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.bib.decode import decoded, with_links
from synopse.bib.latex import Remark
from synopse.bib.write import write_markup
from synopse.markup.text import plain
from synopse.markup.tree import Link, Quoted, Styled, Text

SPACES = {r"A\,B": "A\u202fB", r"A\thinspace B": "A\u202fB", r"A{\thinspace}B": "A\u202fB", r"A{\hspace{0.167em}}B": "A\u202fB",
          r"A\:B": "A\u2005B", r"A\;B": "A\u2004B", r"A\!B": "AB", r"A\quad B": "A\u2003B", r"A\qquad{}B": "A\u2003\u2003B",
          "A~B": "A\u00a0B", r"A\nobreakspace{}B": "A\u00a0B", r"A\enspace B": "A\u2002B", r"A\space B": "A B", r"A\ B": "A B",
          r"A\hspace*{1em}B": "A\u2003B", r"A\hskip 3pt plus 1pt B": "A\u2004B", r"A\kern-1ptB": "AB", r"A\\B": "A B",
          r"A\newline B": "A B", r"A{\hspace{0pt}}B": "AB"}  # fmt: skip
ACCENTS = {r"\a'a": "á", r"{\a'a}": "á", r"{\a`e}": "è", r"\a=o": "ō", r"\a'{e}": "é", r"\'e": "é", r"\'{e}": "é", r"{\'e}": "é",
           r"{\'{e}}": "é", r"\'{\i}": "í", r"\'\i": "í", r"\v{S}": "Š", r"{\v S}": "Š", r"\v S": "Š", r"\c{c}": "ç", r"\c c": "ç",
           r"\k{a}": "ą", r"\H{o}": "ő", r"\u{g}": "ğ", r"\r{a}": "å", r"\d{h}": "ḥ", r"\=o": "ō", r"\.z": "ż", r"\~n": "ñ",
           r"\~{n}": "ñ", r"{\ss}": "ß", r"\ss{}": "ß", r"\o ": "ø", r"\L{}": "Ł", r"{\aa}": "å", r"\AE{}": "Æ", r"{\dh}": "ð",
           r"\textcommabelow{s}": "ș", r"\^{\j}": "ĵ", r"\t{oo}": "o͡o", r"{\OE}": "Œ"}  # fmt: skip
CHARACTERS = {r"{\textbar}": "|", r"\S": "§", r"\S{}": "§", r"\copyright": "©", r"\pounds": "£", r"{\textdegree}": "°",
              r"{\textperiodcentered}": "·", r"\texttrademark{}": "™", r"\textregistered": "®", r"{\textemdash}": "—", r"\P": "¶",
              r"{\textquotedblleft}": "“", r"\textendash{}": "–", r"{\textbackslash}": "\\", r"\dag": "†", r"\ddag": "‡",
              r"\textmu{}": "µ", r"{\texteuro}": "€", r"\ldots": "…", r"{\guillemotleft}": "«", r"\textasciitilde{}": "~",
              r"\textless{}": "<", r"{\textonehalf}": "½", r"\&": "&", r"\%": "%", r"\#": "#", r"\_": "_", r"\$": "$", r"\{": "{",
              "---": "—", "--": "–", "``": "“", "''": "”", "'": "’", "`": "‘", "!`": "¡", "?`": "¿", "<<": "«", ",,": "„",
              r"\cyrzh": "ж", r"{\apj}": "ApJ", r"\mnras": "MNRAS", r"{\cprime}": "ʹ", r"\textesh": "ʃ", r"\char233 ": "é", '\\char"E9': "é"}  # fmt: skip
MEASURES = {r"\SI{5}{\mega\hertz}": "5\u202fMHz", r"\qty{5}{MHz}": "5\u202fMHz", r"\si{\kilo\gram}": "kg", r"\unit{m}": "m",
            r"\num{12345.678}": "12\u202f345.678", r"\num{1234}": "1234", r"\num{1e-3}": "1\u00a0×\u00a010−3", r"\ang{12.5}": "12.5°",
            r"\ang{1;2;3}": "1°2′3″", r"\SI{20}{\celsius}": "20\u202f°C", r"\SI{30}{\degree}": "30°", r"\SI{-5}{\micro\metre}": "−5\u202fµm",
            r"\SI[per-mode=symbol]{3}{\metre\per\second}": "3\u202fm\u202fs−1", r"\si{\metre\squared}": "m2", r"\SI{5}{\percent}": "5\u202f%",
            r"\SIrange{1}{2}{\GHz}": "1–2\u202fGHz", r"\numrange{1}{2}": "1–2", r"\qty{1.5 +- 0.2}{\kHz}": "1.5 ± 0.2\u202fkHz",
            r"\ce{H2O}": "H2O", r"\ce{SO4^2-}": "SO42−"}  # fmt: skip


def told(value: str) -> list[str]:
    found: list[Remark] = []
    decoded(value, found.append)
    return [f"{each.code}: {each.message}" for each in found]


@pytest.mark.parametrize(("latex", "text"), [*SPACES.items(), *CHARACTERS.items(), *MEASURES.items()])
def test_a_space_a_character_a_measure_is_what_latex_prints(latex: str, text: str) -> None:
    assert plain(decoded(f"({latex})")) == f"({text})"
    assert told(latex) == []


@pytest.mark.parametrize(("latex", "text"), ACCENTS.items())
def test_an_accent_is_a_letter_wherever_it_stands(latex: str, text: str) -> None:
    for before, after in (("", ""), ("a", "-b"), ("x and ", ", y"), ("{", "}")):
        assert plain(decoded(before + latex + after)) == (before + text + after).replace("{", "").replace("}", "")
    assert told(latex) == []


def test_html_of_exports_becomes_characters_and_styles() -> None:
    value = "Plants &amp; Soil &lt;i&gt;in vivo&lt;/i&gt; H<sub>2</sub>O <jats:bold>x</jats:bold> <scp>DNA</scp> 10<sup>3</sup>"
    styles = [(i.style, plain(i.children)) for i in decoded(value) if isinstance(i, Styled)]
    assert plain(decoded(value)) == "Plants & Soil in vivo H2O x DNA 103"
    assert styles == [("emph", "in vivo"), ("sub", "2"), ("strong", "x"), ("smallcaps", "DNA"), ("super", "3")]
    assert [each[:9] for each in told(value)] == ["bib-html:"]


@pytest.mark.parametrize("value", ["$<$i$>$x$<$/i$>$", "{\\textless}i{\\textgreater}x{\\textless}/i{\\textgreater}", "<em>x</em>",
                                   "\\textless{}i\\textgreater{}x\\textless{}/i\\textgreater{}", "<jats:italic>x</jats:italic>",
                                   "&lt;i&gt;x&lt;/i&gt;", "&amp;lt;i&amp;gt;x&amp;lt;/i&amp;gt;", "<I>x</I>"])  # fmt: skip
def test_a_tag_is_read_however_it_was_escaped(value: str) -> None:
    assert decoded(value) == (Styled("emph", (Text("x"),)),)


def test_other_tags_go_with_a_note_and_what_is_no_tag_stays() -> None:
    assert plain(decoded('<p>One<br/>two</p> <span lang="en">three</span>')) == "One two three"
    assert "<span>" in told("<span>x</span>")[0]
    for text in ("a < b and c > d", "the <canvas> element", "x <i> y", "a<b", "1 <2> 3"):
        assert plain(decoded(text)) == text and not told(text)


def test_mathml_is_text_with_raised_and_lowered_parts() -> None:
    value = '<mml:math xmlns:mml="x"><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub><mml:mo>&amp;</mml:mo></mml:math>'
    assert decoded(value) == (Text("H"), Styled("sub", (Text("2"),)), Text("&"))


def test_an_unknown_command_is_told_to_be_kept_or_left_out_as_it_is() -> None:
    assert (plain(decoded(r"a \foo{kept} b")), "is kept" in told(r"a \foo{kept} b")[0]) == ("a kept b", True)
    assert (plain(decoded(r"a \foo{} b")).split(), "is kept" in told(r"a \foo b")[0]) == (["a", "b"], False)
    assert "left out" in told(r"a \foo b")[0]


def test_a_sign_that_latex_would_stop_at_is_kept_and_told() -> None:
    assert plain(decoded("R&D is 50% of #1 a_b x^2")) == "R&D is 50% of #1 a_b x^2"
    assert [each.split()[2] for each in told("R&D is 50% of #1 a_b x^2")] == ["#", "%", "&", "^", "_"]
    assert told(r"R\&D, $a_b^2$, \url{http://x.org/a_b%20c#d}, &amp; 10\%") == [
        "bib-html: HTML is read as what it means: &amp;; LaTeX alone would stop at its &"
    ]


def test_an_address_in_a_text_is_a_link_that_shows_itself() -> None:
    address = "https://hedera.com/learning/a_b?c=d%20e#f"
    link = Link(address, (Text(address),))
    assert decoded(rf"\url{{{address}}}") == (link,)
    assert with_links(decoded(f"see {address.replace('_', chr(92) + '_').replace('%', chr(92) + '%')}.")[:1])[
        0
    ] == Text("see ")
    assert write_markup((link,)) == r"\url{https://hedera.com/learning/a_b?c=d\%20e\#f}"
    assert decoded(write_markup((link,))) == (link,)


def test_formulas_of_old_latex_are_read_and_others_told() -> None:
    assert write_markup(decoded(r"${\rm CO}_2$ and \ensuremath{x^2} and \(y\)")) == r"$\mathrm{CO}_2$ and $x^2$ and $y$"
    assert told(r"$\foo{x}$")[0].startswith("bib-command: the formula")


def test_quotes_and_capitals_that_a_command_makes() -> None:
    assert decoded(r"\enquote{a}") == (Quoted((Text("a"),)),)
    assert (
        plain(decoded(r"\uppercase{abc} \MakeLowercase{DEF} \textcolor{red}{x} \href{https://x.org}{y}"))
        == "ABC def x y"
    )


@given(st.text(alphabet="<>/ib subp&;ltgt{}\\$x ", max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_html_however_broken_raises_or_breaks_braces(text: str) -> None:
    written = write_markup(decoded(text))
    assert written.count("{") - written.count("\\{") == written.count("}") - written.count("\\}")
