"""What `report.yaml` asks of the synthesis, held against the form, the papers and the kinds: diagnostics out."""

from __future__ import annotations

from collections.abc import Iterator

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.model.form import Form
from synopse.model.report import Selection, Synthesis
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.filters import NoSuchValue, among, keeping
from synopse.synthesis.kind import EVERY, FieldTypes
from synopse.synthesis.kinds import kinds
from synopse.synthesis.kinds.characteristics import BUILT_IN


def check_synthesis(corpus: Corpus) -> list[Diagnostic]:
    """Options that a kind does not take, fields that it cannot use, papers and values that none has, ids, sums."""
    found: list[Diagnostic] = []
    seen: dict[str, Span] = {}
    report, keys = corpus.report, [paper.key for paper in corpus.papers]
    for wanted in report.synthesis:
        if wanted.kind not in kinds():
            place = wanted.value_place("kind")
            hint = did_you_mean(wanted.kind, kinds()) or f"one of: {', '.join(kinds())}"
            found.append(problem("wrong-choice", f'"{wanted.kind}" is not a choice here', place, hint))
            continue
        if wanted.name in seen and (wanted.kind != "heading" or wanted.id):
            message = f'"{wanted.name}" stands twice: here and at line {seen[wanted.name].line}'
            found.append(problem("duplicate-id", message, wanted.span, 'give one of them another "id"'))
        seen.setdefault(wanted.name, wanted.span)
        own = [*_options(wanted), *_fields(wanted, corpus.form)]
        for key in wanted.papers:
            if key.text not in keys:
                message = f'the report retains no paper "{key.text}"'
                own.append(problem("synthesis-paper", message, key.span, did_you_mean(key.text, keys)))
        own += _conditions(wanted, corpus)
        if kinds()[wanted.kind].of_selection and report.selection is None:
            message = "this picture needs the numbers of the selection"
            own.append(problem("no-selection", message, wanted.span, "add a block selection: to report.yaml"))
        found += own or _none_kept(wanted, corpus)
    listed = {key.text.strip() for key in report.fiches}
    return found + (check_selection(report.selection, len(listed)) if report.selection else [])


def _options(wanted: Synthesis) -> Iterator[Diagnostic]:
    kind = kinds()[wanted.kind]
    takes = (*EVERY, *kind.options)
    for name in wanted.places:
        if name not in takes:
            message = f'the kind "{wanted.kind}" takes no "{name}"'
            hint = did_you_mean(name, kind.options) or f"it takes: {', '.join(takes)}"
            yield problem("synthesis-option", message, wanted.key_place(name), hint)
    for group in kind.needs:
        if not any(getattr(wanted, name) for name in group):
            others = "".join(f', or "{name}" for several' for name in group[1:])
            hint = f'add "{group[0]}: …"{others}'
            yield problem("missing-field", f'the kind "{wanted.kind}" needs "{group[0]}"', wanted.span, hint)
    if wanted.field and wanted.fields and {"field", "fields"} <= {*kind.takes}:
        message = '"field" and "fields" say the same: write one of them'
        yield problem("synthesis-option", message, wanted.key_place("fields"))


def _fields(wanted: Synthesis, form: Form) -> Iterator[Diagnostic]:
    kind = kinds()[wanted.kind]
    for option in ("field", "rows", "fields", "against"):
        value: Scalar | tuple[Scalar, ...] | None = getattr(wanted, option)
        names = (value,) if isinstance(value, Scalar) else value or ()
        types = kind.types.get(option, ())
        several = len(names) > 1 and option == "fields"
        for name in names if option in kind.takes else ():
            yield from _field(name, form, types, together=kind.together if several else ())
    for name in wanted.columns if "columns" in kind.takes else ():
        if name.text not in BUILT_IN:
            yield from _field(name, form, (), also=tuple(BUILT_IN))
        elif form.field(name.text):
            message = f'"{name.text}" is a column of its own and a field of the form: the column shows the record\'s'
            yield problem("two-meanings", message, name.span, "to show the field, give it another id in the form")


def _field(
    name: Scalar, form: Form, types: FieldTypes, *, together: FieldTypes = (), also: tuple[str, ...] = ()
) -> Iterator[Diagnostic]:
    field = form.field(name.text)
    if field is None:
        hint = did_you_mean(name.text, [*form.fields, *also]) or f"fields of the form: {', '.join(form.fields)}"
        yield problem("synthesis-field", f'the form has no field "{name.text}"', name.span, hint)
    elif types and field.type not in types:
        message = f'"{name.text}" is a field of type {field.type}; this kind takes {" or ".join(types)}'
        fitting = [each.id for each in form.fields.values() if each.type in types]
        hint = f"such fields of the form: {', '.join(fitting)}" if fitting else "the form has no such field"
        yield problem("synthesis-field", message, name.span, hint)
    elif together and field.type not in together:
        message = f'"{name.text}" is a field of type {field.type}, which this kind takes alone; several fields are {" or ".join(together)}'
        yield problem("synthesis-field", message, name.span, f'write "field: {name.text}" in a part of its own')


def _conditions(wanted: Synthesis, corpus: Corpus) -> Iterator[Diagnostic]:
    if "where" not in kinds()[wanted.kind].options:
        return
    for condition in wanted.where:
        for value in condition.values:
            try:
                keeping(corpus, condition.field.text, value.text)
            except NoSuchValue as error:
                unknown = not corpus.known(condition.field.text)
                asked = condition.field if unknown else value
                code = "synthesis-field" if unknown else "where-value"
                yield problem(code, error.message, asked.span, error.hint or among(asked.text, error.known))
                if unknown:
                    break


def _none_kept(wanted: Synthesis, corpus: Corpus) -> list[Diagnostic]:
    """Told where a part that is sound keeps no paper of a report that has some."""
    if not corpus.papers or not (wanted.where or wanted.papers) or corpus.chosen(wanted).papers:
        return []
    asked = " and ".join(f"{c.field.text}: {', '.join(v.text for v in c.values)}" for c in wanted.where)
    place = wanted.value_place("where" if wanted.where else "papers")
    return [problem("no-papers", f"no paper of the report has {asked}: this part shows none", place)]


def check_selection(selection: Selection, papers: int) -> list[Diagnostic]:
    """The arithmetic of a PRISMA flow: what goes into a box is what the boxes before it leave; the last holds the papers."""
    identified, removed = sum(selection.identified.values()), sum(selection.removed.values())
    sought, out = selection.sought_or_left, sum(each.count for each in selection.reasons)
    sums = (
        ("screened", identified - removed, selection.screened, f"identified {identified} - removed {removed}"),
        ("sought", selection.screened - selection.excluded, sought, "screened - excluded"),
        ("assessed", sought - selection.not_retrieved, selection.assessed, "sought - not_retrieved"),
        ("included", selection.assessed - out, selection.included, f"assessed - {out} excluded with reasons"),
    )
    found = [
        problem("selection-sum", f'"{name}" is {said}, and {how} makes {right}', selection.value_place(name))
        for name, right, said, how in sums
        if right != said
    ]
    if selection.included != papers:
        message = f'"included" is {selection.included}, and the fiches that the report lists are {papers}'
        hint = "list the missing fiches under fiches:, or mend the number"
        found.append(problem("selection-included", message, selection.value_place("included"), hint))
    return found
