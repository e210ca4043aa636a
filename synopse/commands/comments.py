"""`doit comments FILE.docx`: a Word file that co-authors gave back in; what they say, at the lines of the sources, out.

What they changed in a text is also a patch, `build/comments.patch`. Nothing is changed by itself.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from synopse.build.run import Run, doit_action
from synopse.commands.formats import TOLD, must_be_one
from synopse.diagnostics import Diagnostic, Rejected, Span, problem
from synopse.diagnostics.console import say
from synopse.export.patch import Edit, applied, patch
from synopse.export.returned import Returned, returned
from synopse.ground.files import write_whole
from synopse.render.html.text import file_token
from synopse.render.pandoc.text import BOOKMARK, place_of_bookmark


@doit_action
def comments(run: Run, format: str = "text", files: list[str] | None = None) -> list[Diagnostic]:
    """Tells what stands in each file; a file that is no Word file is told."""
    must_be_one(format, TOLD)
    if not files:
        raise Rejected([problem("missing-source", "name the Word file: doit comments FILE.docx", Span(""))])
    told: list[tuple[Returned, Span]] = []
    for name in files:
        path = Path(name) if Path(name).is_absolute() else run.root / name
        try:
            told += [(each, place) for each, place in located(run.root, returned(path, BOOKMARK.pattern), name)]
        except (BadZipFile, ParseError, KeyError) as error:
            raise Rejected([problem("not-a-docx", f"this is no Word file: {error}", Span(name))]) from error
    patched, left = patch_of(run.root, told)
    write_whole(run.review.build / "comments.patch", patched)
    write_whole(run.review.build / "comments.md", as_markdown(told))
    if format == "json":
        say(json.dumps([as_data(each, place) for each, place in told], ensure_ascii=False, indent=1))
        return []
    if patched:
        say("the changes as a patch: build/comments.patch (read it, then: git apply build/comments.patch)")
    return [_diagnostic(each, place, place_is_patched(each, left)) for each, place in told]


def place_is_patched(each: Returned, left: list[Returned]) -> bool:
    """Whether a change is in the patch."""
    return each.kind != "comment" and each not in left


def located(root: Path, found: list[Returned], name: str) -> list[tuple[Returned, Span]]:
    """What was found, each with its place in the sources; the file itself where it stands in no text of theirs."""
    files = {file_token(path.relative_to(root).as_posix()): path.relative_to(root).as_posix()
             for folder in ("sources", "bib") for path in (root / folder).rglob("*") if path.is_file()}  # fmt: skip
    placed = []
    for each in found:
        known = place_of_bookmark(each.bookmark)
        file = files.get(known[0]) if known else None
        placed.append((each, Span(file, known[1], known[2]) if known and file else Span(name)))
    return placed


def patch_of(root: Path, told: list[tuple[Returned, Span]]) -> tuple[str, list[Returned]]:
    """The patch of all changes that can be made for sure, and those that cannot."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    left: list[Returned] = []
    for each, place in told:
        if each.kind == "comment":
            continue
        if not place.file.startswith("sources/"):
            left.append(each)
            continue
        if place.file not in before:
            before[place.file] = after[place.file] = (root / place.file).read_text("utf-8")
        made = applied(after[place.file], Edit(place.file, place.line, each.before, each.old, each.new))
        if made is None:
            left.append(each)
        else:
            after[place.file] = made
    return patch(before, after), left


def _said(each: Returned) -> str:
    if each.kind == "comment":
        about = f' on "{each.about}"' if each.about else ""
        return f"{each.author}{about}: {each.text}"
    said = {"insertion": f'puts in "{each.new}"', "deletion": f'takes out "{each.old}"'}
    return f"{each.author} " + said.get(each.kind, f'writes "{each.new}" for "{each.old}"')


def _diagnostic(each: Returned, place: Span, patched: bool) -> Diagnostic:
    hints = [f"on {each.date}"] if each.date else []
    if not each.bookmark:
        hints.append("no source says these words: the program writes them")
    elif each.kind != "comment":
        hints.append("in build/comments.patch" if patched else "not in the patch: make it by hand")
    return problem("docx-comment" if each.kind == "comment" else "docx-change", _said(each), place, "; ".join(hints))


def as_data(each: Returned, place: Span) -> dict[str, Any]:
    """One of them as data."""
    made = {name: value for name, value in asdict(each).items() if value and name != "bookmark"}
    return made | {"file": place.file, "line": place.line, "column": place.column}


def as_markdown(told: list[tuple[Returned, Span]]) -> str:
    """All of them as a list in Markdown, by place."""
    return "".join(f"- `{place.file}:{place.line}:{place.column}` {_said(each)}\n" for each, place in told)
