"""A table of the report in, the same table as a spreadsheet holds it out: with keys to join by, units, plain words."""

from __future__ import annotations

from dataclasses import replace

from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets, plain
from synopse.markup.tree import Text
from synopse.synthesis.table import Cell, Column, Row, Table, words


def as_sheet(table: Table, catalogue: Catalogue, cited: Cited = key_in_brackets) -> Table:
    """The table with a column of keys where its rows are papers, keys in the heads of papers, and units in the heads."""
    units = [_unit(table, place) for place in range(len(table.columns))]
    columns = [_head(column, unit) for column, unit in zip(table.columns, units, strict=True)]
    keys = [row.paper for row in table.rows]
    rows = []
    for row, key in zip(table.rows, keys, strict=True):
        cells = [
            _plain(cell, catalogue, cited, None if place >= len(units) else units[place])
            for place, cell in enumerate(row.cells)
        ]
        rows.append([cells[0], words(key), *cells[1:]] if any(keys) and cells else cells)
    if any(keys):
        columns.insert(1, Column(catalogue["column.key"], "short"))
    return replace(
        table,
        columns=tuple(columns),
        rows=tuple(Row(tuple(cells), row.total) for cells, row in zip(rows, table.rows, strict=True)),
    )


def _unit(table: Table, place: int) -> str | None:
    """The unit of a column's numbers; nothing where they have several, which then stand in the cells."""
    cells = [row.cells[place] for row in table.rows if place < len(row.cells)]
    units = {cell.unit for cell in cells if cell.number is not None}
    return units.pop() if len(units) == 1 else "" if not units else None


def _head(column: Column, unit: str | None) -> Column:
    title = f"{column.title} [{column.paper}]" if column.paper else column.title
    return replace(column, title=f"{title} ({unit})" if unit else title)


def _plain(cell: Cell, catalogue: Catalogue, cited: Cited, unit: str | None) -> Cell:
    if cell.number is not None and cell.unit and unit is None:
        return replace(cell, parts=((Text(cell.number_said(catalogue)),),), number=None)
    return replace(cell, parts=tuple((Text(plain(part, catalogue, cited)),) for part in cell.parts))
