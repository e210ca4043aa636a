"""The bytes of a report.yaml that has mistakes in; the report as far as it can be read, for the other messages, out.

In which language numbers and dates are read, which fiches are listed, what is accepted: a mistake elsewhere in the file takes
none of it away. Nothing is made from such a report.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import ValidationError

from synopse.model.report import Report
from synopse.read import decode, read_yaml
from synopse.read.tree import Mapping, Node, Scalar, Sequence


def legible_report(data: bytes, path: str) -> Report | None:
    """The report without what is wrong in it; nothing where nothing of it can be read."""
    text, _ = decode(data, path)
    tree, _ = read_yaml(text, path)
    if not isinstance(tree, Mapping):
        tree = _by_blocks(text, path)
    while tree is not None and tree.entries:
        try:
            return Report.model_validate(tree)
        except ValidationError as error:
            wrong = {tuple(each["loc"]) for each in error.errors(include_url=False, include_input=False)}
            smaller = _completed(_without(tree, wrong), {str(where[0]) for where in wrong if where})
            tree = smaller if smaller != tree else None
    return None


def _by_blocks(text: str, path: str) -> Mapping | None:
    """The keys of the file that can be read, each alone, where a mistake of YAML is in another one."""
    entries: list[tuple[Scalar, Node]] = []
    whole: Mapping | None = None
    for block in re.split(r"^(?=[\w\"'])", text, flags=re.MULTILINE):
        read, _ = read_yaml(block, path) if ":" in block else (None, [])
        if isinstance(read, Mapping):
            whole = whole or read
            entries += read.entries
    return replace(whole, entries=tuple(entries)) if whole else None


def _without(tree: Mapping, wrong: set[tuple[int | str, ...]]) -> Mapping:
    """The tree without the items of lists that are wrong, and the keys whose value is wrong otherwise."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in tree.entries:
        places = {where[1] if len(where) > 1 else "" for where in wrong if where and where[0] == key.text}
        if not places:
            entries.append((key, value))
        elif isinstance(value, Sequence) and all(isinstance(place, int) for place in places):
            left = tuple(item for number, item in enumerate(value.items) if number not in places)
            entries.append((key, replace(value, items=left)))
    return replace(tree, entries=tuple(entries))


def _completed(tree: Mapping, lacking: set[str]) -> Mapping:
    """The tree with a title and a list of fiches, without which nothing is a report."""
    made: dict[str, Node] = {"title": Scalar("…", tree.span), "fiches": Sequence((), tree.span)}
    there = {key.text for key, _ in tree.entries}
    more = [(Scalar(name, tree.span), node) for name, node in made.items() if name in lacking - there]
    return replace(tree, entries=(*tree.entries, *more))
