"""An entry with values such as `xdata=KEY-title` in, the same with what these name out (biblatex manual, § 3.14.6).

`xdata=KEY-FIELD` stands for a field of the @xdata entry KEY, and in a list for all of its names or words;
`xdata=KEY-FIELD-2` for the second of them. biber parts the three at hyphens, so that the key can have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from synopse.bib.aliases import FIELD_ALIASES
from synopse.bib.names import split_and
from synopse.bib.read import Entry
from synopse.bib.reference import data_model
from synopse.diagnostics import Diagnostic, Span, problem

_NAMED = re.compile(r"\{*\s*xdata=([^\s{}-]+)-([^\s{}-]+)(?:-(\d+))?\s*\}*", re.IGNORECASE)
_MARK = re.compile(r"\bxdata=", re.IGNORECASE)


def named_keys(entry: Entry) -> list[str]:
    """The keys of the entries from which a value of this one is taken."""
    return [match[1] for value in entry.values.values() for match in _NAMED.finditer(value)]


def with_values(entry: Entry, by_key: Mapping[str, Entry], found: list[Diagnostic]) -> Entry:
    """The entry with each value put in; one that nothing gives is left out, and told."""
    if not any(_MARK.search(value) for value in entry.values.values()):
        return entry
    values = dict(entry.values)
    for name, value in entry.values.items():
        if not _MARK.search(value):
            continue

        def tell(message: str, line: int = entry.lines[name]) -> None:
            found.append(problem("bib-crossref", message, Span(entry.span.file, line, 1, line, 2)))

        parts = list(split_and(" ".join(value.split()))) if _is_list(name) else [value]
        given = [each for part in parts for each in _given(entry, name, part.strip(), by_key, tell)]
        values[name] = " and ".join(given)
    return replace(entry, values={name: value for name, value in values.items() if value})


def _is_list(name: str) -> bool:
    return str(data_model()["fields"].get(FIELD_ALIASES.get(name, name), "")).startswith("list")


def _given(
    entry: Entry, name: str, part: str, by_key: Mapping[str, Entry], tell: Callable[[str], None]
) -> Iterator[str]:
    match = _NAMED.fullmatch(part)
    if match is None:
        yield part
        return
    key, field, place = match[1], FIELD_ALIASES.get(match[2].lower(), match[2].lower()), match[3]
    parent = by_key.get(key)
    if parent is None or parent is entry:
        tell(f'{name} of "{entry.key}" names "{key}": no other entry has this key')
        return
    value = next((text for own, text in parent.values.items() if FIELD_ALIASES.get(own, own) == field), "")
    if not value or _MARK.search(value) or _is_list(field) != _is_list(name):
        tell(f'{name} of "{entry.key}" names the field {field} of "{key}", which gives it nothing')
        return
    if not place:
        yield value
        return
    parts = list(split_and(" ".join(value.split())))
    if not 1 <= int(place) <= len(parts) or not parts[int(place) - 1]:
        tell(f'{name} of "{entry.key}" names number {place} of {field} of "{key}", which has {len(parts)}')
        return
    yield parts[int(place) - 1]
