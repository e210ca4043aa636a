"""The line map: which line of a source a line of LaTeX comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.diagnostics import Rejected, Span
from synopse.locale import catalogue
from synopse.render.latex.environment import make_environment, render
from synopse.render.latex.linemap import LONGEST_LINE, LineMap, without_marks
from synopse.render.latex.writer import mark


def rendered(folder: Path, template: str, **values: object) -> str:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates/t.tex").write_text(template, "utf-8")
    return render(make_environment([folder / "templates"], catalogue("fr")), "t.tex", **values)


def test_a_line_of_a_template_comes_from_the_template(tmp_path: Path) -> None:
    text, places = without_marks(rendered(tmp_path, "%# note\nun\n%% if true\ndeux\n%% endif\n"))
    assert text.split() == ["un", "deux"]
    lines = text.split("\n")
    assert [str(places.at(lines.index(word) + 1)) for word in ("un", "deux")] == [
        "templates/t.tex:2:1",
        "templates/t.tex:4:1",
    ]


def test_a_persons_words_come_from_their_source(tmp_path: Path) -> None:
    span = Span("sources/fiches/a.yaml", 7, 3)
    marked = rendered(tmp_path, "avant\n<< words_of >>\naprès", words_of="x") + "\n" + mark(span) + "mot\nsuite"
    places = without_marks(marked)[1]
    assert str(places.at(4)) == "sources/fiches/a.yaml:7:3"
    assert str(places.at(5)) == "sources/fiches/a.yaml:7:3"


def test_a_map_is_kept_and_read_back() -> None:
    places = LineMap((None, Span("a", 1, 2), Span("b", 3, 4), None))
    again = LineMap.from_json(places.to_json())
    assert [again.at(n) for n in (1, 2, 3, 4)] == [None, Span("a", 1, 2), Span("b", 3, 4), Span("b", 3, 4)]


def test_a_line_too_long_for_tex_is_cut_at_spaces_and_keeps_its_place() -> None:
    text, places = without_marks(mark(Span("a", 5)) + "mot " * 20_000)
    lines = text.split("\n")
    assert max(map(len, lines)) <= LONGEST_LINE and " ".join(lines).split() == ["mot"] * 20_000
    assert all(places.at(n + 1) == Span("a", 5) for n in range(len(lines)))


def test_strings_are_escaped_and_undefined_names_are_errors(tmp_path: Path) -> None:
    assert without_marks(rendered(tmp_path, "<< a >>", a="50 % & {"))[0] == r"50 \% \& \{"
    with pytest.raises(Rejected) as caught:
        rendered(tmp_path, "un\n<< nulle >>")
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.span)) == ("template-error", "templates/t.tex:2:1")


def test_a_template_that_cannot_be_read_is_told_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        rendered(tmp_path, "un\n\n%% if\n")
    assert str(caught.value.diagnostics[0].span) == "templates/t.tex:3:1"
