"""siunitx's and mhchem's commands, and HTML, in the fields of a .bib: what is printed of each."""

from __future__ import annotations

import pytest

from synopse.bib.decode import decoded
from synopse.bib.latex import Remark
from synopse.bib.web import from_web
from synopse.bib.write import write_markup


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        (r"\num{1234}", "1234"), (r"\num{12345}", r"12\,345"), (r"\num{1.23456}", r"1.234\,56"), (r"\num{1,5}", "1.5"), (r"\num{-5}", "−5"),
        (r"\num{12345.6e-7}", r"12\,345.6~×~10\textsuperscript{−7}"), (r"\num{e9}", r"10\textsuperscript{9}"), (r"\num{5 +- 2}", "5 ± 2"),
        (r"\SI{5}{\mega\hertz}", r"5\,MHz"), (r"\qty{9.81}{\metre\per\second\squared}", r"9.81\,m\,s\textsuperscript{−2}"),
        (r"\si{kg.m^{-3}}", r"kg\,m\textsuperscript{−3}"), (r"\SI{20}{\degreeCelsius}", r"20\,°C"), (r"\SI{90}{\degree}", "90°"),
        (r"\ang{1;2;3}", "1°2′3″"), (r"\qtyrange{1}{5}{\milli\metre}", r"1–5\,mm"), (r"\numlist{1;2;3}", "1, 2, 3"),
        (r"\SI{50}{\percent}", r"50\,\%"), (r"\SI{5}{\kWh}", r"5\,kWh"), (r"\SI{5}{\per\cubic\centi\metre}", r"5\,cm\textsuperscript{−3}"),
        (r"\si{\square\metre}", r"m\textsuperscript{2}"), (r"\si{\metre\tothe{4}}", r"m\textsuperscript{4}"), (r"\SI{5}{\micro\gram}", r"5\,µg"),
        (r"\ce{H2O}", r"H\textsubscript{2}O"), (r"\ce{SO4^2-}", r"SO\textsubscript{4}\textsuperscript{2−}"), (r"\ce{Na+}", r"Na\textsuperscript{+}"),
        (r"\ce{2H2 + O2 -> 2H2O}", r"2H\textsubscript{2} + O\textsubscript{2} → 2H\textsubscript{2}O"),
        (r"\ce{Ca^{2+}}", r"Ca\textsuperscript{2+}"),
    ],
)  # fmt: skip
def test_a_number_a_unit_or_a_formula_is_printed_as_its_package_prints_it(latex: str, printed: str) -> None:
    found: list[Remark] = []
    assert write_markup(decoded(latex, found.append)) == printed and found == []


def test_a_unit_that_is_not_known_is_told() -> None:
    found: list[Remark] = []
    decoded(r"\SI{5}{\foo}", found.append)
    assert len(found) == 1 and r"\foo" in found[0].message


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        ("Plants &amp; Soil", r"Plants \& Soil"), ("&amp;amp;", r"\&"), ("5 &lt; 6", "5 < 6"), ("&#x2013;", "–"), ("&eacute;", "é"),
        ("<i>in vivo</i>", r"\emph{in vivo}"), ("H<sub>2</sub>O", r"H\textsubscript{2}O"), ("10<sup>3</sup>", r"10\textsuperscript{3}"),
        ("&lt;i&gt;x&lt;/i&gt;", r"\emph{x}"), ("<jats:italic>E. coli</jats:italic>", r"\emph{E. coli}"), ("<scp>Dna</scp>", r"\textsc{Dna}"),
        ('<span class="nocase">LaTeX</span>', "{LaTeX}"), ('<span style="font-variant:small-caps;">x</span>', r"\textsc{x}"),
        (r"\textless i\textgreater x\textless/i\textgreater", r"\emph{x}"), ("<i>a <b>b</b></i>", r"\emph{a \textbf{b}}"), ("a<br/>b", "a b"),
    ],
)  # fmt: skip
def test_html_becomes_latex_and_is_told(value: str, latex: str) -> None:
    text, read = from_web(value)
    assert text == latex and read


@pytest.mark.parametrize(
    "value", ["a < b and c > d", "AT&T", "&unknown;", "<b>open", "x</i>", "<foo>a</foo>", "{<i>}a{</i>}", "", "100 % & more"]
)  # fmt: skip
def test_what_is_no_html_or_not_whole_stays_as_it_was_typed(value: str) -> None:
    assert from_web(value) == (value, [])
