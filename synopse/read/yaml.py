"""YAML text in, located tree and diagnostics out; built on PyYAML's event stream (libyaml's where it is there)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.ground.letters import composed
from synopse.read.commas import parted_numbers
from synopse.read.flow import STAND_IN
from synopse.read.losses import as_typed, kept_paragraphs, losses
from synopse.read.traps import anchored_text, explain, restored, tagged_text, write_it
from synopse.read.tree import Mapping, Node, Scalar, Sequence

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_NODES = 400_000
"""A source may hold so many values, those that aliases repeat included ("a billion laughs" stops here)."""
MOST_MENDED = 40
"""So many syntax errors are shown for one file; each is mended in memory, to read on to the next."""


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Reads one YAML document. The tree is `None` where nothing can be read.

    After a syntax error whose cause is known, reading goes on, so that the next ones are told as well.
    """
    found: list[Diagnostic] = []
    mended = text
    for _ in range(MOST_MENDED):
        composer = _Composer(mended, text, file)
        try:
            tree = composer.document()
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            diagnostic, mended_again = explain(error, mended, text, file)
            found.append(diagnostic)
            if mended_again is None or mended_again == mended:
                return None, _once(found, composer.found)
            mended = mended_again
            continue
        return tree, _once(found, composer.found)
    return None, found


def _once(syntax: list[Diagnostic], composed: list[Diagnostic]) -> list[Diagnostic]:
    """Errors of syntax, then what else was found, but for lines whose mistake has been told."""
    lines = {each.span.line for each in syntax}
    return syntax + [each for each in composed if each.span.line not in lines]


class _Composer:
    """Turns the events of one document into nodes; keeps what is wrong in `found`."""

    def __init__(self, text: str, original: str, file: str) -> None:
        self.text, self.original, self.file = text, original, file
        self.found: list[Diagnostic] = []
        self.anchors: dict[str, Node] = {}
        self.unused: dict[str, Diagnostic] = {}
        self.count = 0
        self.sizes: dict[str, int] = {}

    def document(self) -> Node | None:
        events: Iterator[Any] = iter(yaml.parse(self.text, Loader=LOADER))
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._add("yaml-documents", "a second document begins here", self._span(event), _ONE_DOCUMENT)
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 0)
                root = node if documents == 1 else root
        self.found += self.unused.values()
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int, is_key: bool = False) -> Node:
        self.count += 1
        if depth > 60:
            raise _TooDeep(None, None, "nested too deeply", event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        span, start, known = self._span(event), self.count, len(self.found)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            begin: Any = event.start_mark
            finish: Any = event.end_mark
            raw = self.original[begin.index : finish.index]
            style = event.style or None
            read = (
                restored(event.value, self.text[begin.index : finish.index], raw)
                if STAND_IN in event.value
                else event.value
            )
            node = Scalar(composed(kept_paragraphs(read, raw, style)), span, style, raw)
            lost = list(losses(node, self.original, begin.index, finish.index, is_key))
            self.found += lost
            if any(each.code == "yaml-escape" for each in lost):
                node = replace(node, text=composed(as_typed(raw)))  # the formulas in it are then as they were meant
        elif isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event_in := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event_in, events, depth + 1))
            raw, span = self._whole(event, event_in, span)
            node = Sequence(tuple(items), span, bool(event.flow_style), raw)
            self.found += parted_numbers(node)
        else:
            entries = list(self._entries(events, depth))
            raw, span = self._whole(event, self.end, span)
            node = Mapping(tuple(entries), span, bool(event.flow_style), raw)
            if raw.startswith("{{"):
                node = self._value(node, known)
        self._properties(event, node, span, self.count - start + 1)
        return node

    def _value(self, node: Mapping, known: int) -> Scalar:
        """A text that is one value, `{{ papers.count }}`: a mapping as its own key for YAML."""
        del self.found[known:]
        line = self.original.split("\n")[node.span.line - 1]
        message = "a text that begins with { is read by YAML as a mapping"
        self._add("yaml-brace", message, node.span, write_it(line))
        return Scalar(composed(node.raw), node.span, None, node.raw)

    def _entries(self, events: Iterator[Any], depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1, is_key=True)
            value = self._node(next(events), events, depth + 1)
            if isinstance(key, Scalar):
                key = replace(key, text=unicodedata.normalize("NFC", key.text))
            if isinstance(key, Scalar) and key.text == "<<" and key.style is None:
                self._add("yaml-merge", "<< merges nothing here", key.span, "write the keys out, one a line")
            elif not isinstance(key, Scalar):
                self._add("yaml-key", "a key must be a word, not a list or a mapping", key.span)
            elif key.text in seen:
                first = seen[key.text].span
                message = f'duplicate key "{key.text}" (first at line {first.line})'
                self._add("duplicate-key", message, key.span, f"first written at {first.file}:{first.line}")
            else:
                seen[key.text] = key
                yield key, value
        self.end = event

    def _alias(self, event: Any) -> Node:
        node = self.anchors.get(event.anchor)
        span = self._span(event)
        self.unused.pop(event.anchor, None)
        if node is None:
            raise yaml.composer.ComposerError(None, None, f"found undefined alias {event.anchor!r}", event.start_mark)
        self.count += self.sizes[event.anchor]
        if self.count > MOST_NODES:
            raise _TooMany(None, None, "aliases repeat too much", event.start_mark)
        return Scalar(node.text, span, node.style, event.anchor) if isinstance(node, Scalar) else node

    def _properties(self, event: Any, node: Node, span: Span, size: int) -> None:
        """Anchors and tags: YAML drops `&word` and `!word` from a text in silence; here it is told."""
        if event.anchor:
            self.anchors[event.anchor], self.sizes[event.anchor] = node, size
            if isinstance(node, Scalar):
                self.unused[event.anchor] = anchored_text(event.anchor, span, self.original)
        if event.tag is not None:
            self.found.append(tagged_text(event.tag, span, self.original))

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _whole(self, first: Any, last: Any, span: Span) -> tuple[str, Span]:
        raw = self.original[first.start_mark.index : last.end_mark.index]
        lines = raw.rstrip().split("\n")
        column = len(lines[-1]) + (span.column if len(lines) == 1 else 1)
        return raw, Span(span.file, span.line, span.column, span.line + len(lines) - 1, column)

    def _add(self, code: str, message: str, span: Span, *hints: str) -> None:
        self.found.append(problem(code, message, span, *hints))


class _TooMany(yaml.MarkedYAMLError):
    """Aliases that unfold into more values than a source may hold."""


class _TooDeep(yaml.MarkedYAMLError):
    """Lists and mappings inside each other beyond what any source needs."""


_ONE_DOCUMENT = 'a source holds one document: remove the line "---" or put the rest in a file of its own'
