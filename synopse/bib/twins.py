"""References in; which of them are surely one work, or may be, out.

Two entries are one work where they bear one identifier and nothing speaks against it. A title and an author in common
prove nothing: an editorial stands in every year, a report has two parts, a conference paper becomes an article. Such
entries are kept apart, and a person is asked where nothing tells them apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from synopse.bib.collection import Twin
from synopse.bib.identifiers import bare_arxiv
from synopse.bib.reference import Reference
from synopse.diagnostics import Diagnostic, problem

SHORTEST = 12
"""Titles of fewer letters, such as "Introduction", say nothing of a work."""
MOST = 30
"""Entries of one sign that are held against a further one: more of them are no works, but a fault of an export."""
_PARTS = ("edition", "version", "volume", "number", "issue", "chapter", "part")
"""What tells two parts, numbers or editions of one work apart, whatever identifier they share."""
_CONTAINERS = ("journaltitle", "booktitle", "maintitle", "series", "eventtitle")
_WHOLE = frozenset(
    ("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "manual")
)
"""Types that an ISBN names whole; a chapter bears that of its book."""
_ANY = frozenset(("misc", "online", "unpublished", "dataset", "software"))
"""Types under which a work is put for want of a better one: they tell nothing apart."""
_ROMAN = re.compile(r"\b(?=[ivx])(?:x{0,2})(?:ix|iv|v?i{0,3})\b")


def twins(references: Iterable[Reference]) -> tuple[Twin, ...]:
    """The pairs of references that are, or may be, one work; each pair once, by the strongest sign that they share."""
    first: dict[tuple[str, str], list[Reference]] = {}
    found: dict[tuple[str, str], Twin] = {}
    for each in references:
        for sign, why in _signs(each):
            others = first.setdefault(sign, [])
            for other in others[:MOST]:
                twin = _twin(other, each, sign[0], why)
                if twin is not None:
                    found.setdefault((other.key, each.key), twin)
            others.append(each)
    return tuple(found.values())


def groups(found: Iterable[Twin]) -> tuple[tuple[str, ...], ...]:
    """The keys of each work that stands under several, in the order of the files: each is the same as all the others."""
    pairs = [(twin.first, twin.second) for twin in found if twin.kind == "same"]
    same = {frozenset(pair) for pair in pairs}
    group_of: dict[str, list[str]] = {}
    for first, second in pairs:
        group = group_of.setdefault(first, [first])
        if second not in group_of and all(frozenset((each, second)) in same for each in group):
            group.append(second)
            group_of[second] = group
    return tuple(tuple(group) for group in {id(group): group for group in group_of.values()}.values() if len(group) > 1)


def folded_title(each: Reference) -> str:
    """A title's letters and digits, without case or accent: how titles are compared."""
    return _bare(each.words("title"))


def tell_twin(twin: Twin, references: dict[str, Reference], same: str = "") -> Diagnostic:
    """What a person is told of a pair of which the report uses both; `same` is the key that is cited for both."""
    first, second = references[twin.first], references[twin.second]
    where = f"the other is at {first.span.file}:{first.span.line}"
    pair = f'"{twin.second}" and "{twin.first}"'
    match twin.kind:
        case "same":
            return problem(
                "same-paper", f'{pair} are the same paper ({twin.why}): "{same}" is cited', second.span, where
            )
        case "preprint":
            message = f'"{twin.first}" is the preprint of "{twin.second}" ({twin.why}); both are kept'
            return problem("preprint", message, second.span, where)
        case "clash":
            message = f"{pair} have the {twin.why}, and look like two works: both are kept"
            return problem(
                "maybe-same-paper", message, second.span, where, "if the identifier of one is wrong, mend it"
            )
    message = f"{pair} may be the same paper ({twin.why}): both are kept"
    hint = f'if they are one, cite one of them alone, or give "{twin.first}" the field ids = {{{twin.second}}}'
    return problem("maybe-same-paper", message, second.span, where, hint)


