"""Makes the tables of which characters each font has, from fontconfig's `fc-query`.

`synopse/markup/coverage.json` is that of the fonts of the README, `coverage_texlive.json` that of fonts that every TeX Live has, for
bundles; `faces.json` is what all faces of the text fonts have in common. Run on a machine with the fonts (Debian 12): `python tools/font_coverage.py`; fonts that are not installed for the system are
looked for in the folders that are named behind it.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

FONTS = Path("/usr/share/fonts")
FIRST = ["LinLibertine_R.otf", "NotoSerif-Regular.ttf", "NotoSans-Regular.ttf", "NotoSansMath-Regular.ttf"]
FIRST += ["NotoSansSymbols-Regular.ttf", "NotoSansSymbols2-Regular.ttf", "NotoNaskhArabic-Regular.ttf"]
LEFT_OUT = ("Looped", "Display", "Rashi", "Kufi", "Unjoined", "Traditional", "Nastaliq", "Slanted", "Supplement")
PACKAGES = {"LinLib": "fonts-linuxlibertine", "NotoSerifCJK": "fonts-noto-cjk"}
TEX_LIVE = {
    "LinLibertine_R.otf": "fonts-linuxlibertine",
    "NotoSerif-Regular.ttf": "fonts-noto-core",
    "Amiri-Regular.ttf": "fonts-hosny-amiri",
    "FreeSerif.otf": "fonts-freefont-otf",
    "DejaVuSans.ttf": "fonts-dejavu-core",
    "gbsn00lp.ttf": "fonts-arphic-gbsn00lp",
    "bsmi00lp.ttf": "fonts-arphic-bsmi00lp",
    "ipaexm.ttf": "fonts-ipaexfont-mincho",
    "UnBatang.ttf": "fonts-unfonts-core",
}
"""Fonts of TeX Live 2025 by the names of their files, in order of preference, with Debian's packages of them.

arXiv lists what it has: its help pages, `faq/font-info-tl2025`. The Chinese and Japanese ones are TrueType: of fonts whose glyphs
have numbers of Adobe's (CID), XeTeX's PDFs hold no text that could be searched.
"""


FACES = ("LinLibertine_R", "LinLibertine_RB", "LinLibertine_RI", "LinLibertine_RBI", "LinLibertine_M", "LinBiolinum_R", "LinBiolinum_RB",
         "LinBiolinum_RI")  # fmt: skip
"""The faces of templates/preamble.tex."""


def main(folders: list[Path]) -> None:
    """Writes the files: lists of [font file, Debian package, ranges], in order of preference."""
    found = {path.name: path for path in FONTS.rglob("Noto*-Regular.tt?")} | {FIRST[0]: next(FONTS.rglob(FIRST[0]))}
    kept = [name for name in found if not any(word in name for word in LEFT_OUT) and "SansCJK" not in name]
    kept = [name for name in kept if not ("Tifinagh" in name and name != "NotoSansTifinagh-Regular.ttf")]
    order = {name: rank for rank, name in enumerate(FIRST)}
    kept.sort(key=lambda name: (order.get(name, 99), "CJK" in name, "Serif" not in name, name))
    _write("coverage", {name: found[name] for name in kept}, _package)
    everywhere = {name: next(path for folder in (FONTS, *folders) for path in folder.rglob(name)) for name in TEX_LIVE}
    common = set.intersection(*(_points(next(FONTS.rglob(f"{name}.otf"))) for name in FACES))
    Path("synopse/markup/faces.json").write_text(json.dumps(_ranges(sorted(common))) + "\n", "utf-8")
    _write("coverage_texlive", everywhere, TEX_LIVE.__getitem__)


def _package(name: str) -> str:
    return next((package for start, package in PACKAGES.items() if name.startswith(start)), "fonts-noto-core")


def _write(table: str, fonts: dict[str, Path], package: Callable[[str], str]) -> None:
    rows: list[list[str]] = []
    seen: set[int] = set()
    for name, path in fonts.items():
        points = _points(path)
        new = sorted(points - seen)
        seen |= points
        if new:
            rows.append([name, package(name), _ranges(new)])
    body = ",\n".join(json.dumps(row) for row in rows)
    Path(f"synopse/markup/{table}.json").write_text(f"[\n{body}\n]\n", "utf-8")


def _points(path: Path) -> set[int]:
    """The code points that a font has."""
    command = ["fc-query", "--index", "0", "--format", "%{charset}", str(path)]
    ranges = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {p for r in ranges.split() for p in range(int(r.split("-")[0], 16), int(r.split("-")[-1], 16) + 1)}


def _ranges(points: list[int]) -> str:
    parts, start, last = [], points[0], points[0]
    for point in [*points[1:], -1]:
        if point == last + 1:
            last = point
            continue
        parts.append(f"{start:x}-{last:x}" if last > start else f"{start:x}")
        start = last = point
    return " ".join(parts)


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
