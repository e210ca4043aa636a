"""A large page in fewer bytes: names and signs within elements become short, and no text changes."""

from __future__ import annotations

from synopse.render.html.compact import compact

PAPERS = [
    {"k": "f1-2-3", "f": "fab", "v": {"plan": ["rct", "other"]}},
    {"k": "two", "f": "fcd.1", "h": "home", "v": {}},
]
DATA = {
    "papers": PAPERS,
    "fresh": ["f1-2-3", "fab-4-5", "home"],
    "facets": [{"id": "plan", "values": ["rct"]}],
}


def test_a_text_that_looks_like_an_attribute_stays_as_it_is() -> None:
    text = 'A "x" id="fab-4-5" data-k="two" y="z" b'
    assert compact(f"<p>{text}</p><p>{text}</p>", DATA)[0] == f"<p>{text}<p>{text}</p>"


def test_places_papers_and_fields_have_the_same_short_names_in_the_page_and_in_the_data() -> None:
    body = '<tr data-k="two"><td data-f="A &amp; B" id="fab-4-5" data-s="fcd.1-6-7 fab-4-5">x</td></tr><br id="a"/>'
    short, told = compact(body, DATA)
    assert short == '<tr data-k=~1><td data-f=~0 id=A-0 data-s="B.1-0 A-0">x</tr><br id="a"/>'
    assert [paper["f"] for paper in told["papers"]] == ["A", "B.1"] and told["fields"] == ["A & B"]
    assert told["fresh"] == ["f1-2-3", "A-0", "home"] and told["papers"][0]["v"]["plan"] == [0, "other"]