def _signs(each: Reference) -> Iterator[tuple[tuple[str, str], str]]:
    """What two entries of one work have in common, the strongest first."""
    if each.kind in ("xdata", "set"):
        return
    if each.doi:
        yield ("doi", each.doi.lower()), "same DOI"
    if each.arxiv:
        yield ("eprint", _eprint(each)), "same arXiv id"
    elif _eprint(each):
        yield ("eprint", _eprint(each)), f"same {each.verbatim['eprinttype']} id"
    if _isbn(each) and each.kind in _WHOLE:
        yield ("isbn", _isbn(each)), "same ISBN"
    title = folded_title(each)
    if len(title) > SHORTEST and each.authors.names:
        yield ("title", f"{title}/{_bare(each.authors.names[0].family)}"), "same title and first author"


def _twin(first: Reference, second: Reference, sign: str, why: str) -> Twin | None:
    if sign in ("eprint", "title") and is_published(first) != is_published(second):
        preprint, article = (first, second) if is_published(second) else (second, first)
        if sign == "eprint" or _is_preprint(preprint):
            return Twin("preprint", preprint.key, article.key, why)
    if sign == "title":
        return None if _differ(first, second, strict=True) else Twin("likely", first.key, second.key, why)
    if not _titles_agree(first, second) or _differ(first, second, strict=False):
        return Twin("clash", first.key, second.key, why)
    return Twin("same", first.key, second.key, why)


def is_published(each: Reference) -> bool:
    """Whether a work appeared in a journal or a book, or at least has a DOI that is not a preprint's."""
    return bool(each.words("journaltitle") or each.words("booktitle") or (each.doi and "arxiv" not in each.doi.lower()))


def _is_preprint(each: Reference) -> bool:
    archive = re.compile(r"(?i)arxiv|biorxiv|medrxiv|ssrn|preprint|hal\b|osf|chemrxiv|psyarxiv")
    words = " ".join((each.arxiv and "arxiv", each.verbatim.get("eprinttype", ""), each.source, each.words("note"),
                      each.verbatim.get("url", ""), each.verbatim.get("pubstate", "")))  # fmt: skip
    return bool(archive.search(words))


def _differ(first: Reference, second: Reference, strict: bool) -> bool:
    """Whether something that both entries say tells two works apart. Where they share no identifier, `strict`."""
    names = [*_PARTS, *(("pages", *_CONTAINERS) if strict else ())]
    if strict and first.kind != second.kind and not {first.kind, second.kind} & _ANY:
        return True
    if first.kind.startswith("in") and second.kind.startswith("in"):
        names.append("pages")
    if any(_bare(_said(first, name)) != _bare(_said(second, name)) for name in names if _both(first, second, name)):
        return True
    if first.date and second.date and not first.date.agrees(second.date):
        return True
    pairs = ((first.doi.lower(), second.doi.lower()), (_eprint(first), _eprint(second)), (_isbn(first), _isbn(second)))
    return strict and any(one and other and one != other for one, other in pairs)


def _said(each: Reference, name: str) -> str:
    return each.words(name) or each.verbatim.get(name, "")


def _both(first: Reference, second: Reference, name: str) -> bool:
    return bool(_said(first, name) and _said(second, name))


def _eprint(each: Reference) -> str:
    kind, identifier = each.verbatim.get("eprinttype", "").lower(), each.verbatim.get("eprint", "").lower()
    return f"{kind}:{bare_arxiv(identifier) if kind == 'arxiv' else identifier}" if kind and identifier else ""


def _isbn(each: Reference) -> str:
    return re.sub(r"[^\dX]", "", re.split(r"[,;/ ]", each.verbatim.get("isbn", "").strip().upper())[0])


def _titles_agree(first: Reference, second: Reference) -> bool:
    """Whether two titles can be of one work: a shortened one is, a part with another number is not."""
    one, other = folded_title(first), folded_title(second)
    if not one or not other:
        return True
    if _numbers(first) != _numbers(second) and min(len(one), len(other)) > SHORTEST:
        return one == other
    return one.startswith(other) or other.startswith(one) or SequenceMatcher(None, one, other).ratio() > 0.6


def _numbers(each: Reference) -> list[str]:
    """The figures and Roman numerals of a title."""
    words = each.words("title").casefold()
    return sorted(re.findall(r"\d+", words) + [match[0] for match in _ROMAN.finditer(words) if match[0]])


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))
