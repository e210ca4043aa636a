"""What the TeX distribution lacks, in words, with the way to get it on the system that is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.locale.languages import START, words_of

PROGRAMS = ("lualatex", "biber")
"""What a report is typeset with."""
LINES = {
    "apt-get": "sudo apt-get install --no-install-recommends texlive-latex-recommended texlive-latex-extra texlive-luatex "
    "texlive-bibtex-extra texlive-fonts-recommended texlive-pictures biber latexmk lmodern fonts-linuxlibertine "
    "fonts-noto-core fonts-noto-cjk {debian}",
    "dnf": "sudo dnf install texlive-scheme-medium {fedora} texlive-biblatex biber latexmk "
    "linux-libertine-fonts linux-libertine-biolinum-fonts google-noto-sans-fonts google-noto-serif-cjk-fonts",
    "brew": "brew install --cask mactex-no-gui font-noto-serif",
}
"""What installs all that a report needs, by the program that does so: Debian's and Ubuntu's, Fedora's, macOS's."""
ELSEWHERE = "install TeX Live with LuaLaTeX, biblatex and biber (https://tug.org/texlive), and the fonts Linux Libertine and Noto"


def how_to_install(there: Callable[[str], object] = shutil.which) -> str:
    """What to do on this machine, so that nothing of TeX is missing. What is installed already is passed over."""
    debian = [words_of(lang)["tex.package"] for lang in START]
    languages = (name.removeprefix("texlive-lang-") for name in debian if name.startswith("texlive-lang-"))
    fedora = [f"texlive-collection-lang{name}" for name in languages]
    named = {"debian": " ".join(debian), "fedora": " ".join(fedora)}
    return next((f"run: {line.format(**named)}" for program, line in LINES.items() if there(program)), ELSEWHERE)


INSTALL = how_to_install()


def program_missing(program: str) -> Diagnostic:
    """The diagnostic for a program of the TeX distribution that is not there."""
    return problem("tex-missing", f"{program} is not installed", Span("build"), INSTALL)


def package_of(font: str) -> str:
    """The Debian package that holds a font."""
    from synopse.markup.fonts import fonts

    return next((each.package for each in fonts() if font in each.file), "fonts-linuxlibertine")
