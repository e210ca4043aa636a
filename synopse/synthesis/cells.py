"""The cells of what a fiche says in a field: a value in; a number as a number, anything else in words, out."""

from __future__ import annotations

from synopse.markup.tree import Inline, Text
from synopse.markup.typography import curled
from synopse.model.fiche import Fiche, Value
from synopse.model.values import Chosen, Dated, Number, choice_title, date_words, number_words
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.table import Cell, number, words


def value_cell(corpus: Corpus, value: Number | Dated | Chosen, field: str) -> Cell:
    """The cell of a field's value; what is not one exact number is words, and no program counts with it."""
    if isinstance(value, Chosen):
        return words(choice_title(value.id, corpus.field(field), corpus.lang), value.span)
    if isinstance(value, Dated):
        return words(date_words(value, corpus.words), value.span)
    unit = corpus.field(field).unit or ""
    if value.exact is not None:
        return number(value.exact, value.span, unit=unit)
    return words(number_words(value, corpus.words, unit), value.span)


def arms_cell(corpus: Corpus, fiche: Fiche, field: str) -> Cell:
    """What the arms of a study give in a field in which it says nothing itself: each behind its name, or once where all say the same."""
    giving = [(arm, arm.values[field]) for arm in fiche.of_arms if field in arm.values]
    if field in fiche.values or not giving:
        return Cell()
    said = [_parts(corpus, value, field) for _, value in giving]
    spans = tuple(value.span for _, value in giving if not isinstance(value, tuple))
    if len(giving) == len(fiche.of_arms) and all(each == said[0] for each in said):
        return Cell(said[0], spans=spans)
    heads = [Text(f"{curled(arm.called, corpus.lang)}{corpus.words['colon']} ") for arm, _ in giving]
    behind = zip(heads, said, strict=True)
    parts = (part for head, (first, *rest) in behind for part in ((head, *first), *rest))
    return Cell(tuple(parts), spans=spans)


def _parts(corpus: Corpus, value: Value, field: str) -> tuple[tuple[Inline, ...], ...]:
    """The words of a value that is no list; there is always a part."""
    if isinstance(value, Scalar):
        return corpus.paragraphs(value)
    if isinstance(value, tuple):
        return corpus.remark_parts(value)
    cell = value_cell(corpus, value, field)
    return cell.parts or ((Text(cell.number_said(corpus.words)),),)
