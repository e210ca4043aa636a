"""The numbers of a selection as a person gives them: the boxes of a PRISMA 2020 flow diagram."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Described

from synopse.model.base import Items, Placed, Table, Text, Whole


class Excluded(Placed):
    """Papers set aside, and why."""

    reason: Text
    count: Whole


class Level(Placed):
    """A further level of screening: what it is called, how many records came to it, how many it set aside, and why."""

    title: Text
    screened: Whole
    excluded: Whole = 0
    reasons: Items[Excluded] = ()


class Previous(Placed):
    """What an earlier version of the review included."""

    studies: Whole
    reports: Whole | None = None


class OtherMethods(Placed):
    """The flow of what was found otherwise than by databases and registers: websites, citations, experts."""

    identified: Table[Whole]
    sought: Whole | None = None
    not_retrieved: Whole = 0
    assessed: Whole
    reasons: Items[Excluded] = ()

    @property
    def sought_or_all(self) -> int:
        """How many were sought: the number given, else all that were identified."""
        return sum(self.identified.values()) if self.sought is None else self.sought

    @property
    def kept(self) -> int:
        """How many were left."""
        return self.assessed - sum(each.count for each in self.reasons)


LEFT_OUT = ("removed", "excluded", "sought", "not_retrieved", "reasons")
"""The boxes of the diagram that a review may do without."""


class Selection(Placed):
    """The numbers of a PRISMA 2020 flow diagram (Page et al., BMJ 2021;372:n71, figure 1)."""

    identified: Table[Whole]
    removed: Table[Whole] = {}
    screened: Whole
    excluded: Whole = 0
    excluded_for: Annotated[Items[Excluded], Described(description="why records were set aside at screening")] = ()
    levels: Annotated[Items[Level], Described(description="further levels of screening")] = ()
    sought: Whole | None = None
    not_retrieved: Whole = 0
    assessed: Whole
    reasons: Items[Excluded] = ()
    included: Whole
    reports: Annotated[Whole | None, Described(description="how many reports the included studies have")] = None
    previous: Annotated[Previous | None, Described(description="what an earlier version of the review included")] = None
    other: Annotated[OtherMethods | None, Described(description="the flow of what other methods found")] = None
    synthesised: Annotated[Whole | None, Described(description="how many studies are in a quantitative synthesis")] = (
        None
    )
    without: Annotated[
        Items[Text],
        Described(description="boxes that are not drawn: removed, excluded, sought, not_retrieved, reasons"),
    ] = ()

    @property
    def sought_or_left(self) -> int:
        """How many were sought in full text: the number given, else what screening left."""
        return self.screened_left if self.sought is None else self.sought

    @property
    def screened_left(self) -> int:
        """How many the last level of screening left."""
        last = self.levels[-1] if self.levels else self
        return last.screened - last.excluded

    @property
    def total(self) -> int:
        """How many studies are included in all, with those of an earlier version."""
        return self.included + (self.previous.studies if self.previous else 0)
