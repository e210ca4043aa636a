"""What of a library is told of a report that uses some of its entries: what touches them, and a line for the rest."""

from __future__ import annotations

import pytest

from synopse.bib.library import read_library
from synopse.bib.told import parted, summed_up
from synopse.bib.write import write_bib
from synopse.diagnostics import Diagnostic
from synopse.diagnostics.printer import in_order
from synopse.ground.keys import bib_key

SOUND = "@misc{used, author={U, A}, title={T}, date={2025}}\n"


def told(used: str, **files: str | bytes) -> tuple[list[str], list[str]]:
    """First lines of what is told at its place, then of what is summed up, of files of those names; keys part by `;`."""
    keys = [key for key in used.split(";") if key]
    data = {f"{name}.bib": text.encode() if isinstance(text, str) else text for name, text in files.items()}
    library, found = read_library(data)
    library = library.cited_as(keys)
    parts = parted(library, found, keys, False)
    return _lines(parts.here), [f"{d.severity}[{d.code}]: {d.message}" for d in summed_up((), parts.aside)]


def _lines(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.span.file}:{d.span.line}: {d.severity}[{d.code}]: {d.message}" for d in in_order(found)]


def test_doubles_that_say_the_same_are_one() -> None:
    again = '@MISC{used,\n title = {{T}}, author = "A U", year = 2025, abstract={other}, timestamp={now}}\n'
    assert told("used", a=SOUND + again) == (
        [],
        ['note[repeated-reference]: the key "used" stands twice and says the same; the entry at a.bib:1 is kept'],
    )


@pytest.mark.parametrize(
    ("field", "differing"),
    [
        ("title={Other}, author={U, A}, date={2025}", 'title ("T", "Other")'),
        ("title={T}, author={U, B}, date={2025}", 'author ("A U", "B U")'),
        ("title={T}, author={U, A}, date={2024}", 'date ("2025", "2024")'),
        ("title={T}, author={U, A}, date={2025}, doi={10.1/x}", 'doi ("", "10.1/x")'),
        (r"title={\emph{T}}, author={U, A}, date={2025}", 'title ("T", "T")'),
    ],
)  # fmt: skip
def test_doubles_that_differ_are_an_error_only_where_the_key_is_used(field: str, differing: str) -> None:
    double = f"@misc{{used, {field}}}\n"
    message = (
        'the key "used" stands twice, and the two say different things; the entry at a.bib:1 is kept, not this one'
    )
    assert told("used", a=SOUND, b=double) == ([f"b.bib:1: error[duplicate-reference]: {message}"], [])
    assert told("", a=SOUND, b=double) == ([], [f"note[duplicate-reference]: {message}"])
    _, found = read_library({"a.bib": SOUND.encode(), "b.bib": double.encode()})
    assert f"they differ in {differing}" in found[0].hints


def test_a_broken_entry_stops_only_a_report_that_uses_it() -> None:
    broken = SOUND + "@misc{lost, title={never closed\n"
    message = 'an entry ("lost") cannot be read and was left out'
    assert told("used", a=broken) == ([], [f"note[bib-syntax]: {message}"])
    assert told("used;lost", a=broken) == ([f"a.bib:2: error[bib-syntax]: {message}"], [])


@pytest.mark.parametrize(("control", "kind"), [("\x02", "control"), ("\u202a", "direction"), ("\x9f", "control")])
def test_a_control_character_is_told_where_it_would_be_printed(control: str, kind: str) -> None:
    entry = (
        f"@misc{{used, title={{T}},\n  abstract={{a{control}b}}, date={{2025}},\n  note={{one\ntwo {control}three}}}}\n"
    )
    code = f"U+{ord(control):04X}"
    message = f'the field "note" holds a {kind} character, {code}, that cannot be printed; it is left out'
    assert told("used", a=entry) == ([f"a.bib:4: warning[bib-control]: {message}"], [])
    assert told("", a=entry) == ([], [f"note[bib-control]: {message}"])
    library, _ = read_library({"a.bib": entry.encode()})
    assert library.references["used"].words("note") == "one two three"


