"""`doit new`: a reference of `bib/` in, the skeleton of its fiche out; a pasted BibTeX entry is added to `bib/` first."""

from __future__ import annotations

import re
from pathlib import Path

from synopse.bib.collection import Library
from synopse.bib.library import read_library
from synopse.bib.listing import who
from synopse.bib.reference import Reference
from synopse.console import say
from synopse.diagnostics import Diagnostic, Rejected, Span, has_errors, problem
from synopse.diagnostics.model import did_you_mean
from synopse.files import write_whole
from synopse.keys import safe_key
from synopse.locale import Catalogue
from synopse.markup.text import plain
from synopse.model.form import Form, titled
from synopse.project import Project


def new_fiche(project: Project, key: str, pasted: str) -> list[Diagnostic]:
    """Writes the fiche of `key`, or says which references have none. Gives what is wrong; writes over nothing."""
    if project.form is None:
        return project.diagnostics
    library = project.library
    if pasted.strip():
        library, added, found = _add(project, pasted)
        if has_errors(found) or not added:
            return found
        key = key or added
    if not key:
        _list(project, library)
        return []
    canonical = library.canonical(key)
    reference = library.references.get(canonical)
    if reference is None:
        hint = did_you_mean(key, library.references, library.places) or "paste its BibTeX entry on standard input"
        return [problem("unknown-citation", f'no reference in bib/ has the key "{key}"', Span("bib"), hint)]
    if canonical in project.fiches:
        fiche = project.fiches[canonical]
        return [problem("duplicate-fiche", f'"{canonical}" has a fiche already: {fiche.file}', fiche.key_span)]
    name = re.sub(r"[^\w.+-]", "-", canonical)
    path = project.root / "sources" / "fiches" / f"{name}.yaml"
    shown = path.relative_to(project.root).as_posix()
    if path.exists():
        return [problem("duplicate-fiche", f"{shown} is there already, and is left as it is", Span(shown))]
    write_whole(path, skeleton(reference, project.form, project.words))
    say(f"  {shown}")
    say(f'  to print it, add "- {canonical}" to fiches: in sources/report.yaml')
    return []


MOST_AUTHORS = 99
"""A new fiche names so many authors of the record."""


def skeleton(reference: Reference, form: Form, words: Catalogue) -> str:
    """The text of an empty fiche: key, status, citation, then every field with its title as a comment."""
    lines = [
        "# yaml-language-server: $schema=../../docs/schema/fiche.json",
        f"key: {_key(reference.key)}",
        "status: todo",
    ]
    lines.append("citation:")
    for name, text in (
        ("authors", who(reference, words, MOST_AUTHORS)),
        ("date", words.date(reference.date) if reference.date else ""),
        ("title", plain(reference.title)),
        ("source", reference.source),
    ):
        if text:
            lines.append(f"  {name}: {_quoted(text)}")
    for section in form.sections:
        if not section.fields:
            continue
        lines += ["", f"# {titled(section.title, words.lang)}"]
        for field in section.fields:
            title = titled(field.title, words.lang) or field.id
            kind = ", ".join(choice.id for choice in field.choices) or field.type
            lines.append(f"{field.id}:  # {title} ({kind})")
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    return key if safe_key(key) == key else _quoted(key)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _list(project: Project, library: Library) -> None:
    without = [
        each
        for key, each in library.references.items()
        if key not in project.fiches and key not in library.same and each.kind != "xdata"
    ]
    if not without:
        say("every reference of bib/ has its fiche")
    for each in without:
        date = f" ({each.date.year})" if each.date else ""
        say(f"  {each.key:<28} {plain(each.title)[:70]}{date}")


def _add(project: Project, pasted: str) -> tuple[Library, str, list[Diagnostic]]:
    """Adds pasted entries to files of their own in `bib/`, unless the papers are there; the key of the first one."""
    fresh, found = read_library({"standard input": pasted.encode("utf-8", "surrogateescape")})
    if not fresh.references:
        place = Span("standard input")
        return project.library, "", [*found, problem("bib-syntax", "no BibTeX entry was read", place)]
    files = {f"bib/{path.name}": path.read_bytes() for path in sorted((project.root / "bib").glob("*.bib"))}
    first = ""
    for key in fresh.references:
        both, _ = read_library(files | {"zz": pasted.encode("utf-8", "surrogateescape")})
        same = (twin.first for twin in both.twins if twin.second == key and twin.kind in ("same", "clash"))
        known = key if key in project.library.references else next(same, key)
        if known in project.library.references:
            where = project.library.references[known].span
            say(f"  the paper is there already: {known} ({where.file}:{where.line})")
            first = first or known
            continue
        path = project.root / "bib" / f"{re.sub(r'[^A-Za-z0-9_.+-]', '-', key)}.bib"
        if path.exists():
            name = path.relative_to(project.root).as_posix()
            raise Rejected(
                [problem("duplicate-reference", f"{name} is there already, and is left as it is", Span(name))]
            )
        write_whole(path, pasted.strip() + "\n" if len(fresh.references) == 1 else _entry_text(fresh.references[key]))
        say(f"  {path.relative_to(project.root).as_posix()}")
        first = first or key
    files = {f"bib/{path.name}": path.read_bytes() for path in sorted(Path(project.root / "bib").glob("*.bib"))}
    return read_library(files)[0], first, [d for d in found if d.code != "same-paper"]


def _entry_text(reference: Reference) -> str:
    from synopse.bib.write import write_bib

    return write_bib([reference])
