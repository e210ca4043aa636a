"""Formulas: what passes the check is set by the engine without an error, and what people write passes."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.markup import maths_commands as commands
from synopse.markup.maths import check_maths, written_maths

SOUND = re.findall(
    r"\S+",
    r"""
x^2 x_i^2 x'_1 x''^2 f'(x) {}_1F_2 ^2 x^{a_b} x^\ast x_\infty x^\prime x_\mathrm{max} x_\text{in} x^\frac12 x_\mathbb{R}
\frac{a}{b} \frac12 \frac\pi2 \tfrac{1}{2} \binom{n}{k} \sqrt2 \sqrt{x} \sqrt[3]{x} \sqrt[n]\alpha \hat\theta
\overset{a}{b} \underset{a}{b} \stackrel{def}{=} \boldsymbol{x} \boxed{x=1} \underbrace{a+b}_{n} \overbrace{a}^{n}
\sum_{i=1}^n \sum\limits_{i}^{n} \lim\limits_{x\to0} \operatorname{argmax}\limits_x \int\nolimits_0^1 \max_x
\left(x\right) \left[\frac{a}{b}\right]^2 \left.\frac{df}{dx}\right|_{x=0} \left(a\middle|b\right) \left\{x\right.
\left\langle{a,b}\right\rangle \left<a\right> \left(\left(a\right)b\right) \big( \Big\{ \bigl(x\bigr) \biggr\rangle_2
\text{si} \not= \not\in \not\equiv x\not<y a\bmod{b} a\pmod{n} \mathbf{x} \mathbf\Sigma \mathrm{d}x \mathcal{L}
\begin{pmatrix}a&b\\c&d\end{pmatrix} \begin{cases}1&\text{si}x>0\\0\end{cases} \begin{array}{l|c}a&b\end{array}
\begin{aligned}a&=b\\&=c\end{aligned} \begin{aligned}[x]&=1\end{aligned} \begin{matrix}a\\[2pt]b\\[x]\end{matrix}
\begin{gathered}a\\b\end{gathered} \begin{split}a&=b\end{split} \begin{matrix}\begin{matrix}a\end{matrix}\end{matrix}
α+β ≤ x×y é x² 10−3 ‖x‖ ℝ \text{écart-type}_i ∑_i ⌊x⌋ \left⟨a\right⟩ x_α \frac{α}β
\text{50\,\%\_\&\#\$\{\}} \textbf{a\textit{b}} \displaystyle\sum_i \textstyle [a,b[ ]0,1] f(x)|g(x) a/b:c;d,e.f!?
\{x\mid{x>0}\} \%\&\#\$\_ x\,z\;w\!v\:u \dots,\ldots\cdots \xrightarrow{f} \xrightarrow[a]{b} \phantom{x} -+*/=<>
""",
)
"""Formulas without spaces, as people write them."""
SPACED = (r"\alpha x + \beta y", r"\frac ab", r"\mathcal L", r"\frac αβ", r"x\ y", r"\text{si }x>0", r"a\bmod b", r"\left( \frac{a}{b} \right)", r"\begin{array}{lcr} a & b & c \\ d & e & f \end{array}",
          r"x ^ 2 _ 1", r"\frac 1 2", r"\lim \limits _ { x }", r"\text{ with spaces }", "a\n+ b", r"\left ( x \right )",
          r"\begin{matrix} a \\ *b \\ [c] \end{matrix}", r"\hat x \hat \alpha", "x \u00a0 y")  # fmt: skip

REFUSED = {
    r"\overset{a}": "argument", r"\underset{a}": "argument", r"\stackrel{a}": "argument", r"\boldsymbol": "argument",
    r"\boxed": "argument", r"\frac{1}": "argument", r"\sqrt": "argument", r"\hat": "argument", r"\text": "argument",
    r"\mathbb^2": "argument", r"\frac1^2": "argument", r"\binom{n}&": "argument", r"\overbrace_a": "argument",
    r"\left x\right y": "bracket", r"\right)x\left(": r"\left before", r"\left(x": r"\right", r"\left(": r"\right",
    r"\left(x\right": "bracket", r"{\left(x}\right)": r"\right", r"\left(a&b\right)": "between", r"\big": "bracket",
    r"\big x": "bracket", r"\Bigl\alpha": "bracket", r"\middle|": "between", r"\left(\middle x\right)": "bracket",
    r"x\limits_a": "operator", r"\limits": "operator", r"\alpha\limits^2": "operator", r"{\sum}\limits_a": "operator",
    r"\text{a_b}": "_ means", r"\text{a^b}": "^ means", r"\text{\alpha}": "inside", r"\text{a&b}": "& means",
    r"\text{\frac12}": "inside", r"\text x^": "raise",
    r"\begin{array}{lc}a&b&c\end{array}": "2 columns", r"\begin{cases}a&b&c\end{cases}": "2 columns",
    r"\begin{gathered}a&b\end{gathered}": "1 columns", r"\begin{array}{}a\end{array}": "columns of an array",
    r"\begin{array}{p{2cm}}a\end{array}": "columns of an array", r"\begin{matrix}{a&b}\end{matrix}": "columns",
    r"\begin{matrix}a\end{pmatrix}": r"\end{matrix}", r"\begin{matrix}a": "missing", r"\end{matrix}": "before",
    r"\begin{matrix}" + "&".join("abcdefghijk") + r"\end{matrix}": "10 columns", r"\begin{foo}": "environment",
    r"a&b": "aligns", r"a\\b": "row", r"x^2^3": "two scripts", r"x_1_2": "two scripts", r"x^2'": "two scripts",
    r"x'_1'": "two scripts", r"x' '": "two scripts", r"x^": "raise", r"x_": "raise", r"{x^}": "raise", r"x^_2": "raise",
    r"x^'": "raise", r"x^\sum": "one sign", r"x^\cdots": "one sign", r"x^\sqrt2": "one sign", r"x^\quad": "one sign",
    r"x^\hat a": "one sign", r"x_\left(a\right)": "one sign", r"\sqrt\sum": "braces", r"\sqrt\frac12": "braces",
    r"\frac\frac12": "braces", r"\hat\hat a": "braces", r"\mathbf\text{a}": "braces",
    r"{x": "closed", r"x}": "match", r"\frac{a}{b": "closed", r"\text{a": "closed", r"\sqrt[3{x}": "missing",
    "50%": "comment", "a#b": "argument", "a~b": "space", "a$b": "formula", "x\\": "backslash", "^^41": "^^",
    r"\not": "one sign", r"\not{x}": "one sign", r"\not\sqrt2": "one sign", r"\input{x}": "allowed", r"\def\x": "allowed",
    "a\x07": "cannot stand", "x\u0301": "cannot stand", "a\n\nb": "empty line", r"\mbox": "argument",
    "{" * 40 + "}" * 40: "deeper", r"\left(" * 40 + r"\right)" * 40: "deeper",
}  # fmt: skip


@pytest.mark.parametrize("formula", [*SOUND, *SPACED])
def test_what_people_write_passes(formula: str) -> None:
    assert check_maths(formula) is None


@pytest.mark.parametrize("formula", REFUSED)
def test_what_the_engine_would_refuse_is_told(formula: str) -> None:
    wrong = check_maths(formula)
    assert wrong is not None and REFUSED[formula] in wrong[1], wrong
    assert 0 <= wrong[2] < max(1, len(formula)) and wrong[3] >= 1


def test_characters_are_written_in_the_words_of_tex() -> None:
    assert written_maths("α≤β²−é") == r"\alpha \leq \beta \text{²}-\text{é}"
    assert written_maths(r"\begin{split}a&=b\\[x]\end{split}") == r"\begin{aligned}a&=b\\{}[x]\end{aligned}"


PIECES = [f"\\{name} " for name in sorted(commands.HARMLESS - {"begin", "end"}) if name.isalpha()]
SIGNS: list[str] = [
    *"{}{}{}()[]|.'^_&xyz12+-=<>,:/*\"` ",
    r"\{",
    r"\}",
    r"\\",
    r"\,",
    r"\ ",
    r"\|",
    r"\left(",
    r"\right)",
    "é",
    "α",
]
ENVIRONMENTS = [rf"\{word}{{{name}}}" for name in commands.COLUMNS for word in ("begin", "end")] + [
    r"\begin{array}{lc}"
]


def generated(rng: random.Random) -> str:
    """A formula put together from commands and signs, well formed here and there."""

    def piece(depth: int) -> str:
        match rng.randrange(12 if depth < 4 else 7):
            case 0 | 1:
                return rng.choice(PIECES)
            case 2 | 3 | 4:
                return rng.choice(SIGNS)
            case 5:
                return rng.choice("xyαβ12")
            case 6:
                return rng.choice(ENVIRONMENTS) if rng.random() < 0.1 else rng.choice(PIECES)
            case 7:
                return "{" + several(depth + 1) + "}"
            case 8:
                name = rng.choice(sorted(commands.ARGUMENTS))
                count = len(commands.ARGUMENTS[name].replace("o", ""))
                return f"\\{name}" + "".join("{" + several(depth + 1) + "}" for _ in range(count))
            case 9:
                return rng.choice("^_") + rng.choice([rng.choice(PIECES), "{" + several(depth + 1) + "}"])
            case 10:
                name = rng.choice(sorted(commands.COLUMNS))
                head = "{lc}" if name == "array" else ""
                cells = r"\\".join(several(depth + 1) + "&" + several(depth + 1) for _ in range(2))
                return rf"\begin{{{name}}}{head}{cells}\end{{{name}}}"
            case _:
                return r"\left" + rng.choice("(|.[") + several(depth + 1) + r"\right" + rng.choice(")|.]")

    def several(depth: int) -> str:
        return "".join(piece(depth) for _ in range(rng.randrange(1, 4)))

    return several(0)


@given(st.text(alphabet="\\{}^_&'[]()x2 \n" + "αé", max_size=30))
@settings(max_examples=300, deadline=None)
def test_the_check_always_ends_with_a_place(text: str) -> None:
    wrong = check_maths(text)
    assert wrong is None or 0 <= wrong[2] <= len(text)


def in_every_place() -> list[str]:
    """Every command of the list, in every place that a formula has."""
    places = ("{}", "x^{}", "x_{}y", r"\sqrt {}", r"\frac {} 2", r"\hat {}", r"\mathbf {} ", "{}^2_1", r"{}\limits_a",
              r"\not {}", r"\big {}", r"\left {} x\right .", r"\boxed{{{}}}", r"\begin{{matrix}}{}&a\\{}\end{{matrix}}",
              r"\overset {} x", r"x' {}", r"\text{{{}}}", r"\mathrm{{{}}}", r"\operatorname{{{}}}", r"\underbrace {} _a")  # fmt: skip
    filled = [f"\\{name} " for name in sorted(commands.HARMLESS)]
    filled += [
        f"\\{name}" + "".join("{a}" for kind in shape if kind != "o") for name, shape in commands.ARGUMENTS.items()
    ]
    filled += list(commands.UNICODE)
    return [place.format(*[each] * place.count("{}")) for each in filled for place in places]


def set_by_engine(tex: Path, formulas: list[str], folder: Path) -> dict[str, str]:
    """Sets each formula, inline and displayed; gives the error of each one that has one."""
    preamble = (tex / "preamble.tex").read_text("utf-8")
    shutil.copy(tex / "base.tex", folder)
    if "amsmath" not in preamble:
        preamble = preamble.replace(r"\usepackage{microtype}", "\\usepackage{amsmath,amssymb}\n\\usepackage{microtype}")
    lines: list[str] = []
    for formula in formulas:
        body = written_maths(formula)
        lines.append(rf"\setbox0\hbox{{\({body}\)}}x\par" + ("\\clearpage" if len(lines) % 200 == 0 else ""))
    head = preamble.rstrip("\n") + "\n\\begin{document}\n"
    (folder / "m.tex").write_text(head + "\n".join(lines) + "\n\\end{document}\n", "utf-8")
    command = ["lualatex", "-interaction=nonstopmode", "-file-line-error", "-draftmode", "-no-shell-escape", "m.tex"]
    variables = os.environ | {"OSFONTDIR": "/usr/share/fonts//", "max_print_line": "10000"}
    subprocess.run(command, cwd=folder, env=variables, stdout=subprocess.DEVNULL, check=False, timeout=300)
    log = (folder / "m.log").read_text("utf-8", "replace")
    assert "Output written" in log or "No pages of output" in log or "draftmode" in log, log[-500:]
    first = head.count("\n") + 1
    errors: dict[str, str] = {}
    for match in re.finditer(r"^\./m\.tex:(\d+): (.*)$", log, re.MULTILINE):
        at = int(match[1]) - first
        errors.setdefault(formulas[at] if 0 <= at < len(formulas) else "?", match[2])
    return errors


@pytest.mark.slow
def test_every_formula_that_passes_is_set_without_an_error(built: Path, tmp_path: Path) -> None:
    """Every command in every place, and some thousand formulas put together by chance."""
    rng = random.Random(20251125)
    count = int(os.environ.get("SYNOPSE_FORMULAS", "40000"))
    tried = [*SOUND, *SPACED, *in_every_place(), *(generated(rng) for _ in range(count))]
    passing = list(dict.fromkeys(formula for formula in tried if check_maths(formula) is None))
    assert len(passing) > 3000
    assert set_by_engine(built / "build/tex", passing, tmp_path) == {}
