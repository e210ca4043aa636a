"""How a problem is shown: first line, excerpt, caret, hint; as JSON; as GitHub annotations."""

from __future__ import annotations

import json

from synopse.diagnostics import Span, problem
from synopse.diagnostics.printer import as_github, as_json, as_text, in_order

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
            "hints": ["did you mean?"],
        }
    ]


def test_github_annotations_are_escaped() -> None:
    found = problem("yaml-colon", "50 % of\nit", Span("a,b:c.yaml", 3, 4))
    assert as_github([found]) == "::error file=a%2Cb%3Ac.yaml,line=3,col=4,title=yaml-colon::50 %25 of%0Ait"
