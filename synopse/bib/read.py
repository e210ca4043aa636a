"""The text of one .bib file in; its entries with raw values, its macros and its mistakes out. bibtexparser splits.

Each mistake of an entry goes with the entry, so that what the report does not use can be told apart.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from synopse.bib.macros import Macros, Scope
from synopse.bib.reference import data_model, is_printed
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.letters import composed
from synopse.read.encoding import CONTROLS, DIRECTIONS, LINE_ENDS

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
    """An entry as written: its type and field names in small letters, its values without their delimiters.

    `found` holds what is wrong in it.
    """

    kind: str
    key: str
    span: Span
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class BibFile:
    """What a file holds. `count` is how many entries it has: each is in `entries`, or a diagnostic tells of it."""

    entries: list[Entry]
    found: list[Diagnostic]
    count: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A file that bibtexparser has split: its blocks, and its lines for the places of what is wrong."""

    file: str
    blocks: list[Any]
    lines: list[str]
    found: list[Diagnostic]

    def span(self, block: Any) -> Span:
        """The first line of a block."""
        line = (block.start_line or 0) + 1
        return Span(self.file, line, 1, line, len(self.lines[line - 1]) + 1 if line <= len(self.lines) else 1)


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
    return text.replace("\r\n", "\n").replace("\r", "\n"), found


_RESAVE = "save it as UTF-8 in your reference manager"


def new_macros() -> Macros:
    """A store of macros for some files that are read together."""
    return Macros(lambda raw, lookup: _value(raw, Scope(lookup), lambda name: None)[0])


_MASK = "\ue03d"
_KEY_WITH_EQUALS = re.compile(r'(@\w+\s*[{(]\s*)([^\s,{}()"=]+=[^\s,{}()"]*)(?=\s*,\s*[A-Za-z][\w-]*\s*=)')


_LONGER = re.compile(r"@(?=(?:comment|preamble|string)\w)", re.IGNORECASE)
"""A type such as `@commentary`, which bibtexparser takes for a comment; a mark before it is taken off again."""


def _masked(match: re.Match[str]) -> str:
    """A key such as `a=b`, which BibTeX allows, in a form that bibtexparser does not take for a field."""
    begin, key = match.groups()
    is_field = key.partition("=")[0].lower() in {*data_model()["all"], "journal", "school", "address", "year", "month"}
    return match[0] if is_field else begin + key.replace("=", _MASK)


