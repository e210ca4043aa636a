"""The synthesis at the edge: a session in; the files of each part whose ingredients have changed, and the exports, out.

A part has its LaTeX and line map (`build/tex/synthesis`), its table as CSV (`build/tables`), and, where it is a
picture, the picture's shapes (`build/tex/figures`). `build/synthesis.json` keeps what each was made from.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.build.plan import heading_context, make_plan, part_digests
from synopse.diagnostics import Diagnostic, has_errors
from synopse.ground.files import text_of, write_whole

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.synthesis.table import Part

RECORD = "build/synthesis.json"


@dataclass(frozen=True, slots=True)
class Written:
    """A part that was written: the digest of what it was made from, and which files it has."""

    id: str
    digest: str
    table: bool = False
    picture: bool = False
    landscape: bool = False

    def files(self, root: Path) -> list[Path]:
        """The files of the part."""
        build = root / "build"
        found = [build / "tex" / "synthesis" / f"{self.id}.tex", build / "lines" / "synthesis" / f"{self.id}.tex.json"]
        found += [build / "tables" / f"{self.id}.csv"] if self.table else []
        return found + ([build / "tex" / "figures" / f"{self.id}.tex"] if self.picture else [])


def read_record(root: Path) -> dict[str, Written]:
    """The parts that were written last, by id; none where that is not known."""
    try:
        rows: Any = json.loads((root / RECORD).read_text("utf-8"))
        return {row["id"]: Written(**row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def write_parts(session: Session) -> list[Diagnostic]:
    """Writes the parts that are new or changed and the chapter that holds them; removes those that are gone."""
    from synopse.build.pages import write_latex

    before, wanted = read_record(session.root), part_digests(session)
    record: list[Written] = []
    found: list[Diagnostic] = []
    fresh = {name: each for name, each in before.items() if _is_fresh(each, wanted.get(name), session.root)}
    if len(fresh) < len(before):  # what is written again is in no record meanwhile, whenever the program is ended
        _note(session.root, list(fresh.values()))
    for number, (name, digest) in enumerate(wanted.items(), 1):
        if name not in fresh:
            found += session.part(number)[2]
        if not has_errors(found):
            record.append(fresh.get(name) or _write(session, number, digest))
    if has_errors(found):
        return found
    write_latex(session, "synthesis.tex", session.document.synthesis(list(wanted)))
    write_whole(session.build / "landscape", "yes" if any(each.landscape for each in record) else "no")
    _remove_others(session.root, record)
    _note(session.root, record)
    return found


def _is_fresh(written: Written, digest: str | None, root: Path) -> bool:
    return written.digest == digest and all(path.exists() for path in written.files(root))


def _note(root: Path, record: list[Written]) -> None:
    write_whole(root / RECORD, json.dumps([asdict(each) for each in record], indent=1) + "\n")


def _write(session: Session, number: int, digest: str) -> Written:
    from synopse.build.pages import write_latex
    from synopse.export.csv import write_csv
    from synopse.render.latex.linemap import without_marks
    from synopse.render.pictures import draw
    from synopse.synthesis.table import Figure

    part, prose, _ = session.part(number)
    words = session.project.words
    nested, first = heading_context(session.project.corpus.report, number)
    text, landscape = session.document.part(part, prose, nested=nested, first=first)
    write_latex(session, f"synthesis/{part.id}.tex", text)
    table = _table_of(part)
    if table is not None:
        write_whole(session.build / "tables" / f"{part.id}.csv", write_csv(table, words, session.project.corpus.cited))
    picture = isinstance(part, Figure) and bool(part.table.rows)
    if isinstance(part, Figure) and picture:
        shapes = without_marks(session.document.picture(draw(part, words)))[0]
        write_whole(session.tex / "figures" / f"{part.id}.tex", shapes)
    return Written(part.id, digest, table is not None, picture, landscape)


def _table_of(part: Part) -> Any:
    from synopse.export.values import tables_of

    return next(iter(tables_of([part])), None)


def _remove_others(root: Path, record: list[Written]) -> None:
    """Removes the files of parts that are no longer asked for."""
    kept = {path for each in record for path in each.files(root)}
    folders = ("tex/synthesis/*.tex", "lines/synthesis/*.json", "tables/*.csv", "tex/figures/*.tex")
    for path in (path for pattern in folders for path in (root / "build").glob(pattern)):
        if path not in kept:
            path.unlink()


def all_there(root: Path) -> bool:
    """Whether every file of the synthesis that was written last is still there."""
    record = read_record(root)
    return all(path.exists() for each in record.values() for path in each.files(root))


EXPORTED = "build/exports.made"
"""Holds the digest of what the workbook and the provenance were made from."""


def exports_there(root: Path, digest: str) -> bool:
    """Whether the workbook and the provenance are those of `digest`."""
    there = all((root / "build" / name).exists() for name in ("tables.xlsx", "provenance.json"))
    return there and text_of(root / EXPORTED) == digest


def write_exports(session: Session, stale: Callable[[], bool] | None = None) -> list[Diagnostic]:
    """Writes the workbook and the provenance, unless they are there. Left where they were once `stale` turns true."""
    from synopse.export.provenance import write_provenance
    from synopse.export.values import tables_of
    from synopse.export.xlsx import write_xlsx

    wanted = make_plan(session)["exports"]
    if exports_there(session.root, wanted):
        return []
    parts: list[Part] = []
    for number in range(1, len(session.project.corpus.report.synthesis) + 1):
        if stale is not None and stale():
            return []
        parts.append(session.part(number)[0])
    words, cited = session.project.words, session.project.corpus.cited
    (session.root / EXPORTED).unlink(missing_ok=True)
    provenance = write_provenance(parts, session.project.retained, words, cited)
    write_whole(session.build / "provenance.json", provenance)
    if stale is not None and stale():
        return []
    write_whole(session.build / "tables.xlsx", write_xlsx(tables_of(parts), words, cited))
    write_whole(session.root / EXPORTED, wanted)
    return []
