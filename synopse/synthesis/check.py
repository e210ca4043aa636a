"""What `report.yaml` asks of the synthesis, held against the form, the papers and the kinds: diagnostics out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.locale import titles_of
from synopse.model.form import Form
from synopse.model.report import Synthesis
from synopse.model.selection import LEFT_OUT, OtherMethods, Selection
from synopse.model.values import same_word
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.filters import NoSuchValue, among, keeping
from synopse.synthesis.kind import EVERY, FieldTypes
from synopse.synthesis.kinds import kinds
from synopse.synthesis.kinds.characteristics import BUILT_IN

COLUMNS = {name: titles_of(f"column.{name}") for name in BUILT_IN}
"""The columns that are no fields of the form, each with its titles in all languages."""


def check_synthesis(corpus: Corpus) -> list[Diagnostic]:
    """Options that a kind does not take, fields that it cannot use, papers and values that none has, ids, sums."""
    found: list[Diagnostic] = []
    seen: dict[str, Span] = {}
    more = sum(len(paper.about.reports) for paper in corpus.papers)
    corpus = corpus.by_study
    report, keys = corpus.report, [key for paper in corpus.papers for key in dict.fromkeys((paper.home, paper.key))]
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
    several = len(corpus.papers) - len({paper.home for paper in corpus.papers})
    if report.selection is None:
        return found
    return [
        *found,
        *check_selection(report.selection, Retained(len(listed), len(listed) + several, len(listed) + more)),
    ]


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
            yield from _field(name, form, (), also=COLUMNS)
        elif form.field(name.text):
            message = f'"{name.text}" is a column of its own and a field of the form: the column shows the record\'s'
            yield problem("two-meanings", message, name.span, "to show the field, give it another id in the form")


def _field(
    name: Scalar, form: Form, types: FieldTypes, *, together: FieldTypes = (), also: Mapping[str, Sequence[str]] = {}
) -> Iterator[Diagnostic]:
    field = form.field(name.text)
    if field is None:
        others = f"; of the record and the fiche: {', '.join(also)}" if also else ""
        hint = _meant(name.text, form, also) or f"fields of the form: {', '.join(form.fields)}{others}"
        yield problem("synthesis-field", f'the form has no field "{name.text}"', name.span, hint)
    elif types and field.type not in types:
        message = f'"{name.text}" is a field of type {field.type}; this kind takes {" or ".join(types)}'
        fitting = [each.id for each in form.fields.values() if each.type in types]
        hint = f"such fields of the form: {', '.join(fitting)}" if fitting else "the form has no such field"
        yield problem("synthesis-field", message, name.span, hint)
    elif together and field.type not in together:
        message = f'"{name.text}" is a field of type {field.type}, which this kind takes alone; several fields are {" or ".join(together)}'
        yield problem("synthesis-field", message, name.span, f'write "field: {name.text}" in a part of its own')


def _meant(asked: str, form: Form, also: Mapping[str, Sequence[str]]) -> str:
    """The name whose title was written for it, in any language; else one that is near; often nothing."""
    titles = {field.id: tuple(field.title.values()) for field in form.fields.values()} | dict(also)
    titled = [name for name, known in titles.items() if same_word(asked) in map(same_word, known)]
    return f"write {' or '.join(titled)}" if titled else did_you_mean(asked, titles)


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


class Retained(NamedTuple):
    """What the report retains: its fiches, the studies that they report, and the reports of these that they are of or name."""

    fiches: int
    studies: int
    reports: int

    @property
    def plain(self) -> bool:
        """Whether each fiche is of one report of one study, so that there is but one number."""
        return self.fiches == self.studies == self.reports


def check_selection(selection: Selection, retained: Retained) -> list[Diagnostic]:
    """The arithmetic of a PRISMA flow: what goes into a box is what the boxes before it leave; the last holds the papers."""
    sums = [*_sums(selection), *(_sums_of_other(selection.other) if selection.other else ())]
    found = [
        problem("selection-sum", f'"{name}" is {said}, and {how} makes {right}', place)
        for place, name, right, said, how in sums
        if right != said and right >= 0
    ]
    found += [
        problem("selection-sum", f'"{name}" is {out}, and there are only {there} ({of})', place)
        for place, name, out, there, of in _outs(selection)
        if out > there
    ]
    unknown = [name for name in selection.without if name.text not in LEFT_OUT]
    found += [
        problem(
            "wrong-choice", f'"{name.text}" is no box that can be left out', name.span, f"one of: {', '.join(LEFT_OUT)}"
        )
        for name in unknown
    ]
    if selection.synthesised is not None and selection.synthesised > selection.total:
        message = f'"synthesised" is {selection.synthesised}, and the studies included are {selection.total}'
        found.append(problem("selection-sum", message, selection.value_place("synthesised")))
    in_one = retained.studies - retained.fiches
    if selection.reports is not None and selection.reports < selection.included - in_one:
        message = (
            f'"reports" is {selection.reports}, and the studies included are {selection.included}: each has a report'
        )
        found.append(problem("selection-sum", message, selection.value_place("reports")))
    return [*found, *_included(selection, retained)]


def _included(selection: Selection, retained: Retained) -> Iterator[Diagnostic]:
    """The flow ends with the studies that the fiches report; where a study is not a report, with as many reports."""
    place, fiches, studies = selection.value_place, retained.fiches, retained.studies
    if studies not in (selection.total, selection.included):
        listed = f"the fiches that the report lists are {fiches}"
        message = f'"included" is {selection.included}, and {listed}'
        hint = "list the missing fiches under fiches:, or mend the number"
        if studies != fiches:
            message = f"{message}, with {studies} studies"
        if studies != fiches == selection.included:
            hint = f"PRISMA counts studies, and their reports beside: write included: {studies} and reports: {retained.reports}"
        yield problem("selection-included", message, place("included"), hint)
    if not retained.plain and selection.reports is not None and selection.reports != retained.reports:
        message = (
            f'"reports" is {selection.reports}, and the fiches with the reports that they name are {retained.reports}'
        )
        yield problem("selection-included", message, place("reports"))


Sum = tuple[Span, str, int, int, str]
"""Where a number stands, its name, what it should be, what it is, and how that was reckoned."""


def _sums(selection: Selection) -> Iterator[Sum]:
    identified, removed = sum(selection.identified.values()), sum(selection.removed.values())
    sought, out = selection.sought_or_left, sum(each.count for each in selection.reasons)
    place, other = selection.value_place, selection.other.kept if selection.other else 0
    yield (
        place("screened"), "screened", identified - removed, selection.screened,
        f"identified {identified} - removed {removed}",
    )  # fmt: skip
    screenings = [(place("excluded"), selection.excluded, selection.excluded_for)]
    screenings += [(level.value_place("excluded"), level.excluded, level.reasons) for level in selection.levels]
    for at, excluded, each in screenings:
        if each:
            yield at, "excluded", sum(reason.count for reason in each), excluded, "the sum of its reasons"
    left = selection.screened - selection.excluded
    for level in selection.levels:
        yield level.value_place("screened"), "screened", left, level.screened, "what the level before it left"
        left = level.screened - level.excluded
    yield place("sought"), "sought", left, sought, "screened - excluded"
    yield place("assessed"), "assessed", sought - selection.not_retrieved, selection.assessed, "sought - not_retrieved"
    how = f"assessed - {out} excluded with reasons" + (f" + {other} by other methods" if selection.other else "")
    # Where several reports are of one study, fewer studies are included than reports were left.
    included = selection.included if selection.reports is None else selection.reports
    name = "included" if selection.reports is None else "reports"
    yield place(name), name, selection.assessed - out + other, included, how


def _outs(selection: Selection) -> Iterator[Sum]:
    """What leaves a box, beside what is in it: where it stands, its name, how many leave, of how many, the name of the box."""
    place = selection.value_place
    yield place("removed"), "removed", sum(selection.removed.values()), sum(selection.identified.values()), "identified"
    yield place("excluded"), "excluded", selection.excluded, selection.screened, "screened"
    for level in selection.levels:
        yield level.value_place("excluded"), "excluded", level.excluded, level.screened, "screened"
    flows: list[tuple[Selection | OtherMethods, int]] = [(selection, selection.sought_or_left)]
    flows += [(selection.other, selection.other.sought_or_all)] if selection.other else []
    for flow, sought in flows:
        yield flow.value_place("not_retrieved"), "not_retrieved", flow.not_retrieved, sought, "sought"
        reasons = sum(each.count for each in flow.reasons)
        yield flow.value_place("reasons"), "reasons", reasons, flow.assessed, "assessed"


def _sums_of_other(other: OtherMethods) -> Iterator[Sum]:
    sought = other.sought_or_all
    yield other.value_place("sought"), "sought", sum(other.identified.values()), sought, "the sum of identified"
    how = "sought - not_retrieved"
    yield other.value_place("assessed"), "assessed", sought - other.not_retrieved, other.assessed, how
