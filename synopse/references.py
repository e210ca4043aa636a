"""The references of a report: those of `bib/` that it retains or cites, and those that a fiche's citation makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from synopse.bib.identifiers import arxiv_in, normal_doi
from synopse.bib.reference import Names, Reference
from synopse.checks import cited_by
from synopse.dates import read_date
from synopse.markup.tree import Inline, Text
from synopse.model.fiche import Fiche
from synopse.project import Project


def wanted(project: Project) -> list[Reference]:
    """Every retained and cited reference, by key. With `bibliography: {all: true}` every one of `bib/`."""
    library, keys = project.library, wanted_keys(project)
    found = {key: library.references[key] for key in keys if key in library.references}
    for fiche in project.fiches.values():
        if library.get(fiche.key) is None and fiche.citation and (fiche.key in keys):
            found[fiche.key] = from_citation(fiche)
    aliased: dict[str, set[str]] = {}
    for alias, key in library.same.items():
        aliased.setdefault(key, set()).add(alias)
    return [
        replace(found[key], aliases=tuple(sorted({*found[key].aliases, *aliased.get(key, ())})))
        for key in sorted(found)
    ]


def wanted_keys(project: Project) -> set[str]:
    """The keys of those references."""
    library = project.library
    keys = {library.canonical(fiche.key) for fiche in project.retained} | set(cited_keys(project))
    if project.report and project.report.bibliography.all:
        keys |= {key for key in library.references if key not in library.same}
    return keys


def cited_keys(project: Project) -> Iterable[str]:
    """The keys that the texts cite, as the library knows them."""
    return (project.library.canonical(key.key) for key in cited_by(project))


def from_citation(fiche: Fiche) -> Reference:
    """The reference that a fiche's own citation makes, for a paper that no .bib has. Nothing is added to its words."""
    read = fiche.citation
    assert read is not None
    names: dict[str, Names] = {}
    texts: dict[str, tuple[Inline, ...]] = {"title": (Text(read.title.text),)} if read.title else {}
    verbatim: dict[str, str] = {}
    if read.authors:
        names["author"] = stated_names(read.authors.text)
    if read.source:
        texts["howpublished"] = (Text(read.source.text),)
        identifier = arxiv_in(read.source.text)
        if identifier:
            verbatim |= {"eprint": identifier, "eprinttype": "arxiv"}
    if read.url:
        verbatim["url"] = read.url.text.strip()
    if read.doi:
        verbatim["doi"] = normal_doi(read.doi.text)
    date = read_date(read.date.text) if read.date else None
    return Reference(fiche.key, "misc", read.span, names, {"date": date} if date else {}, texts, verbatim)


def stated_names(text: str) -> Names:
    """Names as a person lists them, `Guiyao Tie, Zeli Zhao et al.`: each `Given Family`, parted by commas."""
    import re

    from synopse.bib.names import read_names

    body, others = re.subn(r",?\s*(?:et\s+al\.?|et\s+coll\.?|and\s+others|…)\s*$", "", text, flags=re.IGNORECASE)
    parts = [part.strip() for part in re.split(r"\s*[;,&]\s*|\s+(?:et|and)\s+", body) if part.strip()]
    quoted = [re.sub(r"([\\{}$&#%_^~])", "", part) for part in parts]
    names = read_names(" and ".join(quoted))
    return Names(names.names, bool(others))
