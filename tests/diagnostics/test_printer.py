"""How a problem is shown: first line, excerpt, caret, hint; as JSON; as GitHub annotations."""

from __future__ import annotations

import json
from dataclasses import replace

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.printer import as_github, as_json, as_text, in_order, summary

LINES = ["clé: a", "      Le RLHF [@ouyang2022] reste efficace."]
ONE = problem(
    "unknown-citation", 'no reference has the key "ouyang2022"', Span("f.yaml", 2, 16, 2, 27), "did you mean?"
)


def test_the_excerpt_points_at_the_words() -> None:
    text = as_text([ONE], lambda file: LINES)
    assert text.split("\n") == [
        'f.yaml:2:16: error[unknown-citation]: no reference has the key "ouyang2022"',
        "    2 |       Le RLHF [@ouyang2022] reste efficace.",
        "      |                ^^^^^^^^^^^",
        "   hint: did you mean?",
    ]


def test_colour_is_only_where_it_is_asked_for() -> None:
    assert "\x1b[" in as_text([ONE], lambda file: LINES, colour=True)
    assert "\x1b[" not in as_text([ONE], lambda file: LINES)


def test_a_caret_under_wide_and_combining_characters_stands_right() -> None:
    found = problem("yaml-syntax", "x", Span("f", 1, 4, 1, 5))
    lines = as_text([found], lambda file: ["漢e\u0301x"]).split("\n")
    assert lines[2].index("^") - lines[2].index("|") == 2 + 2 + 1


def test_control_characters_never_reach_the_terminal() -> None:
    found = problem("yaml-syntax", "a\x1b[31mb", Span("f", 1, 1, 1, 2))
    assert "\x1b" not in as_text([found], lambda file: ["\x1b[2J\u202e"])


def test_problems_are_shown_once_by_file_and_line() -> None:
    later, first = problem("yaml-tab", "b", Span("a", 9)), problem("yaml-tab", "a", Span("a", 2))
    assert in_order([later, first, later]) == [first, later]


def test_json_holds_every_part() -> None:
    assert json.loads(as_json([ONE])) == [
        {
            "severity": "error",
            "code": "unknown-citation",
            "message": 'no reference has the key "ouyang2022"',
            "file": "f.yaml",
            "line": 2,
            "column": 16,
            "end_line": 2,
            "end_column": 27,
            "key": "",
            "hints": ["did you mean?"],
        }
    ]


def test_github_annotations_are_escaped() -> None:
    found = problem("yaml-colon", "50 % of\nit", Span("a,b:c.yaml", 3, 4))
    assert as_github([found]) == "::error file=a%2Cb%3Ac.yaml,line=3,col=4,title=yaml-colon::50 %25 of%0Ait"


def errors_and_warnings(errors: int, warnings: int) -> list[Diagnostic]:
    wrong = [problem("yaml-tab", f"e{n}", Span("a.yaml", n + 1)) for n in range(errors)]
    return wrong + [problem("bad-isbn", f"w{n}", Span("b.bib", n + 1)) for n in range(warnings)]


def test_errors_come_last_and_all_is_counted() -> None:
    found = errors_and_warnings(3, 2)
    firsts = as_text(found, lambda file: []).split("\n")
    assert [line.split(": ")[-1] for line in firsts] == ["w0", "w1", "e0", "e1", "e2"]
    assert summary(found) == "3 errors, 2 warnings"


def test_many_warnings_of_one_kind_are_told_by_the_first_and_a_count_and_errors_never_are() -> None:
    found = errors_and_warnings(12, 30)
    lines = as_text(found, lambda file: []).split("\n")
    assert lines[:4] == [
        "b.bib:1:1: warning[bad-isbn]: w0",
        "b.bib:2:1: warning[bad-isbn]: w1",
        "b.bib:3:1: warning[bad-isbn]: w2",
        "warning[bad-isbn]: 27 more of this kind: doit check --all shows them",
    ]
    assert len(lines) == 4 + 12
    assert len(as_text(found, lambda file: [], whole=True).split("\n")) == 30 + 12


def test_many_notes_of_one_kind_take_two_lines_and_show_no_source() -> None:
    found = [problem("preprint", f"n{n}", Span("f.yaml", 2, 7, 2, 16), "why") for n in range(4)]
    lines = as_text(found, lambda file: LINES).split("\n")
    assert lines == [
        "f.yaml:2:7: note[preprint]: n0",
        "   hint: why",
        "note[preprint]: 3 more of this kind: doit check --all shows them",
    ]
    assert as_text(found, lambda file: LINES, whole=True).count("hint") == 4


def test_what_sums_up_others_is_shown_in_full_where_all_is_asked_for() -> None:
    parts = tuple(errors_and_warnings(0, 2))
    one = replace(problem("unused-reference", "2 references are not used", Span("bib")), parts=parts)
    assert as_text([one], lambda file: []) == "bib:1:1: note[unused-reference]: 2 references are not used"
    assert as_text([one], lambda file: [], whole=True).split("\n") == [as_text([p], lambda file: []) for p in parts]


def test_a_difference_that_the_report_shows_takes_one_line() -> None:
    found = problem("citation-differs", "the date differs", Span("f.yaml", 2, 7, 2, 16), "the record is elsewhere")
    assert as_text([found], lambda file: LINES) == "f.yaml:2:7: warning[citation-differs]: the date differs"
    assert as_text([found], lambda file: LINES, whole=True).count("\n") == 3
