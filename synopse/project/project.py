"""The edge where a project's files are read: a folder in; a `Project` with all that was read, and every problem, out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from synopse.bib.collection import Library
from synopse.diagnostics import Diagnostic, Span, has_errors, problem
from synopse.diagnostics.model import concerning
from synopse.ground.cache import Cache, cache_of, digest
from synopse.ground.door import Door
from synopse.ground.files import IMAGES as IMAGE_ENDINGS
from synopse.ground.files import NOTES, as_named, reason
from synopse.ground.letters import composed
from synopse.ground.notes import NotingEach, note, standing_for
from synopse.ground.settings import reader
from synopse.ground.templates import led_out
from synopse.locale import DEFAULT, Catalogue, catalogue
from synopse.markup.keys import KnownKeys
from synopse.model.fiche import Fiche, fiche_texts
from synopse.model.form import Form
from synopse.model.report import Chapter, Report
from synopse.model.vocabulary import Vocabulary
from synopse.project.examine import M, ReadFiche, examine, read_one, read_static
from synopse.project.readings import Readings, readers_of
from synopse.project.texts import Texts
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.labels import computed_label, computed_labels


@dataclass
class Project:
    """What a person wrote, read. `report` and `form` are there unless `broken`; `diagnostics` holds every problem.

    `of_library` is all that is wrong in `bib/`; of it, `unused` and `aside` touch nothing that the report uses.
    """

    root: Path
    report: Report | None = None
    legible: Report | None = None
    """The report; where it has mistakes, what can be read of it, for the other messages: nothing is made from it."""
    unread: list[str] = field(default_factory=list)
    """The files of fiches that cannot be read, so that what they cite is not known."""
    form: Form | None = None
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    fiches: dict[str, Fiche] = field(default_factory=dict)
    read: dict[str, ReadFiche] = field(default_factory=dict)
    readings: dict[str, dict[str, Fiche]] = field(default_factory=dict)
    """What each reader says of each paper, by key and reader."""
    unread_readings: tuple[Diagnostic, ...] = ()
    """What is wrong in readings, so that they cannot be taken whole."""
    assigned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Who reads which paper, by key."""
    library: Library = field(default_factory=Library)
    chapters: dict[str, Scalar] = field(default_factory=dict)
    texts: Texts = field(default_factory=lambda: Texts(Path(), DEFAULT))
    diagnostics: list[Diagnostic] = field(default_factory=list)
    of_library: tuple[Diagnostic, ...] = ()
    unused: tuple[Diagnostic, ...] = ()
    aside: tuple[Diagnostic, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """What the style calls each reference, by key, as far as it was asked (`synopse.build.labels`)."""
    apart: dict[str, str] = field(default_factory=dict)
    """What a citation of each reference prints apart from the sentence, by key, where the style prints it there."""
    order: tuple[str, ...] = ()
    """The keys of the references in the order of their list."""

    @property
    def broken(self) -> bool:
        """Whether something must be mended before anything can be made."""
        return self.report is None or self.form is None or has_errors(self.diagnostics)

    @property
    def words(self) -> Catalogue:
        """The catalogue of the report's language."""
        return catalogue(self.legible.lang if self.legible else DEFAULT)

    @cached_property
    def retained(self) -> list[Fiche]:
        """The fiches that the report lists, in its order."""
        listed = [key.text.strip() for key in self.report.fiches] if self.report else []
        return [self.fiches[key] for key in dict.fromkeys(listed) if key in self.fiches]

    @cached_property
    def key_by_file(self) -> dict[str, str]:
        """The key of each retained fiche, by its file."""
        return {fiche.file: fiche.key for fiche in self.retained}

    @cached_property
    def corpus(self) -> Corpus:
        """The retained papers with what the synthesis needs. What is read of it is noted; making it notes nothing."""
        with standing_for():
            return self._corpus()

    def _corpus(self) -> Corpus:
        assert self.report is not None and self.form is not None
        pairs = [(fiche, self.library.get(fiche.key)) for fiche in self.retained]
        keys = [fiche.key for fiche in self.retained]
        labels = [self.labels.get(key) or self.labels.get(self.library.canonical(key)) for key in keys]
        if None in labels:  # reckoned only where the style was not asked of each
            reckoned = computed_labels(pairs, self.words)
            labels = [own if said is None else said for said, own in zip(labels, reckoned, strict=True)]
        papers = tuple(Paper(fiche, ref, label or "") for (fiche, ref), label in zip(pairs, labels, strict=True))
        called = self._called({paper.key: paper.label for paper in papers})
        report: Any = NotingEach(self.report, "report")
        readers = readers_of(self.report, self.readings)
        return Corpus(
            report,
            self.texts.blocks,
            self.form,
            self.vocabulary,
            papers,
            self.words,
            called,
            self.apart,
            self.readings,
            readers,
        )

    def _called(self, papers: dict[str, str]) -> dict[str, str]:
        """What every reference is called that a text may cite: by the style, or as it is computed."""
        from synopse.project.uses import cited_by

        called = {key: label for key, label in self.labels.items() if label} | papers
        for key in (each.key for each in cited_by(self)):
            reference = self.library.get(key)
            if key not in called and reference is not None:
                called[key] = called.get(reference.key) or computed_label(reference, self.words)
        return called

    def chapter_text(self, chapter: Chapter) -> Scalar | None:
        """The text of a chapter, inline or from its file."""
        if chapter.file:
            note(f"chapter:{chapter.file.text}")
        return self.chapters.get(chapter.file.text) if chapter.file else chapter.text


SOURCES, BIB = "sources", "bib"
IMAGES = "images"
"""Under this name a project keeps the digest of all images that its texts may show."""
STATIC = ("report.yaml", "form.yaml", "vocabulary.yaml")


@dataclass
class Memory:
    """What stays in memory between two readings of a project that is watched: values by content, texts by place."""

    cache: Cache = field(default_factory=lambda: Cache(None))
    texts: Texts | None = None
    digests: dict[str, str] = field(default_factory=dict)


def load(root: Path, memory: Memory | None = None, door: Door | None = None) -> Project:
    """Reads the whole project through the `door`. What a person wrote wrong is in `diagnostics`; nothing is raised for it."""
    return _Loader(door or Door(root), memory).load()


def reread(project: Project, file: str) -> tuple[Project, str, list[Diagnostic]] | None:
    """The project with one fiche read anew, its key, and what is wrong with it; nothing where it cannot be read."""
    if project.form is None:
        return None
    try:
        data = (project.root / file).read_bytes()
    except OSError:
        return None
    project.texts.forget(file)
    fiche, found = read_one(data, file, project.form, [], project.texts.lang)
    old = project.fiches.get(fiche.key) if fiche else None
    if fiche is None or old is None or old.file != file or old not in project.retained:
        return None
    fresh = replace(project, fiches=project.fiches | {fiche.key: fiche}, diagnostics=list(project.diagnostics))
    for text in fiche_texts(fiche):
        found += fresh.texts.read(text)[1]
    return fresh, fiche.key, found


class _Loader:
    """Reads the files one after the other; keeps what is costly in the cache, by content."""

    def __init__(self, door: Door, memory: Memory | None) -> None:
        self.door, self.root = door, door.root
        self.memory = memory
        self.project = Project(self.root)
        self.cache = memory.cache if memory else Cache(cache_of(self.root))

    def load(self) -> Project:
        project = self.project
        self._edge()
        project.report = project.legible = self._static(Report, "report.yaml", required=True)
        if project.report is None:
            project.legible = self._legible()
        self._bibliography()
        project.texts = self._texts(project.words.lang, project.library.keys)
        self._digested("report.yaml", project.digests.get("report.yaml", ""))
        project.form = self._static(Form, "form.yaml", required=True)
        project.vocabulary = self._static(Vocabulary, "vocabulary.yaml") or Vocabulary()
        self._unread()
        if project.form:
            self._fiches(project.form)
            if not reader():
                self._readings(project.form)
        if project.report:
            self._chapters(project.report)
        self.cache.save()
        return project

    def _edge(self) -> None:
        """Goes through what is not read here, but is shown: the templates, and the images, by size and date."""
        for path in self.door.templates().values():
            self.door.read(path)
        self.project.digests[IMAGES] = self.door.look(self.root / SOURCES, *IMAGE_ENDINGS)
        for path in led_out(self.root):
            message, hint = "this link leads out of templates/", "copy the file itself into templates/"
            place = Span(path.relative_to(self.root).as_posix())
            self.project.diagnostics.append(problem("template-error", message, place, hint))

    def _images(self, data: bytes) -> bytes:
        """What a text with images depends on beside its own words: whether they are there, and what they hold."""
        return self.project.digests[IMAGES].encode() if b"![" in data else b""

    def _texts(self, lang: str, keys: KnownKeys) -> Texts:
        """The parsed texts: those of the last reading where the project is watched, and they would be read the same."""
        known = self.memory.texts if self.memory else None
        same = known is not None and known.lang == lang and known.keys == keys
        texts = known if known is not None and same else Texts(self.root, lang, keys)
        if self.memory:
            self.memory.texts = texts
        return texts

    def _digested(self, name: str, key: str) -> None:
        """Notes the digest of the report or of a chapter; where it is another one, the old texts are forgotten."""
        self.project.digests[name] = key
        if self.memory and self.memory.digests.get(name) != key:
            self.memory.digests[name] = key
            self.project.texts.forget(f"{SOURCES}/{name}")

    def _bytes(self, path: str, span: Span | None = None) -> bytes | None:
        """The bytes of a file; what keeps it from being read is told at `span`, the file itself where none is given."""
        try:
            return self.door.read(self.root / path)
        except OSError as error:
            message = f"{path} cannot be read: {reason(error, self.root / path)}"
            missing = isinstance(error, FileNotFoundError) and not (self.root / path).is_symlink()
            if missing:
                message = f"{path} is missing"
            hint = "see the README" if missing and span is None else ""
            self.project.diagnostics.append(problem("missing-source", message, span or Span(path), hint))
            return None

    def _static(self, model: type[M], name: str, required: bool = False) -> M | None:
        """One of the files of which there is one: `report.yaml`, `form.yaml`, `vocabulary.yaml`."""
        path = f"{SOURCES}/{name}"
        if not required and not self.door.is_there(self.root / path):
            return None
        data = self._bytes(path)
        if data is None:
            return None
        key = digest(name.encode(), data)
        self.project.digests[name] = digest(key.encode(), self._images(data))
        made: tuple[M | None, list[Diagnostic]] = self.cache.made("static", key, lambda: read_static(model, data, path))
        self.project.diagnostics += made[1]
        return made[0]

    def _legible(self) -> Report | None:
        """What can be read of a report that has mistakes."""
        from synopse.project.legible import legible_report

        path = f"{SOURCES}/report.yaml"
        try:
            return legible_report(self.door.read(self.root / path), path)
        except OSError:
            return None

    def _fiches(self, form: Form) -> None:
        model: list[object] = []
        form_key = self.project.digests["form.yaml"]
        read_by = f"{self.project.texts.lang} {self.project.texts.keys.name}".encode("utf-8", "surrogatepass")
        for path in self.door.fiches():
            file = path.relative_to(self.root).as_posix()
            data = self._bytes(file)
            if data is None:
                continue
            images = self._images(data)
            key = digest(form_key.encode(), file.encode(), data, read_by, images)
            make = partial(examine, data, file, form, model, self.project.texts)
            read: ReadFiche = self.cache.made("fiche", key, make)
            fiche = read.fiche
            self.project.diagnostics += concerning(fiche.key, read.found) if fiche else read.found
            if fiche is None:
                self.project.unread.append(file)
                continue
            if fiche.key in self.project.fiches:
                first = self.project.fiches[fiche.key]
                message = f'two fiches have the key "{fiche.key}": this one and {first.file}'
                hint = f"the other is at {first.file}:{first.key_span.line}"
                self.project.diagnostics.append(problem("duplicate-fiche", message, fiche.key_span, hint))
                continue
            self.project.fiches[fiche.key] = fiche
            self.project.read[fiche.key] = read
            self.project.digests[f"fiche:{fiche.key}"] = key

    def _readings(self, form: Form) -> None:
        """What the readers wrote; what is wrong there keeps nothing from being printed, and is a warning."""
        read = Readings(self.door, self.project, self.cache, form)
        self.project.readings, self.project.assigned = read.papers, read.assigned
        self.project.diagnostics += read.found
        self.project.unread_readings = tuple(read.wrong)
        self.project.digests["readings"] = read.digest

    def _unread(self) -> None:
        """Notes that stand where no one reads them: a fiche one folder too high, `vocabulary.yml`."""
        for path in self.door.names(self.root / SOURCES, *NOTES):
            if path.name in STATIC:
                continue
            file = f"{SOURCES}/{path.name}"
            twin = f"{path.stem.lower()}.yaml"
            hint = f"call it {twin}" if twin in STATIC else f"a fiche stands in {SOURCES}/fiches"
            message = f"{file} is not read: it is none of {', '.join(STATIC)}"
            self.project.diagnostics.append(problem("unread-source", message, Span(file), hint))

    def _bibliography(self) -> None:
        names = [f"{BIB}/{path.name}" for path in self.door.names(self.root / BIB, ".bib")]
        files = {name: data for name in names if (data := self._bytes(name)) is not None}
        parts = [part for name in files for part in (name.encode(), files[name])]
        key = digest(*parts)

        def read() -> tuple[Library, list[Diagnostic]]:
            from synopse.bib.library import read_library

            return read_library(files)

        self.project.library, found = self.cache.made("bib", key, read)
        self.project.digests["bib"] = key
        self.project.of_library = tuple(found)

    def _chapters(self, report: Report) -> None:
        from synopse.read import decode

        for chapter in report.chapters:
            if chapter.file is None:
                if chapter.text is None:
                    message = "a chapter needs a text or a file"
                    self.project.diagnostics.append(problem("missing-field", message, chapter.span))
                continue
            if chapter.text is not None:
                message = "a chapter has a text or a file, not both: the text would not be printed"
                hint = f"remove one of them, or put the text into {SOURCES}/{chapter.file.text}"
                self.project.diagnostics.append(problem("text-and-file", message, chapter.text.span, hint))
            name = chapter.file.text
            path = f"{SOURCES}/{name}"
            outside = not (self.root / path).resolve().is_relative_to((self.root / SOURCES).resolve())
            if outside:
                message = f"{name} is not under sources/"
                self.project.diagnostics.append(problem("missing-source", message, chapter.file.span))
                continue
            path = as_named(self.root / path).relative_to(self.root).as_posix()
            data = self._bytes(path, chapter.file.span)
            if data is None:
                continue
            text, found = decode(data, path)
            self.project.diagnostics += found
            self.project.chapters[name] = Scalar(composed(text), Span(path, 1, 1), None, text)
            self._digested(name, digest(data, self._images(data)))
