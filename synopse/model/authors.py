"""Who wrote the report, and under which licence: as a person gives it, checked."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Described

from synopse.model.base import Items, Record, Text, Word, word_from, wrong
from synopse.model.listed import names_of_people

ROLES = ("conceptualization", "data-curation", "formal-analysis", "funding-acquisition", "investigation", "methodology",
         "project-administration", "resources", "software", "supervision", "validation", "visualization",
         "writing-original-draft", "writing-review-editing")  # fmt: skip
"""The roles of contributors (CRediT, ANSI/NISO Z39.104-2022)."""


def orcid_of(word: str) -> str:
    """An ORCID iD, with or without its address; its last sign is a check of the others (ISO 7064, MOD 11-2)."""
    bare = re.sub(r"^https?://orcid\.org/", "", word)
    if not bare:
        return ""
    digits = bare.replace("-", "")
    if not re.fullmatch(r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX]", bare):
        raise wrong("bad-orcid", f'"{word}" is no ORCID iD', "write it as 0000-0002-1825-0097")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[15] != ("X" if check == 10 else str(check)):
        raise wrong(
            "bad-orcid", f'"{word}" is no ORCID iD: its last sign does not fit the others', "compare it with the record"
        )
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


class Author(Record):
    """Who wrote the report: a name alone, or with an ORCID iD, an affiliation, and the roles that they had."""

    shorthand: ClassVar[str | None] = "name"
    name: Annotated[Text, Described(description="the name as it is printed; alone, it needs no mapping")]
    orcid: Annotated[Word, AfterValidator(orcid_of), Described(description="the ORCID iD")] = ""
    affiliation: Annotated[Text | None, Described(description="where they work")] = None
    roles: Annotated[
        Items[Annotated[Literal[ROLES], BeforeValidator(word_from)]],  # type: ignore[valid-type]
        Described(description="what they did, in the words of CRediT"),
    ] = ()

    @property
    def text(self) -> str:
        """The name."""
        return self.name.text

    @staticmethod
    def parted(text: str) -> list[str]:
        """Names of people that stand in one text."""
        return names_of_people(text)


def license_of(word: str) -> str:
    """A licence by its name of SPDX, such as CC-BY-4.0."""
    if word and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]*", word):
        raise wrong("bad-license", f'"{word}" is no name of a licence', "write its SPDX name, such as CC-BY-4.0")
    return word
