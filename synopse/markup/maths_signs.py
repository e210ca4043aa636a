"""The signs of a formula: tokens, characters and the words inside `\\text`, as TeX reads them (The TeXbook, chapter 7)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from synopse.markup.maths_commands import (
    DELIMITER_SIGNS,
    DELIMITERS,
    HARMLESS,
    SYMBOLS,
    TEXT_COMMANDS,
    TEXT_SIGNS,
    UNICODE,
)

Wrong = tuple[str, str, int, int]
"""A code of the catalogue, a message, where it is in the formula, and how many characters it is about."""

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)
_SPACE = re.compile(r"[ \t\n]*")
TYPED = {"−": "-", "′": "'", "’": "'", "″": "''"}
"""Characters that a formula may hold for another that TeX has a meaning for."""
_MEANING = {
    "%": "begins a comment",
    "#": "stands for an argument",
    "~": "is a space",
    "$": "ends a formula",
}


class Refused(Exception):
    """Carries what is wrong."""


@dataclass(slots=True)
class Signs:
    """Reads a formula sign by sign; `edits` collects what TeX needs to be told in its own words."""

    text: str
    at: int = 0
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def peek(self) -> str:
        """The next token: a character, or a backslash with its name; empty at the end."""
        match = _TOKEN.match(self.text, self.at)
        return match[0] if match else ""

    def take(self) -> str:
        """The next token, which is then behind."""
        token = self.peek()
        self.at += len(token)
        return token

    def skip_spaces(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def refuse(self, message: str, at: int, length: int = 1, code: str = "maths-syntax") -> Refused:
        """What to raise for a mistake at `at`."""
        return Refused(code, message, min(at, max(0, len(self.text) - 1)), max(1, length))

    def character(self, token: str, start: int, argument: bool = False) -> None:
        """A character, which TeX prints as it is or by another name; in braces where it is an argument."""
        if token in _MEANING:
            message = f"{token} {_MEANING[token]} for LaTeX: write \\{token}"
            if token in "~$":
                message = f"{token} {_MEANING[token]} for LaTeX and cannot stand in a formula"
            raise self.refuse(message, start)
        if token.isascii() and token.isprintable():
            return
        if token in TYPED:
            self.edits.append((start, self.at, TYPED[token]))
        elif token in UNICODE:
            name = UNICODE[token]
            self.edits.append((start, self.at, f"{{\\{name}}}" if argument and name not in SYMBOLS else f"\\{name} "))
        elif unicodedata.category(token) == "Zs" and not argument:
            self.edits.append((start, self.at, "\\ "))
        elif unicodedata.category(token)[0] in "LNPS":
            written = f"\\text{{{token}}}"
            self.edits.append((start, self.at, f"{{{written}}}" if argument else written))
        else:
            name = unicodedata.name(token, f"U+{ord(token):04X}")
            raise self.refuse(f"the character {name} cannot stand in a formula", start)

    def known(self, token: str, start: int) -> bool:
        """True for a command that may stand in a formula. Raises `Refused` for another."""
        if token[1:] in HARMLESS or token in ("\\\n", "\\\t"):
            return True
        if token == "\\":
            raise self.refuse("the formula ends with a backslash", start)
        raise self.refuse(f"the command {token} is not allowed in a formula", start, len(token), "unsafe-maths")

    def text_argument(self, name: str, start: int) -> None:
        """The argument of `\\text`: words, in which a few signs need a backslash."""
        token, at = self.peek(), self.at
        if token in ("", "}", "&", "\\\\"):
            raise self.refuse(f"\\{name} lacks an argument", start, len(name) + 1)
        if token != "{":
            self.at += len(token)
            if (token.startswith("\\") and token[1:] not in TEXT_SIGNS) or token in "^_":
                raise self.refuse(f"write \\{name}{{…}}, with braces", at, len(token))
            if not token.startswith("\\"):
                self.letter(token, at)
            return
        self.at += 1
        while (token := self.peek()) != "}":
            at = self.at
            self.at += len(token)
            if token == "":
                raise self.refuse("a brace is not closed", start)
            if token == "{":
                self.at = at
                self.text_argument(name, start)
            elif token.startswith("\\"):
                if self.known(token, at) and token[1:] in TEXT_COMMANDS:
                    self.skip_spaces()
                    self.text_argument(token[1:], at)
                elif token[1:] not in TEXT_SIGNS:
                    raise self.refuse(f"{token} cannot stand inside \\{name}{{…}}", at, len(token))
            else:
                self.letter(token, at)
        self.at += 1

    def letter(self, token: str, start: int) -> None:
        """A character inside `\\text`."""
        if token in "%#~$&_^":
            raise self.refuse(f"{token} means something else to LaTeX here", start)
        if not token.isprintable() and token not in " \t\n":
            raise self.refuse("this character cannot be printed", start)

    def delimiter(self, command: str, start: int) -> None:
        self.skip_spaces()
        token = self.peek()
        named = token.startswith("\\") and token[1:] in DELIMITERS
        unicode = UNICODE.get(token, "") in DELIMITERS
        if not named and not unicode and (token == "" or token not in DELIMITER_SIGNS):
            message = f"{command} takes a bracket, such as ( [ \\{{ | or . for none"
            raise self.refuse(message, start, len(command))
        if unicode:
            self.edits.append((self.at, self.at + 1, f"\\{UNICODE[token]} "))
        self.at += len(token)
