"""What YAML would take away from a text in silence: a scalar as it stands in its source in, what is lost out, told.

YAML reads every one of these without an error (YAML 1.2.2): escapes in double quotes (§ 5.7), pairs in quotes (§ 7.3),
` #` and what follows it (§ 6.6), line breaks in all but literal blocks (§ 6.5). What a person typed stays as they see
it, or a diagnostic stands on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from synopse.diagnostics import Diagnostic, problem
from synopse.read.encoding import CONTROLS, DIRECTIONS, place
from synopse.read.flow import OWN_WORDS
from synopse.read.traps import NO_BREAK, as_quoted, block_text, whole_text, write_it
from synopse.read.tree import Scalar

_ESCAPE = re.compile(
    r"\\(?P<all>x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|\n[ \t]*|.)", re.DOTALL
)
_READ_AS = {
    "0": "a NUL",
    "a": "a bell (U+0007)",
    "b": "a backspace (U+0008)",
    "t": "a tab",
    "\t": "a tab",
    "n": "a line break",
    "v": "a vertical tab (U+000B)",
    "f": "a form feed (U+000C)",
    "r": "a carriage return (U+000D)",
    "e": "an escape character (U+001B)",
    "N": "a line break (U+0085)",
    "_": "a no-break space",
    "L": "a line separator (U+2028)",
    "P": "a paragraph separator (U+2029)",
    " ": "a space",
    "/": "a slash",
}
_PLAUSIBLE = frozenset("n /xuU\n")
"""Escapes that a person, or a program that wrote the file, may have meant; all others eat a command of LaTeX."""
_COMMANDS_IN_N = re.compile(
    "nabla|natural|nearrow|neg?|neq|newcommand|newline|newpage|nexists|ngeq|ngtr|ni|nicefrac|nleq|nless|nmid|nobreak|"
    "nocite|noindent|nolimits|nolinebreak|nonumber|normalsize|not|notin|nparallel|nsubseteq|nsupseteq|nu|num|nwarrow"
)
"""Commands of LaTeX that begin with the letter of YAML's line break."""
_FORMULA = re.compile(r"\$\$.+?\$\$|\$(?=\S)[^$]*?\$", re.DOTALL)
MOST_SHOWN = 90
"""A hint shows a text of at most so many characters."""


def losses(scalar: Scalar, text: str, start: int, end: int, is_key: bool = False) -> Iterator[Diagnostic]:
    """What is lost of the scalar that stands in `text` from `start` to `end`."""
    raw = scalar.raw
    if scalar.style == '"' and "\\" in raw:
        yield from _escapes(raw, text, start, scalar.span.file)
    elif scalar.style == "'" and "''" in raw:
        yield from _pairs(raw, r"(?<!')''(?!')", "''", text, start, scalar.span.file)
    elif scalar.style is None:
        yield from _odd_spaces(scalar, text, start)
    if scalar.style != "|" and "\n" in raw:
        yield from _joined_lines(scalar, text, start)
    if scalar.style is None and raw in ("~", "null") and not is_key:
        message = f'"{raw}" is nothing for YAML: the value is taken as empty'
        yield problem("yaml-null", message, scalar.span, f'to print the word, write "{raw}" in quotes')
    elif scalar.style in ("|", ">") and not scalar.text and re.match(r"[|>]\d+\s*$", raw.split("\n", 1)[0]):
        yield block_text(scalar.span, text)
    elif scalar.style in ("|", ">") and not scalar.text:
        yield problem(
            "empty-block", f"after {scalar.style} comes no text", scalar.span, "indent the text, or remove the line"
        )
    if not is_key and "#" in text:
        yield from _comment(scalar, text, start, end)


_BREAKS_BY_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[nNLPxuU\n]")
_EMPTY_LINES = r"(?<=[^\n])\n+(?=[^\n])"
_EMPTY_LINES_OF_A_BLOCK = r"(?:(?<=\n)|^)[^\s][^\n]*\n+(?=[^\s])"
"""Not around lines that are indented further, which a folded block leaves as they are (YAML 1.2.2, § 8.1.3)."""


