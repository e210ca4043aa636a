"""`coverage`: sections × papers, complete, partial or empty: what is still to be read.

An empty section of a paper that was read in part is told from one of a paper of which all was read, or nothing is said.
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

    Where none is and the paper was read in part, by its fiche's `read:`, the section may be filled by reading on: unread.
    """
    if section.draws == "reference":
        return "complete" if paper.reference or paper.fiche.citation else "empty"
    names = [field.id for field in section.fields]
    needed = [field.id for field in section.fields if field.required] or names
    if not any(name in paper.fiche.values for name in names):
        return "empty" if paper.fiche.extent in (None, "whole") else "unread"
    return "complete" if all(name in paper.fiche.values for name in needed) else "partial"


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
        "unread": all_marks["unread"],
        "cells": cells_in_all,
        "share": corpus.words.percent(all_marks["complete"], cells_in_all),
    }
    legend: tuple[Mark, ...] = ("complete", "partial", "empty")
    if all_marks["unread"]:
        legend = ("complete", "partial", "unread", "empty")
        facts["lead"] = "lead.coverage.unread"
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts, legend=legend)


def _places(section: Section, paper: Paper) -> tuple[Span, ...]:
    values = [paper.fiche.values[field.id] for field in section.fields if field.id in paper.fiche.values]
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
