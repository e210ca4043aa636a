"""The whole: the user's report as the shipped sources build it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.conftest import ROOT, doit, pdf_text

pytestmark = pytest.mark.slow
SEED = (ROOT / "tests" / "seed" / "meta-analyse-llm.txt").read_text("utf-8")


def bare(text: str) -> str:
    """Text as compared: quotes and apostrophes of one kind, no spaces (a PDF's lines break where they will)."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("\u00ad", "")
    text = re.sub(r"[«»“”\"]", "", text)
    return re.sub(r"\s+", "", re.sub(r"-\n", "-", text))


def sentences() -> list[str]:
    """Every sentence and heading of the user's document, numbers of sections aside."""
    lines = [re.sub(r"^\d+\.\s+", "", line.strip()) for line in SEED.split("\n")]
    return [part for line in lines if line for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý\"])", line) if part]


def test_every_sentence_of_the_users_document_is_in_the_pdf(built: Path) -> None:
    found = bare(pdf_text(built / "build/report.pdf")).replace("-", "")
    wanted = [sentence.removesuffix(" :").removesuffix(":") for sentence in sentences()]
    missing = [s for s in wanted if bare(s).replace("-", "") not in found]
    assert len(wanted) > 60
    assert missing == []


def test_the_tables_heads_and_the_five_titles_are_in_the_pdf(built: Path) -> None:
    found = bare(pdf_text(built / "build/report.pdf")).replace("-", "")
    bib = (ROOT / "bib/papers.bib").read_text("utf-8")
    titles = [t.replace("{", "").replace("}", "") for t in re.findall(r"title\s+= \{(.*)\},", bib)]
    assert len(titles) == 5
    captions = re.findall(r"^    (?:caption|title): (.*)$", (ROOT / "sources/report.yaml").read_text("utf-8"), re.M)
    assert len(captions) > 20
    for words in titles + captions:
        assert bare(words).replace("-", "") in found, words


