"""Mutated sources: never an exception, never a problem without a place.

`SYNOPSE_MUTATIONS=10000 pytest tests/diagnostics/test_mutations.py` runs the whole; a run of the suite does fewer.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.diagnostics import Rejected, has_errors
from synopse.diagnostics.printer import as_text, source_lines
from synopse.project.project import Memory
from synopse.render.latex.linemap import without_marks
from tests.conftest import ROOT, copy_project
from tests.render.pieces import fiche_text, part_text

COUNT = int(os.environ.get("SYNOPSE_MUTATIONS", "400"))
PIECES = ["*", "&a", "!t", "[", "]", "{", "}", ": ", " : ", "- ", "\t", "#", "'", '"', "|", ">", "%", "@", "`", "\\", "$", "$x$",
          "{{", "}}", "[@x]", "@x", "\n", "\n\n", "---", "...", "~", "null", "\x00", "\u202e", "é", "漢", "\ud7ff", "<<: *a",
          "\\input{x}", "^^5c", "\\end{document}", "![a](b)", "[^1]", "| a |\n|---|", "```", "a" * 3000]  # fmt: skip
FILES = ["sources/report.yaml", "sources/form.yaml", "sources/vocabulary.yaml", "bib/papers.bib",
         *(f"sources/fiches/{p.name}" for p in sorted((ROOT / "sources/fiches").glob("*.yaml")))]  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three small accidents: a piece put in, taken out, doubled, moved; a byte changed."""
    for _ in range(chance.randint(1, 3)):
        at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        end = min(end, at + chance.choice([1, 2, 8, 60]))
        kind = chance.randrange(6)
        if kind <= 1:
            data = data[:at] + chance.choice(PIECES).encode("utf-8", "surrogatepass") + data[at:]
        elif kind == 2:
            data = data[:at] + data[end:]
        elif kind == 3:
            data = data[:end] + data[at:end] + data[end:]
        elif kind == 4:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        else:
            lines = data.split(b"\n")
            first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            data = b"\n".join(lines)
    return data


def everything(root: Path, memory: Memory) -> None:
    """Reads, checks and renders a project; every problem has a place that is there."""
    session = Session(root, memory)
    found = list(session.problems)
    if not session.project.broken:
        try:
            if not has_errors(found):
                for paper in session.project.corpus.papers:
                    without_marks(fiche_text(session, paper))
                for number in range(1, len(session.project.corpus.report.synthesis) + 1):
                    wrong = session.part(number)[2]
                    found += wrong
                    if not has_errors(wrong):
                        without_marks(part_text(session, number)[0])
        except Rejected as rejected:
            found += rejected.diagnostics
    for diagnostic in found:
        assert diagnostic.span.file.startswith(("sources", "bib", "templates")), diagnostic
        assert diagnostic.span.line >= 1 and diagnostic.span.column >= 1
    as_text(found, source_lines(root))


@pytest.mark.slow
def test_no_mutation_of_a_source_ever_ends_in_an_exception(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    chance = random.Random(2026)
    memory = Memory()
    for number in range(COUNT):
        name = chance.choice(FILES)
        sound = (ROOT / name).read_bytes()
        broken = mutated(sound, chance)
        (root / name).write_bytes(broken)
        begun = time.monotonic()
        try:
            everything(root, memory)
        except Exception as error:
            raise AssertionError(f"mutation {number} of {name}: {broken!r}") from error
        assert time.monotonic() - begun < 20, f"mutation {number} of {name} hangs"
        (root / name).write_bytes(sound)
        if number % 50 == 0:
            memory = Memory()
