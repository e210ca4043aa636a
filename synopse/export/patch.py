"""Changes of words in; the same as a patch of the sources out, which a person reads and applies with `git apply`.

A change is looked for where its bookmark leads: the words before it, then the words that were deleted. Where they are not found,
or more than once, or where the file would no longer read as the same notes with that one text changed, there is no patch for it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

ALIKE = {"'": "['’ʼ]", "’": "['’ʼ]", "\u00a0": r"\s", "\u202f": r"\s", " ": r"\s+", "“": '["“«]\\s?', "”": '\\s?["”»]', '"': '["“”«»]',
         "«": '["“«]', "»": '["”»]', "–": "-{2}|[–-]", "…": r"(?:…|\.\.\.)"}  # fmt: skip
"""What print has for what a person typed."""
CONTEXT = 24
"""So many letters before a change tell where it is."""
REACH = 80
"""So many lines below the place of a text it may go on."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change at a place of a file: the words before it, the old and the new ones."""

    file: str
    line: int
    before: str
    old: str
    new: str


def applied(text: str, edit: Edit) -> str | None:
    """A source with one change in it; nothing where it cannot be made for sure."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: edit.line - 1])
    end = sum(len(line) + 1 for line in lines[: edit.line - 1 + REACH])
    region = text[start:end]
    for length in (CONTEXT, CONTEXT * 2, len(edit.before)):
        before = edit.before[-length:] if length else ""
        pattern = f"({_alike(before.lstrip())})({_alike(edit.old)})"
        matches = list(re.finditer(pattern, region))
        if len(matches) == 1 and (edit.old or edit.before.strip()):
            match = matches[0]
            made = text[: start + match.end(1)] + edit.new + text[start + match.end(2) :]
            return made if edit.file.endswith(".md") or _one_text_differs(text, made) else None
    return None


def _alike(words: str) -> str:
    """A pattern for words as print has them, which finds them as they were typed."""
    return "".join(ALIKE.get(letter, re.escape(letter)) for letter in re.sub(r"\s+", " ", words))


def _one_text_differs(before: str, after: str) -> bool:
    """Whether two sources hold the same, but for one text."""
    try:
        first, second = yaml.safe_load(before), yaml.safe_load(after)
    except yaml.YAMLError:
        return False
    one, other = list(_texts(first)), list(_texts(second))
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _texts(value: object, path: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{path}/{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, f"{path}/{number}")
    else:
        yield path, f"{type(value).__name__} {value}"


def patch(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The differences of files as one patch."""
    made = []
    for name in sorted(before):
        if before[name] != after[name]:
            lines = difflib.unified_diff(
                before[name].splitlines(keepends=True), after[name].splitlines(keepends=True), f"a/{name}", f"b/{name}"
            )
            made += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(made)
