"""The fiche of a paper and its readings in; the fiche with what the readers agree in, and what a person is to decide, out.

What a person has written in the fiche is left as it is, to the letter. What readers agree in is added and marked (`consensus:`); where
they differ, each one's words stand under `decide:` until the field is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Mappings
from dataclasses import dataclass, field
from typing import Any

from synopse.model.consensus import READINGS, UNANIMOUS
from synopse.model.fiche import Fiche
from synopse.model.form import Field
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Mapping, Node, Scalar, Sequence
from synopse.synthesis.readings import PARTS, Compared, compared, digest_of

OWN = ("consensus", "decide")
"""What this writes; it is written anew each time."""


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: what it says, and its tree."""

    fiche: Fiche
    tree: Mapping


@dataclass
class Settled:
    """What came of the readings: values to write by field, questions by field, and the fields that a person has decided."""

    agreed: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    decided: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Fields that were written by an earlier run, and would be written the same."""


def settled(
    fiche: Fiche | None, readings: Mappings[str, Read], fields: Mappings[str, Field], vocabulary: Vocabulary
) -> Settled:
    """What is unanimous, and what is not, of all that the readers say."""
    made = Settled()
    written = fiche.consensus.unanimous if fiche and fiche.consensus else {}
    each = {name: read.fiche for name, read in readings.items()}
    of: dict[str, list[Compared]] = {}
    for one in compared(each, fields, vocabulary, fiche.same if fiche else ()):
        of.setdefault(one.field, []).append(one)
    for name, groups in of.items():
        there = fiche is not None and name in fiche.values
        ours = there and fiche is not None and written.get(name) == digest_of(fiche, name)
        if there and not ours:
            made.decided.append(name)
        elif groups[0].verdict != "empty":
            _settle(name, fields[name], groups, readings, made)
    for name in PARTS:
        _settle_parts(name, fiche, readings, made, written.get(name, ""))
    return made


def _settle_parts(name: str, fiche: Fiche | None, readings: Mappings[str, Read], made: Settled, written: str) -> None:
    """Studies and arms are told apart by people in their own ways: they are unanimous as a whole, or asked as a whole."""
    nodes = {reader: read.tree.get(name) for reader, read in readings.items()}
    there = fiche is not None and bool(getattr(fiche, name))
    if there and fiche is not None and written != digest_of(fiche, name):
        made.decided.append(name)
    elif any(node is not None for node in nodes.values()):
        if len({digest_of(read.fiche, name) for read in readings.values()}) == 1:
            made.agreed[name] = plain(next(node for node in nodes.values() if node is not None))
        else:
            made.asked[name] = {reader: plain(node) if node is not None else None for reader, node in nodes.items()}


def _settle(name: str, form_field: Field, groups: list[Compared], readings: Mappings[str, Read], made: Settled) -> None:
    agreed = [each for each in groups if each.verdict == "agree"]
    rest = [each for each in groups if each.verdict != "agree"]
    nodes = {reader: read.tree.get(name) for reader, read in readings.items()}
    if form_field.type not in ("items", "terms"):
        if agreed:
            made.agreed[name] = plain(next(node for node in nodes.values() if node is not None))
        else:
            made.asked[name] = {reader: plain(node) if node is not None else None for reader, node in nodes.items()}
        return
    if agreed:
        first = next(iter(agreed[0].said))
        made.agreed[name] = _items(nodes[first], agreed, first)
    if rest:
        made.asked[name] = {
            reader: _items(nodes[reader], [each for each in rest if reader in each.said], reader) for reader in readings
        }


def _items(node: Node | None, groups: list[Compared], reader: str) -> list[Any]:
    """The items of a reader's list that hold what the groups say, each once; a bare word for a term of an item with others."""
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    wanted = {(each.said[reader].span.line, each.said[reader].span.column): each.said[reader].words for each in groups}
    made: list[Any] = []
    for item in items:
        held = _places(item)
        inside = [place for place in held if place in wanted]
        if not inside:
            continue
        terms = item.get("terms") if isinstance(item, Mapping) else None
        if isinstance(terms, Sequence) and len(inside) < len(terms.items):
            made += [wanted[place] for place in inside]
        else:
            made.append(plain(item))
    return made


