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
from synopse.export.consensus import Current, Read, Settled, settled, with_marks, written, written_in
from synopse.ground.files import NOTES, READINGS, fiches_in, sources_in, write_whole
from synopse.model.fiche import Fiche
from synopse.project.examine import read_one
from synopse.project.project import Project
from synopse.read import decode, read_yaml
from synopse.read.tree import Mapping
from synopse.synthesis.readings import digest_of

BOM = b"\xef\xbb\xbf"


@doit_action
def consensus(run: Run, keys: list[str] | None = None) -> list[Diagnostic]:
    """Settles each paper that is named; where none is, says which have readings."""
    must_see_all()
    project = readable(run.session)
    if not keys:
        for key in project.readings:
            say(f"  doit consensus {key}")
        if not project.readings:
            message = f"no paper has a reading: they stand in {READINGS}/READER/KEY.yaml"
            raise Rejected([problem("missing-source", message, Span(READINGS))])
        return []
    for key in keys:
        _settle(run.root, project, key)
    return []


def _settle(root: Path, project: Project, key: str) -> None:
    assert project.form is not None
    _must_be_readable(root, project, key)
    own = {name: fiche for name, fiche in project.readings.get(key, {}).items() if fiche.status != "todo"}
    if not own:
        known = [each for each in project.readings if each != key]
        message = f'"{key}" has no reading that was begun'
        raise Rejected([problem("wrong-choice", message, Span(READINGS), did_you_mean(key, known))])
    readings = {name: Read(fiche, _tree(root, fiche.file)) for name, fiche in own.items()}
    fiche = project.fiches.get(key)
    file = fiche.file if fiche else fiche_file(key)
    data = (root / file).read_bytes() if fiche else b""
    current = Current(_text(data, file), _tree(root, file), fiche) if fiche else Current()
    if current.tree is not None and (
        current.tree.flow or any(name.span.column != 1 for name, _ in current.tree.entries)
    ):
        raise Rejected([_unsafe(file, 1, "it is not written a key a line, each at the beginning of its line")])
    inside = written_in(current)
    if inside:
        line = next((each.span.line for each in (fiche.decide if fiche else ()) if each.field == inside), 1)
        raise Rejected([_unsafe(file, line, f'something is written under decide: ("{inside}") that would be lost')])
    made = settled(current, readings, project.form.fields, project.vocabulary)
    fresh, after = _written(project, current, key, made, readings, file)
    if _lost(fiche, after, made):
        raise Rejected([_unsafe(file, 1, "what you wrote would not stay as it is")])
    whole = with_marks(fresh, after, made, readings)
    again, wrong = _read(project, whole, file)
    if again is None or has_errors(wrong):
        raise Rejected(wrong)
    lines = whole.replace("\n", "\r\n") if b"\r\n" in data else whole
    write_whole(root / file, (BOM if data.startswith(BOM) else b"") + lines.encode("utf-8"))
    _tell(key, file, made, readings)


def _written(
    project: Project, current: Current, key: str, made: Settled, readings: Mappings[str, Read], file: str
) -> tuple[str, Fiche]:
    """The text, and what it says. The status is the program's where the fiche is of its making, or not yet begun."""
    fiche = current.fiche
    done = not made.asked and all(read.fiche.status == "complete" for read in readings.values())
    ours = fiche is None or fiche.status == "todo" or fiche.consensus is not None
    ways = [*(["complete"] if done else []), "partial"] if ours else ["", "partial"]
    for status in ways:
        fresh = written(current, key, made, status)
        read, wrong = _read(project, fresh, file)
        if read is not None and not has_errors(wrong):
            return fresh, read
    raise Rejected(wrong)


def _unsafe(file: str, line: int, why: str) -> Diagnostic:
    hint = "write the field itself, and take it from decide:" if "decide:" in why else "write it so, and run it again"
    return problem("consensus-unsafe", f"{file} is left as it is: {why}", Span(file, line), hint)


def _must_be_readable(root: Path, project: Project, key: str) -> None:
    """Raises `Rejected` where a reading of the paper, or its fiche, has mistakes that keep it from being read whole."""
    from synopse.commands.tasks import key_of

    files = {
        path.relative_to(root).as_posix()
        for path in (*sources_in(root / READINGS, *NOTES, below=True), *fiches_in(root))
        if path.is_file() and key_of(path) == key
    }
    files |= {fiche.file for fiche in project.readings.get(key, {}).values()}
    wrong = [each for each in (*project.unread_readings, *project.diagnostics) if each.span.file in files]
    wrong = [each for each in wrong if each.severity == "error"]
    if wrong:
        raise Rejected(list(dict.fromkeys(wrong)))


def _read(project: Project, text: str, file: str) -> tuple[Fiche | None, list[Diagnostic]]:
    assert project.form is not None
    return read_one(text.encode("utf-8"), file, project.form, [], project.texts.lang)


def _text(data: bytes, file: str) -> str:
    return decode(data, file)[0].replace("\r\n", "\n")


def _tree(root: Path, file: str) -> Mapping:
    tree, _ = read_yaml(_text((root / file).read_bytes(), file), file)
    assert isinstance(tree, Mapping)
    return tree


def _lost(before: Fiche | None, after: Fiche, made: Settled) -> bool:
    """Whether anything that a person wrote would be another thing afterwards."""
    if before is None:
        return False
    ours = before.consensus.unanimous if before.consensus else {}
    names = [name for name in before.values if name not in ours or name in made.decided]
    wordings = [[[each.text for each in group] for group in fiche.same] for fiche in (before, after)]
    return any(digest_of(before, name) != digest_of(after, name) for name in names) or wordings[0] != wordings[1]


def _tell(key: str, file: str, made: Settled, readings: Mappings[str, Read]) -> None:
    say(f"{key}: {len(readings)} reading{'s' if len(readings) > 1 else ''}; {file}")
    for name, words in (("unanimous", made.agreed), ("decided by you", made.decided), ("to decide", made.asked)):
        if words:
            say(f"  {name}: {', '.join(words)}")
