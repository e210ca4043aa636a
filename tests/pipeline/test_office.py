"""To Word and back: real pandoc and LibreOffice, and comments and changes of two authors that come back at their lines."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from synopse.build.session import Session
from synopse.export.patch import Edit, applied
from synopse.export.returned import returned
from synopse.render.html.text import file_token
from synopse.render.pandoc.text import place_of_bookmark
from synopse.synthesis.table import Table
from tests.conftest import ROOT, copy_project, doit
from tests.reports.make import write_report

pytestmark = pytest.mark.slow
SEED = (ROOT / "tests/seed/meta-analyse-llm.txt").read_text("utf-8")
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")
OURS = r"s_f[0-9a-z]+_\d+_\d+_\d+$"
AUTHORS = ("Ana Lima", "Bo Chen")


@pytest.fixture(scope="module")
def shipped(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped report with its Word file."""
    project = tmp_path_factory.mktemp("office") / "project"
    shutil.copytree(built, project)
    done = doit(project, "docx")
    assert done.returncode == 0 and "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    assert "[WARNING]" not in done.stdout + done.stderr  # what pandoc says of pictures that are drawn here
    return project


def plain(text: str) -> str:
    return re.sub(r"[^\w]", "", text).lower()


def text_of(path: Path) -> str:
    """All the words of a Word file, notes and tables as well."""
    with zipfile.ZipFile(path) as archive:
        whole = archive.read("word/document.xml").decode("utf-8") + archive.read("word/footnotes.xml").decode("utf-8")
    return (
        "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", whole))
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
    )


def test_the_word_file_holds_every_sentence_every_cell_and_every_reference(shipped: Path) -> None:
    said = plain(text_of(shipped / "build/report.docx"))
    for line in SEED.splitlines():
        words = plain(re.sub(r"^[\s•o\-\d.]+", "", line))
        assert len(words) < 25 or words in said, line
    session = Session(shipped)
    for table in (part for part in session.synthesis[0] if isinstance(part, Table)):
        for cell in (cell for row in table.rows for cell in row.cells):
            for part in cell.said(session.project.words, session.project.corpus.cited).split("\n"):
                assert plain(part) in said, (table.id, part)
    for title in re.findall(
        r"^  title\s*= \{(.*)\},$", (shipped / "build/references.bib").read_text("utf-8"), re.MULTILINE
    ):
        assert plain(title) in said


def test_headings_tables_pictures_and_notes_are_words_own(shipped: Path) -> None:
    made = docx.Document(str(shipped / "build/report.docx"))
    styles = {paragraph.style.name for paragraph in made.paragraphs if paragraph.style is not None}
    assert {"Heading 1", "Heading 2", "Heading 3", "Title"} <= styles
    captions = [each.text for each in made.paragraphs if re.match(r"Tableau\s4\.\d+ – ", each.text)]
    assert len(captions) >= 8
    xml = made.element.xml
    assert (
        xml.count("<w:tblHeader") >= 8
        and "TOC \\o" in xml
        and "w:lang" in zipfile.ZipFile(shipped / "build/report.docx").read("word/styles.xml").decode()
    )
    with zipfile.ZipFile(shipped / "build/report.docx") as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert sum(name.endswith(".svg") for name in media) == sum(name.endswith(".png") for name in media) == 2
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml)
    assert len(alts) == 2 and all(len(alt) > 20 for alt in alts)


