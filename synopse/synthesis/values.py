"""Values in prose: `{{ papers.count }}` in, words of the report's language out.

Jinja's parser reads the expression; only names, attributes, calls with constants and constants are evaluated, over the
names below, so that an expression can neither run code nor take long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from synopse.diagnostics import Diagnostic, problem
from synopse.diagnostics.model import did_you_mean
from synopse.markup.tree import Block, Inline, Text, ValueOf, mapped_blocks
from synopse.synthesis.corpus import Corpus, Paper
from synopse.synthesis.kinds.characteristics import period

Namespace = Mapping[str, Any]


class UnknownValue(Exception):
    """An expression that names nothing; the message says what, the second argument gives the near names."""


def namespace(corpus: Corpus, facts: Mapping[str, object] | None = None) -> Namespace:
    """The names that prose may use. `here` holds the facts of the table or picture that the prose introduces."""
    count = len(corpus.papers)
    status = {name: sum(p.fiche.status == name for p in corpus.papers) for name in ("complete", "partial", "todo")}
    dates = sorted(p.date for p in corpus.papers if p.date)
    return {
        "papers": {
            "count": count,
            **status,
            "period": period(corpus),
            "first": corpus.words.date(dates[0]) if dates else "",
            "last": corpus.words.date(max(date.last for date in dates)) if dates else "",
            "list": [paper.label for paper in corpus.papers],
        },
        "theme": lambda name: _theme(corpus, name),
        "term": lambda field, name: _term(corpus, field, name),
        "field": lambda name: _field(corpus, name),
        "here": dict(facts or {}),
    }


def _counted(corpus: Corpus, papers: list[Paper], **more: object) -> Namespace:
    share = corpus.words.percent(len(papers), len(corpus.papers))
    return {"count": len(papers), "share": share, "papers": [paper.label for paper in papers], **more}


def _theme(corpus: Corpus, name: str) -> Namespace:
    if name not in corpus.vocabulary.themes_by_id:
        raise UnknownValue(f'no theme is called "{name}"', list(corpus.vocabulary.themes_by_id))
    carrying = [
        paper
        for paper in corpus.papers
        if any(theme.text == name for field in corpus.form.fields for theme in corpus.themes(paper, field))
    ]
    return _counted(corpus, carrying, title=corpus.theme_title(name))


def _term(corpus: Corpus, field: str, name: str) -> Namespace:
    if field not in corpus.form.fields or corpus.field(field).type != "terms":
        known = [each.id for each in corpus.form.fields.values() if each.type == "terms"]
        raise UnknownValue(f'no field of terms is called "{field}"', known)
    term = corpus.vocabulary.canonical(corpus.field(field).terms_list, name)
    wanted = term.name if term else name
    using = [paper for paper in corpus.papers if wanted in {found for found, _, _ in corpus.term_uses(paper, field)}]
    if term is None and not using:
        raise UnknownValue(f'no term of "{field}" is called "{name}"', corpus.vocabulary.known(field))
    return _counted(corpus, using, name=wanted)


def _field(corpus: Corpus, name: str) -> Namespace:
    if name not in corpus.form.fields:
        raise UnknownValue(f'the form has no field "{name}"', list(corpus.form.fields))
    filling = [paper for paper in corpus.papers if name in paper.fiche.values]
    terms = {term for paper in corpus.papers for term, _, _ in corpus.term_uses(paper, name)}
    remarks = sum(len(paper.fiche.remarks(name)) for paper in corpus.papers)
    return _counted(corpus, filling, title=corpus.title_of(name), terms=len(terms), remarks=remarks)


LONGEST = 200
"""An expression may hold so many characters."""


def evaluate(expression: str, names: Namespace) -> Any:
    """The value of an expression. Raises `UnknownValue` for whatever it cannot be."""
    from jinja2 import nodes
    from jinja2.exceptions import TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if len(expression) > LONGEST:
        raise UnknownValue("the expression is too long", [])
    try:
        body = ImmutableSandboxedEnvironment().parse("{{ " + expression + " }}").body
    except (TemplateSyntaxError, RecursionError) as error:
        raise UnknownValue(f"the expression cannot be read: {error}", []) from None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        raise UnknownValue("one expression is asked for", [])
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
                raise UnknownValue("this cannot be called so", [])
            try:
                return function(*arguments)
            except TypeError:
                raise UnknownValue("this takes another number of names", []) from None
    raise UnknownValue("only names, dots and names in brackets are understood here", [])


def _item(holder: Any, name: str) -> Any:
    if isinstance(holder, Mapping) and name in holder:
        return holder[name]
    known = [str(each) for each in holder] if isinstance(holder, Mapping) else []
    raise UnknownValue(f'"{name}" is not known', known)


def shown(value: Any, corpus: Corpus) -> str:
    """A value as a sentence says it."""
    if isinstance(value, (bool, Mapping, Callable)):  # type: ignore[arg-type]
        raise UnknownValue(
            "the name stands for several values: write one of them after a dot",
            list(value) if isinstance(value, Mapping) else [],
        )
    if isinstance(value, (int, float)):
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
        if not names:
            names.append(namespace(corpus, facts))
        try:
            return (Text(shown(evaluate(inline.expression, names[0]), corpus)),)
        except UnknownValue as error:
            message, known = error.args
            last = inline.expression.rsplit(".", 1)[-1]
            hint = did_you_mean(last, known) or (f"known here: {', '.join(known[:12])}" if known else "")
            found.append(problem("unknown-value", message, inline.span, hint))
            return (inline,)

    return mapped_blocks(blocks, fill), found