def test_the_name_of_a_row_stands_on_the_line_of_its_marks_and_at_the_margin(built: Path) -> None:
    """The first words of a row stand as high as its count, and no name is moved to the right."""
    laid = subprocess.run(
        ["pdftotext", "-bbox", str(built / "build/report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = [re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*)</word>', page) for page in laid.split("<page ")]
    for table in ("recurrence-resultats", "matrix-techniques", "matrix-datasets"):
        with (built / f"build/tables/{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            names = [row[0].split()[0] for row in csv.reader(file)][1:]
        names = [name for name in names if name != "Total"]  # that stands in several tables, each as wide as its words
        assert len(names) > 4
        margins = set()
        for name in names:
            rows = [
                (x, y, {z for _, other, z in page if other == y})
                for page in pages
                for x, y, word in page
                if word == name
            ]
            beside = [x for x, _, words in rows if "%" in words]
            assert beside, (table, name)
            margins.add(min(beside, key=float))
        assert len(margins) == 1, (table, margins)


def test_nothing_is_undefined_missing_or_too_wide(built: Path) -> None:
    log = (built / "build/report.log").read_text("utf-8", "replace")
    assert "undefined" not in log.lower().replace("undefined references: none", "")
    assert "Missing character" not in log
    assert "??" not in pdf_text(built / "build/report.pdf")
    assert [float(w) for w in re.findall(r"synopse-overfull .* ([\d.]+)pt", log) if float(w) > 2] == []
    assert "Please rerun" not in log


def test_the_pdf_says_its_title_and_language_and_has_bookmarks_and_links(built: Path) -> None:
    from pypdf import PdfReader

    reader = PdfReader(built / "build/report.pdf")
    assert reader.metadata is not None and reader.metadata.title == "Méta-analyse des grands modèles de langage"
    assert str(reader.root_object["/Lang"]) == "fr"
    names = [item.title for item in reader.outline if not isinstance(item, list)]
    assert any("Introduction" in str(name) for name in names) and any("Bibliographie" in str(name) for name in names)
    uris = {
        annotation.get_object()["/A"].get("/URI")
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    }
    assert "https://arxiv.org/abs/2503.06072" in uris


def test_a_second_build_does_nothing(built: Path) -> None:
    done = doit(built)
    assert done.returncode == 0
    assert done.stdout == ""


def test_the_bib_is_silent_under_bibers_validation(built: Path, tmp_path: Path) -> None:
    bib = Path(
        shutil.copy(built / "build/references.bib", tmp_path)
    )  # biber 2.20 takes no accent in a folder's name here
    command = ["biber", "--tool", "--validate-datamodel", "--output-file=out.bib", bib.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "WARN" not in done.stdout and "ERROR" not in done.stdout, done.stdout
    assert bib.read_text("utf-8").count("@misc{") == 6, "five papers, and a reading note that is a source"


def test_latexmk_finds_nothing_left_to_do_on_the_generated_latex(built: Path, tmp_path: Path) -> None:
    """latexmk, from nothing, on the same LaTeX gives the same text, page by page: the judge of our fixed point."""
    tex = shutil.copytree(built / "build/tex", tmp_path / "tex")
    command = ["latexmk", "-lualatex", "-interaction=nonstopmode", "-silent", "report.tex"]
    subprocess.run(command, cwd=tex, capture_output=True, check=True, timeout=300)
    assert pdf_text(tex / "report.pdf") == pdf_text(built / "build/report.pdf")


def test_an_edit_of_one_fiche_makes_its_latex_the_synthesis_and_the_pdf_again(built: Path) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in (built / "build/tex/fiches").glob("*.tex")}
    fiche = built / "sources/fiches/tie2025posttraining.yaml"
    before = fiche.read_text("utf-8")
    fiche.write_text(before.replace("Coût élevé de calcul", "Coût très élevé de calcul"), "utf-8")
    status = doit(built, "list", "--all", "--status").stdout
    assert re.search(r"^R fiche:tie2025posttraining", status, re.M)
    assert re.search(r"^U fiche:park2025seeing", status, re.M)
    done = doit(built)
    ran = set(re.findall(r"^  (\S+) ", done.stdout, re.M))
    assert "fiche:tie2025posttraining" in ran and "fiche:park2025seeing" not in ran and "references" not in ran
    assert done.stdout.count("lualatex, pass") == 1
    changed = [p.stem for p in stamps if p.stat().st_mtime_ns != stamps[p]]
    assert changed == ["tie2025posttraining"]
    assert "Coût très élevé de calcul" in pdf_text(built / "build/report.pdf").replace("\n", " ")
    fiche.write_text(before, "utf-8")
    assert doit(built).returncode == 0


def test_the_same_sources_give_the_same_bytes_in_another_folder(built: Path, project: Path) -> None:
    assert doit(project).returncode == 0
    assert (project / "build/report.pdf").read_bytes() == (built / "build/report.pdf").read_bytes()


def test_a_mistake_stops_the_build_and_leaves_the_last_pdf(built: Path) -> None:
    pdf = (built / "build/report.pdf").read_bytes()
    fiche = built / "sources/fiches/park2025seeing.yaml"
    before = fiche.read_text("utf-8")
    fiche.write_text(before.replace("status: partial", "status: partiel"), "utf-8")
    done = doit(built)
    assert done.returncode != 0
    assert "sources/fiches/park2025seeing.yaml:4:9: error[wrong-choice]" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert (built / "build/report.pdf").read_bytes() == pdf
    fiche.write_text(before, "utf-8")
    assert doit(built).returncode == 0


def test_clean_leaves_no_file_behind(project: Path) -> None:
    assert doit(project, "references").returncode == 0
    assert (project / "build/references.bib").exists()
    assert doit(project, "clean").returncode == 0
    assert not (project / "build").exists() or list((project / "build").iterdir()) == []


def test_provenance_says_the_line_of_every_remark(built: Path) -> None:
    data = json.loads((built / "build/provenance.json").read_text("utf-8"))
    lines: dict[str, list[str]] = {}
    for remark in data["remarks"]:
        where = remark["source"]
        source = lines.setdefault(where["file"], (built / where["file"]).read_text("utf-8").split("\n"))
        stretch = "\n".join(source[where["line"] - 1 : where["end_line"]])
        assert remark["text"].split("\n")[0][:30] in stretch
    assert len(data["remarks"]) > 80


def test_the_cells_of_a_row_begin_on_one_line(built: Path) -> None:
    """A paragraph that ends before the words of a first cell would push them down by a line."""
    command = ["pdftotext", "-layout", str(built / "build/report.pdf"), "-"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    assert any(
        line.split()[:3] == ["Liu", "et", "al."] and {"résumé", "partielle"} <= set(line.split()) for line in lines
    )


def test_the_head_of_a_page_names_the_chapter_and_the_paper(built: Path) -> None:
    command = ["pdftotext", "-raw", "-x", "0", "-y", "0", "-W", "596", "-H", "62", str(built / "build/report.pdf"), "-"]
    heads = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")
    assert any("Fiches de lecture" in head and "Tie et al. (2025)" in head for head in heads)
    assert any("Synthèse comparative" in head and "Approches, données et modèles" in head for head in heads)
