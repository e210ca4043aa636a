"""The bibliography of the real world: forty files and more, and properties that hold for any .bib."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.bib.bibtex import write_bibtex
from synopse.bib.csl import write_csl
from synopse.bib.decode import decoded
from synopse.bib.latex import Remark
from synopse.bib.library import read_library
from synopse.bib.reference import Name, Names, Reference
from synopse.bib.write import escape_bib, write_bib, write_markup
from synopse.diagnostics import Span
from synopse.locale.dates import PartialDate
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Styled, Text
from tests.bib.expected import LIBRARY, as_read

FILES = sorted(LIBRARY.glob("*.bib"))
LEFT_OUT = ("bib-syntax", "bad-key", "duplicate-reference", "repeated-reference")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_as_expected(path: Path) -> None:
    assert as_read(path) == path.with_suffix(".expected").read_text("utf-8")


def test_there_are_more_than_forty_files() -> None:
    assert len(FILES) > 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_is_a_reference_or_a_diagnostic(path: Path) -> None:
    library, found = read_library({path.name: path.read_bytes()})
    left_out = [d for d in found if d.code in LEFT_OUT and ("left out" in d.message or "is kept" in d.message)]
    assert library.count <= len(library.references) + len(left_out)
    assert library.count >= len(library.references)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_written_is_read_back_the_same(path: Path) -> None:
    library, _ = read_library({path.name: path.read_bytes()})
    once = write_bib(library.references.values())
    again, found = read_library({"again.bib": once.encode()})
    assert write_bib(again.references.values()) == once
    assert [d.code for d in found if d.code in ("bib-syntax", "bib-comma", "bib-command", "bib-string")] == []


AS_TYPED = [
    "WARN - Datamodel: Entry 'a': Invalid field 'publisher' for entrytype 'article'",  # a publisher of an article
    "WARN - Datamodel: Entry 'ed': Missing mandatory field 'author'",  # a book of which only the editor is known
    "WARN - ISBN '978-2-07-036822-9' in entry 'i2' is invalid",  # told as bad-isbn
]


@pytest.mark.slow
def test_biber_says_nothing_of_what_is_written(tmp_path: Path) -> None:
    """Every reference of the forty files that has a title and a date; the undated ones were told to the person.

    What is left is what a person typed, which is kept.
    """
    references = {}
    for path in FILES:
        for key, each in read_library({path.name: path.read_bytes()})[0].references.items():
            if each.title and each.date and each.kind != "xdata" and key != "Same":
                references[key] = each
    (tmp_path / "all.bib").write_text(write_bib(references.values()), "utf-8")
    command = [
        "biber",
        "--tool",
        "--validate-datamodel",
        f"--output-file={tmp_path / 'out.bib'}",
        str(tmp_path / "all.bib"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    told = [line for line in done.stdout.split("\n") if re.match("WARN|ERROR", line)]
    said = (re.sub(r" - run.*| \([^()]*all\.bib\)", "", line) for line in told)
    assert sorted(re.sub(r"(?<=Datamodel: )\w+ entry", "Entry", line) for line in said) == AS_TYPED  # as 2.18 says it
    assert len(references) > 70


SCRIPTS = "aéŁßøőçğİıÆœ αβγώ Жёйї ابجد אבגד 漢字かな 한글 देवनागरी ไทย ქართული հայերեն"
letters = st.text(alphabet=SCRIPTS.replace(" ", "") + "abcXYZ", min_size=1, max_size=12)
anything = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=40)


def spaced(text: str) -> str:
    """A text as a .bib can hold it: LaTeX has one thin space, `\\,`, for U+2006, U+2009 and U+202F."""
    import unicodedata

    thin = re.sub("[\u2006\u2009]", "\u202f", text)
    return unicodedata.normalize("NFC", re.sub(r"[ \t\n]+", " ", thin)).strip()


@given(anything)
@settings(max_examples=400, deadline=None)
def test_no_character_of_a_title_is_lost(text: str) -> None:
    title = spaced(text.replace("'", "’").replace("\u00ad", ""))
    title = re.sub(r"&(?=#?\w+;)", "", title)  # &lt; is an export's way to write <, and read as such
    once = escape_bib(title)
    assert plain(decoded(once)) == spaced(title)


@given(st.lists(st.tuples(letters, letters, st.sampled_from(["", "van", "de la"]), st.sampled_from(["", "Jr."])), min_size=1, max_size=4),
       st.booleans(), anything, anything)  # fmt: skip
@settings(max_examples=250, deadline=None)
def test_a_reference_survives_the_round_trip(
    people: list[tuple[str, str, str, str]], others: bool, title: str, note: str
) -> None:
    names = tuple(Name(spaced(f), spaced(g), p, s) for f, g, p, s in people)
    words = spaced(title.replace("'", "’")) or "x"
    texts: dict[str, tuple[Inline, ...]] = {
        "title": (Styled("case", (Text("NASA"),)), Text(f" {words}")),
        "note": (Text(spaced(note.replace("'", "’")) or "n"),),
    }
    made = Reference("k", "misc", Span("a"), {"author": Names(names, others)}, {"date": PartialDate(2020, 2, 3)}, texts,
                     {"doi": "10.1000/a_b", "url": "https://x.org/a_b?c=%20"})  # fmt: skip
    library, found = read_library({"a.bib": write_bib([made]).encode()})
    back = library.references["k"]
    assert [d.code for d in found] == []
    assert back.names["author"].others == others
    read = [(n.family, n.given, n.particle, n.suffix) for n in back.names["author"].names]
    wanted = [(n.family, n.given, n.particle, n.suffix) for n in names]
    assert read == wanted
    assert plain(back.title) == plain(made.title) and back.words("note") == made.words("note")
    assert (back.dates, back.doi, back.verbatim["url"]) == (made.dates, made.doi, made.verbatim["url"])


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    library, found = read_library({"a.bib": data})
    write_bib(library.references.values())
    write_bibtex(library.references.values())
    write_csl(library.references.values())
    assert all(d.span.line >= 1 for d in found)


@given(st.text(alphabet='@{}()",=#\\%\n abmisc', max_size=120))
@settings(max_examples=400, deadline=None)
def test_no_text_of_bibtexs_own_signs_raises(text: str) -> None:
    library, _ = read_library({"a.bib": ("@misc{a, title={" + text).encode(), "b.bib": text.encode()})
    for each in library.references.values():
        depth = 0
        for sign in re.findall(r"[{}]", write_bib([each])):
            depth += 1 if sign == "{" else -1
            assert depth >= 0
        assert depth == 0


@given(st.text(alphabet="\\{}$~%&#_^-`'ab \"<>", max_size=60))
@settings(max_examples=400, deadline=None)
def test_no_command_is_ever_shown_as_text(text: str) -> None:
    found: list[Remark] = []
    for inline in decoded("\\foo" + text + " \\input{x}", found.append):
        shown = plain((inline,)) if not hasattr(inline, "latex") else ""
        assert "\\foo" not in shown and "\\input" not in shown
    assert write_markup(decoded(text)) is not None
