"""A .bib in, the words that biblatex prints of each of its entries out: the judge of what our reading must not change.

The whole bibliography is typeset once for each style, on one wide page, without hyphens or line breaks; each entry
begins with its key. Only what changes no word is made even: kinds of spaces.
"""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from synopse.bib.collection import Library
from synopse.bib.library import read_library
from synopse.bib.read import decode_bib
from synopse.bib.write import write_bib
from synopse.diagnostics import Diagnostic

FONTS = ["NotoSansCJK-Regular.ttc(2)", "NotoSansHebrew-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansDevanagari-Regular.ttf",
         "NotoSansThai-Regular.ttf", "NotoSansGeorgian-Regular.ttf", "NotoSansArmenian-Regular.ttf", "NotoSansSymbols-Regular.ttf",
         "NotoSansSymbols2-Regular.ttf", "NotoSansMath-Regular.ttf", "NotoSans-Regular.ttf"]  # fmt: skip
DOCUMENT = r"""\documentclass{article}
\usepackage{fontspec}
\directlua{luaotfload.add_fallback("judge", {%(fonts)s})}
\defaultfontfeatures{%(ligatures)sRawFeature={fallback=judge}}
\setmainfont{LinLibertine_R.otf}[BoldFont=LinLibertine_RB.otf,ItalicFont=LinLibertine_RI.otf,BoldItalicFont=LinLibertine_RBI.otf]
\setmonofont{LinLibertine_M.otf}
\usepackage[english]{babel}
\usepackage[autostyle=true]{csquotes}
\usepackage{amsmath,amssymb,textcomp}
\usepackage[backend=biber,style=%(style)s,sorting=none,maxbibnames=99,datecirca=true,dateuncertain=true,%(options)s]{biblatex}
\usepackage[hidelinks]{hyperref}
\paperwidth=16000pt \paperheight=4000pt \pagewidth=\paperwidth \pageheight=\paperheight \textwidth=15800pt \linewidth=\textwidth \hsize=\textwidth \textheight=3900pt
\hoffset=-60pt \voffset=-60pt \oddsidemargin=0pt \topmargin=0pt \headheight=0pt \headsep=0pt
\hyphenpenalty=10000 \exhyphenpenalty=10000 \parindent=0pt \pagestyle{empty}
\def\UrlBreaks{}\def\UrlBigBreaks{}
\hbadness=10000 \hfuzz=\maxdimen \raggedright
%% A letter that tells one year's papers apart hangs on all other entries.
\DeclareFieldFormat{extradate}{}\DeclareFieldFormat{extraalpha}{}
\defbibenvironment{bibliography}{}{}
  {\endgraf\typeout{judge-at \therefsection:\thefield{entrykey}}[[\therefsection:\thefield{entrykey}]] \thefield{labelalpha} }
%% What NASA's ADS writes is for a class that has commands for journals.
%(journals)s
\errorcontextlines=0
\begin{document}
%(sections)s
\end{document}
"""
JOURNALS = r"\def\aap{A\&A}\def\apj{ApJ}\def\mnras{MNRAS}"
PLAIN = "authoryear", "dashed=false,uniquename=false,uniquelist=false"
"""A style and its options."""
STYLES: Sequence[tuple[str, str]] = (PLAIN, ("numeric", "giveninits=true"), ("alphabetic", ""))


Part = tuple[str, Sequence[str]]
"""The text of a .bib, and the keys of the entries that are printed."""


@dataclass
class Print:
    """What a style printed: words and TeX's errors by part and key (`1:knuth`), and what biber said."""

    words: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    biber: list[str] = field(default_factory=list)


