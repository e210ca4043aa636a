"""Numbers as people write them: a text and a language in; every number that it may mean out.

A sign of decimals is `,` or `.`; thousands are parted by spaces of any width, apostrophes, `,` or `.`, in groups of three
(ISO 80000-1, § 7.3.1; Lexique des règles typographiques, « Nombres en chiffres »). What the report itself prints in the
language (CLDR) has that reading alone; a text that could be two numbers all the same has both.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from synopse.locale.cldr import locale_of
from synopse.locale.languages import LANGUAGES, typed

SPACES = " \u00a0\u2007\u2008\u2009\u200a\u202f\u205f"
"""Spaces that stand between groups of digits."""
APOSTROPHES = "'’ʼ"
MINUSES = "-−–—﹣"
"""Signs that people type for a minus; before a number a dash can be nothing else."""
LONGEST = 60
_AS_ONE = str.maketrans(
    {**dict.fromkeys(SPACES, " "), **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(MINUSES, "-")}
)


def readings(text: str, lang: str) -> list[Decimal]:
    """The numbers that a text may mean: one where it is plain, two where it is not, none where it is no number."""
    match = re.fullmatch(r"([-+]?) ?((?:[0-9]|[.,](?=[0-9])).*)", text.strip().translate(_AS_ONE))
    if match is None or len(text) > LONGEST:
        return []
    every = {conventions: _digits(match[2], *conventions) for conventions in _CONVENTIONS}
    found = list(dict.fromkeys(digits for digits in every.values() if digits))
    point, group = _printed(lang)
    own = [digits for (p, g), digits in every.items() if digits and p in ("", point) and g in ("", group)]
    found = own or found
    return [Decimal(("-" if match[1] == "-" else "") + digits) for digits in found]


def doubtful(text: str, lang: str) -> Decimal | None:
    """The other number that a text could be, where the one that it is taken for has decimals that say nothing.

    `2,400` where the comma is the sign of decimals is 2.4 with three of them, or 2400 as an English paper writes it.
    """
    number = readings(text, lang)
    if len(number) != 1 or not re.search(r"[.,]\d\d0$", text.strip()) or number[0].as_tuple().exponent != -3:
        return None
    other = re.sub(r"[.,]", "", text.strip())
    found = readings(other, lang) if re.fullmatch(r"\D?[1-9]\d{0,2}[.,]\d{3}", text.strip()) else []
    return found[0] if found else None


def magnitude(text: str, lang: str) -> int:
    """The power of ten of the word that a text begins with, as `million patients`; 0 where it begins with none.

    The language's own word is meant first: a billion is 10⁹ in English, 10¹² in French. Of words of others, those that are 10 to one power.
    """
    words = text.casefold().replace(".", " ").split()
    own: list[int] = []
    others: set[int] = set()
    for each in (lang, *LANGUAGES):
        for phrase in typed("magnitude", each):
            *said, power = phrase.casefold().split()
            if words[: len(said)] == said:
                own += [int(power)] if each == lang else []
                others.add(int(power))
    return own[0] if own else next(iter(others)) if len(others) == 1 else 0


_CONVENTIONS = [
    (point, group) for point in (",", ".", "") for group in (" ", "'", ".", ",", "") if point != group or not point
]
"""Every sign of decimals with every sign between groups; the empty one where there is none."""


def _digits(text: str, point: str, group: str) -> str:
    """The digits with a decimal point, as the conventions read the text; empty where they cannot."""
    whole, sign, decimals = text.partition(point) if point else (text, "", "")
    if bool(point) != bool(sign) or bool(group) != (bool(group) and group in whole):
        return ""
    if sign and not re.fullmatch(r"[0-9]+|[0-9]{3}( [0-9]{3})*( [0-9]{1,3})?", decimals):
        return ""
    grouped = rf"[1-9][0-9]{{0,2}}({re.escape(group)}[0-9]{{3}})+" if group else r"[0-9]*" if sign else r"[0-9]+"
    if not re.fullmatch(grouped, whole):
        return ""
    return (whole.replace(group, "") if group else whole or "0") + (f".{decimals.replace(' ', '')}" if sign else "")


@cache
def _printed(lang: str) -> tuple[str, str]:
    """The signs of decimals and of groups that the report prints."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    known = locale_of(lang)
    return get_decimal_symbol(known), get_group_symbol(known).translate(_AS_ONE)
