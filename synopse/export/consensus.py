"""The fiche of a paper and its readings in; the fiche with what the readers agree in, and what a person is to decide, out.

What a person has written in the fiche is left as it is, to the letter. What readers agree in is added and marked (`consensus:`); where
they differ, each one's words stand under `decide:` until the field is written, or the question is taken away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as Mappings
from dataclasses import dataclass, field
from typing import Any

from synopse.model.consensus import ASKED, READINGS, UNANIMOUS
from synopse.model.fiche import Fiche
from synopse.model.form import Field
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Mapping, Node, Scalar, Sequence
from synopse.synthesis.readings import WHOLE, Compared, compared, digest_of

OWN = ("consensus", "decide")
"""What this writes; it is written anew each time."""
HEAD = "# Readers differ here: write each field above, in its own words or in yours, and remove it from this list."


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: what it says, and its tree."""

    fiche: Fiche
    tree: Mapping


@dataclass(frozen=True, slots=True)
class Current:
    """The fiche as it is: its text, its tree, what it says. A paper without a fiche has an empty one."""

    text: str = ""
    tree: Mapping | None = None
    fiche: Fiche | None = None

    @property
    def unanimous(self) -> dict[str, str]:
        """What an earlier run wrote, by field, with the digest of what it wrote."""
        return self.fiche.consensus.unanimous if self.fiche and self.fiche.consensus else {}

    @property
    def asked(self) -> dict[str, str]:
        """What an earlier run asked."""
        return self.fiche.consensus.asked if self.fiche and self.fiche.consensus else {}

    def says(self, name: str) -> bool:
        """Whether the fiche says anything of a field, or of another of `WHOLE`."""
        return self.fiche is not None and _is_written(self.fiche, name)

    def lines(self, name: str) -> list[str]:
        """The lines of a key and its value."""
        if self.tree is None:
            return []
        found = _extent(self.text, self.tree, name)
        return self.text.splitlines()[found[0] : found[1]] if found else []

    def is_ours(self, name: str) -> bool:
        """Whether a field is as an earlier run wrote it; a comment on it makes it a person's."""
        assert self.fiche is not None
        same = self.unanimous.get(name) == digest_of(self.fiche, name)
        return same and not any(re.search(r"(^|\s)#", line) for line in self.lines(name))


@dataclass
class Settled:
    """What came of the readings: values to write by field, questions by field, and the fields that a person has decided."""

    agreed: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    decided: list[str] = field(default_factory=list)


def settled(
    current: Current, readings: Mappings[str, Read], fields: Mappings[str, Field], vocabulary: Vocabulary
) -> Settled:
    """What is unanimous, and what is not, of all that the readers say."""
    made, fiche = Settled(), current.fiche
    each = {name: read.fiche for name, read in readings.items()}
    of: dict[str, list[Compared]] = {}
    for one in compared(each, fields, vocabulary, fiche.same if fiche else ()):
        of.setdefault(one.field, []).append(one)
    for name, groups in of.items():
        if _is_decided(current, name, readings):
            made.decided.append(name)
        elif groups[0].verdict != "empty":
            _settle(name, fields[name], groups, readings, made)
    for name in WHOLE:
        if _is_decided(current, name, readings):
            made.decided.append(name)
        else:
            _settle_whole(name, readings, made)
    return made


def _is_decided(current: Current, name: str, readings: Mappings[str, Read]) -> bool:
    """Whether a person has written a field, or has taken the question away that these very readings gave rise to."""
    if current.says(name) and not current.is_ours(name):
        return True
    still = {question.field for question in current.fiche.decide} if current.fiche else set()
    return name not in still and current.asked.get(name, "").partition("-")[0] == of_readings(name, readings)


def of_readings(name: str, readings: Mappings[str, Read]) -> str:
    """A digest of what all readers say of a field."""
    return _short(" ".join(f"{reader} {digest_of(read.fiche, name)}" for reader, read in sorted(readings.items())))


def _settle_whole(name: str, readings: Mappings[str, Read], made: Settled) -> None:
    """What is no field of the form is unanimous as a whole, or asked as a whole."""
    nodes = {reader: read.tree.get(name) for reader, read in readings.items()}
    nodes = {reader: None if isinstance(node, Scalar) and node.empty else node for reader, node in nodes.items()}
    there = [node for node in nodes.values() if node is not None]
    if there and len({digest_of(read.fiche, name) for read in readings.values()}) == 1:
        made.agreed[name] = plain(there[0])
    elif there:
        made.asked[name] = {reader: plain(node) if node is not None else None for reader, node in nodes.items()}


def _settle(name: str, form_field: Field, groups: list[Compared], readings: Mappings[str, Read], made: Settled) -> None:
    agreed = [each for each in groups if each.verdict == "agree"]
    rest = [each for each in groups if each.verdict != "agree"]
    nodes = {reader: read.tree.get(name) for reader, read in readings.items()}
    if form_field.type not in ("items", "terms"):
        if agreed:
            made.agreed[name] = max((plain(node) for node in nodes.values() if node is not None), key=_saying)
        else:
            made.asked[name] = {reader: plain(node) if node is not None else None for reader, node in nodes.items()}
        return
    if agreed:
        made.agreed[name] = [_fullest(each, nodes) for each in agreed]
        made.agreed[name] = [each for at, each in enumerate(made.agreed[name]) if each not in made.agreed[name][:at]]
    if rest:
        made.asked[name] = {
            reader: [_item(nodes[reader], each, reader) for each in rest if reader in each.said] for reader in readings
        }


