"""Numbers of several papers: a corpus and a number field in; minimum, median, maximum and sum, and what was kept out, out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from synopse.diagnostics import Span
from synopse.model.values import Number, Reason
from synopse.synthesis.corpus import Corpus

Out = Reason | Literal["by-arm", "together"]
"""Why a study's number is not reckoned with: it is no one number, its arms give one each, or it counts with another study's."""
REASONS: tuple[Out, ...] = ("not-reported", "range", "about", "bound", "by-arm", "together")
"""Why a value is kept out, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers of one field, smallest first, where they are written, and how many values are no such number, and why."""

    figures: tuple[Decimal, ...]
    spans: tuple[Span, ...]
    kept_out: dict[Out, int]
    missing: int

    @property
    def out(self) -> int:
        """How many values are kept out."""
        return sum(self.kept_out.values())

    @property
    def given(self) -> int:
        """How many studies say something of it."""
        return len(self.figures) + self.out - self.kept_out.get("not-reported", 0)

    @property
    def minimum(self) -> Decimal | None:
        """The smallest number."""
        return self.figures[0] if self.figures else None

    @property
    def maximum(self) -> Decimal | None:
        """The greatest number."""
        return self.figures[-1] if self.figures else None

    @property
    def median(self) -> Decimal | None:
        """The number in the middle; of an even count the mean of the two, with one decimal more only where it has one."""
        count = len(self.figures)
        if not count:
            return None
        low, high = self.figures[(count - 1) // 2], self.figures[count // 2]
        if low == high or count % 2:
            return low
        with localcontext() as context:
            context.prec = 200
            return (low + high) / 2

    @property
    def total(self) -> Decimal | None:
        """The sum, as precise as the most precise number."""
        with localcontext() as context:
            context.prec = 200
            return sum(self.figures, Decimal(0)) if self.figures else None


def measured(corpus: Corpus, field: str) -> Measured:
    """What the papers say of a number field. One number that a paper gives for all its studies at once is one value.

    Numbers of the arms of a study are none of its own: whether it has their sum, their mean or neither depends on what is measured.
    """
    values: dict[str, Number] = {}
    reasons: Counter[Out] = Counter()
    missing = 0
    for paper in corpus.papers:
        value, voice = paper.fiche.values.get(field), paper.voice(field)
        if isinstance(value, Number):
            reasons["together"] += voice in values
            values.setdefault(voice, value)
        elif paper.fiche.given(field):
            reasons["by-arm"] += 1
        else:
            missing += 1
    reasons.update(value.reason for value in values.values())
    exact = [(value.exact, value.span) for value in values.values() if value.exact is not None]
    exact.sort(key=lambda pair: pair[0])
    return Measured(
        tuple(figure for figure, _ in exact),
        tuple(span for _, span in exact),
        {reason: reasons[reason] for reason in REASONS if reasons[reason]},
        missing,
    )


def kept_out(corpus: Corpus, all_measured: dict[str, Measured]) -> str:
    """A sentence on the values that are kept out and why, by field; empty where there is none."""
    said = []
    for name, each in all_measured.items():
        why = [corpus.words.said(f"kept-out.{reason}", n=count) for reason, count in each.kept_out.items()]
        if why:
            said.append(corpus.words.said("kept-out.field", field=corpus.title_of(name), why=corpus.words.listed(why)))
    return corpus.words.said("kept-out", fields=corpus.words["kept-out.separator"].join(said)) if said else ""
