"""Writes the golden files anew: `python -m tests.synthesis.accept`; then read the difference before you commit it."""

import tempfile
from pathlib import Path

from synopse.synthesis.table import Heading
from tests.synthesis.corpus import grid, small

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        session = small(Path(folder))
        for part in session.synthesis[0]:
            if not isinstance(part, Heading):
                (Path(__file__).parent / "golden" / f"{part.id}.txt").write_text(grid(part, session), "utf-8")
