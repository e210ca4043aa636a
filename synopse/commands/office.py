"""`doit docx`: the report for word processors, with what has changed since an earlier state as tracked changes where that is asked for."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rapidfuzz import fuzz

from synopse.build.office import FORMATS, write_office
from synopse.build.run import Run, doit_action
from synopse.build.session import Session
from synopse.commands.changes import restore
from synopse.commands.formats import must_be_one
from synopse.diagnostics import Diagnostic, Rejected
from synopse.markup.text import plain_blocks
from synopse.read.tree import Scalar
from synopse.render.html.text import place_token
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.readings import assigned
from synopse.synthesis.remarked import with_terms

ALIKE = 0.4
"""Two texts of a field that have less in common than that are two texts, not one that was changed."""


@doit_action
def docx(run: Run, to: str = "docx", zotero: bool = False, since: str = "") -> list[Diagnostic]:
    """Writes the report in a format of word processors (`build/office.py`)."""
    must_be_one(to, FORMATS)
    before = texts_before(run.session, since) if since else {}
    return write_office(run.session, to, zotero, before)


def texts_before(session: Session, since: str) -> dict[str, str]:
    """What each text of the fiches that has changed said before, by the token of its place; empty for one that is new."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        wrong = restore(session.root, since, root)
        if wrong is not None:
            raise Rejected([wrong])
        old = Session(root)
        if old.project.broken:
            raise Rejected(old.project.diagnostics)
        found: dict[str, str] = {}
        earlier = old.project.corpus
        for paper in session.checked_project().corpus.papers:
            before = earlier.by_key.get(paper.key)
            for name in session.project.corpus.form.fields:
                now = _texts(session.project.corpus, paper, name)
                then = _texts(earlier, before, name) if before and name in earlier.form.fields else {}
                found |= _changed(now, list(then.values()))
        return found


def _texts(corpus: Corpus, paper: Paper, name: str) -> dict[str, str]:
    """The words of each text of a field, by the token of its place."""
    value = paper.fiche.values.get(name)
    if isinstance(value, Scalar):
        return {place_token(value.span): plain_blocks(corpus.filled(value), corpus.words, corpus.cited)}
    found: dict[str, str] = {}
    for remark in paper.fiche.remarks(name):
        blocks = with_terms(corpus, remark, corpus.filled(remark.text))
        found[place_token(remark.span)] = plain_blocks(blocks, corpus.words, corpus.cited)
    return found


def _changed(now: dict[str, str], then: list[str]) -> dict[str, str]:
    """Of the texts that none said before, those before that they are most alike to: paired so that as much as possible is common."""
    gone = [text for text in then if text not in now.values()]
    new = {token: text for token, text in now.items() if text not in then}
    scores = [[fuzz.ratio(text, each) / 100 for each in gone] for text in new.values()]
    pairs = assigned(scores)
    return {
        token: gone[pairs[number]] if number in pairs and scores[number][pairs[number]] >= ALIKE else ""
        for number, token in enumerate(new)
    }
