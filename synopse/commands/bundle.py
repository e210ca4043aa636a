"""`doit bundle --for arxiv`: a built report in; a folder and a zip of LaTeX that others compile, tried first, out."""

from __future__ import annotations

import shutil

from synopse.build.bundle import bundle_of, rehearsed
from synopse.build.run import Run, doit_action
from synopse.commands.formats import must_be_one
from synopse.diagnostics import Diagnostic
from synopse.diagnostics.console import say
from synopse.ground.files import write_whole
from synopse.render.latex.bundle import MAIN, TARGETS
from synopse.typeset.archive import zipped


@doit_action
def bundle(run: Run, whose: str = "") -> list[Diagnostic]:
    """Writes `build/bundle/TARGET` and its zip, and compiles it in an empty folder: what comes out is compared with the report."""
    must_be_one(whose, TARGETS, "one for whom bundles are made (--for)")
    target, session = TARGETS[whose], run.session
    wanted = bundle_of(session, target)
    tried = rehearsed(session, wanted, target)
    files, made = wanted.files, tried.made
    if target.bbl and made.bbl:
        files[f"{MAIN}.bbl"] = made.bbl
    home = session.build / "bundle"
    folder = home / target.name
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        write_whole(folder / name, data)
    write_whole(home / f"{target.name}.zip", zipped(files, compressed=True))
    pdf = home / f"{target.name}.pdf"
    if made.pdf:
        write_whole(pdf, made.pdf)
        ours, theirs = tried.pages
        say(f"  build/bundle/{target.name}.zip; {target.engine} makes {theirs} pages of it, and the report has {ours}")
    else:
        pdf.unlink(missing_ok=True)
    if made.why:
        write_whole(home / f"{target.name}.log", made.log)
    return wanted.found + tried.found
