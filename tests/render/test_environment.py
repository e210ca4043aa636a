"""Templates are code of a person: whatever is wrong with one is told at its line, by `doit check` where it can be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from synopse.diagnostics import Rejected
from synopse.locale import catalogue
from synopse.markup.parse import parse
from synopse.markup.tree import Code
from synopse.render.latex.environment import make_environment, render, template_problems
from synopse.render.latex.template_files import read_template
from synopse.render.latex.writer import LatexWriter, Scope
from synopse.render.page import LIST_INDENT
from tests.conftest import ROOT, scalar

LINES = "%# One.\nA word.\n%% for paper in papers\n<< paper >>\n%% endfor\n"
RUNNING = [
    ("<< papers + 1 >>", 'can only concatenate list (not "int") to list (TypeError)'),
    ("<< 1 / 0 >>", "division by zero (ZeroDivisionError)"),
    ("<< papers[9] >>", "list object has no element 9"),
    ("<< papers[0].titel >>", "'str object' has no attribute 'titel'"),
    ("<< nothing >>", "'nothing' is undefined"),
    ("<< words['nothing'] >>", None),
    ("<< words.said('papers.lead') >>", "'n' (KeyError)"),
    ("<< 3|url >>", None),
    ("<< papers|join(1, 2, 3, 4) >>", None),
    ("<% include 'nowhere.tex' %>", 'there is no template "nowhere.tex"'),
    ("<% include 'broken.tex' %>", None),
    ("<% set x = 'a'.b.c %>", None),
    ("<< 'a'|float|int|round('x') >>", None),
]
READING = [
    (b"<< papers|nofilter >>", "No filter named 'nofilter'."),
    (b"<% if %>", None),
    (b"<< papers", None),
    (b"<% endfor %>", None),
    (b"R\xe9sum\xe9", "the byte 0xE9 is not UTF-8"),
]


def folder_with(tmp_path: Path, last: bytes) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "one.tex").write_bytes(LINES.encode() + last + b"\n")
    (folder / "broken.tex").write_bytes(b"a\n<< 1 / 0 >>\n")
    return folder


def told(folder: Path) -> tuple[str, str]:
    """Where and what, when the template is used: twice, since what Jinja makes of it is kept."""
    said = []
    for _ in range(2):
        environment = make_environment([folder], catalogue("fr"), folder.parent / "compiled")
        with pytest.raises(Rejected) as raised:
            render(environment, "one.tex", papers=["a"])
        (each,) = raised.value.diagnostics
        assert each.code == "template-error"
        said.append((str(each.span), each.message))
    assert said[0] == said[1]
    return said[0]


@pytest.mark.parametrize(("line", "message"), RUNNING)
def test_what_goes_wrong_in_a_template_is_told_at_its_line(tmp_path: Path, line: str, message: str | None) -> None:
    place, said = told(folder_with(tmp_path, line.encode()))
    assert place == ("templates/broken.tex:2:1" if "broken" in line else "templates/one.tex:6:1")
    assert message is None or said == message


@pytest.mark.parametrize(("line", "message"), READING)
def test_a_template_that_cannot_be_read_is_told_by_the_check_too(
    tmp_path: Path, line: bytes, message: str | None
) -> None:
    folder = folder_with(tmp_path, line)
    place, said = told(folder)
    assert place.startswith("templates/one.tex:6:") and (message is None or said == message)
    assert [(str(each.span), each.message) for each in template_problems([folder], catalogue("fr"))] == [(place, said)]


def test_a_template_that_is_missing_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, b"<% include 'sub/nowhere.tex' %>")
    (each,) = template_problems([folder], catalogue("fr"))
    assert (str(each.span), each.message) == ("templates/one.tex:6:1", 'there is no template "sub/nowhere.tex"')
    with pytest.raises(Rejected) as raised:
        render(make_environment([folder], catalogue("fr")), "two.tex")
    assert str(raised.value.diagnostics[0].span) == "templates/two.tex:1:1"


def test_a_template_in_a_folder_inside_bears_its_whole_name(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, b"<% include 'sub/x.tex' %>")
    (folder / "sub").mkdir()
    (folder / "sub/x.tex").write_text("a\nb\n<< nothing >>\n")
    assert told(folder)[0] == "templates/sub/x.tex:3:1"


def test_a_template_whose_file_is_missing_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as raised:
        read_template(tmp_path, "nowhere")
    assert raised.value.diagnostics[0].message == "the template cannot be read: it is not there"
    (tmp_path / "templates").mkdir()
    os.mkdir(tmp_path / "templates/part.tex")
    with pytest.raises(Rejected) as raised:
        read_template(tmp_path, "part")
    assert raised.value.diagnostics[0].message == "the template cannot be read: it is a folder, not a file"


@pytest.mark.parametrize(
    ("head", "told"), [("%# synopse 1\n", False), ("%# synopse 2\n", False), ("", True), ("%# synopse 0\n", True)]
)
def test_a_template_of_an_older_contract_is_used_and_told(tmp_path: Path, head: str, told: bool) -> None:
    from tests.conftest import ROOT

    (tmp_path / "chapter.tex").write_text(f"{head}My own \\chapter\n")
    found = template_problems([tmp_path, ROOT / "templates"], catalogue("fr"))
    assert [(each.code, str(each.span)) for each in found] == [("template-old", "templates/chapter.tex:1:1")] * told
    environment = make_environment([tmp_path, ROOT / "templates"], catalogue("fr"))
    assert "My own" in render(environment, "chapter.tex")


def test_the_templates_that_ship_are_sound() -> None:
    from tests.conftest import ROOT

    assert template_problems([ROOT / "templates"], catalogue("fr")) == []


def in_column(text: str, width: float) -> str:
    """A text as a table's template prints it in a column of so many millimetres."""
    environment = make_environment([ROOT / "templates"], catalogue("fr"))
    return str(environment.filters["in_column"]((Code(text),), width))


