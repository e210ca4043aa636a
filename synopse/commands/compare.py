"""`doit compare`: the readings of several readers (`sources/readings/READER/KEY.yaml`); where they differ, then how far they agree."""

from __future__ import annotations

import json
from typing import Any

from synopse.build.run import Run, doit_action
from synopse.build.session import Session
from synopse.commands.formats import TOLD, must_be_one
from synopse.diagnostics import Diagnostic, Span, has_errors, problem
from synopse.diagnostics.console import say
from synopse.ground.files import NOTES, sources_in, write_whole
from synopse.model.fiche import Fiche
from synopse.model.form import titled
from synopse.project.examine import examine
from synopse.synthesis.readings import Compared, compared, ratings_of
from synopse.synthesis.reliability import Coefficient, coefficients

READINGS = "sources/readings"
RATED = ("choice", "number", "date", "terms")
"""The types of fields whose values are compared as ratings; texts and remarks are shown side by side."""
Papers = dict[str, dict[str, Fiche]]
"""The readings by paper, then by reader."""


@doit_action
def compare(run: Run, format: str = "text") -> list[Diagnostic]:
    """Tells the differences at both lines, first; the agreement beyond chance, second. Also as `build/compare.json`."""
    must_be_one(format, TOLD)
    session = run.session
    papers, found = readings_of(session)
    if has_errors(found):
        return found
    if not any(len(readings) > 1 for readings in papers.values()):
        message = f"no paper has two readings: they stand in {READINGS}/READER/KEY.yaml"
        return [*found, problem("missing-source", message, Span(READINGS))]
    data = as_data(session, papers)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    write_whole(session.build / "compare.json", text + "\n")
    say(text if format == "json" else as_text(data))
    return found


def readings_of(session: Session) -> tuple[Papers, list[Diagnostic]]:
    """Every reading, by paper and reader, and what is wrong in them."""
    project = session.checked_project()
    assert project.form is not None
    papers: Papers = {}
    found: list[Diagnostic] = []
    model: list[object] = []
    folder = session.root / READINGS
    for reader in sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ():
        for path in sources_in(reader, *NOTES):
            file = path.relative_to(session.root).as_posix()
            read = examine(path.read_bytes(), file, project.form, model, project.texts)
            found += read.found
            if read.fiche is not None:
                papers.setdefault(read.fiche.key, {})[reader.name] = read.fiche
    return papers, found


def as_data(session: Session, papers: Papers) -> dict[str, Any]:
    """The differences of each paper, the counts of each field, and the coefficients."""
    corpus = session.project.corpus
    fields, vocabulary = corpus.form.fields, corpus.vocabulary
    several = {key: readings for key, readings in papers.items() if len(readings) > 1}
    results = {key: compared(readings, fields, vocabulary) for key, readings in several.items()}
    verdicts = {name: dict.fromkeys(("agree", "differ", "one-sided", "empty"), 0) for name in fields}
    for each in (each for found in results.values() for each in found):
        verdicts[each.field][each.verdict] += 1
    agreement = {}
    for name, field in fields.items():
        if field.type in RATED:
            ratings, scale = ratings_of(name, field, several, vocabulary)
            agreement[name] = [_coefficient(each) for each in coefficients(ratings, scale)]
    return {
        "papers": {
            key: [_difference(each) for each in found if each.verdict in ("differ", "one-sided")]
            for key, found in results.items()
        },
        "fields": {
            name: {"title": titled(fields[name].title, corpus.lang), **counts} for name, counts in verdicts.items()
        },
        "agreement": agreement,
    }


def _difference(each: Compared) -> dict[str, Any]:
    said = {
        reader: {"words": one.words, "file": one.span.file, "line": one.span.line, "column": one.span.column}
        for reader, one in each.said.items()
    }
    return {"field": each.field, "verdict": each.verdict, "said": said}


def _coefficient(each: Coefficient) -> dict[str, Any]:
    made: dict[str, Any] = {"name": each.name, "n": each.n}
    if each.value is None:
        return made | {"undefined": each.why}
    made["value"] = round(each.value, 4)
    if each.interval is not None:
        made["interval"] = [round(end, 4) for end in each.interval]
    return made


def as_text(data: dict[str, Any]) -> str:
    """The comparison as a person reads it in a terminal: each difference with its lines, then a line a field."""
    lines: list[str] = []
    for key, differences in data["papers"].items():
        lines.append(f"{key}: {len(differences)} to settle" if differences else f"{key}: nothing to settle")
        for each in differences:
            lines.append(f"  {data['fields'][each['field']]['title']} ({each['verdict']})")
            for reader, one in each["said"].items():
                lines.append(f"    {reader}  {one['file']}:{one['line']}:{one['column']}  {_short(one['words'])}")
    lines.append("")
    for name, counts in data["fields"].items():
        shares = ", ".join(
            f"{counts[verdict]} {verdict}" for verdict in ("agree", "differ", "one-sided", "empty") if counts[verdict]
        )
        lines.append(f"{counts['title']}: {shares}")
        lines += [f"  {_said(each)}" for each in data["agreement"].get(name, ())]
    return "\n".join(lines)


def _said(each: dict[str, Any]) -> str:
    if "undefined" in each:
        return f"{each['name']} undefined (n = {each['n']}): {each['undefined']}"
    interval = f" [{each['interval'][0]:.2f}, {each['interval'][1]:.2f}]" if "interval" in each else ""
    return f"{each['name']} {each['value']:.2f}{interval} (n = {each['n']})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"
