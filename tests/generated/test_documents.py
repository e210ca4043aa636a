"""No text breaks LaTeX wherever it stands, and what is printed is what was typed: documents made by chance, set and read.

    SYNOPSE_DOCUMENTS=2000 python -m pytest tests/generated

tries two thousand, forty in a report; without the variable some dozens are tried. `SYNOPSE_SEED` is the first seed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import doit
from tests.generated.documents import Document, Project, as_yaml, make
from tests.generated.reading import Lost, bookmarks, lost, pdf_words, running_heads, said_of_itself, spreadsheets

DOCUMENTS = int(os.environ.get("SYNOPSE_DOCUMENTS", "30"))
SEED = int(os.environ.get("SYNOPSE_SEED", "1"))
IN_A_REPORT = 40
BOOKMARKED, ITS_OWN = ("title of a chapter", "title of a group"), ("title of the report", "author")


def shares() -> list[tuple[int, int]]:
    """The seed of each report, and how many documents it holds."""
    sizes = [IN_A_REPORT] * (DOCUMENTS // IN_A_REPORT) + ([DOCUMENTS % IN_A_REPORT] if DOCUMENTS % IN_A_REPORT else [])
    return [(SEED + place, size) for place, size in enumerate(sizes)]


def builds(project: Project, folder: Path, documents: list[Document]) -> bool:
    """Whether the report with these documents alone is built."""
    project.write(folder, documents)
    return doit(folder, timeout=3600).returncode == 0


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
    seed: int, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYNOPSE_TIME_LIMIT", "1500")  # a busy machine is no fault of a document
    project = make(seed, size)
    done = doit(project.write(tmp_path / "report"), timeout=3600)
    if done.returncode:
        shown = "\n".join(
            f"# {each.file or each.kind}\n{as_yaml(each.data)}" for each in guilty(project, tmp_path / "report")
        )
        pytest.fail(f"seed {seed} is not built:\n{done.stdout[-3000:]}\n{shown}")
    assert [f"{place}: {each}" for place, found in all_lost(project, tmp_path / "report/build") for each in found] == []


def all_lost(project: Project, build: Path) -> Iterator[tuple[str, list[Lost]]]:
    """What is lost or changed in each place where a text is printed again."""
    pdf, atoms = build / "report.pdf", project.atoms
    yield "pages", lost(atoms, pdf_words(pdf))
    yield "heads", lost(atoms, running_heads(pdf), lambda atom: False)
    yield "bookmarks", lost(atoms, bookmarks(pdf), lambda atom: atom.where in BOOKMARKED, plain=True)
    yield "its own", lost(atoms, said_of_itself(pdf), lambda atom: atom.where in ITS_OWN, plain=True)
    for name, cells in zip(("csv", "workbook"), spreadsheets(build), strict=True):
        yield name, lost(atoms, ["\n".join(cells)], lambda atom: False, plain=True)
