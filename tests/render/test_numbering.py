"""Numbers as LaTeX gives them."""

from __future__ import annotations

from synopse.render.numbering import Numbering


def test_sections_tables_and_pictures_begin_anew_in_each_chapter() -> None:
    count = Numbering()
    kinds = ["chapter", "table", "section", "subsection", "subsection", "section", "subsection", "figure", "table", "chapter",
             "figure", "section", "appendix", "table", "appendix"]  # fmt: skip
    said = ["1", "1.1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "1.1", "1.2", "2", "2.1", "2.1", "A", "A.1", "B"]
    assert [count.next(kind) for kind in kinds] == said
