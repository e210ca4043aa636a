"""The terms and themes of a fiche and the vocabulary in; what is not in it, or stands twice, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.model.fiche import Fiche, TermUse
from synopse.model.form import Form
from synopse.model.values import same_word
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Scalar


def check_terms(fiche: Fiche, form: Form, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    for name, field in form.fields.items():
        if field.type != "terms" or name not in fiche.values:
            continue
        seen: dict[str, Span] = {}
        parted = dict(_parted_by_commas(fiche.terms(name), vocabulary, field.terms_list))
        yield from dict.fromkeys(parted.values())
        for use in fiche.terms(name):
            for term in use.terms:
                canonical = vocabulary.canonical(field.terms_list, term.text)
                if canonical is None and term.span not in parted:
                    message = f'"{term.text}" is not a term of "{field.terms_list}" in the vocabulary'
                    hint = (
                        did_you_mean(term.text, vocabulary.known(field.terms_list))
                        or f"add it under terms: {field.terms_list}:"
                    )
                    yield problem("unknown-term", message, term.span, hint)
                word = canonical.name if canonical else term.text
                if use.text is None and word in seen:
                    message = f'the term "{word}" stands twice here, first at line {seen[word].line}'
                    yield problem("repeated-term", message, term.span)
                seen[word] = term.span


def _parted_by_commas(
    uses: Iterable[TermUse], vocabulary: Vocabulary, terms_list: str
) -> Iterator[tuple[Span, Diagnostic]]:
    """The pieces of a name with a comma, which a list in [ ] took for several terms; each piece's place with one message."""
    if not vocabulary.has_comma(terms_list):
        return
    terms = [term for use in uses for term in use.terms]
    for first, last in combinations(range(len(terms)), 2):
        pieces = terms[first : last + 1]
        whole = vocabulary.canonical(terms_list, ", ".join(piece.text for piece in pieces))
        if whole is None or last - first > 3 or all(vocabulary.canonical(terms_list, each.text) for each in pieces):
            continue
        name = ", ".join(piece.text for piece in pieces)
        shown = " and ".join(f'"{piece.text}"' for piece in pieces)
        message = f'{shown} are taken for {len(pieces)} terms of "{terms_list}"'
        hint = f'in a list, put a name with a comma in quotes: "{name}"'
        found = problem("unknown-term", message, pieces[0].span, hint)
        for piece in pieces:
            yield piece.span, found


def check_themes(fiche: Fiche, form: Form, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    known = vocabulary.themes_by_id
    by_title = {same_word(title): theme.id for theme in known.values() for title in theme.title.values()}
    for theme in fiche_themes(fiche, form):
        if theme.text not in known:
            message = f'the theme "{theme.text}" is not in the vocabulary'
            meant = by_title.get(same_word(theme.text), "")
            hint = f'write its id: "{meant}"' if meant else did_you_mean(theme.text, known) or "add it under themes:"
            yield problem("unknown-theme", message, theme.span, hint)


def fiche_themes(fiche: Fiche, form: Form) -> Iterator[Scalar]:
    """Every theme that a fiche's remarks carry."""
    for name in form.fields:
        value = fiche.values.get(name)
        if isinstance(value, tuple):
            for each in value:
                yield from each.themes
