"""biblatex itself judges: a bibliography from a person's own file and from ours has the same words, but for what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bib.expected import LIBRARY
from tests.bib.judge import STYLES, case, judged

UNREADABLE = {"comments", "empty-and-odd", "missing-comma", "unreadable"}
"""Files at whose syntax biber stops: it prints nothing of them."""


@pytest.mark.slow
@pytest.mark.parametrize(("style", "options"), STYLES, ids=[style for style, _ in STYLES])
def test_the_library_of_exports_prints_the_same_words(style: str, options: str, tmp_path: Path) -> None:
    paths = [path for path in sorted(LIBRARY.glob("*.bib")) if path.stem not in UNREADABLE]
    cases = [case(path.name, path.read_bytes()) for path in paths]
    found = judged(cases, tmp_path, style, options)
    assert [str(each) for each in found if not each.told] == []
    assert sum(len(each.compared()) for each in cases) > 80
