"""All that `report.yaml` asks of the synthesis: a corpus in, tables, pictures and headings out, in order."""

from __future__ import annotations

from dataclasses import replace

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.markup.tree import Block, Inline, Paragraph, Text
from synopse.model.form import Form
from synopse.model.report import Report, Selection, Synthesis
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.figures import FIGURES
from synopse.synthesis.kinds import TABLES
from synopse.synthesis.kinds.characteristics import BUILT_IN
from synopse.synthesis.table import Figure, Heading, Part, Table
from synopse.synthesis.values import filled


def part_id(wanted: Synthesis, number: int) -> str:
    """The id of the part that stands at `number`, from 1: a heading without one of its own is named by its place.

    No person can give that id to another part: theirs hold no `_`.
    """
    return (wanted.id or f"heading_{number}") if wanted.kind == "heading" else wanted.name


def make_part(corpus: Corpus, number: int) -> tuple[Part, list[Diagnostic]]:
    """The part that stands at `number` in the report's synthesis, from 1, and what is wrong with its texts."""
    wanted = corpus.report.synthesis[number - 1]
    corpus = corpus.chosen(wanted)
    title = wanted.title.text if wanted.title else corpus.words.get(f"title.{wanted.kind}", "")
    if wanted.kind == "heading":
        return Heading(part_id(wanted, number), title), []
    if wanted.kind in FIGURES:
        figure = FIGURES[wanted.kind](corpus, wanted)
        table, found = _described(figure.table, corpus, wanted, title)
        alt = wanted.alt.text if wanted.alt else f"{title}. {table.lead}"
        return Figure(
            figure.id, figure.kind, title, table, caption=table.caption, alt=alt, lead=table.lead, note=table.note
        ), found
    return _described(TABLES[wanted.kind](corpus, wanted), corpus, wanted, title)


def _described(table: Table, corpus: Corpus, wanted: Synthesis, title: str) -> tuple[Table, list[Diagnostic]]:
    found: list[Diagnostic] = []

    def inline(text: Scalar | None) -> tuple[Inline, ...]:
        blocks = _filled(text, corpus, table.facts, found)
        return tuple(part for block in blocks if isinstance(block, Paragraph) for part in block.children)

    described = replace(
        table,
        title=title,
        lead=lead(table, corpus, wanted),
        caption=inline(wanted.caption or wanted.title),
        note=_note(inline(wanted.note), table.remark),
    )
    return described, found


def _note(own: tuple[Inline, ...], remark: str) -> tuple[Inline, ...]:
    """The person's own note, then what the kind has to add."""
    return (*own, *((Text(" "),) if own and remark else ()), *((Text(remark),) if remark else ()))


def prose(corpus: Corpus, wanted: Synthesis, part: Part) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """The person's own prose above a part, with its values put in; empty where they wrote none."""
    facts = part.facts if isinstance(part, Table) else part.table.facts if isinstance(part, Figure) else {}
    found: list[Diagnostic] = []
    return _filled(wanted.text, corpus.chosen(wanted), facts, found), found


def _filled(
    text: Scalar | None, corpus: Corpus, facts: dict[str, object], found: list[Diagnostic]
) -> tuple[Block, ...]:
    if text is None:
        return ()
    blocks, wrong = filled(corpus.parsed(text), corpus, facts)
    found += wrong
    return blocks


def lead(table: Table, corpus: Corpus, wanted: Synthesis) -> str:
    """A sentence or two that say what is to be seen, from the facts that were counted; never a guess."""
    facts = {
        name: corpus.words.listed([str(each) for each in value]) if isinstance(value, list) else value
        for name, value in table.facts.items()
    }
    name = f"lead.{table.kind}"
    facts["field"] = corpus.words.listed([corpus.title_of(name).lower() for name in wanted.field_names])
    if not facts.get("n") and f"{name}.none" in corpus.words:
        return corpus.words.said(f"{name}.none", **facts)
    top = table.facts.get("top")
    if isinstance(top, list) and table.facts.get("top_count") in (0, 1) and f"{name}.spread" in corpus.words:
        return corpus.words.said(f"{name}.spread", **facts)
    if isinstance(top, list) and len(top) > 6 and f"{name}.many" in corpus.words:
        return corpus.words.said(f"{name}.many", **(facts | {"tied": len(top)}))
    return corpus.words.said(name, **facts)


NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "matrix": {"field": ("terms",)},
    "heatmap": {"field": ("terms", "items", "text")},
    "bars": {"field": ("terms", "items", "text")},
    "recurrence": {"field": ("items", "text", "terms")},
    "gaps": {"field": ("terms", "items", "choice"), "rows": ("terms", "items", "choice")},
    "bubbles": {"field": ("terms", "items", "choice"), "rows": ("terms", "items", "choice")},
}
SEVERAL = ("recurrence", "heatmap", "bars")
"""Kinds that take several fields of remarks together, as `fields`."""
LISTS = {"compare": ("fields",), "agreement": ("fields", "against")}


def check_synthesis(report: Report, form: Form, keys: set[str]) -> list[Diagnostic]:
    """Fields that the form lacks or that are of the wrong type, papers not retained, ids used twice, sums."""
    found: list[Diagnostic] = []
    seen: dict[str, Span] = {}
    for wanted in report.synthesis:
        if wanted.name in seen and (wanted.kind != "heading" or wanted.id):
            message = f'"{wanted.name}" stands twice: here and at line {seen[wanted.name].line}'
            found.append(problem("duplicate-id", message, wanted.span, 'give one of them another "id"'))
        seen.setdefault(wanted.name, wanted.span)
        found += _check_fields(wanted, form)
        for key in wanted.papers:
            if key.text not in keys:
                message = f'the report retains no paper "{key.text}"'
                found.append(problem("synthesis-paper", message, key.span, did_you_mean(key.text, keys)))
        for name, value in wanted.where.items():
            if name not in form.fields and name not in ("status", "theme"):
                hint = did_you_mean(name, [*form.fields, "status", "theme"])
                found.append(problem("synthesis-field", f'the form has no field "{name}"', value.span, hint))
        if wanted.kind == "prisma" and report.selection is None:
            message = "this picture needs the numbers of the selection"
            found.append(problem("no-selection", message, wanted.span, "add a block selection: to report.yaml"))
    return found + (check_selection(report.selection) if report.selection else [])


def _check_fields(wanted: Synthesis, form: Form) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for attribute, types in NEEDS.get(wanted.kind, {}).items():
        name: Scalar | None = getattr(wanted, attribute)
        if name is None and not (attribute == "field" and wanted.fields and wanted.kind in SEVERAL):
            found.append(problem("missing-field", f'the kind "{wanted.kind}" needs "{attribute}"', wanted.span))
        elif name is not None:
            found += _check_field(name, form, types)
    for attribute in LISTS.get(wanted.kind, ()):
        if not getattr(wanted, attribute):
            found.append(problem("missing-field", f'the kind "{wanted.kind}" needs "{attribute}"', wanted.span))
    types = ("number",) if wanted.kind == "numbers" else ()
    for name in (*wanted.fields, *wanted.against):
        found += _check_field(name, form, types)
    for name in wanted.columns:
        if name.text not in BUILT_IN:
            found += _check_field(name, form, (), tuple(BUILT_IN))
    return found


def _check_field(name: Scalar, form: Form, types: tuple[str, ...], also: tuple[str, ...] = ()) -> list[Diagnostic]:
    field = form.field(name.text)
    if field is None:
        hint = did_you_mean(name.text, [*form.fields, *also]) or f"fields of the form: {', '.join(form.fields)}"
        return [problem("synthesis-field", f'the form has no field "{name.text}"', name.span, hint)]
    if types and field.type not in types:
        message = f'"{name.text}" is a field of type {field.type}; this kind takes {" or ".join(types)}'
        return [problem("synthesis-field", message, name.span)]
    return []


def check_selection(selection: Selection) -> list[Diagnostic]:
    """The arithmetic of a PRISMA flow: what goes into a box is what the boxes before it leave."""
    identified, removed = sum(selection.identified.values()), sum(selection.removed.values())
    sought = selection.screened - selection.excluded if selection.sought is None else selection.sought
    out = sum(each.count for each in selection.reasons)
    sums = (
        ("screened", identified - removed, selection.screened, f"identified {identified} - removed {removed}"),
        ("sought", selection.screened - selection.excluded, sought, "screened - excluded"),
        ("assessed", sought - selection.not_retrieved, selection.assessed, "sought - not_retrieved"),
        ("included", selection.assessed - out, selection.included, f"assessed - {out} excluded with reasons"),
    )
    return [
        problem("selection-sum", f'"{name}" is {said}, and {how} makes {right}', selection.span)
        for name, right, said, how in sums
        if right != said
    ]
