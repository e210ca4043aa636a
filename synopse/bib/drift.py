"""What a fiche says of its paper, held against the record: a list of `Difference`s out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from synopse.bib.identifiers import normal_doi
from synopse.bib.reference import Reference
from synopse.dates import read_date
from synopse.locale import Catalogue
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
        if _bare(read.title.text) not in (_bare(whole), _bare(title)):
            yield Difference("title", read.title, whole, word_differences(read.title.text, whole))
    if read.date and record.date:
        date = read_date(read.date.text)
        if date is None or not date.agrees(record.date):
            yield Difference("date", read.date, words.date(record.date))
    if read.authors and record.authors.names and not same_authors(read.authors.text, record):
        shown = ", ".join(name.full for name in record.authors.names[:4])
        yield Difference("authors", read.authors, shown + (" et al." if len(record.authors.names) > 4 else ""))
    if read.source and not _same_source(read.source.text, record):
        yield Difference("source", read.source, record.source or record.link)
    if read.doi and record.doi and normal_doi(read.doi.text).lower() != record.doi.lower():
        yield Difference("doi", read.doi, record.doi)


def _bare(text: str) -> str:
    """Letters and digits, without case or accents: quotes, dashes and spaces are no difference."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def word_differences(read: str, record: str) -> tuple[tuple[str, str], ...]:
    """The pairs of words that differ, in order: what was read, what the record has."""
    left, right = read.split(), record.split()
    folded_left, folded_right = [_bare(w) for w in left], [_bare(w) for w in right]
    matcher = SequenceMatcher(None, folded_left, folded_right, autojunk=False)
    return tuple(
        (" ".join(left[a:b]), " ".join(right[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    )


_AND_OTHERS = re.compile(r",?\s*(?:et\s+al\.?|et\s+coll\.?|and\s+others|and\s+colleagues|…|\.\.\.)\s*$", re.IGNORECASE)


def same_authors(text: str, record: Reference) -> bool:
    """Whether the names in the text are the record's first ones; « et al. » leaves the rest open."""
    open_end = bool(_AND_OTHERS.search(text))
    stated = [part for part in re.split(r"\s*[;,&]\s*|\s+(?:et|and)\s+", _AND_OTHERS.sub("", text)) if _bare(part)]
    names = record.authors.names
    families = [_bare(name.short) for name in names]
    parts = {_bare(word) for name in names for word in f"{name.full} {name.short}".split()}
    parts |= {part[0] for name in names for word in name.given.split() if (part := _bare(word))}
    if not stated:
        return True
    if not all(any(_bare(word) in parts for word in part.split()) for part in stated):
        return False
    first = stated[0] + " " + (stated[1] if len(stated) > 1 else "")
    if families and families[0] not in _bare(first):
        return False
    mentioned = sum(family in _bare(text) for family in set(families))
    return open_end or mentioned >= len(set(families))


def _same_source(text: str, record: Reference) -> bool:
    said = _bare(text)
    known = [record.source, record.link, record.words("journaltitle"), record.verbatim.get("url", "")]
    if record.arxiv:
        known += ["arxiv.org", "arXiv", record.arxiv]
    return any(_bare(each) and (_bare(each) in said or said in _bare(each)) for each in known if each) or not any(known)
