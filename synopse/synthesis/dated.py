"""A paper in; its date and its year out, as tables, the card of its fiche and the list of papers print them."""

from __future__ import annotations

from synopse.bib.listing import when, years
from synopse.locale import Catalogue
from synopse.synthesis.corpus import Paper


def date_said(paper: Paper, words: Catalogue) -> str:
    """The record's date; what was read where it has none. What is no date is printed as it was written."""
    recorded = when(paper.reference, words) if paper.reference else ""
    if recorded or not paper.date:
        read = paper.about.citation
        return recorded or (" ".join(read.date.text.split()) if read and read.date else "")
    return words.date(paper.date)


def year_said(paper: Paper, words: Catalogue) -> str:
    """The year, the years of a range, or what was written where it is none."""
    known = paper.date if paper.reference is None or paper.reference.date or not paper.reference.words("year") else None
    return years(known, words) if known else date_said(paper, words)
