"""What is known of TeX's versions: what decides on a further pass, what a preview reads; and what an unknown version costs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from synopse.ground.door import Door
from synopse.ground.stamps import PROGRAMS, program, stamp, unchanged
from synopse.ground.store import Store
from synopse.typeset import biber, known
from synopse.typeset.biber import read_by_biber
from synopse.typeset.installed import TEX, Installed, installed
from synopse.typeset.known import Versions
from synopse.typeset.preview import Place, place_in
from tests.conftest import doit, pdf_text

KNOWN = Versions("2022-11-01", "3.18b", "3.38", "1.29")
NEW = "9.99"
"""A version that nobody has tried."""

AUX = "\\abx@aux@refcontext{nyt/global//global/global}\n\\newlabel{fiche:a}{{3.2}{7}{T}{section.3.2}{}}\n"
BBL = "% $ biblatex bbl format version 3.2 $\n\\datalist\n    \\entry{a}{misc}{}\n      \\field{x}{y}\n    \\endentry\n    \\entry{b}{misc}{}\n    \\endentry\n\\enddatalist\n"


def test_what_biblatex_notes_for_itself_asks_for_no_pass() -> None:
    noted = "\\abx@aux@read@bbl@mdfivesum{AB}\n\\abx@aux@defaultrefcontext{0}{a}{nyt}\n\\gdef \\@abspage@last{3}\n"
    assert KNOWN.without_bookkeeping(AUX + noted) == KNOWN.without_bookkeeping(AUX)
    assert KNOWN.without_bookkeeping(AUX.replace("{7}", "{8}")) != KNOWN.without_bookkeeping(AUX)


def test_the_contexts_of_new_entries_are_known_before_the_pass_that_would_note_them() -> None:
    assert KNOWN.forecast_refcontexts(AUX, BBL) == (
        "\\abx@aux@defaultrefcontext{0}{a}{nyt/global//global/global}\n"
        "\\abx@aux@defaultrefcontext{0}{b}{nyt/global//global/global}\n"
    )
    assert KNOWN.forecast_refcontexts(AUX + KNOWN.forecast_refcontexts(AUX, BBL), BBL) == ""


def test_a_preview_reads_its_own_entries_alone() -> None:
    assert "\\entry{a}" not in KNOWN.cut_bbl(BBL, {"b"}) and "\\entry{b}" in KNOWN.cut_bbl(BBL, {"b"})


def test_a_preview_has_the_numbers_of_the_report() -> None:
    assert place_in(AUX, "a") == Place(3, 2, 7)
    assert place_in(AUX, "b") == Place()


def test_a_citation_that_is_noted_again_asks_for_no_pass() -> None:
    cite = "\\abx@aux@cite{0}{a}\n\\abx@aux@segm{0}{0}{a}\n"
    assert KNOWN.without_bookkeeping(AUX + cite) == KNOWN.without_bookkeeping(AUX + cite + cite)
    assert KNOWN.without_bookkeeping(AUX + cite) != KNOWN.without_bookkeeping(AUX + cite.replace("{a}", "{b}"))


def test_biber_is_asked_again_for_another_order_but_not_for_a_key_cited_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(biber, "installed", lambda: Installed(KNOWN, ()))

    def key(*cited: str) -> str:
        rows = [f'    <bcf:citekey order="{n}" intorder="1">{each}</bcf:citekey>\n' for n, each in enumerate(cited, 1)]
        (tmp_path / "report.bcf").write_text("<bcf:section>\n" + "".join(rows) + "</bcf:section>\n", "utf-8")
        return read_by_biber(tmp_path / "report.bcf", tmp_path / "references.bib")

    assert key("a", "b") == key("a", "b", "a") == key("a", "a", "b")
    assert key("a", "b") != key("b", "a") and key("a", "b") != key("a")
    (tmp_path / "references.bib").write_text("@misc{a,\n  title = {T},\n  ids   = {older,twin},\n}\n", "utf-8")
    assert key("older", "b") == key("a", "b") == key("twin", "b", "a") != key("other", "b")


NOTES = {
    "latex": "\\gdef \\@abspage@last{3}\n",
    "biblatex": "\\abx@aux@read@bbl@mdfivesum{AB}\n",
    "koma": "\\global\\@namedef{scr@dte@section@lastmaxnumwidth}{12pt}\n",
    "bookmark": "\\BOOKMARK{level=7,srcline={12},srcfile={4142}}{}\n",
}


@pytest.mark.parametrize("part", NOTES)
def test_what_a_part_notes_for_itself_counts_where_its_version_is_not_known(part: str) -> None:
    later = re.sub(r"\d", "7", NOTES[part].replace("AB", "CD"))
    assert KNOWN.without_bookkeeping(AUX + NOTES[part]) == KNOWN.without_bookkeeping(AUX + later)
    unknown = replace(KNOWN, **{part: NEW})
    assert unknown.without_bookkeeping(AUX + NOTES[part]) != unknown.without_bookkeeping(AUX + later)
    assert Versions().without_bookkeeping(AUX + NOTES[part]) == AUX + NOTES[part]


def test_of_an_unknown_biblatex_nothing_is_told_ahead_and_nothing_is_left_out() -> None:
    unknown = replace(KNOWN, biblatex=NEW)
    assert unknown.forecast_refcontexts(AUX, BBL) == ""
    assert unknown.small_aux(AUX, BBL) == AUX
    assert unknown.without_bookkeeping(AUX + "\\abx@aux@cite{0}{a}\n" * 2) != unknown.without_bookkeeping(
        AUX + "\\abx@aux@cite{0}{a}\n"
    )
    assert unknown.settled_control(b"<bcf:citekey>a</bcf:citekey>\n" * 2) == b"<bcf:citekey>a</bcf:citekey>\n" * 2
    assert KNOWN.cut_bbl(BBL.replace("3.2", NEW), {"b"}) == BBL.replace("3.2", NEW)
    assert KNOWN.cut_bbl(BBL.split("\n", 1)[1], {"b"}) == BBL.split("\n", 1)[1]
    assert replace(KNOWN, latex=NEW).labels_ahead(["a"]) == ""


@pytest.mark.slow
def test_this_tex_is_known_and_a_cold_build_takes_two_passes(built: Path) -> None:
    """Where this fails, TeX is newer than what was tried: builds are right and take more passes. See known.py."""
    versions = installed().versions
    assert versions.latex in known.LATEX and versions.biblatex in known.BIBLATEX
    assert versions.koma in known.KOMA and versions.bookmark in known.BOOKMARK
    said = (built.parent / "said.txt").read_text("utf-8")
    assert len(re.findall(r"lualatex, pass", said)) == 2, said[-1500:]


@pytest.mark.slow
def test_an_upgrade_drops_what_was_kept_and_an_unknown_version_costs_passes_alone(built: Path, tmp_path: Path) -> None:
    project = shutil.copytree(built, tmp_path / "upgraded")
    assert doit(project).stdout == ""
    package = tmp_path / "texmf/tex/latex/biblatex/biblatex.sty"
    package.parent.mkdir(parents=True)
    command = ["kpsewhich", "biblatex.sty"]
    old = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    text, count = re.subn(r"(\\def\\abx@version\{)[^{}]+", rf"\g<1>{NEW}", old.read_text("utf-8"))
    assert count == 1
    package.write_text(text, "utf-8")
    store = Store(project / "build")
    store.keep_made(TEX, dict(store.records[TEX].read) | {str(old): "1 of an older date"})
    read = store.records["sources"]
    files = [project / "build" / name for name in read.files]
    store.keep_made("sources", dict(read.read) | {f"tool {old}": "1 of an older date"}, files, read.found)
    (project / "build/aux/report.toc").write_text("left by the old one", "utf-8")
    done = doit(project, env=os.environ | {"TEXMFHOME": str(tmp_path / "texmf")})
    assert done.returncode == 0, done.stdout
    steps = re.findall(r"^    (\S+)", done.stdout, re.MULTILINE)
    assert "labels" in done.stdout and "pictures" in steps and "(draft)" in done.stdout
    assert len(re.findall(r"lualatex, pass", done.stdout)) > 2
    assert f"v{NEW}" in (project / "build/report.log").read_text("utf-8")
    assert pdf_text(project / "build/report.pdf") == pdf_text(built / "build/report.pdf")


def test_an_upgrade_is_seen_without_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        (programs / name).write_text("one")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    assert not unchanged(None)
    package = tmp_path / "biblatex.sty"
    package.write_text("one")
    kept = dict([*(program(name) for name in PROGRAMS), (str(package), stamp(str(package)))])
    door = Door(tmp_path)
    door.tools(PROGRAMS, kept)
    assert unchanged(kept) and not door.changed()
    package.write_text("another")
    assert not unchanged(kept) and "biblatex.sty has changed" in door.changed()
    package.write_text("one")
    os.utime(package, ns=(0, int(kept[str(package)].split()[1])))
    assert unchanged(kept) and not door.changed()
    (programs / "biber").write_text("another")
    assert not unchanged(kept) and "biber has changed" in door.changed()
    (programs / "biber").unlink()
    assert not unchanged(kept) and door.changed()
