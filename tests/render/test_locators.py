"""Where what a remark says can be found, and what was read, in words and links."""

from __future__ import annotations

import pytest

from synopse.locale import catalogue
from synopse.markup.text import plain
from synopse.markup.tree import Link
from synopse.model.reading import Reading
from synopse.model.remark import Locator
from synopse.model.values import read_date_value
from synopse.render.locators import readings_line, where
from tests.conftest import scalar

WORDS = catalogue("fr")
READ = (
    Reading("abstract", scalar("v1"), read_date_value(scalar("2025-02-26"), "fr"), scalar("arXiv:2502.18791v1")),
    Reading("about", scalar("une note")),
    Reading("record", link=scalar("https://b.org/")),
)
CALLED = {"tie2025": "Tie et al. (2025)"}


@pytest.mark.parametrize(
    ("locator", "printed", "links"),
    [
        (Locator(), "", []),
        (Locator("14-16"), "pp.\u00a014–16", []),
        (Locator("3", "4.2", scalar("v1")), "p.\u00a03, §\u00a04.2, v1", ["https://arxiv.org/abs/2502.18791v1"]),
        (Locator(section="README.md", source=scalar("une note")), "README.md, une note", []),
        (Locator(source=scalar("tie2025")), "Tie et al., 2025", []),
        (Locator("2", source=scalar("https://a.org/x/")), "p.\u00a02, a.org/x", ["https://a.org/x/"]),
        (Locator(source=scalar("10.1000/x")), "doi.org/10.1000/x", ["https://doi.org/10.1000/x"]),
        (Locator(source=scalar("inconnue")), "inconnue", []),
    ],
)
def test_page_section_and_source_stand_in_this_order_and_lead_to_the_text(
    locator: Locator, printed: str, links: list[str]
) -> None:
    found = where(locator, READ, CALLED, WORDS)
    assert plain(found) == printed
    assert [each.target for each in found if isinstance(each, Link)] == links


def test_each_text_that_was_read_is_named_with_its_date_and_how_far() -> None:
    line = readings_line(READ, WORDS)
    shown = "v1 (26 février 2025)\u00a0: résumé\u00a0; une note\u00a0: texte sur l’étude\u00a0; notice"
    assert plain(line) == shown
    assert [each.target for each in line if isinstance(each, Link)] == [
        "https://arxiv.org/abs/2502.18791v1",
        "https://b.org/",
    ]
    assert readings_line((), WORDS) == ()
