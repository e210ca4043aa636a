"""The catalogue of every code: how grave it is, what it means, and an example. `docs/diagnostics.md` is made from it."""

from __future__ import annotations

from synopse.diagnostics.catalogue.bibliography import BIBLIOGRAPHY
from synopse.diagnostics.catalogue.making import MAKING
from synopse.diagnostics.catalogue.sources import SOURCES
from synopse.diagnostics.code import Code, Severity

__all__ = ["CODES", "Code", "Severity", "documentation"]

CODES = {code.name: code for code in (*SOURCES, *BIBLIOGRAPHY, *MAKING)}


def documentation() -> str:
    """The text of `docs/diagnostics.md`."""
    parts = [
        "# Diagnostics\n",
        "Every problem is shown as `path:line:column: severity[code]: message`. An error stops the build; a warning "
        "and a note do not. This page is made by `python -m synopse.diagnostics.codes`.\n",
    ]
    for code in (*SOURCES, *BIBLIOGRAPHY, *MAKING):
        example = "\n".join("    " + line for line in code.example.split("\n"))
        parts.append(f"## {code.name}\n\n*{code.severity}.* {code.meaning} For example:\n\n{example}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(documentation(), end="")
