"""Hostile text is only text: in fiches, in a stranger's .bib; and the engine's own walls stand behind the escapes."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from synopse.typeset.engine import start
from tests.conftest import copy_project, doit, pdf_text

pytestmark = pytest.mark.slow

PAYLOADS = (
    r"\input{/etc/passwd}",
    r"\write18{touch /tmp/synopse-hostile}",
    r"\directlua{os.execute('touch /tmp/synopse-hostile')}",
    r"\csname input\endcsname /etc/passwd",
    r"\catcode`\%=12",
    "^^5cinput{/etc/passwd}",
    r"\immediate\openout15=/tmp/synopse-hostile",
    r"\end{document}",
    r"\ifx\a",
    "}}}{{{",
    "100 % à la fin %",
    "~ # & _ ^ $ \\",
    "<script> -- --- `` '' ?` !`",
)

# What TeX would read on with where a length or a box has just been said, and does not have to.
KEYWORDS = (
    "plus de 150", "minus 3 points", "fil rouge", "width 12pt", "height 3", "depth 2", "to 5pt", "by 3", "spread 4", "true 7",
    "scaled 500", "at 12pt", "= 4", "-4pt", "12pt", "em dash", "[sic] dit-il", "*fin", "(1,2)", "on trial", "relax",
)  # fmt: skip


def begun_by_keywords(project: Path) -> None:
    """A fiche and a chapter in which every field, paragraph, heading, list and cell begins with such words."""
    words = ["'" + word + "'" for word in KEYWORDS]
    texts = "".join(
        f"{name}: {words[at]}\n" for at, name in enumerate(("problematique", "approche", "demarche", "constat"))
    )
    items = "".join(
        f"{name}:\n" + "".join(f"  - {word}\n" for word in words) for name in ("resultats", "forces", "limitations")
    )
    terms = "techniques:\n" + "".join(f"  - {word}\n" for word in words)
    (project / "sources/fiches/tie2025posttraining.yaml").write_text(
        f"key: tie2025posttraining\nstatus: partial\n{texts}{items}{terms}", "utf-8"
    )
    written = [word.replace("*", "\\*").replace("[", "\\[") for word in KEYWORDS]
    parts = [
        f"## {word}\n\n{word}\n\n- {word}\n\n> {word}\n\n1. {word}\n\n| {word} | a |\n|--|--|\n| {word} | b |\n"
        for word in written
    ]
    (project / "sources/mots.md").write_text("\n".join(parts), "utf-8")
    report = project / "sources/report.yaml"
    chapter = "\nchapters:\n  - {title: plus ou moins, file: mots.md, after: introduction}\n"
    report.write_text(report.read_text("utf-8") + chapter, "utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_project(tmp_path_factory.mktemp("hostile") / 'it\'s "hostile" é')
    remarks = "\n".join(f"  - |\n    ZQ{n} {text.replace('$', chr(92) + '$')}" for n, text in enumerate(PAYLOADS))
    long_word = "x" * 100_000
    (project / "sources/fiches/park2025seeing.yaml").write_text(
        f"key: park2025seeing\nstatus: partial\nforces:\n{remarks}\n  - |\n    {long_word}\n", "utf-8"
    )
    fields = ",\n".join(
        f"  {name} = {{ZB{n} {payload}}}"
        for n, (name, payload) in enumerate(
            zip(("note", "howpublished", "subtitle", "addendum", "titleaddon"), PAYLOADS[:5], strict=False)
        )
    )
    (project / "bib/stranger.bib").write_text(
        '@preamble{"\\input{/etc/passwd}"}\n@misc{hostile,\n  author = {\\input{/etc/passwd} and \\write18{ls}, X},\n'
        f"  title = {{Un titre \\directlua{{os.exit()}} \\end{{document}}}},\n  date = {{2025}},\n{fields},\n"
        "  url = {https://x.org/\\input{/etc/passwd}},\n  doi = {10.1000/\\catcode},\n}\n",
        "utf-8",
    )
    report = project / "sources/report.yaml"
    report.write_text(report.read_text("utf-8").replace("axes de recherche.", "axes de recherche [@hostile]."), "utf-8")
    begun_by_keywords(project)
    Path("/tmp/synopse-hostile").unlink(missing_ok=True)
    return project


def files_of(project: Path) -> set[Path]:
    """All files but those that a build or Python itself makes, and the snapshots that a build keeps."""
    return {path for path in project.rglob("*") if not {"build", "__pycache__", ".synopse"} & set(path.parts)}


def test_hostile_text_is_printed_to_the_letter_and_runs_nothing(hostile: Path) -> None:
    before = files_of(hostile)
    done = doit(hostile)
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stdout[-3000:]
    assert not Path("/tmp/synopse-hostile").exists()
    assert files_of(hostile) == before
    text = pdf_text(hostile / "build/report.pdf")
    assert "root:" not in text
    found = re.sub(r"\s+", "", text.replace("’", "'").replace("‘", "'"))
    for number, payload in enumerate(PAYLOADS):
        assert f"ZQ{number}" in found
        if "'" not in payload and "`" not in payload:
            assert re.sub(r"\s+", "", payload) in found, payload


def test_words_that_tex_would_read_as_a_part_of_a_length_are_printed(hostile: Path) -> None:
    found = re.sub(r"\s+", "", pdf_text(hostile / "build/report.pdf"))
    for word in KEYWORDS:
        assert found.count(word.replace(" ", "")) >= 9, word


def test_ten_megabytes_of_text_are_refused_at_their_line(hostile: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "long")
    fiche = project / "sources/fiches/park2025seeing.yaml"
    fiche.write_text("key: park2025seeing\nstatus: partial\nforces:\n  - " + "mot " * 2_500_000 + "\n", "utf-8")
    done = doit(project, "check")
    assert done.returncode != 0
    assert "sources/fiches/park2025seeing.yaml:4:5: error[long-text]" in done.stdout


WALLS = {
    "reading a file outside": r"\newread\r\openin\r=/etc/passwd \ifeof\r\else\typeout{HOSTILE-OPEN}\fi",
    "inputting a file above": r"\input{../../../secret}",
    "running a program": r"\directlua{local ok = os.execute('touch hostile') if ok then texio.write_nl('HOSTILE-RAN') end}",
    "running a program by write18": r"\newwrite\w\immediate\write18{touch hostile}",
    "writing a file above": r"\newwrite\w\immediate\openout\w=../../../hostile.txt \immediate\write\w{x}\immediate\closeout\w",
    "opening a socket": r"\directlua{local ok = pcall(require, 'socket') if ok then texio.write_nl('HOSTILE-SOCKET') end}",
}


@pytest.mark.parametrize("name", WALLS)
def test_the_engine_itself_refuses(name: str, tmp_path: Path) -> None:
    """The second wall: LaTeX that got past every escape (it cannot) would still find the engine closed."""
    build = tmp_path / "a/b/c"
    tex = build / "tex"
    tex.mkdir(parents=True)
    (tmp_path / "a" / "secret.tex").write_text(r"\typeout{HOSTILE-READ}")
    code = r"\documentclass{article}\begin{document}x " + WALLS[name] + r"\end{document}"
    (tex / "report.tex").write_text(code)
    engine = start(tex, build, "pass")
    engine.wait(60)
    log = engine.made("log").read_text("utf-8", "replace")
    assert not re.search(r"^HOSTILE", log, re.MULTILINE), log[-1500:]
    assert not list(tmp_path.rglob("hostile*"))


def test_an_engine_that_hangs_is_stopped_and_its_fiche_named(project: Path, pace: float) -> None:
    template = project / "templates/fiche.tex"
    hang = '%% if key == "tie2025posttraining"\n\\def\\x{\\x}\\x\n%% endif\n'
    template.write_text(template.read_text("utf-8") + hang, "utf-8")
    begun = time.monotonic()
    limit = max(6.0, pace)
    done = doit(project, env=os.environ | {"SYNOPSE_TIME_LIMIT": f"{limit:.0f}"})
    assert time.monotonic() - begun < 4 * limit + 30
    assert done.returncode != 0
    assert "sources/fiches/tie2025posttraining.yaml:2:6: error[engine-timeout]" in done.stdout
    assert '"tie2025posttraining"' in done.stdout
