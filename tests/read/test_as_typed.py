"""A text is read as a person sees it typed, or a diagnostic stands on its line: in every style that YAML has."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synopse.diagnostics import Diagnostic, Severity
from synopse.model.base import validated
from synopse.model.fiche import fiche_model, read_fiche
from synopse.model.form import Form
from synopse.read import Mapping, Scalar, Sequence, decode, read_yaml

_TREE, _ = read_yaml(
    "sections: [{id: s, title: S, fields: [{id: q, type: text}, {id: f, type: items}]}]\n", "form.yaml"
)
assert _TREE is not None
_FORM = validated(Form, _TREE)[0]
assert _FORM is not None
FORM: Form = _FORM
MODEL = fiche_model(FORM)
PIECES = [
    "mot", "l'art", "#1", "#", "# de cas", "##", "#x", "C#", "no", "yes", "on", "null", "~", "1e3", "012", "1_000", "12:30", ".5",
    "1.10", "2025-03-08", "1.", "1. un", "- tiret", "-", "* point", "> 80 %", "+ plus", "| a | b |", "```", "a: b", "a : b", "fin :",
    "a:b", "http://x.org/#y", "\\tau", "\\nabla", "\\rho", "\\beta", "\\frac{1}{2}", "\\N", "\\_", "\\x41", "\\u00e9", "\\xi", "\\pi",
    "\\", "\\\\", "\\n", "\\/", "$x$", "$\\tau$", "$f''(x)$", "''", "'", '"', '"mot"', "« mot »", "*em*", "**fort**", "@clé",
    "[@clé]", "[a, b]", "{b}", "{{ n }}", "&a", "!b", "%", "`code`", "?", "? a", ",", "]", "}", "=", "<<", "<<: a", "---", "...", "--- x",
    "a\u00a0#1", "text:\u00a0x", "page:3", "page: 3", "a\tb", "a\t#b", "é", "漢", "a\u200bb", "%YAML", "|", ">", "|-", ">x", "&", "*",
]  # fmt: skip
lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
texts = st.lists(st.one_of(lines, lines, lines, st.just("")), min_size=1, max_size=4)
STYLES = ("plain", "'", '"', "|", ">")


def typed(rows: list[str], style: str, item: bool) -> str:
    """The fiche of a person who knows nothing of YAML but where quotes and bars stand."""
    head, indent = ("f:\n  - ", "    ") if item else ("q: ", "  ")
    more = "".join(f"\n{indent}{row}" if row else "\n" for row in rows[1:])
    if style == "plain":
        return f"key: a\nstatus: partial\n{head}{rows[0]}{more}\n"
    if style in "'\"":
        return f"key: a\nstatus: partial\n{head}{style}{rows[0]}{more}{style}\n"
    whole = "".join(f"\n{indent}{row}" if row else "\n" for row in rows)
    return f"key: a\nstatus: partial\n{head}{style}{whole}\n"


def seen(rows: list[str], style: str) -> str:
    """What a person sees: the words, and the empty lines between paragraphs; in quotes, one sign for a doubled one."""
    words = "\n".join(row.strip() for row in rows)
    if style == "'":
        words = words.replace("''", "'")
    if style == '"':
        words = re.sub(r'\\([\\"])', r"\1", words)
    if style == "|":
        return words.strip("\n")
    return re.sub(r"(?<!\n)\n(?!\n)", " ", words).strip("\n ")


def read(source: str) -> tuple[str, list[Diagnostic]]:
    """The text of the one field that is filled, and all that is said."""
    text, found = decode(source.encode(), "f.yaml")
    tree, wrong = read_yaml(text, "f.yaml")
    found += wrong
    if tree is None:
        return "", found
    fiche, wrong = read_fiche(tree, MODEL, FORM)
    remarks = [each for name in ("q", "f") for each in fiche.remarks(name)] if fiche else []
    return "\n".join(each.text.text for each in remarks), found + wrong


@given(texts, st.sampled_from(STYLES), st.booleans())
@settings(max_examples=600, deadline=None)
@example(["Ranked #1 among ten"], "plain", True)
@example(["Search line 3 = #1 AND #2"], "plain", False)
@example(["$\\tau$"], '"', False)
@example(["un", "", "deux"], ">", False)
@example(["un", "- deux"], "plain", False)
@example(["$f''(x)$"], "'", True)
@example(["un", "#deux"], "plain", False)
@example(["null"], "plain", True)
def test_a_text_is_read_as_it_is_seen_or_its_line_is_told(rows: list[str], style: str, item: bool) -> None:
    source = typed(rows, style, item)
    if style == "plain" and any(re.match(r"#(?![^\W_])", row) for row in rows):
        return  # a line of comment
    words = "\n".join(rows).strip()
    if style == "plain" and words[:1] in ("'", '"') and words[-1] == words[0]:
        return  # in quotes, whatever the person thinks
    if style == "plain" and re.match(r"[|>]-?\s*(#[^\n]*)?(\n|$)", words):
        return  # a block
    text, found = read(source)
    last = source.rstrip("\n").count("\n") + 1
    told = [each for each in found if 3 <= each.span.line <= last + 1]
    expected = seen(rows, style)
    got = "\n".join(line.strip() for line in text.split("\n")) if style == "|" else text
    assert told or re.sub(r"[ \t]+", " ", got).strip("\n ") == re.sub(r"[ \t]+", " ", expected), (source, text)


FIXED = re.compile(r"\n(?P<fixed>.*)", re.DOTALL)


@given(lines, st.booleans())
@settings(max_examples=200, deadline=None)
def test_what_the_hint_for_an_escape_shows_is_read_as_it_was_typed(line: str, item: bool) -> None:
    source = typed([line], '"', item)
    if re.search('"\\s+#', line):
        return
    for each in read(source)[1]:
        if each.code == "yaml-escape" and (fixed := FIXED.search(each.hints[0])):
            shown = fixed["fixed"]
            tree, _wrong = read_yaml("q: " + shown.replace("\n", "\n  ") + "\n", "f.yaml")
            assert isinstance(tree, Mapping)
            value = tree.get("q")
            assert isinstance(value, Scalar) and " ".join(value.text.split()) == " ".join(
                line.replace('\\"', '"').split()
            )


COMMENTS = [
    "key: tie2025posttraining        # the reference's key in bib/",
    "status: partial                 # complete, partial or todo",
    "date: mars 2025  # à vérifier",
    "title: Deep learning  # as printed",
    "title: Deep learning\t# as printed",
    "fiches: # the order of the report\n  - a",
    "q: 'un texte'  # comment",
    'q: "un texte"  # comment',
    "q: [a, b] # comment",
    "q: | # comment\n  un texte",
    "# comment\nq: un texte",
    "q: un texte\n# comment",
    "q: un texte\n  # comment\nz: a",
    "q: un texte\n\n#comment\nz: a",
    "f:\n  - un texte\n  #- un autre texte\n  - b",
    "f:\n  - text: un texte\n    #page: 12\n  - b",
    "f:\n  # comment\n  - un texte\n    # comment\n",
    "q: http://x.org/#part",
    "q: le langage C# et F#.",
    "q:  # à remplir",
]


@pytest.mark.parametrize("source", COMMENTS)
def test_an_ordinary_comment_is_left_alone(source: str) -> None:
    assert read_yaml(source + "\n", "f.yaml")[1] == []


LOST = [
    ("- Ranked #1 among ten", "yaml-comment"),
    ("- Search line 3 = #1 AND #2", "yaml-comment"),
    ("- Ranked #1", "yaml-comment"),
    ("- #1 among ten", "yaml-comment"),
    ("q: #1 among ten", "yaml-comment"),
    ("q: #1 among ten\n  and the rest", "yaml-comment"),
    ('- "Ranked" #1 among ten', "yaml-comment"),
    ("- Trending under #metoo in 2017", "yaml-comment"),
    ("- le langage C #", "comment-in-text"),
    ("- Total number # of studies", "comment-in-text"),
    ("- Ranked # 1", "comment-in-text"),
    ("- Ranked # 1 of 10 (p. 3)", "comment-in-text"),
    ("- Grade # of cases high", "comment-in-text"),
    ("- see issue # 12 and more words here", "comment-in-text"),
    ("q: Number # 5 What the study asks, in a sentence or two.", "comment-in-text"),
    ("q: # of cases", "comment-in-text"),
    ("q: # of cases\n  that were high", "comment-in-text"),
    ("- # of cases", "comment-in-text"),
    ("q: un\n  deux # trois", "comment-in-text"),
    ("q: 'un texte' # comment", "comment-in-text"),
    ('q: "un texte" # comment', "comment-in-text"),
    ("q: [a, b # of c\n  ]", "comment-in-text"),
    ("status: partial # complete, partial or todo", "comment-in-text"),
    ("- Search line 3 =  #1 AND #2", "comment-in-text"),
    ("q: un texte\n  #1 et la suite", "comment-in-text"),
    ("f:\n  - un texte\n    #1 et la suite", "comment-in-text"),
    ("status: partial #todo", "comment-in-text"),
    ("- [a, b #1\n  ]", "yaml-comment"),
]


@pytest.mark.parametrize(("source", "code"), LOST)
def test_a_text_that_a_hash_cuts_is_told(source: str, code: str) -> None:
    assert [each.code for each in read_yaml(source + "\n", "f.yaml")[1]] == [code]


EATEN = ["\\tau", "\\theta", "\\nabla", "\\nu", "\\neq", "\\rho", "\\right", "\\beta", "\\bar", "\\frac", "\\forall", "\\alpha", "\\vec",
         "\\epsilon", "\\eta", "\\emph", "\\N", "\\L", "\\P", "\\_", "\\0", "\\xi", "\\upsilon", "\\underline", "\\pi", "\\Delta", "\\sum",
         "\\,", "\\;", "\\%", "\\&", "\\{", "\\cdot", "\\x", "\\u12", "\\U0001", "\\ud800", "\\UFFFFFFFF"]  # fmt: skip


@pytest.mark.parametrize("command", EATEN)
@pytest.mark.parametrize("around", ["{}", "voir {} ici", "${}$", "$x {} y$"])
def test_a_command_that_double_quotes_eat_is_an_error_at_its_place(command: str, around: str) -> None:
    line = 'q: "' + around.format(command) + '"'
    errors = [each for each in read_yaml(line + "\n", "f.yaml")[1] if each.severity is Severity.ERROR]
    assert [each.code for each in errors] == ["yaml-escape"]
    assert (errors[0].span.line, errors[0].span.column) == (1, line.index("\\") + 1)
    assert errors[0].hints == ("write the text in single quotes, or after |:\n'" + around.format(command) + "'",)


def test_every_line_with_an_escape_is_told() -> None:
    found = read_yaml('q: "un \\tau\n  deux \\beta et \\rho\n  trois \\"mots\\" et \\\\"\n', "f.yaml")[1]
    assert [(each.span.line, each.code) for each in found] == [(1, "yaml-escape"), (2, "yaml-escape")]


@pytest.mark.parametrize(
    "text", ["caf\\u00e9", "caf\\xe9", "un\\nDeux", "http:\\/\\/x.org", "et al.\\ 2020", "un \\\n  deux"]
)
def test_an_escape_that_may_be_meant_is_noted(text: str) -> None:
    found = read_yaml(f'q: "{text}"\n', "f.yaml")[1]
    assert {each.code for each in found} == {"yaml-escape-read"}


@pytest.mark.parametrize("text", ['un \\"mot\\"', "C:\\\\temp", "$\\\\tau$", "un texte", "c'est l'art", "#1 et : a"])
def test_double_quotes_that_take_nothing_away_are_silent(text: str) -> None:
    assert read_yaml(f'q: "{text}"\n', "f.yaml")[1] == []


@pytest.mark.parametrize(
    "escape", ["\\x07", "\\u0007", "\\x1b", "\\u202e", "\\u2028", "\\U0000FFFF", "\\x85", "\\u0009"]
)
def test_a_control_character_by_its_number_is_an_error(escape: str) -> None:
    found = read_yaml(f'q: "un {escape}mot"\n"{escape}k": b\n', "f.yaml")[1]
    assert [(each.span.line, each.code) for each in found] == [(1, "control-character"), (2, "control-character")]


def test_empty_lines_part_paragraphs_in_every_style() -> None:
    for style in STYLES:
        text, found = read(typed(["un", "suite", "", "deux", "", "", "trois"], style, False))
        assert found == [] and text.split("\n\n")[1] == "deux" and "trois" in text and "suite" in text.split("\n\n")[0]


@pytest.mark.parametrize("second", ["- deux", "* deux", "| a | b |", "```", "$$", "# titre"])
def test_a_line_that_yaml_joins_though_it_begins_something_is_told(second: str) -> None:
    for style in ("plain", "'", '"', ">") if second[0] != "#" else ("'", '"', ">"):
        found = read(typed(["un", second, "trois"], style, False))[1]
        assert [(each.code, each.span.line) for each in found] == [("joined-line", 5 if style == ">" else 4)]


@pytest.mark.parametrize("second", ["2020. Ensuite", "> 80 %", "12) suite", "-deux", "*deux*"])
def test_a_line_of_prose_that_only_looks_so_is_joined_without_a_word(second: str) -> None:
    for style in ("plain", "'", '"', ">"):
        text, found = read(typed(["un", second], style, False))
        assert found == [] and text.strip() == f"un {second}"


def test_words_that_yaml_knows_stay_as_typed() -> None:
    words = [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "True",
        "1e3",
        "012",
        "0x1F",
        "0o17",
        "1_000",
        "12:30",
        "190:20:30",
        ".5",
        "1.10",
        "2025-03-08",
        ".inf",
        ".nan",
        "Null",
        "NULL",
        "=",
        "<<",
        "~x",
    ]
    tree = read_yaml("f:\n" + "".join(f"  - {word}\n" for word in words), "f.yaml")[0]
    assert isinstance(tree, Mapping)
    items = tree.get("f")
    assert isinstance(items, Sequence) and [getattr(item, "text", "") for item in items.items] == words


SPACES = ["q:\u00a0texte", "z: a\nq:\u00a0texte", "z: a\nq:\u202ftexte\nx: b", "f:\n  -\u00a0un\n  -\u00a0deux",
          "f:\n  - text:\u00a0un", "f:\n  - text: un\n    page:\u00a014", "f:\n  - text: un\n      page:14"]  # fmt: skip


@pytest.mark.parametrize("source", SPACES)
def test_a_space_that_is_none_for_yaml_is_told(source: str) -> None:
    tree, found = read_yaml(source + "\n", "f.yaml")
    wrong = list(found)
    if tree is not None:
        wrong += read_fiche(tree, MODEL, FORM)[1]
    assert [each.code for each in found] == ["yaml-space"] or (not found and wrong), found


def test_a_merge_key_is_told() -> None:
    found = read_yaml("a: &b {c: d}\ne:\n  <<: *b\n", "f.yaml")[1]
    assert [(each.code, each.span.line) for each in found] == [("yaml-merge", 3)]


def test_one_key_in_two_forms_of_unicode_is_one_key() -> None:
    found = read_yaml("de\u0301but: a\nd\u00e9but: b\n", "f.yaml")[1]
    assert [each.code for each in found] == ["duplicate-key"]
