"""Fiches and their records in; the label of each paper, as an author-year style would cite it, out.

Only where the style itself cannot be asked (`typeset.labels`): before a first build, and where TeX is not installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from synopse.bib.from_fiche import from_citation
from synopse.bib.listing import short_title
from synopse.bib.reference import Reference
from synopse.locale import Catalogue
from synopse.locale.collation import collation_key
from synopse.markup.text import plain
from synopse.model.fiche import Fiche

MOST_NAMES = 2
"""Of more authors than this, the first is named."""


def computed_labels(papers: Iterable[tuple[Fiche, Reference | None]], words: Catalogue) -> list[str]:
    """`Matarazzo et Torlone (2025)`, `Park et al. (2025)`; letters tell twins apart, in the order of their titles."""
    references = [(fiche, record or from_citation(fiche)) for fiche, record in papers]
    parts = [(_name(fiche, each, words), _year(each)) for fiche, each in references]
    count = Counter(parts)
    titles = [plain(each.title) if each else fiche.key for fiche, each in references]
    letters = [""] * len(parts)
    rank = Counter[tuple[str, str]]()
    shared = [number for number, each in enumerate(parts) if count[each] > 1]
    for number in sorted(shared, key=lambda number: collation_key(titles[number], words.lang)):
        letters[number] = _letter(rank[parts[number]])
        rank[parts[number]] += 1
    return [_label(name, year + letter) for (name, year), letter in zip(parts, letters, strict=True)]


def computed_label(reference: Reference, words: Catalogue) -> str:
    """The label of a reference that has no fiche, alone."""
    names = reference.authors
    first = MOST_NAMES if len(names.names) <= MOST_NAMES else 1
    name = words.people([each.short for each in names.names], first, names.others) if names.names else ""
    return _label(name or plain(short_title(reference.title)) or reference.key, _year(reference))


def _label(name: str, year: str) -> str:
    return f"{name} ({year})" if year else name


def _letter(rank: int) -> str:
    return (chr(96 + rank // 26) if rank >= 26 else "") + chr(97 + rank % 26)


def _year(reference: Reference | None) -> str:
    if reference is None or reference.date is None:
        return reference.words("year") if reference else ""
    first, last = reference.date.year, reference.date.last.year
    return f"{first}–{last}" if last != first else str(first)


def _name(fiche: Fiche, reference: Reference | None, words: Catalogue) -> str:
    if reference is None:
        return fiche.key
    names = reference.authors
    if names.names:
        first = MOST_NAMES if len(names.names) <= MOST_NAMES else 1
        return words.people([name.short for name in names.names], first, names.others)
    return plain(short_title(reference.title)) or fiche.key
