"""`prisma`: the flow of the selection."""

from __future__ import annotations

from synopse.model.report import Synthesis
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Column, Row, Table, number, words


def prisma(corpus: Corpus, wanted: Synthesis) -> Table:
    """The flow of the selection, in the boxes of PRISMA 2020 (Page et al., BMJ 2021;372:n71, figure 1)."""
    selection = corpus.report.selection
    assert selection is not None
    said = corpus.words
    rows = [
        Row((words(f"{said['prisma.identified']} — {name}"), number(n)), name="identified")
        for name, n in selection.identified.items()
    ]
    rows += [
        Row((words(f"{said['prisma.removed']} — {name}"), number(n)), name="removed")
        for name, n in selection.removed.items()
    ]
    for name, value in (
        ("screened", selection.screened),
        ("excluded", selection.excluded),
        ("sought", selection.sought_or_left),
        ("not_retrieved", selection.not_retrieved),
        ("assessed", selection.assessed),
    ):
        place = selection.value_place(name)
        step = name.replace("_", "-")
        rows.append(Row((words(said[f"prisma.{step}"], place), number(value, place)), name=step))
    rows += [
        Row(
            (words(f"{said['prisma.reason']} — {each.reason.text}", each.span), number(each.count, each.span)),
            name="reason",
        )
        for each in selection.reasons
    ]
    place = selection.value_place("included")
    rows.append(Row((words(said["prisma.included"], place), number(selection.included, place)), name="included"))
    columns = (Column(said["column.step"], "label"), Column(said["column.papers"], "count"))
    facts: dict[str, object] = {
        "n": selection.included,
        "identified": sum(selection.identified.values()),
        "assessed": selection.assessed,
    }
    return Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts=facts)


KIND = Kind(
    "prisma",
    "a picture of the `selection:` block",
    140,
    prisma,
    uses="nothing",
    of_selection=True,
    drawing="prisma",
)
