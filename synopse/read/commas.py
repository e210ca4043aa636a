"""Commas that end a text between brackets or braces, where a person wrote them as part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.read.flow import quoted_in_flow
from synopse.read.tree import Mapping, Node, Scalar, Sequence

_WHOLE_PART = re.compile(r"(?:^|[\s(<>≤≥=≈~±])[-+−–]?\d+$")
_DECIMALS = re.compile(r"\d+(?!\d|[-./:]\d)")
_INTEGER = re.compile(r"[-+−]?\d+")


def parted_numbers(node: Sequence) -> Iterator[Diagnostic]:
    """A warning for a list in brackets that parts numbers at their decimal comma.

    A list of integers alone, such as `[1,2,3]`, parts no number.
    """
    items = node.items
    if not node.flow or all(isinstance(each, Scalar) and _INTEGER.fullmatch(each.raw) for each in items):
        return
    joints = [number for number in range(1, len(items)) if _comma_between(items[number - 1], items[number])]
    parted = [number for number in joints if _parts_a_number(items[number - 1], items[number])]
    if not parted:
        return
    first, second = items[parted[0] - 1], items[parted[0]]
    number = re.sub(r".*?(\S+)$", r"\1", first.raw) + "," + re.sub(r"(\d+).*", r"\1", second.raw)
    message = f'between [ and ] a comma ends the text: "{number}" is parted into two items'
    start, end = first.span, second.span
    span = Span(start.file, start.line, start.column, end.end_line, end.end_column)
    wholes: list[str] = []
    for at, item in enumerate(items):
        if at in joints:
            wholes[-1] += f",{item.raw}"
        else:
            wholes.append(item.raw)
    shown = ", ".join(quoted_in_flow(each) if "," in each and each[0] not in "[{\"'" else each for each in wholes)
    yield problem("decimal-comma", message, span, f"write the texts in quotes:\n[{shown}]")


def _comma_between(first: Node, second: Node) -> bool:
    """Whether a comma without a space stands between two plain texts, with a digit on each side of it."""
    if not (isinstance(first, Scalar) and isinstance(second, Scalar)) or first.style or second.style:
        return False
    beside = (first.span.end_line, first.span.end_column + 1) == (second.span.line, second.span.column)
    return beside and first.raw[-1:].isdigit() and second.raw[:1].isdigit()


def _parts_a_number(first: Node, second: Node) -> bool:
    return bool(_WHOLE_PART.search(first.raw) and _DECIMALS.match(second.raw))


@dataclass(frozen=True)
class Ended:
    """A text between { and } that a comma ended: its key, its parts, and the place of the first part that is lost."""

    key: Scalar
    parts: tuple[str, ...]
    span: Span

    @property
    def message(self) -> str:
        """What happened to it."""
        return f'between {{ and }} a comma ends the text of "{self.key.text}": "{self.parts[1].strip()}" is taken for a key'

    @property
    def in_quotes(self) -> str:
        """The hint for one text."""
        return f"write the text in quotes:\n{self.key.raw}: {quoted_in_flow(','.join(self.parts))}"

    def as_list(self, key: str) -> str:
        """The hint for several texts under a key that takes a list."""
        return f"write several as a list:\n{key}: [{', '.join(part.strip() for part in self.parts)}]"


def ended_text(node: Mapping, name: str) -> Ended | None:
    """The text that a comma ends before `name`; nothing where `name` is a key of its own.

    `{text: Preprint, not reviewed}` has for YAML a key "not reviewed" without a value.
    """
    owner: Scalar | None = None
    parts: list[str] = []
    lost: list[Scalar] = []
    for key, value in node.entries if node.flow else ():
        if isinstance(value, Scalar) and key.style is None and _stands_alone(key, value):
            lost.append(key)
            parts.append(_with_space(key, node))
            continue
        if any(key.text == name for key in lost):
            break
        owner, parts, lost = (key if isinstance(value, Scalar) and value.raw else None), [value.raw], []
    if owner is None or all(key.text != name for key in lost):
        return None
    return Ended(owner, tuple(parts), lost[0].span)


def _stands_alone(key: Scalar, value: Scalar) -> bool:
    """Whether a key has neither a value nor a colon."""
    return not value.raw and (key.span.end_line, key.span.end_column) == (value.span.line, value.span.column)


def _with_space(key: Scalar, node: Mapping) -> str:
    """The text after a comma with the space that was typed before it."""
    line = node.raw.split("\n")[key.span.line - node.span.line]
    column = key.span.column - (node.span.column if key.span.line == node.span.line else 1)
    return key.raw if line[column - 1 : column] == "," else f" {key.raw}"
