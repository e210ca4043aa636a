"""A project's templates and letters in; the programs, packages and fonts of TeX that a build would miss, out.

The engine would stop at each of them in turn. kpsewhich knows at once which files the distribution has; fonts of the
system that it does not know are looked for by fontconfig, and where neither program is there nothing is said of them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.bib.styles import find_files
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.templates import templates_in
from synopse.project.glyphs import place_of, printed_letters
from synopse.typeset.missing import INSTALL, PROGRAMS, package_of, program_missing

if TYPE_CHECKING:
    from synopse.build.session import Session

_LOADED = re.compile(r"\\(?P<what>documentclass|usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{(?P<names>[^{}<]+)\}")
_JINJA = re.compile(r"<%.*?%>|<<.*?>>|^\s*%%.*")
_FONTS = re.compile(r"\b(?P<file>[\w-]+\.(?:otf|ttf|ttc))\b")


def missing_from_distribution(session: Session) -> list[Diagnostic]:
    """Every program, package and font that is not installed, at the line that asks for it."""
    found = [program_missing(name) for name in PROGRAMS if shutil.which(name) is None]
    if shutil.which("kpsewhich") is None:
        return found
    wanted = {"biblatex.sty": Span("templates/citing.tex")}
    for name, span in _of_templates(session.root):
        wanted.setdefault(name, span)
    language = f"{session.project.words['tex.babel']}.ldf"
    wanted.setdefault(language, _place_of_language(session))
    letters = _letters_by_font(session)
    there = find_files([*wanted, *letters])
    for name in (*wanted, *letters):
        if name in there or (name.endswith((".otf", ".ttf", ".ttc")) and name in fonts_of_the_system()):
            continue
        if name == language:
            found.append(_language_missing(session, wanted[name]))
            continue
        kind, hint = ("package", INSTALL) if name.endswith((".sty", ".cls")) else ("font", _font_hint(name))
        span = wanted[name] if name in wanted else min(place_of(each, session.project) for each in letters[name])
        found.append(problem("tex-missing", f"the {kind} {name} is not installed", span, hint))
    return found


def _place_of_language(session: Session) -> Span:
    """The report's own line that names its language, or the file where it names none."""
    report = session.project.report
    return report.value_place("lang") if report else Span("sources/report.yaml")


def _language_missing(session: Session, span: Span) -> Diagnostic:
    words = session.project.words
    hint = f"install the package {words['tex.package']}, or {INSTALL}"
    return problem(
        "tex-missing", f"the TeX distribution has no {words['tex.babel']}, the report's language", span, hint
    )


def _font_hint(name: str) -> str:
    return f"install the package {package_of(name)}, or {INSTALL}"


def _of_templates(root: Path) -> Iterator[tuple[str, Span]]:
    """The files of classes, packages and fonts that the templates name, with the lines that do."""
    for path in (each for each in templates_in(root) if each.suffix == ".tex"):
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").split("\n"), 1):
            span = Span(f"templates/{path.name}", number)
            text = re.sub(r"(?<!\\)%.*", "", _JINJA.sub("", line))
            for match in _LOADED.finditer(text):
                suffix = ".cls" if match["what"] == "documentclass" else ".sty"
                yield from ((name.strip() + suffix, span) for name in match["names"].split(","))
            yield from ((match["file"], span) for match in _FONTS.finditer(text))


def _letters_by_font(session: Session) -> dict[str, list[str]]:
    """The files of the fonts beside the text font, each with those of the report's letters that need it."""
    from synopse.markup.fonts import fallbacks, font_for

    letters = sorted(printed_letters(session.project) | _letters_of_references(session))
    return {font.file: [each for each in letters if font_for(each) == font] for font in fallbacks(letters)[0]}


def _letters_of_references(session: Session) -> set[str]:
    from synopse.bib.reference import unusual_letters
    from synopse.project.references import wanted_keys

    references = session.project.library.references
    return {
        letter
        for key in wanted_keys(session.project) & references.keys()
        for letter in unusual_letters(references[key])
    }


@lru_cache(maxsize=1)
def fonts_of_the_system() -> frozenset[str]:
    """The files of fonts that fontconfig knows; where it is not there, every name passes for one of them."""
    program = shutil.which("fc-list")
    if program is None:
        return _Any()
    done = subprocess.run([program, ":", "file"], capture_output=True, text=True, check=False)
    return frozenset(Path(line.rstrip(": ")).name for line in done.stdout.splitlines())


class _Any(frozenset[str]):
    """A set that holds every name."""

    def __contains__(self, name: object) -> bool:
        return True