def _places(node: Node) -> list[tuple[int, int]]:
    """Where the words of a node begin."""
    if isinstance(node, Scalar):
        return [(node.span.line, node.span.column)]
    if isinstance(node, Sequence):
        return [place for item in node.items for place in _places(item)]
    return [place for _, value in node.entries for place in _places(value)]


def plain(node: Node) -> Any:
    """A node as lists, mappings and texts."""
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def written(key: str, text: str, tree: Mapping | None, fiche: Fiche | None, made: Settled, status: str) -> str:
    """The fiche's text. `text` and `tree` are what is there already; nothing for a paper without a fiche."""
    old = fiche.consensus.unanimous if fiche and fiche.consensus else {}
    now = made.agreed
    there = {name: plain(node) for name in now if tree is not None and (node := tree.get(name)) is not None}
    made.kept = [name for name in now if name in old and there.get(name) == now[name]]
    gone = {name for name in old if name not in made.kept and name not in made.decided}
    body = without_blocks(text, tree, {*OWN, *gone}) if tree is not None else dumped({"key": key, "status": status})
    if tree is not None and fiche is not None and fiche.status == "todo":
        body = re.sub(r"^status:.*$", f"status: {status}", body, count=1, flags=re.MULTILINE)
    added = {name: value for name, value in now.items() if name not in made.kept}
    parts = [body.rstrip("\n")]
    if added:
        parts.append(dumped(added).rstrip("\n"))
    if made.asked:
        head = (
            "# Readers differ here: write each field above, in its own words or in yours, and remove it from this list."
        )
        parts.append(f"{head}\n{dumped({'decide': made.asked})}".rstrip("\n"))
    return "\n\n".join(parts) + "\n"


def with_marks(text: str, fiche: Fiche, made: Settled, readings: Mappings[str, Read]) -> str:
    """The text with what it was settled from: the fields that are unanimous, and a digest of each field of each reading."""
    unanimous = {name: digest_of(fiche, name) for name in made.agreed}
    lines = ["consensus:  # made by doit consensus"]
    lines.append(f"  {UNANIMOUS}: {_flow(unanimous)}")
    lines.append(f"  {READINGS}:")
    for reader, read in readings.items():
        said = [*read.fiche.values, *(name for name in PARTS if getattr(read.fiche, name))]
        lines.append(f"    {reader}: {_flow({name: digest_of(read.fiche, name) for name in said})}")
    return text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"


def _flow(words: dict[str, str]) -> str:
    """A mapping in one line."""
    import yaml

    return str(yaml.safe_dump(words, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)).strip()


def without_blocks(text: str, tree: Mapping, names: set[str]) -> str:
    """A text without some of its keys and their values; comments before the next key stay with that."""
    lines = text.splitlines()
    starts = [key.span.line for key, _ in tree.entries] + [len(lines) + 1]
    for (key, _), begin, end in reversed(list(zip(tree.entries, starts, starts[1:], strict=False))):
        if key.text not in names:
            continue
        last = end - 1
        while last > begin and end <= len(lines) and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            last -= 1
        first = begin
        while key.text in OWN and first > 1 and lines[first - 2].startswith("# Readers differ here"):
            first -= 1
        del lines[first - 1 : last]
    return "\n".join(lines).rstrip("\n") + "\n"


def dumped(data: dict[str, Any]) -> str:
    """Keys and values as YAML that a person reads: a text of several lines line by line.

    A word is quoted only where it would be read as another one: `no`, `012` and `2025-03` are texts here (`read.tree`).
    """
    import yaml

    nothing = "tag:yaml.org,2002:null"

    class Dumper(yaml.SafeDumper):
        yaml_implicit_resolvers = {
            first: [each for each in found if each[0] == nothing]
            for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
        }

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar(nothing, ""))
    return str(
        yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False)
    )
