"""What a paper's date is, where its record has a year that is none, or a range: every line says what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from synopse.export.csv import write_csv
from synopse.markup.text import plain
from synopse.render.compose import fiche_view, frame_view
from tests.synthesis.corpus import small, tables

FORM = "sections:\n  - {id: ref, title: Record, draws: reference}\n  - {id: about, title: About, fields: [{id: aim}]}\n"
CASES = [
    ("year={[2014]}", "", "[2014]", "[2014]"), ("year={in press}", "", "in press", "in press"), ("date={2015/2017}", "", "2015–2017", "2015–2017"),
    ("date={2015-03/2015-05}", "", "March 2015–May 2015", "2015"), ("year=2014, month={Winter issue}", "", "Winter issue 2014", "2014"),
    ("date={soon}", "", "soon", "soon"), ("date={2015}", "", "2015", "2015"), ("date={2015~}", "", "circa 2015", "circa 2015"), ("", "2016", "2016", "2016"),
    ("", "to appear", "to appear", "to appear"), ("year={in press}", "2016", "in press", "in press"), (None, "to appear", "to appear", "to appear"),
    (None, "May 2016", "May 2016", "2016"), ("", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("bib", "read", "date", "year"), CASES)
def test_a_date_that_is_none_and_a_range_are_printed_wherever_a_date_is(
    bib: str | None, read: str, date: str, year: str, tmp_path: Path
) -> None:
    citation = f"citation: {{title: T, date: {read}}}\n" if read else ""
    fiches = {"k1": f"status: partial\n{citation}aim: To see", "k2": "status: partial\naim: To see"}
    references = "@misc{k2, author={Bell, B}, title={U}, year=2020}\n"
    references += f"@misc{{k1, author={{Adam, A}}, title={{T}}, {bib}}}\n" if bib is not None else ""
    synthesis = "  - {kind: characteristics, columns: [date, year]}\n"
    session = small(tmp_path, fiches, synthesis, "terms: {}\n", references, FORM, "en")
    corpus = session.project.corpus
    paper = corpus.by_key["k1"]
    card = {line.label: plain(line.text) for line in fiche_view(corpus, paper).whole_card}
    assert card.get("Date", "") == date
    listed = plain(frame_view(session.project, False)[0].papers[0].line)
    assert listed.endswith(f"T ({date})." if date else "T.")
    table = tables(session)["characteristics"]
    assert write_csv(table, corpus.words).splitlines()[1].split(",")[2:] == [date, year]
    if bib or (bib is None and read):
        assert paper.label.endswith(f" ({year.removeprefix('circa ')})")
