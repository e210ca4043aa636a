"""`agreement`: a theme that one paper states as a strength or trend and another as a limit, side by side."""

from __future__ import annotations

from synopse.model.report import Synthesis
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus
from synopse.synthesis.counting import one_of
from synopse.synthesis.kind import THEMED, Kind
from synopse.synthesis.kinds.recurrence import Carried, carried, quoted, sharing
from synopse.synthesis.table import Column, Row, Table, words


def agreement(corpus: Corpus, wanted: Synthesis) -> Table:
    """The themes that stand in one of `fields` of one paper and in one of `against` of another, with the words of each side."""
    one, other = _both(corpus, wanted.fields), _both(corpus, wanted.against)
    voices = _voices(corpus, tuple(field.text for field in (*wanted.fields, *wanted.against)))
    rank = {theme.id: place for place, theme in enumerate(corpus.vocabulary.themes)}
    facing = [theme for theme in one if theme in other and len(voices[theme]) > 1]
    facing.sort(key=lambda theme: (-sharing(one[theme] + other[theme]), rank.get(theme, len(rank))))
    columns = (
        Column(corpus.words["column.theme"], "label"),
        Column(" / ".join(corpus.title_of(field.text) for field in wanted.fields)),
        Column(" / ".join(corpus.title_of(field.text) for field in wanted.against)),
    )
    rows = tuple(
        Row((words(corpus.theme_title(theme)), quoted(corpus, one[theme]), quoted(corpus, other[theme])))
        for theme in facing
    )
    facts: dict[str, object] = {
        "n": len(rows),
        "papers": len(corpus.papers),
        "themes": [corpus.theme_title(theme) for theme in facing],
        "one": one_of(corpus, tuple(field.text for field in wanted.fields)),
        "other": one_of(corpus, tuple(field.text for field in wanted.against)),
    }
    return Table(wanted.name, wanted.kind, "", columns, rows, facts=facts)


def _voices(corpus: Corpus, fields: tuple[str, ...]) -> dict[str, set[str]]:
    """Who speaks of each theme: studies, and papers where they say one thing of all their studies at once."""
    found: dict[str, set[str]] = {}
    for paper in corpus.papers:
        for field in fields:
            for theme in corpus.themes(paper, field):
                found.setdefault(theme.text, set()).add(paper.voice(field))
    return found


def _both(corpus: Corpus, fields: tuple[Scalar, ...]) -> Carried:
    return carried(corpus, tuple(field.text for field in fields))


KIND = Kind(
    "agreement",
    "a theme that is a strength for one paper and a limit for another",
    80,
    agreement,
    takes=("fields", "against", "order"),
    needs=(("fields",), ("against",)),
    types={"fields": THEMED, "against": THEMED},
    uses="words",
)
