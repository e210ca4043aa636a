"""doit new, doit changes, doit schema, doit check: what each prints and writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from synopse.build import snapshots
from synopse.commands.changes import compare
from synopse.diagnostics.printer import in_order
from tests.conftest import ROOT, copy_project, doit, pdf_text
from tests.diagnostics.cases import problems, write_project
from tests.synthesis.corpus import FICHES, small

ENTRY = "@article{vaswani2017, author={Vaswani, Ashish and others}, title={Attention Is All You Need}, journal={NeurIPS}, year=2017}\n"


def test_new_lists_the_references_that_have_no_fiche(project: Path) -> None:
    (project / "sources/fiches/park2025seeing.yaml").unlink()
    done = doit(project, "new", input="")
    assert done.returncode == 0
    assert "park2025seeing" in done.stdout and "tie2025posttraining" not in done.stdout


def test_new_writes_a_skeleton_with_every_field_and_overwrites_nothing(project: Path) -> None:
    fiche = project / "sources/fiches/park2025seeing.yaml"
    fiche.unlink()
    assert doit(project, "new", "--key", "park2025seeing", input="").returncode == 0
    text = fiche.read_text("utf-8")
    lines = text.split("\n")
    assert lines[0].startswith("# yaml-language-server:") and lines[1:3] == ["key: park2025seeing", "status: todo"]
    form = yaml.safe_load((project / "sources/form.yaml").read_text("utf-8"))
    order = [line.split(":")[0] for line in lines if "  # " in line]
    assert order == ["read", *(field["id"] for section in form["sections"] for field in section.get("fields", []))]
    assert "error[" not in doit(project, "check").stdout
    again = doit(project, "new", "--key", "park2025seeing", input="")
    assert again.returncode != 0 and "has a fiche already" in again.stdout and "error[duplicate-fiche]" in again.stdout
    assert "Diagnostic(" not in again.stdout and "internal" not in again.stdout
    assert fiche.read_text("utf-8") == text


def test_new_adds_a_pasted_entry_to_a_file_of_its_own_unless_the_paper_is_there(project: Path) -> None:
    library = (project / "bib/papers.bib").read_bytes()
    done = doit(project, "new", input=ENTRY)
    assert done.returncode == 0, done.stdout
    assert (project / "bib/vaswani2017.bib").read_text("utf-8") == ENTRY
    assert 'authors: "Ashish Vaswani et al."' in (project / "sources/fiches/vaswani2017.yaml").read_text("utf-8")
    assert (project / "bib/papers.bib").read_bytes() == library
    known = doit(
        project, "new", input="@misc{other, title={X}, author={Y}, eprint={2503.06072}, archiveprefix={arXiv}}"
    )
    assert "there already: tie2025posttraining" in known.stdout
    assert not (project / "bib/other.bib").exists()


def test_a_key_that_no_reference_has_is_told_with_the_nearest(project: Path) -> None:
    done = doit(project, "new", "--key", "park2025seing", input="")
    assert done.returncode != 0 and 'did you mean "park2025seeing"' in done.stdout


def test_check_gives_programs_json_or_annotations_and_nothing_else(project: Path) -> None:
    done = doit(project, "check", "--format", "json")
    found = json.loads(done.stdout)
    assert {d["code"] for d in found} == {"citation-differs"} and len(found) == 3
    annotations = doit(project, "check", "-f", "github").stdout
    assert [line.split("::")[1][:7] for line in annotations.splitlines()] == ["warning"] * 3


def test_json_stays_json_where_sources_are_broken_or_the_terminal_knows_no_accents(project: Path) -> None:
    (project / "sources/fiches/park2025seeing.yaml").write_text("key: park2025seeing\nstatus: complète\n", "utf-8")
    done = doit(project, "check", "-f", "json", env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode != 0
    assert '"complète" is not a choice here' in {d["message"] for d in json.loads(done.stdout)}


def test_a_format_that_nobody_knows_is_refused(project: Path) -> None:
    for format, word in (("xml", "one of: text, json, github"), ("jsn", 'did you mean "json"?')):
        done = doit(project, "check", "--format", format)
        assert done.returncode != 0 and done.stdout == ""
        assert f'"{format}" is no format' in done.stderr and word in done.stderr


def test_a_reader_that_goes_away_ends_nothing_in_a_traceback(project: Path) -> None:
    fiche = project / "sources/fiches/park2025seeing.yaml"
    fiche.write_text(fiche.read_text("utf-8") + "".join(f"nothing{n}: x\n" for n in range(3000)), "utf-8")
    command = f'"{sys.executable}" -m doit check | head -1'
    done = subprocess.run(command, shell=True, cwd=project, capture_output=True, text=True, check=False)
    assert done.stderr == "" and done.stdout.count("\n") == 1


@pytest.mark.parametrize("task", ["preview", "fiche"])
def test_a_key_that_no_fiche_has_is_told_as_every_other_mistake(project: Path, task: str) -> None:
    done = doit(project, f"{task}:tie2025")
    assert done.returncode != 0 and done.stderr == ""
    assert 'sources/fiches:1:1: error[unknown-fiche]: no fiche has the key "tie2025"' in done.stdout
    assert 'did you mean "tie2025posttraining" (sources/fiches/tie2025posttraining.yaml:2)?' in done.stdout


def test_a_value_that_is_not_known_is_told_with_all_other_mistakes(tmp_path: Path) -> None:
    report = """title: Essai