def kept_paragraphs(text: str, raw: str, style: str | None) -> str:
    """The text with its empty lines as they were typed: YAML takes one of them away where it joins lines."""
    if style == "|" or "\n" not in text or (style == '"' and _BREAKS_BY_ESCAPE.search(raw)):
        return text
    body = text.rstrip("\n")
    pattern = _EMPTY_LINES_OF_A_BLOCK if style == ">" else _EMPTY_LINES
    return re.sub(pattern, lambda found: found[0] + "\n", body) + text[len(body) :]


def as_typed(raw: str) -> str:
    """A text in double quotes with its backslashes as they stand, on one line."""
    return re.sub(r"\s*\n\s*", " ", raw[1:-1].replace('\\"', '"'))


def _fix(raw: str) -> str:
    """The hint for a text in quotes: how it is written so that YAML takes nothing away."""
    shown = as_typed(raw)
    if len(shown) > MOST_SHOWN:
        return "write the text in single quotes, or after | on lines of its own"
    return f"write the text in single quotes, or after |:\n{as_quoted(shown)}"


def _escapes(raw: str, text: str, start: int, file: str) -> Iterator[Diagnostic]:
    """Escapes of double quotes: one error and one note a line, and pairs of backslashes that end a row of a formula."""
    formulas = [match.span() for match in _FORMULA.finditer(raw)]
    told: set[tuple[int, str]] = set()
    for found in _ESCAPE.finditer(raw, 1, max(1, len(raw) - 1)):
        letter = found["all"][0]
        if letter in '"\\':
            continue
        span = place(text, start + found.start(), file, len(found[0].split("\n")[0]))
        inside = any(first < found.start() < last for first, last in formulas)
        diagnostic = _escape(found, raw, inside)
        if diagnostic is None or (span.line, diagnostic[0]) in told:
            continue
        told.add((span.line, diagnostic[0]))
        yield problem(*diagnostic, span, _fix(raw))
    yield from _pairs(raw, r"(?<!\\)\\\\(?=[\s\[\"])", "\\\\", text, start, file)


def _escape(found: re.Match[str], raw: str, inside: bool) -> tuple[str, str] | None:
    """The code and the message for one escape; nothing for one that YAML itself refuses, which is told elsewhere."""
    letter = found["all"][0]
    digits = found["x"] or found["u"] or found["U"]
    if digits:
        number = int(digits, 16)
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            return None
        character = chr(number)
        if CONTROLS.match(character) or DIRECTIONS.match(character) or character in "\t\n\r\x85\u2028\u2029":
            message = f"in double quotes, {found[0]} is a control character, U+{number:04X}, which no document can hold"
            return "control-character", message
        shown = character if character.isprintable() else f"U+{number:04X}"
        return ("yaml-escape" if inside else "yaml-escape-read"), f"in double quotes, {found[0]} is {shown} for YAML"
    if letter in "\nxuU":
        return ("yaml-escape-read", "a backslash at the end of a line joins it to the next") if letter == "\n" else None
    if letter not in _READ_AS:
        return None
    word = re.match(r"[A-Za-z]+", raw[found.start() + 1 :])
    command = f"\\{word[0]}" if word else found[0]
    lost = inside or letter not in _PLAUSIBLE or _COMMANDS_IN_N.fullmatch(command[1:]) is not None
    rest = f' and "{command[2:]}"' if len(command) > 2 else ""
    if lost:
        return "yaml-escape", f'in double quotes, "{command}" is {_READ_AS[letter]}{rest} for YAML'
    return "yaml-escape-read", f'in double quotes, "{found[0]}" is {_READ_AS[letter]} for YAML'


def _pairs(raw: str, pattern: str, pair: str, text: str, start: int, file: str) -> Iterator[Diagnostic]:
    """A pair that YAML reads as one of its signs, inside a formula, where a person may well have meant both."""
    formulas = [match.span() for match in _FORMULA.finditer(raw)]
    for found in re.finditer(pattern, raw):
        if any(first < found.start() < last for first, last in formulas):
            span = place(text, start + found.start(), file, 2)
            message = f"in these quotes, {pair} is one {pair[0]} for YAML"
            yield problem("yaml-pair", message, span, f"for both, write {pair * 2}, or put the text after | as it is")
            return


