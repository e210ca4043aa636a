"""What the TeX distribution lacks, in words, with the way to get it."""

from __future__ import annotations

from synopse.diagnostics import Diagnostic, Span, problem

INSTALL = "run: bash install.sh report   (it says what to install on your system)"
PROGRAMS = ("lualatex", "biber")
"""What a report is typeset with."""


def program_missing(program: str) -> Diagnostic:
    """The diagnostic for a program of the TeX distribution that is not there."""
    return problem("tex-missing", f"{program} is not installed", Span("build"), INSTALL)


def package_of(font: str) -> str:
    """The Debian package that holds a font."""
    from synopse.markup.fonts import fonts

    return next((each.package for each in fonts() if font in each.file), "fonts-linuxlibertine")
