"""Whatever is edited, in whatever order, killed or taken back: at rest there are the bytes of a cold build.

`SYNOPSE_EDITS=1000 pytest tests/pipeline/test_random_edits.py` walks further, `SYNOPSE_SEED=7` another way. TeX is out of reach
in the long walk, so that labels are computed: it compares all that is made but the PDF. The short one compares the PDF too.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import copy_project
from tests.pipeline.test_up_to_date import png

pytestmark = pytest.mark.slow
EDITS = int(os.environ.get("SYNOPSE_EDITS", "24"))
SEED = int(os.environ.get("SYNOPSE_SEED", "5"))
INPUTS = ("sources", "bib", "templates", "synopse")
WITHOUT_TEX = os.environ | {"PATH": "/usr/no/programs"}
MADE = (
    "tex",
    "lines",
    "tables",
    "references.bib",
    "references-bibtex.bib",
    "references.json",
    "provenance.json",
    "tables.xlsx",
    "html",
    "report.html",
)
GOALS = ("document", "exports", "html")
EXTRA = """key: {key}
status: partial
citation: {{title: Une étude de plus, authors: "Ajout, {key}", date: 2024}}
forces:
  - {{text: "Une force de {key}.", theme: preuves}}
techniques: [CoT, {key}]
"""


class Walk:
    """A review that is edited at random, with the environment in which it is built."""

    def __init__(self, folder: Path, seed: int, environ: dict[str, str]) -> None:
        self.folder, self.chance, self.environ = folder, random.Random(seed), dict(environ)
        self.project, self.kept = copy_project(folder / "project"), folder / "kept"
        (self.project / "sources/dot.png").write_bytes(png(1))
        self._replace("sources/report.yaml", "introduction: |\n", "introduction: |\n  ![point](dot.png)\n\n")
        shutil.copytree(self.project, self.kept)
        self.log: list[str] = []

    def edit(self) -> None:
        """One edit, of any kind."""
        makes = [name for name in dir(self) if name.startswith("edit_")]
        name = self.chance.choice(makes)
        self.log.append(name)
        getattr(self, name)()

    def _word(self) -> str:
        return f"mot{self.chance.randrange(10**6)}"

    def _path(self, name: str) -> Path:
        return self.project / name

    def _replace(self, name: str, old: str, new: str) -> None:
        text = self._path(name).read_text("utf-8")
        assert old in text, (name, old)
        self._path(name).write_text(text.replace(old, new, 1), "utf-8")

    def _after(self, *places: tuple[str, str]) -> None:
        name, place = self.chance.choice(places)
        self._replace(name, place, f"{place} {self._word()}")

    def edit_a_remark(self) -> None:
        self._after(("sources/fiches/tie2025posttraining.yaml", "Coût élevé"),
                    ("sources/fiches/park2025seeing.yaml", "Le jeu de données"))  # fmt: skip

    def edit_a_comment(self) -> None:
        self._after(("sources/fiches/park2025seeing.yaml", "# yaml"), ("sources/form.yaml", "# yaml"),
                    ("sources/vocabulary.yaml", "# yaml"), ("sources/report.yaml", "# yaml"))  # fmt: skip

    def edit_the_report(self) -> None:
        self._after(("sources/report.yaml", "title: Chronologie"), ("sources/report.yaml", "title: Méta-analyse"),
                    ("sources/report.yaml", "Ce rapport permettra"))  # fmt: skip

    def edit_an_option(self) -> None:
        options = ("provenance: true", "bibliography: {bibtex: true}", "bibliography: {csl: true, apart: true}",
                   "bibliography: {style: numeric}", "date: 2025-04")  # fmt: skip
        lines = self._path("sources/report.yaml").read_text("utf-8").split("\n")
        lines = [line for line in lines if not line.startswith(("provenance", "bibliography", "date:"))]
        chosen = self.chance.sample(options, self.chance.randrange(3))
        chosen = [
            line for n, line in enumerate(chosen) if line.split(":")[0] not in {c.split(":")[0] for c in chosen[:n]}
        ]
        self._path("sources/report.yaml").write_text("\n".join([lines[0], *chosen, *lines[1:]]), "utf-8")

    def edit_the_order_of_papers(self) -> None:
        text = self._path("sources/report.yaml").read_text("utf-8")
        start = text.index("\nfiches:\n") + len("\nfiches:\n")
        end = text.index("\n\n", start)
        keys = text[start:end].split("\n")
        self.chance.shuffle(keys)
        self._path("sources/report.yaml").write_text(text[:start] + "\n".join(keys) + text[end:], "utf-8")

    def edit_the_list_of_papers(self) -> None:
        """A fiche comes, or the last that came goes."""
        there = sorted(self._path("sources/fiches").glob("extra*.yaml"))
        if there and self.chance.random() < 0.5:
            there[-1].unlink()
            self._replace("sources/report.yaml", f"  - {there[-1].stem}\n", "")
            return
        key = f"extra{len(there)}"
        self._path(f"sources/fiches/{key}.yaml").write_text(EXTRA.format(key=key), "utf-8")
        self._replace("sources/report.yaml", "\nfiches:\n", f"\nfiches:\n  - {key}\n")

    def edit_the_vocabulary(self) -> None:
        self._after(("sources/vocabulary.yaml", "fr: Raisonnement"), ("sources/form.yaml", "fr: Résultats principaux"))

    def edit_the_library(self) -> None:
        self._after(("bib/papers.bib", "Seeing the Forest"), ("bib/papers.bib", "A Survey on Post-training"))

    def edit_an_author(self) -> None:
        self._after(("bib/papers.bib", "Matarazzo, Andrea"))

    def edit_an_image(self) -> None:
        self._path("sources/dot.png").write_bytes(png(self.chance.randrange(256)))

    def edit_a_template(self) -> None:
        name, place = self.chance.choice(
            (
                ("fiche", "\\synopseat"),
                ("part", "\\synopseneed"),
                ("body", "\\begin{titlepage}"),
                ("figures", "\\begin{document}"),
            )
        )
        self._replace(f"templates/{name}.tex", place, f"% {self._word()}\n{place}")

    def edit_what_lies_beside_templates(self) -> None:
        path = self._path(f"templates/logo{self.chance.randrange(2)}.png")
        path.unlink() if path.exists() else path.write_bytes(png(self.chance.randrange(256)))

    def edit_the_program(self) -> None:
        self._after(
            ("synopse/locale/fr.json", '"introduction": "Introduction'), ("synopse/locale/fr.json", '"papers": "')
        )

    def edit_the_environment(self) -> None:
        self.environ["SOURCE_DATE_EPOCH"] = str(self.chance.choice((0, 10**9, 2 * 10**9)))

    def edit_what_was_made(self) -> None:
        """Somebody deletes, or overwrites, a file in `build/`."""
        files = sorted(path for path in self._path("build").rglob("*") if path.is_file() and path.suffix in (".tex", ".csv", ".bib", ".xlsx", ".html"))  # fmt: skip
        path = self.chance.choice(files)
        path.unlink() if self.chance.random() < 0.6 else path.write_bytes(b"another")

    def edit_dates(self) -> None:
        """Files are touched, or given an older date."""
        files = sorted(path for name in ("sources", "bib") for path in self._path(name).rglob("*") if path.is_file())
        for path in self.chance.sample(files, 3):
            os.utime(path, (10**9, 10**9) if self.chance.random() < 0.5 else None)

    def edit_all_back(self) -> None:
        for name in INPUTS:
            shutil.rmtree(self.project / name)
            shutil.copytree(self.kept / name, self.project / name)

    def build(self, folder: Path, *goals: str) -> subprocess.Popen[str]:
        """A doit that works."""
        command = [sys.executable, "-m", "doit", *goals]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=folder, env=self.environ, stdout=pipe, stderr=subprocess.STDOUT, text=True)

    def disturb(self) -> None:
        """Nothing; a build that is killed or interrupted; or two at once, with an edit between."""
        kind = self.chance.choice((None, None, signal.SIGKILL, signal.SIGINT, "two"))
        if kind is None:
            return
        self.log.append(str(kind))
        running = self.build(self.project, *GOALS)
        time.sleep(self.chance.uniform(0.05, 1.2))
        if isinstance(kind, str):
            other = self.build(self.project, *GOALS)
            self.edit()
            other.communicate(timeout=200)
        else:
            running.send_signal(kind)
        running.communicate(timeout=200)

    def rest(self, *goals: str) -> None:
        """Builds, and nothing is left to do."""
        said = self.build(self.project, *goals)
        assert said.communicate(timeout=300)[0] is not None and said.returncode == 0, self.log
        again = self.build(self.project, *goals)
        assert again.communicate(timeout=100)[0] == "", self.log

    def cold(self, name: str, *goals: str) -> Path:
        """A build of the same inputs in an empty folder."""
        target = copy_project(self.folder / name)
        for each in INPUTS:
            shutil.rmtree(target / each)
            shutil.copytree(self.project / each, target / each)
        done = self.build(target, *goals)
        said = done.communicate(timeout=300)[0]
        assert done.returncode == 0, said
        return target


def made(project: Path) -> dict[str, bytes]:
    """Every file that a build makes for others to read, by name."""
    build = project / "build"
    paths = (
        path for name in MADE for path in ((build / name).rglob("*") if (build / name).is_dir() else [build / name])
    )
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def differing(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    names = [name for name in sorted({*first, *second}) if first.get(name) != second.get(name)]
    return [f"{name}: {_first_difference(first.get(name, b''), second.get(name, b''))}" for name in names]


def test_edits_of_every_kind_end_in_the_bytes_of_a_cold_build(tmp_path: Path) -> None:
    walk = Walk(tmp_path, SEED, WITHOUT_TEX)
    walk.rest(*GOALS)
    done = 0
    while done < EDITS:
        walk.log.clear()
        for _ in range(walk.chance.choice((1, 1, 2, 3))):
            walk.edit()
            done += 1
            walk.disturb()
        walk.rest(*GOALS)
        cold = walk.cold("cold", *GOALS)
        assert differing(made(walk.project), made(cold)) == [], (done, walk.log)
        shutil.rmtree(cold)


def test_edits_end_in_the_pdf_of_a_cold_build(tmp_path: Path) -> None:
    walk = Walk(tmp_path, SEED + 1, dict(os.environ))
    walk.rest()
    for _ in range(max(1, EDITS // 24)):
        walk.log.clear()
        for _ in range(3):
            walk.edit()
        walk.rest()
        cold = walk.cold("cold")
        pictures = {name for name in made(cold) if name.startswith("tex/figures/") and name.endswith(".pdf")}
        assert differing(made(walk.project), made(cold)) == [] and pictures, walk.log
        assert (walk.project / "build/report.pdf").read_bytes() == (cold / "build/report.pdf").read_bytes(), walk.log
        shutil.rmtree(cold)


def _first_difference(first: bytes, second: bytes) -> str:
    pairs = zip([*first.split(b"\n"), b"(end)"], [*second.split(b"\n"), b"(end)"], strict=False)
    return next((f"{one[:200]!r} for {other[:200]!r}" for one, other in pairs if one != other), "")