def _odd_spaces(scalar: Scalar, text: str, start: int) -> Iterator[Diagnostic]:
    """A dash or one of the product's words with a no-break space after it: YAML sees neither an item nor a key."""
    match = re.match(rf"(?:-|(?P<word>\w+) ?:)[{NO_BREAK}]", scalar.raw)
    if match and (match["word"] in OWN_WORDS or (not match["word"] and _begins_line(text, start))):
        span = place(text, start + match.end() - 1, scalar.span.file)
        yield problem("yaml-space", "a no-break space stands where YAML asks for a space", span, "type a space there")


_BLOCK_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)(?=[ \t])|```|~~~|\$\$|\|.*\|\s*$|\[\^\w+\]:")
"""What begins a list, a heading, a quotation, code, a formula, a table or a note in Markdown, at the start of a line."""
_GOES_ON = re.compile(r"(?!1[.)])\d|>")
"""What does so only below another one: `2020.` and `> 80 %` begin many a line of prose."""


def _joined_lines(scalar: Scalar, text: str, start: int) -> Iterator[Diagnostic]:
    """Lines that begin a list, a table, a heading: YAML joins them to the line above, and they begin nothing."""
    offset = 0
    lines = scalar.raw.split("\n")
    indent = _block_indent(lines) if scalar.style == ">" else 0
    for number, line in enumerate(lines):
        body = line.lstrip(" \t")
        own = len(line) - len(body)
        before = lines[number - 1].strip() if number else ""
        at, offset = start + offset + own, offset + len(line) + 1
        if not number or not before or (scalar.style == ">" and number == 1):
            continue
        if scalar.style == ">" and max(own, _indent(lines[number - 1])) > indent:
            continue  # a line that is indented further is not joined, nor is the next
        word = re.match(rf"(?P<word>\w+):(?:[{NO_BREAK}]|[^\s/])", body) if scalar.style is None else None
        if word and word["word"] in OWN_WORDS:
            message = f'"{word["word"]}:" is the rest of the text above for YAML: it asks for a space after the colon'
            yield problem(
                "yaml-space", message, place(text, at, scalar.span.file, word.end() - 1), "type a space there"
            )
            return
        mark = _BLOCK_MARK.match(body)
        if mark and _GOES_ON.match(body) and not _GOES_ON.match(re.sub(r"^1(?=[.)])", "2", before.lstrip("'\""))):
            mark = None
        if mark or (before.endswith("\\") and scalar.style != '"'):
            what = f'"{mark[0].strip()}" begins nothing here' if mark else "the line break is lost"
            message = f"YAML joins this line to the one above: {what}"
            span = place(text, at, scalar.span.file, max(1, len(body.rstrip())))
            keep = "to keep the lines, write the text after |, on lines of its own"
            yield problem("joined-line", message, span, _as_item(body, text, start) if mark else "", keep)
            return


_DASH = re.compile(r"-[ \t]+(?=\S)")


def _as_item(body: str, text: str, start: int) -> str:
    """The hint for a line with a dash below a text that may be an item of a list as well; often none."""
    if not _DASH.match(body):
        return ""
    head = text[text.rfind("\n", 0, start) + 1 : start]
    if re.fullmatch(r"\s*(?:-[ \t]+)+", head):
        above = head[: head.rindex("-")]
        return f"if it is an item of the list, indent it like the items above:\n{above}{body.rstrip()}"
    if re.fullmatch(r"\s*[^\s:#][^:]*:[ \t]+", head):
        return "if it is an item of a list, begin the text above with a dash too, on a line of its own below the key"
    return ""


def _block_indent(lines: list[str]) -> int:
    """The indentation of a block's text: that of its first line that is not empty."""
    return next((_indent(line) for line in lines[1:] if line.strip()), 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_COMMENT = re.compile(r"(?P<gap>[ \t]*)#(?P<rest>[^\n]*)")


def _comment(scalar: Scalar, text: str, start: int, end: int) -> Iterator[Diagnostic]:
    """What follows a text after ` #`: a comment for YAML, and likely the rest of the text for the person."""
    if scalar.style in ("|", ">"):
        header = scalar.raw.split("\n", 1)[0]
        if "#" in header:
            yield from _told(_COMMENT.search(text, start, start + len(header)), "", text, scalar)
        return
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    after = _COMMENT.match(text, end, line_end)
    if after is not None:
        if scalar.raw or not _begins_line(text, end):
            yield from _told(after, "…" if scalar.style else scalar.raw, text, scalar)
    elif scalar.raw or not _begins_line(text, end):
        yield from _comment_below(scalar, text, start, line_end)
    if scalar.style is None and scalar.raw and _begins_line(text, start):
        yield from _comments_above(scalar, text, start)


