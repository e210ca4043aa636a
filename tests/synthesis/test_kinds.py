"""Every kind of table and picture on small data (golden files, read by a person), and what holds whatever the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.build.session import Session
from synopse.markup.tree import Styled, Text
from synopse.model.schema import schemas
from synopse.render.latex.layout import lay_out
from synopse.render.page import LANDSCAPE, PORTRAIT
from synopse.render.pictures import draw
from synopse.synthesis.kinds import kinds
from synopse.synthesis.table import Figure, Heading, Row, Table
from tests.synthesis.corpus import FICHES, SYNTHESIS, VOCABULARY, grid, small, tables

GOLDEN = Path(__file__).parent / "golden"
IDS = ["characteristics", "matrix-techniques", "folded", "compare-forces-limites", "recurrence-limites", "coverage",
       "gaps-metriques-techniques", "agreement-forces", "numbers", "differences", "timeline", "heatmap-techniques",
       "themes", "bars-techniques", "bubbles-metriques-techniques", "prisma"]  # fmt: skip


@pytest.mark.parametrize("name", IDS)
def test_a_kind_makes_the_table_expected(name: str, tmp_path: Path) -> None:
    session = small(tmp_path)
    part = next(part for part in session.synthesis[0] if part.id == name)
    assert not isinstance(part, Heading)
    assert grid(part, session) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_every_kind_has_a_golden_file(tmp_path: Path) -> None:
    made = {part.kind for part in small(tmp_path).synthesis[0] if not isinstance(part, Heading)}
    assert made == set(kinds()) - {"heading"}


OUTSIDE = '''
"""`lengths`: how many remarks each paper has."""
from synopse.synthesis.kind import Kind
from synopse.synthesis.table import Column, Row, Table, number, words


def lengths(corpus, wanted):
    rows = [Row((words(paper.label), number(len(paper.fiche.values[wanted.field.text])))) for paper in corpus.papers]
    columns = (Column("Paper", "label"), Column("Remarks", "count"))
    return Table(wanted.name, wanted.kind, "", columns, tuple(rows), facts={"n": len(rows)})


KIND = Kind("lengths", "how many remarks each paper has", 200, lengths, ("field",), (("field",),), {"field": ("items",)},
            drawing="bars")
'''


def test_a_kind_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in a folder of its own, and the words of its lead: the checks, the schema and the picture know it."""
    from synopse.locale import catalogue
    from synopse.synthesis import kinds as package

    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "lengths.py").write_text(OUTSIDE, "utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    monkeypatch.setitem(catalogue("fr")._words, "lead.lengths", "{n} études.")
    monkeypatch.setitem(catalogue("fr")._words, "title.lengths", "Remarques")
    kinds.cache_clear()
    try:
        session = small(tmp_path / "sound", synthesis="  - {kind: lengths, field: limites}\n")
        (part,) = session.synthesis[0]
        assert isinstance(part, Figure) and part.table.rows and draw(part, catalogue("fr"))[0].shapes
        assert session.project.diagnostics == small(tmp_path / "without", synthesis="").project.diagnostics
        assert session.project.form is not None
        schema = schemas(session.project.form, session.project.vocabulary, "fr", kinds())["report"]
        assert '"lengths"' in schema
        told = small(tmp_path / "wrong", synthesis="  - {kind: lengths, rows: limites}\n").project.diagnostics
        assert {each.code for each in told} >= {"synthesis-option", "missing-field"}
    finally:
        kinds.cache_clear()


def test_the_latex_of_every_table_holds_every_word_of_its_cells(tmp_path: Path) -> None:
    from synopse.render.latex.linemap import without_marks
    from synopse.render.latex.writer import escape

    session = small(tmp_path)
    for table in tables(session).values():
        if table.kind == "differences":
            continue  # the words that differ are set in bold there
        latex = _unbroken(without_marks(session.document.table(table)[0])[0].replace("\n", " "))
        for row in table.rows:
            for cell in row.cells:
                for part in cell.text.split("\n"):
                    first = _unbroken(escape(part.split("\u00a0: ")[-1].split("«")[0]).strip())
                    assert first in latex, (table.id, part)


def _unbroken(latex: str) -> str:
    """LaTeX without the places at which a long word may break or a space may not: a wide column marks none."""
    return re.sub(r"\\synopse(?:break|cut|join|hyphen)\{\}|\\synopseword\{|[{}]", "", latex).replace("~", " ")


def test_a_picture_shows_what_its_table_says(tmp_path: Path) -> None:
    session = small(tmp_path)
    for part in session.synthesis[0]:
        if isinstance(part, Figure):
            shapes = [shape for picture in draw(part, session.project.words) for shape in picture.shapes]
            shown = " ".join(shape.text for shape in shapes)
            for row in part.table.rows:
                assert all(part in shown for part in row.cells[0].text.split(" — "))
            assert part.alt and part.caption


def test_an_alias_counts_as_its_term_and_a_new_one_changes_only_its_row(tmp_path: Path) -> None:
    before = tables(small(tmp_path / "a"))["matrix-techniques"]
    renamed = VOCABULARY.replace("aliases: [fine-tuning]", "aliases: []")
    after = tables(small(tmp_path / "b", vocabulary=renamed))["matrix-techniques"]
    rows = {row.cells[0].text: [c.mark for c in row.cells[1:4]] for row in before.rows}
    now = {row.cells[0].text: [c.mark for c in row.cells[1:4]] for row in after.rows}
    assert rows["SFT"] == ["used", "used", "used"]
    assert now["SFT"] == ["used", "", "used"] and now["fine-tuning"] == ["", "used", ""]
    assert {k: v for k, v in rows.items() if k != "SFT"} == {
        k: v for k, v in now.items() if k not in ("SFT", "fine-tuning")
    }


def test_removing_a_paper_removes_its_column_and_its_marks(tmp_path: Path) -> None:
    every = tables(small(tmp_path / "a"))["matrix-techniques"]
    fewer = tables(small(tmp_path / "b", {k: v for k, v in FICHES.items() if k != "beta2024"}))["matrix-techniques"]
    rows = {row.cells[0].text: (row.cells[1].mark, row.cells[3].mark) for row in every.rows if not row.total}
    now = {row.cells[0].text: (row.cells[1].mark, row.cells[2].mark) for row in fewer.rows if not row.total}
    assert now == {name: marks for name, marks in rows.items() if any(marks)}


@given(st.lists(st.lists(st.sampled_from(["SFT", "RLHF", "CoT", "Distillation", "x", "y z"]), max_size=6), min_size=1, max_size=6),
       st.integers(1, 3))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_the_totals_of_a_matrix_are_the_fiches_counts(
    tmp_path_factory: pytest.TempPathFactory, used: list[list[str]], least: int
) -> None:
    root = tmp_path_factory.mktemp("matrix")
    fiches = {f"p{n}": f"status: partial\ntechniques: [{', '.join(terms)}]" for n, terms in enumerate(used)}
    bib = "".join(f"@misc{{p{n}, author={{A, B}}, title={{T{n}}}, date={{2020}}}}\n" for n in range(len(used)))
    synthesis = f"  - {{kind: matrix, field: techniques, least: {least}}}\n"
    table = tables(small(root, fiches, synthesis, bib=bib))["matrix-techniques"]
    total = table.rows[-1]
    assert [cell.number for cell in total.cells[1 : 1 + len(used)]] == [len(set(terms)) for terms in used]
    assert total.cells[-2].number == sum(len(set(terms)) for terms in used)

    def shown(row: Row) -> list[int]:
        return [int(cell.number or bool(cell.mark)) for cell in row.cells[1 : 1 + len(used)]]

    for row in table.rows[:-1]:
        assert sum(shown(row)) == row.cells[-2].number
    for paper in range(len(used)):
        assert sum(shown(row)[paper] for row in table.rows[:-1]) == shown(total)[paper]
    assert sum(row.cells[-2].number or 0 for row in table.rows[:-1]) == total.cells[-2].number
    named = [row for row in table.rows[:-1] if "(" not in row.cells[0].text]
    for row in named:
        assert row.cells[-2].number == sum(row.cells[0].text in terms for terms in used)


def test_prose_uses_values_that_stay_in_step(tmp_path: Path) -> None:
    text = "{{ papers.count }} études, {{ papers.period }}, {{ theme('cout').share }}, {{ term('techniques', 'fine-tuning').papers }}, {{ here.n }}"
    session = small(tmp_path, synthesis=f'  - {{kind: matrix, field: techniques, text: "{text}"}}\n')
    _, prose, found = session.part(1)
    from synopse.markup.text import plain_blocks

    assert found == []
    assert plain_blocks(prose).replace("\u00a0", " ") == (
        "3 études, 2023–2024, 100 %, Alpha et al. (2023), Bêta (2024) et Gamma et Delta (2024), 4"
    )


def test_papers_are_chosen_filtered_and_ordered(tmp_path: Path) -> None:
    synthesis = (
        "  - {kind: coverage, id: a, papers: [gamma2024, alpha2023]}\n"
        "  - {kind: coverage, id: b, where: {techniques: SFT}, order: date}\n"
        "  - {kind: coverage, id: c, where: {status: partial}}\n"
        "  - {kind: coverage, id: d, where: {theme: biais}}\n"
    )
    every = tables(small(tmp_path, synthesis=synthesis))
    papers = {name: [column.paper for column in table.columns if column.paper] for name, table in every.items()}
    assert papers == {"a": ["gamma2024", "alpha2023"], "b": ["alpha2023", "beta2024", "gamma2024"],
                      "c": ["beta2024"], "d": ["beta2024"]}  # fmt: skip


def big(root: Path) -> dict[str, Table | Figure]:
    """Sixty papers, eighty terms, every kind."""
    terms = [f"Terme numéro {n}" for n in range(80)]
    vocabulary = (
        "terms:\n  techniques: [" + ", ".join(terms) + "]\n  metriques: [Précision, Coût]\nthemes: [cout, humain]\n"
    )
    fiches = {}
    for n in range(60):
        own = ", ".join(terms[(n * 7 + k * 3) % 80] for k in range(12))
        fiches[f"p{n}"] = (
            f"status: partial\ntechniques: [{own}]\nmetriques: [Coût]\nforces: [{{text: Une force assez longue numéro {n}, theme: cout}}]\n"
            f"limites: [{{text: Une limite numéro {n}, theme: humain}}]\nplan: essai\neffectif: {n}"
        )
    bib = "".join(
        f"@misc{{p{n}, author={{Auteur{n}, B}}, title={{T{n}}}, date={{{1990 + n % 30}}}}}\n" for n in range(60)
    )
    session = small(root, fiches, SYNTHESIS, vocabulary, bib)
    return {part.id: part for part in session.synthesis[0] if not isinstance(part, Heading)}


def test_sixty_papers_and_eighty_terms_are_laid_out_on_the_page(tmp_path: Path) -> None:
    from synopse.locale import catalogue

    for part in big(tmp_path).values():
        if isinstance(part, Figure):
            for shape in (shape for picture in draw(part, catalogue("fr")) for shape in picture.shapes):
                assert -10 <= shape.x <= PORTRAIT + 8, (part.id, shape)
            continue
        for sheet in lay_out(part, catalogue("fr")):
            width = sum(head.width for head in sheet.heads) + 3.0 * (len(sheet.heads) - 1)
            assert width <= (LANDSCAPE if sheet.landscape else PORTRAIT) + 0.1, part.id


def test_papers_of_a_year_and_of_a_range_from_it_stand_in_one_order(tmp_path: Path) -> None:
    years = {"a": "date = {2024/2025}", "b": "date = {2024}", "c": "year = {2024/2025}", "d": "date = {2024-03}"}
    bib = "".join(f"@misc{{{key}, author={{Un, {key}}}, title={{T {key}}}, {date}}}\n" for key, date in years.items())
    text = "{{ papers.period }}, {{ papers.first }}, {{ papers.last }}"
    synthesis = f'  - {{kind: timeline, text: "{text}"}}\n  - {{kind: coverage, order: date}}\n'
    session = small(tmp_path, dict.fromkeys(years, "status: todo"), synthesis, bib=bib)
    every = tables(session)
    assert [row.cells[1].text for row in every["timeline"].rows] == ["2024", "2024/2025", "2024/2025", "2024-03"]
    assert [column.paper for column in every["coverage"].columns if column.paper] == ["b", "a", "c", "d"]
    from synopse.markup.text import plain_blocks

    _, prose, found = session.part(1)
    assert found == [] and plain_blocks(prose) == "2024–2025, 2024, 2025"


def test_what_readers_say_is_printed_as_a_text_and_not_as_it_is_typed(tmp_path: Path) -> None:
    session = small(tmp_path)
    reading = tmp_path / "sources/readings/bo/alpha2023.yaml"
    text = reading.read_text("utf-8").replace("Que coûte le réglage ?", "Que coûte *le* réglage, `x` ?")
    reading.write_text(text, "utf-8")
    table = tables(Session(session.root))["disagreements"]
    cells = [cell for row in table.rows for cell in row.cells if "réglage" in cell.text]
    assert [cell.text for cell in cells] == ["Que coûte le réglage, x ?"]
    assert Styled("emph", (Text("le"),)) in cells[0].parts[0]
