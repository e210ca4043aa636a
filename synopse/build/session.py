"""One run of the pipeline over one project: what its steps share, so that nothing is read or parsed twice."""

from __future__ import annotations

import calendar
import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from synopse.bib.reference import Reference
from synopse.bib.told import summed_up
from synopse.build.attachments import archive_of
from synopse.build.facts import Facts
from synopse.build.labels import kept
from synopse.build.variables import wrong_settings
from synopse.diagnostics import Diagnostic, Rejected, Severity, Span, has_errors
from synopse.diagnostics.accept import Acceptance, no_longer_told, without_accepted
from synopse.ground.cache import cache_of, digest
from synopse.ground.door import Door
from synopse.ground.files import text_of
from synopse.ground.notes import note, standing_for, working
from synopse.ground.review import Review
from synopse.ground.settings import DATE, LIMIT, source_date
from synopse.ground.store import Store
from synopse.ground.templates import template_folders
from synopse.markup.grammar import Mode
from synopse.model.fiche import Fiche, fiche_texts
from synopse.project.checks import cross_checks
from synopse.project.places import ProjectPlaces
from synopse.project.project import Memory, Project, load, reread
from synopse.project.uses import report_texts, used_keys
from synopse.read.tree import Scalar
from synopse.render.latex.document import Document
from synopse.render.writer import Pieces, Setting
from synopse.render.writers import writers
from synopse.synthesis.make import make_part, part_id, prose
from synopse.synthesis.table import Part
from synopse.synthesis.values import filled
from synopse.typeset.engine import TIME_LIMIT
from synopse.typeset.job import Job

if TYPE_CHECKING:
    from synopse.markup.tree import Block

T = TypeVar("T")
EPOCH = 946684800
"""2000-01-01: the date that a report without one bears inside the PDF, so that the same inputs give the same bytes."""


