"""What a step may depend on: the name of a fact in, its digest as things are now out.

Steps note these names as they read (`ground.notes`), where the value is given: a fiche by `Paper.fiche`, a template by the
environment that gives it. Here stands how each is told from another. What is not here cannot be depended on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from synopse.ground.notes import standing_for
from synopse.ground.pieces import any_piece_has, letters_of

if TYPE_CHECKING:
    from synopse.build.session import Session
    from synopse.ground.store import Store
    from synopse.synthesis.corpus import Paper

LATEX_STEPS = ("sources", "references", "fiche:", "part:", "document", "changes")
"""The steps whose files the engine reads."""
OF_MADE = ("letters", "maths", "turned", "latex", "tex", "attached", "pieces")
"""Facts about what other steps have made: the store knows them, whatever was read."""


class StoredFacts:
    """The facts as they were when the sources were last read: for a doit that has not read them, as they have not changed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: dict[str, str] | None = None

    def __call__(self, name: str) -> str | None:
        """The digest of a fact; none for one that no step had noted then: what was noted since is of now."""
        if name in OF_MADE:
            return fact_of_made(self.store, name)
        if self._known is None:
            self._known = self.store.found("sources", "facts", {})
        return self._known.get(name)


def fact_of_made(store: Store, name: str) -> str:
    """The digest of a fact about what was made."""
    if name == "letters":
        return letters_of(store)
    if name in ("maths", "turned"):
        return str(any_piece_has(store, name))
    if name == "tex":
        tools = store.records.get("tex")
        return _short(*(f"{path} {stamp}" for path, stamp in sorted(tools.read.items()))) if tools else ""
    if name == "attached":
        read = store.records["sources"].read if "sources" in store.records else {}
        sources = [f"{name} {was.rpartition(' ')[2]}" for name, was in read.items() if name.startswith("file sources/")]
        looks = [f"{name} {was}" for name, was in read.items() if name.startswith("look ")]
        return _short(*sorted(sources), *sorted(looks), *_made_files(store, ("tables/", "references.bib")))
    if name == "pieces":
        return _short(*_made_files(store, ("html/", "tables/", "references.bib")))
    return _short(*_made_files(store, ("tex/", "lines/")))


def _made_files(store: Store, starts: tuple[str, ...]) -> list[str]:
    """The files that the steps of the pieces have made, those whose names begin so, each with what tells it from another."""
    return sorted(
        f"{file} {stamp}"
        for step, record in store.records.items()
        if step.startswith(LATEX_STEPS)
        for file, stamp in record.files.items()
        if file.startswith(starts)
    )


