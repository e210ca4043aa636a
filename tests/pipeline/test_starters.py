"""What `synopse init` writes is typeset as it is: the languages and forms that `test_wheel.py` does not build."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from synopse.bib.styles import find_files
from synopse.commands.outside import main
from synopse.commands.starter import FORMS, TEXTS, texts_of
from synopse.locale.languages import words_of
from tests.conftest import ROOT, doit, pdf_text
from tests.pipeline.test_wheel import EDITED, OTHERS

BUILT = {"es": "literature", "it": "pico", "pt": "scoping", "fr": "empty"}


def test_each_form_and_language_is_built_here_or_from_the_wheel() -> None:
    assert {*BUILT, *EDITED} == set(TEXTS) and {*BUILT.values(), *OTHERS} == set(FORMS)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "form"), BUILT.items(), ids=BUILT)
def test_a_new_review_is_typeset_without_a_warning(lang: str, form: str, tmp_path: Path) -> None:
    words, texts = words_of(lang), texts_of(lang)
    if not find_files([f"{words['tex.babel']}.ldf"]):
        pytest.skip(f"the TeX distribution lacks {lang}: install {words['tex.package']}")
    assert main(["init", str(tmp_path / "mine"), "--form", form, "--lang", lang]) == 0
    done = doit(tmp_path / "mine", env=os.environ | {"PYTHONPATH": str(ROOT), "SYNOPSE_CACHE": ""})
    assert done.returncode == 0 and "warning" not in done.stdout, done.stdout
    log = (tmp_path / "mine/build/report.log").read_text("utf-8", "replace")
    assert "Missing character" not in log and "There were undefined" not in log
    assert [wide for wide in re.findall(r"synopse-overfull .* ([\d.]+)pt", log) if float(wide) > 2] == []
    text = re.sub(r"\s+", " ", pdf_text(tmp_path / "mine/build/report.pdf"))
    headings = texts["headings"].values() if form != "empty" else ()
    assert all(heading in text for heading in (words["introduction"], *headings)) and "??" not in text
