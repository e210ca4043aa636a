"""The report as a person asks for it: `sources/report.yaml` in, `Report` out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic import Field as Described

from synopse.diagnostics.accept import Acceptance
from synopse.ground.packed import Packed
from synopse.locale import DEFAULT, LANGUAGES, titles_of
from synopse.locale.dates import PartialDate, readings
from synopse.model.authors import Author, license_of
from synopse.model.base import (
    TEXT_SCHEMA,
    Flag,
    Items,
    Placed,
    Record,
    Text,
    Whole,
    Word,
    mapping_from,
    same_title,
    text_from,
    word_from,
    wrong,
)
from synopse.model.readers import Reader
from synopse.model.selection import Selection
from synopse.read.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    _Language = str
else:
    _Language = Literal[LANGUAGES]


def _report_date(word: str) -> str:
    found = readings(word)
    if word and not found:
        raise wrong("not-a-date", f'"{word}" is not a date: write 2025, 2025-03 or 2025-03-08')
    if len(found) > 1:
        both = " or ".join(date.iso for date in found)
        raise wrong("two-readings", f'"{word}" has two readings: {both}', f"write {both}")
    return word


def _id(word: str) -> str:
    if word and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", word):
        raise wrong("bad-id", f'"{word}" names a file: use small letters, digits and dashes')
    return word


def _by_language(node: object) -> object:
    """A text alone, or one for each language."""
    if isinstance(node, Scalar):
        return {} if node.empty else {"": node}
    if not isinstance(node, Mapping):
        return node
    for key, _ in node.entries:
        if key.text not in LANGUAGES:
            raise wrong("wrong-choice", f'"{key.text}" is no language of a report', f"one of: {', '.join(LANGUAGES)}")
    return {key.text: value for key, value in node.entries}


class Chapter(Record):
    """A further chapter of the report: `text` inline, or `file`, a Markdown file under `sources/`."""

    title: Text
    text: Text | None = None
    file: Text | None = None
    after: Annotated[
        Literal["introduction", "papers", "fiches", "synthesis"],
        BeforeValidator(word_from),
        Described(description="the part of the report that the chapter follows"),
    ] = "synthesis"
    appendix: Flag = False


@dataclass(frozen=True, slots=True)
class Condition(Packed):
    """Papers are kept whose `field` holds one of the `values`."""

    field: Scalar
    values: tuple[Scalar, ...]


def _conditions(node: object) -> object:
    if isinstance(node, Mapping):
        return tuple(Condition(key, _values(value)) for key, value in node.entries)
    return () if mapping_from(node) == {} else node


def _values(node: Node) -> tuple[Scalar, ...]:
    found = node.items if isinstance(node, Sequence) else (node,)
    return tuple(each for item in found if isinstance(each := text_from(item), Scalar))


_WHERE_SCHEMA = {
    "type": "object",
    "additionalProperties": {"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA}]},
}


_ORDERS = {"date": ("date", "year"), "author": ("authors",), "title": ("title",), "key": ("key",)}
"""The orders of the papers, each with the columns by whose titles a person may call it."""


def _order(node: object) -> object:
    """An order of the papers; of the title of a column in any language, the word for it is told."""
    word = word_from(node)
    if isinstance(word, str) and word not in ("report", *_ORDERS):
        for order, columns in _ORDERS.items():
            names = {name for column in columns for name in (column, *titles_of(f"column.{column}"))}
            if any(same_title(name, word) for name in names):
                raise wrong("wrong-choice", f'"{word}" is not a choice here', f"write {order}")
    return word


class Synthesis(Placed):
    """One table, picture or heading of the synthesis. Which options matter is ruled by `kind` (`synthesis/kinds`)."""

    kind: Word
    id: Annotated[Word, AfterValidator(_id)] = ""
    title: Text | None = None
    caption: Text | None = None
    text: Annotated[Text | None, Described(description="prose above, with values such as {{ papers.count }}")] = None
    note: Text | None = None
    alt: Text | None = None
    field: Text | None = None
    fields: Items[Text] = ()
    columns: Items[Text] = ()
    rows: Annotated[Text | None, Described(description="gaps, bubbles: the field of the rows")] = None
    against: Items[Text] = ()
    arms: Annotated[Flag, Described(description="characteristics: a row for each arm, below its study")] = False
    papers: Items[Text] = ()
    where: Annotated[
        tuple[Condition, ...],
        BeforeValidator(_conditions),
        WithJsonSchema(_WHERE_SCHEMA),
        Described(
            description="keep the papers whose field holds this value, or one of these",
            json_schema_extra={"default": {}},
        ),
    ] = ()
    order: Annotated[
        Literal["report", "date", "author", "title", "key"],
        BeforeValidator(_order),
        Described(description="of the papers"),
    ] = "report"
    sort: Annotated[Literal["frequency", "vocabulary"], BeforeValidator(word_from)] = "frequency"
    least: Annotated[Whole, Described(description="matrix, heatmap, bars: rarer terms go into one row of others")] = 1

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields that the part is about: `field`, or `fields`."""
        return (self.field.text,) if self.field else tuple(field.text for field in self.fields)

    @property
    def texts(self) -> tuple[Scalar, ...]:
        """The person's own texts of the part."""
        own = (self.text, self.caption, self.title, self.note, self.alt)
        return tuple(text for text in own if text is not None)

    @property
    def name(self) -> str:
        """The id that files and labels bear: the one given, or made from kind and fields."""
        parts = [self.kind, *(f.text for f in (self.field, self.rows) if f), *(f.text for f in self.fields)]
        return self.id or re.sub(r"[^a-z0-9]+", "-", "-".join(parts[:3]).lower()).strip("-")


