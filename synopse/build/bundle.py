"""A built report in; the files of its bundle for a target, how it comes out there, and what is to be said of it, out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.notes import standing_for
from synopse.markup.fonts import TEX_LIVE, Font, fallbacks, font_for
from synopse.project.glyphs import place_of
from synopse.render.compose import frame_view
from synopse.render.latex.bundle import MAIN, Target, bundled, refused
from synopse.typeset.alone import Compiled, compiled
from synopse.typeset.likeness import Seen, lost, seen
from synopse.typeset.rooms import EngineMissing

if TYPE_CHECKING:
    from synopse.build.session import Session

ENGINES = {"xelatex": "texlive-xetex", "lualatex": "texlive-luatex"}
"""Debian's packages of the engines."""
SHOWN = 60
"""How many letters of a passage are shown."""


@dataclass(frozen=True)
class Bundle:
    """The files for a target, the fonts that stand in there, and what it would not take of the files or sets otherwise."""

    files: dict[str, bytes]
    fonts: list[Font]
    found: list[Diagnostic]


@dataclass(frozen=True)
class Rehearsal:
    """What came of a bundle here: the pages of the report and of the bundle, and where it is not what the report says."""

    made: Compiled
    found: list[Diagnostic]
    pages: tuple[int, int] = (0, 0)


def bundle_of(session: Session, target: Target) -> Bundle:
    """The bundle of a report for a target."""
    project = session.checked_project()
    with standing_for():
        view, _ = frame_view(project, session.has_changes)
        main = session.document.bundled(view, target.engine)
        letters = session.document.letters_of(view)
    tex = session.tex
    files = {
        path.relative_to(tex).as_posix(): path.read_bytes()
        for path in sorted(tex.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    made = bundled(main, files, target)
    place = Span(f"build/bundle/{target.name}")
    found = [problem(code, said, place) for code, said in refused(made, target)]
    fonts, missing = fallbacks(letters, TEX_LIVE)
    return Bundle(made, fonts, [*found, *_of_letters(session, letters, fonts, missing, place)])


def _of_letters(
    session: Session, letters: set[str], fonts: Sequence[Font], missing: Iterable[str], place: Span
) -> list[Diagnostic]:
    """The fonts that stand in for those of the report, and the letters that none of TeX Live's has."""
    found = []
    for letter in missing:
        said = f'no font of TeX Live that is known here has the character "{letter}" (U+{ord(letter):04X})'
        found.append(problem("bundle-letter", said, place_of(letter, session.project), "write it in another way"))
    stood_in = []
    for font in fonts:
        mine = [each for each in sorted(letters) if font_for(each, TEX_LIVE) == font]
        own = {each.file for each in map(font_for, mine) if each is not None} - {font.file}
        if own:
            stood_in.append(f'{font.file} for {", ".join(sorted(own))} ("{mine[0]}")')
    if stood_in:
        said = f"of the fonts, TeX Live has not all; there stand in: {'; '.join(stood_in)}"
        found.append(problem("bundle-font", said, place))
    return found


def rehearsed(session: Session, bundle: Bundle, target: Target) -> Rehearsal:
    """The bundle compiled as the target would, and compared with the report."""
    place = Span(f"build/bundle/{target.name}")
    lacking = _fonts_lacking(bundle.fonts)
    if lacking:
        names = ", ".join(font.file for font in lacking)
        hint = f"install {', '.join(dict.fromkeys(font.package for font in lacking))}"
        message = f"it was not compiled here: {names} is not installed"
        return Rehearsal(Compiled(), [problem("bundle-untried", message, place, hint)])
    try:
        made = compiled(bundle.files, MAIN, target.engine, session.build, session.epoch)
    except EngineMissing as missing:
        hint = f"install {ENGINES.get(str(missing), 'a whole TeX Live')}"
        message = f"it was not compiled here: {missing} is not installed"
        return Rehearsal(Compiled(), [problem("bundle-untried", message, place, hint)])
    if made.why:
        return Rehearsal(made, [problem("bundle-failed", f"it does not compile: {made.why}", place)])
    ours, theirs = seen((session.build / "report.pdf").read_bytes()), seen(made.pdf)
    return Rehearsal(made, _differences(ours, theirs, place), (len(ours.ends), len(theirs.ends)))


def _fonts_lacking(fonts: Sequence[Font]) -> list[Font]:
    """Those of the fonts that are not on this machine."""
    from synopse.bib.styles import find_files
    from synopse.build.distribution import fonts_of_the_system

    if not fonts or shutil.which("kpsewhich") is None:
        return []
    there = find_files([font.file for font in fonts])
    return [font for font in fonts if font.file not in there and font.file not in fonts_of_the_system()]


def _differences(ours: Seen, theirs: Seen, place: Span) -> list[Diagnostic]:
    """What the bundle's PDF does not say that the report does, and the other way round; and the links that it lost."""
    found = []
    for words, passages in (
        ("the bundle's PDF lacks", lost(ours, theirs)),
        ("the report lacks", lost(theirs, ours)),
    ):
        for passage in passages:
            said = passage if len(passage) <= SHOWN else f"{passage[:SHOWN]}… ({len(passage)} letters)"
            found.append(problem("bundle-differs", f'{words} "{said}"', place))
    addresses = {each for each in ours.addresses if "://" in each or each.startswith("mailto:")}
    gone = sorted(addresses - theirs.addresses)
    if gone:
        found.append(problem("bundle-differs", f"the bundle's PDF has no link to {', '.join(gone)}", place))
    inner = sorted(ours.inner - theirs.inner)
    if inner:
        found.append(
            problem("bundle-differs", f"{len(inner)} links within the report lead nowhere, as {inner[0]}", place)
        )
    return found
