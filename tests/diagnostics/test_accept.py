"""`accept:` in report.yaml: what a person has seen is not shown again, and what no longer occurs is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.build.session import Session
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.printer import in_order
from tests.diagnostics.cases import first_lines, problems, write_project

FICHE = (
    "key: a\nstatus: partial\ncitation:\n  title: Autre titre\ndatasets: [XX, YY]\nforces:\n  - {text: T, theme: zz}\n"
)
BIB = ("@misc{a, author={Un, A}, title={Titre}, date={2025}}\n@misc{b, title={B}, doi={1/x}}\n"
       "@misc{c, title={C}, doi={1/y}}\n")  # fmt: skip


def codes(tmp_path: Path, *accepted: str, fiche: str = FICHE) -> list[str]:
    """The codes of what is told, but for notes on the library, where those lines stand under `accept:`."""
    return [each.code for each in in_order(told(tmp_path, *accepted, fiche=fiche)) if each.span.file != "bib"]


def told(tmp_path: Path, *accepted: str, fiche: str = FICHE, fiches: str = "[a]") -> list[Diagnostic]:
    lines = "".join(f"  - {line}\n" for line in accepted)
    report = f"title: T\nfiches: {fiches}\n" + (f"accept:\n{lines}" if lines else "")
    files = {"sources/report.yaml": report, "sources/fiches/a.yaml": fiche, "bib/a.bib": BIB}
    return problems(write_project(tmp_path, {name: text.encode() for name, text in files.items()}))


def test_everything_is_told_where_nothing_is_accepted(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["citation-differs", "unknown-term", "unknown-term", "unknown-theme"]


@pytest.mark.parametrize(
    ("accepted", "left"),
    [
        ("{code: citation-differs, key: a}", ["unknown-term", "unknown-term", "unknown-theme"]),
        ("{code: unknown-term, key: a}", ["citation-differs", "unknown-theme"]),
        ("{code: unknown-term, place: sources/fiches/a.yaml}", ["citation-differs", "unknown-theme"]),
        ("{code: unknown-term, place: sources/fiches}", ["citation-differs", "unknown-theme"]),
        ("{code: unknown-term, place: sources/fiches/a.yaml:5:16}", ["citation-differs", "unknown-term", "unknown-theme"]),
        ("{code: unknown-theme, key: a, place: sources/fiches/a.yaml:7}", ["citation-differs", "unknown-term", "unknown-term"]),
    ],
)  # fmt: skip
def test_what_was_seen_is_not_shown_again(tmp_path: Path, accepted: str, left: list[str]) -> None:
    assert codes(tmp_path, accepted) == left


@pytest.mark.parametrize(
    "accepted",
    [
        "{code: citation-differs, key: b}",
        "{code: citation-differs, place: sources/fiches/a.yaml:3}",
        "{code: citation-differs, place: sources/fiches/a}",
        "{code: lone-theme, key: a}",
        "{code: unknown-term, key: a, place: bib}",
    ],
)
def test_what_no_longer_occurs_is_told_at_its_line(tmp_path: Path, accepted: str) -> None:
    found = [each for each in told(tmp_path, accepted) if each.code == "accepted-gone"]
    assert [(each.span.file, each.span.line) for each in found] == [("sources/report.yaml", 4)]
    assert len(codes(tmp_path, accepted)) == 5


def test_an_error_is_never_accepted(tmp_path: Path) -> None:
    broken = FICHE.replace("partial", "half")
    assert "wrong-choice" in codes(tmp_path, "{code: wrong-choice, key: a}", fiche=broken)
    assert first_lines(
        told(tmp_path, "{code: wrong-choice, key: a}", "{code: citaton-differs, key: a}", "{code: bad-doi}")
    )[-3:] == [
        'sources/report.yaml:4:5: error[wrong-choice]: "wrong-choice" is an error, and an error cannot be accepted',
        'sources/report.yaml:5:5: error[wrong-choice]: "citaton-differs" is the code of no message',
        "sources/report.yaml:6:5: error[missing-field]: which message is accepted? a key or a place is missing",
    ]


def test_nothing_is_called_gone_while_errors_may_hide_it(tmp_path: Path) -> None:
    found = told(tmp_path, "{code: lone-theme, key: a}", fiches="[a, nowhere]")
    assert [each.code for each in found if each.code in ("accepted-gone", "unknown-fiche")] == ["unknown-fiche"]


def test_notes_on_the_library_are_accepted_one_by_one_or_all(tmp_path: Path) -> None:
    def notes(*accepted: str) -> list[str]:
        return [each.message for each in told(tmp_path, *accepted) if each.span.file.startswith("bib")]

    assert notes()[:1] == ["2 references of bib/ are not used by the report"]
    assert notes("{code: unused-reference, key: b}")[0] == 'the reference "c" is neither retained nor cited'
    assert notes("{code: unused-reference, place: bib}", "{code: bad-doi, place: bib/a.bib}") == []


def test_what_only_the_engine_tells_is_called_gone_by_the_engine_alone(tmp_path: Path) -> None:
    accepted = ("{code: overfull-line, key: a}", "{code: wide-table, place: sources/report.yaml}")
    assert "accepted-gone" not in codes(tmp_path, *accepted)
    wide = problem("overfull-line", "a line is too wide", Span("sources/fiches/a.yaml", 3))
    other = problem("overfull-line", "a line is too wide", Span("sources/report.yaml", 1))
    found = Session(tmp_path).of_engine([wide, other])
    assert [(each.code, each.span.line) for each in found] == [("overfull-line", 1), ("accepted-gone", 5)]
