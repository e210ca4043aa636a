"""The studies of a paper, each as a fiche of its own: a fiche and one of its studies in; what is said of it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.locale.dates import PartialDate
from synopse.model.fiche import Fiche, Part
from synopse.model.values import Number


def own_study(fiche: Fiche, part: Part | None = None, number: str = "") -> Fiche:
    """A study of a paper as a fiche: what the paper says of all its studies, and what is its own; terms and remarks of its arms as well.

    Of all else its arms say for themselves (`Fiche.given`). Its places say which study they count for, so that a word that two
    studies share counts for both; what the paper says of all of them is known by its field, so that one number counts once.
    """
    own = part.values if part else {}
    values, arms = {**fiche.values, **own}, fiche.arms
    for arm in arms:
        for name, value in arm.values.items():
            there = values.get(name, ())
            if isinstance(value, tuple) and isinstance(there, tuple):
                values[name] = (*there, *value)
    if number:
        values = _all_counted_for(values, number)
        arms = tuple(replace(arm, values=_all_counted_for(arm.values, number)) for arm in arms)
    locators = {**fiche.locators, **(part.locators if part else {})}
    of_all = frozenset(name for name in values if name not in own) if part else frozenset()
    return replace(fiche, values=values, locators=locators, studies=(), arms=(), of_arms=arms, of_all=of_all)


def _all_counted_for(values: dict[str, Any], study: str) -> dict[str, Any]:
    return {name: counted_for(value, study) for name, value in values.items()}


def counted_for(value: Any, study: str) -> Any:
    """A value whose places say for which study they count."""
    if isinstance(value, Span):
        return replace(value, of=study)
    if isinstance(value, tuple):
        return tuple(counted_for(each, study) for each in value)
    if is_dataclass(value) and not isinstance(value, (type, PartialDate)):
        found = {each.name: getattr(value, each.name) for each in fields(value)}
        return type(value)(**{name: counted_for(each, study) for name, each in found.items()})
    return value


def numbers_of_all(fiche: Fiche) -> Iterator[Diagnostic]:
    """Warnings for the numbers of a paper that stand for some of its studies, as others have one of their own: they may be totals."""
    for name, value in fiche.values.items():
        having = [study for study in fiche.studies if name in study.values]
        if not isinstance(value, Number) or not having or len(having) == len(fiche.studies):
            continue
        others = " and ".join(f'"{study.called}"' for study in fiche.studies if name not in study.values)
        message = f'the number "{name}" of the paper is taken for that of {others}, as "{having[0].called}" has one of its own'
        hint = "if it is the total, give each study its own number; where the paper does not report it, say so there"
        yield problem("number-of-all", message, value.span, hint)
