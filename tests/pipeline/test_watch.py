"""doit watch: edits, mistakes and mendings; at rest the PDF is that of a cold build; nothing is left running.

`SYNOPSE_EDITS=1000 pytest tests/pipeline/test_watch.py` runs the whole; a run of the suite does fewer.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import copy_project, doit, pdf_text
from tests.typeset.test_process import at_work_below

pytestmark = pytest.mark.slow
EDITS = int(os.environ.get("SYNOPSE_EDITS", "10"))
COMPARED = 3


def none_left(project: Path, limit: float = 5) -> bool:
    """Whether no process works in the project, or will soon do so no more."""
    over = time.monotonic() + limit
    while left := at_work_below(project):
        if time.monotonic() > over:
            print(left)
            return False
        time.sleep(0.05)
    return True


class Watching:
    """A watch at work, and what it has said."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.log = project / "watch.log"
        with self.log.open("w") as stream:
            command = [sys.executable, "-m", "doit", "watch"]
            self.process = subprocess.Popen(command, cwd=project, stdout=stream, stderr=subprocess.STDOUT)

    def text(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def said(self, pattern: str) -> int:
        return len(re.findall(pattern, self.text()))

    def rest(self, saved: float, limit: float = 240) -> None:
        """Waits for the PDF of a build that began after the last save, at `saved` by the monotonic clock."""
        end, builds = time.monotonic() + limit, self.said("save to PDF")
        while True:
            took = re.findall(r"save to PDF +([\d.]+) s", self.text())
            if len(took) > builds:
                builds = len(took)
                if time.monotonic() - float(took[-1]) > saved - 0.03:
                    return
            assert time.monotonic() < end and self.process.poll() is None, self.text()[-3000:]
            time.sleep(0.02)

    def wait(self, pattern: str, count: int, limit: float = 180) -> None:
        end = time.monotonic() + limit
        while self.said(pattern) < count:
            assert time.monotonic() < end and self.process.poll() is None, self.log.read_text("utf-8")[-3000:]
            time.sleep(0.02)

    def memory(self) -> int:
        """Resident memory of the watch, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


@contextmanager
def watching(project: Path) -> Iterator[Watching]:
    watch = Watching(project)
    try:
        watch.wait("save to PDF", 1)
        yield watch
    finally:
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(20) == 0, watch.log.read_text("utf-8")[-2000:]
        assert none_left(project)


WORDS = ("vraiment", "toujours", "quelquefois", "« ici »", "*souvent*", "à 50 %", "[@park2025seeing]")


def with_another_word(line: str, chance: random.Random) -> str:
    """A line with a text, with a word more or less in it."""
    words = re.search(r'(.*(?:text|title): ")(.*)(".*)', line)
    assert words is not None
    body = words[2].split(" ")
    if chance.random() < 0.4 and len(body) > 6:
        del body[chance.randrange(1, len(body) - 1)]
    else:
        body.insert(chance.randrange(1, len(body)), chance.choice(WORDS))
    return words[1] + " ".join(body) + words[3]


def edited(text: str, chance: random.Random) -> str:
    """A fiche with a word more, a word less, a remark more or a remark less."""
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if re.search(r'text: ".{20,}"', line)]
    place = chance.choice(places)
    kind = chance.random()
    if kind < 0.08 and len(lines) < 160:
        indent = lines[place].split("-")[0] if "-" in lines[place] else ""
        if re.match(r"\s*- text:", lines[place]):
            lines.insert(place, f'{indent}- text: "Une remarque de plus, numéro {chance.randrange(1000)}."')
    elif kind < 0.14 and "Une remarque de plus" in text:
        del lines[next(n for n, line in enumerate(lines) if "Une remarque de plus" in line)]
    else:
        lines[place] = with_another_word(lines[place], chance)
    return "\n".join(lines)


class Sources:
    """The sources of a project, and random edits of them: mostly of fiches, at times of the report and of the .bib."""

    def __init__(self, project: Path, seed: int) -> None:
        names = ("tie2025posttraining", "park2025seeing", "hadi2023llms")
        self.fiches = [project / f"sources/fiches/{name}.yaml" for name in names]
        self.report, self.bib = project / "sources/report.yaml", project / "bib/papers.bib"
        self.chance = random.Random(seed)

    def edit(self) -> Path:
        """Makes one edit, and gives the file."""
        kind = self.chance.random()
        if kind < 0.03:
            text = self.bib.read_text("utf-8")
            first, second = ("Seeing the Forest", "Seeing the Wood")
            old, new = (first, second) if first in text else (second, first)
            assert old in text
            self.bib.write_text(text.replace(old, new), "utf-8")
            return self.bib
        if kind < 0.08:
            text = self.report.read_text("utf-8")
            word = self.chance.choice(WORDS[:3])
            changed = re.sub(r"(Les grands modèles de langage)( \w+)?( \(Large)", rf"\1 {word}\3", text, count=1)
            self.report.write_text(changed, "utf-8")
            return self.report
        fiche = self.chance.choice(self.fiches)
        fiche.write_text(edited(fiche.read_text("utf-8"), self.chance), "utf-8")
        return fiche


def test_edits_mistakes_and_mendings_end_in_the_pdf_of_a_cold_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "watched")
    sources = Sources(project, seed=11)
    chance = sources.chance
    edits = compared = 0
    memory: list[int] = []
    with watching(project) as watch:
        while edits < EDITS:
            mistakes = watch.said("the last good PDF stays up")
            for _ in range(chance.choice((1, 1, 2, 4))):  # a burst of edits becomes one build, of the last state
                file = sources.edit()
                edits += 1
            if chance.random() < 0.1 and file in sources.fiches:
                sound = file.read_text("utf-8")
                file.write_text(sound.replace("status:", "statut:"), "utf-8")
                watch.wait("the last good PDF stays up", mistakes + 1)
                file.write_text(sound, "utf-8")
            watch.rest(time.monotonic())
            memory.append(watch.memory())
            if edits >= EDITS * (compared + 1) / COMPARED:
                compared += 1
                fresh = copy_project(tmp_path / f"cold{compared}")
                for path in (*(project / "sources").rglob("*.yaml"), sources.bib):
                    (fresh / path.relative_to(project)).write_bytes(path.read_bytes())
                assert doit(fresh).returncode == 0
                assert pdf_text(fresh / "build/report.pdf") == pdf_text(project / "build/report.pdf")
                assert (fresh / "build/report.pdf").read_bytes() == (project / "build/report.pdf").read_bytes()
    assert compared == COMPARED
    print(f"{edits} edits, {len(memory)} builds; memory in kB: {memory[:: max(1, len(memory) // 20)]}")
    assert memory[-1] < min(memory[: max(1, len(memory) // 4)]) + 40_000


def test_the_edited_fiche_is_previewed_with_its_real_numbers(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "previewed")
    fiche = project / "sources/fiches/tie2025posttraining.yaml"
    with watching(project) as watch:
        time.sleep(4)
        fiche.write_text(fiche.read_text("utf-8").replace("Coût élevé", "Coût très élevé"), "utf-8")
        watch.wait("save to preview of tie2025posttraining", 1)
        text = pdf_text(project / "build/preview/tie2025posttraining.pdf")
        assert "Coût très élevé" in text and "3.3 A Survey on Post-training" in text and "??" not in text
        watch.wait("save to PDF", 2)
    whole = pdf_text(project / "build/report.pdf")
    page = re.search(r"3\.3\.1 Citation complète.*?3\.3\.2", whole, re.DOTALL)
    assert page is not None and page[0][:200] in text


def test_a_change_of_a_template_is_taken_up(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "template")
    template = project / "templates/fiche.tex"
    with watching(project) as watch:
        template.write_text(template.read_text("utf-8").replace("\\synopseat", "MOTNOUVEAU\\synopseat"), "utf-8")
        watch.wait("save to PDF", 2)
        assert pdf_text(project / "build/report.pdf").count("MOTNOUVEAU") == 5