def split_bib(text: str, file: str, macros: Macros) -> Blocks:
    """Splits the text into blocks. `macros` gathers every `@string`, wherever it stands, for all files."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    found: list[Diagnostic] = []
    try:
        blocks = list(Splitter(_LONGER.sub("@_", _KEY_WITH_EQUALS.sub(_masked, text))).split().blocks)
    except RecursionError:
        found.append(
            problem("bib-file", "the file is nested too deeply to be read: all of it was left out", Span(file))
        )
        blocks = []
    result = Blocks(file, blocks, text.split("\n"), found)
    for block in blocks:
        if isinstance(block, model.String):
            macros.define(block.key.lower(), str(block.value), result.span(block))
    return result


def read_entries(split: Blocks, macros: Macros) -> BibFile:
    """The entries of a file, once the macros of all files are known."""
    from bibtexparser import model

    result = BibFile([], split.found, 0)
    scope = macros.seen_from(split.file)
    for block in split.blocks:
        span = split.span(block)
        if isinstance(block, model.DuplicateBlockKeyBlock):
            inner = block.ignore_error_block
            if isinstance(inner, model.Entry):
                result.count += 1
                result.entries.append(_entry(inner, span, scope))
            elif isinstance(inner, model.String):
                result.found.append(problem("bib-string", f'the macro "{inner.key}" is defined twice', span))
        elif isinstance(block, model.DuplicateFieldKeyBlock):
            result.count += 1
            result.entries.append(_entry(block.ignore_error_block, span, scope))
        elif isinstance(block, model.ParsingFailedBlock):
            _failed(block, span, result)
        elif isinstance(block, model.Entry):
            result.count += 1
            result.entries.append(_entry(block, span, scope))
        elif isinstance(block, model.ImplicitComment):
            _loose(block, span, result)
    return result


def _failed(block: Any, span: Span, result: BibFile) -> None:
    raw = str(block.raw or "")
    if re.match(r"@\s*(comment|string|preamble)\b", raw, re.IGNORECASE):
        kind = "a block"
    else:
        kind = "an entry"
        result.count += 1
    name = re.match(r"@\s*\w+\s*[{(]\s*(?:([^\n,{}=]+?)\s*,|([^\s,{}=]*))", raw)
    key = (name[1] or name[2]) if name else ""
    what = f'{kind} ("{key}")' if key else kind
    hint = "a brace, a quote or a comma is missing: compare its opening and closing braces"
    wrong = problem("bib-syntax", f"{what} cannot be read and was left out", span, hint)
    result.found.append(replace(wrong, about=key if kind == "an entry" else ""))


_ENTRY = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*(?:[{(]\s*(?P<key>[^\s,{}()]*)|\s(?P<bare>\S+),)", re.MULTILINE)
_FIELD = re.compile(r"[\s,}]*^[ \t,}]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\w]", re.MULTILINE)


def _loose(block: Any, span: Span, result: BibFile) -> None:
    """Text between entries is a comment to BibTeX; one that looks like an entry, or like fields, was meant as that."""
    raw = str(block.comment or block.raw or "")
    fields, entry = _FIELD.match(raw), _ENTRY.search(raw)
    if fields and result.entries:
        line = span.line + raw.count("\n", 0, fields.end())
        before = result.entries[-1]
        message = f'the entry "{before.key}" ends before this line: what follows is not read'
        wrong = problem("bib-syntax", message, Span(span.file, line, 1, line, 2), "it has a closing brace too many")
        before.found.append(replace(wrong, about=before.key))
    if entry:
        line = span.line + raw.count("\n", 0, entry.start())
        place = Span(span.file, line, 1, line, 2)
        wrong = problem("bib-syntax", "an entry cannot be read and was left out", place, "check its braces")
        result.found.append(replace(wrong, about=entry["key"] or entry["bare"] or ""))


def _entry(entry: Any, span: Span, scope: Scope) -> Entry:
    result = Entry(entry.entry_type.lower().strip().removeprefix("_"), "", span)
    result.key = _clean(entry.key.replace(_MASK, "="), "the key", span, True, result.found).strip()
    for each in entry.fields:
        name, line = each.key.lower().strip(), (each.start_line or 0) + 1
        place = Span(span.file, line, 1, line, 2)
        raw = _clean(str(each.value), f'the field "{name}"', place, is_printed(name), result.found)
        while name:
            value, rest = _value(raw, scope, partial(_tell_macro, result.found, place, scope))
            following = re.match(r"([A-Za-z][\w-]*)\s*=\s*", rest)
            if rest:
                _tell_comma(name, "" if following else rest, place, result.found)
            _keep(result, name, value, line, place)
            name, raw = (following[1].lower(), rest[following.end() :]) if following else ("", "")
    return result


_UNPRINTABLE = re.compile(f"{CONTROLS.pattern}|{DIRECTIONS.pattern}")


def _clean(text: str, what: str, place: Span, printed: bool, found: list[Diagnostic]) -> str:
    """The text without the control and direction characters that exports hold; told where it would be printed."""
    match = _UNPRINTABLE.search(text)
    if match and printed:
        line = place.line + text.count("\n", 0, match.start())
        kind = "direction" if DIRECTIONS.match(match[0]) else "control"
        message = f"{what} holds a {kind} character, U+{ord(match[0]):04X}, that cannot be printed; it is left out"
        found.append(problem("bib-control", message, Span(place.file, line, 1, line, 2)))
    text = _UNPRINTABLE.sub("", text) if match else text
    ends = LINE_ENDS.search(text)
    if ends and printed:
        line = place.line + text.count("\n", 0, ends.start())
        message = f"{what} holds a line separator, U+{ord(ends[0]):04X}: a space stands for it"
        found.append(problem("line-separator", message, Span(place.file, line, 1, line, 2), "put a space there"))
    return composed(LINE_ENDS.sub(" ", text) if ends else text)


def _tell_comma(name: str, lost: str, place: Span, found: list[Diagnostic]) -> None:
    """A comma that is missing after a field: nothing may be lost by it, or the rest of the field's line."""
    hint = "put a comma between two fields"
    if not lost:
        found.append(problem("bib-comma", f'after the field "{name}" a comma is missing', place, hint))
    elif is_printed(name) or "=" in lost:
        message = f'after the field "{name}" a comma is missing: "{lost[:40]}" was left out'
        found.append(problem("bib-syntax", message, place, hint))


def _keep(entry: Entry, name: str, value: str, line: int, place: Span) -> None:
    """Keeps a field; of two with one name the first."""
    if name not in entry.values:
        entry.values[name], entry.lines[name] = value, line
    elif is_printed(name) and value != entry.values[name]:
        message = f'the field "{name}" stands twice; the first is kept'
        entry.found.append(problem("bib-field", message, place, f"the first is at line {entry.lines[name]}"))


def _tell_macro(found: list[Diagnostic], place: Span, scope: Scope, macro: str) -> None:
    """A macro that no file defines, or that two other files define otherwise."""
    if macro.lower() in scope.twofold:
        first, second = scope.twofold[macro.lower()]
        message = f'"{macro}" is defined in two files, {first.file}:{first.line} and {second.file}:{second.line}'
        found.append(problem("bib-string", f"{message}; the first is taken", place, "define it in this file as well"))
        return
    message = f'undefined @string "{macro}": kept as plain text'
    found.append(problem("bib-string", message, place, f"if it is a text, write {{{macro}}}"))


def _value(raw: str, scope: Scope, tell: Callable[[str], None]) -> tuple[str, str]:
    """A value without delimiters, its `#` joined and its macros put in; and what was left over (btxdoc, § 2).

    `tell` is called with each macro that is not defined, or not in one way.
    """
    parts: list[str] = []
    text = raw.strip()
    while text:
        piece, text = _piece(text)
        if piece[:1] in '{"' and len(piece) > 1:
            parts.append(piece[1:-1])
        elif piece.isdigit():
            parts.append(piece)
        elif piece:
            known = scope.text(piece.lower())
            known = MONTHS.get(piece.lower()) if known is None else known
            if known is None or piece.lower() in scope.twofold:
                tell(piece)
            parts.append(piece if known is None else known)
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
