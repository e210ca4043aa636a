"""What a fiche says of its paper, held against the record: a list of `Difference`s out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from synopse.bib.identifiers import normal_doi
from synopse.bib.listing import who
from synopse.bib.reference import Reference
from synopse.bib.stated import bare, names_more, same_people
from synopse.locale import Catalogue
from synopse.locale.dates import read_date
from synopse.locale.languages import all_typed
from synopse.model.fiche import AsRead
from synopse.read.tree import Scalar


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that differs. `words` are the stretches of each side that the other does not have."""

    item: str
    read: Scalar
    record: str
    words: tuple[tuple[str, str], ...] = ()


def differences(read: AsRead | None, record: Reference | None, words: Catalogue) -> list[Difference]:
    """The differences between a citation as it was read and its record; what the person did not write is no difference."""
    if read is None or record is None:
        return []
    return list(_all(read, record, words))


def _all(read: AsRead, record: Reference, words: Catalogue) -> Iterator[Difference]:
    title = record.words("title")
    subtitle = record.words("subtitle")
    if read.title and title:
        whole = f"{title}: {subtitle}" if subtitle else title
        if bare(read.title.text) not in (bare(whole), bare(title)):
            yield Difference("title", read.title, whole, word_differences(read.title.text, whole))
    if read.date and record.date:
        date = read_date(read.date.text)
        if date is None or not date.agrees(record.date):
            yield Difference("date", read.date, words.date(record.date))
    if read.authors and record.authors.names and not same_people(read.authors.text, record.authors):
        shown = who(record, words, max(4, read.authors.text.count(",") + 1))
        every = shown == who(record, words, len(record.authors.names)) and not names_more(read.authors.text)
        yield Difference("authors", read.authors, shown, _names_that_differ(read.authors.text, shown) if every else ())
    if read.source and not _same_source(read.source.text, record):
        yield Difference("source", read.source, record.source or record.link)
    if read.doi and record.doi and normal_doi(read.doi.text).lower() != record.doi.lower():
        yield Difference("doi", read.doi, record.doi)


def _names_that_differ(read: str, record: str) -> tuple[tuple[str, str], ...]:
    """The names of two whole lists that differ; an « et » for a comma is no name."""
    ands = {bare(word) for _, word in all_typed("and")}
    pairs = word_differences(read, record)
    return tuple(pair for pair in pairs if not all(set(bare(side).split()) <= ands for side in pair))


def word_differences(read: str, record: str) -> tuple[tuple[str, str], ...]:
    """The pairs of words that differ, in order: what was read, what the record has."""
    left, right = read.split(), record.split()
    folded_left, folded_right = [bare(w) for w in left], [bare(w) for w in right]
    matcher = SequenceMatcher(None, folded_left, folded_right, autojunk=False)
    return tuple(
        (" ".join(left[a:b]), " ".join(right[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    )


def _same_source(text: str, record: Reference) -> bool:
    said = bare(text)
    known = [record.source, record.link, record.words("journaltitle"), record.verbatim.get("url", "")]
    if record.arxiv:
        known += ["arxiv.org", "arXiv", record.arxiv]
    return any(bare(each) and (bare(each) in said or said in bare(each)) for each in known if each) or not any(known)
