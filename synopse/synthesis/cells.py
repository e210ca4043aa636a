"""The cell of a number, a date or a choice: a value of a fiche in; a number as a number, anything else in words, out."""

from __future__ import annotations

from synopse.model.values import Chosen, Dated, Number, choice_title, date_words, number_words
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
