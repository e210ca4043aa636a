"""The bytes of one source in; what it says, with all that can be known of it without another file, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.markup.tree import CitedKey
from synopse.model.fiche import Fiche, citation_texts, fiche_words
from synopse.model.form import Form
from synopse.model.reading import named
from synopse.model.report import Report
from synopse.model.vocabulary import Vocabulary
from synopse.project.links import Linked, inner_links
from synopse.project.texts import Texts, cited
from synopse.read.tree import Node, Scalar
from synopse.synthesis.ingredients import Digests, digests_of

M = TypeVar("M", Report, Form, Vocabulary)


def read_static(model: type[M], data: bytes, path: str) -> tuple[M | None, list[Diagnostic]]:
    """The report, the form or the vocabulary of a file's bytes."""
    from synopse.model.base import validated
    from synopse.model.form import check_form
    from synopse.model.vocabulary import check_vocabulary
    from synopse.read import decode, read_yaml

    text, found = decode(data, path)
    tree, wrong = read_yaml(text, path)
    found += wrong
    if tree is None:
        return None, found or [problem("missing-source", f"{path} is empty", Span(path))]
    value, wrong = validated(model, tree)
    found += wrong
    if isinstance(value, Form):
        found += check_form(value)
    if isinstance(value, Vocabulary):
        found += check_vocabulary(value)
    return value, found


@dataclass(frozen=True, slots=True)
class ReadFiche:
    """A fiche with everything that is known of it without looking at another file.

    Its mistakes, the keys that it cites or may name as sources, its letters beyond ASCII, whether it uses values, whether it may hold formulas and
    images, the places of the document that it links to.
    """

    fiche: Fiche | None
    found: tuple[Diagnostic, ...]
    cited: tuple[CitedKey, ...] = ()
    letters: str = ""
    values: bool = False
    maths: bool = False
    images: bool = False
    digests: Digests = Digests("", {}, {})
    linked: tuple[Linked, ...] = ()


def examine(data: bytes, path: str, form: Form, model: list[object], texts: Texts) -> ReadFiche:
    """Reads one fiche and parses its texts. The caller keeps the result by content."""
    texts.forget(path)
    fiche, found = read_one(data, path, form, model, texts.lang)
    if fiche is None:
        return ReadFiche(None, tuple(found))
    keys: list[CitedKey] = []
    linked: list[Linked] = []
    letters: set[str] = set()
    values = maths = images = False
    for text, locator in fiche_words(fiche):
        letters |= set(locator.page + locator.section)
        source = [] if locator.source is None or named(fiche.read, locator.source) else [_as_cited(locator.source)]
        if text is None:
            keys += source
            continue
        blocks, wrong = texts.read(text)
        found += wrong
        letters |= set(text.text)
        values = values or "{{" in text.text
        maths = maths or "$" in text.text
        images = images or "![" in text.text
        if "@" in text.text:
            keys += cited(blocks)
        keys += source
        if "](#" in text.text or "@" in text.text:
            linked += inner_links(blocks)
    keys += [_as_cited(each) for each in fiche.reports]
    for text in citation_texts(fiche):
        letters |= set(text.text)
    unusual = "".join(sorted(letter for letter in letters if letter > "\x7f"))
    digests = digests_of(fiche)
    return ReadFiche(fiche, tuple(found), tuple(keys), unusual, values, maths, images, digests, tuple(linked))


def _as_cited(source: Scalar) -> CitedKey:
    """The key that a remark's source may be."""
    return CitedKey(source.text.strip(), span=source.span)


def read_one(
    data: bytes, path: str, form: Form, model: list[object], lang: str
) -> tuple[Fiche | None, list[Diagnostic]]:
    """The fiche of a file's bytes. `model` keeps the form's model for the next one."""
    from synopse.model.fiche import fiche_model, read_fiche
    from synopse.read import decode, read_yaml

    if not model:
        model.append(fiche_model(form, lang))
    text, found = decode(data, path)
    tree: Node | None
    tree, wrong = read_yaml(text, path)
    found += wrong
    if tree is None:
        return None, found or [problem("missing-source", f"{path} is empty", Span(path))]
    fiche, wrong = read_fiche(tree, model[0], form, lang)  # type: ignore[arg-type]
    mended = {diagnostic.span.line for diagnostic in found if diagnostic.code.startswith("yaml-")}
    return fiche, found + [diagnostic for diagnostic in wrong if diagnostic.span.line not in mended]
