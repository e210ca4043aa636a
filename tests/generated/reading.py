"""A PDF and what was typed in; every text that is lost or changed, out."""

from __future__ import annotations

import csv
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from synopse.locale import catalogue
from tests.generated.texts import Atom, Cited, Part, Sign

HYPHEN, DONE, OPENED = "\x02", "\x04", "\x05"
"""A hyphen at the end of a line, which may be TeX's; where a text was found; where one begins that ends after its neighbour."""
NOTES_SIGN = "ZQNOTES"
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛“”„‟«»‹›\"'ʼ′″", "'"))
_GONE = {"\u00ad", "\u200b", "\u2060", "\ufeff", "\u200c", "\u200d", "\u200e", "\u200f", "\x0c"}


@dataclass(frozen=True)
class Lost:
    """A text that was not read as it was typed; `found` is what stands there instead, or nothing."""

    atom: Atom
    found: str

    def __str__(self) -> str:
        wanted = "".join(
            part if isinstance(part, str) else "…" if isinstance(part, Sign) else part.plain for part in self.atom.parts
        )
        return f"{self.atom.where} {self.atom.number}: {self.atom.before!r} {wanted!r} {self.atom.after!r} was read {self.found!r}"


def bare(text: str) -> str:
    """What can be compared of a text: letters and signs in one form, without spaces, one kind of quotation mark."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)
    return "".join(c for c in text if not c.isspace() and c not in _GONE)


def pdf_words(pdf: Path) -> tuple[str, str]:
    """The text inside the text block of every page, in the order in which TeX set it: the main text, and the notes.

    `NOTES_SIGN` stands before the notes of a page, so that what goes on over a page is read as one.
    """
    main, notes = [], []
    for page in _pages(pdf):
        text, _, foot = page.partition(NOTES_SIGN)
        main.append(text)
        notes.append(foot)
    return "".join(main), "".join(notes)


def _turned(pdf: Path) -> list[bool]:
    """Of each page, whether it is shown turned."""
    command = ["pdfinfo", "-f", "1", "-l", "100000", str(pdf)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [rot == "90" for rot in re.findall(r"^Page +\d+ rot: +(\d+)", said, re.MULTILINE)]


def _pages(pdf: Path) -> Iterator[str]:
    """The pages without what stands in their margins."""
    first = 0
    for across, group in groupby(_turned(pdf)):
        last = first + len(list(group))
        yield from _read(pdf, first + 1, last, (62, 66, 724, 460) if across else (68, 62, 457, 652))
        first = last


def _read(pdf: Path, first: int, last: int, box: tuple[int, int, int, int]) -> list[str]:
    """What stands on the pages from `first` to `last` in a box: its left and upper edge, its width and height, in points."""
    inside = [word for name, value in zip("xyWH", box, strict=True) for word in (f"-{name}", str(value))]
    command = ["pdftotext", "-raw", "-f", str(first), "-l", str(last), *inside, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")


def running_heads(pdf: Path) -> list[str]:
    """The head of every page."""
    heads = []
    for across, box in ((False, (0, 0, 596, 62)), (True, (787, 0, 56, 596))):
        pages = [number for number, turned in enumerate(_turned(pdf), 1) if turned == across]
        for number in pages:
            heads += _read(pdf, number, number, box)
    return list(dict.fromkeys(heads))


def bookmarks(pdf: Path) -> list[str]:
    """The titles of a PDF's bookmarks."""
    return _titles(PdfReader(pdf).outline)


def _titles(outline: Any) -> list[str]:
    return [title for each in outline for title in (_titles(each) if isinstance(each, list) else [each.title])]


def said_of_itself(pdf: Path) -> list[str]:
    """The title and the authors that a PDF names as its own."""
    return [str(value) for name, value in (PdfReader(pdf).metadata or {}).items() if name in ("/Title", "/Author")]


def spreadsheets(build: Path) -> tuple[list[str], list[str]]:
    """The cells of all CSV files, and of the workbook."""
    rows = (
        row for path in sorted((build / "tables").glob("*.csv")) for row in csv.reader(path.open(encoding="utf-8-sig"))
    )
    book = load_workbook(build / "tables.xlsx", read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    return [cell for row in rows for cell in row], [str(cell) for cell in cells]


def compared(text: str) -> str:
    """What was read, as it is compared: a hyphen before the end of a line may be TeX's own."""
    return bare(re.sub(r"[-\u00ad]\s*\n\s*(?=\S)", HYPHEN, text)).replace(bare(HYPHEN) or HYPHEN, HYPHEN)


def pattern(parts: Iterable[Part], plain: bool = False) -> str:
    """A pattern for what is read of some parts, as they are printed or in plain words: a line may end anywhere."""
    between = f"{HYPHEN}??"
    return between + between.join(_pieces(parts, plain)) + between


def _pieces(parts: Iterable[Part], plain: bool) -> list[str]:
    pieces: list[str] = []
    flat = (one for part in parts for one in _forms(part, plain))
    for part in flat:
        if part is Sign.NOTE and plain:
            pieces.append(rf"(?:\([^()]*{DONE}.*?\))?")
        elif isinstance(part, Sign):
            pieces.append(part.value)
        else:
            pieces += [f"[{HYPHEN}-]" if c == "-" else re.escape(c) for c in bare(part)]
    return pieces


_SIGN = re.compile(r"ZQ(\d+)B|E(\d+)QZ")


def _forms(part: Part, plain: bool) -> Iterable[str | Sign]:
    if isinstance(part, Cited):
        return (part.plain,) if plain else part.printed
    return (part,)


_FIRST_HEADS = {
    catalogue(lang)[f"column.{name}"] for lang in ("fr", "en") for name in ("paper", "theme", "papers", "share")
}
_HEAD = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_FIRST_HEADS)))})*{DONE}.*{DONE}", re.DOTALL)
"""The head of a table, repeated on the page over which a long row goes on."""
_NEAR = 200
"""So many characters around a text's signs are looked at for what stands before and after it."""


