"""Six libraries as strangers' programs export them, five papers of each: built untouched, with the messages expected."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from synopse.bib.library import read_library
from synopse.ground.keys import bib_key
from synopse.markup.text import plain
from tests.conftest import doit, pdf_text
from tests.libraries.review import LIBRARIES, PAPERS, messages, write_review


def folded(text: str) -> str:
    """Letters and digits alone: a PDF breaks lines and words where it will."""
    return re.sub(r"[\W_]+", "", text.replace("\\mu", "μ").replace("ﬁ", "fi").replace("ﬂ", "fl")).casefold()


@pytest.mark.parametrize("name", PAPERS)
def test_a_library_is_told_of_as_expected(name: str, tmp_path: Path) -> None:
    assert messages(write_review(name, tmp_path)) == (LIBRARIES / name / "expected.txt").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", PAPERS)
def test_a_library_builds_untouched(name: str, tmp_path: Path) -> None:
    root = write_review(name, tmp_path)
    before = {path: path.read_bytes() for path in (root / "bib").iterdir()}
    done = doit(root)
    assert done.returncode == 0, done.stdout
    assert "error[" not in done.stdout and "warning[biber]" not in done.stdout and done.stderr == ""
    assert {path: path.read_bytes() for path in (root / "bib").iterdir()} == before
    text = folded(pdf_text(root / "build/report.pdf"))
    library = read_library({path.name: data for path, data in before.items()})[0]
    bibliography = (root / "build/references.bib").read_text("utf-8")
    for key in PAPERS[name]:
        reference = library.get(key)
        assert reference is not None and f"{{{bib_key(reference.key)}," in bibliography
        assert text.count(folded(plain(reference.title))) >= 2, key  # in its section, and in the bibliography
        for person in reference.authors.names[:3]:
            assert folded(person.family) in text, person
