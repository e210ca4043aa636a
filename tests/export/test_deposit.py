"""What an archive is told of a report: the same in each description, and as each format has it."""

from __future__ import annotations

import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from synopse.export.deposit import Cited, Person, Work, citation, crate, described, tree_id, zenodo
from tests.conftest import copy_project, doit
from tests.synthesis.corpus import small

WORK = Work("Mieux dormir", "fr", "2025-06-01", (Person("Ada Lovelace", "0000-0002-1825-0097", "Société"), Person("Platon")), "Un résumé.",
            "1.2", "CC-BY-4.0", ("sommeil",), ("Un fonds",), (Cited("T", "https://doi.org/10.1/x"), Cited("U")), "swh:1:dir:" + "0" * 40)  # fmt: skip


def test_the_identifier_of_the_sources_is_gits(tmp_path: Path) -> None:
    files = {
        "sources/report.yaml": b"title: x\n",
        "sources/fiches/a.yaml": b"key: a\n",
        "sources/fiches.txt": b"",
        "bib/a.bib": b"@misc{a}\n",
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    tree = subprocess.run(
        ["git", "write-tree"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert tree_id(files) == f"swh:1:dir:{tree}"


def test_each_description_says_the_same() -> None:
    cff, zen, ro = yaml.safe_load(citation(WORK)), json.loads(zenodo(WORK)), json.loads(crate(WORK, ["report.pdf"]))
    root = next(each for each in ro["@graph"] if each["@id"] == "./")
    assert cff["title"] == zen["title"] == root["name"] == "Mieux dormir"
    assert (
        cff["license"] == "CC-BY-4.0"
        and zen["license"] == "cc-by-4.0"
        and root["license"]["@id"].endswith("/CC-BY-4.0")
    )
    assert cff["authors"][0] == {
        "family-names": "Lovelace",
        "given-names": "Ada",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
        "affiliation": "Société",
    }
    assert zen["creators"] == [
        {"name": "Lovelace, Ada", "orcid": "0000-0002-1825-0097", "affiliation": "Société"},
        {"name": "Platon"},
    ]
    assert cff["cff-version"] == "1.2.0" and cff["authors"][1] == {"family-names": "Platon"}


@pytest.mark.parametrize(
    ("name", "parts", "listed"),
    [("Ludwig van Beethoven", {"family-names": "Beethoven", "given-names": "Ludwig", "name-particle": "van"}, "van Beethoven, Ludwig"),
     ("Charles de Gaulle", {"family-names": "Gaulle", "given-names": "Charles", "name-particle": "de"}, "de Gaulle, Charles"),
     ("Lovelace, Ada", {"family-names": "Lovelace", "given-names": "Ada"}, "Lovelace, Ada"),
     ("Jean-Paul Sartre", {"family-names": "Sartre", "given-names": "Jean-Paul"}, "Sartre, Jean-Paul"),
     ("Platon", {"family-names": "Platon"}, "Platon")],
)  # fmt: skip
def test_the_parts_of_a_name_are_told_apart(name: str, parts: dict[str, str], listed: str) -> None:
    work = Work("T", "fr", "2025", (Person(name),))
    assert yaml.safe_load(citation(work))["authors"] == [parts]
    assert json.loads(zenodo(work))["creators"] == [{"name": listed}]


def test_a_crate_is_read_by_its_own_library(tmp_path: Path) -> None:
    from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

    for name, data in described(WORK, {"report.pdf": b"%PDF", "tables/a.csv": b"a\n"}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    read = ROCrate(str(tmp_path))
    assert read.name == "Mieux dormir" and {each.id for each in read.data_entities} >= {
        "report.pdf",
        "tables/a.csv",
        "CITATION.cff",
    }
    assert read.get("https://orcid.org/0000-0002-1825-0097")["name"] == "Ada Lovelace"
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("typed", "code"),
    [("{name: A, orcid: 0000-0002-1825-0098}", "bad-orcid"), ("{name: A, orcid: 12}", "bad-orcid"), ("{name: A, roles: [boss]}", "wrong-choice"),
     ("{name: A, orcid: https://orcid.org/0000-0002-1825-0097}", ""), ("{name: A, orcid: 0000-0002-1694-233X}", ""), ("A", "")],
)  # fmt: skip
def test_what_is_said_of_an_author_is_checked(tmp_path: Path, typed: str, code: str) -> None:
    before = {each.code for each in small(tmp_path).project.diagnostics}
    report = tmp_path / "sources/report.yaml"
    report.write_text(f"authors:\n  - {typed}\n" + report.read_text("utf-8"), "utf-8")
    from synopse.build.session import Session

    found = {each.code for each in Session(tmp_path).project.diagnostics} - before
    assert found == ({code} if code else set())


@pytest.mark.slow
def test_a_deposit_holds_the_report_and_is_the_same_each_time(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    report = project / "sources/report.yaml"
    said = "authors:\n  - {name: Ada Lovelace, orcid: 0000-0002-1825-0097, affiliation: Société, roles: [software]}\nlicense: CC-BY-4.0\n"
    report.write_text(said + report.read_text("utf-8"), "utf-8")
    done = doit(project, "deposit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "abstract" in done.stdout and 'asks for "license"' not in done.stdout
    first = (project / "build/deposit.zip").read_bytes()
    with zipfile.ZipFile(project / "build/deposit.zip") as archive:
        names = set(archive.namelist())
        page = archive.read("report.html").decode("utf-8")
    assert names >= {"report.pdf", "report.html", "tables.xlsx", "references.bib", "sources.zip", "CITATION.cff", ".zenodo.json",
                     "ro-crate-metadata.json", "SHA256SUMS"}  # fmt: skip
    assert cff_problems((project / "build/deposit/CITATION.cff").read_text("utf-8")) == []
    assert "CC-BY-4.0" in page and "0000-0002-1825-0097" in page and "logiciel" in page
    text = subprocess.run(
        ["pdftotext", "-l", "1", str(project / "build/report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "CC-BY-4.0" in text and "Ada Lovelace" in text
    assert doit(project, "deposit").returncode == 0
    assert (project / "build/deposit.zip").read_bytes() == first


def cff_problems(text: str) -> list[str]:
    """What the JSON Schema of the Citation File Format 1.2.0 has against a CITATION.cff."""
    from importlib.resources import files

    schema = json.loads(
        (files("check_jsonschema") / "builtin_schemas/vendor/citation-file-format.json").read_text("utf-8")
    )
    data = yaml.load(text, Loader=yaml.BaseLoader)  # dates are texts for the schema
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in Draft7Validator(schema).iter_errors(data)]


def test_the_citation_file_is_one_for_its_schema() -> None:
    assert "1.2.0" in json.dumps(yaml.safe_load(citation(WORK)))
    for work in (
        WORK,
        replace(WORK, abstract="", version="", license="", keywords=(), funding=(), papers=(), date=""),
        replace(WORK, authors=(Person("The GRADE Working Group", "", ""),)),
        replace(WORK, date="2025"),
        replace(WORK, title='With "quotes": and # signs', keywords=("a: b", "no", "1.0")),
    ):
        assert cff_problems(citation(work)) == [], citation(work)


def test_the_schema_would_tell_a_mistake() -> None:
    assert cff_problems(citation(WORK).replace("cff-version: 1.2.0", "cff-version: 9")) != []
