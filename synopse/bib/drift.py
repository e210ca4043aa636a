"""What a fiche says of its paper, held against the record: a list of `Difference`s out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synopse.bib.identifiers import normal_doi
from synopse.bib.listing import when, who
from synopse.bib.reference import Reference
from synopse.bib.stated import bare, readings, same_people
from synopse.bib.unlike import Pairs, unlike_dates, unlike_names, unlike_words, whole
from synopse.locale import Catalogue
from synopse.locale.dates import read_date
from synopse.model.fiche import AsRead
from synopse.read.tree import Scalar

MOST_NAMES = 99
"""The record's list is printed with at most so many names (the card of a fiche has as many)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that differs. `pairs` are the stretches of `said` and `record` that the other side does not have."""

    item: str
    read: Scalar
    record: str
    pairs: Pairs

    @property
    def said(self) -> str:
        """What was read, in one line."""
        return one_line(self.read)

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The words of the pairs."""
        return tuple((self.said[slice(*mine)], self.record[slice(*theirs)]) for mine, theirs in self.pairs)


def differences(read: AsRead | None, record: Reference | None, words: Catalogue) -> list[Difference]:
    """The differences between a citation as it was read and its record; what the person did not write is no difference."""
    if read is None or record is None:
        return []
    return [each for each in _all(read, record, words) if each.said != _printed(each.item, record, words)]


def _printed(item: str, record: Reference, words: Catalogue) -> str:
    """What we print of an item ourselves, as in a new fiche: that is no difference, in whichever way it might be read."""
    match item:
        case "authors":
            shown = who(record, words, MOST_NAMES)
        case "date":
            shown = when(record, words)
        case "source":
            shown = record.source
        case _:
            shown = record.words(item) or record.verbatim.get(item, "")
    return " ".join(shown.split())


def one_line(text: Scalar) -> str:
    """The text with single spaces between its words."""
    return " ".join(text.text.split())


def _all(read: AsRead, record: Reference, words: Catalogue) -> Iterator[Difference]:
    title = record.words("title")
    subtitle = record.words("subtitle")
    if read.title and title:
        every = f"{title}: {subtitle}" if subtitle else title
        if bare(read.title.text) not in (bare(every), bare(title)):
            yield Difference("title", read.title, every, unlike_words(one_line(read.title), every))
    if read.date and record.date:
        date = read_date(read.date.text)
        if date is None or not date.agrees(record.date):
            shown = words.date(record.date)
            yield Difference("date", read.date, shown, unlike_dates(one_line(read.date), date, shown, record.date))
    elif read.date and (written := when(record, words)) and bare(read.date.text) != bare(written):
        yield Difference("date", read.date, written, whole(one_line(read.date), written))
    if read.authors and record.authors.names and not same_people(read.authors.text, record.authors):
        yield _of_authors(read.authors, record, words)
    if read.source and not _same_source(read.source.text, record):
        known = record.source or record.link
        pairs = unlike_words(one_line(read.source), known)
        yield Difference("source", read.source, known, pairs or whole(one_line(read.source), known))
    if read.doi and record.doi and normal_doi(read.doi.text).lower() != record.doi.lower():
        yield Difference("doi", read.doi, record.doi, whole(one_line(read.doi), record.doi))


def _of_authors(read: Scalar, record: Reference, words: Catalogue) -> Difference:
    """Two lists that differ: the record's is whole where what was read is, so that a name which is missing can be seen."""
    stated = readings(read.text)[0]
    shown = who(record, words, max(4, len(stated.names)) if stated.others else MOST_NAMES)
    pairs = unlike_names(one_line(read), record.authors, shown, words["author.others"])
    return Difference("authors", read, shown, pairs)


def _same_source(text: str, record: Reference) -> bool:
    said = bare(text)
    known = [record.source, record.link, record.words("journaltitle"), record.verbatim.get("url", "")]
    if record.arxiv:
        known += ["arxiv.org", "arXiv", record.arxiv]
    return any(bare(each) and (bare(each) in said or said in bare(each)) for each in known if each) or not any(known)