def test_numbers_are_those_of_the_pdf(shipped: Path) -> None:
    pdf = subprocess.run(
        ["pdftotext", str(shipped / "build/report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    printed = dict(re.findall(r"^(?:Table|Tableau) ([\d.]+)\s?[–:]\s(.{8})", pdf.replace("\u00a0", " "), re.MULTILINE))
    made = docx.Document(str(shipped / "build/report.docx"))
    shown = dict(match for each in made.paragraphs for match in re.findall(r"^Tableau\s([\d.]+) – (.{8})", each.text))
    assert len(shown) >= 8 and all(printed[number] == words for number, words in shown.items() if number in printed)


def test_the_same_sources_give_the_same_file(shipped: Path) -> None:
    first = (shipped / "build/report.docx").read_bytes()
    assert doit(shipped, "docx").returncode == 0
    assert (shipped / "build/report.docx").read_bytes() == first


@pytest.mark.parametrize(("to", "name"), [("odt", "report.odt"), ("epub", "report.epub"), ("jats", "report.jats.xml")])
def test_other_formats_come_of_the_same_tree(shipped: Path, to: str, name: str) -> None:
    done = doit(shipped, "docx", "--to", to)
    assert done.returncode == 0, done.stdout + done.stderr
    data = (shipped / "build" / name).read_bytes()
    assert len(data) > 20_000
    if to == "jats":
        assert "Coût élevé de calcul" in data.decode("utf-8")


def test_a_format_that_is_none_is_told(shipped: Path) -> None:
    done = doit(shipped, "docx", "--to", "wordperfect")
    assert done.returncode != 0 and "wordperfect" in done.stdout and "Traceback" not in done.stdout


def test_live_citations_carry_the_work_itself(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    report = project / "sources/report.yaml"
    text = report.read_text("utf-8")
    report.write_text(
        text.replace("Ce rapport permettra", "Voir [@tie2025posttraining]. Ce rapport permettra", 1), "utf-8"
    )
    assert doit(project, "docx", "--zotero").returncode == 0
    xml = zipfile.ZipFile(project / "build/report.docx").read("word/document.xml").decode("utf-8")
    code = re.search(r"ADDIN ZOTERO_ITEM CSL_CITATION (\{.*?\}) </w:instrText>", xml)
    assert code is not None
    data = json.loads(code[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    assert data["citationItems"][0]["itemData"]["title"] == "A Survey on Post-training of Large Language Models"


def places(root: Path) -> dict[str, str]:
    """The files of the sources by their tokens."""
    paths = [*(root / "sources").rglob("*.yaml"), *(root / "bib").glob("*.bib")]
    return {file_token(path.relative_to(root).as_posix()): path.relative_to(root).as_posix() for path in paths}


def runs_in_bookmarks(made: Any) -> list[tuple[str, Any]]:
    """Every run of words that stands in a bookmark of ours, with its name."""
    found = []
    for paragraph in made.element.body.iter(qn("w:p")):
        open_: dict[str, str] = {}
        for child in paragraph.iter():
            if child.tag == qn("w:bookmarkStart") and re.match(OURS, child.get(qn("w:name"))):
                open_[child.get(qn("w:id"))] = child.get(qn("w:name"))
            elif child.tag == qn("w:bookmarkEnd"):
                open_.pop(child.get(qn("w:id")), None)
            elif (
                child.tag == qn("w:r")
                and open_
                and child.find(qn("w:t")) is not None
                and child.getparent().tag == qn("w:p")
            ):
                found.append((list(open_.values())[-1], child))
    return found


def change(run: Any, kind: str, author: str, number: int) -> tuple[str, str]:
    """Deletes a word of a run, or puts one in, as Word tracks it: the old and the new words."""
    text = run.find(qn("w:t")).text
    words = list(re.finditer(r"[^\s]{5,}", text))
    match = words[number % len(words)]
    head, word, tail = text[: match.start()], match[0], text[match.end() :]
    pieces = []
    for part, deleted, inserted in ((head, False, False), (word, kind != "insertion", False), ("Neuf" if kind != "deletion" else "", False, True),
                                    (word if kind == "insertion" else "", False, False), (tail, False, False)):  # fmt: skip
        if not part:
            continue
        copy = deepcopy(run)
        node = copy.find(qn("w:t"))
        node.text = part + (" " if inserted and kind == "insertion" else "")
        node.set(qn("xml:space"), "preserve")
        if deleted:
            node.tag = qn("w:delText")
        if deleted or inserted:
            wrapper = OxmlElement("w:del" if deleted else "w:ins")
            wrapper.set(qn("w:id"), str(9000 + number * 2 + inserted))
            wrapper.set(qn("w:author"), author)
            wrapper.set(qn("w:date"), "2026-01-02T03:04:05Z")
            wrapper.append(copy)
            copy = wrapper
        pieces.append(copy)
    for piece in pieces:
        run.addprevious(piece)
    run.getparent().remove(run)
    return (
        word if kind != "insertion" else "",
        "Neuf" + (" " if kind == "insertion" else "") if kind != "deletion" else "",
    )


def marked_up(
    source: Path, target: Path, seed: int, count: int = 30
) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """A copy of a Word file with comments and changes at random places: text and bookmark of each comment, and of each change
    its words and bookmark."""
    from docx.text.run import Run as WordRun

    chance = random.Random(seed)
    made = docx.Document(str(source))
    runs = [
        (name, run)
        for name, run in runs_in_bookmarks(made)
        if len(run.find(qn("w:t")).text) > 12 and re.search(r"\S{5,}", run.find(qn("w:t")).text)
    ]
    chosen = chance.sample(runs, count * 2)
    comments, changes = [], []
    for number, (name, run) in enumerate(chosen[:count]):
        text = f"Remarque {number} sur ceci"
        made.add_comment(runs=[WordRun(run, made)], text=text, author=AUTHORS[number % 2], initials="XX")
        comments.append((text, name))
    for number, (name, run) in enumerate(chosen[count:]):
        kind = ("deletion", "insertion", "replacement")[number % 3]
        old, new = change(run, kind, AUTHORS[number % 2], number)
        changes.append((old, new, name))
    made.save(str(target))
    return comments, changes


def told_places(root: Path, file: Path) -> list[dict[str, Any]]:
    done = doit(root, "comments", "--format", "json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def expected(root: Path, name: str) -> tuple[str, int, int]:
    known = place_of_bookmark(name)
    assert known is not None
    return places(root)[known[0]], known[1], known[2]


@pytest.mark.parametrize(
    "through", [False, pytest.param(True, marks=needs_office)], ids=["as it was saved", "through LibreOffice"]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_thirty_comments_and_thirty_changes_come_back_at_their_places(
    shipped: Path, tmp_path: Path, seed: int, through: bool
) -> None:
    file = tmp_path / "back.docx"
    comments, changes = marked_up(shipped / "build/report.docx", file, seed)
    if through:
        out = tmp_path / "out"
        subprocess.run(
            [OFFICE or "", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(file)],
            check=True,
            capture_output=True,
        )
        file = out / "back.docx"
    told = told_places(shipped, file)
    by_text = {each["text"]: each for each in told if each["kind"] == "comment"}
    for text, name in comments:
        each = by_text[text]
        assert (each["file"], each["line"], each["column"]) == expected(shipped, name), text
        assert each["author"] in AUTHORS and each["date"]
    found = [
        ((each.get("old", "").strip(), each.get("new", "").strip()), (each["file"], each["line"], each["column"]))
        for each in told
        if each["kind"] != "comment"
    ]
    for old, new, name in changes:
        assert ((old.strip(), new.strip()), expected(shipped, name)) in found, (old, new)


def test_a_change_where_the_program_writes_is_told_as_such(shipped: Path, tmp_path: Path) -> None:
    from docx.text.run import Run as WordRun

    made = docx.Document(str(shipped / "build/report.docx"))
    heading = next(p for p in made.paragraphs if p.style is not None and p.style.name == "Heading 1")
    made.add_comment(runs=[WordRun(heading.runs[-1]._r, heading)], text="Un autre titre ?", author="Ana", initials="A")
    file = tmp_path / "heading.docx"
    made.save(str(file))
    done = doit(shipped, "comments", str(file))
    assert "Un autre titre ?" in done.stdout and "no source says these words" in done.stdout


def test_changes_come_as_a_patch_that_git_applies(tmp_path: Path) -> None:
    root = write_report("pico", "en", tmp_path / "pico")
    for name in ("synopse", "templates"):
        (root / name).unlink()
        shutil.copytree(ROOT / name, root / name)
    assert doit(root, "docx").returncode == 0
    for command in (
        ["init", "-q"],
        ["add", "sources"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    file = tmp_path / "back.docx"
    marked_up(root / "build/report.docx", file, 5, 12)
    done = doit(root, "comments", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    before = {path: yaml.safe_load(path.read_text("utf-8")) for path in (root / "sources/fiches").glob("*.yaml")}
    assert (
        subprocess.run(
            ["git", "status", "--porcelain", "sources"], cwd=root, capture_output=True, text=True, check=True
        ).stdout
        == ""
    )
    subprocess.run(["git", "apply", "build/comments.patch"], cwd=root, check=True)
    differing = sum(yaml.safe_load(path.read_text("utf-8")) != data for path, data in before.items())
    assert differing >= 3 and (root / "build/comments.md").read_text("utf-8").count("\n") == 24
    assert doit(root, "check").returncode == 0


def test_changes_since_a_revision_are_tracked_in_the_word_file(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    for command in (
        ["init", "-q"],
        ["add", "sources", "bib"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=project, check=True)
    fiche = project / "sources/fiches/tie2025posttraining.yaml"
    text = fiche.read_text("utf-8")
    assert "Coût élevé" in text
    fiche.write_text(text.replace("Coût élevé", "Coût très élevé", 1), "utf-8")
    done = doit(project, "docx", "--since", "HEAD")
    assert done.returncode == 0, done.stdout + done.stderr
    found = returned(project / "build/report.docx", OURS)
    assert [(each.kind, each.new.strip(), each.old) for each in found] == [("insertion", "très", "")]


@pytest.mark.parametrize(
    ("text", "edit", "made"),
    [
        ("forces:\n- L'effet tient.\n", ("L’effet ", "tient", "dure"), "forces:\n- L'effet dure.\n"),
        ("forces:\n- Un mot, un mot.\n", ("Un mot, un ", "mot", "autre"), "forces:\n- Un mot, un autre.\n"),
        ("a: x\nforces:\n- Oui.\n", ("", "Non", "Si"), None),
        ("forces: [Oui, Non]\n", ("", "Oui", "a: [b"), None),
        ("forces:\n- Deux\n  lignes ici.\n", ("Deux lignes ", "ici", "là"), "forces:\n- Deux\n  lignes là.\n"),
    ],
)
def test_a_change_is_made_for_sure_or_not_at_all(text: str, edit: tuple[str, str, str], made: str | None) -> None:
    assert applied(text, Edit("sources/fiches/a.yaml", 1, *edit)) == made


@needs_office
def test_libreoffice_opens_the_file_and_shows_every_chapter(shipped: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            OFFICE or "",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(shipped / "build/report.docx"),
        ],
        check=True,
        capture_output=True,
    )
    said = subprocess.run(
        ["pdftotext", str(tmp_path / "report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (
        "1 Introduction",
        "3 Fiches de lecture",
        "4 Synthèse comparative",
        "Bibliographie",
        "Coût élevé de calcul",
    ):
        assert words in said