def _comments_above(scalar: Scalar, text: str, start: int) -> Iterator[Diagnostic]:
    """What a text that begins on a line of its own may have lost above: behind its key, or as lines of comment."""
    begin = text.rfind("\n", 0, start) + 1
    indent = start - begin
    while begin > 0:
        end = begin - 1
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end]
        if line.strip() and not line.lstrip().startswith("#"):
            behind = re.match(r"[^#]*[:-](?= #|[ \t]+#[^\s#])", line)
            yield from _told(_COMMENT.match(text, begin + behind.end()) if behind else None, "", text, scalar)
            return
        if len(line) - len(line.lstrip()) == indent:
            yield from _line_of_comment(line, text, begin, scalar.span.file)


def _told(comment: re.Match[str] | None, value: str, text: str, scalar: Scalar) -> Iterator[Diagnostic]:
    """The diagnostic for a comment behind `value`, unless two spaces, or a tab, before its # set it apart as one."""
    if comment is None:
        return
    rest, narrow = comment["rest"], comment["gap"] == " "
    several = bool(re.search(r"\s", value.strip()))
    sticks, numbered = bool(re.match(r"[^\s#]", rest)), bool(re.match(r"\d", rest))
    certain = sticks and narrow and (several or numbered or not value)
    certain = certain or (
        scalar.style in ("'", '"') and rest.rstrip().endswith(str(scalar.style))
    )  # the text's own end
    behind_mark = scalar.style in ("|", ">")  # no text stands before the #
    likely = (narrow and (sticks or not behind_mark)) or (sticks and (comment["gap"] in ("\t", "") or numbered))
    if not certain and not likely:
        return
    at = comment.start("rest") - 1
    span = place(text, at, scalar.span.file, len(rest.rstrip()) + 1)
    line = whole_text(text.split("\n"), text.count("\n", 0, at))
    lost = f"#{rest.rstrip()}"
    message = f'" #" begins a comment for YAML: "{lost}" is not read'
    as_text = write_it(line)
    if certain:
        yield problem("yaml-comment", message, span, as_text)
    else:
        yield problem(
            "comment-in-text", message, span, as_text, "if it is a comment, put two spaces before the # and one after"
        )


def _comment_below(scalar: Scalar, text: str, start: int, line_end: int) -> Iterator[Diagnostic]:
    """A line that begins with # right below a text, indented as its continuation would be."""
    line = ""
    while not line.strip() and line_end < len(text):
        begin = line_end + 1
        line_end = text.find("\n", begin)
        line_end = len(text) if line_end < 0 else line_end
        line = text[begin:line_end]
    if line and len(line) - len(line.lstrip(" ")) > _parent_column(text, start):
        yield from _line_of_comment(line, text, begin, scalar.span.file)


def _line_of_comment(line: str, text: str, begin: int, file: str) -> Iterator[Diagnostic]:
    """A line `#word`, unless it is a key or an item that was set aside: `#page: 12`, `#- un mot`."""
    words = line.strip()
    if re.match(r"#[^\W_]", words) and not re.match(r"#[\w.-]+\s*:(\s|$)", words):
        message = f'a line that begins with # is a comment for YAML: "{words}" is not read'
        hint = "to keep it, write the text after |; if it is a comment, put a space after the #"
        yield problem("comment-in-text", message, place(text, begin + line.index("#"), file, len(words)), hint)


def _parent_column(text: str, start: int) -> int:
    """The column, from 0, past which a line goes on with the text that begins at `start`."""
    begin = text.rfind("\n", 0, start) + 1
    head = text[begin:start]
    dashes = re.match(r"\s*(?:-\s+)*", head)
    past = dashes.end() if dashes else 0
    if head[past:]:
        return past
    return max(head.rfind("-"), len(head) - len(head.lstrip()) - (0 if "-" in head else 1), -1)


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()
