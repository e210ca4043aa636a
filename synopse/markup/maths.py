"""A formula in, what is wrong with it out: only commands that are known to be harmless pass.

The list holds what LaTeX, amsmath and amssymb print; nothing on it reads or writes a file, runs Lua, or changes how
TeX reads. pylatexenc's walker parses the formula.
"""

from __future__ import annotations

import re
from typing import Any

GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
SYMBOLS = (
    "times div pm mp cdot ast star circ bullet oplus ominus otimes oslash odot cap cup uplus sqcap sqcup vee wedge "
    "setminus wr diamond triangle bigcirc dagger ddagger amalg leq le geq ge neq ne equiv sim simeq approx cong propto "
    "prec succ preceq succeq ll gg subset supset subseteq supseteq in ni notin mid parallel perp vdash dashv models "
    "leftarrow rightarrow to gets leftrightarrow Leftarrow Rightarrow Leftrightarrow implies iff mapsto uparrow "
    "downarrow longrightarrow longleftarrow hookrightarrow nearrow searrow infty partial nabla forall exists nexists "
    "neg lnot emptyset varnothing Re Im aleph hbar ell wp prime angle surd top bot flat natural sharp clubsuit "
    "diamondsuit heartsuit spadesuit ldots cdots vdots ddots dots dotsc dotsb sum prod coprod int iint iiint oint "
    "bigcap bigcup bigvee bigwedge bigoplus bigotimes lim limsup liminf max min sup inf arg det dim exp gcd hom ker lg "
    "ln log Pr sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth deg bmod langle rangle lfloor rfloor "
    "lceil rceil lvert rvert lVert rVert vert Vert backslash checkmark leqslant geqslant lesssim gtrsim square "
    "blacksquare therefore because colon land lor quad qquad"
)
WITH_ARGUMENTS = (
    "frac dfrac tfrac binom sqrt overline underline widehat widetilde hat check tilde acute grave dot ddot breve bar "
    "vec overrightarrow underbrace overbrace stackrel overset underset mathrm mathbf mathit mathsf mathtt mathcal "
    "mathbb mathfrak boldsymbol text textrm textbf textit operatorname pmod left right big Big bigg Bigg bigl bigr "
    "limits nolimits displaystyle textstyle scriptstyle not boxed"
)
HARMLESS = frozenset((GREEK + " " + SYMBOLS + " " + WITH_ARGUMENTS).split()) | frozenset("{},;:! %&#$_|\\>")
ENVIRONMENTS = frozenset(
    [
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "cases",
        "aligned",
        "gathered",
        "split",
        "array",
    ]
)
LONGEST = 4000
"""A formula may hold so many characters."""
DEEPEST = 30
"""Braces may nest so deep."""


def check_maths(latex: str) -> tuple[str, str, int, int] | None:
    """What is wrong with a formula, as (code, message, offset, length); `None` for a formula that may be typeset."""
    refused = _refused_characters(latex)
    if refused:
        return refused
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    for match in re.finditer(r"\\([A-Za-z]+|.|$)", latex, re.DOTALL):
        name = match[1]
        if name in ("begin", "end"):
            environment = re.match(r"\{([A-Za-z]+)\}", latex[match.end() :])
            if not environment or environment[1] not in ENVIRONMENTS:
                return ("unsafe-maths", "this environment is not allowed in a formula", match.start(), len(match[0]))
            if environment[1] == "array":
                columns = re.match(r"\{array\}\{[lcr| ]*\}", latex[match.end() :])
                if name == "begin" and not columns:
                    return ("unsafe-maths", "the columns of an array are l, c, r and |", match.start(), len(match[0]))
        elif name not in HARMLESS:
            shown = f"\\{name}"
            return ("unsafe-maths", f"the command {shown} is not allowed in a formula", match.start(), len(match[0]))
    try:
        nodes, _, _ = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()
    except (LatexWalkerError, RecursionError) as error:
        at = getattr(error, "pos", None) or 0
        message = str(getattr(error, "msg", "it cannot be read")).split("\n")[0]
        return ("maths-syntax", f"the formula is not well formed: {message}", min(at, len(latex)), 1)
    return _missing_argument(nodes) or _unbalanced(latex)


def _refused_characters(latex: str) -> tuple[str, str, int, int] | None:
    if len(latex) > LONGEST:
        return ("maths-syntax", f"a formula may hold {LONGEST} characters", 0, 1)
    for pattern, message in (
        (r"\^\^", "^^ is TeX's way to write any character, and is refused"),
        (r"(?<!\\)[%#~]", "this character means something else to LaTeX: write a backslash before it"),
        (r"(?<!\\)\$", "a formula cannot hold a $"),
        (r"\n\s*\n", "a formula cannot hold an empty line"),
    ):
        match = re.search(pattern, latex)
        if match:
            return ("unsafe-maths" if "^^" in message else "maths-syntax", message, match.start(), len(match[0]))
    outside = re.sub(r"\\(?:begin|end)\{[A-Za-z]+\}", "", latex)
    if "&" in re.sub(r"\\&", "", latex) and outside == latex:
        return ("maths-syntax", "an & aligns columns, and there are none here", latex.index("&"), 1)
    return None


def _missing_argument(nodes: Any) -> tuple[str, str, int, int] | None:
    """A command such as \\frac with nothing to work on, which TeX would find only at the end of the line."""
    needs = {"frac": 2, "dfrac": 2, "tfrac": 2, "binom": 2, "sqrt": 1, "text": 1, "operatorname": 1, "mathrm": 1}
    for node in nodes or ():
        name = getattr(node, "macroname", None)
        arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None) or ()
        if name in needs and sum(argument is not None for argument in arguments) < needs[name]:
            return ("maths-syntax", f"\\{name} lacks an argument", node.pos, len(name) + 1)
        for inner in (*arguments, node):
            found = _missing_argument(getattr(inner, "nodelist", None))
            if found:
                return found
    return None


def _unbalanced(latex: str) -> tuple[str, str, int, int] | None:
    """Braces, \\left and \\right, and scripts: what the walker lets pass and TeX does not."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0 or depth > DEEPEST:
            return ("maths-syntax", "the braces do not match", match.start(), 1)
    if depth:
        return ("maths-syntax", "a brace is not closed", latex.rfind("{"), 1)
    lefts, rights = len(re.findall(r"\\left(?![a-z])", latex)), len(re.findall(r"\\right(?![a-z])", latex))
    if lefts != rights:
        return ("maths-syntax", "\\left and \\right do not match", 0, len(latex))
    bare = re.sub(r"\\(?:[A-Za-z]+|.)", "x", latex)
    scripts = re.search(r"[_^]\s*(?:[_^}&]|$)", bare)
    if scripts:
        return ("maths-syntax", "a _ or ^ has nothing to raise or lower", min(scripts.start(), len(latex) - 1), 1)
    double = re.search(r"([_^])(?:\{[^{}]*\}|[^\s{}])\s*\1", bare)
    if double:
        return ("maths-syntax", "two scripts stand one after the other: use braces", double.start(), 1)
    return None
