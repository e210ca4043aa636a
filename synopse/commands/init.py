"""`synopse init FOLDER`: a new review that builds at once. It asks nothing, and writes over nothing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from synopse.bib.library import read_library
from synopse.commands.starter import EXAMPLES, FALLBACK, FORMS, TEXTS, Wish, language_of, starting_files
from synopse.diagnostics import has_errors
from synopse.diagnostics.model import did_you_mean
from synopse.ground.files import reason
from synopse.locale import LANGUAGES

SHOWN = 5
"""So many of the files that are in the way are named."""
FOLDERS = ("bib", "sources/fiches")
"""What a review is written in, though it may begin without a file there."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The words that `synopse init` takes."""
    parser.add_argument("folder", nargs="?", default=".", help="the review's folder; this one where none is named")
    parser.add_argument("--lang", help=f"its language: {', '.join(LANGUAGES)}; else that of your locale, or English")
    parser.add_argument("--form", default=FORMS[0], help=f"its reading form: {', '.join(FORMS)}")
    parser.add_argument("--bib", metavar="FILE", help="a .bib of yours, to be copied into bib/")
    parser.add_argument(
        "--fiches", action="store_true", help="an empty fiche for each entry of FILE, instead of the examples"
    )


def init(given: argparse.Namespace) -> int:
    """Writes the new review and says how to go on; where that cannot be, says why, and writes nothing."""
    lang = given.lang or language_of(dict(os.environ))
    wrong = _wrong_choice("language", lang, LANGUAGES) or _wrong_choice("form", given.form, FORMS)
    if not wrong and given.fiches and not given.bib:
        wrong = "--fiches makes the fiches of the entries of a .bib: name it with --bib FILE"
    if wrong:
        return _refused(wrong)
    try:
        own = Path(given.bib).read_bytes() if given.bib else None
    except OSError as error:
        return _refused(f"{given.bib} cannot be read: {reason(error, Path(given.bib))}")
    bib = _bib_name(given.bib) if given.bib else ""
    library, found = read_library({bib: own}) if own is not None else (None, [])
    if library is not None and given.fiches and not library.references:
        return _refused(f"{given.bib} holds no entry that can be read, so there is no fiche to make")
    files = {
        name: text.encode()
        for name, text in starting_files(Wish(given.form, lang, library if given.fiches else None)).items()
    }
    if own is not None:
        files[bib] = own
    written = write_new(Path(given.folder), files)
    if written:
        return _refused(written)
    _say_how_to_go_on(given, lang, has_errors(found))
    return 0


def write_new(folder: Path, files: dict[str, bytes]) -> str:
    """Writes the files, all or none of them, and the folders of a review; what hinders it, in words. No file that is there is touched."""
    there = sorted(name for name in files if os.path.lexists(folder / name))
    if there:
        more = f" and {len(there) - SHOWN} more" if len(there) > SHOWN else ""
        return f"{folder} holds {', '.join(there[:SHOWN])}{more} already: nothing was written. Name another folder, or move them"
    made: list[Path] = []
    try:
        for name, data in sorted(files.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        return f"{error.filename or folder} cannot be written: {reason(error, Path(os.fsdecode(error.filename or folder)))}"
    return ""


def _bib_name(given: str) -> str:
    """Where the person's own .bib is copied to."""
    name = f"bib/{Path(given).name.removesuffix('.bib').lstrip('.') or 'library'}.bib"
    return "bib/library.bib" if name.lower() == EXAMPLES else name


def _wrong_choice(what: str, given: str, known: tuple[str, ...]) -> str:
    if given in known:
        return ""
    hint = did_you_mean(given, known)
    return f'"{given}" is no {what} of synopse; {hint or "one of: " + ", ".join(known)}'


def _refused(why: str) -> int:
    print(f"synopse init: {why}", file=sys.stderr)
    return 2


def _say_how_to_go_on(given: argparse.Namespace, lang: str, broken: bool) -> None:
    print(f"{given.folder}: a new review ({given.form}, {lang}); its README.md says what is where")
    if not given.lang:
        print(f"  its language is {lang}, as far as your locale says; --lang takes {', '.join(LANGUAGES)}")
    if lang not in TEXTS:
        print(
            f"  there are no texts to begin with in {lang} yet: they are in {FALLBACK}, the report's own words in {lang}"
        )
    if broken:
        print(f"  {given.bib} has mistakes: synopse check shows each at its line")
    print("to make build/report.pdf:")
    print("  synopse" if Path(given.folder) == Path(".") else f"  cd {_shell(given.folder)} && synopse")


def _shell(word: str) -> str:
    import shlex

    return shlex.quote(word)
