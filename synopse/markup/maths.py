"""A formula in; what is wrong with it, or the LaTeX that prints it, out: what passes here is set by TeX without an error.

The formula is read by TeX's own grammar of formulas (The TeXbook, chapter 26) over the commands of `maths_commands`:
what takes arguments has them, `\\left` finds its `\\right`, a table has no more cells in a row than columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from synopse.markup.maths_commands import (
    ARGUMENTS,
    COLUMNS,
    LIMITS,
    MACROS,
    OPERATORS,
    SCRIPTS,
    SIZES,
    SPACES,
    STYLES,
    SYMBOLS,
    UNICODE,
    WITH_LIMITS,
)
from synopse.markup.maths_signs import TYPED, Refused, Signs, Wrong

LONGEST = 4000
"""A formula may hold so many characters."""
DEEPEST = 30
"""Braces, `\\left` and environments may nest so deep."""
_LENGTH = re.compile(r"\[-?[0-9.]+ ?(?:pt|em|ex|mm|cm|in)\]")


@dataclass(slots=True)
class _Nucleus:
    """What scripts are set on: whether it has an upper and a lower one, whether it takes `\\limits`."""

    upper: bool = False
    lower: bool = False
    limits: bool = False


@dataclass(slots=True)
class _Formula(Signs):
    """Reads a formula from left to right."""

    depth: int = 0

    def read(self) -> None:
        """Reads the whole formula. Raises `Refused`."""
        self.list_until("")

    def list_until(self, end: str, columns: int = -1) -> None:
        """A list of signs up to `end`, which is left to be read: `}`, `]`, `\\right`, `\\end`, or nothing for the end.

        `columns` is how many cells a row may have, where the list is that of a table.
        """
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refuse(f"the formula nests deeper than {DEEPEST} levels", self.at)
        nucleus, cells = _Nucleus(), 1
        while True:
            token, start = self.peek(), self.at
            if token == end and (end != "]" or token):
                break
            if token == "":
                missing = {"}": "a brace is not closed", "\\right": "\\left lacks its \\right"}
                raise self.refuse(missing.get(end, f"{end} is missing"), len(self.text) - 1)
            if token == "&":
                cells += 1
                self.check_cell(cells, columns, start)
                self.at += 1
                nucleus = _Nucleus()
            elif token == "\\\\":
                self.end_row(columns, start)
                nucleus, cells = _Nucleus(), 1
            else:
                nucleus = self.item(nucleus)
        self.depth -= 1

    def check_cell(self, cells: int, columns: int, start: int) -> None:
        if columns < 0:
            raise self.refuse("an & aligns columns, and there are none here", start)
        if cells > columns:
            raise self.refuse(f"this row has more cells than the {columns} columns", start)

    def end_row(self, columns: int, start: int) -> None:
        if columns < 0:
            message = "\\\\ ends a row, and there are no rows here: write \\begin{aligned} … \\end{aligned}"
            raise self.refuse(message, start, 2)
        self.at += 2
        length = _LENGTH.match(self.text, self.at)
        if length:
            self.at = length.end()
            return
        rest = self.text[self.at :].lstrip()
        if rest.startswith(("[", "*")):
            self.edits.append((self.at, self.at, "{}"))

    def item(self, nucleus: _Nucleus) -> _Nucleus:
        """One sign with its arguments, or a script on `nucleus`; gives what a script that follows is set on."""
        token, start = self.peek(), self.at
        if token in ("^", "_", "'") or TYPED.get(token, "").startswith("'"):
            self.script(token, nucleus)
            return nucleus
        if token == "{":
            self.group()
            return _Nucleus()
        if token == "}":
            raise self.refuse("the braces do not match", start)
        if token.startswith("\\"):
            return self.command(nucleus)
        self.at += 1
        if token in " \t\n":
            return nucleus
        self.character(token, start)
        return _Nucleus(limits=UNICODE.get(token, "") in OPERATORS)

    def group(self) -> None:
        start = self.at
        self.at += 1
        try:
            self.list_until("}")
        except Refused as refused:
            if refused.args[1] == "a brace is not closed" and self.at >= len(self.text):
                raise self.refuse("a brace is not closed", start) from None
            raise
        self.at += 1

    def script(self, token: str, nucleus: _Nucleus) -> None:
        start = self.at
        self.at += 1
        upper = token != "_"
        if nucleus.upper if upper else nucleus.lower:
            raise self.refuse("two scripts stand one after the other: use braces", start)
        nucleus.upper, nucleus.lower = nucleus.upper or upper, nucleus.lower or not upper
        if token not in ("^", "_"):
            self.primes(token, start)
            return
        self.skip_spaces()
        self.script_field(token, start)

    def primes(self, token: str, start: int) -> None:
        """Primes are an upper script of their own, which one `^` right after them goes on."""
        while token == "'" or TYPED.get(token, "").startswith("'"):
            if token != "'":
                self.edits.append((start, self.at, TYPED[token]))
            token, start = self.peek(), self.at
            if token == "'" or TYPED.get(token, "").startswith("'"):
                self.at += 1
        if token == "^":
            self.at += 1
            self.skip_spaces()
            self.script_field("^", start)

    def script_field(self, sign: str, start: int) -> None:
        """What `^` or `_` raises or lowers: one sign, or braces."""
        token, at = self.peek(), self.at
        if token == "{":
            self.group()
        elif token.startswith("\\") and token[1:] in SYMBOLS:
            self.at += len(token)
        elif token.startswith("\\") and token[1:] in SCRIPTS:
            self.command(_Nucleus())
        elif token.startswith("\\") and self.known(token, at) and token[1:] not in ("right", "end", "\\"):
            raise self.refuse(f"{sign} takes one sign: write {sign}{{{token} …}}", start, at + len(token) - start)
        elif token in ("", "}", "&", "^", "_", "'") or token.startswith("\\") or (token in TYPED and token != "−"):
            raise self.refuse("a _ or ^ has nothing to raise or lower", start)
        else:
            self.at += 1
            self.character(token, at, argument=True)

    def command(self, nucleus: _Nucleus) -> _Nucleus:
        token, start = self.take(), self.at
        start -= len(token)
        self.known(token, start)
        name = token[1:]
        if name in SPACES or name in STYLES or name in "\n\t":
            return _Nucleus()
        if name in LIMITS:
            if not nucleus.limits:
                message = f"{token} must follow an operator such as \\sum, \\lim or \\operatorname{{…}}"
                raise self.refuse(message, start, len(token))
            return nucleus
        if name in ARGUMENTS:
            self.arguments(name, start)
            return _Nucleus(limits=name in WITH_LIMITS)
        if name == "left":
            self.fenced(start)
        elif name in SIZES:
            self.delimiter(token, start)
        elif name == "not":
            self.negated(start)
        elif name == "begin":
            self.environment(start)
        elif name == "middle":
            raise self.refuse("\\middle stands between \\left and \\right", start, len(token))
        elif name in ("right", "end"):
            before = {"right": "\\left", "end": "\\begin"}[name]
            raise self.refuse(f"{token} has no {before} before it", start, len(token))
        return _Nucleus(limits=name in OPERATORS)

    def arguments(self, name: str, start: int) -> None:
        for kind in ARGUMENTS[name]:
            if kind == "o":
                self.optional()
                continue
            self.skip_spaces()
            if kind == "t":
                self.text_argument(name, start)
            elif self.peek() == "{":
                self.group()
            else:
                self.single(name, kind, start)

    def optional(self) -> None:
        at = self.at
        self.skip_spaces()
        if self.peek() != "[":
            self.at = at
            return
        self.at += 1
        self.list_until("]")
        self.at += 1

    def single(self, name: str, kind: str, start: int) -> None:
        """An argument without braces: one sign."""
        token, at = self.peek(), self.at
        nothing = token in ("", "}", "&", "\\\\", "\\right", "\\end", "\\middle", "]")
        if nothing or token in ("^", "_", "'") or (token in TYPED and token != "−"):
            raise self.refuse(f"\\{name} lacks an argument", start, len(name) + 1)
        self.at += len(token)
        if not token.startswith("\\"):
            self.character(token, at, argument=True)
            return
        self.known(token, at)
        plain = SYMBOLS if kind == "f" else SYMBOLS | OPERATORS | MACROS
        if token[1:] not in plain:
            raise self.refuse(f"write \\{name}{{{token} …}}, with braces", at, len(token))

    def fenced(self, start: int) -> None:
        """`\\left( … \\right)`."""
        self.delimiter("\\left", start)
        while True:
            self.list_of_fence()
            if self.take() == "\\right":
                self.delimiter("\\right", self.at - 6)
                return
            self.delimiter("\\middle", self.at - 7)

    def list_of_fence(self) -> None:
        """The list up to `\\right` or `\\middle`, whichever comes first."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refuse(f"the formula nests deeper than {DEEPEST} levels", self.at)
        nucleus = _Nucleus()
        while (token := self.peek()) not in ("\\right", "\\middle"):
            if token in ("", "}", "\\end"):
                raise self.refuse("\\left lacks its \\right", max(0, self.text.rfind("\\left", 0, self.at)), 5)
            if token in ("&", "\\\\"):
                raise self.refuse(f"{token} cannot stand between \\left and \\right", self.at, len(token))
            nucleus = self.item(nucleus)
        self.depth -= 1

    def negated(self, start: int) -> None:
        """`\\not`, which strikes through the one sign that follows."""
        self.skip_spaces()
        token, at = self.peek(), self.at
        self.at += len(token)
        if token.startswith("\\") and token[1:] in SYMBOLS | MACROS:
            return
        if token == "" or token in "\\{}^_&'[]" or not token.isprintable() or token.startswith("\\"):
            raise self.refuse("\\not strikes through one sign, such as \\not=", start, 4)
        self.character(token, at, argument=True)

    def environment(self, start: int) -> None:
        match = re.compile(r"\{([A-Za-z]+)\}").match(self.text, self.at)
        if not match or match[1] not in COLUMNS:
            message = f"this environment is not allowed in a formula; those that are: {', '.join(COLUMNS)}"
            raise self.refuse(message, start, 6, "unsafe-maths")
        name, columns = match[1], COLUMNS[match[1]]
        inner = match.start(1)
        self.at = match.end()
        if name == "split":  # which stands in a numbered formula alone
            self.edits.append((inner, inner + len(name), "aligned"))
        if name == "array":
            shape = re.compile(r"\{([lcr| ]*[lcr][lcr| ]*)\}").match(self.text, self.at)
            if not shape:
                raise self.refuse("the columns of an array are l, c, r and |, as in {lcr}", start, 6, "unsafe-maths")
            columns = len(re.sub(r"[| ]", "", shape[1]))
            self.at = shape.end()
        elif self.text[self.at :].lstrip().startswith("["):  # which would be taken for an option
            self.edits.append((self.at, self.at, "{}"))
        self.list_until("\\end", columns)
        end = self.at
        self.at += len("\\end")
        if not self.text.startswith(f"{{{name}}}", self.at):
            raise self.refuse(f"\\end{{{name}}} is missing", end, 4)
        if name == "split":
            self.edits.append((self.at + 1, self.at + 1 + len(name), "aligned"))
        self.at += len(name) + 2


def check_maths(latex: str) -> Wrong | None:
    """What is wrong with a formula, as (code, message, offset, length); `None` for a formula that may be typeset."""
    return _read(latex)[0]


def written_maths(latex: str) -> str:
    """A formula that `check_maths` lets pass, in the words of TeX and on one line."""
    edits = _read(latex)[1]
    for start, end, text in sorted(edits, reverse=True):
        latex = latex[:start] + text + latex[end:]
    return re.sub(r"\s+", " ", latex)


@lru_cache(maxsize=512)
def _read(latex: str) -> tuple[Wrong | None, tuple[tuple[int, int, str], ...]]:
    for pattern, length, code, message in (
        (r"\^\^", 2, "unsafe-maths", "^^ is TeX's way to write any character, and is refused"),
        (r"\n\s*\n", 1, "maths-syntax", "a formula cannot hold an empty line"),
    ):
        match = re.search(pattern, latex)
        if match:
            return (code, message, match.start(), length), ()
    if len(latex) > LONGEST:
        return ("maths-syntax", f"a formula may hold {LONGEST} characters", 0, 1), ()
    formula = _Formula(latex)
    try:
        formula.read()
    except Refused as refused:
        return refused.args, ()
    return None, tuple(formula.edits)
