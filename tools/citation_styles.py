"""Tries every citation style of the TeX distribution, and writes what came of it into `synopse/bib/styles.json`.

    python -m tools.citation_styles            all that are installed (some ten minutes)
    python -m tools.citation_styles ieee mla   these alone; what is known of the others stays

A style is asked for labels as a report asks it (templates/labels.tex), and sets every command that a report uses.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synopse.bib.styles import digest_of, find_files, installed_styles, style
from synopse.locale import DEFAULT, catalogue
from synopse.render.latex.environment import make_environment, render
from synopse.render.latex.linemap import without_marks
from synopse.typeset.labels import Answers, Asking, Question

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "synopse" / "bib" / "styles.json"
BIB = r"""
@article{k0, author={Smith, John and Jones, Mary}, title={First {Title} of Things}, date={2020}, journaltitle={J}}
@article{k1, author={Smith, John and Jones, Mary}, title={Another}, date={2020}, journaltitle={J}}
@article{k2, author={Smith, Jane}, title={Third}, date={2020-03}, journaltitle={J}, volume={3}, pages={1--9}}
@misc{k3, author={Smith, John and Jones, Mary and Zed, Al}, title={Zebra}, date={2020}, eprint={2001.00001}, eprinttype={arxiv}}
@misc{k4, title={An Interview}, date={1991}}
@report{k5, author={{World Health Organization}}, title={Report}, institution={WHO}, type={techreport}, pubstate={forthcoming}}
@book{k6, author={van Gogh, Vincent}, title={Book}, publisher={P}, location={L}}
@collection{k7, editor={Élie, Ed}, title={Col}, date={2001}, publisher={P}}
@inproceedings{k8, author={Ahmed, Zoë and de la Cruz, Ana}, title={Proc}, booktitle={Book}, date={2022-05-03}, doi={10.1000/x}}
@online{k9, author={Web, Wanda}, title={Page}, url={https://example.org/}, urldate={2023-01-02}, date={2023}}
"""
KEYS = [f"k{n}" for n in range(10)]
COMMANDS = r"""
A \autocite[see][\pno~12]{k0}, \autocites{k1}[][{\ppno~3--4}]{k2}\relax{}, \autocite*{k3}, \autocite{k4}, \textcite[p. 3]{k5},
\fullcite{k6}, \fullcite{k8}, \fullcite{k9}, \autocite{k7}\footnote{\autocite{k7}}.

"""
"""Every way in which a report cites (`markup/latex.py`, templates/fiche.tex)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a style: its labels, why it cannot be used, the file it lacks, the words it has not in the language."""

    labels: dict[str, str]
    refused: str = ""
    lacks: str = ""
    wordless: tuple[str, ...] = ()


def tried(name: str, lang: str, folder: Path) -> Verdict:
    """Asks a style for labels, and lets it set all that a report sets."""
    environment = make_environment([ROOT / "templates"], catalogue(lang))
    tex, loaded = folder / "tex", style(name)
    tex.mkdir(parents=True)
    (tex / "base.tex").write_text(without_marks(render(environment, "base.tex", style=loaded))[0], "utf-8")
    (tex / "references.bib").write_text(BIB, "utf-8")
    text = without_marks(
        render(environment, "labels.tex", babel=catalogue(lang)["tex.babel"], lang=lang, style=loaded, keys=KEYS)
    )[0].replace("\\else\n\\printbibliography", COMMANDS + "\\printbibliography\\else\n\\printbibliography")
    assert COMMANDS in text, "templates/labels.tex is no longer what this script reads"
    return verdict(Asking(Question(text, KEYS, tex), folder, 0).ask())


def verdict(answers: Answers) -> Verdict:
    """What the engine and biber said, as a verdict."""
    log = answers.log
    error = re.search(r"^(?:!|\S+:\d+:) (?P<what>.+)$", log, re.MULTILINE)
    missing = re.search(r"File `([^']+)' not found", log)
    wordless = tuple(sorted(set(re.findall(r"Bibliography string '([^']+)' (?:undefined|untranslated)", log))))
    if missing:
        return Verdict({}, lacks=missing[1])
    if error:
        return Verdict({}, refused=_reason(error["what"], log[error.start() : error.start() + 300]))
    biber = [line for line in answers.biber if line.startswith("ERROR")]
    if biber or len(answers.labels) < len(KEYS):
        return Verdict({}, refused=f"prints no citation for some references {''.join(biber[:1])}".strip())
    return Verdict(answers.labels, wordless=wordless)


def _reason(error: str, around: str) -> str:
    error = error.removeprefix("Package ").strip().rstrip(".")
    if "Illegal parameter number" in error:
        return "was written for an older biblatex than the one installed, and stops it"
    if "invalid utf-8" in error:
        return "is written in an encoding that LuaLaTeX does not read"
    if re.search(r"\\(?:ccwd|zihao)\b", around):
        return "needs a Chinese document class (ctex)"
    if error.endswith("Command '\\cite' undefined"):
        return "is only a part of other styles, and has no citations of its own"
    return f"has a mistake of its own: {error}"


def kind_of(labels: dict[str, str]) -> str:
    """How a style cites, by its label of a paper of two authors."""
    said = labels["k0"]
    if re.search(r"2020", said):
        return "author-year"
    if re.search(r"\d+\W*$|[⁰-⁹]$", said) and "Title" not in said and not re.search(r"[A-Z]+\d", said):
        return "numbers"
    if re.search(r"[A-Z]+\+?\d", said):
        return "letters"
    return "author-title"


def record(verdicts: dict[str, Verdict], lang: str, known: dict[str, Any]) -> dict[str, Any]:
    """The table with what was found of these styles put in."""
    names = set(verdicts)
    works = {kind: [n for n in list_ if n not in names] for kind, list_ in known["works"].items()}
    kept = {part: {n: v for n, v in known[part].items() if n not in names} for part in ("refused", "lacks", "wordless")}
    for name, each in verdicts.items():
        if each.lacks:
            kept["lacks"][name] = each.lacks
        elif each.refused:
            found = find_files([f"{name}.bbx", f"{name}.cbx"])
            kept["refused"][name] = [each.refused, digest_of(name, found)]
        else:
            works.setdefault(kind_of(each.labels), []).append(name)
            if each.wordless:
                kept["wordless"][name] = {lang: list(each.wordless)}
    own = set(known["own"])
    ordered = {kind: sorted(works[kind], key=lambda n: (n not in own, n)) for kind in sorted(works)}
    return (
        known | {"tried": tex_version(), "works": ordered} | {part: dict(sorted(kept[part].items())) for part in kept}
    )


def tex_version() -> str:
    """The edition of kpathsea, which stands for that of the TeX distribution."""
    said = subprocess.run(["kpsewhich", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split("\n")[0]


def main(names: list[str]) -> None:
    """Tries the styles in French, two at a time, and writes the table."""
    wanted = names or installed_styles()
    with tempfile.TemporaryDirectory() as work, ThreadPoolExecutor(2) as pool:
        made = {name: pool.submit(tried, name, DEFAULT, Path(work) / name) for name in wanted}
        for name, future in made.items():
            each = future.result()
            print(f"{name:32} {each.lacks or each.refused or each.labels['k0']} {' '.join(each.wordless)}", flush=True)
            table = record({name: each}, DEFAULT, json.loads(TABLE.read_text("utf-8")))
            TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
