"""`doit preview:KEY`: one fiche typeset alone."""

from __future__ import annotations

from synopse.build.run import Run, doit_action
from synopse.diagnostics import Diagnostic, Rejected, Span, problem
from synopse.diagnostics.console import say
from synopse.diagnostics.model import did_you_mean
from synopse.ground.keys import file_key


@doit_action
def preview(run: Run, key: str) -> list[Diagnostic] | None:
    """`build/preview/KEY.pdf`: one fiche with the numbers that it has in the report."""
    from synopse.build.pages import begin_preview, finish_preview
    from synopse.typeset.missing import program_missing
    from synopse.typeset.preview import Preview
    from synopse.typeset.rooms import EngineMissing

    current = run.session
    home = f"{run.review.build.relative_to(run.root).as_posix()}/preview"
    if key not in current.checked_project().corpus.by_key:
        message, hint = f'the report lists no fiche "{key}"', f'add "- {key}" to fiches:'
        raise Rejected([problem("unknown-fiche", message, Span("sources/report.yaml"), hint)])
    try:
        preview = Preview(current.tex, current.store, current.epoch)
        made = finish_preview(current, preview, begin_preview(current, preview, key), key)
    except EngineMissing as missing:
        return [program_missing(str(missing))]
    if not made:
        return [problem("tex-error", "the preview was not made", Span(f"{home}/{file_key(key)}.log"))]
    say(f"  {home}/{file_key(key)}.pdf")
    return None


@doit_action
def no_such_fiche(run: Run, key: str) -> list[Diagnostic]:
    """`doit preview:KEY` and `doit fiche:KEY` where no file holds the fiche: says which one may be meant."""
    fiches = run.session.project.fiches
    places = {name: fiche.key_span for name, fiche in fiches.items()}
    hint = did_you_mean(key, fiches, places) or "doit list --all shows the tasks of every fiche"
    return [problem("unknown-fiche", f'no fiche has the key "{key}"', Span("sources/fiches"), hint)]