class Session:
    """The project as it was read, and the values made from it, each made when first asked for."""

    def __init__(self, root: Path, memory: Memory | None = None, store: Store | None = None) -> None:
        self.memory = memory
        self.root = root
        self.review = Review(root)
        self.build, self.tex = self.review.build, self.review.tex
        self.store = store or Store(self.build)
        self.door = Door(root)
        self._made: dict[str, tuple[Any, frozenset[str]]] = {}
        self._making = threading.RLock()

    def once(self, name: str, make: Callable[[Session], T]) -> T:
        """What `make` gives, made when first asked for; a second thread that asks meanwhile waits for it.

        Whoever asks is noted to depend on all that was read in making it (`ground.notes`).
        """
        if name not in self._made:
            with self._making:
                if name not in self._made:
                    with working() as work:
                        made = make(self)
                    self._made[name] = (made, frozenset(work.read))
        value, read = self._made[name]
        note(*read)
        found: T = value
        return found

    def _quietly(self, name: str, make: Callable[[Session], T]) -> T:
        """The same, for what notes by itself what is read of it."""
        with standing_for():
            return self.once(name, make)

    @property
    def project(self) -> Project:
        """Everything that the person wrote."""
        return self._quietly("project", Session._load)

    def _load(self) -> Project:
        for name in (LIMIT, DATE):
            self.door.variable(name)
        self.door.program()
        project = load(self.root, self.memory, self.door)
        self._read_style(project)
        project.labels, project.apart, project.order = kept(self.store)
        project.library = project.library.cited_as(used_keys(project))
        project.diagnostics += [*wrong_settings(os.environ), *cross_checks(project)]
        return project

    def _read_style(self, project: Project) -> None:
        """Notes what the person's own CSL style says, where there is one; that it cannot be read is told where it is used."""
        asked = project.report.html.csl if project.report else None
        if asked and asked.text.strip().endswith(".csl"):
            with contextlib.suppress(OSError, ValueError):
                project.digests["csl"] = digest(self.door.read(self.root / "sources" / asked.text.strip()))

    def with_fiche(self, file: str) -> tuple[Session, str, list[Diagnostic]] | None:
        """A session in which one fiche is read anew and all else is as it was; its key, and what is wrong with it.

        Nothing where the fiche is not one of the report's, or can no longer be read.
        """
        fresh = reread(self.project, file)
        if fresh is None:
            return None
        project, key, found = fresh
        session = Session(self.root, self.memory, self.store)
        session._made["project"] = project, frozenset()
        session._made["pieces"] = self.pieces, frozenset()
        return session, key, found

    @property
    def problems(self) -> list[Diagnostic]:
        """Everything that is wrong in the sources, told at once: in values as well, where the rest lets them be read.

        Of what is wrong in `bib/` and touches nothing that the report uses, a line tells how much there is. What was
        accepted is left out; where it no longer occurs, that is told.
        """
        return self._quietly("problems", Session._problems)

    @property
    def facts(self) -> Facts:
        """The digest of each thing that a step may depend on."""
        return self._quietly("facts", Facts)

    def _problems(self) -> list[Diagnostic]:
        project = self.project
        found, used = self._accepted([*project.diagnostics, *self.value_checks()])
        unused, used_of_unused = self._accepted(project.unused)
        aside, used_of_aside = self._accepted(project.aside)
        found += summed_up(unused, aside)
        if project.report is None or has_errors(found):
            return found
        return found + no_longer_told(project.report.acceptances, used | used_of_unused | used_of_aside)

    def before_the_engine(self) -> list[Diagnostic]:
        """What a build would stop at though the sources are sound: a template, or what the TeX distribution lacks."""
        from synopse.build.distribution import missing_from_distribution
        from synopse.build.rehearsal import rehearse
        from synopse.render.latex.environment import template_problems

        found = missing_from_distribution(self) + template_problems(template_folders(self.root), self.project.words)
        return found if has_errors([*self.problems, *found]) else found + rehearse(self)

    def of_engine(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What the engine and biber said of a report that was made, but for what was accepted of it."""
        note("report.acceptances")
        left, used = self._accepted(found)
        report = self.project.report
        return left if report is None else left + no_longer_told(report.acceptances, used, engine=True)

    def _accepted(self, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], set[Acceptance]]:
        project = self.project
        keys = {fiche.file: key for key, fiche in project.fiches.items()}
        return without_accepted(found, project.legible.acceptances if project.legible else (), keys)

    def checked_project(self) -> Project:
        """The project. Raises `Rejected` where it has errors."""
        if self.project.broken:
            raise Rejected(self.project.diagnostics)
        return self.project

    @property
    def pieces(self) -> dict[str, Pieces]:
        """What writes the pieces of the report, for each format by its name."""
        return self._quietly("pieces", Session._opened)

    def _opened(self) -> dict[str, Pieces]:
        project = self.checked_project()
        compiled = cache_of(self.root) / "templates" / digest()[:8]
        folders, images = tuple(template_folders(self.root)), project.texts.images
        assert project.report is not None
        with standing_for():
            told = project.report.html.sources
        setting = Setting(folders, project.words, project.corpus.cited, images, compiled, self.store, told, self.root)
        return {name: writer.open(setting) for name, writer in writers().items()}

    @property
    def document(self) -> Document:
        """What writes the LaTeX."""
        pieces = self.pieces["latex"]
        assert isinstance(pieces, Document)
        return pieces

    @property
    def has_changes(self) -> bool:
        """Whether `doit changes` has written its section."""
        return self.review.changes.exists()

    def call(self, labels: dict[str, str], apart: dict[str, str] | None = None, order: tuple[str, ...] = ()) -> None:
        """Gives the papers new labels; what was made with the old ones is forgotten."""
        project = self.project
        said = labels, apart or {}, order
        if said == (project.labels, project.apart, project.order):
            return
        project.labels, project.apart, project.order = said
        self.project.__dict__.pop("corpus", None)
        read = ("project", "problems", "references", "bibliography")
        self._made = {name: made for name, made in self._made.items() if name in read}

    def part(self, number: int) -> tuple[Part, tuple[Block, ...], list[Diagnostic]]:
        """The part of the synthesis that stands at `number`, from 1; the person's own prose above it; what is wrong."""

        def make(session: Session) -> tuple[Part, tuple[Block, ...], list[Diagnostic]]:
            corpus = session.project.corpus
            part, found = make_part(corpus, number)
            own, wrong = prose(corpus, corpus.report.synthesis[number - 1], part)
            return part, own, found + wrong

        with standing_for(f"part:{self.part_name(number)}"):
            return self.once(f"part {number}", make)

    def part_name(self, number: int) -> str:
        """The id of the part that stands at `number`."""
        with standing_for():
            return part_id(self.project.corpus.report.synthesis[number - 1], number)

    @property
    def synthesis(self) -> tuple[list[Part], list[Diagnostic]]:
        """Every table, picture and heading, and what is wrong with the prose around them."""
        made = [self.part(number) for number in range(1, len(self.checked_project().corpus.report.synthesis) + 1)]
        return [part for part, _, _ in made], [each for _, _, found in made for each in found]

    @property
    def references(self) -> list[Reference]:
        """What `references.bib` holds: the retained and cited references, and those made from a fiche's citation."""
        from synopse.project.references import wanted

        return self.once("references", lambda session: wanted(session.checked_project()))

    @property
    def bibliography(self) -> str:
        """The text of the report's own references.bib: `references`, and what only this report's bibliography needs."""
        from synopse.project.references import report_bib

        return self.once("bibliography", lambda session: report_bib(session.checked_project(), session.references))

    def value_checks(self) -> list[Diagnostic]:
        """The values in prose: every `{{ name }}` of the fiches, the introduction, the chapters and the synthesis.

        A part of the synthesis that has an error of its own is not made, and its values wait for it to be mended.
        """
        project, found = self.project, []
        if project.report is None or project.form is None:
            return []
        with_values = [project.fiches[key] for key, read in project.read.items() if read.values]
        texts = [*report_texts(project), *_modes(with_values)]
        for text, mode in texts:
            if "{{" in text.text and not _is_of_synthesis(project, text):
                found += filled(project.texts.blocks(text, mode), project.corpus)[1]
        wrong = [each.span for each in project.diagnostics if each.severity is Severity.ERROR]
        if any(span.file in _SHAPES for span in wrong):
            return found
        for number, wanted in enumerate(project.report.synthesis, 1):
            if any("{{" in text.text for text in wanted.texts) and not any(
                _within(each, wanted.span) for each in wrong
            ):
                found += self.part(number)[2]
        return found

    @property
    def job(self) -> Job:
        """What typesetting is told of the report. An engine may take the longer, the more fiches there are."""
        limit = TIME_LIMIT * (1 + len(self.project.retained) // 100)
        places = ProjectPlaces(self.project)
        archive = partial(archive_of, self)
        return Job(self.root, self.epoch, limit, places, self._drawing, self.of_engine, self.store, archive)

    def _drawing(self, names: list[str]) -> str:
        """The file that draws the named pictures, with the fonts that their letters need."""
        from synopse.render.latex.linemap import without_marks

        shapes = (text_of(self.tex / "figures" / f"{name}.tex") for name in names)
        return without_marks(self.document.pictures(names, set("".join(shapes))))[0]

    @property
    def epoch(self) -> int:
        """The date inside the PDF, in seconds: the environment's, the report's, or a fixed one."""
        note("epoch")
        given = source_date(os.environ)
        if given is not None:
            return given
        report = self.project.report
        date = report.dated if report else None
        return calendar.timegm((date.year, date.month or 1, date.day or 1, 0, 0, 0)) if date else EPOCH


def _modes(fiches: list[Fiche]) -> Iterator[tuple[Scalar, Mode]]:
    return ((text, "text") for fiche in fiches for text in fiche_texts(fiche))


def _is_of_synthesis(project: Project, text: Scalar) -> bool:
    parts = project.report.synthesis if project.report else ()
    return any(text is each for part in parts for each in part.texts)


_SHAPES = ("sources/form.yaml", "sources/vocabulary.yaml")
"""Sources without which no part of the synthesis can be made."""


def _within(span: Span, whole: Span) -> bool:
    """Whether a place lies in a stretch of its file."""
    begin, end = (whole.line, whole.column), (whole.end_line or whole.line, whole.end_column or 1 << 30)
    return span.file == whole.file and begin <= (span.line, span.column) <= end
