"""Values in prose: `{{ papers.count }}` in, words of the report's language out.

Jinja's parser reads the expression; only names, attributes, calls with constants and constants are evaluated, over the
names below, so that an expression can neither run code nor take long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from synopse.diagnostics import Diagnostic, problem
from synopse.ground.notes import standing_for
from synopse.markup.tree import Block, Inline, Text, ValueOf, mapped_blocks
from synopse.model.selection import Selection
from synopse.model.values import Dated, date_ends, first_and_last, same_word
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.filters import NoSuchValue, among, keeping
from synopse.synthesis.kinds.characteristics import period
from synopse.synthesis.measures import measured
from synopse.synthesis.readers import ALL, agreement_of, interval_said, undefined
from synopse.synthesis.readings import RATED

Namespace = Mapping[str, Any]


class UnknownValue(Exception):
    """An expression that names nothing: what is wrong, the names that there are, and the word that is none of them."""

    def __init__(self, message: str, known: Iterable[str] = (), asked: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.known, self.asked, self.hint = message, list(known), asked, hint


@dataclass(frozen=True, slots=True)
class Worded:
    """A value that a word may narrow: `field('plan').count` is one number, `field('plan').count('rct')` another."""

    value: Any
    of: Callable[[str], Any]

    def __call__(self, word: str) -> Any:
        return self.of(word)


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that there is not yet, and why: using it is an error."""

    why: str


def namespace(corpus: Corpus, facts: Mapping[str, object] | None = None) -> Namespace:
    """The names that prose may use. `here` holds the facts of the table or picture that the prose introduces."""
    corpus = corpus.by_study
    count = len(corpus.papers)
    status = {name: sum(p.fiche.status == name for p in corpus.papers) for name in ("complete", "partial", "todo")}
    first, last = first_and_last(ends for p in corpus.papers if p.date and (ends := date_ends(p.date, corpus.words)))
    return {
        "papers": {
            "count": count,
            **status,
            "period": period(corpus),
            "first": first,
            "last": last,
            "list": [paper.label for paper in corpus.papers],
        },
        "theme": lambda name: _theme(corpus, name),
        "term": lambda field, name: _term(corpus, field, name),
        "field": lambda name: _field(corpus, name),
        "agreement": lambda name: _agreement(corpus, name),
        "selection": _selection(corpus.report.selection),
        "here": {name: value for name, value in (facts or {}).items() if name != "lead"},
    }


def _counted(corpus: Corpus, papers: list[Paper], **more: object) -> dict[str, Any]:
    share = corpus.words.percent(len(papers), len(corpus.papers))
    return {"count": len(papers), "share": share, "papers": [paper.label for paper in papers], **more}


def _theme(corpus: Corpus, name: str) -> Namespace:
    return _counted(corpus, _kept(corpus, "theme", name), title=corpus.theme_title(name))


def _term(corpus: Corpus, field: str, name: str) -> Namespace:
    if field not in corpus.form.fields or corpus.field(field).type != "terms":
        known = [each.id for each in corpus.form.fields.values() if each.type == "terms"]
        raise UnknownValue(f'no field of terms is called "{field}"', known, field)
    term = corpus.vocabulary.canonical(corpus.field(field).terms_list, name)
    return _counted(corpus, _kept(corpus, field, name), name=term.name if term else name)


def _kept(corpus: Corpus, field: str, word: str) -> list[Paper]:
    """The papers whose field holds a word."""
    try:
        test = keeping(corpus, field, word)
    except NoSuchValue as error:
        raise UnknownValue(error.message, error.known, word, error.hint) from None
    return [paper for paper in corpus.papers if test(paper)]


def _field(corpus: Corpus, name: str) -> Namespace:
    if name not in corpus.form.fields:
        raise UnknownValue(f'the form has no field "{name}"', corpus.form.fields, name)
    filling = [paper for paper in corpus.papers if paper.fiche.given(name)]

    def narrowed(part: str, value: Any) -> Worded:
        return Worded(value, lambda word: _counted(corpus, _kept(corpus, name, word))[part])

    found: dict[str, Any] = {part: narrowed(part, value) for part, value in _counted(corpus, filling).items()}
    found |= {
        "title": corpus.title_of(name),
        "terms": len({term for paper in corpus.papers for term, _, _ in corpus.term_uses(paper, name)}),
        "remarks": sum(map(len, {paper.voice(name): paper.fiche.remarks(name) for paper in corpus.papers}.values())),
    }
    kind = corpus.field(name).type
    return found | (_figures(corpus, name) if kind == "number" else _span(corpus, name) if kind == "date" else {})


def _agreement(corpus: Corpus, name: str) -> dict[str, Any]:
    """How far the readers agree in a field, in the fields of a section, or in `all`; each part with its interval of 95 %."""
    found = agreement_of(corpus, name)
    if found is None:
        known = [each.id for each in corpus.form.fields.values() if each.type in RATED]
        raise UnknownValue(f'no agreement can be told of "{name}"', [*known, ALL], name)
    made: dict[str, Any] = {"n": found[0].n}
    for part, each in zip(("percent", "kappa", "ac1", "alpha"), found, strict=True):
        if each.value is None:
            shown = interval = undefined(each, corpus.words)
        else:
            shown = corpus.words.percent_of(each.value) if part == "percent" else corpus.words.decimal(each.value, 2)
            interval = interval_said(each, corpus.words)
        made |= {part: shown, f"{part}_interval": interval}
    return made


