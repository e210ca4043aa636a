"""A format is added by one file: its writer is given every piece of the report, and its files are made with the others."""

from __future__ import annotations

from pathlib import Path

import pytest

import synopse.render.writers as package
from synopse.build.run import Run
from synopse.render.writers import writers
from tests.synthesis.corpus import FICHES, small

OUTSIDE = '''"""Plain words: a file a piece."""

from __future__ import annotations

from synopse.markup.text import plain
from synopse.render.view import FicheView, FrameView, PartView
from synopse.render.writer import Setting, Writer


class Words:
    def __init__(self, setting: Setting) -> None:
        self.words = setting.words

    def fiche(self, view: FicheView) -> dict[str, str]:
        said = [plain(view.title), *(f"{line.label}: {plain(line.text)}" for line in view.whole_card)]
        said += [section.title + (" -" if section.empty else "") for section in view.sections]
        return {f"words/{view.name}.txt": "\\n".join(said)}

    def no_fiche(self, name: str) -> dict[str, str]:
        return {}

    def part(self, view: PartView) -> dict[str, str]:
        return {f"words/{view.id}.txt": view.part.title}

    def frame(self, view: FrameView) -> dict[str, str]:
        return {"words/report.txt": plain(view.title) + "\\n" + "\\n".join(plain(paper.line) for paper in view.papers)}


WRITER = Writer("words", Words)
'''


def test_a_writer_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "words.py").write_text(OUTSIDE, "utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    writers.cache_clear()
    try:
        assert {"latex", "words"} <= set(writers())
        root = tmp_path / "review"
        small(root)
        run = Run(root)
        assert run.references() and run.synthesis()
        for fiche in run.session.project.fiches.values():
            assert run.fiche(fiche.file)
        assert run.document()
        made = {path.stem: path.read_text("utf-8") for path in (root / "build/words").iterdir()}
        parts = [run.session.part_name(number) for number in range(1, len(run.session.synthesis[0]) + 1)]
        assert {*FICHES, *parts, "report"} == set(made)
        assert "\nFiche: complète\n" in made["alpha2023"]
        assert made["report"].startswith("Essai") and len(made["report"].splitlines()) == 1 + len(FICHES)
    finally:
        writers.cache_clear()
