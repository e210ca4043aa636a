"""`doit consensus KEY`: the readings of a paper in; its fiche with what is unanimous, and questions where readers differ, out."""

from __future__ import annotations

from collections.abc import Mapping as Mappings
from pathlib import Path

from synopse.build.run import Run, doit_action
from synopse.commands.reading import must_see_all, readable
from synopse.commands.skeleton import fiche_file
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.diagnostics.console import say
from synopse.diagnostics.model import did_you_mean
from synopse.export.consensus import Read, Settled, settled, with_marks, written
from synopse.ground.files import write_whole
from synopse.model.fiche import Fiche
from synopse.project.examine import read_one
from synopse.project.project import Project
from synopse.read import decode, read_yaml
from synopse.read.tree import Mapping


@doit_action
def consensus(run: Run, keys: list[str] | None = None) -> list[Diagnostic]:
    """Settles each paper that is named; where none is, says which have readings that differ from their fiche."""
    must_see_all()
    project = readable(run.session)
    if not keys:
        for key in project.readings:
            say(f"  doit consensus {key}")
        if not project.readings:
            raise Rejected(
                [
                    problem(
                        "missing-source",
                        "no paper has a reading: they stand in sources/readings/READER/KEY.yaml",
                        Span(""),
                    )
                ]
            )
        return []
    found: list[Diagnostic] = []
    for key in keys:
        found += _settle(run.root, project, key)
    return found


def _settle(root: Path, project: Project, key: str) -> list[Diagnostic]:
    assert project.form is not None
    if key not in project.readings:
        hint = did_you_mean(key, project.readings)
        raise Rejected([problem("unknown-reading", f'"{key}" has no reading', Span("sources/readings"), hint)])
    wrong = [
        each
        for each in project.unread_readings
        if each.span.file in {fiche.file for fiche in project.readings[key].values()}
    ]
    if wrong:
        raise Rejected(wrong)
    readings = {name: Read(fiche, _tree(root, fiche.file)) for name, fiche in project.readings[key].items()}
    fiche = project.fiches.get(key)
    file = fiche.file if fiche else fiche_file(key)
    text = decode((root / file).read_bytes(), file)[0] if fiche else ""
    tree = _tree(root, file) if fiche else None
    made = settled(fiche, readings, project.form.fields, project.vocabulary)
    whole = not made.asked and all(read.fiche.status == "complete" for read in readings.values())
    for status in ("complete", "partial") if whole else ("partial",):
        fresh = written(key, text, tree, fiche, made, status)
        read, wrong = _read(project, fresh, file)
        if read is not None and not has_errors(wrong):
            break
    if read is None or has_errors(wrong):
        raise Rejected(wrong)
    fresh = with_marks(fresh, read, made, readings)
    again, wrong = _read(project, fresh, file)
    if again is None or has_errors(wrong) or _lost(fiche, again, made):
        raise Rejected(
            [
                *wrong,
                problem(
                    "consensus-unsafe",
                    f"{file} cannot be written so that what you wrote stays as it is",
                    Span(file),
                    "write it in block style, a key a line",
                ),
            ]
        )
    write_whole(root / file, fresh)
    _tell(key, file, made, readings)
    return []


def _read(project: Project, text: str, file: str) -> tuple[Fiche | None, list[Diagnostic]]:
    assert project.form is not None
    return read_one(text.encode("utf-8"), file, project.form, [], project.texts.lang)


def _tree(root: Path, file: str) -> Mapping:
    tree, _ = read_yaml(decode((root / file).read_bytes(), file)[0], file)
    assert isinstance(tree, Mapping)
    return tree


def _lost(before: Fiche | None, after: Fiche, made: Settled) -> bool:
    """Whether anything that a person wrote would be another thing afterwards."""
    from synopse.synthesis.readings import digest_of

    if before is None:
        return False
    ours = before.consensus.unanimous if before.consensus else {}
    names = [name for name in before.values if name not in ours or name in made.decided]
    return any(digest_of(before, name) != digest_of(after, name) for name in names) or (
        before.same != after.same
        and [[each.text for each in group] for group in before.same]
        != [[each.text for each in group] for group in after.same]
    )


def _tell(key: str, file: str, made: Settled, readings: Mappings[str, Read]) -> None:
    say(f"{key}: {len(readings)} reading{'s' if len(readings) > 1 else ''}; {file}")
    for name, words in (("unanimous", made.agreed), ("decided by you", made.decided), ("to decide", made.asked)):
        if words:
            say(f"  {name}: {', '.join(words)}")
