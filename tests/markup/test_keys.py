"""Citation keys: as Pandoc reads them, whole where the library has them, and what is said of one that is not found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.markup.citations import parse_group
from synopse.markup.keys import KnownKeys, known_keys
from synopse.markup.parse import parse
from synopse.markup.tree import Cite, Locator, walk
from tests.conftest import scalar
from tests.diagnostics.cases import problems, write_project


def cited(text: str, *library: str, **as_latex: str) -> list[str]:
    """The keys that a text cites, where the library has those keys."""
    known = known_keys(library, {typed.replace("_", " "): key for typed, key in as_latex.items()})
    blocks, found = parse(scalar(text), "en", known=known)
    assert found == []
    return [key.key for inline in walk(blocks) if isinstance(inline, Cite) for key in inline.keys]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@Foo_bar.baz.]", ["Foo_bar.baz"]),
        ("@Foo_bar.baz. And", ["Foo_bar.baz"]),
        ("@{Foo_bar.baz.} is", ["Foo_bar.baz."]),
        ("[@Foo_bar--baz]", ["Foo_bar"]),
        (
            "[@{https://example.com/bib?name=foobar&date=2000}, p. 33]",
            ["https://example.com/bib?name=foobar&date=2000"],
        ),
        ("[@{a;b}; @c]", ["a;b", "c"]),
        ("[@{a]b}, p. 3]", ["a]b"]),
        ("[@{a{b}c}]", ["a{b}c"]),
        ("[@_private; see @1999b]", ["_private", "1999b"]),
        ("[-@doe, p. 3; see also @roe]", ["doe", "roe"]),
        ("@{} and @{ } and [@]", []),
        ("me@example.org", []),
    ],
)
def test_a_key_is_read_as_pandoc_reads_it(text: str, keys: list[str]) -> None:
    assert cited(text) == keys


@pytest.mark.parametrize(
    ("text", "library", "keys"),
    [
        ("[@duquette_share--income_2019, p. 3]", ["duquette_share--income_2019"], ["duquette_share--income_2019"]),
        ("as @duquette_share--income_2019 says", ["duquette_share--income_2019"], ["duquette_share--income_2019"]),
        ("@a--b, @a--b. And @a--b: so", ["a--b"], ["a--b"] * 3),
        ("[@a--bc]", ["a--b"], ["a"]),
        ("[@a--b-c]", ["a--b"], ["a"]),
        ("[@a--b; @a--b--c]", ["a--b", "a--b--c"], ["a--b", "a--b--c"]),
        ("[@Di Martino2019234, p. 2; @Di]", ["Di Martino2019234"], ["Di Martino2019234", "Di"]),
        ("@10.1000/abc(2)x says", ["10.1000/abc(2)x"], ["10.1000/abc(2)x"]),
        ("[@key.; @plain]", ["key.", "plain"], ["key.", "plain"]),
    ],
)
def test_a_key_of_the_library_is_read_whole(text: str, library: list[str], keys: list[str]) -> None:
    assert cited(text, *library) == keys


def test_where_two_keys_can_be_meant_the_shorter_is_read_and_braces_name_the_other() -> None:
    assert cited("[@smith--b; @{smith--b}]", "smith", "smith--b") == ["smith", "smith--b"]


def test_a_key_as_typed_leads_to_the_one_that_latex_can_cite() -> None:
    text = "[@Di Martino2019, p. 2] and @{Di Martino2019}"
    assert cited(text, Di_Martino2019="DiMartino2019") == ["DiMartino2019", "DiMartino2019"]


def test_the_locator_after_a_key_in_braces_is_read() -> None:
    (key,) = parse_group("see @{a b}, pp. 3-5, passim") or ()
    assert (key.key, key.prefix, key.locator, key.suffix) == ("a b", "see", Locator("page", "3–5", "pp."), ", passim")


keys = st.text(alphabet="ab1_-:./+#& (é", min_size=1, max_size=8).filter(lambda key: key == key.strip())


@given(st.lists(keys, min_size=1, max_size=4, unique=True))
@settings(max_examples=300, deadline=None)
def test_every_key_of_a_library_can_be_cited(library: list[str]) -> None:
    known = known_keys(library, {})
    for key in library:
        assert [each.key for each in parse_group(f"@{{{key}}}", known) or ()] == [key]
        if key not in known.twofold and all(not other.startswith(key) for other in library if other != key):
            assert [each.key for each in parse_group(f"@{key}, p. 3", known) or ()] == [key]


@given(st.text(alphabet="@{}[];, ab-", max_size=24))
@settings(max_examples=400, deadline=None)
def test_no_text_of_citation_signs_raises(text: str) -> None:
    parse(scalar(text), "en", known=KnownKeys())
    parse_group(text, known_keys(["a--b", "a b"], {}))


BIB = "@misc{a, author={Un, A}, title={T}, date={2025}}\n@misc{share--income, author={Un, B}, title={U}, date={2025}}\n"


def told(tmp_path: Path, cite: str, bib: str = BIB) -> list[tuple[str, int, str, tuple[str, ...]]]:
    report = f"title: T\nfiches: [a]\nintroduction: Voir {cite}.\n"
    found = problems(write_project(tmp_path, {"sources/report.yaml": report.encode(), "bib/a.bib": bib.encode()}))
    return [(d.code, d.span.column, d.message, d.hints) for d in found if "citation" in d.code]


def test_a_key_that_no_reference_has_is_told_as_it_was_typed(tmp_path: Path) -> None:
    assert told(tmp_path, "[@share--incme]") == [
        (
            "unknown-citation",
            21,
            'no reference has the key "share"',
            ('did you mean "share--income" (bib/a.bib:2)?', "such a key stands in braces: @{share--income}"),
        )
    ]
    assert told(tmp_path, "[@tout--autre]")[0][3] == (
        'the key ends before "--autre"; if it does not, write @{tout--autre}',
    )
    assert told(tmp_path, "[@share--income]") == []


def test_two_keys_that_can_be_meant_are_told(tmp_path: Path) -> None:
    bib = BIB + "@misc{share, author={Un, C}, title={V}, date={2025}}\n"
    ((code, _, message, hints),) = told(tmp_path, "[@share--income]", bib)
    assert code == "twofold-citation" and message == '"share" is cited, and "share--income" is a key as well'
    assert hints == ("to cite that one, write @{share--income}", "else write @{share}")
    assert told(tmp_path, "[@{share--income}; @{share}]", bib) == []
