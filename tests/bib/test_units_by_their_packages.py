"""siunitx and mhchem themselves judge: what they print of a number, a unit or a formula is what a title of the library prints.

Not compared is what is other on purpose: ranges and lists, in which siunitx puts words of the document's language; a plus sign, which
it drops, and an uncertainty, which it writes as 2.5(1): both are printed as they were typed.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from synopse.bib.decode import decoded
from synopse.bib.latex import Remark
from synopse.bib.units import PREFIXES, UNITS
from synopse.markup.text import plain

HAS_PACKAGES = (
    shutil.which("kpsewhich") is not None
    and not subprocess.run(["kpsewhich", "siunitx.sty", "mhchem.sty"], capture_output=True, check=False).returncode
)
PLAIN_PREFIXES = ("milli", "kilo", "mega", "micro", "nano", "centi", "giga")
SI_UNITS = (
    "metre", "second", "ampere", "kelvin", "mole", "candela", "hertz", "newton", "pascal", "joule", "watt", "coulomb", "volt", "farad",
    "siemens", "weber", "tesla", "henry", "lumen", "lux", "becquerel", "gray", "sievert", "katal", "radian", "gram", "litre", "electronvolt",
)  # fmt: skip
WHOLE = (
    "degreeCelsius",
    "percent",
    "minute",
    "hour",
    "day",
    "hectare",
    "tonne",
    "dalton",
    "bel",
    "neper",
    "degree",
)
NUMBERS = ("5", "0.5", "1234", "12345", "1234567.1", "1.23456", "-3", "1,5", "3e8", "1.5e-7", "e9", "0.00012345")
FORMULAS = (
    "H2O", "CO2", "Na+", "SO4^2-", "Ca^{2+}", "C6H12O6", "NH4+", "Fe^3+", "2H2 + O2 -> 2H2O", "CH3CH2OH", "H3PO4", "OH-", "Al2(SO4)3", "CaCO3",
    "NO3-", "Cl-", "K+", "PO4^3-", "TiO2", "LiFePO4", "MnO4-", "[Fe(CN)6]^4-", "HCO3-", "N2 + 3H2 -> 2NH3",
)  # fmt: skip


def expressions(seed: int, count: int) -> list[str]:
    """Numbers, units and both, as titles of papers have them."""
    chance = random.Random(seed)

    def unit() -> str:
        parts = []
        for number in range(chance.choice((1, 1, 1, 2, 3))):
            if chance.random() < 0.2 and number == 0:
                return rf"\{chance.choice(WHOLE)}"
            per = r"\per" if number and chance.random() < 0.7 else ""
            before = chance.choice(("", "", "", r"\square", r"\cubic"))
            prefix = rf"\{chance.choice(PLAIN_PREFIXES)}" if chance.random() < 0.5 else ""
            after = chance.choice(("", "", "", r"\squared", r"\cubed", r"\tothe{4}")) if not before else ""
            parts.append(f"{per}{before}{prefix}\\{chance.choice(SI_UNITS)}{after}")
        return "".join(parts)

    made = []
    for _ in range(count):
        amount = chance.choice(NUMBERS)
        made.append(
            chance.choice(
                (
                    rf"\num{{{amount}}}",
                    rf"\SI{{{amount}}}{{{unit()}}}",
                    rf"\qty{{{amount}}}{{{unit()}}}",
                    rf"\si{{{unit()}}}",
                    rf"\unit{{{unit()}}}",
                )
            )
        )
    return list(dict.fromkeys(made))


_AS_DRAWN = str.maketrans({"−": "-", "‐": "-", "–": "-", "◦": "°"})
"""Signs of the mathematical fonts that are drawn for others, and the minus of a charge, which mhchem draws as a dash."""


def bare(text: str) -> str:
    """Letters, digits and signs in one form, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_AS_DRAWN)).split()).replace("--→", "→")


def printed(commands: list[str], folder: Path) -> list[str]:
    """What the packages print of each."""
    lines = "\n\n".join(rf"Q{number}Z {command} E{number}Z" for number, command in enumerate(commands))
    text = rf"""\documentclass{{article}}
\usepackage{{fontspec,siunitx}}\usepackage[version=4]{{mhchem}}
\begin{{document}}\raggedright
{lines}
\end{{document}}"""
    (folder / "units.tex").write_text(text, "utf-8")
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "units.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    said = subprocess.run(
        ["pdftotext", "-raw", "units.pdf", "-"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    return [bare(each[1]) for each in re.findall(r"Q(\d+)Z(.*?)E\1Z", said, re.DOTALL)]


def ours(command: str) -> str:
    """What is printed of a command here; nothing may be told of it."""
    told: list[Remark] = []
    found = bare(plain(decoded(command, told.append)))
    assert told == [], command
    return found


@pytest.mark.slow
@pytest.mark.skipif(not HAS_PACKAGES, reason="siunitx and mhchem are not there")
def test_numbers_units_and_formulas_are_printed_as_their_packages_print_them(tmp_path: Path) -> None:
    commands = [
        *expressions(1, 300),
        *(rf"\si{{\{name}}}" for name in SI_UNITS + WHOLE),
        *(rf"\ce{{{each}}}" for each in FORMULAS),
    ]
    theirs = printed(commands, tmp_path)
    assert len(theirs) == len(commands) > 200
    assert [(each, own, said) for each, said in zip(commands, theirs, strict=True) if (own := ours(each)) != said] == []


def test_the_units_that_are_compared_are_units_here() -> None:
    assert set(SI_UNITS + WHOLE) <= UNITS.keys() and set(PLAIN_PREFIXES) <= PREFIXES.keys()
