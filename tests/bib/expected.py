"""What a .bib of the library is read as: its references as the clean .bib, then what is told of it."""

from __future__ import annotations

from pathlib import Path

from synopse.bib.library import read_library
from synopse.bib.twins import tell_twin
from synopse.bib.write import write_bib
from synopse.diagnostics.printer import in_order

LIBRARY = Path(__file__).parent / "library"


def as_read(path: Path) -> str:
    """The text of `NAME.expected`: read by a person before it was accepted."""
    library, found = read_library({path.name: path.read_bytes()})
    found += [tell_twin(twin, library.references, library.canonical(twin.first)) for twin in library.twins]
    told = [f"% {d.span.line}: {d.severity}[{d.code}]: {d.message}" for d in in_order(found)]
    same = [f"% {key} is cited as {other}" for key, other in library.same.items()]
    return write_bib(library.references.values()) + "\n".join(["", *told, *same, f"% {library.count} entries", ""])


if __name__ == "__main__":
    for bib in sorted(LIBRARY.glob("*.bib")):
        bib.with_suffix(".expected").write_text(as_read(bib), "utf-8")
