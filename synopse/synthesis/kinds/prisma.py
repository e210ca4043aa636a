"""`prisma`: the flow of the selection."""

from __future__ import annotations

from collections.abc import Iterator

from synopse.diagnostics import Span
from synopse.model.report import Synthesis
from synopse.model.selection import Excluded, Selection
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Column, Row, Table, number, words

Step = tuple[str, str, int, Span | None]
"""A number of the flow: the box that it stands in, what it counts, the number, and where it was written."""


def prisma(corpus: Corpus, wanted: Synthesis) -> Table:
    """The flow of the selection, in the boxes of PRISMA 2020 (Page et al., BMJ 2021;372:n71, figure 1).

    A row's `name` is that of its box. What a box counts by source or reason is said behind a dash.
    """
    selection = corpus.report.selection
    assert selection is not None
    left_out = {name.text.replace("_", "-").replace("reasons", "reason") for name in selection.without}
    rows = tuple(
        Row((words(said, *((place,) if place else ())), number(count, *((place,) if place else ()))), name=box)
        for box, said, count, place in _Flow(corpus, selection).steps()
        if box.removeprefix("other-") not in left_out
    )
    columns = (Column(corpus.words["column.step"], "label"), Column(corpus.words["column.papers"], "count"))
    other = sum(selection.other.identified.values()) if selection.other else 0
    facts: dict[str, object] = {
        "n": selection.included,
        "identified": sum(selection.identified.values()) + other,
        "assessed": selection.assessed + (selection.other.assessed if selection.other else 0),
    }
    return Table(wanted.name, wanted.kind, "", columns, rows, facts=facts)


class _Flow:
    """The steps of a selection, in the words of the report's language."""

    def __init__(self, corpus: Corpus, selection: Selection) -> None:
        self.said, self.selection = corpus.words, selection

    def steps(self) -> Iterator[Step]:
        """Every step, from the records found to the studies included."""
        flow, said = self.selection, self.said
        if flow.previous:
            place = flow.previous.value_place("studies")
            yield "previous", said["prisma.previous"], flow.previous.studies, place
            if flow.previous.reports is not None:
                place = flow.previous.value_place("reports")
                yield "previous", said["prisma.previous-reports"], flow.previous.reports, place
        for name, n in flow.identified.items():
            yield "identified", f"{said['prisma.identified']} — {name}", n, None
        for name, n in flow.removed.items():
            yield "removed", f"{said['prisma.removed']} — {name}", n, None
        yield self._one("screened", "screened", flow)
        yield from self._out("excluded", "excluded", flow.excluded, flow.value_place("excluded"), flow.excluded_for)
        for level in flow.levels:
            yield "level", level.title.text, level.screened, level.value_place("screened")
            place = level.value_place("excluded")
            yield from self._out("level-excluded", "excluded", level.excluded, place, level.reasons)
        yield "sought", said["prisma.sought"], flow.sought_or_left, flow.value_place("sought")
        yield "not-retrieved", said["prisma.not-retrieved"], flow.not_retrieved, flow.value_place("not_retrieved")
        yield self._one("assessed", "assessed", flow)
        yield from self._reasons("reason", flow.reasons)
        yield from self._other()
        yield self._one("included", "included", flow)
        if flow.reports is not None:
            yield "included", said["prisma.reports"], flow.reports, flow.value_place("reports")
        if flow.previous:
            yield "total", said["prisma.total"], flow.total, None
        if flow.synthesised is not None:
            yield "synthesised", said["prisma.synthesised"], flow.synthesised, flow.value_place("synthesised")

    def _one(self, box: str, name: str, flow: Selection) -> Step:
        return box, self.said[f"prisma.{name}"], int(getattr(flow, name)), flow.value_place(name)

    def _out(self, box: str, name: str, count: int, place: Span, reasons: tuple[Excluded, ...]) -> Iterator[Step]:
        """What a level of screening set aside: the number, then each reason where there are any."""
        yield box, self.said[f"prisma.{name}"], count, place
        for each in reasons:
            yield box, f"{self.said[f'prisma.{name}']} — {each.reason.text}", each.count, each.span

    def _reasons(self, box: str, reasons: tuple[Excluded, ...]) -> Iterator[Step]:
        for each in reasons:
            yield box, f"{self.said['prisma.reason']} — {each.reason.text}", each.count, each.span

    def _other(self) -> Iterator[Step]:
        other = self.selection.other
        if other is None:
            return
        for name, n in other.identified.items():
            yield "other-identified", f"{self.said['prisma.identified']} — {name}", n, None
        yield "other-sought", self.said["prisma.sought"], other.sought_or_all, other.value_place("sought")
        place = other.value_place("not_retrieved")
        yield "other-not-retrieved", self.said["prisma.not-retrieved"], other.not_retrieved, place
        yield "other-assessed", self.said["prisma.assessed"], other.assessed, other.value_place("assessed")
        yield from self._reasons("other-reason", other.reasons)


KIND = Kind(
    "prisma",
    "a picture of the `selection:` block",
    140,
    prisma,
    uses="nothing",
    of_selection=True,
    drawing="prisma",
)
