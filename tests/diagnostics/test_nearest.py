"""The known word nearest to one that nobody knows: as near as difflib finds it, at a hundredth of the cost."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.diagnostics.nearest import CUTOFF, nearest

words = st.text(alphabet="abcdeé-2015", min_size=1, max_size=9)


@given(words, st.lists(words, max_size=30, unique=True))
@settings(max_examples=300, deadline=None)
def test_no_known_word_is_nearer_than_the_one_that_is_found(word: str, known: list[str]) -> None:
    def ratio(name: str) -> float:
        return SequenceMatcher(None, name, word).ratio()

    found = nearest(word, known)
    best = get_close_matches(word, known, n=1, cutoff=CUTOFF)
    if best:
        assert found is not None and ratio(found) == ratio(best[0])
    else:
        assert found is None or found.startswith(word)


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("tie2025", ["tie2025posttraining", "park2025seeing"], "tie2025posttraining"),
        ("CUONT", ["count", "share"], "count"),
        ("quite-another", ["count", "share"], None),
        ("x", [], None),
    ],
)
def test_the_word_that_was_meant_is_found_whatever_its_case(word: str, known: list[str], found: str | None) -> None:
    assert nearest(word, known) == found


def test_a_library_is_gone_through_without_measuring_each_of_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """500 fiches against 2,000 keys took 39 s when each pair was measured; the count of measures is what is dear."""
    measured: list[int] = []
    ratio = SequenceMatcher.ratio

    def counting(matcher: SequenceMatcher[str]) -> float:
        measured.append(1)
        return ratio(matcher)

    monkeypatch.setattr(SequenceMatcher, "ratio", counting)
    keys = [f"{name}{year}{word}" for name in ("smith", "garcia", "zhao", "okafor") for year in range(1990, 2015)
            for word in ("survey", "model", "trial", "review", "dose")]  # fmt: skip
    assert len(keys) == 500
    assert [nearest(f"{key[:-4]}_{key[-3:]}", keys) for key in keys[:5]] == keys[:5]
    assert len(measured) < 5 * 50
