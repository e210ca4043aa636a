"""A PDF and what was typed in; every text that is lost or changed, out."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tests.generated.texts import Atom, Part, Sign

HYPHEN, DONE = "\x02", "\x04"
"""A hyphen at the end of a line, which may be TeX's; where a text was found."""
NOTES_SIGN = "ZQNOTES"
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛“”„‟«»‹›\"'ʼ′″", "'"))
_GONE = {"\u00ad", "\u200b", "\u2060", "\ufeff", "\u200c", "\u200d", "\u200e", "\u200f", "\x0c"}


@dataclass(frozen=True)
class Lost:
    """A text that was not read as it was typed; `found` is what stands there instead, or nothing."""

    atom: Atom
    found: str

    def __str__(self) -> str:
        wanted = "".join(part if isinstance(part, str) else "…" for part in self.atom.parts)
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


def _pages(pdf: Path) -> Iterator[str]:
    info = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "100000", str(pdf)], capture_output=True, text=True, check=True
    ).stdout
    turned = [rot == "90" for rot in re.findall(r"^Page +\d+ rot: +(\d+)", info, re.MULTILINE)]
    first = 0
    for across, group in groupby(turned):
        last = first + len(list(group))
        yield from _read(pdf, first + 1, last, across)
        first = last


def _read(pdf: Path, first: int, last: int, across: bool) -> list[str]:
    """The pages from `first` to `last`, without what stands in their margins."""
    x, y, width, height = (62, 66, 724, 460) if across else (68, 62, 457, 652)
    box = ["-x", str(x), "-y", str(y), "-W", str(width), "-H", str(height)]
    command = ["pdftotext", "-raw", "-f", str(first), "-l", str(last), *box, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")


def compared(text: str) -> str:
    """What was read, as it is compared: a hyphen before the end of a line may be TeX's own."""
    return bare(re.sub(r"[-\u00ad]\s*\n\s*(?=\S)", HYPHEN, text)).replace(bare(HYPHEN) or HYPHEN, HYPHEN)


def pattern(parts: list[Part]) -> str:
    """A pattern for what is read of some parts: a line may end anywhere."""
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Sign):
            pieces.append(part.value)
        else:
            pieces += [f"[{HYPHEN}-]" if c == "-" else re.escape(c) for c in bare(part)]
    between = f"{HYPHEN}??"
    return between + between.join(pieces) + between


_SIGN = re.compile(r"ZQ(\d+)B|E(\d+)QZ")
_HEAD = re.compile(rf"(?:Étude|Study)?{DONE}.*{DONE}", re.DOTALL)
"""The head of a table, repeated on the page over which a long row goes on."""
_NEAR = 200
"""So many characters around a text's signs are looked at for what stands before and after it."""


@dataclass
class _Open:
    """A text whose first sign was read, and what was read since; what stood `before` it is taken out of what it stands in."""

    number: int
    before: bool
    read: str = ""


def lost(atoms: list[Atom], texts: Iterable[str]) -> list[Lost]:
    """The atoms that do not stand in any of the texts, or stand in one other than they were typed."""
    by_number = {atom.number: atom for atom in atoms}
    seen: set[int] = set()
    wrong: dict[int, str] = {}
    for text in texts:
        _look_through(compared(text), by_number, seen, wrong)
    missing = {atom.number: "" for atom in atoms if atom.number not in seen and not atom.optional}
    return [
        Lost(by_number[number], found) for number, found in sorted((missing | wrong).items()) if number in by_number
    ]


def _look_through(text: str, by_number: dict[int, Atom], seen: set[int], wrong: dict[int, str]) -> None:
    """Notes in `seen` which texts stand in `text`, and in `wrong` what is read of those that are changed."""
    stack, at = [_Open(-1, True)], 0
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
            stack.append(_Open(int(match[1]), before is not None))
            continue
        number = int(match[2])
        if number not in by_number or number not in [one.number for one in stack]:
            wrong.setdefault(number, f"… {text[max(0, at - 80) : at + 40]}")
            continue
        while stack[-1].number != number:
            inner = stack.pop()
            wrong.setdefault(inner.number, f"ZQ{inner.number}B{inner.read[:200]} …")
            stack[-1].read += inner.read
        done, atom = stack.pop(), by_number[number]
        seen.add(number)
        after = re.match(pattern([atom.after]), text[at : at + _NEAR])
        found = _HEAD.sub("", done.read)
        if not done.before or after is None or not re.fullmatch(pattern(atom.parts), found, re.DOTALL):
            wrong.setdefault(number, f"{stack[-1].read[-30:]}ZQ{number}B{done.read}E{number}QZ{text[at : at + 30]}")
        at += len(after[0]) if after else 0
        stack[-1].read += DONE
    for unfinished in stack[1:]:
        wrong.setdefault(unfinished.number, f"ZQ{unfinished.number}B{unfinished.read[:200]} …")
