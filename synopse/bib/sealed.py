"""References in; items of CSL-JSON whose words a processor cannot alter, and the words put back, as HTML, out.

A processor changes the case of titles, parts them at markup, and makes initials of names by rules of its own, none of which the PDF
does. So it is given a sign in the place of each text, of which it can tell no more than whether a style wants it in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape as escape_html
from typing import Any

from synopse.bib.csl import NAME_VARIABLES, VERBATIM, csl_item
from synopse.bib.reference import Name, Reference
from synopse.locale import DEFAULT
from synopse.markup.tree import Code, Inline, Link, Math, Quoted, Styled, Text

OPEN, CLOSE = "\ue100", "\ue101"
"""Around a sign; `Nn` in it tells whether it was put in capitals, the letter after it what it stands for."""
_SIGN = re.compile(rf"{OPEN}(N[nN])([tdun])(\d+){CLOSE}", re.IGNORECASE)
_ENDS = rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}"
_PLAIN = re.compile(r"[\w\s.,:;–-]*\d[\w\s.,:;–-]*")
"""What a processor is to see: numbers, and ranges of them."""
_TAGS = {"emph": "i", "strong": "b", "super": "sup", "sub": "sub"}
_ADDRESS = re.compile(r'https?://[^\s<>"]*[^\s<>".,;)]')


@dataclass
class Seals:
    """The words that signs stand for, by their number; `formula` writes the HTML of one; `lang` is the language of the entries' types."""

    formula: Callable[[str], str]
    lang: str = DEFAULT
    words: list[str] = field(default_factory=list)
    names: dict[str, Name] = field(default_factory=dict)
    """Of a sign that stands for a given name, whose it is."""

    def seal(self, html: str, kind: str = "t") -> str:
        """A sign for a text: words, `d` for a DOI, `u` for an address, `n` for the number of an entry."""
        self.words.append(html)
        return f"{OPEN}Nn{kind}{len(self.words) - 1}{CLOSE}"

    def item(self, each: Reference) -> dict[str, Any]:
        """The item of a reference; its dates are for whoever gives the processor its own."""
        item = csl_item(each, lambda inlines: self.seal(self.html(inlines)), self.lang)
        for name in ("edition", "version"):
            if re.fullmatch(r"[A-Za-z]*\d+[A-Za-z]*", each.words(name)):  # a style asks whether it is a number
                item[name] = each.words(name)
        for variable in VERBATIM.values():
            if variable in item and variable != "language":
                item[variable] = self._verbatim(variable, str(item[variable]))
        for name, variable in NAME_VARIABLES.items():
            if name in each.names:
                item[variable] = [self._name(person) for person in each.names[name].names]
        if "year" in each.texts:
            item["issued"] = {"literal": self.seal(escape(each.written_date))}
        return item

    def _verbatim(self, variable: str, value: str) -> str:
        if variable in ("DOI", "URL"):
            return self.seal(value, "d" if variable == "DOI" else "u")
        return value if OPEN in value or _PLAIN.fullmatch(value) else self.seal(escape(value))

    def _name(self, name: Name) -> dict[str, str]:
        if name.corporate:
            return {"literal": self.seal(escape(name.family))}
        parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
        parts["non-dropping-particle"] = name.particle
        made = {part: self.seal(escape(value)) for part, value in parts.items() if value}
        if "given" in made:
            self.names[made["given"]] = name
        return made

    def initials(self, given: str, mark: str, hyphen: bool) -> str:
        """The initials of a sealed given name, `mark` after each, sealed again."""
        return self.seal(escape(initials(self.names[given], mark, hyphen)))

    def html(self, inlines: tuple[Inline, ...]) -> str:
        """Words as HTML, to the letter; addresses are links."""
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text) | Code(text):
                return linked(text)
            case Styled("smallcaps", children):
                return f'<span class="sc">{self.html(children)}</span>'
            case Styled(style, children):
                tag = _TAGS.get(style)
                return f"<{tag}>{self.html(children)}</{tag}>" if tag else self.html(children)
            case Quoted(children):
                return f"“{self.html(children)}”"
            case Link(target, children):
                inside = re.sub("</?a[^>]*>", "", self.html(children))
                return f'<a href="{escape(target)}">{inside}</a>' if _ADDRESS.match(target) else inside
            case Math(latex):
                return self.formula(latex)
        return ""

    def opened(self, entry: str) -> str:
        """An entry with the words in the place of their signs, and without the stops that they double."""
        entry = re.sub(rf"({_ENDS})((?:</\w+>|[”’»\"\s])*)\.", self._stopped, entry)
        entry = re.sub(r"(?<!\.)\.((?:</\w+>)*)\.(?!\.)", r".\1", entry)
        entry = re.sub(r"\s*,(?:\s*,)*", ",", entry)
        entry = re.sub(
            rf"(?:https?://(?:dx\.)?doi\.org/|(\bdoi:)\s*)?({OPEN}N[nN]d\d+{CLOSE})",
            self._doi,
            entry,
            flags=re.IGNORECASE,
        )
        while _SIGN.search(entry):
            entry = _SIGN.sub(self._words, entry)
        return entry

    def numbered(self, entry: str) -> tuple[str, str]:
        """The number that an entry begins with, as the style writes it, and the rest."""
        number = re.match(rf"\s*(?:<\w+>)*([\[(]?{OPEN}N[nN]n\d+{CLOSE}[\])]?[.:]?)(?:</\w+>)*\s*", entry)
        return (self.opened(number[1]), entry[number.end() :]) if number else ("", entry)

    def _stopped(self, match: re.Match[str]) -> str:
        sign = _SIGN.fullmatch(match[1])
        words = re.sub("<[^>]*>", "", self.words[int(sign[3])]) if sign and sign[2].lower() == "t" else ""
        return match[1] + match[2] + ("" if words.rstrip('”’»" ').endswith((".", "?", "!", "…")) else ".")

    def _doi(self, match: re.Match[str]) -> str:
        sign = _SIGN.fullmatch(match[2])
        doi = escape(self.words[int(sign[3])]) if sign else ""
        before = "doi: " if match[1] else match[0].removesuffix(match[2])
        address = f"https://doi.org/{doi}"
        return f'doi: <a href="{address}">{doi}</a>' if match[1] else f'<a href="{address}">{before}{doi}</a>'

    def _words(self, match: re.Match[str]) -> str:
        words = self.words[int(match[3])]
        if match[2].lower() == "u":
            return f'<a href="{escape(words)}">{escape(words)}</a>' if _ADDRESS.match(words) else escape(words)
        if match[1] != "NN":
            return words
        return re.sub(r"(<[^>]*>|&\w+;)|([^<&]+)", lambda part: part[1] or part[2].upper(), words)


