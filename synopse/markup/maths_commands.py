"""The commands that a formula may use, by how TeX reads them: what takes arguments, what may stand where.

The list holds what LaTeX, amsmath and amssymb print; nothing on it reads or writes a file, runs Lua, or changes how
TeX reads. `tests/markup/test_maths.py` sets every one of them in every place that `maths` lets it stand.
"""

from __future__ import annotations

GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_SIGNS = (
    "times div pm mp cdot ast star circ bullet oplus ominus otimes oslash odot cap cup uplus sqcap sqcup vee wedge "
    "setminus wr diamond triangle bigcirc dagger ddagger amalg leq le geq ge neq ne equiv sim simeq approx propto "
    "prec succ preceq succeq ll gg subset supset subseteq supseteq in ni mid parallel perp vdash dashv "
    "leftarrow rightarrow to gets leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto longleftarrow "
    "hookrightarrow nearrow searrow infty partial nabla forall exists nexists neg lnot emptyset varnothing Re Im aleph "
    "hbar ell wp prime angle surd top bot flat natural sharp clubsuit diamondsuit heartsuit spadesuit checkmark "
    "leqslant geqslant lesssim gtrsim square blacksquare therefore because land lor longleftrightarrow Longleftarrow "
    "Longleftrightarrow rightharpoonup rightleftharpoons leadsto rightsquigarrow swarrow nwarrow triangleq asymp "
    "complement mho eth digamma varkappa Box Diamond lozenge bigstar measuredangle varpropto thickapprox subsetneq "
    "supsetneq nsubseteq nleq ngeq nmid nparallel ncong vDash Vdash Vvdash ltimes rtimes intercal dotplus Cap Cup "
    "barwedge ldotp cdotp Finv Game beth gimel daleth imath jmath hslash backprime diagup diagdown maltese"
)
_DELIMITERS = (
    "uparrow downarrow updownarrow Uparrow Downarrow Updownarrow langle rangle lfloor rfloor lceil rceil lvert rvert "
    "lVert rVert vert Vert backslash lbrace rbrace lbrack rbrack lgroup rgroup lmoustache rmoustache"
)
_OPERATORS = (
    "sum prod coprod int iint iiint iiiint idotsint oint bigcap bigcup bigvee bigwedge bigoplus bigotimes biguplus "
    "bigsqcup bigodot lim limsup liminf varlimsup varliminf injlim projlim max min sup inf arg det dim exp gcd hom ker "
    "lg ln log Pr sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth deg"
)
_MACROS = (
    "cong notin models implies iff longrightarrow Longrightarrow doteq bowtie ldots cdots vdots ddots dots dotsc dotsb "
    "dotsm dotsi dotso bmod colon"
)
_SPACES = "quad qquad thinspace medspace thickspace negthinspace enspace"

SYMBOLS = frozenset((GREEK + " " + _SIGNS + " " + _DELIMITERS).split()) | frozenset("{}%&#$_|")
"""One sign each, which `^`, `_` and `\\sqrt` take without braces."""
DELIMITERS = frozenset(_DELIMITERS.split()) | frozenset("{}|")
DELIMITER_SIGNS = frozenset("()[]/|<>.")
"""What may follow `\\left`, `\\right` and `\\big`: these commands, and these characters."""
OPERATORS = frozenset(_OPERATORS.split())
"""What `\\limits` may follow."""
MACROS = frozenset(_MACROS.split())
SPACES = frozenset(_SPACES.split()) | frozenset(",;:!> ")
STYLES = frozenset(["displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle"])
LIMITS = frozenset(["limits", "nolimits"])
SIZES = frozenset(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))

_ACCENTS = (
    "hat check tilde acute grave dot ddot dddot ddddot breve bar vec mathring widehat widetilde overline underline "
    "overrightarrow overleftarrow overleftrightarrow underrightarrow underleftarrow boldsymbol pmb boxed phantom "
    "hphantom vphantom pmod mod pod"
)
_ALPHABETS = "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathnormal"
_BRACES = "underbrace overbrace operatorname"
_FRACTIONS = "frac dfrac tfrac binom dbinom tbinom"
_STACKS = "stackrel overset underset"
_TEXTS = "text textrm textbf textit textsf texttt textup textnormal mbox"

