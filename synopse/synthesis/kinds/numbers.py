"""`numbers`: numeric fields with unit, minimum, median, maximum, and how many papers lack them."""

from __future__ import annotations

from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kind import Kind
from synopse.synthesis.measures import kept_out, measured
from synopse.synthesis.table import Cell, Column, Row, Table, number, words


def numbers(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a field (those named; every numeric field of the form where none is).

    Studies whose number counts, those whose value is no one number, and those without make all the studies. Where no field has a
    unit there is no column of units.
    """
    names = wanted.field_names or tuple(f.id for f in corpus.form.fields.values() if f.type == "number")
    found = {name: measured(corpus, name) for name in names}
    out = any(each.out for each in found.values())
    counts_of, figures_of = ("papers", *(("kept-out",) if out else ()), "missing"), ("minimum", "median", "maximum")
    units = any(corpus.field(name).unit for name in names)
    columns = [Column(corpus.words["column.measure"], "label")]
    columns += [Column(corpus.words["column.unit"], "short")] if units else []
    columns += [Column(corpus.words[f"column.{head}"], "count") for head in counts_of]
    columns += [Column(corpus.words[f"column.{head}"], "number") for head in figures_of]
    rows = []
    for name, each in found.items():
        counts = [len(each.figures), *([each.out] if out else []), each.missing]
        three = (each.minimum, each.median, each.maximum)
        rows.append(
            Row(
                (
                    words(corpus.title_of(name), corpus.field(name).span),
                    *([words(corpus.field(name).unit or "")] if units else []),
                    number(counts[0], *each.spans),
                    *(number(count) for count in counts[1:]),
                    *(number(value, *each.spans) if value is not None else Cell() for value in three),
                )
            )
        )
    given = [each.given for each in found.values()] or [0]
    facts: dict[str, object] = {"n": len(rows), "papers": len(corpus.papers), "least": min(given), "most": max(given)}
    facts |= {"lead": "lead.numbers.even"} if len(rows) > 1 and min(given) == max(given) else {}
    note = kept_out(corpus, found)
    return Table(wanted.name, wanted.kind, "", tuple(columns), tuple(rows), facts=facts, remark=note)


KIND = Kind(
    "numbers",
    "minimum, median, maximum of numeric fields",
    90,
    numbers,
    takes=("field", "fields"),
    types={"field": ("number",), "fields": ("number",)},
    uses="words",
    alone=True,
)
