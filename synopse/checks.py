"""What only shows when the sources are held together: keys, terms, themes, citations, drift, glyphs. Diagnostics out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from synopse.bib.drift import differences
from synopse.bib.reference import Reference, unusual_letters
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.model import did_you_mean
from synopse.markup.tree import CitedKey
from synopse.model.fiche import Fiche, citation_texts, fiche_texts
from synopse.model.form import Form
from synopse.model.report import Report
from synopse.model.vocabulary import Vocabulary
from synopse.read.tree import Scalar

if TYPE_CHECKING:
    from synopse.project import Project


def cross_checks(project: Project) -> list[Diagnostic]:
    """Every check that needs more than one file."""
    assert project.report is not None
    report, form = project.report, project.form
    found = list(_listing(project, report))
    if form is None:
        return found
    for fiche in project.fiches.values():
        found += _terms(fiche, form, project.vocabulary)
        found += _themes(fiche, form, project.vocabulary)
        found += _drift(project, fiche)
    found += _lone_themes(project, form)
    wrong, cited = _citations(project)
    found += wrong
    retained = {fiche.key for fiche in project.retained}
    listed = {key.text.strip() for key in report.fiches}
    found += _references(project, retained, cited | listed)
    from synopse.synthesis.make import check_synthesis

    found += check_synthesis(report, form, retained)
    found += _glyphs(project)
    return found


def report_texts(project: Project) -> Iterator[tuple[Scalar, bool]]:
    """Every text of the report itself, and whether it is a chapter."""
    report = project.report
    assert report is not None
    yield from ((text, False) for text in _report_texts(report))
    for chapter in report.chapters:
        text = project.chapter_text(chapter)
        if text is not None:
            yield text, True


def all_texts(project: Project) -> Iterator[tuple[Scalar, bool]]:
    """Every text that is parsed: the report's, then each fiche's."""
    yield from report_texts(project)
    for fiche in project.fiches.values():
        yield from ((text, False) for text in fiche_texts(fiche))


def cited_by(project: Project) -> Iterator[CitedKey]:
    """Every key that the report and its fiches cite."""
    from synopse.texts import cited

    for text, headings in report_texts(project):
        if "@" in text.text:
            yield from cited(project.texts.read(text, headings)[0])
    for read in project.read.values():
        yield from read.cited


def _report_texts(report: Report) -> Iterator[Scalar]:
    for text in (report.title, report.subtitle, report.introduction, *(chapter.title for chapter in report.chapters)):
        if text is not None:
            yield text
    for part in report.synthesis:
        yield from part.texts


def _listing(project: Project, report: Report) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for key in report.fiches:
        name = key.text.strip()
        if name in seen:
            message = f'the fiche "{name}" is listed twice: here and at line {seen[name].line}'
            yield problem("duplicate-listing", message, key.span)
        elif name not in project.fiches and project.form is not None:
            if not _unreadable(project, name):
                places = {each: fiche.key_span for each, fiche in project.fiches.items()}
                hint = did_you_mean(name, project.fiches, places) or f"doit new --key {name} writes one"
                yield problem("unknown-fiche", f'no fiche has the key "{name}"', key.span, hint)
        seen[name] = key.span
    for name, fiche in project.fiches.items():
        if name not in seen:
            message = f'the fiche "{name}" is not listed in sources/report.yaml, and is not printed'
            yield problem("unlisted-fiche", message, fiche.key_span, f'add "- {name}" to fiches:')


def _unreadable(project: Project, name: str) -> bool:
    """Whether a fiche's file has a mistake of its own, which was told, and may be why its key is unknown."""
    files = {d.span.file for d in project.diagnostics if d.severity == "error" and "/fiches/" in d.span.file}
    return any(name in _beginning(project, file) for file in files)


def _beginning(project: Project, file: str) -> str:
    try:
        return (project.root / file).read_bytes()[:4000].decode("utf-8", "replace")
    except OSError:
        return ""


