"""The sources that fiches name beside their remarks, and the links of what was read: which are none, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from synopse.bib.identifiers import address_of
from synopse.bib.origin import origin_of
from synopse.diagnostics import Diagnostic, problem
from synopse.diagnostics.model import concerning, did_you_mean
from synopse.model.fiche import Fiche, fiche_sources
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from synopse.project.project import Project


def check_sources(project: Project) -> Iterator[Diagnostic]:
    """Every source that is neither an address nor a key that can be cited, and every link that is no address."""
    for fiche in project.fiches.values():
        wrong = [_wrong_source(project, fiche, source) for source in fiche_sources(fiche)]
        wrong += [_wrong_link(reading.link) for reading in fiche.read if reading.link is not None]
        yield from concerning(fiche.key, [each for each in wrong if each is not None])


def is_citable(project: Project, key: str) -> bool:
    """Whether a key is that of a reference that can be cited: a record in `bib/`, or the citation of a fiche."""
    record = project.library.get(key)
    if record is not None:
        return record.kind != "xdata"
    fiche = project.fiches.get(key)
    return fiche is not None and fiche.citation is not None and fiche.citation.says_something


def _wrong_source(project: Project, fiche: Fiche, source: Scalar) -> Diagnostic | None:
    typed = source.text.strip()
    if origin_of(source, fiche.read, {typed} if is_citable(project, typed) else ()) is not None:
        return None
    message = f'"{typed}" is neither an address nor the key of a reference'
    bare = typed.strip("[]").removeprefix("@").strip("{}")
    if is_citable(project, bare):
        return problem("unknown-source", message, source.span, f"write the key alone: {bare}")
    versions = [reading.version.text for reading in fiche.read if reading.version is not None]
    known = [*versions, *project.library.references, *project.fiches]
    hint = _as_address(typed) or did_you_mean(typed, known, project.library.places)
    also = "write an address that begins with https://, a DOI, a key of bib/, or the version of a text under read:"
    return problem("unknown-source", message, source.span, hint or also)


def _wrong_link(link: Scalar) -> Diagnostic | None:
    typed = link.text.strip()
    if address_of(typed):
        return None
    hint = _as_address(typed) or "write an address that begins with https://, or a DOI"
    return problem("unknown-source", f'"{typed}" is not an address', link.span, hint)


def _as_address(typed: str) -> str:
    """A hint for an address without its beginning: `arxiv.org/abs/2502.18791`."""
    host, slash, _ = typed.partition("/")
    whole = f"https://{typed}"
    return f"write {whole}" if slash and "." in host and address_of(whole) else ""
