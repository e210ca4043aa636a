"""A table that sets papers side by side in; what knowledge graphs read of it out: ORKG's import file, and JSON-LD.

The import file has a line a paper. Its first columns are those that ORKG knows (`paper:title` and those beside it, as the help of
its CSV import names them), the others are properties; a property of several values stands in several columns of one name.
The JSON-LD has an observation for each value, in the words of schema.org. Both say what the table says, and nothing else.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from synopse.export.csv import field_of
from synopse.export.values import MARKS, harmless, value_of
from synopse.locale import Catalogue
from synopse.locale.dates import PartialDate
from synopse.markup.text import Cited, key_in_brackets, plain
from synopse.model.vocabulary import Vocabulary
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.table import Cell, Table

FIELD = "R11"
"""ORKG's name of its most general field of research, for a column that its import asks for and a report does not say."""
OF_NOTES = frozenset({"coverage", "differences"})
"""Kinds of table that speak of the notes, not of the papers: a graph would take it for what the papers say."""
KNOWN = ("paper:title", "paper:authors", "paper:publication_month", "paper:publication_year", "paper:doi", "paper:url",
         "paper:research_field", "contribution:research_problem")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """A paper as a graph names it: by its DOI or address where it has one, else by its key."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    date: PartialDate | None = None
    doi: str = ""
    address: str = ""

    @property
    def name(self) -> str:
        """Its identifier in the graph."""
        return self.address or f"#paper-{self.key}"


def named(corpus: Corpus, paper: Paper) -> Work:
    """A retained paper as a graph names it. Those that its record calls editors are not called its authors."""
    reference, title = paper.reference, plain(paper.title, corpus.words, corpus.cited)
    title += f" ({paper.study})" if paper.study else ""
    if reference is None:
        return Work(paper.key, title, date=paper.date)
    written = reference.names.get("author")
    authors = tuple(name.full for name in written.names) if written else ()
    return Work(paper.key, title, authors, paper.date, reference.doi, reference.link)


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that the table gives of a paper."""

    paper: str
    name: str
    value: str | int | Decimal
    unit: str = ""


def statements(table: Table, words: Catalogue, cited: Cited = key_in_brackets) -> list[Statement]:
    """What the table says of each paper, whether papers are its rows or its columns; nothing where they are neither.

    A mark that a paper has a term says the term, under the title of the table.
    """
    found: list[Statement] = []
    if table.kind in OF_NOTES:
        return found
    for row in table.rows:
        if row.total or not row.cells:
            continue
        first, *others = row.cells
        for cell, column in zip(others, table.columns[1:], strict=False):
            paper, name = (row.paper, column.title) if row.paper else (column.paper, first.said(words, cited))
            if paper and name and cell.mark in MARKS:  # the paper has what the row or the column names
                found.append(Statement(paper, table.title, name))
            elif paper and name:
                found += [Statement(paper, name, value, cell.unit) for value in _values(cell, words, cited)]
    return found


def _values(cell: Cell, words: Catalogue, cited: Cited) -> Iterator[str | int | Decimal]:
    value = value_of(cell, words)
    if not isinstance(value, str):
        if value is not None:
            yield value
    elif cell.mark:
        yield words[f"legend.{cell.mark}"]
    else:
        yield from filter(None, cell.said(words, cited).split("\n"))


def orkg(found: Sequence[Statement], works: Mapping[str, Work]) -> str:
    """The text of ORKG's import file (CSV, UTF-8, a head line)."""
    by_paper: dict[str, dict[str, list[Statement]]] = {}
    for each in found:
        by_paper.setdefault(each.paper, {}).setdefault(each.name, []).append(each)
    most: dict[str, int] = {}
    for values in by_paper.values():
        for name, several in values.items():
            most[name] = max(most.get(name, 0), len(several))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*KNOWN, *(harmless(name) for name, count in most.items() for _ in range(count))])
    for key, values in by_paper.items():
        line = _known(works[key])
        for name, count in most.items():
            said = [_field(each) for each in values.get(name, ())]
            line += [*said, *[""] * (count - len(said))]
        writer.writerow(line)
    return stream.getvalue()


def _known(work: Work) -> list[str]:
    month, year = (work.date.month, work.date.year) if work.date else (0, 0)
    authors = "; ".join(work.authors)
    return [
        harmless(work.title),
        harmless(authors),
        str(month or ""),
        str(year or ""),
        work.doi,
        work.address,
        FIELD,
        "",
    ]


def _field(each: Statement) -> str:
    said = field_of(each.value)
    return f"{said} {each.unit}" if each.unit else str(said)


def json_ld(
    title: str, lang: str, found: Sequence[Statement], works: Mapping[str, Work], uris: Mapping[str, str]
) -> str:
    """The same as JSON-LD. A value that is a term of the vocabulary with an address (`uris`) is that term."""
    keys = list(dict.fromkeys(each.paper for each in found))
    papers = [article(works[key]) for key in keys]
    observed: list[dict[str, Any]] = []
    terms: dict[str, dict[str, Any]] = {}
    for number, each in enumerate(found, 1):
        value: Any = float(each.value) if isinstance(each.value, Decimal) else each.value
        one = {
            "@id": f"#value-{number}",
            "@type": "Observation",
            "observationAbout": {"@id": works[each.paper].name},
            "variableMeasured": each.name,
            "value": value,
        }
        one |= {"unitText": each.unit} if each.unit else {}
        for key, said in (("valueReference", each.value), ("measuredProperty", each.name)):
            address = uris.get(str(said))
            if address:
                one[key] = {"@id": address}
                terms[address] = {"@id": address, "@type": "DefinedTerm", "name": str(said)}
        observed.append(one)
    about = {
        "@id": "#table",
        "@type": "Dataset",
        "name": title,
        "inLanguage": lang,
        "about": [{"@id": each["@id"]} for each in papers],
        "mentions": [{"@id": each["@id"]} for each in observed],
    }
    graph = [about, *papers, *observed, *terms.values()]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def article(work: Work) -> dict[str, Any]:
    """A paper in the words of schema.org; its date as ISO 8601-2 has it."""
    made: dict[str, Any] = {"@id": work.name, "@type": "ScholarlyArticle", "name": work.title}
    made |= {"author": [{"@type": "Person", "name": name} for name in work.authors]} if work.authors else {}
    return made | ({"datePublished": work.date.iso} if work.date else {})


def addresses(vocabulary: Vocabulary, lang: str) -> dict[str, str]:
    """The address (`uri:`) of each term and theme, by the name that the report prints; none for a name that has two."""
    named = [(term.name, term.uri) for terms in vocabulary.terms.values() for term in terms if term.uri]
    named += [(theme.titled(lang), theme.uri) for theme in vocabulary.themes if theme.uri]
    several: dict[str, set[str]] = {}
    for name, address in named:
        several.setdefault(name, set()).add(address)
    return {name: next(iter(found)) for name, found in several.items() if len(found) == 1}
