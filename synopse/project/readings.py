"""`sources/readings` in; what each reader says of each paper, who is to read what, and what is wrong there, out.

A reading has the form of a fiche. It is no part of what is printed, so a mistake in one is a warning where the report is made; `doit
compare` and `doit consensus` stop at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from synopse.diagnostics import Diagnostic, Severity, Span, problem
from synopse.diagnostics.model import concerning, did_you_mean
from synopse.ground.cache import Cache, digest
from synopse.ground.door import Door
from synopse.ground.files import NOTES, READINGS
from synopse.ground.settings import reader
from synopse.model.fiche import Fiche
from synopse.model.form import Form
from synopse.model.readers import ASSIGNED, Reader
from synopse.model.report import Report
from synopse.project.examine import ReadFiche, examine
from synopse.read import decode, read_yaml
from synopse.read.tree import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from synopse.project.project import Project


def readers_of(report: Report | None, readings: dict[str, dict[str, Fiche]]) -> tuple[Reader, ...]:
    """The readers that the report names; where it names none, those who have a folder."""
    if report is not None and report.readers:
        return report.readers
    names = dict.fromkeys(name for each in readings.values() for name in each)
    return tuple(Reader(id=name) for name in sorted(names))


def check_readers(report: Report) -> Iterator[Diagnostic]:
    """Readers of one name, whose folders would be one on some systems; and one who works blind and is not named."""
    seen: dict[str, Reader] = {}
    for each in report.readers:
        if each.id.casefold() in seen:
            yield problem(
                "duplicate-id", f'"{each.id}" names two readers', each.span, "give one of them other initials"
            )
        seen.setdefault(each.id.casefold(), each)
    if reader() and report.readers and reader() not in {each.id for each in report.readers}:
        message = f'"{reader()}" is none of the readers of report.yaml'
        hint = did_you_mean(reader(), [each.id for each in report.readers])
        yield problem("wrong-choice", message, report.value_place("readers"), hint)


class Readings:
    """Reads the folders of the readers through the door."""

    def __init__(self, door: Door, project: Project, cache: Cache, form: Form) -> None:
        self.door, self.project, self.cache, self.form = door, project, cache, form
        self.papers: dict[str, dict[str, Fiche]] = {}
        self.assigned: dict[str, tuple[str, ...]] = {}
        self.found: list[Diagnostic] = []
        self.wrong: list[Diagnostic] = []
        self._keys: list[str] = []
        self._model: list[object] = []
        named = {each.id for each in project.report.readers} if project.report else set()
        for path in self.door.names(self.door.root / READINGS, *NOTES, below=True):
            file = path.relative_to(self.door.root).as_posix()
            parts = file.removeprefix(f"{READINGS}/").split("/")
            if file == ASSIGNED:
                self._read_assigned(self._bytes(file))
            elif len(parts) == 1:
                message = f"{file} is not read: a reading stands in {READINGS}/READER/KEY.yaml"
                self.found.append(problem("unread-source", message, Span(file)))
            else:
                if named and parts[0] not in named:
                    message = f'"{parts[0]}" is none of the readers of report.yaml: this reading is left out'
                    self.found.append(problem("unknown-reader", message, Span(file), did_you_mean(parts[0], named)))
                    continue
                self._read(file, parts[0])
        self.digest = digest(*(each.encode() for each in self._keys))

    def _bytes(self, file: str) -> bytes | None:
        try:
            return self.door.read(self.door.root / file)
        except OSError as error:
            self.found.append(problem("missing-source", f"{file} cannot be read: {error.strerror}", Span(file)))
            return None

    def _read(self, file: str, name: str) -> None:
        data = self._bytes(file)
        if data is None:
            return
        texts = self.project.texts
        read_by = f"{texts.lang} {texts.keys.name}".encode("utf-8", "surrogatepass")
        key = digest(b"reading", self.project.digests["form.yaml"].encode(), file.encode(), data, read_by)
        read: ReadFiche = self.cache.made("fiche", key, partial(examine, data, file, self.form, self._model, texts))
        self._keys.append(f"{name} {key}")
        fiche = read.fiche
        told = concerning(fiche.key, read.found) if fiche else read.found
        self.wrong += [each for each in told if each.severity is Severity.ERROR]
        self.found += _milder(told)
        if fiche is None:
            return
        own = self.papers.setdefault(fiche.key, {})
        if name in own:
            message = f'"{name}" has two readings of "{fiche.key}": this one and {own[name].file}'
            self.found.append(problem("duplicate-reading", message, fiche.key_span))
            return
        if fiche.key not in self.project.fiches and self.project.library.get(fiche.key) is None:
            message = f'neither a fiche nor a reference of bib/ has the key "{fiche.key}"'
            hint = did_you_mean(fiche.key, [*self.project.fiches, *self.project.library.references])
            self.found.append(problem("unknown-reading", message, fiche.key_span, hint))
        own[name] = fiche

    def _read_assigned(self, data: bytes | None) -> None:
        if data is None:
            return
        self._keys.append(digest(data))
        text, found = decode(data, ASSIGNED)
        tree, wrong = read_yaml(text, ASSIGNED)
        self.found += _milder([*found, *wrong])
        report = self.project.report
        names = [each.id for each in report.readers] if report else []
        for key, value in tree.entries if isinstance(tree, Mapping) else ():
            readers = [
                each for each in (value.items if isinstance(value, Sequence) else (value,)) if isinstance(each, Scalar)
            ]
            for each in readers:
                if names and each.text not in names:
                    message = f'"{each.text}" is none of the readers of report.yaml'
                    self.found.append(problem("unknown-reader", message, each.span, did_you_mean(each.text, names)))
            if key.text not in self.project.fiches and self.project.library.get(key.text) is None:
                message = f'neither a fiche nor a reference of bib/ has the key "{key.text}"'
                self.found.append(
                    problem("unknown-reading", message, key.span, did_you_mean(key.text, self.project.fiches))
                )
            self.assigned[key.text] = tuple(each.text for each in readers)


def _milder(found: tuple[Diagnostic, ...] | list[Diagnostic]) -> Iterator[Diagnostic]:
    """What is wrong, as warnings."""
    for each in found:
        yield replace(each, severity=Severity.WARNING) if each.severity is Severity.ERROR else each
