"""Words, dates and numbers of a language: its file in; what the document prints out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache, lru_cache

from synopse.locale import cldr
from synopse.locale.dates import PartialDate
from synopse.locale.languages import DEFAULT, LANGUAGES, all_typed, words_of

__all__ = ["DEFAULT", "LANGUAGES", "Catalogue", "catalogue", "titles_of"]

_PAGE = r"(?:(?!(?:ch|eq|l|n)\d)(?:[A-Za-z]{1,2}-?)?\d+[A-Za-z]?|[ivxlcdm]+)(?!\w)"
"""A page: `14`, `S3`, `A-3`, `e1002`, `14a`, `xii`; not `ch3`, `eq2`, `l12`, `n3`."""


SPELLED = 10
"""Up to so many, counts are written in words."""


def _range(match: re.Match[str]) -> str:
    """Two pages as a range, or as the one page that they are: `3-2` is no range, nor is `A-3`."""
    first, last = (int(digits[0]) if (digits := re.findall(r"\d+", page)) else None for page in match.groups())
    if first is not None and last is not None and last <= first and len(str(last)) >= len(str(first)):
        return match[0]
    return f"{match[1]}–{match[2]}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A count in a sentence: the number alone, or with the words of that very count or of its plural form.

    In them `#` stands for the number in digits; `@`, and `@f` for what is feminine, for the number in words, where the sentence has
    none above ten: a count in words beside one in digits reads badly (Chicago 9.7).
    """

    count: int | Decimal
    words: Catalogue
    spelled: bool = True

    def __format__(self, forms: str) -> str:
        number = self.words.number(self.count)
        if not forms:
            return number
        known = dict(form.split("=", 1) for form in forms.split("|"))
        plural = known.get(cldr.plural_form(self.words.lang, self.count), known.get("other", ""))
        chosen = known.get(str(self.count), plural)
        return re.sub("@f?", lambda sign: self._in_words(sign[0]), chosen.replace("#", number))

    def _in_words(self, sign: str) -> str:
        names = self.words["spelled.f" if sign == "@f" else "spelled"].split()
        return (
            names[int(self.count)]
            if self.spelled and self.count in range(len(names))
            else self.words.number(self.count)
        )