def escape(text: str) -> str:
    """A text to the letter, in HTML."""
    return escape_html(text, quote=True).replace("&#x27;", "'")


def linked(text: str) -> str:
    """A text to the letter, the addresses in it as links."""
    made, end = [], 0
    for match in _ADDRESS.finditer(text):
        made += [escape(text[end : match.start()]), f'<a href="{escape(match[0])}">{escape(match[0])}</a>']
        end = match.end()
    return "".join([*made, escape(text[end:])])


def initials(name: Name, mark: str, hyphen: bool) -> str:
    """The initials of a given name, `mark` after each; `hyphen` says whether one is kept between them.

    Those that the entry gives come first. A small word stays whole (CSL 1.0.2, `initialize-with`), and so does one in a script that
    has no capitals: its first letter is no initial.
    """
    if name.initials:
        groups = [(one or other).split("-") for one, other in re.findall(r"\{([^{}]*)\}|(.)", name.initials)]
    else:
        words = (name.given if hyphen else re.sub("[-‐‑]", " ", name.given)).replace(".", " ").split()
        groups = [_letters(word) for word in words]
    made = (
        f" {group[0]} " if len(group[0]) > 1 and not name.initials else _marked(group, mark)
        for group in groups
        if group
    )
    return " ".join("".join(made).split())


def _marked(letters: list[str], mark: str) -> str:
    return f"{mark.rstrip()}-".join(letters) + mark


def _letters(word: str) -> list[str]:
    """The first letter of each part of a word with hyphens; the word itself where it does not begin with a capital."""
    parts = [next(filter(str.isalpha, part), "") for part in re.split("[-‐‑]", word)]
    return [each for each in parts if each] if parts[0].isupper() else [f"{word} "]