def printed(parts: Sequence[Part], folder: Path, style: str, options: str = "", ligatures: bool = True) -> Print:
    """Typesets each part as a bibliography of its own, in a style. Raises `RuntimeError` where there is no page at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (bib, _) in enumerate(parts, 1):
        (folder / f"judge{number}.bib").write_text(bib, "utf-8")
    fonts = "".join(f'"file:{name}:mode=harf;",' for name in FONTS)
    sections = "\n".join(
        rf"\begin{{refsection}}[judge{number}.bib]\nocite{{{','.join(keys)}}}\printbibliography[heading=none]\end{{refsection}}"
        for number, (_, keys) in enumerate(parts, 1)
    )
    tex = DOCUMENT % {"fonts": fonts, "style": style, "options": options, "sections": sections, "journals": JOURNALS,
                      "ligatures": "" if ligatures else "Ligatures=TeXOff,"}  # fmt: skip
    (folder / "judge.tex").write_text(tex, "utf-8")
    _run(["lualatex", "-interaction=nonstopmode", "-no-shell-escape", "-draftmode", "judge"], folder)
    said = _run(["biber", "--noconf", "--nolog", "judge"], folder)
    _run(["lualatex", "-interaction=nonstopmode", "-no-shell-escape", "judge"], folder)
    if not (folder / "judge.pdf").exists():
        raise RuntimeError(said + (folder / "judge.log").read_text("utf-8", "replace")[-3000:])
    text = _run(["pdftotext", "-enc", "UTF-8", "-layout", "judge.pdf", "-"], folder)
    log = (folder / "judge.log").read_text("utf-8", "replace")
    lines = re.findall(r"^(?:WARN|ERROR|FATAL) - .*$", said, re.MULTILINE)
    return Print(_entries(text), _errors(log), lines)


def _run(command: list[str], folder: Path) -> str:
    environ = os.environ | {"max_print_line": "100000", "SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1",
                            "OSFONTDIR": "/usr/share/fonts//"}  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False, timeout=1800)
    return done.stdout.decode("utf-8", "replace")


def _entries(text: str) -> dict[str, str]:
    parts = re.split(r"\[\[(\d+:[^\]\s]+)\]\]", text)
    return {key: even(words) for key, words in zip(parts[1::2], parts[2::2], strict=True)}


def even(words: str) -> str:
    """The words with every kind of space as one, a logo as its name, and a dotless i under an accent as the letter."""
    words = re.sub("ı(?=[\u0300-\u036f])", "i", unicodedata.normalize("NFD", words))
    words = unicodedata.normalize("NFC", words)
    words = re.sub(r"L\s?A\s?T\s?E\s?X", "LaTeX", words).replace("TEX", "TeX")
    return re.sub(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\x0c]+", " ", words).strip()


def _errors(log: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    at = ""
    for line in log.split("\n"):
        if line.startswith("judge-at "):
            at = line.removeprefix("judge-at ").strip()
        elif line.startswith("! "):
            found.setdefault(at, []).append(line)
    return found


@dataclass
class Case:
    """A .bib as a person has it, what we make of it, and what is told of each entry."""

    name: str
    own: str
    ours: str
    keys: list[str]
    told: dict[str, list[Diagnostic]]
    lines: dict[str, str]

    members: frozenset[str] = frozenset()

    def compared(self) -> list[str]:
        """The entries that biber and LaTeX can read at all; the others were told to be such that they stop or drop them.

        The members of a set are printed in it.
        """
        return [
            key
            for key in self.keys
            if key not in self.members
            and not any(_stops(each) for each in self.told[key])
            and not NEEDS_PACKAGES.search(self.lines[key])
        ]


NEEDS_PACKAGES = re.compile(r"\\(?:SI|si|qty|unit|num|ce)(?![A-Za-z])")
"""siunitx's and mhchem's commands: biblatex itself prints none, and the packages are no part of what a report needs."""


def _stops(told: Diagnostic) -> bool:
    return (
        "biber would" in told.message
        or "LaTeX alone would stop" in told.message
        or told.code in ("bib-command", "bib-syntax")
    )


def case(name: str, data: bytes) -> Case:
    """A .bib file, read and written by us."""
    library, found = read_library({name: data})
    text = decode_bib(data, name)[0]
    references = {key: each for key, each in library.references.items() if each.kind != "xdata"}
    starts = sorted(each.span.line for each in library.references.values())
    rows = text.split("\n")
    at: dict[str, list[Diagnostic]] = {}
    own: dict[str, str] = {}
    for key, each in library.references.items():
        first = each.span.line
        last = next((line for line in starts if line > first), len(rows) + 1)
        at[key] = [d for d in found if first <= d.span.line < last and d.code not in SILENT]
        own[key] = "\n".join(rows[first - 1 : last - 1])
    # What is told of a member of a set, or of a related work, is told of the one in which it is printed.
    told = {key: [d for part in _known(library, library.with_followed([key])) for d in at[part]] for key in references}
    lines = {key: "\n".join(own[part] for part in _known(library, library.with_parents([key]))) for key in references}
    members = (each.verbatim.get("entryset", "").split(",") for each in references.values())
    parts = frozenset(key for keys in members for key in keys)
    return Case(name, text, write_bib(references.values()), list(references), told, lines, parts)


def _known(library: Library, keys: set[str]) -> list[str]:
    return [key for key in library.references if key in keys]


_FIELD = re.compile(r"  [\w-]+ = ")


def bared(of: Case) -> Case:
    """The same file without the fields at whose lines something is told, each field a line as `entries` writes it.

    What is told of one field says nothing of the others: without it the entry must print the same.
    """
    rows = of.own.split("\n")
    wrong = {told.span.line for each in of.told.values() for told in each}
    wrong |= {number for number, row in enumerate(rows, 1) if NEEDS_PACKAGES.search(row)}
    kept: list[str] = []
    field: list[str] = []
    out = False
    for number, row in enumerate(rows, 1):
        if row.startswith(("  ", "\t")) and not _FIELD.match(row):
            field.append(row)
            out = out or number in wrong
            continue
        kept += [] if out else field
        field, out = [row], bool(_FIELD.match(row)) and number in wrong
    return case(of.name, "\n".join([*kept, *field]).encode())


SILENT = frozenset(
    ("unused-reference", "reference-incomplete", "same-paper", "preprint", "bad-isbn", "bad-doi", "bad-arxiv")
)
"""Codes that say nothing of a change in what is printed."""


@dataclass
class Verdict:
    """An entry that the two print otherwise, or that TeX could not print from the person's own file."""

    entry: str
    style: str
    own: str | None
    ours: str | None
    errors: list[str]
    told: list[str]

    def __str__(self) -> str:
        said = "".join(f"\n    told {each}" for each in (*self.told, *self.errors))
        return f"{self.entry} ({self.style})\n    own  {self.own}\n    ours {self.ours}{said}"


