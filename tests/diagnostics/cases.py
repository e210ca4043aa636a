"""Reads the table of broken inputs, `broken.txt`: each case changes one file of a small sound project.

    ## name of the case
    FILE
    | a line of the file
    => the first line of each diagnostic, exactly

In a line, `\\t`, `\\0`, `\\xNN` and `\\uNNNN` between «» stand for the character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from synopse.build.session import Session
from synopse.diagnostics import Diagnostic
from synopse.diagnostics.printer import as_text, in_order

TABLE = Path(__file__).parent / "broken.txt"
SOUND = {
    "sources/form.yaml": """sections:
  - id: s
    title: {fr: Section, en: Section}
    fields:
      - {id: question, type: text, title: Question, required: true}
      - {id: forces, type: items, title: Forces}
      - {id: datasets, type: terms, title: Datasets}
      - {id: effectif, type: number, title: Effectif}
      - {id: debut, type: date, title: Début}
      - {id: plan, type: choice, title: Plan, choices: [essai, cohorte]}
""",
    "sources/report.yaml": "title: Essai\nlang: fr\nfiches: [a]\n",
    "sources/vocabulary.yaml": "terms:\n  datasets:\n    - {name: MMLU, aliases: [mmlu-pro]}\nthemes:\n  - cout\n",
    "sources/fiches/a.yaml": "key: a\nstatus: partial\n",
    "bib/a.bib": "@misc{a, author={Un, Auteur}, title={Titre}, date={2025}}\n",
}


@dataclass(frozen=True)
class Case:
    """A broken input and what must be said of it."""

    name: str
    file: str
    content: bytes
    expected: tuple[str, ...]


def cases() -> list[Case]:
    """Every case of the table."""
    found = []
    for block in re.split(r"^## ", TABLE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, file, *lines = block.rstrip("\n").split("\n")
        content = "\n".join(line[2:] for line in lines if line.startswith("|")) + "\n"
        expected = tuple(line[3:] for line in lines if line.startswith("=> "))
        found.append(Case(name, file.strip(), as_bytes(content), expected))
    return found


def as_bytes(text: str) -> bytes:
    """The bytes of a text in which «\\xNN» and the like stand for characters."""
    data = b""
    for part in re.split(r"(«[^»]*»)", text):
        match = re.fullmatch(r"«\\(t|0|x[0-9A-F]{2}|u[0-9A-F]{4})»", part)
        if match is None:
            data += part.encode()
        elif match[1][0] == "x":
            data += bytes([int(match[1][1:], 16)])
        else:
            data += {"t": "\t", "0": "\0"}.get(match[1], "").encode() or chr(int(match[1][1:], 16)).encode()
    return data


def write_project(root: Path, changed: dict[str, bytes]) -> Path:
    """The sound project with some files changed; an empty content removes the file."""
    for name, content in ({each: text.encode() for each, text in SOUND.items()} | changed).items():
        if content.strip() == b"(absent)":
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def problems(root: Path) -> list[Diagnostic]:
    """All that `doit check` says of a project."""
    return Session(root).problems


def first_lines(found: list[Diagnostic]) -> list[str]:
    """The first line of each diagnostic, as it is printed, by file and line."""
    return [as_text([each], lambda file: []).split("\n")[0] for each in in_order(found)]
