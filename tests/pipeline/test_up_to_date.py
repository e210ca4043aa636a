"""Whatever is changed, taken back, or cut short: the LaTeX of the next doit is that of a cold build, to the byte."""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import KILLED, copy_project, doit

pytestmark = pytest.mark.slow
INPUTS = ("sources", "bib", "templates", "synopse")
FICHE = "sources/fiches/tie2025posttraining.yaml"


def png(red: int) -> bytes:
    """An image of one pixel. Whatever the colour, it has the same size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(bytes((0, red, 0, 0)), 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def made(project: Path) -> dict[str, bytes]:
    """What the engine would read, by name; images that nothing shows any more left out."""
    tex = project / "build/tex"
    found = {path.relative_to(tex).as_posix(): path for path in tex.rglob("*") if path.is_file()}
    texts = {name: path.read_bytes() for name, path in found.items() if not name.startswith("images/")}
    shown = b"".join(texts.values())
    images = {name: path.read_bytes() for name, path in found.items() if name.encode() in shown}
    return texts | images


def cold(project: Path, target: Path) -> dict[str, bytes]:
    """What a cold build of the same inputs makes."""
    copy_project(target)
    for name in INPUTS:
        shutil.rmtree(target / name)
        shutil.copytree(project / name, target / name, symlinks=True)
    done = doit(target, "document")
    assert done.returncode == 0, done.stdout
    return made(target)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new), "utf-8")


def image(project: Path) -> None:
    (project / "sources/dot.png").write_bytes(png(1))


def image_in_a_fiche(project: Path) -> None:
    image(project)
    replaced(project / FICHE, "Coût élevé de calcul", "![point](dot.png) Coût élevé de calcul")


def image_in_the_introduction(project: Path) -> None:
    image(project)
    replaced(project / "sources/report.yaml", "introduction: |\n", "introduction: |\n  ![point](dot.png)\n\n")


def image_in_a_chapter(project: Path) -> None:
    image(project)
    (project / "sources/end.md").write_text("Un point : ![point](dot.png)\n", "utf-8")
    replaced(
        project / "sources/report.yaml",
        "\nfiches:",
        "\nchapters: [{title: Fin, file: end.md, after: fiches}]\n\nfiches:",
    )


def image_in_the_synthesis(project: Path) -> None:
    image(project)
    replaced(
        project / "sources/report.yaml",
        "title: Chronologie des études\n",
        "title: Chronologie des études\n    text: '![point](dot.png)'\n",
    )


@pytest.mark.parametrize(
    "shows", [image_in_a_fiche, image_in_the_introduction, image_in_a_chapter, image_in_the_synthesis]
)
def test_another_image_under_the_same_name_and_date_is_seen_and_a_missing_one_is_told(
    tmp_path: Path, shows: Callable[[Path], None]
) -> None:
    project = copy_project(tmp_path / "project")
    shows(project)
    picture = project / "sources/dot.png"
    assert doit(project, "document").returncode == 0
    stat = picture.stat()
    picture.write_bytes(png(2))
    os.utime(picture, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert doit(project, "document").returncode == 0
    now = made(project)
    assert {data for name, data in now.items() if name.startswith("images/")} == {png(2)}
    assert now == cold(project, tmp_path / "cold")
    picture.unlink()
    gone = doit(project, "document")
    assert gone.returncode != 0 and "error[image-missing]" in gone.stdout
    picture.write_bytes(png(1))
    assert doit(project, "document").returncode == 0
    assert {data for name, data in made(project).items() if name.startswith("images/")} == {png(1)}


def test_all_that_a_template_brings_in_counts(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (project / "templates/own").mkdir()
    (project / "templates/own/end.tex").write_text("PREMIER\n", "utf-8")
    fiche = project / "templates/fiche.tex"
    fiche.write_text(fiche.read_text("utf-8") + '\n%% include "own/end.tex"\n', "utf-8")
    assert doit(project, "document").returncode == 0
    (project / "templates/own/end.tex").write_text("SECOND\n", "utf-8")
    assert doit(project, "document").returncode == 0
    assert b"SECOND" in made(project)["fiches/tie2025posttraining.tex"]
    assert made(project) == cold(project, tmp_path / "cold")


def test_a_newer_program_makes_again_what_it_makes_otherwise(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    assert doit(project, "document").returncode == 0
    replaced(project / "synopse/locale/fr.json", "Fiches de lecture", "Fiches critiques")
    assert doit(project, "document").returncode == 0
    assert b"Fiches critiques" in made(project)["body.tex"]
    assert made(project) == cold(project, tmp_path / "cold")


def test_what_belonged_to_a_fiche_goes_with_it(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    other = project / "sources/fiches/autre.yaml"
    other.write_text("key: hadi2023other\nstatus: partial\nforces:\n  - 中文 très rare\n", "utf-8")
    replaced(project / "sources/report.yaml", "  - hadi2023llms\n", "  - hadi2023llms\n  - hadi2023other\n")
    bib = project / "bib/papers.bib"
    entry = "@misc{hadi2023other, author = {Hadi, A.}, title = {Autre}, date = {2023}}\n"
    bib.write_text(bib.read_text("utf-8") + entry, "utf-8")
    assert doit(project, "document").returncode == 0
    assert b"CJK" in made(project)["preamble.tex"]
    other.unlink()
    replaced(project / "sources/report.yaml", "  - hadi2023other\n", "")
    assert doit(project, "document").returncode == 0
    assert b"CJK" not in made(project)["preamble.tex"]
    assert made(project) == cold(project, tmp_path / "cold")


def test_a_fiche_that_goes_while_its_task_waits_leaves_nothing_behind(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    other = project / "sources/fiches/autre.yaml"
    other.write_text("key: hadi2023other\nstatus: partial\n", "utf-8")
    pipeline, lines = project / "dodo.py", (project / "dodo.py").read_text("utf-8")
    pipeline.write_text(lines + f"__import__('os').remove({str(other)!r})\n", "utf-8")  # once the tasks are listed
    assert doit(project, "document").returncode == 0
    pipeline.write_text(lines, "utf-8")
    assert doit(project, "document").returncode == 0
    assert made(project) == cold(project, tmp_path / "cold")


def test_what_a_killed_build_was_writing_is_taken_away(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    assert doit(project, "document").returncode == 0
    left = project / "build/tex/synthesis/.0123456789ab.part"
    left.write_bytes(b"half a fi")
    replaced(project / FICHE, "Coût élevé", "Coût très élevé")
    assert doit(project, "document").returncode == 0
    assert not left.exists() and made(project) == cold(project, tmp_path / "cold")


def test_an_edit_that_is_killed_undone_and_made_again_is_made(tmp_path: Path) -> None:
    """What the killed build had read lay on the disk when its edit was undone, and again when it was made anew."""
    project = copy_project(tmp_path / "project")
    report = project / "sources/report.yaml"
    first = report.read_text("utf-8")
    second = first.replace("title: Complétude des fiches", "title: Complétude")
    assert doit(project, "document").returncode == 0
    pipeline = (project / "dodo.py").read_text("utf-8")
    killed = KILLED.format("synthesis")
    report.write_text(second, "utf-8")
    (project / "dodo.py").write_text(pipeline.replace("globals()", f"{killed}globals()", 1), "utf-8")
    assert doit(project, "document").returncode < 0
    (project / "dodo.py").write_text(pipeline, "utf-8")
    for text in (first, second, first):
        report.write_text(text, "utf-8")
        assert doit(project, "document").returncode == 0
        part = made(project)["synthesis/coverage.tex"].decode()
        assert ("Complétude des fiches" in part) == (text == first)


def test_a_source_that_is_saved_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    pipeline = (project / "dodo.py").read_text("utf-8")
    saves = (
        "import synopse.project.project as read\nload = read.load\n"
        "def saved(root, memory=None, door=None):\n    project = load(root, memory, door)\n    path = root / 'sources/report.yaml'\n"
        "    text = path.read_text('utf-8').replace('title: Méta-analyse', 'title: Revue')\n"
        "    text == path.read_text('utf-8') or path.write_text(text, 'utf-8')\n    return project\n"
        "read.load = saved\n"
    )
    (project / "dodo.py").write_text(pipeline.replace("globals()", f"{saves}globals()", 1), "utf-8")
    assert doit(project, "document").returncode == 0
    assert b"Revue des grands" in made(project)["body.tex"]
    (project / "dodo.py").write_text(pipeline, "utf-8")
    assert doit(project, "document").stdout == ""
