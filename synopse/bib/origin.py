"""A remark's source as it was typed, and what was read of the paper, in; what the source is called, and where it leads, out."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from synopse.bib.identifiers import address_of
from synopse.model.reading import Reading, named
from synopse.read.tree import Scalar


@dataclass(frozen=True, slots=True)
class Origin:
    """What a source is: a text that was read, by its version; a reference, by its `key`; or an address alone."""

    shown: str
    link: str = ""
    key: str = ""


def origin_of(source: Scalar, readings: Iterable[Reading], keys: Container[str]) -> Origin | None:
    """What a source is; nothing where it is none. `keys` are those of the references that can be cited.

    A text under `read:` goes before a key, and a key before an address: some publishers make keys of DOIs.
    """
    typed = source.text.strip()
    reading = named(readings, source)
    if reading is not None:
        return Origin(typed, address_of(reading.link.text) if reading.link else "")
    if typed in keys:
        return Origin(typed, key=typed)
    address = address_of(typed)
    return Origin(address.split("://", 1)[1].rstrip("/"), address) if address else None
