"""The name of a citation style in; whether it can be used, and what it rules itself, out (kpsewhich, its .bbx and .cbx).

What a style sets with `\\ExecuteBibliographyOptions` is its own to rule: the report's options on the same matter are left
out, for they would undo the style, or stop it (`Conflicting options`). biblatex's own styles leave all of them open.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.ground.files import text_of

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""What a style's name is made of: it names two files, and stands among LaTeX's options."""
_REQUIRED = re.compile(r"\\(?:Require(?P<kind>Bibliography|Citation)Style|input)\s*\{(?P<name>[^{}]*)\}")
_EXECUTED = re.compile(r"\\ExecuteBibliographyOptions\s*(?:\[[^\]]*\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
IMPLIED = {
    "maxnames": ("maxbibnames", "maxcitenames"),
    "minnames": ("maxbibnames", "maxcitenames"),
    "minbibnames": ("maxbibnames",),
    "mincitenames": ("maxcitenames",),
    "firstinits": ("giveninits",),
    "alldates": ("date", "urldate"),
}
"""Options that rule others with them (biblatex manual, § 3.1.2)."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style as the preamble loads it: by which option of which package; which options it rules; whether biblatex's own."""

    name: str
    load: str
    package: str = "biblatex"
    own: bool = True
    rules: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def known_styles() -> Any:
    """What was tried, and what came of it (`tools/citation_styles.py`).

    `own`: biblatex's own styles. `works`: names by kind of citation. `refused`: by name, the reason and `digest_of`. `lacks`: the file that a
    style needs beside its own. `wordless`: of a style that works, the words that it lacks, by language. `loaded`: of a
    style that has a package of its own, that package and the option that asks for it.
    """
    return json.loads((Path(__file__).parent / "styles.json").read_text("utf-8"))


def kind_of(name: str) -> str:
    """How a style that works cites: `numbers`, `letters`, `author-year` or `author-title`; empty for one that was never tried."""
    works: dict[str, list[str]] = known_styles()["works"]
    return next((kind for kind, names in works.items() if name in names), "")


@lru_cache(maxsize=8)
def style(name: str) -> Style:
    """The style called `name`; what it rules is read from its files, where they can be found."""
    known = known_styles()
    if name in known["own"]:
        return Style(name, f"style={name}", rules=frozenset(_noting(name)))
    load, package = known["loaded"].get(name, (f"style={name}", "biblatex"))
    files = find_files((f"{name}.bbx", f"{name}.cbx"))
    return Style(name, load, package, False, frozenset(_ruled(files.values())))


def _noting(name: str) -> tuple[str, ...]:
    """Of biblatex's own styles, those that say « ibid. » go by pages; the others need not note them."""
    return ("pagetracker",) if any(word in name for word in ("ibid", "icomp", "verbose", "trad")) else ()


def _ruled(paths: Iterable[Path]) -> set[str]:
    """The options that the files set, and those that they take in."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(paths)
    while waiting:
        text = "\n".join(re.sub(r"(?<!\\)%.*", "", text_of(path)) for path in waiting)
        for match in _EXECUTED.finditer(text):
            names = {part.split("=")[0].strip() for part in re.split(r",(?![^{]*\})", match[1])}
            found |= names | {other for name in names for other in IMPLIED.get(name, ())}
        wanted = {_file(match["kind"], match["name"].strip()) for match in _REQUIRED.finditer(text)}
        wanted = {name for name in wanted if name.endswith((".bbx", ".cbx"))} - seen
        seen |= wanted
        waiting = list(find_files(sorted(wanted)).values())
    return found - {""}


def _file(kind: str | None, name: str) -> str:
    return name + {"Bibliography": ".bbx", "Citation": ".cbx"}.get(kind or "", "")


def check_style(name: str, lang: str, place: Span) -> list[Diagnostic]:
    """What keeps a style from being used, told before the engine runs: its name, its files, or the style itself.

    A style that lacks words of the report's language is only warned of.
    """
    known = known_styles()
    if name in known["own"]:
        return []
    if not NAME.fullmatch(name):
        return [problem("unknown-style", f'"{name}" cannot be the name of a style', place, _others(name))]
    refused, tried = known["refused"].get(name, ("", ""))
    if shutil.which("kpsewhich") is None:
        return [problem("refused-style", f'the style "{name}" {refused}', place, _others(name))] if refused else []
    lacking = known["lacks"].get(name)
    wanted = [f"{name}.bbx", f"{name}.cbx", *([lacking] if lacking else [])]
    files = find_files(wanted)
    if not {f"{name}.bbx", f"{name}.cbx"} & files.keys():
        hint = did_you_mean(name, installed_styles()) or _others(name)
        return [problem("unknown-style", f'no biblatex style is called "{name}"', place, hint)]
    if refused and digest_of(name, files) == tried:
        return [problem("refused-style", f'the style "{name}" {refused}', place, _others(name))]
    missing = [file for file in wanted if file not in files]
    if missing:
        message = f'the style "{name}" needs {" and ".join(missing)}, which the TeX distribution lacks'
        return [problem("refused-style", message, place, _others(name))]
    words = known["wordless"].get(name, {}).get(lang)
    if words:
        message = f'the style "{name}" has no words in this language for: {", ".join(words)}'
        return [problem("style-words", message, place, "it prints these names instead, where it needs the words")]
    return []


def digest_of(name: str, files: Mapping[str, Path]) -> str:
    """Names a style as it is: another edition of it may do what the one that was tried did not."""
    state = hashlib.blake2b(digest_size=8)
    for file in (f"{name}.bbx", f"{name}.cbx"):
        state.update(text_of(files[file]).encode() if file in files else b"-")
    return state.hexdigest()


def _others(name: str) -> str:
    """Styles that work: those of a like name, and one of each kind."""
    works: dict[str, list[str]] = known_styles()["works"]
    near = [each for names in works.values() for each in names if each.split("-")[0] == name.split("-")[0]]
    named = dict.fromkeys([*near[:3], *(names[0] for names in works.values())])
    return f"these work: {', '.join(named)}"


def find_files(names: Iterable[str]) -> dict[str, Path]:
    """Where the TeX distribution has the files; those that it lacks are left out. Nothing at all where it is not there."""
    wanted = list(names)
    program = shutil.which("kpsewhich")
    if program is None or not wanted:
        return {}
    environ = os.environ | {"TEXINPUTS": ":"}
    done = subprocess.run([program, *wanted], capture_output=True, text=True, check=False, cwd="/", env=environ)
    return {path.name: path for path in map(Path, done.stdout.splitlines())}


@lru_cache(maxsize=1)
def installed_styles() -> list[str]:
    """Every style of the TeX distribution, from its lists of files (`ls-R`)."""
    program = shutil.which("kpsewhich")
    if program is None:
        return []
    done = subprocess.run([program, "-all", "ls-R"], capture_output=True, text=True, check=False)
    names: dict[str, set[str]] = {".bbx": set(), ".cbx": set()}
    for path in done.stdout.splitlines():
        for name in re.findall(r"^(\S+\.[bc]bx)$", text_of(Path(path)), re.MULTILINE):
            names[name[-4:]].add(name[:-4])
    return sorted(names[".bbx"] & names[".cbx"])
