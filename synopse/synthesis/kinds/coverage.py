"""`coverage`: sections × papers, complete, partial or empty: what is still to be read.

Of a paper that was read in part, by its fiche's `read:`, no section is complete: one may be filled so far, or not read yet.
"""

from __future__ import annotations

from collections import Counter

from synopse.diagnostics import Span
from synopse.model.form import Section, titled
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Cell, Column, Mark, Row, Table, number, words


def filled(section: Section, paper: Paper) -> Mark:
    """Complete where every required field (every field, where none is required) is filled; empty where none is.

    Where the paper was read in part, the first is filled so far, the second not read yet: more may be found by reading on.
    """
    if section.draws == "reference":
        return "complete" if paper.reference or paper.fiche.citation else "empty"
    names = [field.id for field in section.fields]
    needed = [field.id for field in section.fields if field.required] or names
    in_part = paper.fiche.extent not in (None, "whole")
    fiche = paper.fiche
    if not any(map(fiche.given, names)):
        return "unread" if in_part else "empty"
    if any(map(fiche.lacking, needed)):
        return "partial"
    return "sofar" if in_part else "complete"


def coverage(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a section, one column a paper; the last row counts the sections that are complete."""
    columns = [Column(corpus.words["column.section"], "label")]
    columns += [Column(paper.label, "mark", paper.key) for paper in corpus.papers]
    columns.append(Column(corpus.words["column.complete"], "count"))
    rows, per_paper, all_marks = [], Counter[str](), Counter[str]()
    for section in corpus.form.sections:
        marks = {paper.key: filled(section, paper) for paper in corpus.papers}
        all_marks.update(marks.values())
        per_paper.update(key for key, mark in marks.items() if mark == "complete")
        cells = [
            Cell(mark=marks[paper.key], spans=_places(section, paper), link=paper.anchor) for paper in corpus.papers
        ]
        done = sum(mark == "complete" for mark in marks.values())
        rows.append(Row((words(titled(section.title, corpus.lang), section.span), *cells, number(done))))
    totals = [number(per_paper[paper.key], paper.fiche.key_span) for paper in corpus.papers]
    label = words(corpus.words["row.complete-sections"])
    rows.append(Row((label, *totals, number(all_marks["complete"])), total=True))
    cells_in_all = len(corpus.form.sections) * len(corpus.papers)
    facts: dict[str, object] = {
        "n": len(corpus.form.sections),
        "papers": len(corpus.papers),
        "complete": all_marks["complete"],
        "empty": all_marks["empty"] + all_marks["unread"],
        "sofar": all_marks["sofar"],
        "partial": all_marks["partial"],
        "unread": all_marks["unread"],
        "cells": cells_in_all,
        "share": corpus.words.percent(all_marks["complete"], cells_in_all),
    }
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts)


def _places(section: Section, paper: Paper) -> tuple[Span, ...]:
    values = [value for field in section.fields for value in paper.fiche.given(field.id)]
    spans = tuple((value[0] if isinstance(value, tuple) else value).span for value in values)
    return spans or (paper.fiche.key_span,)


KIND = Kind(
    "coverage",
    "sections × papers: complete, partial, empty, read in part",
    50,
    coverage,
    takes=("order",),
    uses="sections",
)
