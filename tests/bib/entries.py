"""Entries by chance: every type and field of biblatex's data model, and the forms that exports write, as .bib text.

`entries(seed, count)` gives always the same ones for a seed. Most are as LaTeX wants them; some are damaged as exports
are, so that what is read otherwise than biblatex reads it must be told.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from synopse.bib.reference import data_model
from tests.bib import forms
from tests.bib.exports import EXPORTS

TYPES = [kind for kind in data_model()["types"] if kind not in ("set", "xdata", "bibnote")]
OLD_TYPES = ["conference", "electronic", "www", "mastersthesis", "phdthesis", "techreport"]
UNKNOWN_TYPES = ["generic", "webpage", "presentation", "articel"]
RELATIONS = ["translationof", "translationas", "reprintof", "reprintas", "origpubin", "reviewof", "multivolume", ""]
"""How a work is related to another (manual, § 3.5)."""
HEAD = r"""@preamble{"\providecommand{\noopsort}[1]{} \providecommand{\printfirst}[2]{#1} \providecommand{\switchargs}[2]{#2#1}"}
@string{jml = "Journal of Many " # {Letters}}
@string(acm = {{ACM} Press})
@STRING{both = jml # " and " # acm}
"""
"""What stands at the head of a file: macros, and TeX's commands as exports define them."""


class Maker:
    """Makes values and entries from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.damage = 0.0

    def one(self, values: list[str]) -> str:
        return self.chance.choice(values)

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def either(self, sound: list[str], damaged: list[str]) -> str:
        return self.one(damaged if self.happens(self.damage) else sound)

    def text(self, longest: int = 8) -> str:
        """A title or any other words, with LaTeX here and there."""
        words = []
        for _ in range(self.chance.randint(1, longest)):
            if self.happens(0.015):
                words.append(self.one(forms.UNITS))
            words.append(self.either(forms.MARKED, forms.DAMAGED) if self.happens(0.35) else self.one(forms.WORDS))
        text = " ".join(words)
        return f"{{{text}}}" if self.happens(0.08) else text[:1].upper() + text[1:]

    def name(self) -> str:
        """One name in one of its forms."""
        if self.happens(0.1):
            return self.one(forms.BODIES)
        family, given = self.one(forms.FAMILIES), self.one(forms.GIVENS)
        particle = self.one(forms.PARTICLES) if self.happens(0.2) else ""
        suffix = self.one(forms.SUFFIXES) if self.happens(0.1) else ""
        if self.happens(0.06):
            parts = [
                f"family={family}",
                f"given={given}",
                *([f"prefix={particle}"] if particle else []),
                *([f"suffix={suffix}"] if suffix else []),
            ]
            return ", ".join(parts)
        last = f"{particle} {family}".strip()
        if suffix:
            return f"{last}, {suffix}, {given}"
        return f"{last}, {given}" if self.happens(0.65) else f"{given} {last}" if self.happens(0.95) else last

    def names(self) -> str:
        """A list of names."""
        if self.happens(self.damage / 2):
            return self.one(forms.NO_LISTS)
        joined = self.one([" and ", " and ", "\n  and ", " AND ", "\n\tand "]).join(
            self.name() for _ in range(self.chance.choice([1, 1, 2, 2, 3, 5]))
        )
        return joined + (self.one([" and others", " and Others"]) if self.happens(0.08) else "")

    def words(self) -> str:
        """A publisher, a place: a list of texts."""
        parts = [self.text(3) for _ in range(self.chance.choice([1, 1, 1, 2]))]
        parts = ["{" + part + "}" if self.happens(0.1) else part for part in parts]
        return " and ".join(parts) + (" and others" if self.happens(0.03) else "")

    def value(self, name: str) -> str:
        """A value for a field of the data model."""
        kind = data_model()["fields"].get(name, "literal")
        given: dict[str, Callable[[], str]] = {
            "pages": lambda: self.one(forms.PAGES), "doi": lambda: self.either(forms.DOIS, forms.DAMAGED_DOIS), "isbn": lambda: self.one(forms.ISBNS),
            "issn": lambda: self.one(forms.ISSNS), "edition": lambda: self.one(forms.EDITIONS), "langid": lambda: self.one(["english", "french"]),
            "language": lambda: self.either(forms.LANGUAGES, forms.DAMAGED_LANGUAGES), "origlanguage": lambda: self.one(["german", "french"]),
            "howpublished": lambda: self.one([self.text(4), r"\url{https://x.org/a_b}", "https://x.org/a-b", "TechRxiv"]),
            "note": lambda: self.one([self.text(5), r"See \url{http://x.org/y}", "Cited By 12"]), "gender": lambda: self.one(["sf", "pp"]),
            "options": lambda: self.one(["useprefix=true", "useprefix=false", "useeditor=false", "maxnames=2"]), "sortyear": lambda: "1999",
            **{n: lambda: self.one(forms.NUMBERS) for n in ("volume", "number", "issue", "volumes", "part", "chapter", "eid", "version", "pagetotal")},
        }  # fmt: skip
        if name in given:
            return given[name]()
        if kind == "list:name":
            return self.names()
        if kind.startswith("list"):
            return self.words()
        if kind == "date":
            return self.either(forms.DATES, forms.DAMAGED_DATES)
        if kind == "key":
            return self.one(forms.KEYS.get(name, ["x"]))
        if kind == "uri":
            return self.either(forms.URLS, forms.DAMAGED_URLS)
        return self.text(4 if name.startswith(("short", "sub", "label", "series")) else 7)


SKIPPED = frozenset(("crossref", "xref", "xdata", "entryset", "related", "relatedoptions", "relatedtype", "relatedstring", "execute", "ids", "file",
                     "eprint", "eprinttype", "eprintclass", "keywords", "presort", "sortkey", "date"))  # fmt: skip
"""Fields that need a value of their own, or are made below."""


def _modelled(make: Maker, kind: str) -> dict[str, str]:
    """An entry of a type of the data model: what it should have, some of what it may have, rarely what it may not."""
    model = data_model()
    fields: dict[str, str] = {}
    usual = [
        "author",
        "title",
        "journaltitle",
        "booktitle",
        "publisher",
        "institution",
        "editor",
        "number",
        "pages",
        "volume",
        "location",
        "url",
        "doi",
    ]
    own = [name for name in model["of"].get(kind, usual) if name in model["fields"] and name not in SKIPPED]
    wanted = [
        make.one([name for name in group if name in model["fields"]] or ["title"])
        for group in model["mandatory"].get(kind, [])
    ]
    some = [name for name in own if make.happens(0.22)]
    some += [name for name in model["all"] if name in model["fields"] and name not in SKIPPED and make.happens(0.02)]
    odd = [make.one(usual)] if make.happens(0.15) else []
    for name in [
        *(name for name in wanted if make.happens(0.9)),
        *(["author"] if make.happens(0.7) else []),
        "title",
        *some,
        *odd,
    ]:
        if name not in fields and name not in SKIPPED:
            fields[name] = make.value(name)
    if make.happens(0.15):
        for name in (
            "usera",
            "addendum",
            "shorttitle",
            "translator",
            "origdate",
            "eventdate",
            "urldate",
            "shortauthor",
            "sortname",
            "options",
        ):
            if make.happens(0.3):
                fields[name] = make.value(name)
    _dated(make, fields)
    if make.happens(0.12):
        fields["eprint"], fields["eprinttype"] = make.chance.choice(forms.EPRINTS)
        if make.happens(0.5):
            fields["eprintclass"] = "cs.CL"
    return fields


def _dated(make: Maker, fields: dict[str, str]) -> None:
    if make.happens(0.7):
        fields["date"] = make.value("date")
    elif make.happens(0.9):
        fields["year"] = make.one(forms.YEARS) if make.happens(0.5) else make.one(["2020", "1999"])
        if make.happens(0.5):
            fields["month"] = make.one(forms.MONTHS)


BARE = frozenset(("month",))


def _written(kind: str, key: str, fields: dict[str, str], delimiters: str) -> str:
    lines = []
    for name, value in fields.items():
        bare = name.lower() in BARE and (value[:1] in '{"' or value.isalpha() or value.isdigit())
        bare = bare or value in MACROS
        lines.append(f"  {name} = {value if bare else delimiters[0] + value + delimiters[1]},")
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


MACROS = ["jml", "both", 'jml # " " # {B}', '"The " # jml', "ACM", "{A } # acm"]
"""Values with macros, which stand without delimiters around them."""
_PARENTS = {"mvbook": "book", "inbook": "book", "incollection": "collection", "inproceedings": "proceedings", "article": "periodical",
            "book": "mvbook", "collection": "mvcollection", "suppbook": "book", "inreference": "reference"}  # fmt: skip
_GIVEN = ["publisher", "location", "series", "note", "editor", "institution", "language"]
"""Fields that an entry takes from an @xdata."""


def _with_others(make: Maker, kind: str, key: str, fields: dict[str, str]) -> list[str]:
    """Makes the entry lean on others, in one of the ways of biblatex; gives the texts of these."""
    way = make.one(["crossref", "xref", "xdata", "granular", "set", "related", "macro"])
    if way in ("crossref", "xref"):
        parent = _PARENTS.get(kind, "collection")
        fields[way] = f"{key}p"
        return [_written(parent, f"{key}p", _modelled(make, parent), "{}")]
    if way == "xdata":
        given = {name: make.value(name) for name in _GIVEN if name not in fields and make.happens(0.4)}
        fields["xdata"] = f"{key}x,{key}y" if make.happens(0.3) else f"{key}x"
        second = [_written("xdata", f"{key}y", {"addendum": make.text(3)}, "{}")]
        return [_written("xdata", f"{key}x", given | {"titleaddon": make.text(3)}, "{}"), *second]
    if way == "granular":
        given = {"title": make.text(4), "author": make.names(), "publisher": make.words(), "note": make.text(3)}
        fields |= {"title": f"xdata={key}x-title", "note": f"xdata={key}x-note", "publisher": f"xdata={key}x-publisher-1",
                   "author": f"xdata={key}x-author-1 and " + make.names()}  # fmt: skip
        return [_written("XDATA", f"{key}x", given, "{}")]
    if way == "set":
        members = [_written("article", f"{key}{member}", _modelled(make, "article"), "{}") for member in "mn"]
        return [*members, _written("set", f"{key}s", {"entryset": f"{key}m,{key}n"}, "{}")]
    if way == "related":
        fields |= {"related": f"{key}r", "relatedtype": make.one(RELATIONS)}
        if make.happens(0.3):
            fields["relatedstring"] = make.text(2)
        return [_written(make.one(["book", "article"]), f"{key}r", _modelled(make, "book"), "{}")]
    fields[make.one(["journaltitle", "publisher", "series", "note"])] = make.one(MACROS)
    return []


def entries(seed: int, count: int, damage: float = 0.06) -> list[str]:
    """The text of `count` entries, each with those it leans on; one value in twenty is damaged with `damage` at 0.06."""
    make = Maker(seed)
    kinds = TYPES + OLD_TYPES
    made = []
    for number in range(count):
        make.damage = damage if make.happens(0.5) else 0.0
        key = f"g{number}"
        if make.happens(0.35):
            kind, fields = make.chance.choice(EXPORTS)(make)
        else:
            kind = kinds[number % len(kinds)] if make.happens(0.95) else make.one(UNKNOWN_TYPES)
            fields = _modelled(make, kind)
        others = _with_others(make, kind.lower(), key, fields) if make.happens(0.15) else []
        quoted = '"' not in "".join(fields.values()) and make.happens(0.2)
        made.append("\n\n".join([*others, _written(kind, key, fields, '""' if quoted else "{}")]))
    return made


def files(seed: int, count: int, size: int) -> list[str]:
    """The same entries as the texts of .bib files of `size` each, every one with its macros."""
    made = entries(seed, count)
    return [HEAD + "\n\n" + "\n\n".join(made[start : start + size]) for start in range(0, count, size)]
