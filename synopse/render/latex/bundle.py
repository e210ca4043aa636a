"""The files of a report's LaTeX in; a folder that others compile, as what they take asks for it, out.

Names are flat, comments are gone, and nothing is there that the report does not use. `TARGETS` says who takes what: arXiv by its help
pages ("Submitting LaTeX", "The 00README file format", "TeX Live", as of July 2026), Overleaf by its own ("How does Overleaf compile my
project?").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from synopse.render.latex.xetex import Engine, with_directions

MAIN = "main"
"""The name of the main file, without its ending."""
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """Who compiles a bundle: with which engine, whether from one file of LaTeX, and what it takes at most.

    `bbl`: whether the formatted bibliography goes along, for those who run no biber. `megapixels`: the largest image; 0 for any.
    `names`: the characters of a file's name.
    """

    name: str
    engine: Engine
    one_file: bool
    bbl: bool = False
    megabytes: int = 50
    megapixels: int = 0
    names: str = r"[A-Za-z0-9_+.,=-]+"


TARGETS = {
    each.name: each
    for each in (
        Target("arxiv", "xelatex", one_file=True, megapixels=34),
        Target("overleaf", "lualatex", one_file=False),
        Target("journal", "xelatex", one_file=True, bbl=True),
    )
}
_FOLDERS = {"fiches": "fiche", "synthesis": "part", "figures": "figure", "images": "image"}
_NAMED = re.compile(rf"\{{(?P<folder>{'|'.join(_FOLDERS)})/(?P<name>[A-Za-z0-9._+-]+)\}}")
_INPUT = re.compile(r"\\input\{(?P<name>[A-Za-z0-9._+/-]+)\}")
_COMMENT = re.compile(r"(?<!\\)(?P<kept>(?:\\\\)*)%.*")
_WAIT = re.compile(r"^\\ifdefined\\synopsewait\\synopsewait\\fi\n", re.MULTILINE)


def bundled(main: str, files: Mapping[str, bytes], target: Target) -> dict[str, bytes]:
    """The files of a bundle by their names, but for its bibliography's .bbl.

    `main` is the main file; `files` is all that it may use, by the paths of `build/tex`.
    """
    found = _Bundle(files, target)
    found.write(f"{MAIN}.tex", main)
    if "references.bib" in files:
        found.made["references.bib"] = files["references.bib"]
    text = b"".join(data for name, data in found.made.items() if name.endswith(".tex")).decode("utf-8")
    for name, data in files.items():
        if "/" not in name and not name.endswith((".tex", ".bib")) and name.rpartition(".")[0] in text:
            found.made[name] = data
    found.made |= _instructions(target)
    return dict(sorted(found.made.items()))


class _Bundle:
    """Writes LaTeX with all that it takes in, each file once."""

    def __init__(self, files: Mapping[str, bytes], target: Target) -> None:
        self.files, self.target = files, target
        self.made: dict[str, bytes] = {}
        self.names: dict[str, str] = {}

    def write(self, name: str, text: str) -> None:
        """A file of LaTeX, and those that it needs."""
        self.made[name] = self.whole(text).encode("utf-8")

    def whole(self, text: str) -> str:
        """LaTeX without comments, its files by their names in the bundle; in one file those that it takes in stand in their places."""
        text = without_comments(_WAIT.sub("", text))
        if self.target.engine == "xelatex":
            text = with_directions(text)
        return _NAMED.sub(self._renamed, _INPUT.sub(self._input, text))

    def _input(self, match: re.Match[str]) -> str:
        data = self.files.get(f"{match['name']}.tex")
        if data is None:
            return match[0]
        text = data.decode("utf-8")
        if self.target.one_file:
            return self.whole(text).removesuffix("\n")
        folder, _, name = match["name"].rpartition("/")
        given = f"{_FOLDERS[folder]}-{name}" if folder in _FOLDERS else name
        self.write(f"{given}.tex", text)
        return rf"\input{{{given}}}"

    def _renamed(self, match: re.Match[str]) -> str:
        folder, name = match["folder"], match["name"]
        path = f"{folder}/{name}" if f"{folder}/{name}" in self.files else f"{folder}/{name}.pdf"
        if path not in self.files:
            return match[0]
        ending = path.rpartition(".")[2]
        if path not in self.names:
            number = sum(each.startswith("images/") for each in self.names) + 1
            own = f"{number}" if folder == "images" else name
            self.names[path] = f"{_FOLDERS[folder]}-{own}.{ending}"
        self.made[self.names[path]] = self.files[path]
        return f"{{{self.names[path]}}}"


def without_comments(latex: str) -> str:
    """LaTeX without its comments: a line that is one is gone; behind other text the sign alone is left, for it hides the line's end."""
    lines = []
    for line in latex.split("\n"):
        left = _COMMENT.sub(lambda match: f"{match['kept']}%", line)
        if left.strip() != "%" or line.strip() == "%":
            lines.append(left)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).lstrip("\n")


def _instructions(target: Target) -> dict[str, bytes]:
    """How the target is told to compile it, in a file of its own."""
    if target.name == "arxiv":
        told = {
            "spec_version": 1,
            "process": {"compiler": target.engine},
            "sources": [{"filename": f"{MAIN}.tex", "usage": "toplevel"}],
            "texlive_version": 2025,
            "stamp": True,
        }
        return {"00README.json": (json.dumps(told, indent=2) + "\n").encode("ascii")}
    if target.name == "overleaf":
        return {"latexmkrc": b"$pdf_mode = 4;\n"}
    return {}


def refused(files: Mapping[str, bytes], target: Target) -> Iterator[tuple[str, str]]:
    """What a target would not take of a bundle: a code and words."""
    for name, data in files.items():
        if not re.fullmatch(target.names, name):
            yield "bundle-name", f'{target.name} takes no file of the name "{name}"'
        pixels = pixels_of(data) if target.megapixels else 0
        if pixels > target.megapixels * MEGABYTE:
            said = f"{name} has {pixels / MEGABYTE:.0f} megapixels, and {target.name} takes {target.megapixels}"
            yield "bundle-picture", said
    size = sum(map(len, files.values()))
    if size > target.megabytes * MEGABYTE:
        yield (
            "bundle-size",
            f"the bundle has {size / MEGABYTE:.0f} megabytes, and {target.name} takes {target.megabytes}",
        )


def pixels_of(data: bytes) -> int:
    """How many pixels an image has: of PNG by its first chunk, of JPEG by its frame; 0 of anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    if data.startswith(b"\xff\xd8"):
        at = 2
        while at + 9 < len(data) and data[at] == 0xFF:
            kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
            if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
                return int.from_bytes(data[at + 5 : at + 7], "big") * int.from_bytes(data[at + 7 : at + 9], "big")
            at += 2 + length
    return 0
