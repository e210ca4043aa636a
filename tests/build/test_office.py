"""What a person is told while a Word file is made: nothing that pandoc says of pictures which are drawn here."""

from __future__ import annotations

import logging

import pytest

from synopse.build.office import _drawn_here


def test_pandoc_s_word_of_a_picture_that_is_drawn_here_is_kept_back_and_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("pypandoc")
    said = 'Could not convert image a.svg: "check that rsvg-convert is in path."'
    with caplog.at_level(logging.WARNING, "pypandoc"):
        with _drawn_here():
            log.warning(said)
            log.warning("Something else")
        log.warning(said)
    assert [record.getMessage() for record in caplog.records] == ["Something else", said]
