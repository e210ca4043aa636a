"""What papers are filed under: a corpus and fields in; terms, choices or themes, each with the papers that have it, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from synopse.diagnostics import Span
from synopse.locale.collation import collation_key
from synopse.model.form import titled
from synopse.model.values import Chosen
from synopse.synthesis.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a paper names a term, chooses, or carries a theme; `noted` where a remark says more of the term."""

    span: Span
    noted: bool = False


@dataclass(slots=True)
class Facet:
    """A term, a choice or a theme, with its uses by the keys of the papers."""

    title: str
    rank: int
    place: Span | None = None
    uses: dict[str, list[Use]] = field(default_factory=dict)

    @property
    def papers(self) -> int:
        """How many papers have it."""
        return len(self.uses)

    def of(self, key: str) -> list[Use]:
        """The uses of one paper."""
        return self.uses.get(key, [])

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every place where it is used."""
        return tuple(use.span for uses in self.uses.values() for use in uses)


def facets(corpus: Corpus, fields: tuple[str, ...], sort: str = "frequency", *, unused: bool = False) -> list[Facet]:
    """What the papers of a corpus are filed under: the terms or choices of one such field, else the themes of the fields.

    What most papers have comes first, ties and `sort: vocabulary` go by the vocabulary's order, or the form's of choices.
    `unused` adds the choices that no paper has.
    """
    kind = corpus.field(fields[0]).type if len(fields) == 1 else ""
    if kind == "terms":
        found = _terms(corpus, fields[0])
    elif kind == "choice":
        found = [facet for facet in _choices(corpus, fields[0]) if facet.uses or unused]
    else:
        found = _themes(corpus, fields)
    found.sort(key=lambda facet: (facet.rank, collation_key(facet.title, corpus.lang)))
    if sort == "frequency":
        found.sort(key=lambda facet: -facet.papers)
    return found


def chosen_alone(corpus: Corpus, fields: tuple[str, ...]) -> bool:
    """Whether the fields are one choice: of its values a paper has one, or one for each of its arms."""
    return len(fields) == 1 and corpus.field(fields[0]).type == "choice"


def _collected(uses: Iterable[tuple[str, str, Use]], facet_of: dict[str, Facet]) -> list[Facet]:
    for name, key, use in uses:
        facet_of[name].uses.setdefault(key, []).append(use)
    return [facet for facet in facet_of.values() if facet.uses]


def _terms(corpus: Corpus, name: str) -> list[Facet]:
    def uses() -> Iterator[tuple[str, str, Use]]:
        for paper in corpus.papers:
            for term, scalar, use in corpus.term_uses(paper, name):
                yield term, paper.key, Use(scalar.span, use.text is not None)

    order = corpus.vocabulary.order(corpus.field(name).terms_list)
    found = list(uses())
    return _collected(found, {term: Facet(term, order.get(term, len(order))) for term, _, _ in found})


def _choices(corpus: Corpus, name: str) -> list[Facet]:
    choices = corpus.field(name).choices
    known = {
        choice.id: Facet(titled(choice.title, corpus.lang) or choice.id, rank, choice.span)
        for rank, choice in enumerate(choices)
    }
    values = ((paper.key, value) for paper in corpus.papers for value in paper.fiche.given(name))
    for key, value in values:
        if isinstance(value, Chosen):  # once for each paper, however many of its arms have it
            known[value.id].uses.setdefault(key, [Use(value.span)])
    return list(known.values())


def _themes(corpus: Corpus, fields: tuple[str, ...]) -> list[Facet]:
    def uses() -> Iterator[tuple[str, str, Use]]:
        for paper in corpus.papers:
            for remark in (remark for name in fields for remark in paper.fiche.remarks(name)):
                for theme in remark.themes:
                    yield theme.text, paper.key, Use(remark.span)

    ranks = {theme.id: rank for rank, theme in enumerate(corpus.vocabulary.themes)}
    found = list(uses())
    return _collected(found, {t: Facet(corpus.theme_title(t), ranks.get(t, len(ranks))) for t, _, _ in found})


def spread(corpus: Corpus, found: list[Facet], fields: tuple[str, ...]) -> dict[str, object]:
    """What a sentence says of a choice: each value with its number of papers, and how many papers have none.

    Empty where the fields are no choice.
    """
    if not chosen_alone(corpus, fields):
        return {}
    said = [f"{facet.title} ({corpus.words.number(facet.papers)})" for facet in found]
    unfilled = len(corpus.papers) - len({key for facet in found for key in facet.uses})
    lead = "lead.choice" + ("" if found and unfilled else ".full" if found else ".none")
    return {"lead": lead, "named": corpus.titles_of(fields), "spread": said, "unfilled": unfilled}


def differing(corpus: Corpus, found: list[Facet], fields: tuple[str, ...]) -> str:
    """A sentence on the papers that have several values of a choice, as their arms differ; empty where there is none."""
    having = Counter(key for facet in found for key in facet.uses)
    several = sum(count > 1 for count in having.values()) if chosen_alone(corpus, fields) else 0
    return corpus.words.said("arms.differ", n=several) if several else ""


def one_of(corpus: Corpus, names: tuple[str, ...]) -> str:
    """The titles of several fields, as a sentence names them of what needs to stand in one of them alone."""
    return corpus.words.either([corpus.words.quoted(corpus.title_of(name)) for name in names])


def folded(found: list[Facet], least: int) -> tuple[list[Facet], list[Facet]]:
    """What at least so many papers have, and the rest."""
    return [f for f in found if f.papers >= least], [f for f in found if f.papers < least]


def others_label(corpus: Corpus, rare: list[Facet]) -> str:
    """The head of the row of others: how many, and which."""
    said = corpus.words.said("matrix.others", n=len(rare))
    return f"{said} ({', '.join(facet.title for facet in rare)})"


def counts(corpus: Corpus, found: list[Facet]) -> dict[str, object]:
    """What a sentence says of terms or themes: how many, how many are shared, which most papers have."""
    most = max((facet.papers for facet in found), default=0)
    return {
        "n": len(found),
        "papers": len(corpus.papers),
        "top": [facet.title for facet in found if facet.papers == most],
        "top_count": most,
        "shared": sum(facet.papers > 1 for facet in found),
        "naming": len({key for facet in found for key in facet.uses}),
    }
