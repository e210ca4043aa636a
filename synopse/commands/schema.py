"""`doit schema`: the JSON Schemas that editors use for completion."""

from __future__ import annotations

from synopse.build.run import Run, doit_action
from synopse.diagnostics import Diagnostic
from synopse.diagnostics.console import say


@doit_action
def schema(run: Run) -> list[Diagnostic] | None:
    """`doit schema`: the JSON Schemas that editors use for completion."""
    from synopse.ground.files import write_whole
    from synopse.model.schema import schemas
    from synopse.synthesis.kinds import kinds

    project = run.session.project
    if project.form is None:
        return project.diagnostics
    for name, text in schemas(project.form, project.vocabulary, project.words.lang, kinds()).items():
        write_whole(run.root / "docs" / "schema" / f"{name}.json", text)
        say(f"  docs/schema/{name}.json")
    return None
