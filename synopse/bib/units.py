"""siunitx's and mhchem's commands in, the number with its unit or the formula out, as inlines.

The rules are those of the siunitx manual, § 4 "The siunitx commands": a thin space between number and unit and between
units, digits in groups of three from five on, `\\per` as a negative power. Where siunitx would put a word of the
document's language between numbers (ranges, lists), a dash or a comma stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from synopse.markup.tree import Inline, Styled, Text

THIN = "\u202f"
_PREFIXES = """
quecto q ronto r yocto y zepto z atto a femto f pico p nano n micro µ milli m centi c deci d deca da deka da hecto h
kilo k mega M giga G tera T peta P exa E zetta Z yotta Y ronna R quetta Q kibi Ki mebi Mi gibi Gi tebi Ti pebi Pi
"""
_UNITS = """
metre m meter m kilogram kg gram g second s ampere A kelvin K mole mol candela cd hertz Hz newton N pascal Pa joule J
watt W coulomb C volt V farad F ohm Ω siemens S weber Wb tesla T henry H lumen lm lux lx becquerel Bq gray Gy sievert Sv
katal kat radian rad steradian sr celsius °C degreeCelsius °C degree ° arcminute ′ arcsecond ″ minute min hour h day d
hectare ha litre L liter L tonne t electronvolt eV dalton Da astronomicalunit au neper Np bel B decibel dB percent %
bar bar angstrom Å barn b knot kn mmHg mmHg bit bit byte B atomicmassunit u atmosphere atm parsec pc dB dB au au
permille ‰ ppm ppm year a gauss G poise P calorie cal molar M
"""
_SHORT = "m g s A K Hz N Pa J W V F H C T S eV mol L l Wh h min bit B bar Da Bq Sv Gy t"
_SHORT_PREFIXES = "f f p p n n u µ m m c c d d k k M M G G T T"


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


PREFIXES, UNITS = _pairs(_PREFIXES), _pairs(_UNITS)
ABBREVIATIONS = {
    short + unit: sign + unit for unit in _SHORT.split() for short, sign in ({"": ""} | _pairs(_SHORT_PREFIXES)).items()
}
POWERS = {"squared": "2", "cubed": "3"}
BEFORE = {"square": "2", "cubic": "3"}
Unknown = Callable[[str], list[Inline]]


def read(name: str, given: list[str | None], unknown: Unknown) -> list[Inline]:
    """What a command prints; `given` are its arguments in order, nothing for an optional one that is not there."""
    values = [value or "" for value in given]
    match name:
        case "num":
            return number(values[-1])
        case "numlist":
            return _list(values[-1])
        case "numrange":
            return [*number(values[1]), Text("–"), *number(values[2])]
        case "ang":
            return angle(values[-1])
        case "si" | "unit":
            return unit(values[-1], unknown)
        case "SI" | "qty":
            return _with_unit(number(values[1]), values[3], unknown)
        case "SIrange" | "qtyrange":
            return _with_unit([*number(values[1]), Text("–"), *number(values[2])], values[3], unknown)
        case "SIlist" | "qtylist":
            return _with_unit(_list(values[1]), values[2], unknown)
        case "ce":
            return formula(values[-1])
    return unknown(name)


def _list(numbers: str) -> list[Inline]:
    result: list[Inline] = []
    for each in numbers.split(";"):
        result += [*([Text(", ")] if result else []), *number(each)]
    return result


def _with_unit(amount: list[Inline], latex: str, unknown: Unknown) -> list[Inline]:
    what = unit(latex, unknown)
    tight = bool(what) and isinstance(what[0], Text) and what[0].text[:1] in "°′″" and what[0].text != "°C"
    return [*amount, *([] if tight or not what or not amount else [Text(THIN)]), *what]


def number(text: str) -> list[Inline]:
    """A number as siunitx prints it: `12345.6e-7` is 12 345.6 × 10⁻⁷."""
    plain = re.sub(r"\\pm|\+-", "±", re.sub(r"[{}]|\\[,;: ]|~", "", text)).replace("\\times", "x")
    plain = re.sub(r"\\(?:num|text\w*)", "", plain).strip()
    match = re.fullmatch(r"(.*?)\s*[eEdD]\s*([+-]?\d+)", plain)
    base, power = (match[1], match[2]) if match else (plain, "")
    shown = re.sub(r"\s*[x×]\s*", " × ", re.sub(r"\s*±\s*", " ± ", base))
    shown = re.sub(r"\d+(?:[.,]\d+)?", lambda m: _grouped(m[0]), shown).replace("-", "−")
    if not power:
        return [Text(shown)] if shown else []
    times = f"{shown}\u00a0×\u00a010" if shown else "10"
    return [Text(times), Styled("super", (Text(power.lstrip("+").replace("-", "−")),))]


def _grouped(digits: str) -> str:
    whole, _, part = digits.replace(",", ".").partition(".")
    if len(whole) > 4:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", THIN, whole)
    if len(part) > 4:
        part = re.sub(r"(\d{3})(?=\d)", rf"\1{THIN}", part)
    return f"{whole}.{part}" if part else whole


def angle(text: str) -> list[Inline]:
    """`12.5` is 12.5°, `1;2;3` is 1°2′3″."""
    parts = zip(text.split(";"), "°′″", strict=False)
    return [Text("".join(_grouped(part.strip()).replace("-", "−") + sign for part, sign in parts if part.strip()))]


_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\^\s*(?:\{([^{}]*)\}|(\S))|_\s*(?:\{([^{}]*)\}|(\S))|([^\\^_]+)|(.)", re.DOTALL)


def unit(latex: str, unknown: Unknown) -> list[Inline]:
    """A unit written in siunitx's commands (`\\metre\\per\\second`) or as letters (`m.s^{-1}`)."""
    result: list[Inline] = []
    text, at, below, before, prefix = latex.strip(), 0, False, "", ""

    def put(sign: str) -> None:
        nonlocal below, before, prefix
        if result and not (isinstance(result[-1], Text) and result[-1].text.endswith((THIN, "/"))):
            result.append(Text(THIN))
        result.append(Text(prefix + sign))
        exponent = before or ("1" if below else "")
        if exponent:
            result.append(Styled("super", (Text(("−" if below else "") + exponent),)))
        below, before, prefix = False, "", ""

    def raise_to(exponent: str) -> None:
        below_it = bool(result) and isinstance(result[-1], Styled) and result[-1].style == "super"
        if below_it:
            result.pop()
        result.append(Styled("super", (Text(("−" if below_it else "") + exponent.replace("-", "−")),)))

    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match is not None
        at = match.end()
        name, power, low, letters = match[1], match[2] or match[3], match[4] or match[5], match[6]
        if name == "per":
            below = True
        elif name in PREFIXES:
            prefix += PREFIXES[name]
        elif name in BEFORE:
            before = BEFORE[name]
        elif name in POWERS:
            raise_to(POWERS[name])
        elif name in ("tothe", "raiseto", "of"):
            argument = re.match(r"\s*(?:\{([^{}]*)\}|(\S))", text[at:])
            inside = (argument[1] or argument[2] or "") if argument else ""
            at += argument.end() if argument else 0
            if name == "raiseto":
                before = inside
            elif name == "tothe":
                raise_to(inside)
            else:
                result.append(Styled("sub", (Text(inside),)))
        elif name in UNITS:
            put(UNITS[name])
        elif name in ABBREVIATIONS:
            put(ABBREVIATIONS[name])
        elif name:
            result += unknown(name)
        elif power is not None:
            result.append(Styled("super", (Text(power.replace("-", "−")),)))
        elif low is not None:
            result.append(Styled("sub", (Text(low),)))
        elif letters:
            plain = re.sub(r"[{}]", "", letters).replace("~", THIN)
            result.append(Text(re.sub(r"\s*\.\s*|\s+", THIN, plain)))
    return result


def formula(text: str) -> list[Inline]:
    """A formula as mhchem's `\\ce` prints the common ones: `H2O`, `SO4^2-`, `2H2 + O2 -> 2H2O`."""
    text = re.sub(r"<=>|<->", "⇌", text).replace("->", "→").replace("<-", "←")
    result: list[Inline] = []
    for match in re.finditer(r"\^\{?([^{}\s]*)\}?|_\{?([^{}\s]*)\}?|(?<=[A-Za-z)\]])(\d+)|([^\^_\d]+|\d+)", text):
        if match[1] is not None:
            result.append(Styled("super", (Text(match[1].replace("-", "−")),)))
        elif match[2] or match[3]:
            result.append(Styled("sub", (Text(match[2] or match[3]),)))
        elif match[4]:
            plain = match[4].replace("{", "").replace("}", "")
            charge = re.fullmatch(r"(\S*[A-Za-z\])])([+-])", plain)
            if charge and match.end() == len(text):
                result += [Text(charge[1]), Styled("super", (Text(charge[2].replace("-", "−")),))]
            else:
                result.append(Text(plain))
    return result
