"""Several readers of the same papers: what they differ in, at both lines, and the counts, against differences that are known."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.build.run import Run
from synopse.build.session import Session
from synopse.commands.consensus import consensus
from synopse.synthesis.readings import assigned
from synopse.synthesis.reliability import coefficients
from tests.conftest import doit
from tests.reports.make import JUDGED, write_report

pytestmark = pytest.mark.slow
READERS = ("ana", "bo", "cy")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, dict[str, Any]]], dict[str, Any]]:
    """A PICO review read by three readers with known differences: the folder, the readings, and what `doit compare` says."""
    root = write_report("pico", "en", tmp_path_factory.mktemp("readers") / "review")
    chance, readings = random.Random(3), dict[str, dict[str, dict[str, Any]]]()
    for path in sorted((root / "sources/fiches").glob("*.yaml"))[:10]:
        fiche = yaml.safe_load(path.read_text("utf-8"))
        for reader in READERS:
            own = {
                name: _changed(name, value, chance)
                for name, value in fiche.items()
                if name in ("key", "status") or chance.random() < 0.95
            }
            readings.setdefault(fiche["key"], {})[reader] = own
            target = root / f"sources/readings/{reader}/{path.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")
    path = root / "sources/report.yaml"
    kinds = "synthesis:\n- {kind: disagreements}\n- {kind: reliability}\n"
    text = path.read_text("utf-8").replace("synthesis:\n", kinds, 1)
    path.write_text(text.replace("synthesis:\n", f"readers: [{', '.join(READERS)}]\nsynthesis:\n", 1), "utf-8")
    done = doit(root, "compare", "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    return root, readings, json.loads(done.stdout)


SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


def _remark(chance: random.Random) -> str:
    """A remark that has little in common with any other."""
    return " ".join("".join(chance.choice(SYLLABLES) for _ in range(4)) for _ in range(7))


def test_remarks_are_paired_and_counted_as_they_were_made(tmp_path: Path) -> None:
    root, chance = write_report("pico", "en", tmp_path / "review"), random.Random(11)
    wanted = {name: dict.fromkeys(("agree", "differ", "one-sided", "empty"), 0) for name in ("indesirables", "limites")}
    pairs: dict[str, list[dict[str, str]]] = {}
    for path in sorted((root / "sources/fiches").glob("*.yaml"))[:10]:
        key = yaml.safe_load(path.read_text("utf-8"))["key"]
        said: dict[str, dict[str, list[str]]] = {reader: {} for reader in READERS}
        for name, counts in wanted.items():
            known = [_remark(chance) for _ in range(chance.randrange(0, 6))]
            counts["empty"] += not known
            for remark in known:
                own = {reader: remark for reader in READERS if chance.random() < 0.85} or {READERS[0]: remark}
                reworded = chance.random() < 0.3
                if reworded and len(own) > 1:
                    first = next(iter(own))
                    own[first] = remark.replace(" ", " then ", 1)
                verdict = "one-sided" if len(own) < 3 else "differ" if reworded else "agree"
                counts[verdict] += 1
                for reader, words in own.items():
                    said[reader].setdefault(name, []).append(words)
                if verdict != "agree":
                    pairs.setdefault(key, []).append(own)
        for reader, lists in said.items():
            shuffled = {name: chance.sample(each, len(each)) for name, each in lists.items()}
            target = root / f"sources/readings/{reader}/{path.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(yaml.safe_dump({"key": key, "status": "partial", **shuffled}, width=10**6), "utf-8")
    told = json.loads(doit(root, "compare", "--format", "json").stdout)
    for name, counts in wanted.items():
        assert {verdict: told["fields"][name][verdict] for verdict in counts} == counts, name
    for key, expected in pairs.items():
        found = [{reader: one["words"] for reader, one in each["said"].items()} for each in told["papers"][key]]
        assert sorted(map(sorted_items, found)) == sorted(map(sorted_items, expected))


def sorted_items(said: dict[str, str]) -> list[tuple[str, str]]:
    """A mapping in an order of its own."""
    return sorted(said.items())


def _changed(name: str, value: Any, chance: random.Random) -> Any:
    if name in JUDGED and chance.random() < 0.25:
        return chance.choice(("low", "some", "high"))
    if name in ("effectif", "age") and chance.random() < 0.2:
        return value + 1
    return value


def test_every_field_is_counted_as_the_files_have_it(read: Any) -> None:
    _, readings, told = read
    for name in (*JUDGED, "effectif", "age", "debut", "plan"):
        wanted = dict.fromkeys(("agree", "differ", "one-sided", "empty"), 0)
        for own in readings.values():
            values = [reading[name] for reading in own.values() if name in reading]
            verdict = (
                "empty"
                if not values
                else "one-sided"
                if len(values) < 3
                else "agree"
                if len(set(map(str, values))) == 1
                else "differ"
            )
            wanted[verdict] += 1
        assert {verdict: told["fields"][name][verdict] for verdict in wanted} == wanted, name


def test_every_difference_is_told_at_the_lines_of_all_who_say_something(read: Any) -> None:
    root, _, told = read
    seen = 0
    for differences in told["papers"].values():
        for each in differences:
            for reader, said in each["said"].items():
                assert f"/{reader}/" in said["file"]
                line = (root / said["file"]).read_text("utf-8").splitlines()[said["line"] - 1]
                assert said["words"].split()[0].strip("'\"") in line
                seen += 1
    assert seen > 20


def test_the_coefficients_are_those_of_the_values_in_the_files(read: Any) -> None:
    _, readings, told = read
    for name in JUDGED:
        ratings = [{reader: own[name] for reader, own in each.items() if name in own} for each in readings.values()]
        wanted = {each.name: round(each.value, 4) for each in coefficients(ratings) if each.value is not None}
        assert {each["name"]: each["value"] for each in told["agreement"][name]} == wanted


def test_the_pdf_the_page_and_the_workbook_say_the_same(read: Any) -> None:
    root, _, told = read
    assert doit(root).returncode == 0
    differing = [each for differences in told["papers"].values() for each in differences]
    rows = {name: sheet_of(root / "build/tables.xlsx", title) for name, title in
            (("differ", "Differences between readers"), ("agree", "Agreement between readers"))}  # fmt: skip
    assert len(rows["differ"]) == len(differing) > 20
    assert len(sheet_of(root / "build/compare.xlsx", "Differences between readers")) == len(differing)
    shown = {
        each["title"]: [words_of(one) for one in told["agreement"][name]]
        for name, each in told["fields"].items()
        if name in told["agreement"]
    } | {"All fields together": [words_of(one) for one in told["all"]]}
    for title, expected in shown.items():
        (row,) = [row for row in rows["agree"] if row[0] == title]
        assert [str(cell).replace("\u2212", "-") for cell in row[2:]] == expected, title
    text = subprocess.run(
        ["pdftotext", "-layout", "build/report.pdf", "-"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    text = text.replace("\u2212", "-")
    page = (root / "build/report.html").read_text("utf-8").replace("\u2212", "-")
    alone = (root / "build/compare.html").read_text("utf-8").replace("\u2212", "-")
    for each in (one for found in shown.values() for one in found if "[" in one):
        assert f">{each}<" in page and f">{each}<" in alone
        assert each in text or each.partition(" [")[0] in text
    for difference in differing:
        for one in difference["said"].values():
            where = f"{one['file']}:{one['line']}:{one['column']}"
            assert where in alone, where


def words_of(each: dict[str, Any]) -> str:
    """A coefficient as the tables print it in English."""
    if "undefined" in each:
        few = "fewer" in each["undefined"]
        return "undefined: fewer than two studies" if few else "undefined: one category only"
    interval = " [{:.2f}, {:.2f}]".format(*each["interval"]) if "interval" in each else ""
    return f"{each['value']:.2f}{interval}"


def sheet_of(path: Path, title: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet below its head."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    name = next(each for each in book.sheetnames if title.startswith(each[:31]) or each.startswith(title[:31]))
    return list(book[name].iter_rows(min_row=2, values_only=True))


def test_a_blind_readers_outputs_hold_no_word_of_another(read: Any, tmp_path: Path) -> None:
    root = tmp_path / "blind"
    shutil.copytree(read[0], root)
    for reader in ("bo", "cy"):
        for path in (root / f"sources/readings/{reader}").glob("*.yaml"):
            text = path.read_text("utf-8")
            path.write_text(
                re.sub(r"^(cadre|intervention|financement): .*$", rf"\1: zqx{reader}secret", text, flags=re.MULTILINE),
                "utf-8",
            )
    for path in (root / "sources/fiches").glob("*.yaml"):
        path.write_text(
            re.sub(r"^cadre: .*$", "cadre: zqxsettledsecret", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
        )
    shutil.rmtree(root / "build", ignore_errors=True)
    environ = os.environ | {"SYNOPSE_READER": "ana"}
    said = ""
    for words in ([], ["check", "--all"], ["status"], ["preview:s001"], ["new"], ["docx"], ["deposit"], ["bundle", "--for", "overleaf"],
                  ["compare"], ["consensus", "s001"], ["assign"], ["changes"], ["list", "--all"]):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "doit", *words],
            cwd=root,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0 or words[:1] in (["compare"], ["consensus"], ["assign"], ["changes"], ["bundle"]), (
            words,
            done.stdout,
        )
        said += done.stdout + done.stderr
    assert "secret" not in said
    build = root / "build"
    made = [path for path in build.rglob("*") if path.is_file()]
    assert any(path.name == "report.pdf" for path in made) and all(
        "readers/ana" in path.as_posix() or path.name.startswith(".doit") for path in made
    )
    for path in made:
        assert "secret" not in all_text(path), path


def all_text(path: Path) -> str:
    """All that a file says, and the files in it: of archives, of a PDF its pages and attachments."""
    data = path.read_bytes()
    said = data.decode("utf-8", "replace")
    if path.suffix == ".pdf" and data.startswith(b"%PDF"):
        from pypdf import PdfReader

        reader = PdfReader(path)
        said += "".join(page.extract_text() for page in reader.pages)
        attached = [each for files in reader.attachments.values() for each in files]
        said += "".join(of_archive(each) for each in attached)
    return said + of_archive(data)


def of_archive(data: bytes) -> str:
    """What the files of a zip archive say; the bytes as text where it is none."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(of_archive(archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize("seed", range(3))
