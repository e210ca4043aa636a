"""Pasted BibTeX in; a file of its own in `bib/`, with what is sound and new, and the keys of its papers out.

An entry is kept to the letter, with all of its fields and the `@string`s that come with it. No file that is there is
touched, and none is written that the next build could not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from synopse.bib.collection import Library
from synopse.bib.library import read_library
from synopse.bib.read import Blocks, decode_bib, new_macros, split_bib
from synopse.bib.reference import Reference
from synopse.bib.twins import tell_twin, twins
from synopse.diagnostics import Diagnostic, Severity, Span, has_errors, problem
from synopse.diagnostics.console import say
from synopse.ground.files import sources_in, write_whole
from synopse.ground.review import Review

PASTED = "standard input"
_OTHER = "\0pasted"
"""A key that no entry has, for a pasted entry that is held against the library."""


@dataclass(frozen=True)
class Added:
    """What came of it: the library as it is now, the keys of the pasted papers, and what is wrong."""

    library: Library
    keys: tuple[str, ...]
    found: list[Diagnostic]


def add(root: Path, library: Library, data: bytes) -> Added:
    """Adds the pasted entries that are sound and not yet in `library` to a file of their own in `bib/`."""
    text, _ = decode_bib(data, PASTED)
    fresh, found = read_library({PASTED: data})
    split = split_bib(text, PASTED, new_macros())
    broken = {each.span.line for each in found if each.severity is Severity.ERROR}
    keys: list[str] = []
    new: list[str] = []
    for key, reference in fresh.references.items():
        block = _block_at(split, reference.span.line)
        if block is None or broken & set(_lines(split, block)):
            continue
        known, wrong = _known(reference, library)
        found += wrong
        if known:
            there = library.references[known].span
            say(f"  the paper is there already: {known} ({there.file}:{there.line})")
        elif not has_errors(wrong):
            new.append(key)
        if known or not has_errors(wrong):
            keys.append(known or key)
    if not fresh.references and not broken:
        found.append(problem("bib-syntax", "no BibTeX entry was read", Span(PASTED)))
    if new:
        whole = len(new) == len(fresh.references) and not broken
        kept = text.strip("\n") + "\n" if whole else _selected(split, {fresh.references[key].span.line for key in new})
        wrong = _write(root, new[0], kept)
        if wrong:
            return Added(library, (), found + wrong)
        library = read_library(_files(root))[0]
    return Added(library, tuple(dict.fromkeys(keys)), found)


def _known(reference: Reference, library: Library) -> tuple[str, list[Diagnostic]]:
    """The key under which the library has the paper, if it has it; what a person is to know of the others like it."""
    held = {**library.references, _OTHER: replace(reference, key=_OTHER)}
    pairs = [each for each in twins(held.values()) if each.second == _OTHER]
    same = next((each.first for each in pairs if each.kind == "same"), "")
    clash = next((each for each in pairs if each.kind == "clash"), None)
    if not same and clash is not None:
        message = (
            f'the pasted entry has the {clash.why} as "{clash.first}", but looks like another work: nothing was added'
        )
        hint = "if they are two works, mend the identifier of the pasted one, and paste it again"
        return clash.first, [problem("maybe-same-paper", message, reference.span, hint)]
    namesake = library.references.get(reference.key)
    if same or namesake is None:
        named = held | {reference.key: reference}
        told = [tell_twin(replace(each, second=reference.key), named) for each in pairs if each.kind != "same"]
        return same, told
    if any(each.first == reference.key for each in pairs) or _says(namesake) == _says(reference):
        return reference.key, []
    message = f'the key "{reference.key}" is that of another work: nothing was added'
    hint = f"it is at {namesake.span.file}:{namesake.span.line}; give the pasted entry another key"
    return "", [problem("duplicate-reference", message, reference.span, hint)]


def _says(reference: Reference) -> list[str]:
    return [reference.kind, *(reference.words(name) for name in ("title", "date", "year"))]


def _block_at(split: Blocks, line: int) -> Any:
    return next((each for each in split.blocks if split.span(each).line == line), None)


def _lines(split: Blocks, block: Any) -> range:
    first = split.span(block).line
    return range(first, first + str(block.raw or "").count("\n") + 1)


def _selected(split: Blocks, lines: set[int]) -> str:
    """The entries that begin at these lines, and every `@string`, as they were typed."""
    from bibtexparser import model

    kept = [each for each in split.blocks if isinstance(each, model.String) or split.span(each).line in lines]
    return "\n\n".join(str(each.raw).strip("\n") for each in kept) + "\n"


def _files(root: Path) -> dict[str, bytes]:
    return {f"bib/{path.name}": path.read_bytes() for path in sources_in(Review(root).bib, ".bib") if path.is_file()}


def _write(root: Path, key: str, text: str) -> list[Diagnostic]:
    """Writes the new file, unless it would be one with mistakes among the others; gives those."""
    name = _free(Review(root).bib, re.sub(r"[^A-Za-z0-9_.+-]", "-", key)[:100].lstrip(".") or "pasted")
    files: Mapping[str, bytes] = _files(root) | {f"bib/{name}": text.encode("utf-8", "surrogateescape")}
    wrong = [each for each in read_library(files)[1] if each.span.file == f"bib/{name}"]
    if has_errors(wrong):
        return [replace(each, span=Span(PASTED)) for each in wrong if each.severity is Severity.ERROR]
    write_whole(Review(root).bib / name, text.encode("utf-8", "surrogateescape"))
    say(f"  bib/{name}")
    return []


def _free(folder: Path, stem: str) -> str:
    """A name that no file of the folder has, in whatever case."""
    taken = {path.name.lower() for path in folder.glob("*")}
    number, name = 1, f"{stem}.bib"
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}.bib"
    return name
