"""The LaTeX of a document in; its citations in the order in which they stand, a command each, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_NOTE = r"\[(?:[^\[\]{}]|\{[^{}]*\})*\]"
_COMMAND = re.compile(
    r"\\input\{(?P<file>[^{}]+)\}"
    rf"|(?P<name>\\(?:full|text|auto|no)cites?)\*?(?P<cited>(?:(?:{_NOTE}){{0,2}}\{{[^{{}}\\]+\}})+)"
)


def citations(name: str, text_of: Callable[[str], str]) -> Iterator[str]:
    """Each citation of the file `name` and of those that it takes in, without its notes; `text_of` gives a file's text."""
    for match in _COMMAND.finditer(text_of(name)):
        if match["file"]:
            yield from citations(match["file"], text_of)
        else:
            end = r"\relax{}" if match["name"].endswith("cites") else ""
            yield match["name"] + re.sub(_NOTE, "", match["cited"]) + end
