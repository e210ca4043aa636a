"""Terms with a remark in; the words and blocks that say both, out: one reading of them wherever a remark is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from synopse.markup.text import plain_blocks
from synopse.markup.tree import Block, Inline, Paragraph, Text
from synopse.model.remark import AboutTerms, Remark, TermUse
from synopse.model.vocabulary import folded
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from synopse.synthesis.corpus import Corpus

_PLURALS = {False: "s?", True: "(?:s|es|x|n|en)?"}
"""A remark names a term in the plural too; of a short one, such as LLM, in s alone."""


def listed(terms: Sequence[Scalar]) -> str:
    """Terms as they were typed, one after the other."""
    return ", ".join(" ".join(term.text.split()) for term in terms)


def introduced(corpus: Corpus, terms: Sequence[Scalar], said: str) -> str:
    """The terms and a colon, as they stand before what is `said` of them; nothing where that names each of them itself."""
    told = folded(said)

    def is_named(term: Scalar) -> bool:
        names = (rf"(?<!\w){re.escape(name)}{_PLURALS[len(name) > 4]}(?!\w)" for name in _names(corpus, term))
        return any(re.search(name, told) for name in names)

    return "" if all(map(is_named, terms)) else f"{listed(terms)}{corpus.words['colon']} "


def _names(corpus: Corpus, term: Scalar) -> Iterator[str]:
    """A term as it was typed, then the other names that the vocabulary has for it."""
    yield folded(term.text)
    vocabulary = corpus.vocabulary
    known = (vocabulary.canonical(each, term.text) for each in vocabulary.terms)
    yield from (folded(name) for each in known if each for name in (each.name, *each.aliases))


def with_terms(corpus: Corpus, use: Remark | TermUse, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a remark, behind the terms that it is about; of terms without a remark, their names."""
    terms: Sequence[Scalar] = use.terms if isinstance(use, (AboutTerms, TermUse)) else ()
    if use.text is None:
        return (Paragraph((Text(listed(terms)),), use.span),)
    before = introduced(corpus, terms, plain_blocks(blocks, corpus.words)) if terms else ""
    first = blocks[0] if blocks else None
    if not before:
        return blocks
    if isinstance(first, Paragraph):
        return (replace(first, children=_joined(before, first.children)), *blocks[1:])
    return (Paragraph((Text(before.rstrip(" ")),), use.span), *blocks)


def _joined(before: str, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    first = children[0] if children else None
    return (Text(before + first.text), *children[1:]) if isinstance(first, Text) else (Text(before), *children)
