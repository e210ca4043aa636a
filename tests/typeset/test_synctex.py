"""From the fiche's line to the page and back, with TeX's own `synctex` command, on every remark of the shipped fiches."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import doit

pytestmark = pytest.mark.slow


def synctex(folder: Path, *arguments: str) -> str:
    return subprocess.run(["synctex", *arguments], cwd=folder, capture_output=True, text=True, check=False).stdout


def wrong_ways(built: Path) -> list[object]:
    """The remarks from which the way to the page, or from there back, ends elsewhere."""
    values = json.loads((built / "build/provenance.json").read_text("utf-8"))["remarks"]
    remarks = [value for value in values if value["text"] not in value["terms"]]  # bare terms share one printed line
    pdf = built / "build/report.pdf"
    wrong: list[object] = []
    for remark in remarks:
        where = remark["source"]
        line = where["line"] + (1 if remark["text"].endswith("\n") else 0)
        view = synctex(built, "view", "-i", f"{line}:1:{built / where['file']}", "-o", str(pdf))
        place = re.search(r"Page:(\d+)\nx:([\d.]+)\ny:([\d.]+)\nh:([\d.]+)\nv:([\d.]+)\nW:([\d.]+)\nH:([\d.]+)", view)
        if place is None:
            wrong.append((where, "no page"))
            continue
        page, h, v, height = place[1], float(place[4]), float(place[5]), float(place[7])
        edit = synctex(built, "edit", "-o", f"{page}:{h + 3}:{v - height / 2}:{pdf}")
        back = re.search(r"Input:(.*)\nLine:(\d+)", edit)
        if back is None or not back[1].endswith(where["file"]) or int(back[2]) != line:
            wrong.append((where, back and (back[1][-40:], back[2])))
    assert len(remarks) > 60
    return wrong


def test_every_remark_leads_to_its_page_and_back(built: Path) -> None:
    assert wrong_ways(built) == []


def test_lines_that_only_move_cost_no_pass_and_are_led_to_where_they_are(built: Path) -> None:
    fiche = built / "sources/fiches/tie2025posttraining.yaml"
    before = fiche.read_text("utf-8")
    fiche.write_text("# read in March\n# and again in May\n" + before, "utf-8")
    done = doit(built)
    assert done.returncode == 0 and "lualatex" not in done.stdout
    assert wrong_ways(built) == []
    fiche.write_text(before, "utf-8")
    assert doit(built).returncode == 0


def test_the_bibliography_and_the_fixed_words_lead_to_their_files(built: Path) -> None:
    data = (built / "build/report.synctex").read_text("utf-8", "replace")
    inputs = re.findall(r"^Input:\d+:(.*)$", data, re.M)
    assert any(name.endswith("bib/papers.bib") for name in inputs)
    assert any(name.endswith("templates/fiche.tex") for name in inputs)
    assert any(name.endswith("sources/report.yaml") for name in inputs)
