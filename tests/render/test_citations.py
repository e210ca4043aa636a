"""The citations of a document, in the order in which they stand."""

from __future__ import annotations

from synopse.render.citations import citations

FILES = {
    "body": "A \\autocite[][{\\pno~12}]{smith} word, \\input{fiches/a}, \\autocites[see][3]{jones}[][]{smith}\\relax{}\n\\nocite{*}",
    "fiches/a": "\\fullcite{lone} then \\textcite*{jones}; \\citation{no}, \\emph{cites}",
}


def test_citations_come_in_the_order_of_the_document_without_their_notes() -> None:
    found = list(citations("body", lambda name: FILES.get(name, "")))
    assert found == [
        r"\autocite{smith}",
        r"\fullcite{lone}",
        r"\textcite{jones}",
        r"\autocites{jones}{smith}\relax{}",
        r"\nocite{*}",
    ]
