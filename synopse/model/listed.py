"""A text where a list is wanted in, the items that a person most likely meant out, as lines of YAML."""

from __future__ import annotations

import re
from collections.abc import Callable

from synopse.read.traps import as_quoted
from synopse.read.tree import Scalar

_BULLET = re.compile(r"(?:[-–—−•‣·▪◦●*+]|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")
"""What begins an item in a text that was typed or pasted."""
WIDE = 60
"""A line of so many characters was likely broken by an editor, and goes on with the next."""
_NO_PLAIN = re.compile(r"""^[\[\]{},@*&!%|>'"`#]|^[-?:](?=\s)|:(?=\s|$)|\s\#|^(?:~|null)$""")
"""What makes a text none for YAML that stands in no quotes (YAML 1.2.2, § 7.3.3)."""


def at_commas(text: str) -> list[str]:
    """Names or terms that stand in one text."""
    return [part for part in re.split(r"\s*(?:,(?=\s)|;)\s*", text.strip().rstrip(",;")) if part]


def names_of_people(text: str) -> list[str]:
    """Names of people that stand in one text; `Martin, Anne` is one name."""
    if ";" in text:
        return [part for part in re.split(r"\s*;\s*", text.strip()) if part]
    parts = at_commas(text)
    return parts if all(" " in part for part in parts) else [text.strip()]


def as_list(node: Scalar, parted: Callable[[str], list[str]]) -> str:
    """The text as a list: one item for each line that begins with a dash or is short, and for each that `parted` gives."""
    lines = [line.strip() for line in _source(node).split("\n")]
    bullets = [bool(_BULLET.match(line)) for line in lines]
    items: list[str] = []
    if any(bullets):
        for line, bullet in zip(lines, bullets, strict=True):
            if bullet or (line and not items):
                items.append(_BULLET.sub("", line, count=1) if bullet else line)
            elif line:
                items[-1] += f" {line}"
    elif all(len(line) < WIDE for line in lines):
        items = [line for line in lines if line]
    else:
        items = [] if node.style in ("|", ">") else [" ".join(line for line in lines if line)]
    found = [part for item in items for part in parted(item)]
    if len(found) < 2 and not any(bullets):
        return f"- {node.raw.strip() or '…'}"
    return "\n".join(f"- {_plain(item)}" for item in found)


def _source(node: Scalar) -> str:
    """The words as they were typed, on their lines."""
    if node.style in ("|", ">"):
        return node.raw.partition("\n")[2]
    return node.raw[1:-1] if node.style else node.raw


def _plain(item: str) -> str:
    return as_quoted(item).replace("\n", "\n  ") if _NO_PLAIN.search(item) else item
