"""A folder read into a project: what cannot be read, or is read by no one, is told as what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import doit
from tests.diagnostics.cases import first_lines, problems, write_project

ONE = b"key: a\nstatus: partial\n"


def test_what_editors_leave_beside_a_fiche_is_not_read(tmp_path: Path) -> None:
    root = write_project(tmp_path, {})
    fiches = root / "sources/fiches"
    os.symlink("me@host.1234:5678", fiches / ".#a.yaml")
    (fiches / "._a.yaml").write_bytes(b"\x00\x05\x16\x07")
    (fiches / "#a.yaml#").write_bytes(b"key: [")
    (fiches / "a.yaml~").write_bytes(ONE)
    (root / "bib/._a.bib").write_bytes(b"\x00\x05\x16\x07")
    assert problems(root) == []


def test_a_folder_with_the_name_of_a_source_is_told_as_a_folder(tmp_path: Path) -> None:
    root = write_project(tmp_path, {})
    (root / "bib/old.bib").mkdir()
    (root / "sources/fiches/b.yaml").mkdir()
    assert first_lines(problems(root)) == [
        "bib/old.bib:1:1: error[missing-source]: bib/old.bib cannot be read: it is a folder, not a file",
        "sources/fiches/b.yaml:1:1: error[missing-source]: "
        "sources/fiches/b.yaml cannot be read: it is a folder, not a file",
    ]


def test_a_link_that_leads_nowhere_is_told_as_a_link(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"sources/vocabulary.yaml": b"(absent)"})
    os.symlink("../elsewhere/v.yaml", root / "sources/vocabulary.yaml")
    assert first_lines(problems(root)) == [
        "sources/vocabulary.yaml:1:1: error[missing-source]: sources/vocabulary.yaml cannot be read: "
        "it is a link to ../elsewhere/v.yaml, which is not there"
    ]


def test_a_chapter_with_a_text_and_a_file_is_told(tmp_path: Path) -> None:
    report = "title: T\nfiches: [a]\nchapters:\n  - {title: M, text: perdu, file: m.md}\n"
    root = write_project(tmp_path, {"sources/report.yaml": report.encode(), "sources/m.md": b"Texte.\n"})
    assert first_lines(problems(root)) == [
        "sources/report.yaml:4:22: error[text-and-file]: "
        "a chapter has a text or a file, not both: the text would not be printed"
    ]


def test_a_source_that_no_one_reads_is_told(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"sources/vocabulary.yml": b"themes: [x]\n", "sources/b.yaml": ONE})
    assert first_lines(problems(root)) == [
        "sources/b.yaml:1:1: warning[unread-source]: "
        "sources/b.yaml is not read: it is none of report.yaml, form.yaml, vocabulary.yaml",
        "sources/vocabulary.yml:1:1: warning[unread-source]: "
        "sources/vocabulary.yml is not read: it is none of report.yaml, form.yaml, vocabulary.yaml",
    ]


MISTAKES = {
    "a number in quotes": 'title: T\nlang: en\nfiches: [a, c]\nselection: {identified: {databases: "1,120"}}\n',
    "an unknown key": "titel: T\ntitle: T\nlang: en\nfiches: [a, c]\n",
    "no title": "lang: en\nfiches: [a, c]\n",
    "a wrong item": "title: T\nlang: en\nfiches: [a, {x: y}, c]\n",
    "no YAML": 'lang: en\ntitle: "T\nfiches:\n  - a\n  - c\n',
}


@pytest.mark.parametrize("report", MISTAKES.values(), ids=MISTAKES)
def test_what_can_be_read_of_a_report_with_mistakes_serves_the_other_messages(report: str, tmp_path: Path) -> None:
    fiche = b"key: a\nstatus: partial\neffectif: '1,234.5'\ndebut: 12/05/2016\n"
    more = b"@misc{a, author={Un, A}, title={T}, date={2025}}\n@misc{c, author={Trois, C}, title={U}, date={2025}}\n"
    root = write_project(
        tmp_path, {"sources/report.yaml": report.encode(), "sources/fiches/a.yaml": fiche, "bib/a.bib": more}
    )
    told = first_lines(problems(root))
    readings = [line for line in told if "two readings" in line]
    assert len(readings) == 1 and readings[0].endswith("12 May 2016 or 5 December 2016")
    assert not [line for line in told if "unused-reference" in line]
    assert [line for line in told if "sources/fiches/" in line] == readings  # 1,234.5 is a number in English
    assert any(line.startswith("sources/report.yaml") and "error" in line for line in told)


def test_a_reference_is_not_said_to_be_unused_where_a_fiche_cannot_be_read(tmp_path: Path) -> None:
    fiche = b"key: a\nstatus: partial\nquestion: as in @c\nnowhere: x\n"
    more = b"@misc{a, author={Un, A}, title={T}, date={2025}}\n@misc{c, author={Trois, C}, title={U}, date={2025}}\n"
    root = write_project(tmp_path, {"sources/fiches/a.yaml": fiche, "bib/a.bib": more})
    told = first_lines(problems(root))
    assert [line for line in told if "unknown-field" in line] and not [line for line in told if "unused" in line]


@pytest.mark.slow
def test_fiches_of_one_name_in_two_folders_are_two_fiches(project: Path) -> None:
    fiches = project / "sources/fiches"
    for name, key in (("rct/q.yaml", "one"), ("q.yaml", "two"), ("q.yml", "three"), ("Q.YAML", "four")):
        (fiches / name).parent.mkdir(exist_ok=True)
        (fiches / name).write_text(f"key: {key}\nstatus: todo\ncitation: {{title: T, date: 2020}}\n")
    report = (project / "sources/report.yaml").read_text("utf-8")
    report = report.replace("fiches:\n", "fiches:\n" + "".join(f"  - {k}\n" for k in ("one", "two", "three", "four")))
    (project / "sources/report.yaml").write_text(report, "utf-8")
    done = doit(project, "fiche")
    assert done.returncode == 0, done.stdout
    names = sorted(path.name for path in (project / "build/tex/fiches").glob("q*.tex"))
    assert len(names) == 4 and names[-1] == "q.tex"
    texts = [path.read_text("utf-8") for path in (project / "build/tex/fiches").glob("q*.tex")]
    assert sorted(text.split("fiche:")[1].split("}")[0] for text in texts) == ["four", "one", "three", "two"]


@pytest.mark.slow
def test_check_tells_a_file_that_it_may_not_read_as_what_it_is(project: Path) -> None:
    (project / "bib/old.bib").mkdir()
    done = doit(project, "check")
    assert "bib/old.bib cannot be read: it is a folder" in done.stdout and "internal" not in done.stdout


@pytest.mark.slow
def test_an_emacs_buffer_with_unsaved_changes_stops_no_command(project: Path) -> None:
    os.symlink("me@host.1234:5678", project / "sources/fiches/.#tie.yaml")
    listed, checked = doit(project, "list"), doit(project, "check")
    assert listed.returncode == 0 and "Traceback" not in listed.stderr
    assert checked.returncode == 0 and ".#tie" not in checked.stdout


def test_a_link_that_leads_out_of_the_templates_is_told_and_not_followed(tmp_path: Path) -> None:
    """Templates may be somebody else's: what they name outside would stand in the report."""
    root = write_project(tmp_path / "project", {})
    templates = root / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "own.sty").write_text("% mine\n")
    (templates / "within.sty").symlink_to("own.sty")
    assert problems(root) == []
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.tex").write_text("secret\n")
    for name, target in (("logo.pdf", "../../secret/key.tex"), ("more", tmp_path / "secret")):
        (templates / name).symlink_to(target)
        (found,) = problems(root)
        assert (str(found.span), found.code) == (f"templates/{name}:1:1", "template-error")
        (templates / name).unlink()
