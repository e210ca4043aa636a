"""French localisation of citations and of the list of references, and a log that leads to the sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import doit, pdf_text
from tests.synthesis.corpus import BIB, FICHES, small

pytestmark = pytest.mark.slow
MORE = """
@book{one, author={Six, A}, title={Un livre deux fois dans la bibliothèque}, publisher={P}, date={2019},
 doi={10.1000/livre}, ids={older}}
@book{twin, author={Six, A}, title={Un livre deux fois dans la bibliothèque}, publisher={P}, date={2019},
 doi={10.1000/livre}}
@incollection{part, author={Un, A and Deux, B and Trois, C}, editor={Quatre, D}, title={Le chapitre}, booktitle={Le livre},
 publisher={P}, date={2020-05}, pages={10--20}, url={https://x.org/a_b}, urldate={2021-06-01}}
"""


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    from tests.conftest import ROOT

    root = tmp_path_factory.mktemp("french")
    fiches = dict(FICHES)
    fiches["alpha2023"] = fiches["alpha2023"].replace(
        "Bien écrite.",
        '"Comme @twin et @older, selon @part, bien écrite [@part, p. 12] : oui ; non ! $\\\\frac{a}{b}$ Français, 漢字, ελληνικά."',
    )
    small(root, fiches, bib=BIB + MORE)
    shutil.copy(ROOT / "dodo.py", root / "dodo.py")
    (root / "synopse").symlink_to(ROOT / "synopse")
    done = doit(root)
    assert done.returncode == 0, done.stdout[-3000:]
    return root


def test_french_words_stand_in_citations_and_references(french: Path) -> None:
    text = re.sub(r"\s+", " ", pdf_text(french / "build/report.pdf"))
    assert re.search(r"selon U[nN] et al\. \(2020\)", text), text[:3000]
    assert re.search(r"\(U[nN] et al\. 2020, p\. 12\)", text)
    for words in ("Sous la dir. de", "consulté le 1er juin 2021", "p. 10", "mai 2020"):
        assert words in text, words


def test_the_same_paper_under_two_keys_is_cited_as_one(french: Path) -> None:
    bib = (french / "build/references.bib").read_text("utf-8")
    assert "@book{one," in bib and "@book{twin," not in bib and "{older,twin}" in bib
    text = re.sub(r"\s+", " ", pdf_text(french / "build/report.pdf"))
    assert re.search(r"Comme S[iI][xX] \(2019\) et S[iI][xX] \(2019\)", text)
    assert "undefined" not in (french / "build/report.log").read_text("utf-8", "replace").lower()


def test_french_spaces_stand_before_double_signs(french: Path) -> None:
    latex = (french / "build/tex/fiches/alpha2023.tex").read_text("utf-8")
    assert "oui~; non~!" in latex
    assert "french" in (french / "build/tex/preamble.tex").read_text("utf-8")
    assert re.search(
        r"oui ; non !", re.sub(r"[\u00a0\u202f\u2009]", " ", pdf_text(french / "build/report.pdf")).replace("\n", " ")
    )


def test_the_glyphs_of_other_scripts_are_there(french: Path) -> None:
    text = pdf_text(french / "build/report.pdf")
    assert "漢字" in text and "ελληνικά" in text
    assert "Missing character" not in (french / "build/report.log").read_text("utf-8", "replace")


def test_sixty_papers_and_eighty_terms_fit_the_page(tmp_path: Path) -> None:
    import shutil

    from tests.conftest import ROOT
    from tests.synthesis.test_kinds import big

    big(tmp_path)
    shutil.copy(ROOT / "dodo.py", tmp_path / "dodo.py")
    (tmp_path / "synopse").symlink_to(ROOT / "synopse")
    done = doit(tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "wide-table" not in done.stdout and "overfull-line" not in done.stdout
    log = (tmp_path / "build/report.log").read_text("utf-8", "replace")
    assert [float(w) for w in re.findall(r"synopse-overfull .* ([\d.]+)pt", log) if float(w) > 2] == []
