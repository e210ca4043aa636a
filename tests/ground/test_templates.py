"""A review's own templates win over the program's; what lies beside them goes where LaTeX finds it."""

from __future__ import annotations

from pathlib import Path

from synopse.ground.templates import bring_along, program_templates, template, template_folders, templates_in
from tests.conftest import ROOT


def test_the_program_s_templates_are_those_at_the_top_of_the_repository() -> None:
    assert program_templates() == ROOT / "templates"
    assert template_folders(ROOT) == [ROOT / "templates"]


def test_a_review_without_templates_has_the_program_s(tmp_path: Path) -> None:
    assert template(tmp_path, "fiche.tex") == ROOT / "templates/fiche.tex"
    assert templates_in(tmp_path) == templates_in(ROOT)


def test_a_template_of_the_review_wins_and_the_others_stay_the_program_s(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "fiche.tex").write_text("%# synopse 1\n")
    assert template(tmp_path, "fiche.tex") == own / "fiche.tex"
    assert template(tmp_path, "body.tex") == ROOT / "templates/body.tex"
    found = templates_in(tmp_path)
    assert own / "fiche.tex" in found and ROOT / "templates/fiche.tex" not in found
    assert len(found) == len(templates_in(ROOT))


def test_a_logo_beside_the_templates_goes_where_latex_finds_it_and_leaves_with_them(tmp_path: Path) -> None:
    (tmp_path / "templates/pictures").mkdir(parents=True)
    logo, package = tmp_path / "templates/pictures/logo.pdf", tmp_path / "templates/house.sty"
    logo.write_bytes(b"logo")
    package.write_bytes(b"package")
    bring_along(tmp_path)
    assert (tmp_path / "build/tex/pictures/logo.pdf").read_bytes() == b"logo"
    assert (tmp_path / "build/tex/house.sty").read_bytes() == b"package"
    package.unlink()
    bring_along(tmp_path)
    assert not (tmp_path / "build/tex/house.sty").exists()
