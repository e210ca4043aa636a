"""A PDF and what was typed in; every text that is lost or changed, out."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from tests.generated.texts import Atom, Part, Sign

HYPHEN, NOTE, DONE = "\x02", "\x03", "\x04"
"""A hyphen at the end of a line, which may be TeX's; where a note was cut out; where a text was found."""
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


def pdf_words(pdf: Path) -> str:
    """The text inside the text block of every page, in the order in which TeX set it."""
    info = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "100000", str(pdf)], capture_output=True, text=True, check=True
    ).stdout
    turned = [abs(float(w) - 841.89) < 5 for w in re.findall(r"^Page +\d+ size: +([\d.]+) x", info, re.MULTILINE)]
    rotated = [rot == "90" for rot in re.findall(r"^Page +\d+ rot: +(\d+)", info, re.MULTILINE)]
    across = [a or b for a, b in zip(turned, rotated, strict=True)]
    parts, first = [], 0
    while first < len(across):
        last = first
        while last + 1 < len(across) and across[last + 1] == across[first]:
            last += 1
        parts.append(_read(pdf, first + 1, last + 1, across[first]))
        first = last + 1
    return "".join(parts)


def _read(pdf: Path, first: int, last: int, across: bool) -> str:
    """The pages from `first` to `last`, without what stands in their margins."""
    x, y, width, height = (62, 66, 720, 460) if across else (66, 62, 463, 652)
    box = ["-x", str(x), "-y", str(y), "-W", str(width), "-H", str(height)]
    command = ["pdftotext", "-raw", "-f", str(first), "-l", str(last), *box, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def compared(text: str) -> str:
    """What was read, as it is compared: a hyphen before the end of a line may be TeX's own."""
    return bare(re.sub(r"[-\u00ad]\s*\n\s*(?=\S)", HYPHEN, text)).replace(bare(HYPHEN) or HYPHEN, HYPHEN)


_BETWEEN = rf"(?:{HYPHEN}|(?:[\d–•∗·*-]{{0,5}}{NOTE})+)??"


def pattern(parts: list[Part]) -> str:
    """A pattern for what is read of some parts: a line may end anywhere, and a note may stand between."""
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Sign):
            pieces.append(part.value)
        else:
            pieces += [f"[{HYPHEN}-]" if c == "-" else re.escape(c) for c in bare(part)]
    return _BETWEEN + _BETWEEN.join(pieces) + _BETWEEN


_INNERMOST = re.compile(r"ZQ(\d+)B((?:(?!ZQ\d+B|E\d+QZ).)*)E(\d+)QZ", re.DOTALL)


def lost(atoms: list[Atom], text: str) -> list[Lost]:
    """The atoms that do not stand in a text as they were typed. Notes are cut out of what goes on around them."""
    by_number = {atom.number: atom for atom in atoms}
    seen: set[int] = set()
    wrong: dict[int, str] = {}
    text = compared(text)
    while match := _INNERMOST.search(text):
        number, content = int(match[1]), match[2]
        atom = by_number.get(number)
        begin, end = match.span()
        if atom is None or match[3] != match[1]:
            wrong.setdefault(number, f"… {text[max(0, begin - 40) : end + 40]}")
            text = text[:begin] + DONE + text[end:]
            continue
        seen.add(number)
        before = re.search(pattern([atom.before]) + r"\Z", text[max(0, begin - 200) : begin])
        after = re.match(pattern([atom.after]), text[end : end + 200])
        if not re.fullmatch(pattern(atom.parts), content, re.DOTALL) or before is None or after is None:
            wrong.setdefault(number, text[max(0, begin - 30) : end + 30])
        begin -= len(before[0]) if before else 0
        end += len(after[0]) if after else 0
        is_note = atom.where.endswith("note")
        text = text[:begin] + (NOTE if is_note else DONE) + text[end:]
    missing = {atom.number: "" for atom in atoms if atom.number not in seen and not atom.optional}
    return [
        Lost(by_number[number], found) for number, found in sorted((missing | wrong).items()) if number in by_number
    ]
