"""What only shows when the sources are held together: keys, terms, themes, citations, drift, glyphs. Diagnostics out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from synopse.bib.drift import differences
from synopse.bib.from_fiche import from_citation
from synopse.bib.incomplete import tell_incomplete
from synopse.bib.reference import Reference
from synopse.bib.told import parted
from synopse.bib.twins import twins
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.accept import check_acceptance
from synopse.diagnostics.model import concerning, did_you_mean
from synopse.diagnostics.nearest import nearest
from synopse.ground.review import Review
from synopse.ground.settings import reader
from synopse.markup.keys import as_cited, is_bare
from synopse.markup.tree import CitedKey
from synopse.model.fiche import Fiche, fiche_sources, with_parts
from synopse.model.form import Form
from synopse.model.report import Report
from synopse.model.vocabulary import Vocabulary
from synopse.project.glyphs import missing_glyphs
from synopse.project.links import check_links
from synopse.project.numbers import mixed_signs
from synopse.project.readings import check_readers
from synopse.project.settled import check_reports, check_settled
from synopse.project.sources import check_sources
from synopse.project.terms import check_terms, check_themes, fiche_themes
from synopse.project.uses import cited_by, report_texts, used_keys
from synopse.read.tree import Scalar
from synopse.synthesis.studies import numbers_of_all

if TYPE_CHECKING:
    from synopse.project.project import Project

NOT_TAGGED = (
    "the PDF is made without tags: with LaTeX's tagging of TeX Live 2025, KOMA-Script gives headings and captions the wrong roles, and "
    "French lists are not set at all"
)
"""What was tried: docs/developers.md, "Tagged PDF"."""
BLIND = (
    "unknown-fiche",
    "unlisted-fiche",
    "unknown-target",
    "synthesis-paper",
    "no-papers",
    "selection-included",
    "lone-theme",
)
"""What is not told to a reader who works blind, of whose notes alone this run knows: the others' papers are not missing."""


def cross_checks(project: Project) -> list[Diagnostic]:
    """Every check that needs more than one file. What is wrong in `bib/` and touches nothing goes to `project.aside`."""
    found = _library(project)
    report, form = project.report, project.form
    if report is None:
        return found
    found += [wrong for each in report.acceptances for wrong in check_acceptance(each)]
    found += _listing(project, report)
    found += check_readers(report)
    if form is None:
        return found
    if not any(each.severity == "error" and each.span.file == "sources/form.yaml" for each in project.diagnostics):
        found += _lists_of_no_field(project.vocabulary, form)
    for fiche in project.fiches.values():
        wrong = [
            each
            for part in with_parts(fiche)
            for each in (*check_terms(part, form, project.vocabulary), *check_themes(part, form, project.vocabulary))
        ]
        wrong += [*numbers_of_all(fiche), *check_reports(fiche, project)]
        found += concerning(fiche.key, [*wrong, *_record(project, fiche)])
    found += mixed_signs(project.fiches.values(), form, report.lang)
    found += _one_paper_twice(project)
    found += _lone_themes(project, form)
    found += _citations(project)
    found += check_links(project)
    found += _names_for_texts(project)
    found += check_sources(project)
    for fiche in project.fiches.values():
        found += concerning(fiche.key, check_settled(fiche, project))
    found += tell_incomplete(_listed(project))
    from synopse.bib.styles import check_style
    from synopse.synthesis.check import check_synthesis

    found += check_synthesis(project.corpus)
    settings = report.bibliography
    if settings.style is not None:
        found += check_style(settings.style_name, report.lang, settings.style.span)
    found += missing_glyphs(project)
    if report.pdf.tagged:
        found.append(
            problem(
                "not-tagged",
                NOT_TAGGED,
                report.pdf.key_place("tagged"),
                "build/report.html says all of it to a screen reader",
            )
        )
    if reader():
        found = [each for each in found if each.code not in BLIND]
    if report.changes and not Review(project.root).changes.exists():
        message = "the section of changes is asked for, and no changes have been told yet: it is left out"
        found.append(problem("no-changes", message, report.key_place("changes"), "run doit changes --since REV once"))
    return found


def _library(project: Project) -> list[Diagnostic]:
    """What is wrong in `bib/` where the report uses it; the rest is set aside."""
    all_listed = project.legible is not None and project.legible.bibliography.all
    told = parted(project.library, project.of_library, used_keys(project), all_listed)
    known = project.report is not None and project.form is not None and not project.unread
    project.unused, project.aside = told.unused if known else (), told.aside  # what cannot be read may cite any of them
    return list(told.here)


