"""`doit changes`: two states of the sources in; what is new, changed and gone, paper by paper and table by table, out.

The earlier state is a git revision, or a snapshot that an earlier build left in `.synopse/snapshots`.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from synopse.build.run import Run, doit_action
from synopse.build.session import Session
from synopse.build.snapshots import FOLDERS, folder_of, same, states, when
from synopse.diagnostics import Diagnostic, Severity, Span, problem
from synopse.export.values import tables_of, value_of
from synopse.ground.files import write_whole
from synopse.ground.notes import put, working
from synopse.locale import Catalogue
from synopse.model.fiche import fiche_texts
from synopse.render.html.text import escape, identifier, place_token
from synopse.synthesis.corpus import Paper
from synopse.synthesis.table import Table


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is about, `new`, `changed` or `gone`, and the words before and after."""

    subject: str
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two states."""

    papers: tuple[Change, ...]
    tables: tuple[Change, ...]


def compare(old: Session, new: Session) -> Changes:
    """The differences between two states of one report."""
    return Changes(tuple(_papers(old, new)), tuple(_tables(old, new)))


def _papers(old: Session, new: Session) -> Iterator[Change]:
    before, after = old.project.corpus.by_key, new.project.corpus.by_key
    for key, paper in after.items():
        if key not in before:
            yield Change(paper.label, "new")
            continue
        yield from _fields(before[key], old, paper, new)
    for key, paper in before.items():
        if key not in after:
            yield Change(paper.label, "gone")


def _fields(before: Paper, old: Session, after: Paper, new: Session) -> Iterator[Change]:
    names = dict.fromkeys([*old.project.corpus.form.fields, *new.project.corpus.form.fields])
    if before.fiche.status != after.fiche.status:
        said = new.project.words
        words = (said[f"status.{before.fiche.status}"], said[f"status.{after.fiche.status}"])
        yield Change(f"{after.label}, {said['column.status']}", "changed", *words)
    for name in names:
        first = _parts(before, old, name)
        second = _parts(after, new, name)
        title = new.project.corpus.title_of(name) if name in new.project.corpus.form.fields else name
        gone = [part for part in first if part not in second]
        come = [part for part in second if part not in first]
        for was, now in zip(gone, come, strict=False):
            yield Change(f"{after.label}, {title}", "changed", was, now)
        for now in come[len(gone) :]:
            yield Change(f"{after.label}, {title}", "new", "", now)
        for was in gone[len(come) :]:
            yield Change(f"{after.label}, {title}", "gone", was)


def _parts(paper: Paper, session: Session, name: str) -> list[str]:
    if name not in session.project.corpus.form.fields:
        return []
    return [part for part in session.project.corpus.plain_field(paper, name).split("\n") if part]


def _tables(old: Session, new: Session) -> Iterator[Change]:
    before = {table.id: table for table in tables_of(old.synthesis[0])}
    after = {table.id: table for table in tables_of(new.synthesis[0])}
    words = new.project.words
    for name, table in after.items():
        if name not in before:
            yield Change(table.title, "new")
            continue
        count = _differing(before[name], table, words)
        if count:
            yield Change(table.title, "changed", "", words.said("changes.cells", n=count))
    for name, table in before.items():
        if name not in after:
            yield Change(table.title, "gone")


def _cells(table: Table, words: Catalogue) -> dict[tuple[str, str], str]:
    """Every cell by the label of its row and the title of its column."""
    return {
        (row.cells[0].text, column.title): str(value_of(cell, words) or "")
        for row in table.rows
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=False)
    }


def _differing(before: Table, after: Table, words: Catalogue) -> int:
    first, second = _cells(before, words), _cells(after, words)
    return sum(first.get(place, "") != second.get(place, "") for place in {**first, **second})


def write_changes(session: Session, since: str) -> list[Diagnostic]:
    """Writes `build/changes.md` and `build/tex/changes.tex`."""
    session.checked_project()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        named = since or latest(session.root)
        wrong = restore(session.root, named, root)
        if wrong:
            return [wrong]
        old = Session(root)
        if old.project.broken:
            return _of_then(old.project.diagnostics, since or f".synopse/snapshots/{named}")
        shown = when(named)
        old.call(_same_labels(old, session))
        found = compare(old, session)
        words = session.project.words
        write_whole(session.build / "changes.md", as_markdown(found, words, shown))
        from synopse.render.latex.environment import render
        from synopse.render.latex.linemap import without_marks
        from synopse.render.latex.needs import tell_needs

        latex = render(session.document.environment, "changes.tex", changes=found, since=shown)
        with working() as work:
            text = without_marks(latex)[0]
            put(session.review.changes, text)
            put(session.review.fresh, json.dumps({"html": as_html(found, words, shown), "fresh": fresh(old, session)}))
            tell_needs(text)
        session.store.keep("changes", work, session.facts)
    from synopse.diagnostics.console import say

    say(as_markdown(found, words, shown).rstrip("\n"))
    return []


def fresh(old: Session, new: Session) -> list[str]:
    """What is new in the fiches: of a paper that has come its id, else the place of each remark that says what none said."""
    found: list[str] = []
    before = old.project.corpus.by_key
    for paper in new.project.corpus.papers:
        if paper.key not in before:
            found.append(identifier(paper.key))
            continue
        known = {text.text.strip() for text in fiche_texts(before[paper.key].fiche)}
        for name in new.project.corpus.form.fields:
            for remark in paper.fiche.remarks(name):
                if remark.text is not None and remark.text.text.strip() not in known:
                    found.append(place_token(remark.span))
    return found


def as_html(found: Changes, words: Catalogue, since: str) -> str:
    """The changes as a section of the web page."""
    said = [f'<section class="chapter"><h2 id="to-changes">{escape(words["changes"])}</h2>']
    said.append(f"<p>{escape(words.said('changes.since', revision=since))}</p>")
    if not found.papers and not found.tables:
        said.append(f"<p>{escape(words['changes.none'])}</p>")
    for title, group in ((words["changes.papers"], found.papers), (words["changes.tables"], found.tables)):
        if group:
            items = "".join(
                f"<li><b>{escape(words[f'changes.{each.kind}'])}</b> {escape(each.subject)}"
                + (f": <del>{escape(each.before)}</del>" if each.before else "")
                + (f" <ins>{escape(each.after)}</ins>" if each.after else "")
                + "</li>"
                for each in group
            )
            said.append(f"<h3>{escape(title)}</h3><ul>{items}</ul>")
    return "\n".join([*said, "</section>"])


def _of_then(found: list[Diagnostic], state: str) -> list[Diagnostic]:
    """The errors of an earlier state, at their places as git names them (`HEAD~1:sources/report.yaml`)."""
    errors = [each for each in found if each.severity is Severity.ERROR]
    why = "an earlier state with errors cannot be compared: choose another one with --since"
    return [
        replace(each, span=replace(each.span, file=f"{state}:{each.span.file}"), hints=(*each.hints, why))
        for each in errors
    ]


def _same_labels(old: Session, new: Session) -> dict[str, str]:
    """The labels of now for the papers of then, so that only what was written differs."""
    return {paper.key: paper.label for paper in new.project.corpus.papers}


def as_markdown(found: Changes, words: Catalogue, since: str) -> str:
    """The changes as Markdown."""
    lines = [f"# {words['changes']}", "", words.said("changes.since", revision=since), ""]
    if not found.papers and not found.tables:
        return "\n".join([*lines, words["changes.none"], ""])
    for title, group in ((words["changes.papers"], found.papers), (words["changes.tables"], found.tables)):
        if group:
            lines += [f"## {title}", ""]
            lines += [f"- **{words[f'changes.{each.kind}']}** {each.subject}{_words(each)}" for each in group]
            lines.append("")
    return "\n".join(lines)


_TILDES = re.compile(r"^~|~$|~(?=~)|(?<=~)~")
"""Tildes that would be taken for the marks around what is gone."""


def _words(change: Change) -> str:
    if change.before and change.after:
        gone = _TILDES.sub(r"\\~", change.before)
        return f": ~~{gone}~~ → {change.after}"
    return f": {change.before or change.after}" if change.before or change.after else ""


def latest(root: Path) -> str:
    """The name of the latest snapshot that is not as the sources are now; empty where there is none."""
    return next((path.name for path in states(root) if not same(root, path)), "")


def restore(root: Path, since: str, target: Path) -> Diagnostic | None:
    """Puts the earlier state of the sources into `target`: of a git revision, else of a snapshot."""
    if (root / "templates").is_dir():
        shutil.copytree(root / "templates", target / "templates")
    snapshots = folder_of(root)
    named = snapshots / (since or latest(root) or "none")
    if since and not since.startswith("-") and _restored_by_git(root, since, target):
        return None
    if named.is_dir() and named.resolve().is_relative_to(snapshots.resolve()):
        for name in FOLDERS:
            if (named / name).is_dir():
                shutil.copytree(named / name, target / name)
        return None
    what = f'"{since}" is neither a git revision nor a snapshot' if since else "there is no snapshot to compare with"
    hint = "give a revision with --since, such as HEAD~1, or the name of a folder of .synopse/snapshots"
    return problem("missing-source", what, Span(".synopse/snapshots"), hint)


def _restored_by_git(root: Path, since: str, target: Path) -> bool:
    """Puts the folders of a git revision into `target`; one that did not exist then is simply not there."""

    def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)

    listed = git("ls-tree", "--name-only", since, "--", *FOLDERS)
    if listed.returncode != 0:
        return False
    there = [f"./{name}" for name in listed.stdout.decode("utf-8", "replace").splitlines()]
    done = git("archive", "--format=tar", since, "--", *there) if there else None
    if done is None or done.returncode != 0:
        return done is None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            stream = archive.extractfile(member) if member.isfile() and name.startswith(FOLDERS) else None
            if stream is not None and ".." not in name.split("/"):
                write_whole(target / name, stream.read())
    return True


@doit_action
def changes(run: Run, since: str = "") -> list[Diagnostic]:
    """`doit changes --since REV`: what is new, changed and gone, as LaTeX and Markdown."""
    return write_changes(run.session, since)
