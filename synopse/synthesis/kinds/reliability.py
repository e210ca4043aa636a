"""`reliability`: how far readers agree beyond chance, by field, by section and in all."""

from __future__ import annotations

from synopse.locale import Catalogue
from synopse.model.form import titled
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kind import Kind
from synopse.synthesis.readers import are_two, interval_said, ratings, read_by_several, undefined
from synopse.synthesis.readings import RATED
from synopse.synthesis.reliability import Coefficient, of_field, pooled
from synopse.synthesis.table import Cell, Column, Row, Table, number, words


def reliability(corpus: Corpus, wanted: Synthesis) -> Table:
    """One row a field of choices, numbers, dates or terms; where a section has several, one for it; one for all at the foot."""
    names = [field.text for field in wanted.fields]
    found = ratings(corpus, names)
    several = read_by_several(corpus)
    two = are_two(corpus)
    said = corpus.words
    columns = (
        Column(said["column.field"], "label"),
        Column(said["column.n"], "number"),
        Column(said["column.agreement"], "short"),
        Column(said["column.kappa" if two else "column.fleiss"], "short"),
        Column(said["column.ac1"], "short"),
        Column(said["column.alpha"], "short"),
    )
    rows: list[Row] = []
    for section in corpus.form.sections:
        own = {field.id: found[field.id] for field in section.fields if field.id in found}
        rows += [_row(corpus.title_of(name), of_field(each, two), said) for name, each in own.items()]
        if len(own) > 1:
            rows.append(
                _row(
                    said.said("reliability.section", title=titled(section.title, corpus.lang)),
                    pooled(list(own.values()), two),
                    said,
                )
            )
    whole = pooled(list(found.values()), two) if found else []
    if len(found) > 1:
        rows.append(_row(said["reliability.all"], whole, said, total=True))
    facts: dict[str, object] = {
        "n": len(found) if several else 0,
        "papers": len(several),
        "readers": len({name for own in several.values() for name in own}),
        "percent": said.percent_of(whole[0].value) if whole and whole[0].value is not None else "–",
    }
    return Table(
        wanted.name,
        wanted.kind,
        "",
        columns,
        tuple(rows) if several else (),
        facts=facts,
        remark=said["reliability.note"] if several else "",
    )


def _row(title: str, found: list[Coefficient], said: Catalogue, *, total: bool = False) -> Row:
    return Row((words(title), number(found[0].n), *(_cell(each, said) for each in found)), total=total)


def _cell(each: Coefficient, said: Catalogue) -> Cell:
    if each.value is None:
        return words(undefined(each, said))
    return words(f"{said.decimal(each.value, 2)} {interval_said(each, said)}".rstrip())


KIND = Kind(
    "reliability",
    "how far several readers agree, beyond chance",
    102,
    reliability,
    takes=("fields",),
    types={"fields": RATED},
    uses="nothing",
    alone=True,
    of_readings=True,
)