def judged(cases: Sequence[Case], folder: Path, style: str, options: str) -> list[Verdict]:
    """The entries whose words differ in a style, told or not, or which TeX cannot print from ours."""
    keys = [each.compared() for each in cases]
    own = [(each.own, wanted) for each, wanted in zip(cases, keys, strict=True)]
    ours = [(each.ours, wanted) for each, wanted in zip(cases, keys, strict=True)]
    page = printed([*own, *ours], folder, style, options)
    found = []
    for number, (each, wanted) in enumerate(zip(cases, keys, strict=True), 1):
        for key in wanted:
            at, twin = f"{number}:{key}", f"{number + len(cases)}:{key}"
            wrong = [f"ours: {line}" for line in page.errors.get(twin, [])]
            if wrong or page.words.get(at) != page.words.get(twin) or twin not in page.words:
                told = [] if wrong else [f"{d.code}: {d.message}" for d in each.told[key]]
                errors = page.errors.get(at, []) + wrong
                found.append(
                    Verdict(f"{each.name} {key}", style, page.words.get(at), page.words.get(twin), errors, told)
                )
    return found


def unannounced(files: Sequence[str], folder: Path, style: str, options: str) -> tuple[list[Verdict], int]:
    """The differences that nothing announces, of files that `entries` writes; and how many entries were compared.

    An entry of which something is told is compared again without the fields at whose lines that is.
    """
    whole = [case(f"{number}.bib", text.encode()) for number, text in enumerate(files, 1)]
    bare = [bared(each) for each in whole]
    for each, before in zip(bare, whole, strict=True):
        clean = {key for key, told in before.told.items() if not told and not NEEDS_PACKAGES.search(before.lines[key])}
        each.keys = [key for key in each.keys if key not in clean]
        each.name = f"{each.name} without what is told:"
    found = judged([*whole, *bare], folder, style, options)
    return [each for each in found if not each.told], sum(len(each.compared()) for each in whole)
