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

pytestmark = pytest.mark.slow
EDITS = int(os.environ.get("SYNOPSE_EDITS", "6"))
COMPARED = 3


class Watching:
    """A watch at work, and what it has said."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.log = project / "watch.log"
        with self.log.open("w") as stream:
            command = [sys.executable, "-m", "doit", "watch"]
            self.process = subprocess.Popen(command, cwd=project, stdout=stream, stderr=subprocess.STDOUT)

    def said(self, pattern: str) -> int:
        return len(re.findall(pattern, self.log.read_text("utf-8", "replace")))

    def wait(self, pattern: str, count: int, limit: float = 60) -> None:
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
        left = subprocess.run(["pgrep", "-f", str(project)], capture_output=True, text=True, check=False).stdout
        assert left == ""


def edited(text: str, chance: random.Random) -> str:
    """A fiche with a word more, a word less or a remark more."""
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if re.search(r'text: ".{20,}"', line)]
    place = chance.choice(places)
    words = re.search(r'(.*text: ")(.*)(")', lines[place])
    assert words is not None
    body = words[2].split(" ")
    if chance.random() < 0.4 and len(body) > 6:
        del body[chance.randrange(1, len(body) - 1)]
    else:
        body.insert(chance.randrange(1, len(body)), chance.choice(["vraiment", "toujours", "quelquefois", "« ici »"]))
    lines[place] = words[1] + " ".join(body) + words[3]
    return "\n".join(lines)


def test_edits_mistakes_and_mendings_end_in_the_pdf_of_a_cold_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "watched")
    chance = random.Random(11)
    fiches = [
        project / f"sources/fiches/{name}.yaml" for name in ("tie2025posttraining", "park2025seeing", "hadi2023llms")
    ]
    with watching(project) as watch:
        builds, start = 1, 0
        for number in range(EDITS):
            fiche = chance.choice(fiches)
            sound = edited(fiche.read_text("utf-8"), chance)
            if number % 3 == 1:
                before = (project / "build/report.pdf").read_bytes()
                broken = watch.said("the last good PDF stays up")
                fiche.write_text(sound.replace("status:", "statut:"), "utf-8")
                watch.wait("the last good PDF stays up", broken + 1)
                assert (project / "build/report.pdf").read_bytes() == before
            if number % 3 == 2:  # a burst of saves becomes one build, the last of them
                for _ in range(4):
                    fiche.write_text(sound + "\n", "utf-8")
            fiche.write_text(sound, "utf-8")
            builds += 1
            watch.wait("save to PDF", builds)
            time.sleep(0.3)
            builds = watch.said("save to PDF")
            start = start or watch.memory()
            if number % max(1, EDITS // COMPARED) == 0:
                fresh = copy_project(tmp_path / f"cold{number}")
                for path in (project / "sources").rglob("*.yaml"):
                    (fresh / path.relative_to(project)).write_bytes(path.read_bytes())
                assert doit(fresh).returncode == 0
                assert pdf_text(fresh / "build/report.pdf") == pdf_text(project / "build/report.pdf")
                assert (fresh / "build/report.pdf").read_bytes() == (project / "build/report.pdf").read_bytes()
        assert watch.memory() < start * 1.5 + 20_000


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
        template.write_text(template.read_text("utf-8").replace("\\clearpage", "MOTNOUVEAU\\clearpage"), "utf-8")
        watch.wait("save to PDF", 2)
        assert pdf_text(project / "build/report.pdf").count("MOTNOUVEAU") == 5
