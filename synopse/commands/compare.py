"""`doit compare`: the readings of several readers (`sources/readings/READER/KEY.yaml`); where they differ, then how far they agree."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from synopse.build.run import Run, doit_action
from synopse.build.session import Session
from synopse.commands.formats import TOLD, must_be_one
from synopse.commands.reading import must_see_all, readable
from synopse.diagnostics import Diagnostic, Rejected, Span, problem
from synopse.diagnostics.console import say
from synopse.ground.files import READINGS, write_whole
from synopse.model.form import titled
from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kinds import kinds
from synopse.synthesis.make import lead
from synopse.synthesis.readers import are_two, differing, ratings, read_by_several
from synopse.synthesis.readings import Compared
from synopse.synthesis.reliability import Coefficient, of_field, pooled
from synopse.synthesis.table import Cell, Column, Row, Table, words

VERDICTS = ("agree", "differ", "one-sided", "empty")


@doit_action
def compare(run: Run, format: str = "text", keys: list[str] | None = None) -> list[Diagnostic]:
    """Tells the differences at both lines, first; the agreement beyond chance, second. Also as `build/compare.json`, `.xlsx` and `.html`."""
    must_be_one(format, TOLD)
    must_see_all()
    session = run.session
    corpus = readable(session).corpus
    if session.project.unread_readings:
        raise Rejected(list(session.project.unread_readings))
    if not read_by_several(corpus):
        message = f"no paper has two readings: they stand in {READINGS}/READER/KEY.yaml"
        raise Rejected([problem("missing-source", message, Span(READINGS))])
    for key in keys or ():
        must_be_one(key, read_by_several(corpus), "a paper with two readings")
    data = as_data(corpus)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    write_whole(session.build / "compare.json", text + "\n")
    _write_tables(session, corpus)
    say(text if format == "json" else as_text(data, keys or ()))
    return []


def _write_tables(session: Session, corpus: Corpus) -> None:
    """The same as a workbook and as a web page."""
    from synopse.export.xlsx import write_xlsx
    from synopse.render.html.document import HtmlDocument

    tables = [_with_places(table) if table.kind == "disagreements" else table for table in tables_of(corpus)]
    tables[0] = replace(tables[0], columns=(*tables[0].columns, Column(corpus.words["column.where"])))
    write_whole(session.build / "compare.xlsx", write_xlsx(tables, corpus.words, corpus.cited))
    pieces = session.pieces["html"]
    assert isinstance(pieces, HtmlDocument)
    write_whole(session.build / "compare.html", pieces.tables_page(corpus.title, tables))


def tables_of(corpus: Corpus) -> list[Table]:
    """The differences and the agreement as tables."""
    made = []
    for name in ("disagreements", "reliability"):
        wanted = Synthesis(kind=name)
        kind = kinds()[name]
        assert kind.make is not None
        table = kind.make(corpus, wanted)
        title = corpus.words[f"title.{name}"]
        made.append(replace(table, title=title, lead=lead(table, corpus, wanted)))
    return made


def _with_places(table: Table) -> Table:
    """The table with the lines of what each reader says; a paper's name leads nowhere, for there is no report around it."""
    rows = []
    for row in table.rows:
        places = dict.fromkeys(
            f"{span.file}:{span.line}:{span.column}" for cell in row.cells[1:] for span in cell.spans
        )
        where = Cell(tuple(part for place in places for part in words(place).parts))
        rows.append(Row((replace(row.cells[0], link=""), *row.cells[1:], where)))
    return replace(table, rows=tuple(rows))


def as_data(corpus: Corpus) -> dict[str, Any]:
    """The differences of each paper, the counts of each field, and the coefficients: by field, by section and for all."""
    fields = corpus.form.fields
    results = differing(corpus)
    verdicts = {name: dict.fromkeys(VERDICTS, 0) for name in fields}
    for each in (each for found in results.values() for each in found):
        verdicts[each.field][each.verdict] += 1
    rated, two = ratings(corpus), are_two(corpus)
    sections = {
        section.id: [rated[field.id] for field in section.fields if field.id in rated]
        for section in corpus.form.sections
    }
    fiches = {paper.home: paper.about for paper in corpus.papers}
    settled = [key for key in results if key in fiches and fiches[key].consensus and not fiches[key].decide]
    return {
        "settled": settled,
        "papers": {
            key: [_difference(each) for each in found if each.verdict in ("differ", "one-sided")]
            for key, found in results.items()
        },
        "fields": {
            name: {"title": titled(fields[name].title, corpus.lang), **counts} for name, counts in verdicts.items()
        },
        "agreement": {name: [_coefficient(each) for each in of_field(one, two)] for name, one in rated.items()},
        "sections": {
            name: [_coefficient(each) for each in pooled(own, two)] for name, own in sections.items() if len(own) > 1
        },
        "all": [_coefficient(each) for each in pooled(list(rated.values()), two)] if rated else [],
    }


def _difference(each: Compared) -> dict[str, Any]:
    said = {
        reader: {"words": one.words, "file": one.span.file, "line": one.span.line, "column": one.span.column}
        for reader, one in each.said.items()
    }
    part = {"part": each.part} if each.part else {}
    return {"field": each.field, **part, "verdict": each.verdict, "said": said}


def _coefficient(each: Coefficient) -> dict[str, Any]:
    made: dict[str, Any] = {"name": each.name, "n": each.n}
    if each.value is None:
        return made | {"undefined": each.why}
    made["value"] = round(each.value, 4)
    if each.interval is not None:
        made["interval"] = [round(end, 4) for end in each.interval]
    return made


def as_text(data: dict[str, Any], keys: Collection[str] = ()) -> str:
    """The comparison as a person reads it in a terminal: each difference with its lines, then a line a field; of some papers alone."""
    lines: list[str] = []
    for key, differences in data["papers"].items():
        if keys and key not in keys:
            continue
        done = "differ, and are settled" if key in data["settled"] else "to settle"
        lines.append(f"{key}: {len(differences)} {done}" if differences else f"{key}: nothing to settle")
        for each in differences:
            of = f", {each['part']}" if "part" in each else ""
            lines.append(f"  {data['fields'][each['field']]['title']}{of} ({each['verdict']})")
            for reader, one in each["said"].items():
                lines.append(f"    {reader}  {one['file']}:{one['line']}:{one['column']}  {_short(one['words'])}")
    if keys:
        return "\n".join(lines)
    lines.append("")
    for name, counts in data["fields"].items():
        shares = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])
        lines.append(f"{counts['title']}: {shares}")
        lines += [f"  {_said(each)}" for each in data["agreement"].get(name, ())]
    if data["all"]:
        lines += ["", "all fields together", *(f"  {_said(each)}" for each in data["all"])]
    lines += ["", "also: build/compare.html, build/compare.xlsx, build/compare.json"]
    return "\n".join(lines)


def _said(each: dict[str, Any]) -> str:
    if "undefined" in each:
        return f"{each['name']} undefined (n = {each['n']}): {each['undefined']}"
    interval = f" [{each['interval'][0]:.2f}, {each['interval'][1]:.2f}]" if "interval" in each else ""
    return f"{each['name']} {each['value']:.2f}{interval} (n = {each['n']})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"
