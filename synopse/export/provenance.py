"""Tables and fiches in, `provenance.json` out: every cell and every remark with the lines that say it."""

from __future__ import annotations

import json
from typing import Any

from synopse.bib.identifiers import address_of
from synopse.bib.origin import origin_of
from synopse.diagnostics import Span
from synopse.export.sheet import as_sheet
from synopse.export.values import tables_of, value_of
from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets
from synopse.model.fiche import Fiche, TermUse, with_parts
from synopse.model.reading import Reading
from synopse.model.remark import NOWHERE
from synopse.model.values import Chosen, Dated, Number
from synopse.read.tree import Scalar
from synopse.synthesis.table import Part


def place(span: Span) -> dict[str, Any]:
    """A span as JSON."""
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line or span.line,
        "end_column": span.end_column or span.column,
    }


def write_provenance(parts: list[Part], fiches: list[Fiche], words: Catalogue, cited: Cited = key_in_brackets) -> str:
    """The JSON of all that is printed, by where it comes from.

    `cells`: table, row and column (from 1, as in the CSV), value, sources. `remarks`: fiche, field, text, terms; page,
    section and origin in the paper or in another text, with its address; source. `read`: the texts that were read.
    """
    cells = []
    for table in (as_sheet(each, words, cited) for each in tables_of(parts)):
        for line, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row.cells, 1):
                value = value_of(cell, words)
                if value is not None:
                    shown = value if isinstance(value, (str, int)) else format(value, "f")
                    where = [place(span) for span in dict.fromkeys(cell.spans)]
                    cells.append({"table": table.id, "row": line, "column": column, "value": shown, "sources": where})
    remarks = [remark for fiche in fiches for part in with_parts(fiche) for remark in _remarks(part)]
    read = [_reading(fiche, each) for fiche in fiches for each in fiche.read]
    parts_of = {"cells": cells, "remarks": remarks, "read": read}
    return "{" + ",\n".join(f'"{name}": [\n{_lines(rows)}\n]' for name, rows in parts_of.items()) + "}\n"


def _lines(rows: list[dict[str, Any]]) -> str:
    """JSON, a row a line."""
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _reading(fiche: Fiche, reading: Reading) -> dict[str, Any]:
    """One text that was read."""
    return {
        "fiche": fiche.key,
        "extent": reading.extent,
        "version": reading.version.text if reading.version else "",
        "date": reading.date.text.text if reading.date else "",
        "link": address_of(reading.link.text) if reading.link else "",
        "source": place(reading.span),
    }


def _remarks(fiche: Fiche) -> list[dict[str, Any]]:
    """Every value of a fiche; a term without a remark is its own text."""
    found = []
    for name, value in fiche.values.items():
        for each in value if isinstance(value, tuple) else (value,):
            terms = [term.text for term in each.terms] if isinstance(each, TermUse) else []
            locator = fiche.locators.get(name, NOWHERE)
            if isinstance(each, Scalar):
                text = each
            elif isinstance(each, (Number, Dated, Chosen)):
                text = each.text
            else:
                text, locator = each.text or each.terms[0], each.locator  # type: ignore[union-attr]
            typed = locator.source.text.strip() if locator.source else ""
            origin = origin_of(locator.source, fiche.read, ()) if locator.source else None
            found.append(
                {
                    "fiche": fiche.key,
                    "field": name,
                    "text": text.text,
                    "terms": terms,
                    "page": locator.page,
                    "section": locator.section,
                    "origin": typed,
                    "link": origin.link if origin else "",
                    "source": place(text.span),
                }
            )
    return found
