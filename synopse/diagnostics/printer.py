"""Diagnostics in, text out: for a terminal (with the source line and a caret), as JSON, as GitHub annotations."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from synopse.diagnostics.model import Diagnostic, Severity

COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
EXCERPT_WIDTH = 120
"""The widest excerpt shown, in characters: a longer line is cut around the caret."""

Lines = Callable[[str], Sequence[str]]


def source_lines(root: Path) -> Lines:
    """A reader of source lines under `root` that never fails: an unreadable file has no lines."""
    kept: dict[str, list[str]] = {}

    def lines(file: str) -> Sequence[str]:
        if file not in kept:
            try:
                kept[file] = (root / file).read_bytes().decode("utf-8", "replace").split("\n")
            except OSError:
                kept[file] = []
        return kept[file]

    return lines


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each problem once, by file and line."""
    return sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.order)


def as_text(diagnostics: Iterable[Diagnostic], lines: Lines, colour: bool = False) -> str:
    """What a person reads: a first line that editors make clickable, the source line, a caret, hints."""
    blocks = [_block(diagnostic, lines, colour) for diagnostic in in_order(diagnostics)]
    return "\n".join(blocks)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects: severity, code, message, file, line, column, end_line, end_column, hints."""
    return json.dumps(
        [
            {
                "severity": str(d.severity),
                "code": d.code,
                "message": d.message,
                "file": d.span.file,
                "line": d.span.line,
                "column": d.span.column,
                "end_line": d.span.end_line or d.span.line,
                "end_column": d.span.end_column or d.span.column,
                "hints": list(d.hints),
            }
            for d in in_order(diagnostics)
        ],
        ensure_ascii=False,
        indent=1,
    )


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the line, escaped as its toolkit does (`@actions/core` command.ts)."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{kinds[d.severity]} file={value(d.span.file)},line={d.span.line},col={d.span.column},"
        f"title={value(d.code)}::{data(' — '.join((d.message, *d.hints)))}"
        for d in in_order(diagnostics)
    )


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """One line that counts the problems, such as `2 errors, 1 note`; empty when there are none."""
    count = Counter(d.severity for d in in_order(diagnostics))
    return ", ".join(f"{count[s]} {s}{'s' if count[s] > 1 else ''}" for s in Severity if count[s])


def printable(text: str) -> str:
    """`text` with control, invisible and direction-changing characters shown as `<U+XXXX>`: safe on a terminal."""
    return "".join(
        f"<U+{ord(c):04X}>" if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\t" else c for c in text
    )


def _block(diagnostic: Diagnostic, lines: Lines, colour: bool) -> str:
    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    span, tint = diagnostic.span, COLOURS[diagnostic.severity]
    head = f"{span}: {paint(f'{diagnostic.severity}[{diagnostic.code}]', tint)}: {printable(diagnostic.message)}"
    parts = [head, *_excerpt(diagnostic, lines, lambda text: paint(text, tint))]
    parts += [f"   hint: {_indented(hint)}" for hint in diagnostic.hints]
    return "\n".join(parts)


def _indented(hint: str) -> str:
    return "\n         ".join(printable(line) for line in hint.split("\n"))


def _excerpt(diagnostic: Diagnostic, lines: Lines, paint: Callable[[str], str]) -> list[str]:
    span = diagnostic.span
    source = lines(span.file)
    if not 1 <= span.line <= len(source):
        return []
    line = source[span.line - 1].rstrip("\r")
    start = min(span.column - 1, len(line))
    end = len(line.rstrip()) if span.end_line > span.line else min(span.end_column - 1, len(line))
    end = max(start + 1, end)
    cut = max(0, start - EXCERPT_WIDTH // 2) if len(line) > EXCERPT_WIDTH else 0
    shown = line[cut : cut + EXCERPT_WIDTH]
    before, marked = shown[: start - cut], shown[start - cut : end - cut]
    gutter = f"{span.line:>5} | "
    caret = "".join(" " * _width(c) for c in before) + paint("^" * max(1, sum(_width(c) for c in marked)))
    return [gutter + "".join(map(_cell, shown)), " " * (len(gutter) - 2) + "| " + caret]


def _cell(character: str) -> str:
    return " " if character == "\t" else printable(character)


def _width(character: str) -> int:
    """Terminal columns of a character: none for a combining mark, two for a wide one (Unicode annexes 11 and 44)."""
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return len(_cell(character))
