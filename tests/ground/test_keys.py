"""Keys: any that a reference manager makes works everywhere; what TeX, biber and doit misread they never see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synopse.bib.library import read_library
from synopse.bib.write import write_bib
from synopse.ground.keys import bib_key, doit_key, file_key, safe_key, wrong_in_key
from synopse.render.latex.writer import label
from tests.diagnostics.cases import first_lines, problems, write_project

ODD = (
    "at&t2020",
    "a=b",
    "a#1",
    "100%",
    "müller~a",
    "l'été",
    "a^b_c",
    "$x$",
    "o(1)",
    "Di Martino2019",
    "名前2020",
    "a--b",
    "-a",
)


@given(st.text(min_size=1))
def test_no_program_ever_sees_a_sign_that_it_misreads(key: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_:.+/-]*", safe_key(key))
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*", file_key(key))
    assert "=" not in doit_key(key) and re.fullmatch(r"[^\s\"#%'(),={}~\\@]+", bib_key(key))


@given(st.lists(st.text(min_size=1), unique=True, max_size=20))
def test_two_keys_never_become_one(keys: list[str]) -> None:
    for name in (safe_key, file_key, bib_key, doit_key):
        assert len({name(key) for key in keys}) == len(keys)


@pytest.mark.parametrize("key", ["tie2025", "DBLP:conf/x/Y20", "a_b.c+d-e", "A1"])
def test_a_plain_key_stays_what_it_is(key: str) -> None:
    assert safe_key(key) == bib_key(key) == doit_key(key) == key
    assert label(f"#fiche:{key}") == f"fiche:{key}"


@pytest.mark.parametrize("key", ODD)
def test_an_odd_key_of_bib_is_kept_and_has_a_plain_name_in_latex(key: str) -> None:
    library, _ = read_library({"a.bib": f"@misc{{{key}, title={{T}}}}".encode()})
    reference = library.get(key)
    assert reference is not None
    written = re.search(r"@misc\{([^,]+),", write_bib([reference], named=safe_key))
    assert written is not None and written[1] == safe_key(reference.key)


@pytest.mark.parametrize("key", ["x}\\undefinedmacro{y", "a{b", "a,b", "a\\b", 'say"it"', "a\u200bb"])
def test_what_can_be_no_key_is_refused_at_its_place(key: str, tmp_path: Path) -> None:
    assert wrong_in_key(key)
    quoted = key.replace("'", "''")
    root = write_project(tmp_path, {"sources/fiches/a.yaml": f"key: '{quoted}'\nstatus: partial\n".encode()})
    found = first_lines(problems(root))
    assert any(line.startswith("sources/fiches/a.yaml:1:6: error[") for line in found), found


@pytest.mark.parametrize("key", ODD)
def test_what_a_reference_manager_makes_is_a_key(key: str) -> None:
    assert wrong_in_key(key) == ""
