"""A fiche's own citation in, the reference that it makes for a paper that no .bib has, out. Nothing is added to its words."""

from __future__ import annotations

from synopse.bib.decode import with_links
from synopse.bib.identifiers import arxiv_in, normal_doi
from synopse.bib.reference import Names, Reference
from synopse.bib.stated import stated_names, stated_role
from synopse.locale.dates import read_date
from synopse.markup.tree import Inline, Text
from synopse.model.fiche import Fiche


def from_citation(fiche: Fiche) -> Reference | None:
    """The reference that a fiche's own citation makes; nothing where it has none, or one that says nothing."""
    read = fiche.citation
    if read is None or not read.says_something:
        return None
    names: dict[str, Names] = {}
    texts: dict[str, tuple[Inline, ...]] = {"title": with_links((Text(read.title.text),))} if read.title else {}
    verbatim: dict[str, str] = {}
    if read.authors:
        names[stated_role(read.authors.text)] = stated_names(read.authors.text)
    if read.source:
        texts["howpublished"] = with_links((Text(read.source.text),))
        identifier = arxiv_in(read.source.text)
        if identifier:
            verbatim |= {"eprint": identifier, "eprinttype": "arxiv"}
    if read.url:
        verbatim["url"] = read.url.text.strip()
    if read.doi:
        verbatim["doi"] = normal_doi(read.doi.text)
    date = read_date(read.date.text) if read.date else None
    if read.date and date is None:
        texts["year"] = (Text(read.date.text.strip()),)
    return Reference(fiche.key, "misc", read.span, names, {"date": date} if date else {}, texts, verbatim)