_FAR = 1500
_OTHERS = rf".{{0,{_FAR}}}?"
"""What may be read of the neighbours of a cell between two of its rows."""


def _beside(parts: Iterable[Part], read: str) -> bool:
    """Whether a text was read whole but for one place, where its cell's next row begins: the neighbours' words, numbers and formulas stand there."""
    pieces = _pieces(parts, plain=False)
    between = f"{HYPHEN}??"
    joined = (
        between + between.join(pieces[:at]) + between + rf"(?P<beside>{_OTHERS})" + between.join(pieces[at:]) + between
        for at in range(len(pieces) + 1)
    )
    matches = (re.fullmatch(each, read, re.DOTALL) for each in joined)
    found = (match["beside"] for match in matches if match is not None)
    return any({DONE, OPENED} & {*each} or not re.search(r"[^\W\d_]{4}", each) for each in found)


@dataclass
class _Open:
    """A text whose first sign was read, and what was read since; what stood `before` it is taken out of what it stands in.

    It may stand `earlier`, in the row above.
    """

    number: int
    before: bool
    earlier: bool = True
    read: str = ""


def lost(
    atoms: list[Atom],
    texts: Iterable[str],
    asked: Callable[[Atom], bool] = lambda atom: not atom.optional,
    plain: bool = False,
) -> list[Lost]:
    """The atoms that stand in one of the texts other than they were typed, and those that are asked for and in none.

    In `plain` texts a citation stands in brackets, and a note in parentheses or not at all. A long cell of a table is set as several
    rows, and what is read of it goes through its neighbours' words (`_beside`).
    """
    by_number = {atom.number: atom for atom in atoms}
    seen: set[int] = set()
    wrong: dict[int, str] = {}
    for text in texts:
        _look_through(compared(text), by_number, seen, wrong, plain)
    missing = {atom.number: "" for atom in atoms if atom.number not in seen and asked(atom)}
    return [
        Lost(by_number[number], found) for number, found in sorted((missing | wrong).items()) if number in by_number
    ]


def _look_through(text: str, by_number: dict[int, Atom], seen: set[int], wrong: dict[int, str], plain: bool) -> None:
    """Notes in `seen` which texts stand in `text`, and in `wrong` what is read of those that are changed.

    A text that is read through its neighbours must stand once in one piece: in its fiche.
    """
    stack, at = [_Open(-1, True)], 0
    well: set[int] = set()
    parted: dict[int, str] = {}
    for match in _SIGN.finditer(text):
        if match.start() < at:  # in what a damaged text was followed by
            continue
        stack[-1].read += text[at : match.start()]
        at = match.end()
        if match[1]:
            atom = by_number.get(int(match[1]))
            before = re.search(pattern([atom.before]) + r"\Z", stack[-1].read[-_NEAR:]) if atom else None
            if before and before[0]:
                stack[-1].read = stack[-1].read[: -len(before[0])]
            earlier = atom is not None and re.search(
                pattern([atom.before]) + _OTHERS + r"\Z", stack[-1].read[-_FAR:], re.DOTALL
            )
            stack.append(_Open(int(match[1]), before is not None, bool(before or earlier)))
            continue
        number = int(match[2])
        if number not in by_number or number not in [one.number for one in stack]:
            wrong.setdefault(number, f"… {text[max(0, at - 80) : at + 40]}")
            continue
        place = next(place for place, one in enumerate(stack) if one.number == number)
        inner = stack[place + 1 :]  # open in the cell beside, whose next row comes later
        done, atom = stack.pop(place), by_number[number]
        done.read += "".join(OPENED + one.read for one in inner)
        seen.add(number)
        after = re.match(pattern([atom.after]), text[at : at + _NEAR])
        found = done.read if plain else _HEAD.sub("", done.read)
        whole = re.fullmatch(pattern(atom.parts, plain), found, re.DOTALL) is not None
        if done.before and after and whole:
            well.add(number)
        else:
            said = f"{stack[-1].read[-30:]}ZQ{number}B{done.read}E{number}QZ{text[at : at + 30]}"
            later = after or re.match(_OTHERS + pattern([atom.after]), text[at:], re.DOTALL)
            in_rows = not plain and done.earlier and later and (whole or _beside(atom.parts, done.read))
            (parted if in_rows else wrong).setdefault(number, said)
        at += len(after[0]) if after else 0
        stack[-1].read += DONE
    for unfinished in stack[1:]:
        wrong.setdefault(unfinished.number, f"ZQ{unfinished.number}B{unfinished.read[:200]} …")
    for number in parted.keys() - well:
        wrong.setdefault(number, parted[number])
