"""What has changed, as Markdown: what is gone is struck, whatever signs it holds."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from synopse.commands.changes import Change, Changes, as_markdown
from synopse.locale import catalogue


@pytest.mark.parametrize("before", ["~40 people", "about 40~", "a ~~wrong~~ word", "~~wrong~~", "~", "plain"])
def test_what_is_gone_is_struck_whole_whatever_tildes_it_has(before: str) -> None:
    text = as_markdown(Changes((Change("Doe (2020), Size", "changed", before, "45"),), ()), catalogue("en"), "HEAD")
    (line,) = (line for line in text.split("\n") if line.startswith("- "))
    tokens = MarkdownIt("commonmark").enable("strikethrough").parseInline(line.removeprefix("- "))[0].children or []
    kinds = [token.type for token in tokens]
    first, last = kinds.index("s_open"), kinds.index("s_close")
    assert kinds.count("s_open") == 1
    assert "".join(token.content for token in tokens[first + 1 : last]) == before
