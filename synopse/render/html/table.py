"""A `Table` in, HTML out: heads with scope, and for each cell what a script needs to count again when papers are chosen.

A cell says whose words it counts (`data-s`: the places that say it), and how its number comes from them (`data-c`): `p` the papers,
`s` the places, `c` the sum of its column, `%` the share of papers. A number that comes of none of them is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from synopse.diagnostics import Span
from synopse.render.html.text import HtmlWriter, anchor, escape, identifier, place_token, prose, safe_address
from synopse.synthesis.table import Cell, Column, Row, Table

SIGNS = {"used": "•", "noted": "■", "complete": "■", "sofar": "▤", "partial": "◧", "unread": "┄", "empty": "–"}
"""Marks as signs; what each means is said beside it to those who do not see it, and in the legend."""


def table_html(table: Table, writer: HtmlWriter, caption: str, id: str) -> str:
    """The table with its caption, its legend and its note."""
    head = "".join(_head(column, writer) for column in table.columns)
    body = [row for row in table.rows if not row.total]
    foot = [row for row in table.rows if row.total]
    rows = "".join(_row(row, table, writer) for row in body)
    last = f"<tfoot>{''.join(_row(row, table, writer) for row in foot)}</tfoot>" if foot else ""
    inner = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>{last}</table>"
    legend = "".join(
        f'<span class="m">{SIGNS[mark]}</span> <span>{escape(writer.words[f"legend.{mark}"])}</span> '
        for mark in table.legend
    )
    note = writer.inlines(table.note)
    below = f'<p class="below">{legend}{note}</p>' if legend or note else ""
    of = papers_of(table)
    return (
        f'<figure class="table" id="{id}" data-kind="{table.kind}" data-of="{of}"><figcaption id="{id}-c">{caption}</figcaption>'
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{id}-c">{inner}</div>{below}</figure>'
    )


def papers_of(table: Table) -> str:
    """The ids of the papers that the table is about."""
    keys = table.facts.get("keys", ())
    return " ".join(identifier(key) for key in keys) if isinstance(keys, tuple) else ""


def _head(column: Column, writer: HtmlWriter) -> str:
    paper = f' data-k="{identifier(column.paper)}"' if column.paper else ""
    role = (
        ' class="r"'
        if column.role in ("number", "count") and not column.paper
        else ' class="c"'
        if column.paper
        else ""
    )
    return f'<th scope="col"{paper}{role}>{prose(column.title, writer.words.lang)}</th>'


def _row(row: Row, table: Table, writer: HtmlWriter) -> str:
    paper = f' data-k="{identifier(row.paper)}"' if row.paper else ""
    cells = "".join(_cell(cell, place, row, table, writer) for place, cell in enumerate(row.cells))
    return f"<tr{paper}>{cells}</tr>"


def _cell(cell: Cell, place: int, row: Row, table: Table, writer: HtmlWriter) -> str:
    column = table.columns[place]
    inside = _inside(cell, writer)
    if place == 0:
        return f'<th scope="row"{says(cell.spans)}>{inside}</th>'
    value = cell.number if cell.number is not None else cell.date.iso if cell.date else None
    sorted_by = f' data-v="{value}"' if value is not None and inside != str(value) else ""
    role = "r" if column.role in ("number", "count") and not column.paper else ""
    shown = f' class="{role}"' if role else ""
    counted = counting(cell, place, row, table, writer)
    how = f' data-c="{counted}"' if counted else ""
    return f"<td{shown}{sorted_by}{how}{says(cell.spans)}>{inside}</td>"


def counting(cell: Cell, place: int, row: Row, table: Table, writer: HtmlWriter) -> str:
    """How a script may count the cell again; empty where it may not. What it would give for all papers is what the cell shows."""
    papers, spans = len({span.file for span in cell.spans if _of_fiche(span)}), len(list(filter(_of_fiche, cell.spans)))
    if cell.number is None:
        share = re.fullmatch(r"(\d+)[\s\u00a0\u202f]?%", cell.text)
        total = table.facts.get("papers", table.facts.get("n"))
        if share and isinstance(total, int) and total and cell.text == writer.words.percent(papers, total):
            return "%"
        return ""
    if cell.unit or not isinstance(cell.number, int):
        return ""
    if row.total and cell.number == column_sum(table.rows, place):
        return "c"
    if table.kind == "heatmap" and cell.number == spans:
        return "s"
    if cell.number == papers and (papers or table.kind in ("gaps", "bubbles", "heatmap")):
        return "p"
    return "s" if cell.number == spans and spans else ""


def column_sum(rows: Sequence[Row], place: int) -> int:
    """What the cells of a column add up to: numbers, or marks of which each is one."""
    cells = [row.cells[place] for row in rows if not row.total]
    return sum(
        int(cell.number) if isinstance(cell.number, int) else int(cell.mark in ("used", "noted", "complete"))
        for cell in cells
    )


def _of_fiche(span: Span) -> bool:
    return span.file.startswith("sources/fiches/")


def says(spans: Sequence[Span]) -> str:
    """The places that say what the cell shows."""
    own = dict.fromkeys(place_token(span) for span in spans if _of_fiche(span))
    return f' data-s="{" ".join(own)}"' if own else ""


def _inside(cell: Cell, writer: HtmlWriter) -> str:
    if cell.mark:
        return SIGNS[cell.mark]
    if cell.number is not None:
        shown = escape(cell.number_said(writer.words))
    elif len(cell.parts) > 1:
        one_each = len(cell.spans) == len(cell.parts)
        parts = (
            f"<p{says((cell.spans[n],)) if one_each else ''}>{writer.inlines(part)}</p>"
            for n, part in enumerate(cell.parts)
        )
        shown = "".join(parts)
    else:
        shown = "".join(writer.inlines(part) for part in cell.parts)
    if cell.link.startswith("#"):
        return f'<a href="#{anchor(cell.link)}">{shown}</a>'
    address = safe_address(cell.link) if cell.link else ""
    return f'<a href="{address}">{shown}</a>' if address else shown