class Bibliography(Record):
    """How references are cited and what is written beside `build/references.bib`."""

    style: Annotated[Text | None, Described(description="any installed biblatex style")] = None
    apart: Annotated[
        Flag, Described(description="the retained papers in a list of their own, apart from other works")
    ] = False
    all: Annotated[Flag, Described(description="list every reference of bib/, cited or not")] = False
    bibtex: Annotated[Flag, Described(description="also write references-bibtex.bib, in BibTeX's dialect")] = False
    csl: Annotated[Flag, Described(description="also write references.json, in CSL-JSON")] = False

    @property
    def style_name(self) -> str:
        """The name of the citation style."""
        return self.style.text.strip() if self.style else "authoryear"


class PdfOptions(Placed):
    """What the PDF is made as, and what goes with it."""

    standard: Annotated[
        Literal["a-3u", "a-2u", "none"],
        BeforeValidator(word_from),
        Described(
            description="the standard of archives that it meets: PDF/A-3u, PDF/A-2u, which takes no attachments, or none"
        ),
    ] = "a-3u"
    tagged: Annotated[
        Flag,
        Described(
            description="headings, lists and tables marked for screen readers; LaTeX cannot do so here yet, which is told"
        ),
    ] = False
    attach: Annotated[
        Items[Annotated[Literal["sources", "tables", "references"], BeforeValidator(word_from)]],
        Described(description="what goes with it: the sources, the tables as CSV, references.bib; `[]` for nothing"),
    ] = ("sources", "tables", "references")


class HtmlOptions(Record):
    """The report as a web page."""

    csl: Annotated[
        Text | None,
        Described(
            description="the name of a CSL style for its references, or a .csl file in sources/; else the nearest to `style`"
        ),
    ] = None
    sources: Annotated[
        Literal["none", "plain", "vscode"],
        BeforeValidator(word_from),
        Described(
            description="tell at each remark its file and line: not, as words, or as a link that Visual Studio Code opens"
        ),
    ] = "none"


class Accepted(Record):
    """A warning or note that a person has seen and need not see again: its code, and its key or place."""

    code: Annotated[Word, Described(description="the code that stands in brackets in the message")]
    key: Annotated[Word, Described(description="the key of the fiche or reference that it concerns")] = ""
    place: Annotated[Word, Described(description="a file, or file:line, or a folder such as bib")] = ""


class Report(Placed):
    """What is to be made."""

    title: Text
    subtitle: Text | None = None
    authors: Items[Author] = ()
    date: Annotated[Word, AfterValidator(_report_date)] = ""
    lang: Annotated[_Language, BeforeValidator(word_from)] = DEFAULT
    version: Annotated[Word, Described(description="the report's version, printed with its date")] = ""
    abstract: Annotated[
        dict[str, Text],
        BeforeValidator(_by_language),
        WithJsonSchema({"anyOf": [TEXT_SCHEMA, {"type": "object", "additionalProperties": TEXT_SCHEMA}]}),
        Described(
            description="the abstract, in Markdown; or one in each of several languages, by their codes",
            json_schema_extra={"default": {}},
        ),
    ] = {}
    readers: Annotated[
        Items[Reader],
        Described(description="who reads the papers, each in sources/readings/READER; without it, every folder there"),
    ] = ()
    license: Annotated[
        Word,
        AfterValidator(license_of),
        Described(description="the licence of the report, by its SPDX name, such as CC-BY-4.0"),
    ] = ""
    funding: Annotated[Items[Text], Described(description="who paid for the work")] = ()
    keywords: Annotated[Items[Text], Described(description="what the report is about, below the abstract")] = ()
    introduction: Text | None = None
    chapters: Items[Chapter] = ()
    fiches: Items[Text]
    synthesis: Items[Synthesis] = ()
    selection: Selection | None = None
    bibliography: Annotated[Bibliography, Described(default_factory=Bibliography)]
    pdf: Annotated[PdfOptions, Described(default_factory=PdfOptions)]
    html: Annotated[HtmlOptions, Described(default_factory=HtmlOptions)]
    fiches_in: Annotated[
        Literal["body", "appendix", "none"],
        BeforeValidator(word_from),
        Described(description="where the fiches are printed"),
    ] = "body"
    page_per_fiche: Annotated[Flag, Described(description="begin each fiche on a page of its own")] = False
    empty: Annotated[
        Literal["each", "once", "hide"],
        BeforeValidator(word_from),
        Described(
            description="fields and sections that are not filled in: told each at its place, once at the fiche's end, or not"
        ),
    ] = "once"
    provenance: Annotated[Flag, Described(description="print at each remark the file and line it comes from")] = False
    changes: Annotated[Flag, Described(description="include the section that `doit changes` wrote last")] = False
    accept: Annotated[Items[Accepted], Described(description="warnings that were seen, and are not to be shown")] = ()

    @property
    def acceptances(self) -> list[Acceptance]:
        """What the person accepts, each with its place."""
        return [Acceptance(each.code, each.key, each.place, each.span) for each in self.accept]

    @property
    def dated(self) -> PartialDate | None:
        """The report's date, where it has one."""
        return next(iter(readings(self.date)), None)
