"""A part of the synthesis is kept only as long as its files would come out the same, and is not made again for nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from synopse.build.facts import part_digests
from synopse.build.session import Session
from synopse.export.csv import write_csv
from synopse.export.values import tables_of
from synopse.project.project import Memory
from synopse.render.latex.linemap import without_marks
from synopse.render.pictures import draw
from synopse.synthesis.table import Figure
from tests.render.pieces import part_text
from tests.synthesis.corpus import BIB, FICHES, FORM, SYNTHESIS, VOCABULARY, small

EDITS = {
    "alpha2023": [
        ("Peu coûteuse.", "Peu chère vraiment."),
        ("theme: cout}", "theme: [cout, biais]}"),
        ("status: complete", "status: partial"),
        ("[SFT, ", "[CoT, "),
        (", text: Retour humain.", ""),
        ("  - Bien écrite.\n", "  - Bien écrite.\n  - Et courte.\n"),
        ("page: 4", "page: 5"),
        ("effectif: 120", "effectif: 121"),
        ("plan: essai", "plan: cohorte"),
        ("mars 2023", "avril 2023"),
        ("question: ", "question:  "),
        ("\nforces:", "\n# ce que je crois\nforces:"),
    ],
    "beta2024": [
        ("Qui contrôle ?", "Qui donc contrôle ?"),
        ("[fine-tuning, CoT]", "[CoT]"),
        ("effectif: 80\n", ""),
        ("theme: biais}", "theme: humain}"),
    ],
    "gamma2024": [("gain: -12", "gain: -13"), ("[Précision, Coût]", "[Précision]"), ("status: todo", "status: partial")],
    "bib": [("La troisième", "La troisième étude"), ("Alpha, Ann", "Alphonse, Ann"), ("2024-11", "2023-11"), ("\n@misc", "\n\n@misc")],
    "vocabulary": [("- {name: SFT, aliases: [fine-tuning]}\n    - RLHF", "- RLHF\n    - {name: SFT, aliases: [fine-tuning]}"),
                   ("title: Biais", "title: Les biais")],
    "form": [("title: Forces", "title: Points forts"), ("unit: patients", "unit: sujets")],
    "synthesis": [
        ("kind: coverage,", "kind: coverage, order: date,"),
        ("title: Barres", "title: Barres, where: {plan: cohorte}"),
        ("title: Avis}", 'title: Avis, text: "{{ theme(\'cout\').count }} sur {{ papers.count }}"}'),
        ("title: Mesures}", "title: Mesures, note: Ici.}"),
        ("least: 2", "least: 3"),
    ],
}  # fmt: skip
EVERY = [(where, number) for where, edits in EDITS.items() for number in range(len(edits))]


def state(root: Path, made: set[tuple[str, int]], memory: Memory) -> Session:
    """The corpus with some of the edits made."""
    texts = {**FICHES, "bib": BIB, "vocabulary": VOCABULARY, "form": FORM, "synthesis": SYNTHESIS}
    for where, number in sorted(made):
        before, after = EDITS[where][number]
        texts[where] = texts[where].replace(before, after, 1)
    fiches = {key: texts.pop(key) for key in FICHES}
    small(root, fiches, **texts)
    return Session(root, memory)


def files(session: Session, number: int) -> tuple[str, ...]:
    """What the files of a part hold."""
    part, _, found = session.part(number)
    assert found == []
    text, landscape = part_text(session, number)
    clean, places = without_marks(text)
    tables = [write_csv(table, session.project.words) for table in tables_of([part])]
    shapes = ""
    if isinstance(part, Figure) and part.table.rows:
        shapes = "".join(map(session.document.picture, draw(part, session.project.words)))
    return (clean, places.to_json(), str(landscape), *tables, without_marks(shapes)[0])


@pytest.mark.slow
def test_a_part_whose_ingredients_stay_would_be_written_the_same(tmp_path: Path) -> None:
    chance, memory = random.Random(7), Memory()
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    made: set[tuple[str, int]] = set()
    kept = compared = 0
    before: dict[str, str] = {}
    for _ in range(120):
        made ^= {chance.choice(EVERY)}
        session = state(tmp_path, made, memory)
        assert not session.project.broken, session.project.diagnostics
        digests = part_digests(session)
        for number, (name, digest) in enumerate(digests.items(), 1):
            kept += before.get(name) == digest
            if (name, digest) in known:
                compared += 1
            written = files(session, number)
            assert known.setdefault((name, digest), written) == written, (name, sorted(made))
        before = digests
    assert compared > 300
    assert kept > 120 * len(before) / 3


def test_a_word_in_a_remark_leaves_the_parts_that_count_alone(tmp_path: Path) -> None:
    before = part_digests(state(tmp_path, set(), Memory()))
    after = part_digests(state(tmp_path, {("alpha2023", 0)}, Memory()))
    assert {name for name in before if before[name] != after[name]} == {
        "compare-forces-limites",
        "agreement-forces",
        "disagreements",
    }