def test_three_readers_on_three_branches_merge_without_conflict_and_the_consensus_tells_every_change(
    seed: int, tmp_path: Path
) -> None:
    chance, keys = random.Random(seed), [f"p{n}" for n in range(4)]
    values: dict[str, list[Any]] = {
        "design": ["rct", "cohort"],
        "aim": ["One", "Two", "Three: more"],
        "remarks": [["a"], ["a", "b"], ["c"]],
    }
    root = tmp_path / "review"
    form = "sections:\n- id: s\n  title: S\n  fields:\n  - {id: design, type: choice, choices: [rct, cohort]}\n  - {id: aim}\n  - {id: remarks, type: items}\n"
    files = {
        "sources/form.yaml": form,
        "bib/a.bib": "".join(f"@misc{{{key}, title={{T {key}}}, year=2024}}\n" for key in keys),
    }
    files["sources/report.yaml"] = f"title: T\nlang: en\nreaders: [ana, bo, cy]\nfiches: [{', '.join(keys)}]\n"
    said: dict[tuple[str, str], dict[str, Any]] = {
        (reader, key): {name: chance.choice(each) for name, each in values.items()}
        for reader in READERS
        for key in keys
    }
    for (reader, key), own in said.items():
        files[f"sources/readings/{reader}/{key}.yaml"] = yaml.safe_dump(
            {"key": key, "status": "partial"} | own, sort_keys=False
        )
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")

    def git(*words: str) -> None:
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@y", *words],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "begin")
    assert consensus(Run(root), keys)
    git("add", ".")
    git("commit", "-q", "-m", "settled")
    for _ in range(100):
        changed: dict[str, dict[str, set[str]]] = {}
        for reader in READERS:
            git("checkout", "-q", "-b", reader, "main")
            for key in chance.sample(keys, chance.randrange(0, 3)):
                name = chance.choice(list(values))
                value = chance.choice(values[name])
                if said[reader, key].get(name) == value:
                    continue
                said[reader, key][name] = value
                changed.setdefault(key, {}).setdefault(reader, set()).add(name)
                text = yaml.safe_dump({"key": key, "status": "partial"} | said[reader, key], sort_keys=False)
                (root / f"sources/readings/{reader}/{key}.yaml").write_text(text, "utf-8")
            git("commit", "-q", "-a", "--allow-empty", "-m", f"{reader} reads")
            git("checkout", "-q", "main")
        for reader in READERS:
            git("merge", "-q", "--no-edit", reader)
            git("branch", "-q", "-D", reader)
        told = [each for each in Session(root).problems if each.code == "reading-changed"]
        found: dict[str, dict[str, set[str]]] = {}
        for each in told:
            match = re.fullmatch(r'"(\w+)" has changed (.*) since the consensus was made', each.message)
            assert match, each.message
            found.setdefault(Path(each.span.file).stem, {})[match[1]] = set(match[2].split(", "))
        assert found == changed
        if changed:
            assert consensus(Run(root), list(changed))
            git("commit", "-q", "-a", "--allow-empty", "-m", "settled")
        assert not [each for each in Session(root).problems if each.code == "reading-changed"]


