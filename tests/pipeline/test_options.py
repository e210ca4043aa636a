"""Every value of every option that `report.yaml` takes makes a report, in a few builds that take them in turn."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.commands.starter import Wish, starting_files
from synopse.model.report import Report
from synopse.synthesis.kinds import kinds
from tests.conftest import doit

pytestmark = pytest.mark.slow
ELSEWHERE = {("pdf", "tagged"), ("lang",)}
"""Options with tests of their own: what LaTeX cannot do yet is one error, and each language has its reviews."""
WORDS = ("Each word", "3 words", "[A word]", "*Emphasis* and [@sample2021]")
"""What a text begins with, of a build each."""
TEXTS = ("title", "caption", "text", "note", "alt")


def options(
    schema: dict[str, Any], of: dict[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Each option with few values, by its path, and these."""
    for name, given in schema.get("properties", {}).items():
        each = of[given["$ref"].rsplit("/", 1)[-1]] if "$ref" in given else given
        own = (*path, name)
        if own in ELSEWHERE:
            continue
        if "enum" in each:
            yield own, each["enum"]
        elif each.get("type") == "boolean":
            yield own, [False, True]
        elif each.get("properties"):
            yield from options(each, of, own)


SCHEMA = Report.model_json_schema()
OPTIONS = dict(options(SCHEMA, SCHEMA["$defs"]))
BUILDS = max(len(WORDS), *map(len, OPTIONS.values()))


def test_the_options_of_few_values_are_found() -> None:
    assert {("empty",), ("fiches_in",), ("pdf", "standard"), ("page_per_fiche",), ("html", "sources")} <= set(OPTIONS)


@pytest.mark.parametrize("number", range(BUILDS))
def test_a_report_is_made_with_every_value_of_every_option(number: int, tmp_path: Path) -> None:
    files = starting_files(Wish("pico", "en"))
    report = yaml.safe_load(files["sources/report.yaml"])
    for path, values in OPTIONS.items():
        at = report
        for name in path[:-1]:
            at = at.setdefault(name, {})
        at[path[-1]] = values[number % len(values)]
    begin = WORDS[number % len(WORDS)]
    for place, part in enumerate(report["synthesis"]):
        takes = (
            {*kinds()[part["kind"]].options, "title", "caption", "text", "note"}
            if part["kind"] != "heading"
            else {"title"}
        )
        part |= {name: f"{begin} q{place}{name}." for name in TEXTS if name in takes}
    for name, text in (files | {"sources/report.yaml": yaml.safe_dump(report, allow_unicode=True)}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = doit(tmp_path)
    assert done.returncode == 0, done.stdout
    command = ["pdftotext", str(tmp_path / "build/report.pdf"), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert all(
        f"q{place}{name}" in printed
        for place, part in enumerate(report["synthesis"])
        for name in part
        if name in ("title", "note")
    )
