"""What a citation prints: `labels.tex` and the references in; the style's own words for each reference out.

The engine sets each citation in a box and reads the box back. biber runs between two runs of the engine, the second of
which has read the preamble by then. Its bibliography is that of the report, which so needs no biber of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from synopse.ground.files import text_of, write_whole
from synopse.ground.keys import safe_key
from synopse.typeset.biber import read_by_biber, run_biber
from synopse.typeset.engine import TIME_LIMIT, Pass, start

MAIN = "labels"
RAISED, LOWERED, FORMULA = "\ue000", "\ue001", "\ufffc"
"""Signs that templates/labels.tex puts around what is raised, and for a formula."""
_HIGH = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)


@dataclass(frozen=True, slots=True)
class Answers:
    """The label of each key; the bibliography and the digest of what biber read; what biber and the engine said.

    `apart` has what a citation apart from the sentence prints, but for a style that cites in notes; `order` the keys as they are listed.
    """

    labels: dict[str, str] = field(default_factory=dict)
    bbl: str = ""
    key: str = ""
    biber: tuple[str, ...] = ()
    log: str = ""
    apart: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the text of `labels.tex`, the keys in its order, and the folder `tex` of `base.tex` and the references."""

    text: str
    keys: list[str]
    tex: Path


class Asking:
    """One asking of the style: two engines and biber, in folders of their own under `build`."""

    def __init__(self, question: Question, build: Path, epoch: int, format: Path | None = None) -> None:
        self.question, self.build, self.epoch, self.format = question, build, epoch, format

    def ask(self, stale: Callable[[], bool] | None = None) -> Answers:
        """The style's labels. Raises `EngineMissing`, and `Stale` where `stale` turns true meanwhile."""
        tex = self.question.tex
        with ExitStack() as running:
            first = self._start("control", waiting=False)
            running.callback(first.stop)
            second = self._start("labels", waiting=True)
            running.callback(second.stop)
            if not first.wait(TIME_LIMIT, stale) or first.process.returncode:
                return Answers(log=text_of(first.made("log")))
            key = read_by_biber(first.made("bcf"), tex / "references.bib")
            lines = run_biber(tex, first.folder, first.jobname, self.epoch, stale)
            bbl = text_of(first.made("bbl"))
            if not bbl:
                return Answers(biber=tuple(lines))
            write_whole(second.made("bbl"), bbl)
            second.release()
            second.wait(TIME_LIMIT, stale)
            said, keys = text_of(second.folder / "labels"), self.question.keys
            labels, apart = read_answers(said, keys, bbl), read_answers(said, keys, bbl, "+")
            return Answers(labels, bbl, key, tuple(lines), text_of(second.made("log")), apart, listed_keys(keys, bbl))

    def _start(self, name: str, *, waiting: bool) -> Pass:
        question, epoch, format = self.question, self.epoch, self.format
        return start(question.tex, self.build, name, main=MAIN, text=question.text, jobname=MAIN, draft=True,
                     waiting=waiting, epoch=epoch, format=format)  # fmt: skip


def read_answers(text: str, keys: list[str], bbl: str, sign: str = "") -> dict[str, str]:
    """The labels of what the engine wrote: `number words`, a line each. A key that the bibliography lacks has none.

    With the `sign` "+" what it says of a citation apart from the sentence, `number+ words`.
    """
    listed = set(re.findall(r"^\s*\\(?:entry|keyalias)\{([^{}]+)\}", bbl, re.MULTILINE))
    found = {}
    for line in text.splitlines():
        number, _, said = line.partition(" ")
        if number.endswith("+") != bool(sign):
            continue
        number, label = number.removesuffix("+"), as_label(said)
        if number.isdigit() and int(number) < len(keys) and label and safe_key(keys[int(number)]) in listed:
            found[keys[int(number)]] = label
    return found


def listed_keys(keys: list[str], bbl: str) -> tuple[str, ...]:
    """The keys in the order of the list of references, as biber has sorted it.

    A style may have it sort them once more, for several keys of one citation: that list has a template of its own (`apa/apasortcite//`).
    """
    of = {safe_key(key): key for key in keys}
    lists = re.split(r"^\s*\\datalist\[entry\]", bbl, flags=re.MULTILINE)[1:] or [bbl]
    ours = next((each for each in lists if re.match(r"\{[^/{}]*/global/", each)), lists[0])
    return tuple(of[name] for name in re.findall(r"^\s*\\entry\{([^{}]+)\}", ours, re.MULTILINE) if name in of)


def as_label(said: str) -> str:
    """The words of a box as plain text: what is raised as small letters above, one space between words."""
    said = re.sub(f"{RAISED}([^{RAISED}{LOWERED}]*){LOWERED}", lambda match: _raised(match[1]), said)
    said = re.sub(f"[{RAISED}{LOWERED}]", "", said)
    said = unicodedata.normalize("NFC", re.sub(r"\s+", " ", said)).strip(" ,")
    return re.sub(r"(?<=«) | (?=[»])", "\u00a0", said)


def _raised(text: str) -> str:
    """Digits and letters as their raised twins; a text that has none of its own stays in line."""
    high = text.translate(_HIGH)
    same = any(a == b and not a.isspace() and a not in ",;–" for a, b in zip(text, high, strict=True))
    return text if same else high
