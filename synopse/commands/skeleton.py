"""`doit new`: a reference of `bib/` in, the skeleton of its fiche out; a pasted BibTeX entry is added to `bib/` first."""

from __future__ import annotations

import re

from synopse.bib.collection import Library
from synopse.bib.listing import when, who
from synopse.bib.reference import Reference
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.console import say
from synopse.diagnostics.model import did_you_mean
from synopse.ground.files import fiches_folder, write_whole
from synopse.ground.keys import safe_key
from synopse.locale import Catalogue
from synopse.markup.text import plain
from synopse.model.form import Form, titled
from synopse.project.project import Project


def new_fiches(project: Project, key: str, pasted: bytes) -> list[Diagnostic]:
    """Writes the fiche of `key`, or of each pasted paper, or says which references have none; writes over nothing.

    Gives what is wrong.
    """
    if project.form is None:
        return project.diagnostics
    library, found = project.library, list[Diagnostic]()
    wanted: tuple[str, ...] = (key,) if key else ()
    if pasted.strip():
        from synopse.commands.pasted import add

        added = add(project.root, library, pasted)
        library, found = added.library, added.found
        wanted = wanted or tuple(each for each in added.keys if library.canonical(each) not in project.fiches)
    elif not key:
        _list(project, library)
    for each in wanted:
        found += _new_fiche(project, library, each)
    return found


def _new_fiche(project: Project, library: Library, key: str) -> list[Diagnostic]:
    assert project.form is not None
    canonical = library.canonical(key)
    reference = library.references.get(canonical)
    if reference is None:
        hint = did_you_mean(key, library.references, library.places) or "paste its BibTeX entry on standard input"
        return [problem("unknown-citation", f'no reference in bib/ has the key "{key}"', Span("bib"), hint)]
    if canonical in project.fiches:
        fiche = project.fiches[canonical]
        return [problem("duplicate-fiche", f'"{canonical}" has a fiche already: {fiche.file}', fiche.key_span)]
    shown = fiche_file(canonical)
    path = project.root / shown
    if path.exists():
        return [problem("duplicate-fiche", f"{shown} is there already, and is left as it is", Span(shown))]
    write_whole(path, skeleton(reference, project.form, project.words))
    say(f"  {shown}")
    listed = [each.text.strip() for each in project.report.fiches] if project.report else []
    if canonical not in listed:
        say(f'  to print it, add "- {canonical}" to fiches: in sources/report.yaml')
    return []


MOST_AUTHORS = 99
"""A new fiche names so many authors of the record."""


def fiche_file(key: str) -> str:
    """Where the fiche of a reference is written, from the review's folder."""
    name = re.sub(r"[^\w.+-]", "-", key)
    return f"{fiches_folder()}/{name}.yaml"


def skeleton(reference: Reference, form: Form, words: Catalogue) -> str:
    """The text of an empty fiche: key, status, citation, what was read, then every field with its title as a comment."""
    lines = [
        f"# yaml-language-server: $schema={'../' * (fiches_folder().count('/') + 1)}docs/schema/fiche.json",
        f"key: {printed_key(reference.key)}",
        "status: todo",
    ]
    lines.append("citation:")
    for name, text in (
        ("authors", who(reference, words, MOST_AUTHORS)),
        ("date", when(reference, words)),
        ("title", plain(reference.title)),
        ("source", reference.source),
    ):
        if text:
            lines.append(f"  {name}: {_quoted(text)}")
    lines.append("read:  # how far: record, abstract, introduction, sections or whole")
    for section in form.sections:
        if not section.fields:
            continue
        lines += ["", f"# {titled(section.title, words.lang)}"]
        for field in section.fields:
            title = titled(field.title, words.lang) or field.id
            kind = ", ".join(choice.id for choice in field.choices) or field.type
            lines.append(f"{field.id}:  # {title} ({kind})")
    return "\n".join(lines) + "\n"


def printed_key(key: str) -> str:
    """A key as a value of YAML."""
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
