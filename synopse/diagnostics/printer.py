"""Diagnostics in, text out: for a terminal (with the source line and a caret), as JSON, as GitHub annotations."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from synopse.diagnostics.model import Diagnostic, Severity, in_full

FORMATS = ("text", "json", "github")
"""The ways in which `doit check` shows what it found."""
COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
EXCERPT_WIDTH = 120
"""The widest excerpt shown, in characters: a longer line is cut around the caret."""

MANY = {Severity.WARNING: 5, Severity.NOTE: 3}
"""More warnings or notes of one code than these are told by the first ones and a line that counts the others."""
FIRST = {Severity.WARNING: 3, Severity.NOTE: 1}
"""So many of them are shown."""
SHORT = frozenset({"citation-differs"})
"""Codes whose first line is enough: the report itself shows both sides."""
ALL = "doit check --all"

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


def for_reading(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each problem once, the gravest last, where a terminal stops scrolling; of equal ones by file and line."""
    gravity = {severity: rank for rank, severity in enumerate(reversed(Severity))}
    return sorted(in_order(diagnostics), key=lambda diagnostic: gravity[diagnostic.severity])


def as_text(diagnostics: Iterable[Diagnostic], lines: Lines, colour: bool = False, whole: bool = False) -> str:
    """What a person reads: a first line that editors make clickable, the source line, a caret, hints.

    What concerns many places is told in few lines, unless the `whole` is asked for.
    """
    if whole:
        return "\n".join(_block(each, lines, colour) for each in for_reading(in_full(diagnostics)))
    shown, folded = _folded(for_reading(diagnostics))
    blocks = []
    for each in shown:
        seen = lines if each.severity is not Severity.NOTE else _no_lines
        blocks.append(_block(each, seen, colour, short=each.code in SHORT))
        if each in folded:
            blocks.append(_others(each, folded[each], colour))
    return "\n".join(blocks)


def _no_lines(file: str) -> Sequence[str]:
    """A note shows no line of the source: it stops nothing, and takes little room."""
    return ()


def _folded(diagnostics: list[Diagnostic]) -> tuple[list[Diagnostic], dict[Diagnostic, int]]:
    """Those to be shown, the first few of each code; and after which of them how many more there are. Errors all stay."""
    kinds: dict[tuple[Severity, str], list[Diagnostic]] = defaultdict(list)
    for each in diagnostics:
        if each.severity is not Severity.ERROR:
            kinds[each.severity, each.code].append(each)
    left: set[Diagnostic] = set()
    more: dict[Diagnostic, int] = {}
    for (severity, _), kind in kinds.items():
        if len(kind) > MANY[severity]:
            left |= {*kind[FIRST[severity] :]}
            more[kind[FIRST[severity] - 1]] = len(kind) - FIRST[severity]
    return [each for each in diagnostics if each not in left], more


def _others(last: Diagnostic, count: int, colour: bool) -> str:
    return f"{_kind(last, colour)}: {count} more of this kind: {ALL} shows them"


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects: severity, code, message, file, line, column, end_line, end_column, key, hints.

    Letters beyond ASCII are escaped, so that it is JSON whatever encoding the terminal has (RFC 8259, § 7).
    """
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
                "key": d.about,
                "hints": list(d.hints),
            }
            for d in in_order(diagnostics)
        ],
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


def _kind(diagnostic: Diagnostic, colour: bool) -> str:
    return _painted(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity, colour)


def _painted(text: str, severity: Severity, colour: bool) -> str:
    return f"\x1b[{COLOURS[severity]}m{text}\x1b[0m" if colour else text


def _block(diagnostic: Diagnostic, lines: Lines, colour: bool, short: bool = False) -> str:
    head = f"{diagnostic.span}: {_kind(diagnostic, colour)}: {printable(diagnostic.message)}"
    if short:
        return head
    parts = [head, *_excerpt(diagnostic, lines, lambda text: _painted(text, diagnostic.severity, colour))]
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
