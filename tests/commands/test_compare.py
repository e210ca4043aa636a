"""Several readers of the same papers: what they differ in, at both lines, and the counts, against differences that are known."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

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
    done = doit(root, "compare", "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    return root, readings, json.loads(done.stdout)


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
