"""Bytes of a source file in, clean text out: UTF-8 only, without mark, control or direction-changing characters."""

from __future__ import annotations

import re

from synopse.diagnostics import Diagnostic, Span, problem

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""The characters of CVE-2021-42574 ("Trojan Source"), which make a line read otherwise than it is."""


def decode(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """Decodes a YAML or Markdown source. What cannot be read is told, and stands as U+FFFD in the text."""
    found: list[Diagnostic] = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found.append(problem("not-utf8", "the file is in UTF-16, not UTF-8", Span(file), _RESAVE))
        return data.decode("utf-16", "replace").replace("\x00", "\ufffd"), found
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        span = place(before, len(before), file)
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        found.append(problem("not-utf8", message, span, _RESAVE))
        text = data.decode("utf-8", "replace")
    if text.startswith("\ufeff"):
        found.append(problem("byte-order-mark", "the file begins with a byte order mark (U+FEFF)", Span(file)))
        text = text[1:]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, wrong = without_controls(LINE_ENDS.sub(" ", text), file)
    return clean, found + _line_ends(text, file) + wrong


LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""At which YAML 1.1 ends a line too, and no editor does: a space stands for each."""


def _line_ends(text: str, file: str) -> list[Diagnostic]:
    """Tells where a space stands for such a character, which came with a copied text."""
    message = "a line separator, U+%04X, is read as a space"
    return [
        problem("line-separator", message % ord(match[0]), place(text, match.start(), file), "put a space there")
        for match in list(LINE_ENDS.finditer(text))[:SHOWN]
    ]


_RESAVE = "save the file as UTF-8 in your editor"
SHOWN = 20
"""At most so many characters of one kind are reported for a file."""


def without_controls(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """Replaces what no document can print (control and direction-changing characters), and tells where it was."""
    found: list[Diagnostic] = []
    for code, pattern, what in (
        ("control-character", CONTROLS, "a control character"),
        ("direction-control", DIRECTIONS, "a character that changes the direction of the text"),
    ):
        for match in list(pattern.finditer(text))[:SHOWN]:
            span = place(text, match.start(), file)
            found.append(problem(code, f"{what}, U+{ord(match[0]):04X}, cannot stand in a source", span, "delete it"))
        text = pattern.sub("\ufffd", text)
    return text, found


def place(text: str, offset: int, file: str, length: int = 1) -> Span:
    """The span of `length` characters at `offset` of the text of `file`."""
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(file, line, column, line, column + length)
