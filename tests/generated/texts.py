"""A source of chance in; texts as a person might type them, and what must be read in the PDF, out.

Nothing here uses the product's parser: what a piece of text means is known because it was put together so. Each stretch
of text stands between two signs, `ZQ7B` and `E7QZ`, by which it is found again; a few characters may stand before and
after, for what a text begins with is what LaTeX most often takes for something else.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import Enum

from synopse.locale.languages import words_of


class Sign(Enum):
    """What is read at a place where no certain characters are: marks of notes and lists, formulas, letters that join."""

    NOTE = r"(?:[\d,]{0,5}|[a-z])"
    BULLET = r"[–•∗·*-]?"
    ANYTHING = r".{0,80}?"
    IMAGE = r"(?:dutexte)?"
    STRUCK = r"(?:~~)?"
    SHAPED = r"[^\x00-\x7f]{1,40}?"


@dataclass(frozen=True)
class Cited:
    """A citation: what the style prints, and how it stands where only letters can be."""

    printed: tuple[str | Sign, ...]
    plain: str


Part = str | Sign | Cited


@dataclass
class Atom:
    """A stretch of text: what is read before its sign, between its signs, and after; `where` says what it is."""

    number: int
    where: str
    before: str
    parts: list[Part]
    after: str
    literal: bool = True
    optional: bool = False


@dataclass
class Box:
    """Everything that a document may draw on, and the atoms that were made."""

    rng: random.Random
    keys: dict[str, str] = field(default_factory=dict)
    atoms: list[Atom] = field(default_factory=list)
    first: int = 0
    scripts: tuple[str, ...] = ()
    lang: str = "fr"

    def new(self, where: str) -> Atom:
        """An atom with a number of its own."""
        atom = Atom(self.first + len(self.atoms), where, "", [], "")
        self.atoms.append(atom)
        return atom


WORDS = ["étude", "mesure", "réseau", "corpus", "modèle", "biais", "coût", "Œuvre", "naïve", "façade", "données", "résultats", "post-training", "méta-analyse", "l'article", "d'un", "aujourd’hui", "Straße", "Łódź", "Dvořák", "ĳ", "ﬁche", "fi", "ffi", "office", "flow", "Thé", "ct", "ß"]  # fmt: skip
SCRIPTS = {
    "greek": ("Ελληνική", "γλώσσα", "ἀρχή"),
    "cyrillic": ("русский", "язык", "ёлка", "Україна"),
    "han": ("数字図書館", "漢字かな交じり文", "信息检索系统的评价方法研究", "「引用」。"),
    "hangul": ("한국어", "문서"),
    "georgian": ("ქართული",),
    "armenian": ("հայերեն",),
    "ethiopic": ("አማርኛ",),
    "signs": ("∑", "≤", "→", "⇒", "№", "€", "½", "x²", "H₂O", "α", "°C", "±", "…", "–", "—"),
}
SHAPED = {
    "arabic": ("مرحبا", "العربية", "دراسة"),
    "hebrew": ("עברית", "שלום"),
    "devanagari": ("हिन्दी", "अध्ययन"),
    "thai": ("ภาษาไทย", "การวิเคราะห์ข้อมูลเชิงคุณภาพ"),
    "tamil": ("தமிழ்",),
}
ODD = (
    "%", "100 %", "&", "R&D", "#", "#1", "C#", "_", "a_b", "snake_case_name", "^", "a^b", "~", "~/x", "{", "}", "{x}",
    "\\", "\\x", "\\\\", "\\input{/etc/passwd}", "\\end{document}", "\\\\[2pt]", "^^5cinput", "$ 5", "5 $", "--", "---",
    "``", "''", "?`", "!`", "<b>", "<<x>>", "&amp;", "a/b", "et/ou", "(x)", "[1]", "[x]", "[à vérifier]", "]", "|", "=",
    "+", "a*b", "@", "un@exemple.org", ":", ";", "!", "?", "«mot»", "« mot »", '"mot"', "'mot'", "l'été", "5\" ",
    "C:\\temp\\new", "\\(x\\)", "\\[x\\]", "\\def\\a{b}", "%%", "##", "&&", "{{", "}}", "org.kubeflow.pipelines.v2",
    "meta-llama/Llama-2-70b-chat-hf", "10.1145/3292500.3330701", "x" * 45, "https://exemple.org/~a_b?c=d&e#f%20g",
    "https://hedera.com.", "Donaudampfschifffahrtsgesellschaft", "\u00a0", "a\u00adb", "A\u0301rbol", "1 234,5",
)  # fmt: skip
"""Pieces that are literal in every position; what Markdown gives a meaning is escaped by `escaped`."""
LITERAL = tuple(piece for piece in ODD if piece not in ("{{", "}}", "&amp;", "<b>", "<<x>>"))
"""What a title of the form or of an entry may hold: no value between {{ }}, and no HTML, which a .bib is read for."""
BEGINNINGS = ("", "", "", "[1]", "[x]", "[à vérifier]", "*", "%", "&", "#1", "\\input", "{", "}", "~", "^", "_x", "$", '"a"',
              "'b'", "(", "@", "!", "--", "—", "«a»", "…", ":", "?", "=", "+1", "/", "\\\\", "^^5c", "\\\\[2pt]", "]", "\\item",
              "\\hline", "&&", "-5", "0.3", "<")  # fmt: skip
FORMULAS = ("x^2", "\\alpha", "\\frac{a}{b}", "a \\leq b", "\\sum_{i=1}^n x_i", "\\sqrt[3]{x}", "\\text{si } x", "α + β",
            "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}", "\\left(\\frac12\\right)^2", "\\hat\\theta_1'", "P(A\\mid B)",
            "\\operatorname{argmax}_x f", "\\mathbb{R}^n", "\\begin{cases}1&x\\\\0&y\\end{cases}", "[a,b[", "n \\not= m")  # fmt: skip

MEANT = "`*_[]$@|{!~"
"""A backslash before one of these takes it to the letter (README, "What you write")."""


def escaped(text: str) -> str:
    """The text as it must be typed in Markdown to print to the letter."""
    if "://" in text:
        return text
    return "".join("\\" + c if c in MEANT else c for c in text)


def word(box: Box) -> tuple[str, list[Part]]:
    """A word of some language: as typed, and as read."""
    rng = box.rng
    if box.scripts and rng.random() < 0.25:
        script = rng.choice(box.scripts)
        if script in SHAPED:
            return "mot " + rng.choice(SHAPED[script]) + " mot", ["mot", Sign.SHAPED, "mot"]
        chosen = rng.choice(SCRIPTS[script])
        return chosen, [chosen]
    chosen = rng.choice(WORDS)
    return chosen, [chosen]


def literal(box: Box, where: str, length: int = 0, optional: bool = False) -> str:
    """A text that is printed to the letter, with everything in it that could be taken for something else.

    An `optional` one is printed only where the report has use for it.
    """
    atom = box.new(where)
    atom.optional = optional
    rng = box.rng
    atom.before = rng.choice(BEGINNINGS)
    atom.after = rng.choice(BEGINNINGS)
    pieces = []
    for _ in range(length or rng.randrange(1, 6)):
        piece = rng.choice(("*a*", "$x$", "[a](b)", "`c`", "- d", "1. e", "> f", "# g")) if rng.random() < 0.1 else (
            rng.choice(LITERAL) if rng.random() < 0.5 else "")  # fmt: skip
        if piece:
            pieces.append(piece)
            atom.parts.append(piece)
        else:
            typed, read = word(box)
            pieces.append(typed)
            atom.parts += read
    return " ".join([atom.before, f"ZQ{atom.number}B", *pieces, f"E{atom.number}QZ", atom.after]).strip()


@dataclass(frozen=True)
class Where:
    """What a stretch of marked-up text may hold."""

    name: str
    notes: bool = True
    cites: bool = True
    images: bool = True
    breaks: bool = True
    cell: bool = False
    depth: int = 0


def inline(box: Box, where: Where, notes: list[str] | None = None, length: int = 0) -> str:
    """A stretch of marked-up text. `notes` takes the definitions of footnotes that it refers to."""
    atom = box.new(where.name)
    rng = box.rng
    atom.before, atom.after = rng.choice(BEGINNINGS), rng.choice(BEGINNINGS)
    pieces: list[str] = []
    for _ in range(length or rng.randrange(1, 7)):
        typed, read = _piece(box, where, atom, notes)
        pieces.append(typed)
        atom.parts += read
    text = " ".join([escaped(atom.before), f"ZQ{atom.number}B", *pieces, f"E{atom.number}QZ", escaped(atom.after)])
    text = text.strip()
    if not where.cell:
        return text
    return text.replace("\\|", "|").replace("|", "\\|")


def _piece(box: Box, where: Where, atom: Atom, notes: list[str] | None) -> tuple[str, list[Part]]:
    rng = box.rng
    kind = rng.randrange(24)
    if kind < 7:
        return word(box)
    if kind < 13:
        chosen = rng.choice(ODD)
        return escaped(chosen), [chosen]
    if kind == 13:
        mark = rng.choice(("*", "**", "~~", "***"))
        typed, read = word(box)
        return f"{mark}{typed}{mark}", [Sign.STRUCK, *read, Sign.STRUCK] if mark == "~~" else read
    if kind == 14:
        code = rng.choice(ODD).replace("`", "'").strip() or "x"
        return f"`{code}`", [code.replace("\n", " ")]
    if kind == 15:
        typed, read = word(box)
        return f"[{typed}](https://exemple.org/{rng.choice(('a_b', 'x%20y', 'é', '?q=1&r=2#s', '~u'))})", read
    if kind == 16:
        atom.literal = False
        formula = rng.choice(FORMULAS)
        return (f"${formula}$" if rng.random() < 0.8 or where.cell else f"$${formula}$$"), [Sign.ANYTHING]
    if kind == 17 and where.cites and box.keys:
        return _citation(box, atom)
    if kind == 18 and where.notes and where.depth < 3:
        atom.literal = False
        inner = Where("note", where.notes, where.cites, where.images, False, where.cell, where.depth + 1)
        return f"mot^[{inline(box, inner, notes, 3)} ]", ["mot", Sign.NOTE]
    if kind == 19 and where.notes and notes is not None and where.depth < 3:
        atom.literal = False
        return _defined_note(box, where, notes)
    if kind == 20 and where.images:
        atom.literal = False
        return "![du texte](dot.png)", [Sign.IMAGE]
    if kind == 21 and where.breaks:
        return "mot\\\nmot", ["motmot"]
    if kind == 22:
        typed, read = word(box)
        return f"[*{typed}* `a_b`](#fiches)", [*read, "a_b"]
    return word(box)


def _citation(box: Box, atom: Atom) -> tuple[str, list[Part]]:
    """A citation, and the words of an author-year style; where only letters can be, its words stand there as the style prints them."""
    atom.literal = False
    rng = box.rng
    key, label = rng.choice(sorted(box.keys.items()))
    name = f"@{{{key}}}"
    author, _, year = label.rpartition(" ")
    called = f"{author} ({year})"
    match rng.randrange(4):
        case 0:
            return f"[{name}]", [Cited(("(", label, ")"), f"({label})")]
        case 1:
            cited = Cited(("(voir l'art", label, ", p. 12)"), f"(voir l'art {label}, p. 12)")
            return f"[voir l'art {name}, p. 12]", [cited]
        case 2:
            kind = rng.choice(("3", "IV"))
            chapter = "chap." if box.lang in ("fr", "en") else words_of(box.lang)["locator.chapter"]
            cited = Cited(("(", label, Sign.ANYTHING, "& 5%_x)"), f"({label}, {chapter} {kind} & 5%_x)")
            return f"[{name}, chap. {kind} & 5%_x]", [cited]
        case _:
            return f"{name} dit", [called, "dit"]


def _defined_note(box: Box, where: Where, notes: list[str]) -> tuple[str, list[Part]]:
    """A note that is defined below the text, with anything in it: paragraphs, lists, code, a table, another note."""
    name = f"n{box.first + len(box.atoms)}"
    inner = Where("note", where.notes, where.cites, where.images, False, False, where.depth + 1)
    parts = [inline(box, inner, notes, 3)]
    kind = box.rng.randrange(7)
    if kind == 1:
        parts.append(inline(box, inner, notes, 3))
    elif kind == 2:
        parts.append("- " + inline(box, inner, notes, 2) + "\n- " + inline(box, inner, notes, 2))
    elif kind == 3:
        parts.append(code_block(box, "note"))
    elif kind == 4:
        parts.append(table(box, inner, notes, 2))
    elif kind == 5:
        parts.append("> " + inline(box, inner, notes, 2))
    body = "\n\n".join(parts).replace("\n", "\n    ")
    notes.append(f"[^{name}]: {body}")
    return f"mot[^{name}]", ["mot", Sign.NOTE]


def code_block(box: Box, where: str) -> str:
    """Lines of code: short ones, and some far longer than the page is wide."""
    atom = box.new(f"code in {where}")
    rng = box.rng
    lines = [f"ZQ{atom.number}B"]
    for _ in range(rng.randrange(1, 5)):
        line = "    " * rng.randrange(3) + " ".join(
            rng.choice(ODD).replace("\n", " ") for _ in range(rng.randrange(0, 14))
        )
        if rng.random() < 0.15:
            line = "".join(rng.choice("abc(){}[]<>_^%$#&~\\/.,;:=+-*'\"") for _ in range(200))
        lines.append(line.replace("```", "").rstrip())
    atom.parts = list(lines[1:])
    lines.append(f"E{atom.number}QZ")
    return "```\n" + "\n".join(lines) + "\n```"


def table(box: Box, where: Where, notes: list[str] | None, columns: int = 0) -> str:
    """A pipe table of up to fourteen columns."""
    rng = box.rng
    width = columns or rng.choice((1, 2, 2, 3, 3, 4, 6, 14))
    cell = Where(f"cell in {where.name}", where.notes, where.cites, where.images, False, True, where.depth)
    few = 1 if width > 5 else 3

    def row() -> str:
        return "| " + " | ".join(inline(box, cell, notes, rng.randrange(1, few + 1)) for _ in range(width)) + " |"

    rule = "|" + "|".join(rng.choice(("---", ":--", "--:", ":-:")) for _ in range(width)) + "|"
    return "\n".join([row(), rule, *(row() for _ in range(rng.randrange(1, 4)))])


def blocks(box: Box, where: Where, count: int = 0, depth: int = 0, chapter: bool = False) -> str:
    """Paragraphs, lists, quotations, code, tables, pictures and headings, with the notes that they refer to at the end."""
    notes: list[str] = []
    rng = box.rng
    made = [_block(box, where, notes, depth, chapter) for _ in range(count or rng.randrange(1, 4))]
    text = "\n\n".join([*made, *notes])
    if (
        "\n" not in text and "![une image]" in text[1:]
    ):  # a text of one line is words: a picture in it would print no caption
        text = f"mot\n\n{text}"
    return text


def _block(box: Box, where: Where, notes: list[str], depth: int, chapter: bool) -> str:
    rng = box.rng
    match rng.randrange(12):
        case 0 | 1 if depth < 7:
            return _list(box, where, notes, depth)
        case 2 if depth < 5:
            inner = "\n\n".join(_block(box, where, notes, depth + 2, chapter) for _ in range(rng.randrange(1, 3)))
            return "\n".join("> " + line if line else ">" for line in inner.split("\n"))
        case 3:
            return code_block(box, where.name)
        case 4 | 5:
            return table(box, where, notes) + "\n\n***"  # a colon below a table would begin its caption
        case 6:
            caption = literal(box, "caption of an image", 2).replace('"', "").replace("\\", "/").replace("\u00a0", " ")
            atom = box.atoms[-1]
            clean = [part.replace('"', "").replace("\\", "/") if isinstance(part, str) else part for part in atom.parts]
            atom.parts = list(clean)
            atom.before, atom.after = (t.replace('"', "").replace("\\", "/") for t in (atom.before, atom.after))
            return f'![une image](dot.png "{caption}")'
        case 7:
            return f"$$\n{rng.choice(FORMULAS)}\n$$"
        case 8 if chapter:
            return "#" * rng.randrange(1, 7) + " " + inline(box, Where("heading", breaks=False), notes)
        case 9 if chapter:
            return "---"
        case _:
            return inline(box, where, notes)


def _list(box: Box, where: Where, notes: list[str], depth: int) -> str:
    """A list; the next level, and a second paragraph, with an empty line before it or without, where CommonMark lets it."""
    rng = box.rng
    number = rng.choice((None, None, 1, 3, 98))
    lines: list[str] = []
    for place in range(rng.randrange(1, 4)):
        label = "- " if number is None else f"{number + place}. "
        text = inline(box, where, notes) if rng.random() < 0.8 else _block(box, where, notes, depth + 1, False)
        if depth < 9 and rng.random() < 0.35:
            inner = _list(box, where, notes, depth + 1)
            close = inner.startswith(("- ", "1. ")) and "\n" not in text and rng.random() < 0.5
            text += ("\n" if close else "\n\n") + inner
        if rng.random() < 0.15:
            text += "\n\n" + inline(box, where, notes)
        lines.append(label + text.replace("\n", "\n" + " " * len(label)))
    return "\n".join(lines)