def _short(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Facts:
    """The facts of a session: of the sources as it has read them."""

    def __init__(self, session: Session) -> None:
        self.session, self.store = session, session.store
        self.known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The digest of a fact."""
        if name in OF_MADE:
            return fact_of_made(self.store, name)
        if name not in self.known:
            with standing_for():
                self.known[name] = self._made(name)
        return self.known[name]

    def noted(self) -> dict[str, str]:
        """All that the steps in the store have noted of the sources, for `StoredFacts`."""
        names = {name for each in self.store.records.values() for name in each.read if is_of_sources(name)}
        return {name: self(name) for name in sorted(names)}

    def _made(self, name: str) -> str:
        kind, _, rest = name.partition(":")
        if name.startswith("report."):
            return self._of_report(name.removeprefix("report."))
        make = _OF_ONE.get(kind) if rest else _ALONE.get(name)
        if make is None:
            raise KeyError(f"no step can depend on {name}: synopse/build/facts.py does not know it")
        return make(self.session, rest)

    def _of_report(self, attribute: str) -> str:
        value = getattr(self.session.project.report, attribute)
        return _joined(self.session.project.report if callable(value) else repr(value))


def is_of_sources(name: str) -> bool:
    """Whether this is the name of a fact about the sources as a session reads them."""
    return name.startswith("report.") or name in _ALONE or name.partition(":")[0] in _OF_ONE


def part_digests(session: Session) -> dict[str, str]:
    """For each part of the synthesis, by id and in order, the digest of all that is counted and quoted in it.

    A part takes of each fiche what its kind says (`synthesis.ingredients`), which is less than a note of each reading would say.
    """
    return session.once("digests of parts", _part_digests)


def _part_digests(session: Session) -> dict[str, str]:
    from synopse.project.project import IMAGES
    from synopse.render.compose import heading_context
    from synopse.synthesis.ingredients import ingredients
    from synopse.synthesis.make import part_id

    project = session.checked_project()
    corpus = project.corpus
    fiches = {key: read.digests for key, read in project.read.items()}
    sources = [project.digests.get(name, "") for name in ("form.yaml", "vocabulary.yaml")]
    images = project.digests[IMAGES]
    quoted = any(project.read[paper.key].images for paper in corpus.papers)
    found = {}
    for number, wanted in enumerate(corpus.report.synthesis, 1):
        used = ingredients(corpus, wanted, fiches, project.library.digests, project.digests.get("readings", ""))
        stands = f"{corpus.lang} {heading_context(corpus.report, number)}"
        shown = images if quoted or any("![" in text.text for text in wanted.texts) else ""
        found[part_id(wanted, number)] = _joined(*sources, shown, stands, used, project.texts.keys.name)
    return found


def _joined(*parts: object) -> str:
    from synopse.ground.cache import digest

    return digest(*(str(part).encode("utf-8", "surrogatepass") for part in parts))


def _about(session: Session, key: str) -> str:
    read = session.project.read.get(key)
    return read.digests.about if read else ""


def _record(session: Session, key: str) -> str:
    library = session.project.library
    return library.digests.get(library.canonical(key), "")


def _label(session: Session, key: str) -> str:
    paper = session.project.corpus.by_key.get(key)
    return paper.label if paper else ""


def _counted(session: Session, _: str) -> str:
    """All that values in prose may count: what each paper is, and what it is filed under."""
    papers: list[Paper] = list(session.project.corpus.papers)
    read = session.project.read
    return _joined(
        *(
            f"{paper.key} {paper.label} {_record(session, paper.key)} {read[paper.key].digests.about} "
            f"{sorted(read[paper.key].digests.filed.items())}"
            for paper in papers
        ),
        session.project.digests.get("readings", ""),
    )


def _cited(session: Session, _: str) -> str:
    from synopse.project.references import wanted_keys

    return _joined(*sorted(wanted_keys(session.project)))


def _own(session: Session, _: str) -> str:
    """What the fiches say of papers that no .bib has."""
    read, records = session.project.read, session.project.library
    return _joined(*(f"{key} {each.digests.about}" for key, each in sorted(read.items()) if records.get(key) is None))


def _printed(session: Session, _: str) -> str:
    from synopse.project.printed import printed_keys

    library = session.project.library
    return _joined(*(f"{key} {library.canonical(key)}" for key in printed_keys(session.project)))


def _retained(session: Session, _: str) -> str:
    from synopse.project.printed import retained_keys

    return _joined(*sorted(retained_keys(session.project)))


def _listed(session: Session, file: str) -> str:
    return session.project.key_by_file.get(file, "")


def _template(session: Session, name: str) -> str:
    from synopse.ground.templates import template

    try:
        return _joined(template(session.root, name).read_bytes().hex())
    except OSError:
        return ""


def _changes(session: Session, _: str) -> str:
    from synopse.ground.files import text_of

    return _joined(text_of(session.review.changes))


def _called(session: Session, _: str) -> str:
    corpus = session.project.corpus
    return _joined(*sorted(corpus.called.items()), *sorted(corpus.apart.items()))


def _digest_of(name: str) -> Callable[[Session, str], str]:
    return lambda session, rest: session.project.digests.get(name.format(rest), "")


_ALONE: dict[str, Callable[[Session, str], str]] = {
    "form": _digest_of("form.yaml"),
    "vocabulary": _digest_of("vocabulary.yaml"),
    "bib": _digest_of("bib"),
    "images": _digest_of("images"),
    "csl": _digest_of("csl"),
    "keys": lambda session, _: _joined(session.project.texts.lang, session.project.texts.keys.name),
    "papers": lambda session, _: _joined(
        *(
            " ".join((fiche.key, *(f"{part.id} {part.called}" for part in fiche.studies)))
            for fiche in session.project.retained
        )
    ),
    "called": _called,
    "order": lambda session, _: _joined(*session.project.order),
    "readings": _digest_of("readings"),
    "counted": _counted,
    "cited": _cited,
    "own": _own,
    "printed": _printed,
    "retained": _retained,
    "changes": _changes,
    "epoch": lambda session, _: str(session.epoch),
}
_OF_ONE: dict[str, Callable[[Session, str], str]] = {
    "fiche": _digest_of("fiche:{}"),
    "chapter": _digest_of("{}"),
    "about": _about,
    "record": _record,
    "label": _label,
    "listed": _listed,
    "template": _template,
    "part": lambda session, name: part_digests(session).get(name, ""),
}
