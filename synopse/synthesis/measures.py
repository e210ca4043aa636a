"""Numbers of several papers: a corpus and a number field in; minimum, median, maximum and sum, and what was kept out, out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, localcontext

from synopse.diagnostics import Span
from synopse.model.values import Number, Reason
from synopse.synthesis.corpus import Corpus

REASONS: tuple[Reason, ...] = ("not-reported", "range", "about", "bound")
"""Why a value is kept out, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers of one field, smallest first, where they are written, and how many values are no such number, and why."""

    figures: tuple[Decimal, ...]
    spans: tuple[Span, ...]
    kept_out: dict[Reason, int]
    missing: int

    @property
    def out(self) -> int:
        """How many values are kept out."""
        return sum(self.kept_out.values())

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
    """What the papers say of a number field."""
    values = [value for paper in corpus.papers if isinstance(value := paper.fiche.values.get(field), Number)]
    exact = sorted(((value.exact, value.span) for value in values if value.exact is not None), key=lambda pair: pair[0])
    reasons = Counter(value.reason for value in values)
    return Measured(
        tuple(figure for figure, _ in exact),
        tuple(span for _, span in exact),
        {reason: reasons[reason] for reason in REASONS if reasons[reason]},
        len(corpus.papers) - len(values),
    )


def kept_out(corpus: Corpus, all_measured: dict[str, Measured]) -> str:
    """A sentence on the values that are kept out and why, by field; empty where there is none."""
    said = []
    for name, each in all_measured.items():
        why = [corpus.words.said(f"kept-out.{reason}", n=count) for reason, count in each.kept_out.items()]
        if why:
            said.append(corpus.words.said("kept-out.field", field=corpus.title_of(name), why=corpus.words.listed(why)))
    return corpus.words.said("kept-out", fields=corpus.words["kept-out.separator"].join(said)) if said else ""