def _listing(project: Project, report: Report) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for key in report.fiches:
        name = key.text.strip()
        if name in seen:
            message = f'the fiche "{name}" is listed twice: here and at line {seen[name].line}'
            yield problem("duplicate-listing", message, key.span)
        elif name not in project.fiches and project.form is not None:
            if name in project.readings or name in project.assigned:
                message = f'the paper "{name}" is read, and has no fiche yet: it is not printed'
                hint = f"doit consensus {name}" if name in project.readings else ""
                yield problem("unsettled", message, key.span, hint)
            elif not _unreadable(project, name):
                places = {each: fiche.key_span for each, fiche in project.fiches.items()}
                hint = did_you_mean(name, project.fiches, places) or _how_to_add(project, name)
                yield problem("unknown-fiche", f'no fiche has the key "{name}"', key.span, hint)
        seen[name] = key.span
    for name, fiche in project.fiches.items():
        if name not in seen:
            message = f'the fiche "{name}" is not listed in sources/report.yaml, and is not printed'
            yield problem("unlisted-fiche", message, fiche.key_span, f'add "- {name}" to fiches:')


def _how_to_add(project: Project, name: str) -> str:
    """How a fiche comes to be: of a reference that `bib/` has, or of one that it has not yet."""
    if project.library.get(name) is not None:
        return f"doit new --key {name} writes one"
    near = did_you_mean(name, project.library.references)
    return f"bib/ has no such reference either: {near or 'doit new < entry.bib adds one, with its fiche'}"


def _unreadable(project: Project, name: str) -> bool:
    """Whether a fiche's file has a mistake of its own, which was told, and may be why its key is unknown."""
    files = {d.span.file for d in project.diagnostics if d.severity == "error" and "/fiches/" in d.span.file}
    return any(name in _beginning(project, file) for file in files)


def _beginning(project: Project, file: str) -> str:
    try:
        return (project.root / file).read_bytes()[:4000].decode("utf-8", "replace")
    except OSError:
        return ""


def _one_paper_twice(project: Project) -> Iterator[Diagnostic]:
    """Two retained fiches of one paper, under two keys: every table would count it twice."""
    works = {}
    for fiche in project.retained:
        work = project.library.references.get(project.library.own(fiche.key)) or from_citation(fiche)
        if work is not None:
            works[fiche.key] = work if work.key == fiche.key else replace(work, key=fiche.key)
    for twin in twins(works.values()):
        second = project.fiches[twin.second]
        where = project.fiches[twin.first].key_span
        hint = f"the other is at {where.file}:{where.line}"
        if twin.kind == "same":
            message = f'the fiches "{twin.first}" and "{twin.second}" are of one paper ({twin.why}): it counts twice'
            found = problem("fiche-twice", message, second.key_span, hint, "take one of them out of fiches:")
        elif {twin.first, twin.second} <= project.library.references.keys() or twin.kind == "preprint":
            continue  # told where the two references stand
        else:
            message = f'the fiches "{twin.first}" and "{twin.second}" may be of one paper ({twin.why})'
            found = problem("maybe-same-paper", message, second.key_span, hint)
        yield from concerning(twin.second, [found])


def _lists_of_no_field(vocabulary: Vocabulary, form: Form) -> Iterator[Diagnostic]:
    """Lists of terms that no field of the form draws on: the name of the list, or that of the field, is wrong."""
    drawn = {field.terms_list: None for field in form.fields.values() if field.type == "terms"}
    for name, terms in vocabulary.terms.items():
        if terms and name not in drawn:
            hint = did_you_mean(name, drawn) or f"fields of terms: {', '.join(drawn) or 'none'}"
            yield problem("unused-terms", f'no field of the form draws on the terms "{name}"', terms[0].span, hint)


def _names_for_texts(project: Project) -> Iterator[Diagnostic]:
    """Texts of the report that are but the name of a file."""
    for text, mode in report_texts(project):
        name = text.text.strip()
        if mode == "line" or not re.fullmatch(r"[\w ./-]+\.(?:md|markdown|txt|yaml|yml|tex)", name, re.IGNORECASE):
            continue
        if (Review(project.root).sources / name).is_file():
            message = f'"{name}" is printed as it is, and not the text of sources/{name}'
            yield problem(
                "file-as-text",
                message,
                text.span,
                f"put the text here, or make it a chapter: - {{title: …, file: {name}}}",
            )


def _lone_themes(project: Project, form: Form) -> Iterator[Diagnostic]:
    users: dict[str, dict[str, Scalar]] = defaultdict(dict)
    for fiche in project.fiches.values():
        for theme in (theme for part in with_parts(fiche) for theme in fiche_themes(part, form)):
            users[theme.text].setdefault(fiche.key, theme)
    if len(project.fiches) < 2:
        return
    for name, places in users.items():
        if len(places) == 1 and name in project.vocabulary.themes_by_id:
            (key, theme), *_ = places.items()
            yield problem("lone-theme", f'the theme "{name}" is used by one paper only ("{key}")', theme.span)


_ITEMS = {"title": "title", "date": "date", "authors": "authors", "source": "source", "doi": "DOI"}