def _terms(fiche: Fiche, form: Form, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    for name, field in form.fields.items():
        if field.type != "terms" or name not in fiche.values:
            continue
        known = vocabulary.known(field.terms_list)
        seen: dict[str, Span] = {}
        for use in fiche.terms(name):
            for term in use.terms:
                canonical = vocabulary.canonical(field.terms_list, term.text)
                if canonical is None:
                    message = f'"{term.text}" is not a term of "{field.terms_list}" in the vocabulary'
                    hint = did_you_mean(term.text, known) or f"add it under terms: {field.terms_list}:"
                    yield problem("unknown-term", message, term.span, hint)
                word = canonical.name if canonical else term.text
                if use.text is None and word in seen:
                    message = f'the term "{word}" stands twice here, first at line {seen[word].line}'
                    yield problem("repeated-term", message, term.span)
                seen[word] = term.span


def _themes(fiche: Fiche, form: Form, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    known = vocabulary.themes_by_id
    for theme in fiche_themes(fiche, form):
        if theme.text not in known:
            message = f'the theme "{theme.text}" is not in the vocabulary'
            hint = did_you_mean(theme.text, known) or "add it under themes:"
            yield problem("unknown-theme", message, theme.span, hint)


def fiche_themes(fiche: Fiche, form: Form) -> Iterator[Scalar]:
    """Every theme that a fiche's remarks carry."""
    for name in form.fields:
        value = fiche.values.get(name)
        if isinstance(value, tuple):
            for each in value:
                yield from each.themes


def _lone_themes(project: Project, form: Form) -> Iterator[Diagnostic]:
    users: dict[str, dict[str, Scalar]] = defaultdict(dict)
    for fiche in project.fiches.values():
        for theme in fiche_themes(fiche, form):
            users[theme.text].setdefault(fiche.key, theme)
    if len(project.fiches) < 2:
        return
    for name, places in users.items():
        if len(places) == 1 and name in project.vocabulary.themes_by_id:
            (key, theme), *_ = places.items()
            yield problem("lone-theme", f'the theme "{name}" is used by one paper only ("{key}")', theme.span)


_ITEMS = {"title": "title", "date": "date", "authors": "authors", "source": "source", "doi": "DOI"}


def _drift(project: Project, fiche: Fiche) -> Iterator[Diagnostic]:
    record = project.library.get(fiche.key)
    if record is None:
        places = project.library.places
        hint = did_you_mean(fiche.key, project.library.references, places)
        own = fiche.citation is not None and fiche.citation.title is not None
        message = f'no reference in bib/ has the key "{fiche.key}"'
        yield problem("no-reference", message + (": its citation makes one" if own else ""), fiche.key_span, hint)
        return
    for each in differences(fiche.citation, record, project.words):
        where = record.place(each.item)
        differ = "differ" if each.item == "authors" else "differs"
        message = f'the {_ITEMS[each.item]} as read, "{each.read.text}", {differ} from the record: "{each.record}"'
        words = "; ".join(f'"{read or "nothing"}" for "{kept or "nothing"}"' for read, kept in each.words)
        hints = (f"the words that differ: {words}" if words else "", f"the record is at {where.file}:{where.line}")
        yield problem("citation-differs", message, each.read.span, *hints)


def _citations(project: Project) -> tuple[list[Diagnostic], set[str]]:
    """Keys that no reference has; and those that are cited, as the library knows them."""
    found: list[Diagnostic] = []
    for text, headings in report_texts(project):
        found += project.texts.read(text, headings)[1]
    keys: set[str] = set()
    known = project.library.references
    own = {fiche.key for fiche in project.fiches.values() if fiche.citation is not None}
    for key in cited_by(project):
        canonical = project.library.canonical(key.key)
        if canonical in known or key.key in own:
            keys.add(canonical)
            continue
        hint = did_you_mean(key.key, known, project.library.places)
        message = f'no reference has the key "{key.key}"'
        found.append(problem("unknown-citation", message, key.span, hint or "to print an @, write \\@"))
    return found, keys


def _references(project: Project, retained: set[str], cited: set[str]) -> Iterator[Diagnostic]:
    wanted = {project.library.canonical(key) for key in retained} | cited
    for key, reference in project.library.references.items():
        if key not in wanted:
            if key not in project.library.same and reference.kind != "xdata" and not _all(project):
                yield problem(
                    "unused-reference", f'the reference "{key}" is neither retained nor cited', reference.span
                )
            continue
        lacking = _lacking(reference)
        if lacking:
            message = f'the reference "{key}" has no {" and no ".join(lacking)}'
            yield problem("reference-incomplete", message, reference.span)


def _all(project: Project) -> bool:
    return project.report is not None and project.report.bibliography.all


def _lacking(reference: Reference) -> list[str]:
    parts = {
        "author": bool(reference.authors.names or reference.words("organization")),
        "title": bool(reference.title),
        "date": reference.date is not None or bool(reference.words("year")),
    }
    return [name for name, there in parts.items() if not there]


def _glyphs(project: Project) -> Iterator[Diagnostic]:
    """Characters that no font has: told before the engine would leave a gap."""
    from synopse.render.fonts import fallbacks

    pool = {letter for text, _ in report_texts(project) for letter in text.text}
    pool |= {letter for read in project.read.values() for letter in read.letters}
    missing = set(fallbacks(pool | project.library.letters)[1])
    if not missing:
        return
    fiches = [scalar for fiche in project.fiches.values() for scalar in citation_texts(fiche)]
    for text in [text for text, _ in all_texts(project)] + fiches:
        for character in sorted(missing & set(text.text)):
            at = text.text.index(character)
            yield _no_glyph(character, text.place(at, at + 1))
    for reference in project.library.references.values():
        if missing & unusual_letters(reference):
            for name in reference.texts:
                for character in sorted(missing & set(reference.words(name))):
                    yield _no_glyph(character, reference.place(name))
            for kind, names in reference.names.items():
                for character in sorted(missing & {c for name in names.names for c in name.full}):
                    yield _no_glyph(character, reference.place(kind))


def _no_glyph(character: str, span: Span) -> Diagnostic:
    import unicodedata

    name = unicodedata.name(character, "a character without a name")
    message = f'no font has the character "{character}" (U+{ord(character):04X}, {name})'
    return problem("missing-glyph", message, span, "write it in another way, or leave it out")
