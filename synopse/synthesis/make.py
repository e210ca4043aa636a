"""All that `report.yaml` asks of the synthesis: a corpus in, tables, pictures and headings out, in order."""

from __future__ import annotations

from dataclasses import replace

from synopse.diagnostics import Diagnostic
from synopse.markup.grammar import Mode
from synopse.markup.text import plain
from synopse.markup.tree import Block, Inline, Text
from synopse.model.report import Synthesis
from synopse.read.tree import Scalar
from synopse.synthesis.corpus import Corpus, one_line
from synopse.synthesis.counting import one_of
from synopse.synthesis.kinds import kinds
from synopse.synthesis.table import Figure, Heading, Part, Table
from synopse.synthesis.values import filled


def part_id(wanted: Synthesis, number: int) -> str:
    """The id of the part that stands at `number`, from 1: a heading without one of its own is named by its place.

    No person can give that id to another part: theirs hold no `_`.
    """
    return (wanted.id or f"heading_{number}") if wanted.kind == "heading" else wanted.name


def make_part(corpus: Corpus, number: int) -> tuple[Part, list[Diagnostic]]:
    """The part that stands at `number` in the report's synthesis, from 1, and what is wrong with its texts."""
    wanted = corpus.report.synthesis[number - 1]
    corpus = corpus.chosen(wanted)
    found: list[Diagnostic] = []
    kind = kinds()[wanted.kind]
    if kind.make is None:
        heading = _heading(corpus, wanted, {}, found)
        return Heading(part_id(wanted, number), _said(heading, corpus), heading), found
    table = _described(kind.make(corpus, wanted), corpus, wanted, found)
    table.facts["keys"] = tuple(paper.key for paper in corpus.papers)
    if kind.drawing is None:
        return table, found
    own = one_line(_filled(wanted.alt, corpus, table.facts, found, "line"))
    alt = _said(own, corpus) or f"{table.title}. {table.lead}"
    return Figure(
        wanted.name, kind.drawing, table.title, table, table.caption, alt, table.lead, table.note, table.heading
    ), found


def _said(inlines: tuple[Inline, ...], corpus: Corpus) -> str:
    """Inlines in plain words, their citations as the report prints them."""
    return plain(inlines, corpus.words, corpus.cited)


def _own_title(corpus: Corpus, wanted: Synthesis, facts: dict[str, object]) -> str:
    """The title of a part for which the person wrote none: it names the fields, so that no two parts are called the same."""
    name = f"title.{wanted.kind}"
    if str(facts.get("lead", "")).startswith("lead.choice") and f"{name}.choice" in corpus.words:
        name += ".choice"
    against = (field.text for field in wanted.against)
    fields = (*((wanted.rows.text,) if wanted.rows else ()), *wanted.field_names, *against)
    if fields and f"{name}.named" in corpus.words:
        name += ".named"
    return corpus.words.said(name, named=corpus.titles_of(fields)) if name in corpus.words else ""


def _heading(
    corpus: Corpus, wanted: Synthesis, facts: dict[str, object], found: list[Diagnostic]
) -> tuple[Inline, ...]:
    """The person's own title, with its values, or the kind's."""
    if wanted.title is None:
        return (Text(_own_title(corpus, wanted, facts)),)
    return one_line(_filled(wanted.title, corpus, facts, found, "line"))


def _described(table: Table, corpus: Corpus, wanted: Synthesis, found: list[Diagnostic]) -> Table:
    heading = _heading(corpus, wanted, table.facts, found)

    def inline(text: Scalar | None) -> tuple[Inline, ...]:
        return one_line(_filled(text, corpus, table.facts, found, "line"))

    return replace(
        table,
        title=_said(heading, corpus),
        heading=heading,
        lead=lead(table, corpus, wanted),
        caption=inline(wanted.caption) or heading,
        note=_note(inline(wanted.note), table.remark),
    )


def _note(own: tuple[Inline, ...], remark: str) -> tuple[Inline, ...]:
    """The person's own note, then what the kind has to add."""
    return (*own, *((Text(" "),) if own and remark else ()), *((Text(remark),) if remark else ()))


def prose(corpus: Corpus, wanted: Synthesis, part: Part) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """The person's own prose above a part, with its values put in; empty where they wrote none."""
    facts = part.facts if isinstance(part, Table) else part.table.facts if isinstance(part, Figure) else {}
    found: list[Diagnostic] = []
    return _filled(wanted.text, corpus.chosen(wanted), facts, found), found


def _filled(
    text: Scalar | None, corpus: Corpus, facts: dict[str, object], found: list[Diagnostic], mode: Mode = "text"
) -> tuple[Block, ...]:
    if text is None:
        return ()
    blocks, wrong = filled(corpus.parsed(text, mode), corpus, facts)
    found += wrong
    return blocks


def lead(table: Table, corpus: Corpus, wanted: Synthesis) -> str:
    """A sentence that says what is to be seen, from the facts that were counted; never a guess."""
    said = _lead(table, corpus, wanted)
    return said[:1].upper() + said[1:]


def _lead(table: Table, corpus: Corpus, wanted: Synthesis) -> str:
    facts = {
        name: corpus.words.listed([str(each) for each in value]) if isinstance(value, list) else value
        for name, value in table.facts.items()
    }
    name = str(table.facts.get("lead", f"lead.{table.kind}"))
    top = table.facts.get("top")
    facts |= {"tops": len(top)} if isinstance(top, list) else {}
    facts["field"] = one_of(corpus, wanted.field_names)
    if name.startswith("lead.choice"):
        facts["n"] = len(corpus.papers)
    if not corpus.papers and not kinds()[table.kind].of_selection:
        return corpus.words["lead.no-papers"]
    many = table.facts.get("n") != 1
    if not facts.get("n") and f"{name}.none" in corpus.words:
        return corpus.words.said(f"{name}.none", **facts)
    if isinstance(top, list) and many and table.facts.get("top_count") in (0, 1) and f"{name}.spread" in corpus.words:
        return corpus.words.said(f"{name}.spread", **facts)
    if isinstance(top, list) and len(top) > 6 and f"{name}.tied" in corpus.words:
        return corpus.words.said(f"{name}.tied", **(facts | {"tied": len(top)}))
    if many and table.facts.get("shared") == table.facts.get("n") and f"{name}.all" in corpus.words:
        return corpus.words.said(f"{name}.all", **facts)
    return corpus.words.said(name, **facts)
