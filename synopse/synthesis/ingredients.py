"""What a part of the synthesis is made from: fiches, form and a wanted part in; digests, equal as long as it stays, out.

A fiche has, for each field, a digest of its words and places, and one of what it is filed under: terms, themes, choice.
A part that counts is made again when the filing of its fields changes, a part that quotes when their words do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from synopse.diagnostics import Span
from synopse.ground.packed import Packed
from synopse.model.fiche import Fiche, Part, TermUse, Value, holders
from synopse.model.form import Form
from synopse.model.report import Synthesis
from synopse.model.values import Chosen, Dated, Number
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.kinds import kinds
from synopse.synthesis.kinds.characteristics import BUILT_IN


@dataclass(frozen=True, slots=True)
class Digests(Packed):
    """Of one fiche: `about` covers its key, status, citation and what was read; `words` and `filed` go by field."""

    about: str
    words: dict[str, str]
    filed: dict[str, str]


def digests_of(fiche: Fiche) -> Digests:
    """The digests of a fiche."""
    parts = (*fiche.studies, *fiche.arms)
    about: tuple[str, ...] = (fiche.key, _start(fiche.key_span), fiche.status, repr(fiche.citation), repr(fiche.read))
    if parts or fiche.reports:
        said = [(part.id, part.called, _start(part.span), sorted(part.values)) for part in parts]
        about += (repr(said), repr(fiche.reports))
    each: dict[str, list[Fiche | Part]] = {}
    for own in holders(fiche):
        for name in own.values:
            each.setdefault(name, []).append(own)
    words = {
        name: _short(*(repr((own.values[name], own.locators.get(name))) for own in having))
        for name, having in each.items()
    }
    filed = {
        name: _short(*(said for own in having for said in _filing(own.values[name]))) for name, having in each.items()
    }
    return Digests(_short(*about), words, filed)


def _filing(value: Value) -> Iterator[str]:
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, Scalar):
            yield _start(each.span)
        elif isinstance(each, (Number, Dated, Chosen)):
            yield from (each.text.text, _start(each.span))
        else:
            terms = each.terms if isinstance(each, TermUse) else ()
            yield from (*map(_placed, terms), "", *(theme.text for theme in each.themes), _start(each.span))
            yield "noted" if each.text is not None else ""


def _placed(scalar: Scalar) -> str:
    return f"{scalar.text}\0{_start(scalar.span)}"


def _start(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"


def _short(*parts: str) -> str:
    return hashlib.blake2b("\1".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def ingredients(
    corpus: Corpus, wanted: Synthesis, fiches: Mapping[str, Digests], records: Mapping[str, str], readings: str = ""
) -> str:
    """A digest of all that a part takes from the papers, and of what is asked.

    `records` holds the digests of the references, `readings` is that of what the readers wrote.
    Form, vocabulary, language and templates are the caller's to add.
    """
    names = _used(wanted, corpus.form)
    kind = kinds()[wanted.kind]
    quoting = kind.uses == "words"
    counted = any("{{" in text.text for text in wanted.texts)
    parts = [repr(wanted), repr(corpus.report.selection) if kind.of_selection or counted else ""]
    if kind.of_readings or counted:
        parts += [readings, repr(corpus.report.readers)]
    for paper in corpus.chosen(wanted).papers:
        own, reference = fiches[paper.home], paper.reference
        parts += [own.about, paper.label, records.get(reference.key, "") if reference else ""]
        filed = own.words if quoting else own.filed
        parts += [filed.get(name, "") for name in names]
        if kind.uses == "sections":
            parts += own.words
        if counted:
            parts += [f"{name} {digest}" for name, digest in own.filed.items()]
    if quoting and "{{" in corpus.signs:
        for each in corpus.papers:  # a value in what is quoted counts the papers of the whole report
            own = fiches[each.home]
            parts += [own.about, each.label, *(f"{name} {digest}" for name, digest in own.filed.items())]
    if (quoting and "@" in corpus.signs) or any("@" in text.text for text in wanted.texts):
        parts += [f"{key} {label}" for key, label in sorted(corpus.called.items())]
    return _short(*parts)


def _used(wanted: Synthesis, form: Form) -> list[str]:
    """The fields that a part looks at, beside those that choose its papers."""
    kind = kinds()[wanted.kind]
    if kind.uses == "nothing":
        return []
    if kind.alone and not wanted.fields:
        types = kind.types["fields"]
        return [field.id for field in form.fields.values() if field.type in types]
    named = (wanted.field, wanted.rows, *wanted.fields, *wanted.against, *wanted.columns)
    return list(dict.fromkeys(text.text for text in named if text is not None and text.text not in BUILT_IN))
