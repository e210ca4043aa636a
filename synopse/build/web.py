"""A session and its pieces of HTML in; `build/report.html`, and what is wrong with its style of references, out."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from synopse.build.references import Entry, references_of, told_of
from synopse.diagnostics import Diagnostic
from synopse.export.comparison import article, named
from synopse.ground.files import text_of
from synopse.ground.notes import note, put, working
from synopse.markup.typography import curled, printed
from synopse.model.form import titled
from synopse.model.values import Chosen, Dated, Number, choice_title
from synopse.render.html.document import FOLDER
from synopse.render.html.join import Page, joined
from synopse.render.html.text import identifier, of_study
from synopse.synthesis.corpus import Corpus, Paper

if TYPE_CHECKING:
    from synopse.build.session import Session

STEP = "html"


def write_page(session: Session, stale: Callable[[], bool] | None = None) -> list[Diagnostic]:
    """Writes the page, unless it is there. Left as it was once `stale` turns true."""
    store = session.store
    if not store.why(STEP, session.facts):
        return told_of(session)
    with working() as work:
        note(
            "pieces",
            "images",
            "form",
            "vocabulary",
            "report.html",
            "report.bibliography",
            "report.keywords",
            "report.lang",
        )
        entries, found = references_of(session)
        if stale is not None and stale():
            return []
        page = page_of_session(session, entries)
        if stale is not None and stale():
            return []
        put(session.build / "report.html", joined(page))
    store.keep(STEP, work, session.facts)
    return found


def page_of_session(session: Session, entries: Sequence[Entry] = ()) -> Page:
    """All that the page is made of; `entries` are its references."""
    corpus, build = session.project.corpus, session.build
    report, words, fresh = corpus.report, corpus.words, _changes(session)
    title = corpus.title
    folders = {"fiche": "fiches", "part": "synthesis"}
    papers = [_paper(corpus, paper) for paper in corpus.by_study.papers]
    retained = {session.project.library.canonical(paper.key) for paper in corpus.papers}
    return Page(
        title,
        words,
        text_of(build / FOLDER / "frame.html"),
        lambda kind, name: text_of(build / FOLDER / folders[kind] / f"{name}.html"),
        entries,
        frozenset(retained)
        if report.bibliography.apart and any(key not in retained for key, _, _ in entries)
        else frozenset(),
        {
            "papers": papers,
            "facets": _facets(corpus, papers),
            "fresh": fresh["fresh"],
        },
        _linked_data(session, title),
        {identifier(path.stem): text_of(path) for path in sorted((build / "tables").glob("*.csv"))},
        fresh["html"],
    )


def _changes(session: Session) -> dict[str, Any]:
    """What `doit changes` has told last, where the report prints it."""
    told: dict[str, Any] = {"fresh": [], "html": ""}
    if not session.project.corpus.report.changes:
        return told
    note("changes")
    with contextlib.suppress(ValueError, OSError):
        told |= json.loads(session.review.fresh.read_text("utf-8"))
    return told


def _paper(corpus: Corpus, paper: Paper) -> dict[str, Any]:
    """What a paper is chosen by: its label, the token of its file, the values of its facets, and its numbers."""
    values: dict[str, list[str]] = {"status": [corpus.words[f"status.{paper.fiche.status}"]]}
    numbers: dict[str, float] = {"year": paper.date.year} if paper.date else {}
    themes: dict[str, None] = {}
    for name, field in corpus.form.fields.items():
        given = paper.fiche.given(name)
        value = given[0] if given else None
        if isinstance(value, Chosen):
            chosen = (each.id for each in given if isinstance(each, Chosen))
            values[name] = [choice_title(each, field, corpus.lang) for each in dict.fromkeys(chosen)]
        elif isinstance(value, Number) and name not in paper.fiche.values:
            continue  # the numbers of its arms are none of the study's
        elif isinstance(value, Number) and value.value is not None:
            numbers[name] = float(value.value)
        elif isinstance(value, Dated) and value.value is not None:
            numbers[name] = value.value.year
        elif field.type == "terms":
            terms = dict.fromkeys(term for term, _, _ in corpus.term_uses(paper, name))
            if terms:
                values[name] = list(terms)
        themes |= dict.fromkeys(corpus.theme_title(theme.text) for theme in corpus.themes(paper, name))
    if themes:
        values["*themes"] = list(themes)
    values = {name: [printed(each, corpus.lang) for each in those] for name, those in values.items()}
    of = str(paper.number) if paper.study else ""
    made: dict[str, Any] = {"k": identifier(paper.key), "l": paper.label, "f": of_study(paper.fiche.file, of)}
    if paper.study:
        made["h"] = identifier(paper.home)
    return made | {"v": values, "n": numbers}


def _facets(corpus: Corpus, papers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What papers are chosen by: status, year, choices, terms, numbers and themes, each with its values in their order."""
    words = corpus.words
    found: list[dict[str, Any]] = []

    def of_values(id: str, title: str, order: Sequence[str] = ()) -> None:
        order = [printed(each, corpus.lang) for each in order]
        there = dict.fromkeys(value for paper in papers for value in paper["v"].get(id, ()))
        values = [each for each in order if each in there] + [each for each in there if each not in order]
        if len(values) > 1:
            found.append({"id": id, "t": printed(title, corpus.lang), "type": "values", "values": values})

    def of_numbers(id: str, title: str) -> None:
        if len({paper["n"][id] for paper in papers if id in paper["n"]}) > 1:
            found.append({"id": id, "t": printed(title, corpus.lang), "type": "number"})

    of_numbers("year", words["html.year"])
    of_values("status", words["html.status"], [words[f"status.{each}"] for each in ("complete", "partial", "todo")])
    for name, field in corpus.form.fields.items():
        title = titled(field.title, corpus.lang) or name
        if field.type == "choice":
            of_values(name, title, [choice_title(each.id, field, corpus.lang) for each in field.choices])
        elif field.type == "terms":
            order = corpus.vocabulary.order(field.terms_list)
            of_values(name, title, sorted(order, key=lambda term: order[term]))
        elif field.type in ("number", "date"):
            of_numbers(name, title)
    of_values("*themes", words["html.themes"], [each.titled(corpus.lang) for each in corpus.vocabulary.themes])
    return found


def _linked_data(session: Session, title: str) -> dict[str, Any]:
    """The report and its papers as linked data (schema.org's ScholarlyArticle)."""
    corpus = session.project.corpus
    report = corpus.report
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": title,
        "inLanguage": report.lang,
        "author": [{"@type": "Person", "name": author.text} for author in report.authors],
    }
    if report.dated:
        made["datePublished"] = report.dated.iso
    if report.version:
        made["version"] = report.version
    if report.keywords:
        made["keywords"] = [curled(each.text, report.lang) for each in report.keywords]
    made["citation"] = [article(named(corpus, paper)) for paper in corpus.papers]
    return made
