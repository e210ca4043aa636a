"""What a remark's source is: a text that was read, a reference, or an address."""

from __future__ import annotations

import pytest

from synopse.bib.origin import Origin, origin_of
from synopse.diagnostics import Span
from synopse.model.reading import Reading
from synopse.read.tree import Scalar


def scalar(text: str) -> Scalar:
    return Scalar(text, Span("a.yaml", 1, 1), None, text)


READ = (
    Reading("abstract", scalar("v1"), link=scalar("arXiv:2502.18791v1")),
    Reading("about", scalar("dépôt des auteurs")),
    Reading("whole"),
)
KEYS = {"tie2025", "10.1000/key", "v1"}


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("v1", Origin("v1", "https://arxiv.org/abs/2502.18791v1")),
        (" V1 ", Origin("V1", "https://arxiv.org/abs/2502.18791v1")),
        ("dépôt  des auteurs", Origin("dépôt  des auteurs")),
        ("tie2025", Origin("tie2025", key="tie2025")),
        ("10.1000/key", Origin("10.1000/key", key="10.1000/key")),
        ("10.1000/x", Origin("doi.org/10.1000/x", "https://doi.org/10.1000/x")),
        ("https://github.com/a/b/", Origin("github.com/a/b", "https://github.com/a/b/")),
        ("v2", None),
        ("", None),
    ],
)
def test_a_source_is_a_text_that_was_read_before_a_key_and_a_key_before_an_address(
    typed: str, origin: Origin | None
) -> None:
    assert origin_of(scalar(typed), READ, KEYS) == origin