ARGUMENTS: dict[str, str] = {
    **dict.fromkeys((_ACCENTS + " " + _ALPHABETS + " " + _BRACES).split(), "m"),
    **dict.fromkeys((_FRACTIONS + " " + _STACKS).split(), "mm"),
    **dict.fromkeys(_TEXTS.split(), "t"),
    "sqrt": "of",
    "xrightarrow": "om",
    "xleftarrow": "om",
}
"""The arguments of a command: `m` a formula, `f` one that must be a single sign or in braces, `t` text, `o` optional."""
SCRIPTS = frozenset((_ALPHABETS + " " + _FRACTIONS + " " + _TEXTS).split()) - {"mbox"}
"""Commands with arguments that `^` and `_` take without braces around the whole."""
WITH_LIMITS = frozenset(_BRACES.split())
TEXT_COMMANDS = frozenset(_TEXTS.split())
TEXT_SIGNS = frozenset("{}%&#$_ ,")
"""What `\\text{…}` takes after a backslash."""

COLUMNS: dict[str, int] = {
    "matrix": 10,
    "pmatrix": 10,
    "bmatrix": 10,
    "Bmatrix": 10,
    "vmatrix": 10,
    "Vmatrix": 10,
    "smallmatrix": 40,
    "cases": 2,
    "aligned": 40,
    "split": 2,
    "gathered": 1,
    "array": 0,
}
"""The environments, and how many columns each has room for (amsmath: `MaxMatrixCols`); an array says it itself."""

HARMLESS = (
    SYMBOLS
    | OPERATORS
    | MACROS
    | SPACES
    | STYLES
    | LIMITS
    | SIZES
    | frozenset(ARGUMENTS)
    | frozenset(["left", "right", "middle", "not", "begin", "end", "\\"])
)

_UNICODE = {
    "×": "times", "÷": "div", "±": "pm", "∓": "mp", "·": "cdot", "⋅": "cdot", "∗": "ast", "⋆": "star", "∘": "circ",
    "•": "bullet", "⊕": "oplus", "⊖": "ominus", "⊗": "otimes", "∩": "cap", "∪": "cup", "∨": "vee", "∧": "wedge",
    "∖": "setminus", "†": "dagger", "‡": "ddagger", "≤": "leq", "≥": "geq", "⩽": "leqslant", "⩾": "geqslant",
    "≠": "neq", "≡": "equiv", "∼": "sim", "≃": "simeq", "≈": "approx", "≅": "cong", "∝": "propto", "≺": "prec",
    "≻": "succ", "≪": "ll", "≫": "gg", "⊂": "subset", "⊃": "supset", "⊆": "subseteq", "⊇": "supseteq", "∈": "in",
    "∋": "ni", "∉": "notin", "∣": "mid", "∥": "parallel", "⊥": "perp", "⊢": "vdash", "⊨": "models",
    "←": "leftarrow", "→": "rightarrow", "↔": "leftrightarrow", "⇐": "Leftarrow", "⇒": "Rightarrow",
    "⇔": "Leftrightarrow", "↦": "mapsto", "↑": "uparrow", "↓": "downarrow", "∞": "infty", "∂": "partial",
    "∇": "nabla", "∀": "forall", "∃": "exists", "¬": "neg", "∅": "emptyset", "ℓ": "ell", "ℏ": "hbar", "ℵ": "aleph",
    "∠": "angle", "√": "surd", "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "∑": "sum", "∏": "prod",
    "∐": "coprod", "∫": "int", "∬": "iint", "∮": "oint", "⟨": "langle", "⟩": "rangle", "⌊": "lfloor", "⌋": "rfloor",
    "⌈": "lceil", "⌉": "rceil", "‖": "Vert", "∴": "therefore", "∵": "because", "′": "prime",
}  # fmt: skip
_GREEK_NAMES = dict(
    zip("αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ", GREEK.split(), strict=True)
)  # in the order of `GREEK`
UNICODE: dict[str, str] = {**_UNICODE, **_GREEK_NAMES, "µ": "mu"}
"""Characters that are no ASCII and that a formula may hold: the command that prints each."""
