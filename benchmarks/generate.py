"""Makes a project of N fiches with the shape of those of a review: the same form and synthesis, other keys and numbers.

    python benchmarks/generate.py FOLDER N [REVIEW]

`benchmarks/review` is the review as it was when the first table of speed was measured (November 2025's five fiches, four of
them short): it stays as it is, so that measures of different days can be compared. The root of the project is the shipped
review, whose fiches grow.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "benchmarks/review"


def generate(target: Path, count: int, review: Path = KEPT) -> Path:
    """Writes the project into `target`; each fiche is one of the review's, with its number in its words."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "dodo.py", target / "dodo.py")
    for name in ("synopse", "templates"):
        if not (target / name).exists():
            (target / name).symlink_to(ROOT / name)
    fiches, bib = target / "sources/fiches", target / "bib"
    fiches.mkdir(parents=True, exist_ok=True)
    bib.mkdir(exist_ok=True)
    for name in ("form.yaml", "vocabulary.yaml"):
        shutil.copy(review / "sources" / name, target / "sources" / name)
    shipped = sorted((review / "sources/fiches").glob("*.yaml"))
    entries = re.findall(r"@misc\{.*?\n\}\n", (review / "bib/papers.bib").read_text("utf-8"), re.DOTALL)
    keys, written = [], []
    for number in range(count):
        source = shipped[(number + 4) % len(shipped)].read_text("utf-8")
        key = re.search(r"^key: (\S+)", source, re.MULTILINE)
        assert key is not None
        own = key[1] if number < len(shipped) else f"{key[1]}x{number}"
        entry = next(entry for entry in entries if entry.startswith(f"@misc{{{key[1]},"))
        if number >= len(shipped):
            source = re.sub(r'(text: "[^"]*)"', rf'\1 ({number})"', source.replace(key[1], own))
            source = re.sub(r"^citation:\n(?:  .*\n)+", "", source, flags=re.MULTILINE)
            entry = entry.replace(key[1], own).replace("title        = {", f"title        = {{Number {number}: ")
            entry = re.sub(r"  (?:eprint|doi) .*\n", "", entry)
        keys.append(own)
        written.append(entry)
        (fiches / f"{own}.yaml").write_text(source, "utf-8")
    for notes in (review / "bib").glob("notes.bib"):
        shutil.copy(notes, bib)
    (bib / "papers.bib").write_text("\n".join(written), "utf-8")
    report = (review / "sources/report.yaml").read_text("utf-8")
    listed = "fiches:\n" + "".join(f"  - {key}\n" for key in keys)
    (target / "sources/report.yaml").write_text(
        re.sub(r"^fiches:\n(?:  - .*\n)+", listed, report, flags=re.MULTILINE), "utf-8"
    )
    return target


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), *map(Path, sys.argv[3:]))
