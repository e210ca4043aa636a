"""The sources that fiches name: an address, or a key of the library, and what is neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.bib.identifiers import address_of
from synopse.project.printed import printed_keys
from synopse.project.project import load
from synopse.project.references import wanted_keys
from tests.diagnostics.cases import SOUND, first_lines, problems, write_project

BIB = (
    SOUND["bib/a.bib"]
    + "@online{note, author={Deux, Anne}, title={Note de lecture}, date={2025}, url={https://b.org}}\n"
)
FILE = "sources/fiches/a.yaml"


def with_source(tmp_path: Path, source: str, fiche: str = "") -> Path:
    text = f"key: a\nstatus: partial\n{fiche}forces:\n  - {{text: Peu coûteuse., source: {source}}}\n"
    return write_project(tmp_path, {FILE: text.encode(), "bib/a.bib": BIB.encode()})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://arxiv.org/abs/2502.18791v1", "https://arxiv.org/abs/2502.18791v1"),
        (" http://a.org ", "http://a.org"),
        ("10.36227/techrxiv.23589741.v4", "https://doi.org/10.36227/techrxiv.23589741.v4"),
        ("doi:10.1000/x", "https://doi.org/10.1000/x"),
        ("arXiv:2502.18791v3", "https://arxiv.org/abs/2502.18791v3"),
        ("2502.18791", ""),
        ("https://", ""),
        ("https://a.org b", ""),
        ("le résumé", ""),
        ("tie2025", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_is_one_of_the_web_or_an_identifier_that_has_one(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize("source", ["https://a.org/x", "10.1000/x", "'arXiv:2502.18791'", "note", "a"])
def test_an_address_and_a_key_are_sources(tmp_path: Path, source: str) -> None:
    assert not [line for line in first_lines(problems(with_source(tmp_path, source))) if "unknown-source" in line]


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        (
            "le résumé",
            "an address that begins with https://, a DOI, a key of bib/, or the version of a text under read:",
        ),
        ("noet", 'did you mean "note"'),
        ("'@note'", "write the key alone: note"),
        ("'[@note]'", "write the key alone: note"),
        ("github.com/x/y", "write https://github.com/x/y"),
    ],
)
def test_a_source_that_is_neither_is_an_error_at_its_place_that_says_what_to_write(
    tmp_path: Path, source: str, hint: str
) -> None:
    (found,) = (each for each in problems(with_source(tmp_path, source)) if each.code == "unknown-source")
    assert (str(found.severity), found.span.file, found.span.line, found.span.column) == ("error", FILE, 4, 35)
    assert any(hint in each for each in found.hints), found.hints


READ = "read:\n  - {extent: abstract, version: v1, link: https://a.org/1}\n  - {extent: about, version: note}\n"


@pytest.mark.parametrize("source", ["v1", "V1", "note"])
def test_a_source_may_name_a_text_that_was_read_before_all_else(tmp_path: Path, source: str) -> None:
    root = with_source(tmp_path, source, READ)
    assert not [each for each in problems(root) if each.code == "unknown-source"]
    assert printed_keys(load(root)) == ["a"], "a key of the same name is not cited"


def test_a_version_that_was_not_read_is_told_with_the_nearest(tmp_path: Path) -> None:
    root = with_source(tmp_path, "version 2", READ.replace("v1", "version 1"))
    (found,) = (each for each in problems(root) if each.code == "unknown-source")
    assert any('"version 1"' in hint for hint in found.hints)


def test_the_link_of_what_was_read_is_an_address(tmp_path: Path) -> None:
    root = with_source(
        tmp_path, "note", "read:\n  - {extent: abstract, link: note}\n  - {extent: about, link: a.org/x}\n"
    )
    told = [each for each in problems(root) if each.code == "unknown-source"]
    assert [(each.message, each.span.line) for each in told] == [
        ('"note" is not an address', 4),
        ('"a.org/x" is not an address', 5),
    ]
    assert told[1].hints == ("write https://a.org/x",)


def test_a_key_that_is_a_source_is_cited_and_an_address_or_a_mistake_is_not(tmp_path: Path) -> None:
    assert wanted_keys(load(with_source(tmp_path / "a", "note"))) == {"a", "note"}
    for source in ("https://a.org/note", "noet"):
        project = load(with_source(tmp_path / source.replace("/", "-"), source))
        assert wanted_keys(project) >= {"a"} and printed_keys(project) == ["a"]


def test_sources_are_counted_in_the_order_in_which_they_are_printed(tmp_path: Path) -> None:
    more = "".join(f"@misc{{{key}, author={{X, Y}}, title={{{key}}}, date={{2020}}}}\n" for key in "bcde")
    fiche = (
        "key: a\nstatus: partial\nforces:\n  - {text: 'Selon @d.', source: c}\n  - {text: Rien., source: b}\n"
        "question: {text: Quoi ?, source: e}\n"
    )
    root = write_project(tmp_path, {FILE: fiche.encode(), "bib/a.bib": (BIB + more).encode()})
    assert printed_keys(load(root)) == ["a", "e", "d", "c", "b"]
