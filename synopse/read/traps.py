"""YAML's own traps for a text: an exception of PyYAML in, a diagnostic out that shows the line as it should be.

Each trap that is understood also gives the text mended (same length, so that places stay true), to read on.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.read.encoding import place
from synopse.read.flow import OWN_WORDS, STAND_IN, fixed_line, flow_trap

_VALUE = re.compile(r"""^(?P<head>\s*(?:-\s+)*(?:(?:[\w.-]+|"[^"]*"|'[^']*')\s*:\s+)?(?:-\s+)*)(?P<value>.*)$""")
_STARTS = {
    "*": ("yaml-alias", "a text that begins with * is read by YAML as a reference to an anchor"),
    "&": ("yaml-anchor", "a text that begins with & is read by YAML as an anchor"),
    "!": ("yaml-tag", "a text that begins with ! is read by YAML as a tag"),
    "[": ("yaml-bracket", "a text that begins with [ is read by YAML as a list"),
    "{": ("yaml-brace", "a text that begins with { is read by YAML as a mapping"),
    '"': ("yaml-quote", 'a text that begins with " ends, for YAML, at the next "'),
    "'": ("yaml-quote", "a text that begins with ' ends, for YAML, at the next '"),
    "@": ("yaml-reserved", "no text may begin with @ in YAML"),
    "`": ("yaml-reserved", "no text may begin with ` in YAML"),
    "%": ("yaml-reserved", "no text may begin with % in YAML"),
    "|": ("yaml-block", "after | the text begins on the next line"),
    ">": ("yaml-block", "after > the text begins on the next line"),
    ",": ("yaml-reserved", "no text may begin with , in YAML"),
    "]": ("yaml-reserved", "no text may begin with ] in YAML"),
    "}": ("yaml-reserved", "no text may begin with } in YAML"),
}
BAD_ESCAPES = (
    "found unknown escape character",
    "did not find expected hexdecimal number",
    "found invalid Unicode character escape code",
)
"""libyaml's words for an escape of double quotes that it does not know."""
NO_BREAK = "\u00a0\u202f\u2007\u2009\u200b\u3000\ufeff"
"""Spaces of print that an editor shows as a space, or not at all, and that are none for YAML."""


def as_quoted(text: str) -> str:
    """`text` as a YAML value that is surely a text: in quotes, or as a block where it holds both kinds."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return f"|\n  {text}"


def quoted_line(line: str) -> str:
    """The line with its value in quotes, as a hint shows it."""
    match = _VALUE.match(line)
    if not match or not match["value"]:
        return line
    head, value = match["head"], match["value"].rstrip()
    if words := _WORDS_OF_ITEM.search(head):
        head, value = head[: words.start()], head[words.start() :] + value
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    elif value[:1] in _TO_ITS_END and (whole := _TO_ITS_END[value[0]].match(value)):
        value = whole[0][1:-1] + value[whole.end() :]
    indent = " " * (len(head) - len(head.lstrip()))
    return head + as_quoted(value).replace("\n", "\n" + indent)


_WORDS_OF_ITEM = re.compile(
    rf"(?<=-[ \t])(?!(?:{'|'.join(sorted(OWN_WORDS))})\s*:)(?=[\w.-]+\s+:|[^\W\d_a-z][\w.-]*:)[^:]+:\s+$"
)
"""The words before the colon of an item that is no mapping: `- Forces : analyse`."""


def whole_text(lines: list[str], row: int) -> str:
    """The line of a text, from its key or dash to its last line, as one line."""
    first = row
    while first and (match := _VALUE.match(lines[first])) and not match["head"].strip() and lines[first].strip():
        first -= 1
    below = [each for each in _text_below(lines, first).split("\n") if each]
    if not lines[first].strip() or any(_A_KEY.match(each) or re.match(r"\s*(?:- |#|$)", each) for each in below):
        return lines[row]
    return " ".join([lines[first].rstrip(), *map(str.strip, below)])


def write_it(line: str) -> str:
    """The hint that shows a line as it should be written: of a mapping the texts alone are in quotes."""
    inside = fixed_line(line)
    if inside:
        return f"write the text in quotes:\n{inside}"
    return f"write it as a text, in quotes or after |:\n{quoted_line(line).strip()}"


def explain(error: Exception, text: str, original: str, file: str) -> tuple[Diagnostic, str | None]:
    """What PyYAML refused, in the words of the person's file; with the text mended, where one can read on."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if isinstance(error, (RecursionError, ValueError)) or type(error).__name__ == "_TooDeep":
        where = Span(file) if mark is None else _at(mark, file)
        return problem("yaml-nested", "lists and mappings are nested too deeply to be read", where), None
    if "expected ':'" in str(getattr(error, "problem", "")):
        mark = getattr(error, "context_mark", None) or mark  # the line that is no key, not the end that it was read to
    if mark is None:
        offset = getattr(error, "position", 0)
        return problem("yaml-syntax", str(error).split("\n")[0], place(text, offset, file)), None
    what = str(getattr(error, "problem", "") or getattr(error, "context", "") or "cannot be read")
    if type(error).__name__ == "_TooMany":
        return problem("yaml-bomb", "aliases repeat too much to be unfolded", _at(mark, file)), None
    if what not in BAD_ESCAPES and (inside := flow_trap(error, text, original, file)) is not None:
        return inside
    lines = original.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    odd = _odd_space(text, mark.line, at_margin="mapping values" in what)
    if odd is not None and what not in BAD_ESCAPES:
        message = "a no-break space stands where YAML asks for a space"
        return problem("yaml-space", message, place(text, odd, file), "type a space there"), _mend(text, odd, " ")
    if "mapping values are not allowed" in what:
        if mark.line and _A_KEY.match(line) and (hint := _with_colon(lines, mark.line - 1)):
            above = Span(file, mark.line, 1, mark.line, len(lines[mark.line - 1]) + 1)
            return problem("yaml-syntax", _plain_words("could not find expected ':'"), above, hint), None
        span = _at(mark, file)
        message = 'a text that holds " : " or ": " is not a text for YAML'
        return problem(
            "yaml-colon", message, span, _indented_key(line, mark.column) or write_it(whole_text(lines, mark.line))
        ), _mend(text, mark.index)
    if what in BAD_ESCAPES and "\\" in text[: mark.index + 1]:
        return _bad_escape(text, mark.index, original, file)
    if "are not allowed in this context" in what:
        sign = text[mark.index : mark.index + 1]
        message = f'a text that begins with "{sign} " is read by YAML as {"a list" if sign == "-" else "a key"}'
        fixed = line[: mark.column].lstrip() + as_quoted(line[mark.column :].rstrip())
        hint = f"write it as a text, in quotes or after |:\n{fixed}"
        return problem("yaml-reserved", message, _at(mark, file), hint), _mend(text, mark.index)
    if "<document start>" in what:
        message = "the document has ended above, at the line ..., and this is not read"
        return problem("yaml-documents", message, _at(mark, file), 'remove the line "..."'), None
    if "\t" in _around(text, mark.index) and ("token" in what or "indentation" in what or "block" in what):
        start = text.find("\t", text.rfind("\n", 0, mark.index) + 1)
        return problem(
            "yaml-tab", "a tab stands in the indentation", place(text, start, file), "indent with spaces"
        ), _mend(text, start, " ")
    return _start_trap(error, what, mark, text, lines, file)


def _indented_key(line: str, colon: int) -> str:
    """The hint for a line that is a key by its looks, and stands further in than the keys above it; often none."""
    key = re.fullmatch(r"[ ]+([\w.-]+)", line[:colon].rstrip())
    return (
        f'if "{key[1]}" is a key, begin its line where the keys above begin, without the spaces; else\n{write_it(line)}'
        if key
        else ""
    )


_A_KEY = re.compile(r"\s*(?:-\s+)*(?P<key>[\w.-]+)\s*:(?=\s|$)")
_NO_COLON = re.compile(r"(?P<key>[^\W\d][\w.-]*)[ \t]+(?P<rest>[^\s#][^\n]*)")


def _with_sign(lines: list[str], row: int) -> str:
    """The hint for a line that lacks the sign of an item or of a key; often none."""
    bullet = re.match(
        rf"(?P<indent>\s*)(?P<sign>[–—•‣·▪◦])[ \t{NO_BREAK}]+(?=\S)", lines[row] if row < len(lines) else ""
    )
    if bullet:
        return f"begin an item with a dash, not with {bullet['sign']}:\n- {lines[row][bullet.end() :].rstrip()}"
    return _with_colon(lines, row)


def _with_colon(lines: list[str], row: int) -> str:
    """The hint for a line between keys, as far in as they are, that has no colon behind its first word; often none."""
    line = lines[row] if row < len(lines) else ""
    typed = _NO_COLON.match(line.strip())
    if typed is None or re.search(r":(?=\s|$)", line):
        return ""
    above = next((each for each in reversed(lines[:row]) if each.strip() and not each.lstrip().startswith("#")), "")
    below = next((each for each in lines[row + 1 :] if each.strip() and not each.lstrip().startswith("#")), "")
    keys = [match.start("key") for match in map(_A_KEY.match, (above, below)) if match]
    if len(line) - len(line.lstrip()) not in keys:
        return ""
    return f"put a colon after the key:\n{typed['key']}: {typed['rest'].rstrip()}"


def restored(value: str, mended: str, original: str) -> str:
    """A value that was read from mended text, with what the person typed where a sign stands in for it."""
    typed = iter(own for sign, own in zip(mended, original, strict=False) if sign == STAND_IN)
    return re.sub(STAND_IN, lambda _: next(typed, STAND_IN), value)


def _bad_escape(text: str, index: int, original: str, file: str) -> tuple[Diagnostic, str]:
    """A backslash in double quotes before a letter that YAML has no escape for: it refuses the whole text."""
    at = text.rfind("\\", 0, index + 1)
    word = re.match(r"\\(?:[A-Za-z]+|.|$)", original[at:])
    shown = word[0] if word else "\\"
    start, end = _quoted_around(original, at)
    typed = re.sub(r"\s*\n\s*", " ", original[start + 1 : end]).replace('\\"', '"')
    message = f'in double quotes, "{shown}" is no escape that YAML knows'
    hint = f"write the text in single quotes, or after |:\n{as_quoted(typed)}"
    return problem("yaml-escape", message, place(text, at, file, len(shown)), hint), _mend(text, at)


def _quoted_around(text: str, at: int) -> tuple[int, int]:
    """Where the double quotes around `at` open and close, as far as one can tell."""
    line = text.rfind("\n", 0, at) + 1
    opened = _VALUE.match(text[line:at])
    start = line + len(opened["head"]) if opened and opened["value"][:1] == '"' else text.rfind('"', 0, at)
    closed = re.compile(r'(?:[^"\\]|\\.)*(?P<end>")', re.DOTALL).match(text, at)
    rest = text[at:].split("\n", 1)[0].rstrip()
    if rest.endswith('"') and opened and opened["value"][:1] == '"':
        return start, at + len(rest) - 1  # the whole value, whatever quotes it holds, and a backslash before the last
    return max(start, 0), closed.start("end") if closed else len(text)


def _odd_space(text: str, row: int, at_margin: bool) -> int | None:
    """Where a no-break space stands as the space after a key or a dash, or in the indentation: at `row` or just above.

    `at_margin` looks at lines without indentation alone: others may be the rest of a text.
    """
    indent = "" if at_margin else " *"
    lines = text.split("\n")
    for number in range(min(row, len(lines) - 1), max(-1, row - 3), -1):
        found = re.match(rf"{indent}(?:- +)*(?:-|[\w.-]+ ?:)?(?P<odd>[{NO_BREAK}])", lines[number])
        if found:
            return sum(len(each) + 1 for each in lines[:number]) + found.start("odd")
    return None


def _start_trap(
    error: Exception, what: str, mark: Any, text: str, lines: list[str], file: str
) -> tuple[Diagnostic, str | None]:
    """A value whose first character means something to YAML: on the error's line, or where the context began."""
    context: Any = getattr(error, "context_mark", None)
    starts = text.split("\n")
    opened = _open_above(text, mark) if "expected" in what else None
    if opened is not None:
        row, offset = opened
        span = place(text, offset, file, len(_value(lines[row]).rstrip()))
        return _open_quote(lines, row, span, write_it(lines[row])), _mend(text, offset)
    begun_above = "expected ',' or" in what or what == _OPEN_QUOTE  # the parser stops below what is not closed
    for candidate in (context, mark) if begun_above else (mark, context):
        if candidate is None or candidate.line >= len(lines):
            continue
        match = _VALUE.match(starts[candidate.line])
        value = match["value"] if match else ""
        if not match or value[:1] not in _STARTS or not value:
            continue
        offset = sum(len(each) + 1 for each in starts[: candidate.line]) + len(match["head"])
        if candidate.index < offset and candidate is mark:
            continue
        code, message = _STARTS[value[0]]
        close = {"[": "]", "{": "}"}.get(value[0], "")
        closing = (
            f"if it is a list or a mapping, close it: {value.rstrip()}{close}" if close and close not in value else ""
        )
        if value[0] in "\"'" and _is_whole(value.rstrip()):
            break
        span = place(text, offset, file, len(value.rstrip()))
        instead = write_it(lines[candidate.line])
        if value[0] in "\"'" and _is_open(lines, candidate.line):
            return _open_quote(lines, candidate.line, span, instead), _mend(text, offset)
        return problem(code, message, span, closing, instead), _mend(text, offset)
    colon = _colon_above(starts, mark.line) if "expected" in what else None
    if colon is not None:
        row, column = colon
        span = Span(file, row + 1, column + 1, row + 1, column + 2)
        message = 'a text that holds " : " or ": " is not a text for YAML'
        offset = sum(len(each) + 1 for each in starts[:row]) + column
        return problem("yaml-colon", message, span, write_it(whole_text(lines, row))), _mend(text, offset)
    glued = re.match(r"\s*(?:- )?([\w.-]+):(\S.*)", lines[mark.line]) if mark.line < len(lines) else None
    hint = f'put a space after the colon: "{glued[1]}: {glued[2].rstrip()}"' if glued else ""
    hint = hint or (_with_sign(lines, mark.line) if "expected ':'" in what else "") or _syntax_hint(what)
    return problem("yaml-syntax", _plain_words(what), _at(mark, file), hint), None


_OPEN_QUOTE = "found unexpected end of stream"
"""libyaml's words for a quote that nothing closes."""


def _value(line: str) -> str:
    """What stands behind the key and the dashes of a line."""
    match = _VALUE.match(line)
    return match["value"] if match else ""


def _text_below(lines: list[str], row: int) -> str:
    """The lines below one that are indented further, and so may go on with its text."""
    indent = len(lines[row]) - len(lines[row].lstrip())
    below = takewhile(lambda line: not line.strip() or len(line) - len(line.lstrip()) > indent, lines[row + 1 :])
    return "\n".join(below).rstrip()


_TO_ITS_END = {"'": re.compile(r"'(?:[^']|'')*'"), '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)}


def _is_open(lines: list[str], row: int) -> bool:
    """Whether the value of a line begins with a quote that neither it nor the lines that go on with it close."""
    value = _value(lines[row])
    whole = _TO_ITS_END.get(value[:1])
    return whole is not None and whole.match(f"{value}\n{_text_below(lines, row)}") is None


def _open_above(text: str, mark: Any) -> tuple[int, int] | None:
    """The line, and where in the text, of a quote that YAML closes at the first one of a text below, where it stops."""
    lines = text.split("\n")
    offset = len("\n".join(lines[: mark.line])) + 1
    for row in range(min(mark.line, len(lines)) - 1, max(-1, mark.line - 1 - FOLLOWED), -1):
        offset -= len(lines[row]) + 1
        if not _is_open(lines, row):
            continue
        start = offset + len(lines[row]) - len(_value(lines[row]))
        closed = _TO_ITS_END[text[start]].match(text, start)
        if closed and not text[closed.end() : mark.index].strip(" "):
            return row, start
    return None


def _open_quote(lines: list[str], row: int, span: Span, instead: str) -> Diagnostic:
    """What is said of a quote that nothing closes; a word may also begin with an apostrophe."""
    quote = _value(lines[row])[0]
    closed = f"close the quote:\n{lines[row].strip()}{quote}"
    if _text_below(lines, row):
        closed = f"close the quote: write {quote} where the text ends"
    return problem("yaml-quote", _plain_words(_OPEN_QUOTE), span, closed, instead if quote == "'" else "")


def _is_whole(value: str) -> bool:
    """Whether a quoted text ends at its last quote and nowhere before."""
    return _TO_ITS_END[value[0]].fullmatch(value) is not None


_ITEM_WITH_COLON = re.compile(r"^\s*(?:-\s+|[\w.-]+\s*:\s+)(?P<key>[^\"'\[{].*?)\s*(?P<colon>:)(?:\s|$)")
FOLLOWED = 12
"""So many lines of one text are searched upwards for the colon that broke it."""


def _colon_above(lines: list[str], row: int) -> tuple[int, int] | None:
    """Where the text that ends at `row` holds the colon that made a key of its beginning."""
    row = min(row, len(lines) - 1)
    first = row - 1 if lines[row].lstrip().startswith("- ") else row
    for each in range(first, max(-1, first - FOLLOWED), -1):
        match = _ITEM_WITH_COLON.match(lines[each])
        item = lines[each].lstrip().startswith("- ")
        if match and (re.search(r"[^\w.-]", match["key"]) or (item and match["key"] not in OWN_WORDS)):
            return each, match.start("colon")
        if match or lines[each].lstrip().startswith("- "):
            return None
    return None


def anchored_text(anchor: str, span: Span, text: str) -> Diagnostic:
    """An anchor on a text that nothing refers to: the person meant the `&`."""
    line = text.split("\n")[span.line - 1]
    message = f"{_STARTS['&'][1]}: &{anchor} would be lost"
    return problem("yaml-anchor", message, span, write_it(line))


def tagged_text(tag: str, span: Span, text: str) -> Diagnostic:
    """A tag: no source needs one, and on a text the person meant the `!`."""
    line = text.split("\n")[span.line - 1]
    shown = tag.replace("tag:yaml.org,2002:", "!!")
    return problem("yaml-tag", f"{_STARTS['!'][1]}: {shown} would be lost", span, write_it(line))


def block_text(span: Span, text: str) -> Diagnostic:
    """A text such as `>5`, which YAML takes for the sign of a block that is indented so far."""
    line = text.split("\n")[span.line - 1]
    sign = line[span.column - 1]
    return problem("yaml-block", _STARTS[sign][1], span, write_it(line))


def _mend(text: str, offset: int, stand_in: str = STAND_IN) -> str:
    return text[:offset] + stand_in + text[offset + 1 :]


def _at(mark: Any, file: str) -> Span:
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _around(text: str, offset: int) -> str:
    """The indentation of the line at `offset`."""
    line = text[text.rfind("\n", 0, offset) + 1 :].split("\n", 1)[0]
    return line[: len(line) - len(line.lstrip())]


def _plain_words(what: str) -> str:
    known = {
        "could not find expected ':'": 'this line is neither "key: value" nor the rest of a text',
        "did not find expected key": "this line does not continue what stands above it",
        "did not find expected '-' indicator": "this line does not continue the list above it",
        _OPEN_QUOTE: "a quote is opened and never closed",
        "did not find expected ',' or ']'": "a list in [ ] is not closed",
        "did not find expected ',' or '}'": "a mapping in { } is not closed",
    }
    return known.get(what, f"YAML cannot read on: {what}")


def _syntax_hint(what: str) -> str:
    if "expected key" in what or "indicator" in what or "expected ':'" in what:
        return "check the indentation, and put texts that hold : # * & in quotes"
    return ""