def test_the_terminal_says_the_same(read: Any) -> None:
    root, _, told = read
    said = doit(root, "compare").stdout
    for key, differences in told["papers"].items():
        assert f"{key}: {len(differences)} to settle" in said or not differences
    assert "AC1" in said and "sources/readings/ana/" in said


def test_a_reading_with_a_mistake_is_told_at_its_line_and_no_reading_at_all_as_well(tmp_path: Path) -> None:
    root = write_report("pico", "en", tmp_path / "review")
    done = doit(root, "compare")
    assert done.returncode != 0 and "no paper has two readings" in done.stdout
    path = root / "sources/readings/ana/s001.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("key: s001\nstatus: partial\nplan: perhaps\n", "utf-8")
    done = doit(root, "compare")
    assert done.returncode != 0 and "sources/readings/ana/s001.yaml:3:7" in done.stdout


@pytest.mark.parametrize("seed", range(60))
def test_remarks_are_paired_by_the_best_assignment(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.randrange(1, 6), chance.randrange(1, 6)
    scores = [[round(chance.random(), 2) for _ in range(columns)] for _ in range(rows)]
    made = assigned(scores)
    assert len(made) == min(rows, columns) == len(set(made.values()))
    small, large = (rows, columns) if rows <= columns else (columns, rows)
    turned = scores if rows <= columns else [list(row) for row in zip(*scores, strict=True)]
    best = max(
        sum(turned[a][b] for a, b in enumerate(chosen)) for chosen in itertools.permutations(range(large), small)
    )
    assert sum(scores[row][column] for row, column in made.items()) == pytest.approx(best)