def _figures(corpus: Corpus, name: str) -> dict[str, Any]:
    """What may be said of the numbers of a field; `numbers` counts those that are reckoned with."""
    each = measured(corpus, name)
    figures = {"min": each.minimum, "minimum": each.minimum, "median": each.median, "max": each.maximum,
               "maximum": each.maximum, "sum": each.total}  # fmt: skip
    why = Missing(f'no paper gives a number for "{name}" yet')
    found: dict[str, Any] = {part: why if value is None else value for part, value in figures.items()}
    return found | {"numbers": len(each.figures), "kept_out": each.out, "missing": each.missing}


def _span(corpus: Corpus, name: str) -> dict[str, Any]:
    """The first and the last date of a field."""
    values = [value for paper in corpus.papers for value in paper.fiche.given(name)]
    ends = [found for value in values if isinstance(value, Dated) and (found := date_ends(value, corpus.words))]
    if not ends:
        return dict.fromkeys(("first", "last"), Missing(f'no paper gives a date for "{name}" yet'))
    first, last = first_and_last(ends)
    return {"first": first, "last": last}


def _selection(selection: Selection | None) -> Namespace | Missing:
    """Every number of the block `selection:`; those that have parts, as a whole or by the part's name."""
    if selection is None:
        return Missing('report.yaml has no block "selection:"')
    reasons: dict[str, int] = {}
    for each in selection.reasons:
        reasons[each.reason.text] = reasons.get(each.reason.text, 0) + each.count
    return {
        "identified": _parts(selection.identified, "identified"),
        "removed": _parts(selection.removed, "removed"),
        "screened": selection.screened,
        "excluded": selection.excluded,
        "sought": selection.sought_or_left,
        "not_retrieved": selection.not_retrieved,
        "assessed": selection.assessed,
        "reasons": _parts(reasons, "reasons"),
        "included": selection.included,
    }


def _parts(parts: Mapping[str, int], name: str) -> Worded:
    def of(word: str) -> int:
        found = [count for part, count in parts.items() if same_word(part) == same_word(word)]
        if not found:
            raise UnknownValue(f'"{word}" is no part of "{name}"', parts, word)
        return sum(found)

    return Worded(sum(parts.values()), of)


LONGEST = 200
"""An expression may hold so many characters."""


def evaluate(expression: str, names: Namespace) -> Any:
    """The value of an expression. Raises `UnknownValue` for whatever it cannot be."""
    from jinja2 import nodes
    from jinja2.exceptions import TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if len(expression) > LONGEST:
        raise UnknownValue("the expression is too long")
    try:
        body = ImmutableSandboxedEnvironment().parse("{{ " + expression + " }}").body
    except (TemplateSyntaxError, RecursionError) as error:
        raise UnknownValue(f"the expression cannot be read: {error}") from None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        raise UnknownValue("one expression is asked for")
    return _evaluated(body[0].nodes[0], names)


def _evaluated(node: Any, names: Namespace) -> Any:
    from jinja2 import nodes

    match node:
        case nodes.Const():
            return node.value
        case nodes.Name():
            return _item(names, node.name)
        case nodes.Getattr():
            return _item(_evaluated(node.node, names), node.attr)
        case nodes.Call() if not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            function = _evaluated(node.node, names)
            arguments = [_evaluated(argument, names) for argument in node.args]
            if not callable(function) or not all(isinstance(argument, str) for argument in arguments):
                raise UnknownValue("this cannot be called so")
            try:
                return function(*arguments)
            except TypeError:
                raise UnknownValue("this takes another number of names") from None
    raise UnknownValue("only names, dots and names in brackets are understood here")


def _item(holder: Any, name: str) -> Any:
    if isinstance(holder, Missing):
        raise UnknownValue(holder.why)
    if isinstance(holder, Mapping) and name in holder:
        return holder[name]
    raise UnknownValue(f'"{name}" is not known', map(str, holder) if isinstance(holder, Mapping) else (), name)


def shown(value: Any, corpus: Corpus) -> str:
    """A value as a sentence says it."""
    if isinstance(value, Missing):
        raise UnknownValue(value.why)
    if isinstance(value, Worded):
        return shown(value.value, corpus)
    if isinstance(value, (bool, Mapping, Callable)):  # type: ignore[arg-type]
        raise UnknownValue(
            "the name stands for several values: write one of them after a dot",
            value if isinstance(value, Mapping) else (),
        )
    if isinstance(value, (int, float, Decimal)):
        return corpus.words.number(value)
    return corpus.words.listed([str(each) for each in value]) if isinstance(value, list) else str(value)


def filled(
    blocks: tuple[Block, ...], corpus: Corpus, facts: Mapping[str, object] | None = None
) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """The blocks with every value put in; a name that is not known is told at its place and left as it was typed."""
    found: list[Diagnostic] = []
    names: list[Namespace] = []

    def fill(inline: Inline) -> tuple[Inline, ...]:
        if not isinstance(inline, ValueOf):
            return (inline,)
        try:
            with standing_for("counted", "readings", "form", "vocabulary", "report.lang", "report.selection"):
                if not names:
                    names.append(namespace(corpus, facts))
                return (Text(shown(evaluate(inline.expression, names[0]), corpus)),)
        except UnknownValue as error:
            hint = error.hint or among(error.asked, error.known)
            found.append(problem("unknown-value", error.message, inline.span, hint))
            return (inline,)

    return mapped_blocks(blocks, fill), found
