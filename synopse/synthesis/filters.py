"""Which papers a word keeps: a corpus, a field and a word in; a test of papers out, or what the word could have been.

A word is taken in every form in which it may be known: an id, a title in any language, an alias of a term, a number or a date
however it is written, a theme, a status, a key. `where:` and values in prose ask alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from synopse.diagnostics import Span
from synopse.diagnostics.model import did_you_mean
from synopse.locale import LANGUAGES, catalogue
from synopse.model.fiche import Remark
from synopse.model.form import Field
from synopse.model.values import Chosen, Dated, Number, named_choices, read_date_value, read_number, same_word
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from synopse.synthesis.corpus import Corpus, Paper

Test = Callable[["Paper"], bool]
MOST_NAMED = 12
"""So many names are listed in a hint."""
OWN = ("status", "theme", "key")
"""Names that are asked for like fields, and are none of the form's."""


class NoSuchValue(Exception):
    """A field that the form lacks, or a word that no paper could have; `known` holds what could have been meant."""

    def __init__(self, message: str, known: Iterable[str] = (), hint: str = "") -> None:
        super().__init__(message)
        self.message, self.known, self.hint = message, list(dict.fromkeys(known)), hint


def among(asked: str, known: list[str]) -> str:
    """A hint: the name that is near the one asked for, else those that there are."""
    near = did_you_mean(asked, known) if asked else ""
    return near or (f"known here: {', '.join(known[:MOST_NAMED])}" if known else "")


def keeping(corpus: Corpus, name: str, word: str) -> Test:
    """The test that keeps the papers whose field `name` holds `word`. Raises `NoSuchValue`."""
    if name == "status":
        return _status(word)
    if name == "key":
        return _key(corpus, word)
    if name == "theme":
        themes = _themes(corpus, list(corpus.form.fields), word)
        return lambda paper: any(
            theme.text in themes for field in corpus.form.fields for theme in corpus.themes(paper, field)
        )
    if name not in corpus.form.fields:
        raise NoSuchValue(f'the form has no field "{name}"', [*corpus.form.fields, *OWN])
    field = corpus.field(name)
    makers = {"terms": _term, "choice": _choice, "number": _number, "date": _date, "items": _item}
    return makers.get(field.type, _text)(corpus, field, word)


def _status(word: str) -> Test:
    known = {same_word(status): status for status in ("complete", "partial", "todo")}
    titles = {same_word(catalogue(lang)[f"status.{status}"]): status for lang in LANGUAGES for status in known.values()}
    status = known.get(same_word(word)) or titles.get(same_word(word))
    if status is None:
        raise NoSuchValue(f'"{word}" is not a status', known.values())
    return lambda paper: paper.fiche.status == status


def _key(corpus: Corpus, word: str) -> Test:
    keys = {key for paper in corpus.papers for key in (paper.home, paper.key)}
    if word.strip() not in keys:
        raise NoSuchValue(f'the report retains no paper "{word}"', keys)
    return lambda paper: word.strip() in (paper.home, paper.key)


def _themes(corpus: Corpus, fields: list[str], word: str) -> set[str]:
    """The ids of the themes that a word names, by id or by title in any language."""
    known = corpus.vocabulary.themes
    used = {theme.text for paper in corpus.papers for field in fields for theme in corpus.themes(paper, field)}
    found = {theme.id for theme in known if theme.id == word.strip()} or {
        theme.id for theme in known if same_word(word) in map(same_word, (theme.id, *theme.title.values()))
    }
    found |= {theme for theme in used if same_word(theme) == same_word(word)}
    if not found:
        names = [name for theme in known for name in (theme.id, *theme.title.values())]
        raise NoSuchValue(f'no theme is called "{word}"', [*names, *used])
    return found


def _term(corpus: Corpus, field: Field, word: str) -> Test:
    known = corpus.vocabulary.canonical(field.terms_list, word)
    used = {name for paper in corpus.papers for name, _, _ in corpus.term_uses(paper, field.id)}
    names = {known.name} if known else {name for name in used if same_word(name) == same_word(word)}
    if not names:
        there = [*corpus.vocabulary.known(field.terms_list), *sorted(used)]
        raise NoSuchValue(f'no term of "{field.id}" is called "{word}"', there)
    return lambda paper: any(found in names for found, _, _ in corpus.term_uses(paper, field.id))


def _choice(corpus: Corpus, field: Field, word: str) -> Test:
    ids = {choice.id for choice in named_choices(word, field)}
    if len(ids) != 1:
        names = [name for choice in field.choices for name in (choice.id, *choice.title.values())]
        what = "has two readings" if ids else f'is not a choice of "{field.id}"'
        raise NoSuchValue(f'"{word}" {what}', names)
    return lambda paper: any(isinstance(value, Chosen) and value.id in ids for value in paper.fiche.given(field.id))


def _alone(word: str) -> Scalar:
    """A word as the reader would give it, without a place."""
    return Scalar(word, Span(""), None, word)


def _unreadable(error: PydanticCustomError) -> NoSuchValue:
    return NoSuchValue(error.message(), hint=(error.context or {}).get("hint", ""))


def _number(corpus: Corpus, field: Field, word: str) -> Test:
    try:
        wanted = read_number(_alone(word), field, corpus.lang)
    except PydanticCustomError as error:
        raise _unreadable(error) from None
    return lambda paper: any(isinstance(value, Number) and wanted.same(value) for value in paper.fiche.given(field.id))


def _date(corpus: Corpus, field: Field, word: str) -> Test:
    try:
        wanted = read_date_value(_alone(word), corpus.lang)
    except PydanticCustomError as error:
        raise _unreadable(error) from None
    return lambda paper: any(isinstance(value, Dated) and wanted.holds(value) for value in paper.fiche.given(field.id))


def _item(corpus: Corpus, field: Field, word: str) -> Test:
    """The papers of a remark with these very words, or, where no remark has them, of remarks with this theme."""
    said = _said(corpus, field, word)
    if any(said(paper) for paper in corpus.papers):
        return said
    try:
        themes = _themes(corpus, [field.id], word)
    except NoSuchValue as error:
        message = f'"{word}" is neither a theme nor the words of a remark of "{field.id}"'
        raise NoSuchValue(message, error.known) from None
    return lambda paper: any(theme.text in themes for theme in corpus.themes(paper, field.id))


def _text(corpus: Corpus, field: Field, word: str) -> Test:
    return _said(corpus, field, word)


def _said(corpus: Corpus, field: Field, word: str) -> Test:
    wanted = same_word(word)

    def words(remark: Remark) -> set[str]:
        return {same_word(remark.text.text), same_word(corpus.plain_text(remark.text))}

    return lambda paper: any(wanted in words(remark) for remark in paper.fiche.remarks(field.id))
