"""`doit deposit`: a built report in; `build/deposit` and `build/deposit.zip`, which an archive takes, out. Uploading is yours."""

from __future__ import annotations

import shutil

from synopse.build.attachments import sources_of
from synopse.build.run import Run, doit_action
from synopse.build.session import Session
from synopse.diagnostics import Diagnostic, problem
from synopse.export.comparison import addresses, json_ld, named, orkg, statements
from synopse.export.deposit import Cited, Person, Work, described, tree_id
from synopse.export.values import tables_of
from synopse.ground.files import write_whole
from synopse.markup.text import plain_blocks
from synopse.markup.typography import curled
from synopse.synthesis.values import filled
from synopse.typeset.archive import zipped

WHOLE = ("report.pdf", "report.html", "tables.xlsx", "provenance.json", "references.bib")


@doit_action
def deposit(run: Run) -> list[Diagnostic]:
    """Gathers what belongs to the report, and describes it. What an archive asks for and the report does not say is told."""
    session = run.session
    build = session.build
    sources = dict(sources_of(session))
    bib = {
        path.relative_to(session.root).as_posix(): path.read_bytes()
        for path in sorted((session.root / "bib").glob("*.bib"))
    }
    files = {name: (build / name).read_bytes() for name in WHOLE if (build / name).is_file()}
    files |= {f"tables/{path.name}": path.read_bytes() for path in sorted((build / "tables").glob("*.csv"))}
    files |= compared(session)
    files["sources.zip"] = zipped(sources | bib)
    work = work_of(session, tree_id(sources | bib))
    made = described(work, files)
    folder = build / "deposit"
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in made.items():
        write_whole(folder / name, data)
    write_whole(build / "deposit.zip", zipped(made))
    return _missing(session)


def compared(session: Session) -> dict[str, bytes]:
    """Each table that sets papers side by side, as knowledge graphs read it: `orkg/ID.csv` and `orkg/ID.jsonld`."""
    corpus = session.checked_project().corpus
    works = {paper.key: named(corpus, paper) for paper in corpus.by_study.papers}
    uris = addresses(corpus.vocabulary, corpus.lang)
    files = {}
    for table in tables_of(session.synthesis[0]):
        found = [each for each in statements(table, corpus.words, corpus.cited) if each.paper in works]
        if found:
            files[f"orkg/{table.id}.csv"] = orkg(found, works).encode("utf-8")
            files[f"orkg/{table.id}.jsonld"] = json_ld(table.title, corpus.lang, found, works, uris).encode("utf-8")
    return files


def _missing(session: Session) -> list[Diagnostic]:
    report = session.project.corpus.report
    wanted = {"license": report.license, "authors": report.authors, "date": report.date, "abstract": report.abstract}
    place = report.value_place("title")
    return [
        problem(
            "deposit-lacks",
            f'an archive asks for "{name}", which the report does not say',
            place,
            f"add {name}: to report.yaml",
        )
        for name, value in wanted.items()
        if not value
    ]


def work_of(session: Session, tree: str) -> Work:
    """What the report says of itself."""
    corpus = session.checked_project().corpus
    report, words = corpus.report, corpus.words

    def said(text: object) -> str:
        return " ".join(str(text).split())

    text = next((text for lang, text in report.abstract.items() if lang in ("", report.lang)), None)
    abstract = (
        said(plain_blocks(filled(corpus.parsed(text), corpus)[0], words, corpus.cited)) if text is not None else ""
    )
    papers = [Cited(each.title, each.address) for each in (named(corpus, paper) for paper in corpus.papers)]
    return Work(
        corpus.title,
        report.lang,
        report.dated.iso if report.dated else "",
        tuple(
            Person(each.text, each.orcid, each.affiliation.text if each.affiliation else "") for each in report.authors
        ),
        abstract,
        report.version,
        report.license,
        tuple(curled(each.text, report.lang) for each in report.keywords),
        tuple(each.text for each in report.funding),
        tuple(papers),
        tree,
        {
            "report.pdf": corpus.title,
            "report.html": corpus.title,
            "sources.zip": words["attached.sources"],
            "references.bib": words["attached.references"],
        },
    )
