"""A corpus in; what its readers differ in, and how far they agree: in each field, each section, and all of them, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synopse.locale import Catalogue
from synopse.model.fiche import Fiche
from synopse.model.form import Field
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.readings import RATED, Compared, compared_whole, rated
from synopse.synthesis.reliability import FEW, Coefficient, Rated, of_field, pooled

ALL = "all"
"""What stands for every field of the form, where an agreement is asked for."""


def read_by_several(corpus: Corpus) -> dict[str, Mapping[str, Fiche]]:
    """The readings of each paper of the corpus that two readers or more have read, in its order; readers as the report has them."""
    order = [reader.id for reader in corpus.readers]
    readings = corpus.readings
    found: dict[str, Mapping[str, Fiche]] = {}
    keys = list(dict.fromkeys(paper.home for paper in corpus.papers))
    if corpus.whole is None:  # all papers that are read, those that have no fiche yet as well
        keys += [key for key in readings if key not in keys]
    for key in keys:
        own = {name: fiche for name, fiche in readings.get(key, {}).items() if fiche.status != "todo"}
        if len(own) > 1:
            found[key] = {name: own[name] for name in sorted(own, key=lambda each: _rank(order, each))}
    return found


def _rank(order: Sequence[str], name: str) -> tuple[int, str]:
    return (order.index(name) if name in order else len(order), name)


def differing(corpus: Corpus, names: Sequence[str] = ()) -> dict[str, list[Compared]]:
    """What the readers of each paper say, field by field."""
    fields = {name: field for name, field in corpus.form.fields.items() if not names or name in names}
    papers = {paper.home: paper for paper in corpus.papers}
    return {
        key: compared_whole(readings, fields, corpus.vocabulary, papers[key].fiche.same if key in papers else ())
        for key, readings in read_by_several(corpus).items()
    }


def ratings(corpus: Corpus, names: Sequence[str] = ()) -> dict[str, Rated]:
    """The ratings of each field that has any: choices, numbers, dates and terms."""
    several = read_by_several(corpus)
    fields = {name: field for name, field in corpus.form.fields.items() if _is_rated(field, name, names)}
    return {name: rated(name, field, several, corpus.vocabulary) for name, field in fields.items()}


def _is_rated(field: Field, name: str, names: Sequence[str]) -> bool:
    return field.type in RATED and (not names or name in names)


def are_two(corpus: Corpus) -> bool:
    """Whether all readings are those of two readers."""
    return len({name for own in read_by_several(corpus).values() for name in own}) == 2


def undefined(each: Coefficient, said: Catalogue) -> str:
    """Why a coefficient is not defined, in the report's words."""
    return said["undefined.short" if each.why == FEW else "undefined.alone"]


def interval_said(each: Coefficient, said: Catalogue) -> str:
    """The interval of 95 % in the report's words; empty where there is none."""
    if each.interval is None:
        return ""
    low, high = (said.decimal(end, 2) for end in each.interval)
    return f"[{low}{said['interval.separator']} {high}]"


def agreement_of(corpus: Corpus, name: str) -> list[Coefficient] | None:
    """The coefficients of a field, of a section's fields together, or of all; nothing for a name that is none of these."""
    field = corpus.form.fields.get(name)
    if field is not None:
        return of_field(ratings(corpus, [name])[name], are_two(corpus)) if field.type in RATED else None
    section = next((each for each in corpus.form.sections if each.id == name), None)
    if section is None and name != ALL:
        return None
    names = [each.id for each in section.fields] if section else ()
    return pooled(list(ratings(corpus, names).values()), are_two(corpus)) if section is None or names else None
