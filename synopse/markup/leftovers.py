"""What looks like markup and is none: a piece of text that is printed to the letter in, a warning with what was meant out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synopse.diagnostics import Diagnostic, problem
from synopse.markup.grammar import Mode
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


_ROW = re.compile(r"\|(?:[^|]*\|){2,}")
_BULLET = re.compile(r"(?P<sign>[•‣▪◦·–—])[ \t\u00a0]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>\S.*)")


def unread_lines(source: Scalar, starts: list[int], mode: Mode) -> Iterator[Diagnostic]:
    """A warning for the lines of a paragraph, which begin at `starts`, that look like a table, a list or a heading.

    A text of one line is words, whatever it begins with, and so is a title.
    """
    if mode == "line" or not starts or "\n" not in source.text.strip():
        return
    typed = [source.text[start:].split("\n", 1)[0] for start in starts]
    starts = [start + len(line) - len(line.lstrip("> \t")) for start, line in zip(starts, typed, strict=True)]
    typed = [line.lstrip("> \t").rstrip() for line in typed]
    bullets = [(at, found) for at, found in enumerate(map(_BULLET.match, typed)) if found]
    first = 0
    if len(typed) > 1 and all(map(_ROW.fullmatch, typed)):
        dashes = "|" + "---|" * (typed[0].count("|") - 1)
        message = "this is no table: its rows are printed on one line, with their bars"
        hint = f"below its first row a table has a line of dashes:\n{typed[0]}\n{dashes}\n{typed[1]}"
    elif len(bullets) > 1:
        first, bullet = bullets[0]
        message = f"this is no list: lines that begin with {bullet['sign']} are printed on one line"
        hint = f"begin each item with a dash:\n- {typed[first][bullet.end() :]}"
    elif mode != "chapter" and (heading := _HEADING.fullmatch(typed[0])):
        message = "this is no heading: here # is printed as it is"
        hint = f"write it in bold, with an empty line below it:\n**{heading['words']}**"
    else:
        return
    place = source.place(starts[first], starts[first] + len(typed[first]))
    yield problem("unread-block", message, place, hint)


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
