"""The map of tasks: a doit that has nothing to do reads little of the program."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

HEAVY = ("pydantic", "jinja2", "bibtexparser", "markdown_it", "yaml", "babel", "pylatexenc", "watchfiles", "xlsxwriter", "pypdf",
         "synopse.build.session", "synopse.model.base")  # fmt: skip


def test_a_doit_with_nothing_to_do_imports_nothing_heavy() -> None:
    code = f"import sys; import synopse.commands.tasks, dodo; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