def test_fields_that_a_brace_too_many_cuts_off_are_told() -> None:
    entry = "@misc{used, title={A {{B}} C}},\n  author={U, A},\n  date={2025}\n}\n"
    message = 'the entry "used" ends before this line: what follows is not read'
    assert told("used", a=entry)[0] == [f"a.bib:2: error[bib-syntax]: {message}"]
    assert told("", a=entry + SOUND.replace("used", "other")) == ([], [f"note[bib-syntax]: {message}"])
    assert told("used", a="Scopus\nEXPORT DATE: 14 March = today\n" + SOUND + "a comment, a = b\n") == ([], [])


def test_what_an_entry_inherits_from_is_used_with_it() -> None:
    parent = "@proceedings{book, title={P\x01}, date={2025}}\n"
    child = "@inproceedings{used, title={T}, author={U, A}, crossref={book}}\n"
    here, aside = told("used", a=parent + child)
    assert [line.split(": ")[1] for line in here] == ["warning[bib-control]"] and aside == []


def test_a_comma_that_is_missing_between_two_fields_stops_nothing() -> None:
    entry = "@misc{used, title={T}\n  author={U, A}, date={2025}}\n"
    assert told("used", a=entry)[0] == ['a.bib:1: warning[bib-comma]: after the field "title" a comma is missing']
    lost = '@misc{used, title="On "Pebbles"", author={U, A}, date={2025}}\n'
    assert [line.split(": ")[1] for line in told("used", a=lost)[0]] == ["error[bib-syntax]"]


def test_a_file_in_another_encoding_is_told_where_the_report_uses_it() -> None:
    latin = "@misc{other, title={Caf\u00e9}}\n".encode("latin-1")
    assert told("used", a=SOUND, b=latin)[0] == []
    assert [line.split(": ")[1] for line in told("used;other", a=SOUND, b=latin)[0]] == ["warning[bib-encoding]"]


@pytest.mark.parametrize("key", ["Di Martino2019234", "O'Hara (2020)", "100%", "a#b", "at&t2020", "müller~a", "x=y"])
def test_a_key_as_an_export_writes_it_stays_and_is_told_where_biber_cannot_read_it(key: str) -> None:
    bib = f"@ARTICLE{{{key},\n author={{Di Martino, A.}}, title={{T}}, year={{2019}}}}\n"
    library, _ = read_library({"a.bib": bib.encode()})
    assert list(library.references) == [key] and library.same == {}
    message = f'biber reads no key "{key}": build/references.bib calls the entry "{bib_key(key)}"'
    assert told(key, a=bib)[0] == ([] if bib_key(key) == key else [f"a.bib:1: note[key-renamed]: {message}"])


def test_what_no_key_can_hold_is_left_out_of_it() -> None:
    library, found = read_library({"a.bib": rb"@misc{a\&b, title={T}}"})
    assert list(library.references) == ["a&b"] and library.same == {"a\\&b": "a&b"}
    assert [each.message for each in found] == ['"a\\&b" cannot be a key: the report knows the entry as "a&b"']
    _, (note,) = read_library({"a.bib": b"@misc{Garc\\'ia2021, author={A, B}, title={T}, year=2021}"})
    assert bib_key("Garc'ia2021") in note.hints[0] and bib_key("Garc'ia2021") != "Garc'ia2021"


def test_an_entry_without_key_is_counted() -> None:
    keyless = SOUND + "@article{, title={A}}\n@article{title={B}, year=2000}\n"
    assert told("used", a=keyless) == (
        [],
        ["note[bib-aside]: bib/ has 2 problems in what the report does not use: 1 bib-syntax, 1 bad-key"],
    )


def test_what_is_wrong_elsewhere_is_one_line_that_counts() -> None:
    other = "@misc{x, title={X}, doi={nothing}}\n@misc{x, title={Y}}\n@misc{broken, title={\n"
    here, aside = told("used", a=SOUND, b=other)
    assert here == []
    assert aside == [
        "note[bib-aside]: bib/ has 3 problems in what the report does not use: "
        "1 bib-syntax, 1 bad-doi, 1 duplicate-reference"
    ]  # fmt: skip


STRING = '@string{jmlr = "Journal of ML"}\n'
USES = "@article{used, title={T}, author={U, A}, date={2025}, journal=jmlr}\n"


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_string_of_another_file_is_found_whatever_the_alphabet(order: tuple[str, str]) -> None:
    files = dict(zip(order, (STRING, USES), strict=True))
    library, found = read_library({f"{name}.bib": text.encode() for name, text in files.items()})
    assert found == [] and library.references["used"].words("journaltitle") == "Journal of ML"


