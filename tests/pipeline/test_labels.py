"""One source of labels: what a citation prints is what the table, heading, picture and CSV of the same report print."""

from __future__ import annotations

import csv
import html
import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, doit, pdf_text

pytestmark = pytest.mark.slow

FORM = """
sections:
  - id: reference
    title: Reference
    draws: reference
  - id: notes
    title: Notes
    fields:
      - {id: gist, type: text, title: Gist}
      - {id: methods, type: terms, title: Methods}
"""
PEOPLE = ["Smith, John", "Smith, Jane", "Smith, J.", "Smith, James", "Jones, Mary", "van der Berg, Ada", "Berg, Bo",
          "de la Cruz, Ana", "{World Health Organization}", "Zhao, Zeli", "Élie, Noël", "O'Neil, Pat", "Ünal, Ökö",
          "{Groupe d'étude}", "Müller-Lüdenscheidt, Kai", "King, Jr, Martin Luther"]  # fmt: skip
TITLES = ["Zebra", "Apples and Oranges", "A Study", "The Study", "On the Measure of Things: A Long Title That Goes On and On",
          "Interviews with Directors of Banks, Ministries, Museums and Schools", "Étude", "Élan", "An \\emph{in vivo} Trial",
          "{DNA} repair", "Mean $x^2$ values", "“Quoted” words"]  # fmt: skip


def library(seed: int, size: int = 14) -> dict[str, str]:
    """Entries by key: few names and years, so that they clash; some without author, some without date."""
    dice = random.Random(seed)
    entries = {}
    for number in range(size):
        fields = [f"title = {{{dice.choice(TITLES)}}}"]
        people = dice.sample(PEOPLE, dice.choice([0, 1, 1, 2, 2, 3, 5])) + (["others"] if dice.random() < 0.1 else [])
        if people and people != ["others"]:
            fields.append(f"{dice.choice(['author'] * 5 + ['editor'])} = {{{' and '.join(people)}}}")
        when = dice.choice(["2020", "2020", "2020-03", "2021", "2019/2021", "", "forthcoming"])
        if when:
            fields.append("pubstate = {forthcoming}" if when == "forthcoming" else f"date = {{{when}}}")
        kind = dice.choice(["article", "misc", "book", "online"])
        fields.append("journaltitle = {Journal}" if kind == "article" else "note = {n}")
        entries[f"key{number}"] = f"@{kind}{{key{number}, {', '.join(fields)}}}"
    return entries


