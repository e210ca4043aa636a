"""Writes the golden files anew: `python -m tests.synthesis.accept`; then read the difference before you commit it."""

import tempfile
from pathlib import Path

from synopse.synthesis.table import Heading
from tests.synthesis.corpus import grid, small
from tests.synthesis.measured import review

GOLDEN = Path(__file__).parent / "golden"

if __name__ == "__main__":
    for corpus, target in ((small, GOLDEN), (review, GOLDEN / "measured")):
        with tempfile.TemporaryDirectory() as folder:
            session = corpus(Path(folder))
            for part in session.synthesis[0]:
                if not isinstance(part, Heading):
                    (target / f"{part.id}.txt").write_text(grid(part, session), "utf-8")