def _fullest(group: Compared, nodes: Mappings[str, Node | None]) -> Any:
    """What readers agree in, in the words of the one who says most beside it: a page, a section, a word on a term."""
    return max((_item(nodes[reader], group, reader) for reader in group.said), key=_saying)


def _saying(value: Any) -> int:
    return len(value) if isinstance(value, dict) else 0


def _item(node: Node | None, group: Compared, reader: str) -> Any:
    """The item of a reader's list that holds what the group says; the bare word of a term that stands there with others."""
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    said = group.said[reader]
    for item in items:
        if (said.span.line, said.span.column) in _places(item):
            terms = item.get("terms") if isinstance(item, Mapping) else None
            return said.words if isinstance(terms, Sequence) and len(terms.items) > 1 else plain(item)
    return said.words


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


def written_in(current: Current) -> str:
    """What a person has written under `decide:`, by the field, where they would lose it; empty where they have not."""
    if current.tree is None or current.tree.get("decide") is None:
        return ""
    lines = current.lines("decide")
    if lines[0].strip() != "decide:":
        return "decide"
    for name, text in _entries(lines[1:]).items():
        if current.asked.get(name, "").partition("-")[2] != _short(text):
            return name
    return ""


def _entries(lines: list[str]) -> dict[str, str]:
    """The lines under `decide:` by field; what stands outside of one is a field without a name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        match = re.match(r"  (?! )(?P<key>.+?):(?: |$)", line)
        if match:
            name = match["key"].strip("'\"")
        if line.strip():
            found.setdefault(name, []).append(line.rstrip())
    return {key: "\n".join(each) for key, each in found.items()}


def written(current: Current, key: str, made: Settled, status: str) -> str:
    """The fiche's text, without its marks: what is unanimous in its place or at the end, then what is to be decided."""
    text = current.text if current.tree is not None else dumped({"key": key, "status": status})
    lines, tree = text.splitlines(), current.tree
    gone = [name for name in (*OWN, *current.unanimous) if name not in made.decided]
    added = dict(made.agreed)
    if tree is not None:
        names = [name.text for name, _ in tree.entries]
        for name in reversed(names):
            begin, end = _extent(text, tree, name) or (0, 0)
            value = tree.get(name)
            if value is not None and name in added and plain(value) == added[name]:
                del added[name]
            elif name in added and (name in gone or (isinstance(value, Scalar) and value.empty)):
                lines[begin:end] = _with_comment(dumped({name: added.pop(name)}).splitlines(), lines[begin])
            elif name in gone:
                while name == "decide" and begin and lines[begin - 1] == HEAD:
                    begin -= 1
                del lines[begin:end]
    if status and tree is not None:
        lines = [f"status: {status}" if re.match(r"status:\s*\w+\s*$", line) else line for line in lines]
    parts = ["\n".join(lines).rstrip("\n")]
    if added:
        parts.append(dumped(added).rstrip("\n"))
    if made.asked:
        parts.append(f"{HEAD}\n{dumped({'decide': made.asked})}".rstrip("\n"))
    return "\n\n".join(parts) + "\n"


def _with_comment(fresh: list[str], old: str) -> list[str]:
    """The lines of a field in the place of one that was empty, whose comment stays."""
    comment = re.search(r"\s#.*$", old)
    return [fresh[0] + "  " + comment[0].strip(), *fresh[1:]] if comment else fresh


def with_marks(text: str, fiche: Fiche, made: Settled, readings: Mappings[str, Read]) -> str:
    """The text with what it was settled from: the fields that are unanimous, what was asked, a digest of each field of each reading."""
    lines = ["consensus:  # made by doit consensus"]
    lines.append(f"  {UNANIMOUS}: {_flow({name: digest_of(fiche, name) for name in made.agreed})}")
    asked = _entries(dumped({"decide": made.asked}).splitlines()[1:]) if made.asked else {}
    marks = {name: f"{of_readings(name, readings)}-{_short(asked[name])}" for name in made.asked}
    marks |= {name: of_readings(name, readings) for name in made.decided if not _is_written(fiche, name)}
    if marks:
        lines.append(f"  {ASKED}: {_flow(marks)}")
    lines.append(f"  {READINGS}:")
    for reader, read in readings.items():
        said = [*read.fiche.values, *(name for name in WHOLE if getattr(read.fiche, name))]
        lines.append(f"    {reader}: {_flow({name: digest_of(read.fiche, name) for name in said})}")
    return text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"


def _is_written(fiche: Fiche, name: str) -> bool:
    """Whether a fiche says anything of a field, or of another of `WHOLE`."""
    return bool(getattr(fiche, name)) if name in WHOLE else name in fiche.values


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _flow(words: dict[str, str]) -> str:
    """A mapping in one line."""
    import yaml

    return str(yaml.safe_dump(words, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)).strip()


def _extent(text: str, tree: Mapping, name: str) -> tuple[int, int] | None:
    """The lines of a key and its value, from 0; blank lines and comments behind it that begin a line stay with what follows."""
    lines = text.splitlines()
    starts = [key.span.line - 1 for key, _ in tree.entries] + [len(lines)]
    for at, (key, _) in enumerate(tree.entries):
        if key.text == name:
            begin, end = starts[at], starts[at + 1]
            while end > begin + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
                end -= 1
            return begin, end
    return None


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

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar(nothing, ""))
    return str(
        yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False)
    )
