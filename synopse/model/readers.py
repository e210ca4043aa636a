"""Who reads the papers: the value of `readers:` in report.yaml in; the readers out.

A reader's notes stand in a folder of their own, called after the reader: `sources/readings/READER/KEY.yaml`.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic import Field as Described

from synopse.ground.files import READINGS
from synopse.model.authors import orcid_of
from synopse.model.base import Flag, Record, Text, Word, wrong

ASSIGNED = f"{READINGS}/assigned.yaml"
"""Who reads what: a list of readers for each key."""


def _folder(word: str) -> str:
    """A reader's initials name a folder, on every system."""
    if not re.fullmatch(r"[^\W_][\w-]*", word):
        raise wrong("bad-id", f'"{word}" names a folder: use letters, digits and dashes, such as the initials')
    return word


class Reader(Record):
    """One who reads papers: initials alone, or with a name and an ORCID iD."""

    shorthand: ClassVar[str | None] = "id"
    id: Annotated[
        Word,
        AfterValidator(_folder),
        Described(description="the initials, which name the folder of the reader's notes"),
    ]
    name: Annotated[Text | None, Described(description="the name as it is printed")] = None
    orcid: Annotated[Word, AfterValidator(orcid_of), Described(description="the ORCID iD")] = ""
    left: Annotated[
        Flag, Described(description="reads no more: what was read counts, and nothing more is assigned")
    ] = False

    @property
    def called(self) -> str:
        """The name; the initials where there is none."""
        return self.name.text.strip() if self.name else self.id
