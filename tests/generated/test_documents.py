"""No text breaks LaTeX wherever it stands, and what is printed is what was typed: documents made by chance, set and read.

    SYNOPSE_DOCUMENTS=2000 python -m pytest tests/generated

tries two thousand, forty in a report; without the variable none is tried. `SYNOPSE_SEED` is the first seed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import doit
from tests.generated.documents import Document, Project, as_yaml, make
from tests.generated.reading import lost, pdf_words

DOCUMENTS = int(os.environ.get("SYNOPSE_DOCUMENTS", "0"))
SEED = int(os.environ.get("SYNOPSE_SEED", "1"))
IN_A_REPORT = 40


def shares() -> list[tuple[int, int]]:
    """The seed of each report, and how many documents it holds."""
    sizes = [IN_A_REPORT] * (DOCUMENTS // IN_A_REPORT) + ([DOCUMENTS % IN_A_REPORT] if DOCUMENTS % IN_A_REPORT else [])
    return [(SEED + place, size) for place, size in enumerate(sizes)]


def builds(project: Project, folder: Path, documents: list[Document]) -> bool:
    """Whether the report with these documents alone is built."""
    project.write(folder, documents)
    return doit(folder, timeout=1800).returncode == 0


def guilty(project: Project, folder: Path) -> list[Document]:
    """A few documents with which the report is not built, found by leaving half of them out, again and again."""
    kept, size = list(project.documents), 2
    while len(kept) > 1:
        step = -(-len(kept) // size)
        halves = [kept[at : at + step] for at in range(0, len(kept), step)]
        failing = next((half for half in halves if not builds(project, folder, half)), None)
        if failing is None:
            break
        kept = failing
    return kept


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "size"), shares())
def test_every_generated_document_is_set_and_every_text_is_read_as_it_was_typed(
    seed: int, size: int, tmp_path: Path
) -> None:
    project = make(seed, size)
    done = doit(project.write(tmp_path / "report"), timeout=3600)
    if done.returncode:
        shown = "\n".join(
            f"# {each.file or each.kind}\n{as_yaml(each.data)}" for each in guilty(project, tmp_path / "report")
        )
        pytest.fail(f"seed {seed} is not built:\n{done.stdout[-3000:]}\n{shown}")
    found = lost(project.atoms, pdf_words(tmp_path / "report/build/report.pdf"))
    assert [str(each) for each in found] == []
