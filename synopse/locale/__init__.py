"""Words, dates and numbers of a language: the catalogue files beside this one in; what the document prints out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path

from synopse.locale.dates import PartialDate

LANGUAGES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.json")))
"""The languages that have a catalogue."""


_PAGE = r"(?:(?!(?:ch|eq|l|n)\d)(?:[A-Za-z]{1,2}-?)?\d+[A-Za-z]?|[ivxlcdm]+)(?!\w)"
"""A page: `14`, `S3`, `A-3`, `e1002`, `14a`, `xii`; not `ch3`, `eq2`, `l12`, `n3`."""


def _range(match: re.Match[str]) -> str:
    """Two pages as a range, or as the one page that they are: `3-2` is no range, nor is `A-3`."""
    first, last = (int(digits[0]) if (digits := re.findall(r"\d+", page)) else None for page in match.groups())
    if first is not None and last is not None and last <= first and len(str(last)) >= len(str(first)):
        return match[0]
    return f"{match[1]}–{match[2]}"


class Catalogue:
    """The document's own words in one language. An unknown name raises `KeyError`: a word is never guessed."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._words: dict[str, str] = json.loads((Path(__file__).parent / f"{lang}.json").read_text("utf-8"))

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def get(self, name: str, default: str) -> str:
        """The word, or `default` where the catalogue has none."""
        return self._words.get(name, default)

    def __contains__(self, name: str) -> bool:
        return name in self._words

    def names(self) -> set[str]:
        """Every name of the catalogue."""
        return set(self._words)

    def said(self, name: str, **values: object) -> str:
        """The sentence called `name` with its values; `name.one` serves where `n` is 1 (in French, 0 as well)."""
        count = values.get("n")
        single = count == 1 or (self.lang == "fr" and count == 0)
        template = self._words.get(f"{name}.one") if single else None
        shown = {k: self.number(v) if isinstance(v, (int, Decimal)) else v for k, v in values.items()}
        return (template or self._words[name]).format(**shown)

    def pages(self, written: str) -> str:
        """Where in a work something stands: `14` is « p. 14 », `14-16` « pp. 14–16 », and `abstract` stays as it is.

        One sign of a range is an en dash (Lexique, « Tiret »; Chicago 9.62); a page such as `A-3` or `3-12` after a
        chapter's number stays one where its second part does not come after the first.
        """
        text = re.sub(r"^(?:pp?|pages?)\b\.?\s*", "", written.strip(), flags=re.IGNORECASE)
        if not re.match(_PAGE, text, re.IGNORECASE):
            return written.strip()
        text = re.sub(rf"({_PAGE})\s*(?:-+|–|—|à|to)\s*({_PAGE})", _range, text, flags=re.IGNORECASE)
        several = "–" in text or re.search(rf"{_PAGE}\s*(?:,|;|&|\bet\b|\band\b)\s*{_PAGE}", text, re.IGNORECASE)
        return f"{self['pages' if several else 'page']}\u00a0{text}"

    @property
    def quotes(self) -> list[str]:
        """The quotes of the language: outer ones, then those inside them.

        French: Imprimerie nationale, *Lexique des règles typographiques*, « Guillemets ».
        """
        return [self[f"quote.{name}"] for name in ("open", "close", "inner.open", "inner.close")]

    def quoted(self, text: str) -> str:
        """A text between the quotes of the language: a title that a sentence names stays as it is written."""
        return f"{self['quote.open']}{text}{self['quote.close']}"

    def number(self, value: int | float | Decimal) -> str:
        """A number with the language's decimal sign and groups (CLDR, by Babel), and with the decimals that it has.

        A `Decimal` keeps the zeros at its end: 2.40 was measured to the hundredth. The minus is the sign, not a hyphen,
        at which a line could break.
        """
        if isinstance(value, int) and abs(value) < 1000:
            return str(value).replace("-", "\u2212")
        from babel.numbers import format_decimal

        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        pattern = "#,##0." + "0" * digits if digits else None
        with localcontext() as context:
            context.prec = 100  # Babel rounds to the precision of the moment
            shown = format_decimal(value, format=pattern, locale=self.lang, decimal_quantization=False)
        return str(shown).replace("-", "\u2212")

    def percent(self, part: int, whole: int) -> str:
        """The share of `part` in `whole`, in whole percents."""
        share = f"{self.number(round(100 * part / whole) if whole else 0)}"
        return share + ("\u00a0%" if self.lang == "fr" else "%")

    def date(self, date: PartialDate) -> str:
        """A date in words, as precise as it is known; in French the first is « 1er » (Lexique, « Dates »)."""
        if date.end:
            return f"{self.date(date.alone)}–{self.date(date.end)}"
        if date.open:
            return f"{self.date(date.alone)}–" if date.open == "from" else f"–{self.date(date.alone)}"
        if date.mark:
            marked = self["date.about"] if date.mark in "~%" else "{date}"
            shown = marked.format(date=self.date(replace(date, mark="")))
            return shown + ("?" if date.mark in "?%" else "")
        if not date.month and not date.season:
            return str(date.year)
        month = self[f"season.{date.season}"] if date.season else _months(self.lang)[date.month]
        if not date.day:
            return f"{month} {date.year}"
        if self.lang == "fr":
            return f"{'1er' if date.day == 1 else date.day} {month} {date.year}"
        return f"{date.day} {month} {date.year}"

    def people(self, names: list[str], most: int, others: bool = False) -> str:
        """Names as a sentence lists them: `A, B et C`; of more than `most`, the first ones and « et al. »."""
        if others or len(names) > most:
            return f"{', '.join(names[:most])} {self['author.others']}"
        return self.listed(names)

    def listed(self, items: list[str]) -> str:
        """Items as a sentence lists them: `a, b et c`."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self['list.and']} {items[-1]}"


@lru_cache(maxsize=4)
def _months(lang: str) -> dict[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names("wide", "format", lang))


@lru_cache(maxsize=4)
def catalogue(lang: str) -> Catalogue:
    """The catalogue of `lang` (`fr` or `en`)."""
    return Catalogue(lang)