introduction: Sur {{ papers.cuont }} études.
fiches: [a, b]
synthesis:
  - {kind: coverage, text: "{{ here.nn }}"}
  - {kind: matrix, field: datset, text: "{{ here.nn }}"}
"""
    root = write_project(tmp_path, {"sources/report.yaml": report.encode()})
    assert [(each.code, each.span.line) for each in in_order(problems(root))] == [
        ("unknown-value", 2),
        ("unknown-fiche", 3),
        ("unknown-value", 5),
        ("synthesis-field", 6),
    ]


class _Core(yaml.SafeLoader):
    """YAML as editors read it (1.2): a date is a text."""


_Core.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in rules if not tag.endswith("timestamp")]
    for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("path", sorted((ROOT / "sources").rglob("*.yaml")), ids=lambda path: path.name)
def test_a_shipped_source_fits_its_schema_and_names_it(path: Path) -> None:
    kind = "fiche" if path.parent.name == "fiches" else path.stem
    schema = json.loads((ROOT / f"docs/schema/{kind}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = yaml.load(path.read_text("utf-8"), _Core)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(data)) == []
    named = path.read_text("utf-8").split("\n")[0].split("$schema=")[1]
    assert (path.parent / named).resolve() == (ROOT / f"docs/schema/{kind}.json").resolve()


def test_the_shipped_schemas_are_those_of_the_form(project: Path) -> None:
    shipped = {path.name: path.read_text("utf-8") for path in (project / "docs/schema").glob("*.json")}
    assert doit(project, "schema").returncode == 0
    assert {path.name: path.read_text("utf-8") for path in (project / "docs/schema").glob("*.json")} == shipped
    fiche = json.loads(shipped["fiche.json"])
    assert "MMLU" in json.dumps(fiche["properties"]["datasets"])
    assert fiche["properties"]["problematique"]["title"] == "Problématique"


def test_changes_name_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    old = small(tmp_path / "a")
    fiches = {key: text for key, text in FICHES.items() if key != "gamma2024"}
    fiches["alpha2023"] = (
        fiches["alpha2023"].replace("Bien écrite.", "Très bien écrite.").replace("status: complete", "status: partial")
    )
    fiches["delta2025"] = "status: partial\nquestion: Quoi ?"
    bib = (tmp_path / "a/bib/a.bib").read_text(
        "utf-8"
    ) + "@misc{delta2025, author={Delta, D}, title={Neuve}, date={2025}}\n"
    found = compare(old, small(tmp_path / "b", fiches, bib=bib))
    said = {(change.subject, change.kind, change.before, change.after) for change in found.papers}
    assert said == {
        ("Alpha et al. (2023), Fiche", "changed", "complète", "partielle"),
        ("Alpha et al. (2023), Forces", "changed", "Bien écrite.", "Très bien écrite."),
        ("Delta (2025)", "new", "", ""),
        ("Gamma et Delta (2024)", "gone", "", ""),
    }
    assert ("Techniques", "changed") in {(change.subject, change.kind) for change in found.tables}


@pytest.mark.slow
def test_changes_since_a_git_revision_and_since_a_snapshot(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    assert doit(project, "changes").returncode != 0
    assert snapshots.keep(project, "2026-01-01")
    fiche = project / "sources/fiches/tie2025posttraining.yaml"
    text = fiche.read_text("utf-8")

    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=project, check=True, capture_output=True)

    git("init", "-q")
    git("add", "sources", "bib")
    git("commit", "-qm", "first")
    fiche.write_text(text.replace("Coût élevé", "Coût très élevé"), "utf-8")
    for since in ([], ["--since", "HEAD"], ["--since", "2026-01-01"]):
        done = doit(project, "changes", *since)
        assert done.returncode == 0, done.stdout
        assert "~~Coût élevé de calcul du fine-tuning complet.~~ → Coût très élevé" in done.stdout
    assert "Coût très élevé" in (project / "build/tex/changes.tex").read_text("utf-8")
    assert "Ce qui a changé" in (project / "build/changes.md").read_text("utf-8")
    report = project / "sources/report.yaml"
    report.write_text(report.read_text("utf-8") + "changes: true\n", "utf-8")
    assert doit(project).returncode == 0
    assert "Ce qui a changé" in pdf_text(project / "build/report.pdf")
    wrong = doit(project, "changes", "--since", "nowhere")
    assert wrong.returncode != 0 and "neither a git revision nor a snapshot" in wrong.stdout


def repository(project: Path) -> None:
    """Puts the sources of a project under git, without its library."""
    for arguments in (["init", "-q"], ["add", "sources"], ["commit", "-qm", "first"]):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=project, check=True, capture_output=True)


@pytest.mark.parametrize("arguments", [["changes", "--since", "HEAD"], ["new", "--key", "nowhere"], ["schema"]])
def test_a_mistake_of_the_sources_is_told_by_every_command_and_never_as_python(
    project: Path, arguments: list[str]
) -> None:
    repository(project)
    (project / "sources/form.yaml").write_text("sections: [\n", "utf-8")
    done = doit(project, *arguments, input="")
    assert done.returncode != 0
    assert "sources/form.yaml:" in done.stdout and "error[" in done.stdout
    assert "internal" not in done.stdout and "Diagnostic(" not in done.stdout + done.stderr


def test_a_mistake_of_an_earlier_state_is_told_at_its_place_in_that_state(project: Path) -> None:
    fiche = project / "sources/fiches/park2025seeing.yaml"
    text = fiche.read_text("utf-8")
    fiche.write_text(text.replace("status: partial", "status: half"), "utf-8")
    repository(project)
    fiche.write_text(text, "utf-8")
    done = doit(project, "changes", "--since", "HEAD")
    assert done.returncode != 0
    assert "HEAD:sources/fiches/park2025seeing.yaml:4:9: error[wrong-choice]" in done.stdout
    assert "an earlier state with errors cannot be compared" in done.stdout and "Diagnostic(" not in done.stdout


def test_changes_since_a_revision_in_which_there_was_no_library(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    report = project / "sources/report.yaml"
    text = report.read_text("utf-8")
    keys = "".join(f"  - {key}\n" for key in ("park2025seeing", "matarazzo2025survey", "tie2025posttraining",
                                             "liu2025personalized", "hadi2023llms"))  # fmt: skip
    assert keys in text
    report.write_text(text.replace(f"fiches:\n{keys}", "fiches: []\n"), "utf-8")
    names_a_reference = project / "sources/fiches/hadi2023llms.yaml"
    fiche = names_a_reference.read_text("utf-8")
    names_a_reference.unlink()
    repository(project)
    report.write_text(text, "utf-8")
    names_a_reference.write_text(fiche, "utf-8")
    done = doit(project, "changes", "--since", "HEAD")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("**Nouveau**") == 5
