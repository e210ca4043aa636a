"""The text of one .bib file in; its entries with raw values, its macros and its mistakes out. bibtexparser splits."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.read.encoding import without_controls

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
"""What bibtexparser logs is in its blocks as well, and told from there with its place."""
MONTHS = dict(
    zip(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        strict=True,
    )
)
"""The macros that every BibTeX style defines (btxdoc, § 3.2)."""


@dataclass(slots=True)
class Entry:
    """An entry as written: its type and field names in small letters, its values without their delimiters."""

    kind: str
    key: str
    span: Span
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class BibFile:
    """What a file holds. `count` is how many entries it has: each is in `entries`, or a diagnostic tells of it."""

    entries: list[Entry]
    found: list[Diagnostic]
    count: int


def decode_bib(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """The text of a .bib file: UTF-8 with or without mark, else UTF-16, else Latin-1 as Windows extends it."""
    found: list[Diagnostic] = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
        found.append(problem("bib-encoding", "the file is in UTF-16; it was read as such", Span(file), _RESAVE))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
            text = data.decode("cp1252", "replace")
            message = "the file is not in UTF-8; it was read as Latin-1 (Windows-1252)"
            found.append(problem("bib-encoding", message, Span(file, line, column), _RESAVE))
    text, wrong = without_controls(text.replace("\r\n", "\n").replace("\r", "\n"), file)
    return text, found + wrong


_RESAVE = "save it as UTF-8 in your reference manager"


def split_bib(text: str, file: str, macros: dict[str, str] | None = None) -> BibFile:
    """Splits the text into entries. `macros` gathers every `@string`, for the files that follow."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    macros = {} if macros is None else macros
    result = BibFile([], [], 0)
    try:
        blocks = Splitter(text).split().blocks
    except RecursionError:
        result.found.append(problem("bib-syntax", "the file is nested too deeply to be read", Span(file)))
        return result
    for block in blocks:
        if isinstance(block, model.String):
            macros[block.key.lower()] = _value(str(block.value), macros, lambda name: None)[0]
    lines = text.split("\n")
    for block in blocks:
        line = (block.start_line or 0) + 1
        span = Span(file, line, 1, line, len(lines[line - 1]) + 1 if line <= len(lines) else 1)
        if isinstance(block, model.DuplicateBlockKeyBlock):
            inner = block.ignore_error_block
            if isinstance(inner, model.Entry):
                result.count += 1
                result.entries.append(_entry(inner, file, span, macros, result.found))
            elif isinstance(inner, model.String):
                result.found.append(problem("bib-string", f'the macro "{inner.key}" is defined twice', span))
        elif isinstance(block, model.DuplicateFieldKeyBlock):
            result.count += 1
            result.entries.append(_entry(block.ignore_error_block, file, span, macros, result.found))
        elif isinstance(block, model.ParsingFailedBlock):
            _failed(block, span, result)
        elif isinstance(block, model.Entry):
            result.count += 1
            result.entries.append(_entry(block, file, span, macros, result.found))
        elif isinstance(block, model.ImplicitComment):
            _loose(block, span, result.found)
    return result


def _failed(block: Any, span: Span, result: BibFile) -> None:
    raw = str(block.raw or "")
    if re.match(r"@\s*(comment|string|preamble)\b", raw, re.IGNORECASE):
        kind = "a block"
    else:
        kind = "an entry"
        result.count += 1
    name = re.match(r"@\s*(\w+)\s*[{(]\s*([^\s,{}]*)", raw)
    what = f'{kind} ("{name[2]}")' if name and name[2] else kind
    hint = "a brace, a quote or a comma is missing: compare its opening and closing braces"
    result.found.append(problem("bib-syntax", f"{what} cannot be read and was left out", span, hint))


def _loose(block: Any, span: Span, found: list[Diagnostic]) -> None:
    """Text between entries is a comment to BibTeX; one that looks like an entry was meant as one."""
    raw = str(block.comment or block.raw or "")
    match = re.search(r"^[ \t]*@\s*[A-Za-z]+\s*(?:[{(]|\s\S+,)", raw, re.MULTILINE)
    if match:
        line = span.line + raw.count("\n", 0, match.start())
        place = Span(span.file, line, 1, line, 2)
        found.append(problem("bib-syntax", "an entry cannot be read and was left out", place, "check its braces"))


def _entry(entry: Any, file: str, span: Span, macros: dict[str, str], found: list[Diagnostic]) -> Entry:
    result = Entry(entry.entry_type.lower().strip(), entry.key.strip(), span)
    for each in entry.fields:
        name, raw = each.key.lower().strip(), str(each.value)
        line = (each.start_line or 0) + 1
        place = Span(file, line, 1, line, 2)
        while name:
            value, rest = _value(raw, macros, partial(_tell_undefined, found, place))
            following = re.match(r"([A-Za-z][\w-]*)\s*=\s*", rest)
            if rest:
                lost = "" if following else f': "{rest[:40]}" was left out'
                message = f'after the field "{name}" a comma is missing{lost}'
                found.append(problem("bib-syntax", message, place, "put a comma between two fields"))
            _keep(result, name, value, line, place, found)
            name, raw = (following[1].lower(), rest[following.end() :]) if following else ("", "")
    return result


def _keep(entry: Entry, name: str, value: str, line: int, place: Span, found: list[Diagnostic]) -> None:
    """Keeps a field; of two with one name the first."""
    if name in entry.values:
        message = f'the field "{name}" stands twice; the first is kept'
        found.append(problem("bib-field", message, place, f"the first is at line {entry.lines[name]}"))
    else:
        entry.values[name], entry.lines[name] = value, line


def _tell_undefined(found: list[Diagnostic], place: Span, macro: str) -> None:
    found.append(_undefined(macro, place))


def _undefined(macro: str, place: Span) -> Diagnostic:
    message = f'no @string defines "{macro}"; it stands as a word'
    return problem("bib-string", message, place, f"if it is a text, write {{{macro}}}")


def _value(raw: str, macros: dict[str, str], undefined: Any) -> tuple[str, str]:
    """A value without delimiters, its `#` joined and its macros put in; and what was left over (btxdoc, § 2)."""
    parts: list[str] = []
    text = raw.strip()
    while text:
        piece, text = _piece(text)
        if piece[:1] in '{"' and len(piece) > 1:
            parts.append(piece[1:-1])
        elif piece.isdigit():
            parts.append(piece)
        elif piece:
            name = piece.lower()
            if name in macros:
                parts.append(macros[name])
            elif name in MONTHS:
                parts.append(MONTHS[name])
            else:
                undefined(piece)
                parts.append(piece)
        text = text.strip()
        if not text.startswith("#"):
            break
        text = text[1:].strip()
    return "".join(parts), text


def _piece(text: str) -> tuple[str, str]:
    """The first `{…}`, `"…"`, number or word, and what follows."""
    if text[0] not in '{"':
        match = re.match(r"[^\s#{\"]+", text)
        end = match.end() if match else 1
        return text[:end], text[end:]
    depth = 0
    for match in re.finditer(r'\\.|[{}"]' if text[0] == '"' else r"[{}]", text, re.DOTALL):
        sign = match[0]
        depth += {"{": 1, "}": -1}.get(sign, 0)
        closes = sign == '"' and depth == 0 and match.start() > 0 if text[0] == '"' else depth == 0
        if closes:
            return text[: match.end()], text[match.end() :]
    return text, ""