def test_code_breaks_in_a_column_that_is_too_narrow_for_it_and_not_in_a_wide_one() -> None:
    assert r"\synopsecut{}" in in_column("Donaudampfschifffahrtsgesellschaft", 30.0)
    assert r"\synopsecut{}" in in_column("Donaudampfschifffahrtsgesellschaft", 58.5)
    assert in_column("Donaudampfschifffahrtsgesellschaft", 120.0) == (
        r"\synopsecode{Donaudampfschifffahrtsgesellschaft}"
    )


def test_a_table_in_a_remark_has_the_room_of_a_list() -> None:
    environment = make_environment([ROOT / "templates"], catalogue("fr"))
    words = "| " + " | ".join(["Wortwort"] * 9) + " |\n|" + "---|" * 9
    blocks = parse(scalar(words), "fr")[0]
    written = LatexWriter(catalogue("fr"))
    assert environment.filters["item"](blocks) == written.blocks(blocks, Scope(indent=LIST_INDENT))
    wide = "| " + " | ".join(["Wortwort"] * 14) + " |\n|" + "---|" * 14
    turned = environment.filters["item"](parse(scalar(wide), "fr")[0])
    assert r"\begin{landscape}" in turned and r"\synopsetableturned" in turned and r"\synopsetableindent" not in turned


PYTHON = [
    "<< ''.__class__.__mro__[1].__subclasses__() >>",
    "<< words.__init__.__globals__ >>",
    "<< cycler.__init__.__globals__.os.popen('touch {out}').read() >>",
    "<< lipsum.__globals__['os'].system('touch {out}') >>",
    "<< lipsum|attr('__globals__') >>",
    "<< self._TemplateReference__context >>",
    "<< '{{0.__class__}}'.format(words) >>",
    "<< words.said.__func__.__globals__['Path']('{out}').write_text('x') >>",
    "<< (papers|map(attribute='__class__')|list)[0].__base__ >>",
    "<% include '../secret.tex' %>",
    "<% include '{secret}' %>",
    "<% import '../secret.tex' as secret %>",
]


@pytest.mark.parametrize("line", PYTHON)
def test_a_template_of_somebody_else_reaches_neither_python_nor_a_file_outside(tmp_path: Path, line: str) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret.tex"
    secret.write_text("HOSTILE-SECRET")
    place, _ = told(folder_with(tmp_path, line.format(out=out, secret=secret).encode()))
    assert place == "templates/one.tex:6:1"
    assert not out.exists()
