"""What a run of tests with `--cov` has noted in, a table of the program's rooms out: how many lines of each the tests ran.

python -m pytest -m "not slow" --cov --cov-report= && python -m tools.coverage_of_rooms
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from coverage import Coverage

PROGRAM = Path(__file__).resolve().parent.parent / "synopse"


def counted() -> Iterable[tuple[str, int, int]]:
    """For each module: its room, its lines that do something, and how many of them were run."""
    noted = Coverage()
    noted.load()
    for path in sorted(PROGRAM.rglob("*.py")):
        _, lines, _, missed, _ = noted.analysis2(str(path))
        folder = path.parent.relative_to(PROGRAM).as_posix()
        yield "synopse" if folder == "." else folder, len(lines), len(lines) - len(missed)


def table(modules: Iterable[tuple[str, int, int]]) -> str:
    """The table, a room a line, and all of them together."""
    lines: Counter[str] = Counter()
    run: Counter[str] = Counter()
    for room, some, of_them in modules:
        for name in (room, "all rooms"):
            lines[name] += some
            run[name] += of_them
    rooms = [*sorted(room for room in lines if room != "all rooms"), "all rooms"]
    rows = [f"{room:<24}{lines[room]:>7}{100 * run[room] / max(lines[room], 1):>9.0f} %" for room in rooms]
    return "\n".join([f"{'room':<24}{'lines':>7}{'run':>11}", *rows])


if __name__ == "__main__":
    print(table(counted()))
