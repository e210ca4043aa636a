"""Several .bib files in, one `Library` out: every reference by key, the same paper found twice, every entry accounted."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from synopse.bib.identifiers import bare_arxiv
from synopse.bib.normalise import reference, with_inherited
from synopse.bib.read import Entry, decode_bib, split_bib
from synopse.bib.reference import Library, Reference, unusual_letters
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.markup.citations import KEY


def read_library(files: Mapping[str, bytes]) -> tuple[Library, list[Diagnostic]]:
    """Reads the files in the order of their names. Entries in = references + diagnostics that tell of the others."""
    found: list[Diagnostic] = []
    entries: list[Entry] = []
    macros: dict[str, str] = {}
    count = 0
    for file in sorted(files):
        text, wrong = decode_bib(files[file], file)
        split = split_bib(text, file, macros)
        entries += split.entries
        count += split.count
        found += wrong + split.found
    references: dict[str, Reference] = {}
    for entry in with_inherited(entries, found):
        _add(entry, references, found)
    aliases = {alias: each.key for each in references.values() for alias in each.aliases if alias not in references}
    same = _same_papers(references, found)
    digests = {key: _digest(each) for key, each in references.items()}
    letters = frozenset(letter for each in references.values() for letter in unusual_letters(each))
    return Library(references, aliases | same, count, digests, letters), found


def _digest(reference: Reference) -> str:
    return hashlib.blake2b(repr(reference).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


_KEY = re.compile(rf"(?:{KEY})\Z")


def _add(entry: Entry, references: dict[str, Reference], found: list[Diagnostic]) -> None:
    place = Span(entry.span.file, entry.span.line, 1, entry.span.line, entry.span.end_column)
    if not entry.key or re.search(r"[\s{}(),\\%#~\"'=]", entry.key):
        message = f'"{entry.key}" cannot be a key' if entry.key else "an entry has no key"
        found.append(problem("bad-key", f"{message}: the entry was left out", place, "write @misc{author2025word, …"))
        return
    if entry.key in references:
        first = references[entry.key].span
        message = f'the key "{entry.key}" stands twice; the entry at {first.file}:{first.line} is kept'
        found.append(problem("duplicate-reference", message, place, "give one of the two another key"))
        return
    references[entry.key] = reference(entry, found.append)


def folded_title(each: Reference) -> str:
    """A title's letters and digits, without case or accent: how titles are compared."""
    plain = unicodedata.normalize("NFKD", each.words("title").casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _same_papers(references: dict[str, Reference], found: list[Diagnostic]) -> dict[str, str]:
    """Entries that are one paper, by DOI, arXiv id, or title and first author; a preprint and its article are two."""
    first: dict[tuple[str, str], str] = {}
    same: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for key, each in references.items():
        for sign, what in _signs(each):
            other = first.setdefault(sign, key)
            if other == key or key in same or (other, key) in told:
                continue
            told.add((other, key))
            known = references[other]
            if sign[0] != "doi" and _published(each) != _published(known):
                preprint, article = (each, known) if _published(known) else (known, each)
                message = f'"{preprint.key}" is the preprint of "{article.key}" ({what}); both are kept'
                found.append(problem("preprint", message, each.span))
                continue
            same[key] = same.get(other, other)
            message = f'"{key}" and "{other}" are the same paper ({what}): "{other}" is cited'
            place = f"the other is at {known.span.file}:{known.span.line}"
            found.append(problem("same-paper", message, each.span, place))
    return same


def _published(each: Reference) -> bool:
    return bool(each.words("journaltitle") or each.words("booktitle") or (each.doi and "arxiv" not in each.doi.lower()))


def _signs(each: Reference) -> Iterable[tuple[tuple[str, str], str]]:
    if each.kind == "xdata":
        return
    if each.doi and not each.kind.startswith("in"):
        yield ("doi", each.doi.lower()), "same DOI"
    if each.arxiv:
        yield ("arxiv", bare_arxiv(each.arxiv)), "same arXiv id"
    title = folded_title(each)
    if len(title) > 12 and each.authors.names:
        edition = each.words("edition") + each.verbatim.get("volume", "") + each.verbatim.get("chapter", "")
        yield ("title", f"{title}/{each.authors.names[0].family.casefold()}/{edition}"), "same title and first author"
