"""A review of five papers of a library, as a stranger's program exported it: its folder, and what is told of it.

The libraries are invented; their form is that of the exports of Scopus, Web of Science, the ACM, IEEE Xplore, JabRef and
Zotero (Better BibTeX), with the doubles, broken entries, control characters and entries without key that they have.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from synopse.bib.library import read_library
from synopse.build.session import Session
from synopse.commands.skeleton import skeleton
from synopse.diagnostics.printer import as_text, source_lines, summary
from synopse.locale import catalogue
from synopse.model.form import Form
from synopse.project.examine import read_static
from tests.conftest import ROOT

LIBRARIES = Path(__file__).parent
PAPERS = {
    "scopus": ("Di Fantasia2021101", "Quill202055", "Fenwick-Marsh2019210", "Santos e Sonho20181", "O'Tidewater2022"),
    "wos": tuple(f"WOS:00099000010000{number}" for number in range(1, 6)),
    "acm": ("10.1145/9900001.9900002", "10.1145/9900010", "10.5555/9900020.9900021", "10.5555/9900030", "10.5555/9900040"),
    "ieee": ("9900201", "9900202", "9900203", "9900204", "9900205"),
    "jabref": ("Figment2019", "Reverie2015", "Umbra2018", "Lethe2014", "Nimbus2021"),
    "zotero": ("figmentPebblesDream2021", "nuageGaletsNuages2022", "somniaLearning2019", "letheRivers2016",
               "outisStonesDiscontents2017"),
}  # fmt: skip
CITED = {"scopus": "[@Di Fantasia2021101, p. 103]", "ieee": "[@9900206; @9900207]", "jabref": "[@Figment2020b]"}
"""What the introduction cites beside."""
FORM = """sections:
  - {id: reference, title: Reference, draws: reference}
  - id: reading
    title: Reading
    fields:
      - {id: question, type: text, title: Question}
      - {id: strengths, type: items, title: Strengths}
"""


def write_review(name: str, root: Path) -> Path:
    """The review of a library in `root`: five fiches as `doit new` writes them, with a remark each."""
    shutil.copytree(LIBRARIES / name, root / "bib", ignore=shutil.ignore_patterns("*.txt"))
    for part in ("templates", "synopse"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "dodo.py", root)
    fiches = root / "sources" / "fiches"
    fiches.mkdir(parents=True)
    keys = "".join(f'  - "{key}"\n' for key in PAPERS[name])
    (root / "sources/report.yaml").write_text(
        f"title: A review out of {name}\nlang: en\nintroduction: |\n  What is read here {CITED.get(name, '')}.\n"
        f"fiches:\n{keys}synthesis:\n  - {{kind: characteristics}}\n  - {{kind: timeline}}\n",
        "utf-8",
    )
    (root / "sources/form.yaml").write_text(FORM, "utf-8")
    form = read_static(Form, FORM.encode(), "sources/form.yaml")[0]
    library = read_library({f"bib/{path.name}": path.read_bytes() for path in (root / "bib").glob("*.bib")})[0]
    for key in PAPERS[name]:
        reference = library.get(key)
        assert reference is not None and form is not None, key
        text = skeleton(reference, form, catalogue("en")).replace(
            "question:  # Question (text)", f"question: What of {key}?"
        )
        (fiches / f"{re.sub(r'[^A-Za-z0-9.+-]', '-', key)}.yaml").write_text(text, "utf-8")
    return root


def messages(root: Path, whole: bool = False) -> str:
    """What `doit check` prints of a review."""
    found = Session(root).problems
    return as_text(found, source_lines(root), whole=whole) + ("\n" + summary(found) if found else "") + "\n"


if __name__ == "__main__":
    import tempfile

    for each in PAPERS:
        with tempfile.TemporaryDirectory() as folder:
            (LIBRARIES / each / "expected.txt").write_text(messages(write_review(each, Path(folder) / each)), "utf-8")