def make(project: Path, style: str, lang: str, seed: int) -> list[str]:
    """Writes a report in which every key is retained or only cited, and every key is cited in a sentence; the keys."""
    for name in ("synopse", "templates"):
        (project / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "dodo.py", project / "dodo.py")
    (project / "sources/fiches").mkdir(parents=True)
    (project / "bib").mkdir()
    entries = library(seed)
    (project / "bib/all.bib").write_text("\n".join(entries.values()), "utf-8")
    keys = list(entries)
    retained = keys[: len(keys) * 2 // 3]
    for key in retained:
        text = f"key: {key}\nstatus: todo\ngist: A word.\nmethods: [survey, trial]\n"
        (project / f"sources/fiches/{key}.yaml").write_text(text, "utf-8")
    cited = "\n".join(f"  - Begin{number}: @{key} end{number}. Later [@{key}]." for number, key in enumerate(keys))
    synthesis = "\n".join(f"  - {{kind: {kind}, field: methods}}" for kind in ("matrix", "heatmap"))
    (project / "sources/report.yaml").write_text(
        f"title: Labels\nlang: {lang}\nbibliography: {{style: {style}, apart: {str(style in APART).lower()}}}\n"
        f"introduction: |\n{cited}\n"
        f"fiches: [{', '.join(retained)}]\nsynthesis:\n  - {{kind: characteristics}}\n{synthesis}\n  - {{kind: timeline}}\n",
        "utf-8",
    )
    (project / "sources/form.yaml").write_text(FORM, "utf-8")
    return retained


def bare(text: str) -> str:
    """Letters and signs without spaces, hyphens at line ends, or the difference between quotes."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u200b‐^-]|\f", "", text).replace("’", "'").replace("‘", "'")


CASES = [("authoryear", "fr", 1), ("numeric", "en", 3), ("alphabetic", "fr", 4), ("apa", "en", 5), ("authortitle", "en", 8),
         ("verbose", "fr", 9)]  # fmt: skip
APART = ("numeric",)
"""Styles tried with the retained papers in a list of their own."""


@pytest.fixture(scope="module", params=CASES, ids=lambda case: "-".join(map(str, case)))
def report(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, list[str]]]:
    style, lang, seed = request.param
    project = tmp_path_factory.mktemp("labels")
    retained = make(project, style, lang, seed)
    done = doit(project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("lualatex, pass") == 2 and "  biber " not in done.stdout, done.stdout
    yield style, project, retained


def rows(project: Path, name: str) -> list[list[str]]:
    with (project / f"build/tables/{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_what_a_citation_prints_is_what_tables_headings_pictures_and_files_print(
    report: tuple[str, Path, list[str]],
) -> None:
    style, project, retained = report
    text = bare(pdf_text(project / "build/report.pdf"))
    labels = [row[0] for row in rows(project, "characteristics")[1:]]
    assert len(labels) == len(retained)
    for number, label in enumerate(labels):
        printed = re.search(rf"Begin{number}:(.*?)end{number}\.", text)
        assert printed, number
        if style == "verbose":  # cites in notes: the label is what a note says of a work that was cited before
            assert text.count(bare(label)) >= 4
        else:
            assert printed[1] == bare(label)
    heads = rows(project, "matrix-methods")[0][1 : len(labels) + 1]
    assert heads == [f"{label} [{key}]" for label, key in zip(labels, retained, strict=True)]
    shown = {row[0] for row in rows(project, "timeline")[1:]}
    assert shown <= set(labels)
    picture = ["pdftotext", "-raw", str(project / "build/tex/figures/timeline.pdf"), "-"]
    timeline = bare(subprocess.run(picture, capture_output=True, text=True, check=True).stdout)
    assert [label for label in shown if bare(label) not in timeline] == []
    contents = text[: text.index("Begin0")]
    assert [
        label for label in labels if bare(label) not in contents.replace(".", "") and bare(label) not in contents
    ] == []


def page(project: Path) -> str:
    return (project / "build/report.html").read_text("utf-8")


def test_the_page_cites_as_the_pdf_does(report: tuple[str, Path, list[str]]) -> None:
    style, project, _ = report
    text = bare(pdf_text(project / "build/report.pdf"))
    for key, said in re.findall(r'Later <a class="cite" href="#ref-key(\d+)"[^>]*>(.*?)</a>', page(project)):
        printed = re.search(rf"end{key}\.Later(.*?)\.[^.]?Begin{int(key) + 1}:", text)
        if printed and style not in ("verbose", "authortitle"):  # they cite in notes
            assert printed[1] == bare(html.unescape(said))


def test_the_list_of_the_page_has_the_order_and_the_numbers_of_the_pdf(report: tuple[str, Path, list[str]]) -> None:
    style, project, _ = report
    keys = re.findall(r'<li id="ref-(key\d+)">', page(project))
    (listed,) = re.findall(
        r"\\datalist\[entry\]\{\w+/global/.*?\\enddatalist",
        (project / "build/aux/report.bbl").read_text("utf-8"),
        re.DOTALL,
    )
    order = re.findall(r"\\entry\{(key\d+)\}", listed)
    retained = [f"key{n}" for n in range(len(keys) * 2 // 3)] if style in APART else order
    assert keys == [key for key in order if key in retained] + [key for key in order if key not in retained]
    assert len(keys) == len(library(0))
    if style in ("numeric", "alphabetic"):
        marks = dict(re.findall(r'<li id="ref-(key\d+)"><span class="no">\[(.*?)\]</span>', page(project)))
        said = dict(re.findall(r'Later <a class="cite" href="#ref-(key\d+)"[^>]*>\[([^\]]*)\]</a>', page(project)))
        assert marks == {key: mark for key, mark in said.items() if mark} and len(said) == len(keys)


def test_retained_papers_that_are_listed_apart_have_the_first_numbers(report: tuple[str, Path, list[str]]) -> None:
    style, project, retained = report
    if style not in APART:
        return
    numbers = [int(re.findall(r"\d+", row[0])[-1]) for row in rows(project, "characteristics")[1:]]
    assert sorted(numbers) == list(range(1, len(retained) + 1))
    text = re.sub(r"\s+", " ", pdf_text(project / "build/report.pdf"))
    assert text.index("Retained studies [1]") < text.index("Other references [")


def test_every_reference_that_is_retained_or_cited_is_listed_once(report: tuple[str, Path, list[str]]) -> None:
    _, project, _ = report
    bbl = (project / "build/aux/report.bbl").read_text("utf-8")
    assert set(re.findall(r"^\s*\\entry\{(\w+)\}", bbl, re.MULTILINE)) == {f"key{n}" for n in range(14)}


def test_a_record_that_is_only_cited_moves_the_letters_of_all(tmp_path: Path) -> None:
    """A paper is 2020a until another of its author and year, which no fiche is about, is cited and comes before it."""
    make(tmp_path, "authoryear", "en", 1)
    bib = "\n".join(
        f"@misc{{key{n}, author = {{Smith, John}}, title = {{{title}}}, date = {{2020}}}}"
        for n, title in enumerate(["Zebra", "Apple", "Aardvark"])
    )
    (tmp_path / "bib/all.bib").write_text(bib, "utf-8")
    sources = tmp_path / "sources/report.yaml"

    def labels(introduction: str) -> list[str]:
        sources.write_text(
            f"title: T\nlang: en\nintroduction: '{introduction}'\nfiches: [key0, key1]\nsynthesis: [{{kind: characteristics}}]",
            "utf-8",
        )
        done = doit(tmp_path, "synthesis")
        assert done.returncode == 0, done.stdout + done.stderr
        return [row[0] for row in rows(tmp_path, "characteristics")[1:]]

    for path in (tmp_path / "sources/fiches").glob("*.yaml"):
        if path.stem not in ("key0", "key1"):
            path.unlink()
    assert labels("Nothing.") == ["Smith (2020b)", "Smith (2020a)"]
    assert labels("See [@key2].") == ["Smith (2020c)", "Smith (2020b)"]
    assert labels("Nothing.") == ["Smith (2020b)", "Smith (2020a)"]


def test_without_tex_labels_are_computed_and_a_warning_says_so(tmp_path: Path) -> None:
    make(tmp_path, "authoryear", "en", 1)
    environ = {"PATH": "/nowhere", "HOME": str(tmp_path)}
    done = doit(tmp_path, "synthesis", env=environ)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning[labels-computed]" in done.stdout and "lualatex is not installed" in done.stdout
    assert (
        subprocess.run(["test", "-f", str(tmp_path / "build/tables/characteristics.csv")], check=False).returncode == 0
    )