class Catalogue:
    """The document's own words in one language. An unknown name raises `KeyError`: a word is never guessed."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._words = words_of(lang)

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
        """The sentence called `name` with its values.

        As in ICU's messages, `name.=1` serves for that very count `n` ("one study"), and `name.one`, `name.few` …
        for each count that has this plural form in the language (CLDR): in French 0 is singular. Within a sentence
        `{empty:one=# cell is|other=# cells are}` does so for any of its counts.
        """
        count = values.get("n")
        template = self._words[name]
        if isinstance(count, int | Decimal):
            template = next((self._words[each] for each in self._forms(name, count) if each in self._words), template)
        counts = [values.get(name) for name in re.findall(r"\{(\w+)", template)]
        most = max((each for each in counts if isinstance(each, (int, Decimal))), default=0)
        shown = {
            k: Counted(v, self, most <= SPELLED) if isinstance(v, (int, Decimal)) else v for k, v in values.items()
        }
        return template.format(**shown)

    def _forms(self, name: str, count: int | Decimal) -> Iterator[str]:
        yield f"{name}.={count}"
        if name in _with_forms(self.lang):
            yield f"{name}.{cldr.plural_form(self.lang, count)}"

    def pages(self, written: str) -> str:
        """Where in a work something stands: `14` is « p. 14 », `14-16` « pp. 14–16 », and `abstract` stays as it is.

        One sign of a range is an en dash (Lexique, « Tiret »; Chicago 9.62); a page such as `A-3` or `3-12` after a
        chapter's number stays one where its second part does not come after the first.
        """
        of_page, to, joined = _words_of_pages()
        text = of_page.sub("", written.strip())
        if not re.match(_PAGE, text, re.IGNORECASE):
            return written.strip()
        text = re.sub(rf"({_PAGE})\s*(?:-+|–|—|{to})\s*({_PAGE})", _range, text, flags=re.IGNORECASE)
        several = "–" in text or re.search(rf"{_PAGE}\s*(?:,|;|&|{joined})\s*{_PAGE}", text, re.IGNORECASE)
        return f"{self['pages' if several else 'page']}\u00a0{text}"

    def section(self, written: str) -> str:
        """A section of a work: `4.2` is « § 4.2 », as `§4.2` is; a title, or the name of a file, stays as it is."""
        text = re.sub(r"^§+\s*", "", written.strip())
        numbered = re.match(r"(?:[A-Z]\.)?\d+(?:\.\d+)*(?![\w./-])|[A-Z](?:\.\d+)*$|[IVX]+$", text)
        return f"{self['section']}\u00a0{text}" if numbered else text

    @property
    def quotes(self) -> list[str]:
        """The quotes of the language: outer ones, then those inside them."""
        return [self[f"quote.{name}"] for name in ("open", "close", "inner.open", "inner.close")]

    def quoted(self, text: str) -> str:
        """A text between the quotes of the language: a title that a sentence names stays as it is written."""
        return f"{self['quote.open']}{text}{self['quote.close']}"

    def with_unit(self, said: str, unit: str) -> str:
        """A number with its unit, from which no line parts it; a percent sign stands as the language has it: 41%, 41 %."""
        if not unit:
            return said
        closed = unit == "%" and cldr.percent(self.lang, 1).endswith("1%")
        return f"{said}{unit}" if closed else f"{said}\u00a0{unit}"

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
        known = cldr.locale_of(self.lang)
        with localcontext() as context:
            context.prec = 100  # Babel rounds to the precision of the moment
            shown = format_decimal(value, format=pattern, locale=known, decimal_quantization=False)
        return str(shown).replace("-", "\u2212")

    def percent(self, part: int, whole: int) -> str:
        """The share of `part` in `whole`, in whole percents."""
        return cldr.percent(self.lang, (200 * part + whole) // (2 * whole) if whole else 0)

    def percent_of(self, share: float) -> str:
        """A share of one, in whole percents."""
        return cldr.percent(self.lang, int(100 * share + 0.5))

    def decimal(self, value: float, digits: int) -> str:
        """A number with so many decimals."""
        return self.number(Decimal(f"{value:.{digits}f}"))

    def date(self, date: PartialDate) -> str:
        """A date in words, as precise as it is known."""
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
        parts = {"d": str(date.day), "M": "", "y": str(date.year)}
        if date.day == 1 and self["date.first"]:
            parts["d"] = self["date.first"]
        if date.quarter:
            parts["Q"] = cldr.quarters(self.lang)[date.quarter - 1]
        else:
            parts["M"] = self[f"season.{date.season}"] if date.season else cldr.months(self.lang)[date.month - 1]
        parts["L"] = parts["M"]
        tokens = cldr.date_parts(self.lang, "quarter" if date.quarter else "day" if date.day else "month")
        return "".join(parts[what] if kind == "field" else what for kind, what in tokens)

    def people(self, names: list[str], most: int, others: bool = False) -> str:
        """Names as a sentence lists them: `A, B et C`; of more than `most`, the first ones and « et al. »."""
        if others or len(names) > most:
            return f"{', '.join(names[:most])} {self['author.others']}"
        return self.listed(names)

    def listed(self, items: list[str]) -> str:
        """Items as a sentence lists them: `a, b et c`.

        Where the last item begins with a sound that the language does not say after its "and" (Spanish: « Petrov e
        Ibáñez »), its file has the other word (`list.and`, `list.and.before`), which CLDR's patterns lack.
        """
        return self._sounding("list.and", cldr.listed(self.lang, items), items)

    def either(self, items: list[str]) -> str:
        """Items of which one is enough: `a, b ou c`; `list.or` is the word before a sound that « or » is not said before."""
        return self._sounding("list.or", cldr.listed(self.lang, items, "or"), items)

    def _sounding(self, name: str, shown: str, items: list[str]) -> str:
        """The list with the other word before its last item, where that begins with such a sound; a quote has none."""
        if len(items) < 2 or not self[name]:
            return shown
        if not re.match(self[f"{name}.before"], items[-1].removeprefix(self["quote.open"]), re.IGNORECASE):
            return shown
        head = shown.removesuffix(items[-1]).rstrip()
        return f"{head[: head.rindex(' ')]} {self[name]} {items[-1]}"


@cache
def _with_forms(lang: str) -> frozenset[str]:
    """The names that have plural forms of their own beside the sentence for all other counts."""
    forms = re.compile(r"(.+)\.(?:zero|one|two|few|many)")
    return frozenset(
        match[1] for name in words_of(lang) if (match := forms.fullmatch(name)) and match[1] in words_of(lang)
    )


@lru_cache(maxsize=1)
def _words_of_pages() -> tuple[re.Pattern[str], str, str]:
    """What a person writes before a page, between the two of a range, and between two that are none, in any language."""
    before = "|".join(re.escape(word.rstrip(".")) for _, word in all_typed("locator.page"))
    to, joined = ("|".join(rf"\b{word}\b" for _, word in all_typed(name)) for name in ("to", "and"))
    return re.compile(rf"^(?:{before})\b\.?\s*", re.IGNORECASE), to, joined


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language."""
    return Catalogue(lang)


@cache
def titles_of(name: str) -> tuple[str, ...]:
    """What a name of the catalogues is in each language."""
    return tuple(dict.fromkeys(catalogue(lang)[name] for lang in LANGUAGES))