def test_a_files_own_string_goes_before_anothers_and_two_others_that_differ_are_told() -> None:
    other = '@string{jmlr = "Another"}\n'
    library, found = read_library({"a.bib": other.encode(), "b.bib": (USES + STRING).encode()})
    assert found == [] and library.references["used"].words("journaltitle") == "Journal of ML"
    here, _ = told("used", a=other, b=STRING, c=USES)
    message = '"jmlr" is defined in two files, a.bib:1 and b.bib:1; the first is taken'
    assert here == [f"c.bib:1: warning[bib-string]: {message}"]
    assert told("used", a=STRING, b=STRING, c=USES)[0] == []


def test_strings_may_use_those_of_other_files_and_never_go_in_circles() -> None:
    files = {
        "a": '@string{long = short # " of ML"}',
        "b": '@string{short = "Journal"}',
        "c": USES.replace("jmlr", "long"),
    }
    library, found = read_library({f"{name}.bib": text.encode() for name, text in files.items()})
    assert found == [] and library.references["used"].words("journaltitle") == "Journal of ML"
    circle = (
        "@string{x = y}\n@string{y = x}\n"
        + "".join(f"@string{{l{n + 1} = l{n} # l{n}}}\n" for n in range(60))
        + '@string{l0 = "lol"}\n'
    )
    _, found = read_library({"a.bib": (circle + USES.replace("jmlr", "x # l60")).encode()})
    assert {each.code for each in found} <= {"bib-string"}


def test_sets_and_related_works_bring_their_members_and_what_is_not_there_is_told() -> None:
    bib = SOUND + "@set{s, entryset={used, away, s}}\n@misc{b, author={U, B}, title={B}, date={2024}, related={s}}\n"
    library, _ = read_library({"a.bib": bib.encode()})
    assert library.with_followed({"b"}) == {"b", "s", "used"}
    here, _ = told("b", a=bib)
    assert here == [
        'a.bib:2: warning[bib-crossref]: entryset of "s" names "away": no other entry has this key',
        'a.bib:2: warning[bib-crossref]: entryset of "s" names "s": no other entry has this key',
    ]
    assert "entryset = {used}" in " ".join(write_bib(library.references.values()).split())


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_is_printed_as_a_space_and_told_at_its_line(character: str) -> None:
    text = f"@misc{{used, author={{U, A}},\n title={{One{character}two}}, date={{2025}}}}\n"
    here, _ = told("used", a=text)
    code = f"U+{ord(character):04X}"
    assert here == [
        f'a.bib:2: note[line-separator]: the field "title" holds a line separator, {code}: a space stands for it'
    ]
    assert read_library({"a.bib": text.encode()})[0].references["used"].words("title") == "One two"


@pytest.mark.parametrize(
    ("title", "written", "said"),
    [('The "quick" fox', r"The \enquote{quick} fox", ["bib-reading"]), ('A 5" disk', r"A 5\textquotedbl{} disk", ["bib-reading"]),
     (r"The {\textquotedbl}q", r"The \textquotedbl{}q", []), (r"G\"odel's", "Gödel’s", []), ('"a "b" c"', r"\enquote{a \textquotedbl{}b\textquotedbl{} c}", ["bib-reading", "bib-reading"]),
     (r'"\emph{"x"}"', r"\textquotedbl{}\emph{\enquote{x}}\textquotedbl{}", ["bib-reading", "bib-reading"]),
     (r'"a \enquote{b}"', r"\textquotedbl{}a \enquote{b}\textquotedbl{}", ["bib-reading"]),
     (r'\emph{"x"}', r"\emph{\enquote{x}}", ["bib-reading"]), ('x"y"', r"x\textquotedbl{}y\textquotedbl{}", ["bib-reading"]),
     ('A "{DNA}" test', r"A \enquote{{DNA}} test", ["bib-reading"])],
)  # fmt: skip
def test_straight_quotation_marks_are_a_quotation_or_stay_and_are_told(
    title: str, written: str, said: list[str]
) -> None:
    library, found = read_library({"a.bib": f"@misc{{k, title={{{title}}}}}".encode()})
    assert f"{{{written}}}" in write_bib(library.references.values())
    assert [each.code for each in found] == said
