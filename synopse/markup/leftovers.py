"""What looks like markup and is none: a piece of text that is printed to the letter in, a warning with what was meant out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synopse.diagnostics import Diagnostic, problem
from synopse.read.tree import Scalar

_NOTE = re.compile(r"\[\^([^\]\s^]+)\]")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^()<>]*?\.\w{2,4})((?:\s+[\"'«“].*?)?)\)")
_VALUE = re.compile(r"<<\s*((?:papers|theme|term|field|selection|here)\b[^<>]*?)\s*>>")
_PATTERNS = (_NOTE, _IMAGE, _VALUE)


def leftovers(text: str, source: Scalar, cursor: int) -> Iterator[Diagnostic]:
    """A warning for each such piece of `text`, which stands in `source` from `cursor` on and was not escaped there."""
    for pattern in _PATTERNS if "[" in text or "<<" in text else ():
        at = cursor
        for match in pattern.finditer(text):
            found = pattern.finditer(source.text, at)  # in the text the quotes are already those of print
            typed = next((each for each in found if pattern is not _NOTE or each[1] == match[1]), None)
            if typed is None:
                break
            at = typed.end()
            if source.text[max(typed.start() - 1, 0) : typed.start()] != "\\":
                yield from _told(typed, source)


def _told(typed: re.Match[str], source: Scalar) -> Iterator[Diagnostic]:
    """The warning for one piece."""
    place, name = source.place(typed.start(), typed.end()), typed[1]
    if typed.re is _NOTE:
        message = f"no footnote is called [^{name}]: these signs would be printed"
        hint = f'write "[^{name}]: …" in a line of its own below, or \\[^{name}] to print these signs'
        yield problem("unknown-footnote", message, place, hint)
    elif typed.re is _VALUE:
        message = f"{typed[0]} is how templates are written: here it is printed as text"
        yield problem("template-value", message, place, f"write {{{{ {name} }}}}")
    elif re.search(r"\s", typed[2]):
        message = "the path of an image holds a space: this is printed as text"
        yield problem("image-space", message, place, f"write the path in < >: ![{name}](<{typed[2]}>{typed[3]})")