def _record(project: Project, fiche: Fiche) -> Iterator[Diagnostic]:
    """The fiche against its record in `bib/`; where it has none, its own citation must make one."""
    record = project.library.get(fiche.key)
    if not fiche.key:
        return  # told where the fiche was read
    if record is None or record.kind == "xdata":
        yield from _without_record(project, fiche)
        return
    for each in differences(fiche.citation, record, project.words):
        where = record.place(each.item)
        differ = "differ" if each.item == "authors" else "differs"
        message = f'the {_ITEMS[each.item]} as read, "{each.read.text}", {differ} from the record: "{each.record}"'
        words = "; ".join(_unlike(read, kept) for read, kept in each.words if read != each.said)
        hints = (f"the words that differ: {words}" if words else "", f"the record is at {where.file}:{where.line}")
        yield problem("citation-differs", message, each.read.span, *hints)


def _unlike(read: str, kept: str) -> str:
    """Words that differ: one side may have nothing for the other's."""
    if read and kept:
        return f'"{read}" for "{kept}"'
    return f'"{read}" is not in the record' if read else f'"{kept}" is missing'


def _without_record(project: Project, fiche: Fiche) -> Iterator[Diagnostic]:
    library, read = project.library, fiche.citation
    hint = _lost_entry(project, fiche.key) or did_you_mean(fiche.key, library.references, library.places)
    message = f'no reference in bib/ has the key "{fiche.key}"'
    if fiche.key in library.references:
        message = f'"{fiche.key}" is an @xdata entry: fields for other entries, and no work'
    if read is None or not read.says_something:
        if fiche not in project.retained:
            yield problem("no-reference", message, fiche.key_span, hint)
            return
        why = f"{message}, and the fiche has no citation of its own: there is nothing to cite"
        also = "or write what you know of the paper under citation: (authors, title, date, source)"
        yield problem("nothing-to-cite", why, fiche.key_span, hint or "add its entry to bib/", also)
        return
    own = "its citation makes one" if read.title is not None else "its citation alone makes one"
    yield problem("no-reference", f"{message}: {own}", fiche.key_span, hint)
    parts = {"author": read.authors, "title": read.title, "date": read.date}
    lacking = [name for name, there in parts.items() if there is None]
    if lacking:
        lacks = f'the citation of "{fiche.key}" has no {" and no ".join(lacking)}'
        yield problem("reference-incomplete", lacks, read.span)


def _lost_entry(project: Project, key: str) -> str:
    """A hint at the entry of this key that could not be read."""
    lost = next((each for each in project.of_library if each.code == "bib-syntax" and each.about == key), None)
    return f"the entry at {lost.span.file}:{lost.span.line} cannot be read" if lost else ""


def _citations(project: Project) -> Iterator[Diagnostic]:
    """What is wrong in the report's own texts, and every cited key that no reference has."""
    for text, mode in report_texts(project):
        yield from project.texts.read(text, mode)[1]
    library = project.library
    own = {key for key, fiche in project.fiches.items() if fiche.citation and fiche.citation.says_something}
    sources = {source.span for fiche in project.fiches.values() for source in fiche_sources(fiche)}
    for key in cited_by(project):
        if another := re.search(r"(?<![\w.\\])@(?=[\w{])", f"{key.prefix} {key.suffix}"):
            message = (
                f'another citation stands in the words beside "{key.key}": {another.string[another.start() :].strip()}'
            )
            yield problem(
                "joined-citations",
                message,
                key.span,
                "part citations by a semicolon: [@a; @b]",
                "to print an @, write \\@",
            )
        if key.span in sources:
            continue  # told by check_sources
        record = library.get(key.key)
        if (record is not None and record.kind != "xdata") or (record is None and key.key in own):
            if key.typed and (key.typed in library.references or key.typed in library.aliases):
                message = f'"{key.key}" is cited, and "{key.typed}" is a key as well'
                hint = f"to cite that one, write @{as_cited(key.typed)}"
                yield problem("twofold-citation", message, key.span, hint, f"else write @{{{key.key}}}")
            continue
        message = f'no reference has the key "{key.key}"'
        if record is not None:
            message = f'"{key.key}" is an @xdata entry: fields for other entries, and no work to cite'
        yield problem("unknown-citation", message, key.span, *(_meant(project, key) or ("to print an @, write \\@",)))


def _meant(project: Project, key: CitedKey) -> tuple[str, ...]:
    """What may have been meant by a key that no reference has: hints."""
    library, typed = project.library, key.typed or key.key
    lost = _lost_entry(project, key.key) or _lost_entry(project, typed)
    near = nearest(typed, [*library.references, *library.aliases])
    hints = [lost or (did_you_mean(typed, [near], library.places) if near else "")]
    if near and not is_bare(near):
        hints.append(f"such a key stands in braces: @{as_cited(near)}")
    elif key.typed:
        hints.append(f'the key ends before "{typed[len(key.key) :]}"; if it does not, write @{as_cited(typed)}')
    return tuple(hint for hint in hints if hint)


def _listed(project: Project) -> Iterator[Reference]:
    """The references that the report will list."""
    from synopse.project.references import wanted_keys

    references = project.library.references
    yield from (references[key] for key in sorted(wanted_keys(project) & references.keys()))
