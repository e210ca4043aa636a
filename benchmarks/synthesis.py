"""All syntheses of 500 fiches, from what was read to tables as data.

python benchmarks/synthesis.py [fiches]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.generate import generate


def main() -> None:
    """Prints the seconds of the reading and of the synthesis."""
    from synopse.build.session import Session

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        session = Session(generate(Path(folder), count))
        begun = time.perf_counter()
        corpus = session.checked_project().corpus
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        parts = session.synthesis[0]
        made = time.perf_counter() - begun
    print(f"{len(corpus.papers)} fiches read and checked in {read:.2f} s (nothing cached)")
    print(f"{len(parts)} parts of the synthesis made in {made:.2f} s (at most 2)")


if __name__ == "__main__":
    main()
